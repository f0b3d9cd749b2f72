#!/usr/bin/python3
"""Reads a topic with a client that is not ours (python3-kafka), decodes keys, headers and JSON, and prints envelope lines
as tests/contract/validate.py takes them.

  read_with_python.py BOOTSTRAP PREFIX DATASET EXPECTED_RECORDS"""
import json
import sys

from kafka import KafkaConsumer

bootstrap, prefix, dataset, expected = sys.argv[1:]
consumer = KafkaConsumer(f"{prefix}.{dataset}", bootstrap_servers=bootstrap, auto_offset_reset="earliest",
                         enable_auto_commit=False, consumer_timeout_ms=10000, api_version=(2, 5, 0))
count = 0
for record in consumer:
    if not record.headers:
        continue  # the mark that ends a transaction: this client does not hide it
    headers = {name: value.decode("utf-8") for name, value in record.headers}
    print(json.dumps({"topic": dataset, "key": record.key.decode("utf-8"), "headers": headers,
                      "value": json.loads(record.value.decode("utf-8"))}, ensure_ascii=False))
    count += 1
    if count >= int(expected):
        break
sys.exit(0 if count >= int(expected) else 1)
