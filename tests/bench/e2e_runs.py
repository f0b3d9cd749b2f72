"""One run of each side: the daemon, and the script."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import e2e_feeds
import e2e_kafka
import e2e_measure
from e2e_origin import host_of

HERE = Path(__file__).parent
SOURCE = HERE.parent.parent
PATIENCE_SECS = 300


@dataclass(frozen=True)
class Setting:
    brokers: str
    folder: Path  # for the files of all runs
    daemon: Path
    profile: str = "kazakhstan-unrest"


def fail(message):
    raise SystemExit(f"bench e2e: {message}")


@contextlib.contextmanager
def origin(feeds_folder):
    """The web site: (port, process). Nothing is answered until `open` is written to it."""
    process = subprocess.Popen(
        [sys.executable, HERE / "e2e_origin.py", feeds_folder],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )
    try:
        yield int(process.stdout.readline().split()[1]), process
    finally:
        process.kill()
        process.wait()


def tell(process, word):
    process.stdin.write(word + "\n")
    process.stdin.flush()


def url_of(feed, port):
    return f"http://{host_of(feed)}:{port}/feed.xml"


def write_config(setting, folder, port, feeds, prefix, polls_per_sec):
    for name in ("profiles", "wire.toml"):
        (folder / name).symlink_to(SOURCE / "config" / name)
    config = f"""profile = "{setting.profile}"
state_dir = "{folder / 'state'}"
[http]
contact = "https://example.org/bench"
min_interval_secs = 1
[schedule]
host_spacing_ms = 0
startup_polls_per_sec = {polls_per_sec}
[kafka]
bootstrap_servers = "{setting.brokers}"
topic_prefix = "{prefix}"
topics = "create"
compression = "lz4"
[status]
listen = "127.0.0.1:0"
"""
    for feed in range(feeds):
        config += f"""[[feed]]
id = "outlet-{feed}"
url = "{url_of(feed, port)}"
tier = "independent"
interval_secs = 3600
first_poll = "all"
allow_private_addresses = true
"""
    file = folder / "steppewatch.toml"
    file.write_text(config)
    return file


class Daemon:
    """steppewatch run, from its start to the moment that all its work is acknowledged."""

    def __init__(self, setting, config, log):
        self.log = log
        command = [setting.daemon, "run", "-c", config]
        self.process = subprocess.Popen(command, stdout=log.open("w"), stderr=subprocess.STDOUT)
        self.pid = self.process.pid
        self.address = self.until(self.find_address, "its status page")

    def find_address(self):
        found = re.search(r"http://([0-9.:]+)/metrics", self.log.read_text())
        return found and found[1]

    def until(self, condition, what, pause=0.05):
        deadline = time.monotonic() + PATIENCE_SECS
        while not (value := condition()):
            if self.process.poll() is not None or time.monotonic() > deadline:
                fail(f"waiting for {what}; the daemon says:\n{self.log.read_text()[-3000:]}")
            time.sleep(pause)
        return value

    def metrics(self):
        return e2e_measure.Metrics(self.address)

    def finished(self, feeds, items):
        """The metrics once every item is accounted for and every record acknowledged. The counts
        of items come before the commit and the sequence after it: two looks must agree."""

        def done():
            metrics = self.metrics()
            whole = metrics.items_accounted() == items and metrics.get('feeds{state="ok"}') == feeds
            return metrics if whole and metrics.published() else None

        first = self.until(done, "all items", 0.1)
        spent, now = e2e_measure.process_cpu(self.pid), time.monotonic()
        time.sleep(0.5)
        second = self.until(done, "all items", 0.1)
        if first.published() == second.published():
            return first, spent, now
        return self.finished(feeds, items)

    def stop(self):
        """CPU seconds of the whole life; SIGTERM first publishes the stories that still wait."""
        self.process.send_signal(signal.SIGTERM)
        _, status, usage = os.wait4(self.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        if self.process.returncode != 0:
            fail(f"the daemon ended with {self.process.returncode}:\n{self.log.read_text()[-3000:]}")
        return usage.ru_utime + usage.ru_stime

    def kill(self):
        if self.process.returncode is None:
            self.process.kill()
            self.process.wait()


def selection(numbers, planted):
    found = set(numbers)
    return {"kept": len(found), "missed": len(planted - found), "extra": len(found - planted)}


def daemon_run(setting, name, feeds_folder, shape, polls_per_sec=100000, watch=False):
    folder = setting.folder / name
    folder.mkdir()
    prefix = f"bench.{name}"
    items = shape.feeds * shape.items
    with origin(feeds_folder) as (port, site):
        config = write_config(setting, folder, port, shape.feeds, prefix, polls_per_sec)
        daemon = Daemon(setting, config, folder / "log")
        try:
            site.stdout.readline()  # FIRST: started, connected to Kafka, polling
            before = e2e_measure.process_cpu(daemon.pid)
            library_before = e2e_measure.library_cpu(daemon.pid)
            first_polls = sum(daemon.metrics().stages().values())
            before -= first_polls  # the first requests are work, not start
            watcher = e2e_kafka.Watch(setting.brokers, f"{prefix}.items.v1") if watch else None
            started = time.monotonic()
            tell(site, "open")
            metrics, after, now = daemon.finished(shape.feeds, items)
            result = {
                "items": items,
                "records": metrics.published(),
                "wall": now - started,
                "cpu": after - before,
                "start_cpu": before,
                "stages": metrics.stages(),
                "library_cpu": e2e_measure.library_cpu(daemon.pid) - library_before,
                "rss_peak": e2e_measure.peak_memory(daemon.pid),
                "latency": {q: metrics.latency(q / 100) for q in (50, 99)},
            }
            result["stop_cpu"] = daemon.stop() - after
            tell(site, "end")
            sent = json.loads(site.stdout.readline())
        finally:
            daemon.kill()
    values = e2e_kafka.read_all(setting.brokers, f"{prefix}.items.v1")
    numbers = [e2e_kafka.item_number(value) for value in values]
    accepted = int(metrics.get('items_total{result="new"}'))
    if not len(numbers) == len(set(numbers)) == accepted:
        fail(f"{accepted} items were to arrive once; {len(numbers)} came, {len(set(numbers))} distinct")
    result |= selection(numbers, e2e_feeds.unrest_numbers(shape))
    if watcher:
        result["visible"] = [
            arrived - sent[e2e_kafka.item_number(value) // shape.items]
            for arrived, value in watcher.end()
        ]
    e2e_kafka.remove_topics(setting.brokers, prefix)
    return result


def script_run(setting, name, feeds_folder, shape):
    folder = setting.folder / name
    folder.mkdir()
    topic = f"bench.{name}"
    e2e_kafka.make_topic(setting.brokers, topic)
    with origin(feeds_folder) as (port, site):
        tell(site, "open")
        urls = "".join(url_of(feed, port) + "\n" for feed in range(shape.feeds))
        profile = SOURCE / "config" / "profiles" / setting.profile
        done = subprocess.run(
            [sys.executable, HERE / "e2e_script.py", setting.brokers, topic, profile,
             folder / "seen.sqlite"],
            input=urls, stdout=subprocess.PIPE, text=True, check=True,
        )
    result = json.loads(done.stdout)
    numbers = [e2e_kafka.item_number(v) for v in e2e_kafka.read_all(setting.brokers, topic)]
    if result["items"] != shape.feeds * shape.items or len(numbers) != result["kept"]:
        fail(f"the script read {result['items']} items, {len(numbers)} of {result['kept']} arrived")
    result |= selection(numbers, e2e_feeds.unrest_numbers(shape))
    e2e_kafka.remove_topics(setting.brokers, topic)
    return result
