"""Topics of the benchmark: made, read back, watched while they grow, removed."""

import json
import re
import threading
import time

from confluent_kafka import Consumer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

PARTITIONS = 6
DATASETS = ["items.v1", "stories.v1", "claims.v1"]


def make_topic(brokers, topic):
    admin = AdminClient({"bootstrap.servers": brokers})
    admin.create_topics([NewTopic(topic, num_partitions=PARTITIONS)])[topic].result(30)


def remove_topics(brokers, prefix):
    admin = AdminClient({"bootstrap.servers": brokers})
    names = [name for name in admin.list_topics(timeout=30).topics if name.startswith(prefix)]
    for done in (admin.delete_topics(names) if names else {}).values():
        done.result(30)


def reader(brokers, topic):
    consumer = Consumer(
        {"bootstrap.servers": brokers, "group.id": "bench", "auto.offset.reset": "earliest",
         "isolation.level": "read_committed", "enable.partition.eof": True, "fetch.wait.max.ms": 20,
         "enable.auto.commit": False}
    )
    consumer.assign([TopicPartition(topic, number, 0) for number in range(PARTITIONS)])
    return consumer


def read_all(brokers, topic):
    """Values of all committed records."""
    consumer, values, ended = reader(brokers, topic), [], set()
    deadline = time.monotonic() + 60
    while len(ended) < PARTITIONS:
        if time.monotonic() > deadline:
            raise SystemExit(f"reading {topic} back took too long")
        message = consumer.poll(1)
        if message is None:
            continue
        if message.error():
            ended.add(message.partition())
        else:
            values.append(message.value())
    consumer.close()
    return values


def item_number(value):
    """The generator's number of the item in a record, from its address."""
    return int(re.search(r"/news/(\d+)$", json.loads(value)["url"])[1])


class Watch:
    """Reads a topic while it is written: when each record became readable."""

    def __init__(self, brokers, topic):
        self.consumer, self.arrived, self.going = reader(brokers, topic), [], True
        self.ends, self.ready = set(), threading.Event()
        self.thread = threading.Thread(target=self.run)
        self.thread.start()
        self.ready.wait(30)

    def run(self):
        while self.going:
            message = self.consumer.poll(0.2)
            if message is None:
                continue
            if not message.error():
                self.arrived.append((time.time(), message.value()))
            elif len(self.ends) < PARTITIONS:
                self.ends.add(message.partition())
                if len(self.ends) == PARTITIONS:
                    self.ready.set()

    def end(self):
        self.going = False
        self.thread.join()
        self.consumer.close()
        return self.arrived
