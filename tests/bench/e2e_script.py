"""The script most people write: requests, feedparser, tags off with a regular expression, a keyword
test, a table of what was seen, confluent-kafka. Prints what it did as one JSON line.

usage: e2e_script.py BROKERS TOPIC PROFILE_FOLDER SQLITE_FILE < one URL a line
"""

import time

STARTED = time.process_time()

import html  # noqa: E402 - what importing costs is measured too
import json  # noqa: E402
import re  # noqa: E402
import resource  # noqa: E402
import sqlite3  # noqa: E402
import sys  # noqa: E402
import tomllib  # noqa: E402
from pathlib import Path  # noqa: E402

import feedparser  # noqa: E402
import requests  # noqa: E402
from confluent_kafka import Producer  # noqa: E402

WHERE = {"country", "place", "leader", "institution", "event"}
WHAT = {"event", "strong", "framing"}


def load_terms(profile):
    """Lowercased terms of the profile that say where, and that say what."""
    packs = tomllib.loads((profile / "profile.toml").read_text(encoding="utf-8"))["packs"]
    where, what = [], []
    for pack in packs:
        text = (profile / f"terms-{pack}.toml").read_text(encoding="utf-8")
        for group in tomllib.loads(text).get("group", []):
            terms = [re.sub(r"\*\d*", "", term).lower() for term in group["terms"]]
            where += terms if group["kind"] in WHERE else []
            what += terms if group["kind"] in WHAT else []
    return list(dict.fromkeys(where)), list(dict.fromkeys(what))


def text_of(entry):
    summary = html.unescape(re.sub(r"<[^>]+>", " ", entry.get("summary", "")))
    return entry.get("title", "") + "\n" + re.sub(r"\s+", " ", summary)


def record_of(feed, entry, text):
    return {
        "id": entry.id,
        "source": feed.feed.get("title"),
        "url": entry.link,
        "title": entry.title,
        "text": text,
        "published": entry.get("published"),
    }


def main():
    brokers, topic, profile, database = sys.argv[1:]
    where, what = load_terms(Path(profile))
    seen = sqlite3.connect(database)
    seen.execute("CREATE TABLE seen (id TEXT PRIMARY KEY)")
    producer = Producer(
        {"bootstrap.servers": brokers, "enable.idempotence": True, "compression.type": "lz4",
         "linger.ms": 5}
    )
    urls = sys.stdin.read().split()
    items = kept = 0
    ready, wall = time.process_time(), time.monotonic()
    for url in urls:
        response = requests.get(url, timeout=30)
        response.raise_for_status()
        feed = feedparser.parse(response.content)
        for entry in feed.entries:
            items += 1
            if seen.execute("SELECT 1 FROM seen WHERE id = ?", (entry.id,)).fetchone():
                continue
            seen.execute("INSERT INTO seen VALUES (?)", (entry.id,))
            text = text_of(entry)
            lowered = text.lower()
            if any(term in lowered for term in where) and any(term in lowered for term in what):
                kept += 1
                record = json.dumps(record_of(feed, entry, text), ensure_ascii=False)
                producer.produce(topic, key=entry.id, value=record)
                producer.poll(0)
        seen.commit()
    producer.flush()
    print(
        json.dumps(
            {
                "items": items,
                "kept": kept,
                "terms": [len(where), len(what)],
                "cpu": time.process_time() - ready,
                "start_cpu": ready - STARTED,
                "wall": time.monotonic() - wall,
                "rss_peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            }
        )
    )


if __name__ == "__main__":
    main()
