#!/usr/bin/env python3
"""The topic filter on the project's own items (CC0): precision, recall and F1 a language, with floors.

  quality.py [--command 'build/release/steppewatch process ...'] [--show]

Exit 1 when a language is below its floor. To add an item, add a line to tests/quality/items.tsv.
"""
import argparse
import collections
import json
import os
import shlex
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FILES = ["tests/quality/items.tsv", "tests/data/match/items.tsv"]
FLOORS = {"all": 0.90, "en": 0.88, "ru": 0.90, "kk": 0.88, "zh": 0.90}


def read_items():
    items = []
    for name in FILES:
        with open(os.path.join(ROOT, name), encoding="utf-8") as file:
            for line in file:
                if not line.strip() or line.startswith("#"):
                    continue
                expect, lang, country, title, text = (line.rstrip("\n").split("\t") + [""] * 4)[:5]
                items.append({"expect": expect, "lang": lang, "country": country, "title": title, "text": text})
    return items


def process(items, command):
    lines = ""
    for number, item in enumerate(items):
        host = "outlet.example.kz" if item["country"] == "KZ" else "outlet.example.org"
        lines += json.dumps({"id": str(number), "url": f"https://{host}/a/{number}", "title": item["title"],
                             "text": item["text"]}, ensure_ascii=False) + "\n"
    done = subprocess.run(shlex.split(command), input=lines.encode(), stdout=subprocess.PIPE, check=True)
    for line in done.stdout.decode().splitlines():
        answer = json.loads(line)
        items[int(answer["id"])]["answer"] = answer


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--command", default="build/release/steppewatch process -c config/steppewatch.toml")
    parser.add_argument("--show", action="store_true", help="print what was decided wrongly")
    args = parser.parse_args()
    items = read_items()
    process(items, args.command)
    counts = collections.defaultdict(lambda: [0, 0, 0, 0])
    for item in items:
        kept = item["answer"]["decision"] == "keep"
        wanted = item["expect"] == "keep"
        place = 0 if kept and wanted else 1 if kept else 2 if wanted else 3
        for name in ("all", item["lang"]):
            counts[name][place] += 1
        if args.show and kept != wanted:
            print(f"{'false ' if kept else 'missed'} {item['lang']} {item['title']} | {item['answer'].get('reason')} "
                  f"{item['answer'].get('score')}")
    good = True
    print("language  items  precision  recall     F1  floor")
    for name in sorted(counts, key=lambda name: -sum(counts[name])):
        hit, false, missed, _ = counts[name]
        precision = hit / (hit + false) if hit + false else 1.0
        recall = hit / (hit + missed) if hit + missed else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        floor = FLOORS.get(name)
        good = good and (floor is None or f1 >= floor)
        print(f"{name:8s} {sum(counts[name]):6d} {precision:10.3f} {recall:7.3f} {f1:6.3f}  {floor or ''}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
