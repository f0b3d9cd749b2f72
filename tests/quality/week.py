#!/usr/bin/env python3
"""An ordinary week at natural prevalence: how many false stories would an analyst see?

  week.py [--items 5000] [--share 0.008] [--seed 1] [--negatives FILE] [--command 'build/release/steppewatch process ...']

Invents a week of headlines (week.json: our own, CC0) of which about SHARE concern the topic, runs `process` on them and
prints precision, recall and false stories a day. FILE adds other off-topic items, one JSON object a line as `process` reads
them. Exit 1 when precision is below 0.70 or there is more than one false story a day.
"""
import argparse
import json
import os
import random
import shlex
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
OUTLETS = {"ru": ["news.example.kz", "gorod.example.kz", "mir.example.org"], "kk": ["habar.example.kz", "alan.example.kz"],
           "en": ["wire.example.org", "times.example.kz"], "zh": ["xinwen.example.org"]}
HARD = 0.04  # of the off-topic items: those that a filter is most likely to take for the topic
SHARES = {"ru": 0.55, "kk": 0.2, "en": 0.2, "zh": 0.05}


class Week:
    def __init__(self, seed):
        self.random = random.Random(seed)
        with open(os.path.join(HERE, "week.json"), encoding="utf-8") as file:
            self.data = json.load(file)
        self.items = []

    def fill(self, template):
        while "{" in template:
            name = template[template.index("{") + 1:template.index("}")]
            template = template.replace("{" + name + "}", self.random.choice(self.data["slots"][name]), 1)
        return template

    def add(self, kind, number):
        lang = self.random.choices(list(SHARES), SHARES.values())[0]
        if kind == "drop" and self.random.random() < HARD:
            template = self.random.choice(self.data["hard"][lang])
        else:
            template = self.random.choice(self.data[kind][lang])
        title = self.fill(template)
        text = self.random.choice(self.data["texts"][lang])
        outlet = self.random.choice(OUTLETS[lang])
        day, minute = self.random.randrange(7), self.random.randrange(1440)
        self.items.append({"id": f"{kind}-{number}", "url": f"https://{outlet}/a/{number}", "source": outlet, "title": title,
                           "text": text, "published": f"2025-03-{3 + day:02d}T{minute // 60:02d}:{minute % 60:02d}:00Z"})

    def make(self, count, share):
        for number in range(count):
            self.add("keep" if self.random.random() < share else "drop", number)
        self.items.sort(key=lambda item: (item["published"], item["id"]))


def add_negatives(items, path):
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file):
            item = json.loads(line)
            item["id"] = f"drop-extra-{number}"
            day, minute = number % 7, number * 37 % 1440
            item["published"] = f"2025-03-{3 + day:02d}T{minute // 60:02d}:{minute % 60:02d}:30Z"
            items.append(item)
    items.sort(key=lambda item: (item["published"], item["id"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=5000)
    parser.add_argument("--share", type=float, default=0.008)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--negatives")
    parser.add_argument("--command", default="build/release/steppewatch process -c config/steppewatch.toml")
    parser.add_argument("--show", action="store_true", help="print what was decided wrongly")
    args = parser.parse_args()
    week = Week(args.seed)
    week.make(args.items, args.share)
    if args.negatives:
        add_negatives(week.items, args.negatives)
    text = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in week.items)
    done = subprocess.run(shlex.split(args.command), input=text.encode(), stdout=subprocess.PIPE, check=True)
    answers = {}
    for line in done.stdout.decode().splitlines():
        answer = json.loads(line)
        answers[answer["id"]] = answer
    titles = {item["id"]: item["title"] for item in week.items}
    kept = {name for name, answer in answers.items() if answer["decision"] == "keep"}
    wanted = {name for name in titles if name.startswith("keep-")}
    story = {name: (answers[name].get("story") or {}).get("story_id") or name for name in kept}
    true_stories = {story[name] for name in kept & wanted}
    false_stories = {story[name] for name in kept - wanted} - true_stories
    precision = len(kept & wanted) / len(kept) if kept else 0.0
    recall = len(kept & wanted) / len(wanted) if wanted else 0.0
    print(f"{len(titles)} items, {len(wanted)} on topic ({100 * len(wanted) / len(titles):.2f} %); kept {len(kept)}, "
          f"precision {precision:.3f}, recall {recall:.3f}; {len(false_stories)} false stories in 7 days")
    if args.show:
        for name in sorted((kept ^ wanted)):
            print("  " + ("false " if name in kept else "missed ") + titles[name] + "  | " + str(answers[name].get("reason")))
    return 0 if precision >= 0.70 and len(false_stories) <= 7 else 1


if __name__ == "__main__":
    sys.exit(main())
