#!/usr/bin/env python3
"""The events the program finds in the project's own texts (CC0), with floors a language.

  events.py [--program build/release/steppewatch] [--half dev|held] [--show [dev|held]] [--lang en]

Over tests/quality/texts/events-*.jsonl, whatever the topic filter makes of them:
  micro P, R, F1   of (text, type): a type told twice in a text counts once
  macro F1         mean over the types a set tells
  told P, R        of (text, type, modality)
  modality         of the events found: one of that type has the modality of the text
  place, actor, target, cause   of the events found: right where the text or the program gives one; the last three not where "who" is false
Actors are compared by class (event_actors.tsv), by name or by the words the text has for that name. Texts are split by a hash of their id: rules are mended on the dev half
alone (--show), so that the held half measures. Exit 1 when a language is below a floor.
"""
import argparse
import collections
import difflib
import glob
import os
import sys

from figures import classes, words
from scoring import HERE, print_row, read_classes, read_halves, records, show

SLOTS = ("place", "actor", "target", "cause")
# micro F1, macro F1, modality, place, actor, target, cause
FLOORS = {
    "en": {"all": (0.90, 0.90, 0.87, 0.62, 0.55, 0.46, 0.40)},
    "ru": {"all": (0.92, 0.92, 0.87, 0.60, 0.48, 0.33, 0.41)},
    "kk": {"all": (0.90, 0.89, 0.91, 0.70, 0.42, 0.40, 0.48)},
    "zh": {"all": (0.92, 0.93, 0.87, 0.61, 0.49, 0.28, 0.56)},
    "total": {"all": (0.91, 0.91, 0.88, 0.63, 0.49, 0.37, 0.47), "held": (0.87, 0.86, 0.85, 0.58, 0.47, 0.32, 0.33)},
    "en-told": {"all": (0.90, 0.89, 0.87, 0.66)},
    "ru-told": {"all": (0.88, 0.87, 0.82, 0.76)},
    "kk-told": {"all": (0.87, 0.87, 0.90, 0.56)},
    "zh-told": {"all": (0.92, 0.89, 0.81, 0.61)},
    "total-told": {"all": (0.90, 0.89, 0.85, 0.65), "held": (0.80, 0.79, 0.80, 0.58)},
}


def read_arguments(doc, faults):
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="build/release/steppewatch")
    parser.add_argument("--texts", default=os.path.join(HERE, "texts"))
    parser.add_argument("--half", choices=["dev", "held"], help="only the texts of that half")
    parser.add_argument("--show", choices=["dev", "held"], nargs="?", const="dev", help="print the faults of that half")
    parser.add_argument("--lang", help="only this language")
    parser.add_argument("--only", nargs="*", help=f"show only these faults: {faults}, ...")
    return parser


def read_texts(args):
    paths = glob.glob(os.path.join(args.texts, "events-*.jsonl"))
    return [text for _, text in read_halves(paths)
            if args.half in (None, text["half"]) and args.lang in (None, text["lang"])]


def keys_of(text):
    """What a text counts for: its language and all, both halves and its own. Texts without actors are a set of their own."""
    kind = "" if text.get("who", True) else "-told"
    return [(name + kind, half) for name in (text["lang"], "total") for half in ("all", text["half"])]


def resolve(record):
    """The events of a record, slots as the names of places and actors."""
    places = {place["place_id"]: place for place in record.get("places", [])}
    actors = {actor["actor_id"]: actor for actor in record.get("actors", [])}
    events = []
    for event in record.get("events", []):
        place = places.get(event.get("place_id"), {})
        names = {"place": [name for name in (place.get("canonical", {}).get("en"), place.get("name")) if name],
                 "cause": [event["cause"]] if event.get("cause") else []}
        for slot in ("actor", "target"):
            actor = actors.get(event.get(f"{slot}_id"), {})
            names[slot] = [name for name in (actor.get("name"), actor.get("role"), *actor.get("aliases_seen", [])) if name]
        events.append({"type": event["type"], "modality": event["modality"], "rule": event.get("rule"),
                       "span": event["evidence"][0]["text"], **names})
    return events


def initials(name):
    return "".join(word[0] for word in name.split() if word[0].isupper())


def is_same(slot, wanted, names, kinds):
    if not wanted or not names:
        return not wanted and not names
    lower = [name.lower() for name in names]
    if slot == "cause":
        return wanted in names
    if any(wanted.lower() in name or name in wanted.lower() for name in lower):
        return True
    if slot != "place":
        if any(wanted == initials(name) for name in names):
            return True
        if classes(wanted, kinds) & set().union(*(classes(name, kinds) for name in names)):
            return True
    return any(difflib.SequenceMatcher(None, ours, theirs).ratio() >= 0.8
               for name in names for ours in words(name) for theirs in words(wanted))


class Score:
    def __init__(self):
        self.texts = 0
        self.types = collections.defaultdict(lambda: [0, 0, 0])  # right, false, missed
        self.told = [0, 0, 0]
        self.parts = {name: [0, 0] for name in ("modality", *SLOTS)}

    @staticmethod
    def rates(right, false, missed):
        precision = right / (right + false) if right + false else 1.0
        recall = right / (right + missed) if right + missed else 1.0
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def micro(self):
        return self.rates(*(sum(counts[i] for counts in self.types.values()) for i in range(3)))

    def macro(self):
        told = [self.rates(*counts)[2] for counts in self.types.values() if counts[0] + counts[2]]
        return sum(told) / len(told) if told else 1.0

    def part(self, name):
        right, all_of_them = self.parts[name]
        return right / all_of_them if all_of_them else 1.0


def judge(text, found, kinds, scores, faults):
    """Adds one text to the scores; every fault becomes one line."""
    optional = {event["type"] for event in text["events"] if event.get("optional")}
    wanted = [event for event in text["events"] if event["type"] not in optional]
    found = [event for event in found if event["type"] not in optional]
    types = ({event["type"] for event in wanted}, {event["type"] for event in found})
    told = ({(event["type"], event["modality"]) for event in wanted}, {(event["type"], event["modality"]) for event in found})
    for score in scores:
        score.texts += 1
        for place, group in enumerate((types[0] & types[1], types[1] - types[0], types[0] - types[1])):
            for name in group:
                score.types[name][place] += 1
        for place, group in enumerate((told[0] & told[1], told[1] - told[0], told[0] - told[1])):
            score.told[place] += len(group)
    for event in wanted:
        if event["type"] not in types[1]:
            faults.append((text, "missed", f"{event['type']}: {event['span']}"))
    for event in found:
        if event["type"] not in types[0]:
            faults.append((text, "false", f"{event['type']}: {event['span']} ({event['rule']})"))
    for event in wanted:
        same = [one for one in found if one["type"] == event["type"]]
        if same:
            judge_parts(text, event, same, kinds, scores, faults)


def names_of(text, wanted):
    """What a text calls somebody: the name that is wanted, and the words of the text for it."""
    return [wanted] + [actor["span"] for actor in text.get("actors", []) if wanted and actor["name"] == wanted]


def judge_parts(text, event, same, kinds, scores, faults):
    right = any(one["modality"] == event["modality"] for one in same)
    best = next((one for one in same if one["modality"] == event["modality"]), same[0])
    results = [("modality", right, best["modality"])]
    for slot in SLOTS if text.get("who", True) else SLOTS[:1]:
        if event.get(slot) or best[slot]:
            good = any(is_same(slot, name, best[slot], kinds) for name in names_of(text, event.get(slot)))
            results.append((slot, good, best[slot][:1]))
    for name, good, seen in results:
        for score in scores:
            score.parts[name][0] += good
            score.parts[name][1] += 1
        if not good:
            faults.append((text, name, f"{event['type']}: {event.get(name)} but {seen} ({event['span']})"))


def table(scores):
    good = True
    print("events     half  texts  micro P      R     F1  macro F1  told P      R  modality  place  actor  target  cause")
    for (name, half), score in sorted(scores.items()):
        micro = score.micro()
        told = score.rates(*score.told)
        line = f"{name:10s} {half:5s} {score.texts:5d} {micro[0]:8.3f} {micro[1]:6.3f} {micro[2]:6.3f} {score.macro():9.3f} " \
               f"{told[0]:7.3f} {told[1]:6.3f} {score.part('modality'):9.3f}"
        line += "".join(f"{score.part(slot):{len(slot) + 2}.3f}" for slot in SLOTS)
        row = (micro[2], score.macro(), score.part("modality"), *(score.part(slot) for slot in SLOTS))
        good = print_row(line, row, FLOORS.get(name, {}).get(half)) and good
    return good


def types_table(score):
    """A type a line, the weakest first."""
    for name, counts in sorted(score.types.items(), key=lambda item: score.rates(*item[1])[2]):
        print(f"{name:26s} right {counts[0]:3d}  false {counts[1]:3d}  missed {counts[2]:3d}  F1 {score.rates(*counts)[2]:.3f}")


def main():
    parser = read_arguments(__doc__, "missed, false, modality, place")
    parser.add_argument("--types", action="store_true", help="also a line for each type")
    args = parser.parse_args()
    texts = read_texts(args)
    if not texts:
        print(f"events: no texts in {args.texts}")
        return 0
    answers = records(texts, args.program)
    kinds = read_classes("event_actors.tsv")
    scores = collections.defaultdict(Score)
    faults = []
    for text in texts:
        judge(text, resolve(answers[text["id"]]), kinds, [scores[key] for key in keys_of(text)], faults)
    show(faults, args.show, args.lang, args.only)
    if args.types:
        types_table(scores["total", "all"])
    return 0 if table(scores) else 1


if __name__ == "__main__":
    sys.exit(main())
