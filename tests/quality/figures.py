#!/usr/bin/env python3
"""The figures the program finds in the project's own texts (CC0), with floors a language.

  figures.py [--program build/release/steppewatch] [--show [dev|held]] [--lang en]

Over the texts of tests/quality/texts, whatever the topic filter makes of them:
  precision, recall   of (kind, value); a range counts by its upper end, a vague amount as one without value
  bound               exact, at least, at most, about, range, vague: right of those found
  claimant            the class of who claims it (claimants.tsv) or the name in the text: right of those found
  as-of               the day for which it holds, where the text says one: right of those found
  scope               the place for which it counts, one of those that a reader would say: right of those found
Texts are split by a hash of their id: rules are mended on the dev half alone (--show), so that the held half measures.
Exit 1 when a language is below a floor.
"""
import argparse
import collections
import difflib
import glob
import os
import re
import sys

from scoring import HERE, print_row, read_classes, read_halves, records, show

BOUNDS = {"about": "approx"}
LATIN = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі",
                 "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch  y  e yu ya a g k n o u u h i".split(" ")))
# precision, recall, bound, claimant, as-of, scope
FLOORS = {
    "en": (0.89, 0.84, 0.98, 0.84, 0.96, 0.78),
    "ru": (0.94, 0.89, 0.97, 0.83, 0.94, 0.74),
    "kk": (0.94, 0.82, 0.95, 0.79, 0.93, 0.84),
    "zh": (0.88, 0.92, 0.97, 0.87, 0.91, 0.88),
    "articles": (0.90, 0.80, 0.97, 0.80, 0.88, 0.74),
}


def read_texts():
    paths = glob.glob(os.path.join(HERE, "texts", "*.jsonl"))
    texts = []
    for path, text in read_halves(path for path in paths if not os.path.basename(path).startswith("events-")):
        text["set"] = "articles" if "articles" in os.path.basename(path) else text["lang"]
        for figure in text["figures"]:
            if figure.get("claimant") == text["outlet"]:
                figure["claimant"] = None
        texts.append(text)
    return texts


def value_of(figure, bound):
    """What two figures of a kind are compared by: the number, the upper end of a range, or none."""
    if bound == "vague":
        return None
    if figure.get("value") is not None:
        return float(figure["value"])
    ends = [figure[end] for end in ("high", "low") if figure.get(end) is not None]
    return float(ends[0]) if ends else None


def classes(name, claimants):
    name = name.lower() + " "
    return {label for label, parts in claimants.items() if any(part in name for part in parts)}


def words(name):
    """The words of a name in Latin letters that say something."""
    latin = "".join(LATIN.get(letter, letter) for letter in name.lower())
    return [word for word in re.findall(r"\w+", latin) if len(word) > 3]


def is_claimant(wanted, figure, claimants):
    got = figure.get("claimant") or {}
    if not wanted.get("claimant"):
        return bool(got.get("is_outlet")) or not got
    if got.get("is_outlet"):
        return False
    spoken = [link["name"] for link in figure.get("chain", []) if link["role"] == "speaker"] or [got["name"]]
    names = " ".join([got["name"], *spoken[:1]])
    if wanted.get("claimant_text"):
        return wanted["claimant_text"].lower() in names.lower() or names.lower() in wanted["claimant_text"].lower()
    known = classes(wanted["claimant"], claimants)
    if known & classes(names, claimants):
        return True
    return any(difflib.SequenceMatcher(None, ours, theirs).ratio() >= 0.75
               for ours in words(names) for theirs in words(wanted["claimant"]))


def as_list(value):
    return value if isinstance(value, list) else [value]


class Score:
    def __init__(self):
        self.right = self.false = self.missed = self.texts = 0
        self.bound = [0, 0]
        self.claimant = [0, 0]
        self.as_of = [0, 0]
        self.scope = [0, 0]

    @staticmethod
    def share(part, whole):
        return part / whole if whole else 1.0

    def row(self):
        return (self.share(self.right, self.right + self.false), self.share(self.right, self.right + self.missed),
                self.share(*self.bound), self.share(*self.claimant), self.share(*self.as_of), self.share(*self.scope))


def judge(text, found, claimants, scores, faults):
    """Adds one text to the scores; every fault becomes one line."""
    wanted = {}
    optional = {(figure["kind"], value_of(figure, figure["bound"])) for figure in text["figures"] if figure.get("optional")}
    for figure in text["figures"]:
        wanted.setdefault((figure["kind"], value_of(figure, figure["bound"])), []).append(figure)
    got = {}
    for figure in found:
        got.setdefault((figure["kind"], value_of(figure, figure["qualifier"])), []).append(figure)
    for key in optional:
        wanted.pop(key, None)
        got.pop(key, None)
    for score in scores:
        score.texts += 1
        score.right += len(wanted.keys() & got.keys())
        score.missed += len(wanted.keys() - got.keys())
        score.false += len(got.keys() - wanted.keys())
    for kind, value in wanted.keys() - got.keys():
        faults.append((text, "missed", f"{kind} {value}: {wanted[kind, value][0]['span']}"))
    for kind, value in got.keys() - wanted.keys():
        faults.append((text, "false", f"{kind} {value}: {got[kind, value][0]['evidence'][0]['text']}"))
    for key in wanted.keys() & got.keys():
        judge_details(text, key, wanted[key], got[key], claimants, scores, faults)


def judge_details(text, key, wanted, got, claimants, scores, faults):
    """Bound, claimant and day of one figure; a figure told twice (title and text) is right when one telling is."""
    named = [want for want in wanted if want.get("claimant")] or wanted
    dated = [want for want in wanted if want.get("as_of")]
    placed = [want for want in wanted if want.get("scope")]
    checks = (("bound", wanted, lambda w, f: f["qualifier"] == BOUNDS.get(w["bound"], w["bound"])),
              ("claimant", named, lambda w, f: is_claimant(w, f, claimants)),
              ("as_of", dated, lambda w, f: f.get("as_of", {}).get("date") == w["as_of"]),
              ("scope", placed, lambda w, f: f.get("scope_place") in as_list(w["scope"])))
    for name, wants, is_right in checks:
        if not wants:
            continue
        right = any(is_right(want, figure) for want in wants for figure in got)
        for score in scores:
            getattr(score, name)[0] += right
            getattr(score, name)[1] += 1
        if not right:
            figure = got[0]
            seen = {"bound": figure["qualifier"], "claimant": figure.get("claimant"), "as_of": figure.get("as_of"),
                    "scope": figure.get("scope_place")}
            faults.append((text, name, f"{key[0]} {key[1]}: {wants[0][name]} but {seen[name]}"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="build/release/steppewatch")
    parser.add_argument("--show", choices=["dev", "held"], nargs="?", const="dev", help="print the faults of that half")
    parser.add_argument("--lang", help="show only faults of this language")
    args = parser.parse_args()
    texts = read_texts()
    answers = records(texts, args.program)
    claimants = read_classes("claimants.tsv")
    scores = collections.defaultdict(Score)
    faults = []
    for text in texts:
        keys = [(text["set"], "all"), (text["set"], text["half"])]
        judge(text, answers[text["id"]].get("figures", []), claimants, [scores[key] for key in keys], faults)
    show(faults, args.show, args.lang)
    good = True
    print("figures      half  texts  precision  recall  bound  claimant  as-of  scope")
    for (name, half), score in sorted(scores.items()):
        row = score.row()
        line = f"{name:12s} {half:5s} {score.texts:5d} {row[0]:10.3f} {row[1]:7.3f} {row[2]:6.3f} {row[3]:9.3f} {row[4]:6.3f} {row[5]:6.3f}"
        good = print_row(line, row, FLOORS.get(name) if half == "all" else None) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
