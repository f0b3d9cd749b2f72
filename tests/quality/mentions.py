#!/usr/bin/env python3
"""The places and actors the program finds in the project's own texts (CC0), with floors a language.

  mentions.py [--program build/release/steppewatch] [--half dev|held] [--show [dev|held]] [--lang en]

Over tests/quality/texts/events-*.jsonl, whatever the topic filter makes of them:
  places P, R   of (text, place) by English name; a place is the same under any name that places.toml has for it
  role          of the places found: event, statement, origin or mention as in the text
  actors P, R   of (text, actor): the program's words and the text's lie over one another, or the names are the same
  whom          of the actors found that actors.toml knows by the name in the text: the program took that one
Places that no name tells ("several cities") are not counted, nor groups ("protesters") that a text does not list. Texts are split by a hash of their id: rules are mended on the dev
half alone (--show), so that the held half measures. Exit 1 when a language is below a floor.
"""
import collections
import os
import re
import sys
import tomllib

from events import keys_of, read_arguments, read_texts
from scoring import ROOT, print_row, records, show

# places precision, recall, role, actors precision, recall
FLOORS = {
    "en": {"all": (0.91, 0.95, 0.72, 0.92, 0.80)},
    "ru": {"all": (0.92, 0.89, 0.80, 0.93, 0.80)},
    "kk": {"all": (0.93, 0.92, 0.82, 0.96, 0.82)},
    "zh": {"all": (0.94, 0.94, 0.71, 0.93, 0.81)},
    "total": {"all": (0.93, 0.93, 0.76, 0.93, 0.81), "held": (0.91, 0.89, 0.70, 0.94, 0.81)},
    "en-told": {"all": (0.89, 0.77, 0.74)},
    "ru-told": {"all": (0.89, 0.83, 0.72)},
    "kk-told": {"all": (0.95, 0.72, 0.65)},
    "zh-told": {"all": (0.92, 0.80, 0.79)},
    "total-told": {"all": (0.92, 0.78, 0.73), "held": (0.95, 0.74, 0.67)},
}
PROFILE = os.path.join(ROOT, "config", "profiles", "kazakhstan-unrest")
# Words that a name may have or lack: "Mangystau", "Mangystau Region".
LOOSE = re.compile(r"\b(the|of|city|town|village|district|region|oblast|province|square|republic|kazakhstan|kazakh|ministry|office)\b|['’`.,()\-]")


def plain(name):
    """Letters of a name without what it may lack; the whole name where nothing else is left."""
    short = " ".join(LOOSE.sub(" ", name.lower()).split())
    return short or name.lower()


def read_names(file, row, name, forms):
    """By entry: its names, lower case, patterns without their marks."""
    with open(os.path.join(PROFILE, file), "rb") as toml:
        entries = tomllib.load(toml)[row]
    names = {}
    for entry in entries:
        own = [entry[name], *entry.get(forms, [])]
        own += [former["en"] for former in entry.get("former", [])]
        own += [form for former in entry.get("former", []) for form in former["forms"]]
        names[entry["key"]] = {form.strip("^*").lower() for form in own}
    return names


def is_known_as(wanted, key, names):
    return wanted.lower() in names.get(key, ())


def spans(text, words):
    """Where `words` stand in title and text, as (field, start, end) in characters."""
    found = []
    for field in ("title", "text"):
        at = text[field].find(words)
        while words and at >= 0:
            found.append((field, at, at + len(words)))
            at = text[field].find(words, at + 1)
    return found


def lie_over(ours, theirs):
    return any(a[0] == b[0] and a[1] < b[2] and b[1] < a[2] for a in ours for b in theirs)


def evidence_spans(text, thing):
    return [span for one in thing["evidence"] for span in spans(text, one["text"])]


def is_same_place(wanted, place, names):
    key, english = place.get("key"), place["canonical"].get("en", "")
    if is_known_as(wanted["name"], key, names) or wanted["name"].lower() == english.lower():
        return True
    return plain(wanted["name"]) == plain(english) and wanted["span"] in [one["text"] for one in place["evidence"]]


def is_same_actor(text, wanted, actor, names):
    if is_known_as(wanted["name"], actor.get("key"), names) or plain(wanted["name"]) == plain(actor["name"]):
        return True
    return lie_over(spans(text, wanted["span"]), evidence_spans(text, actor))


class Score:
    def __init__(self):
        self.texts = 0
        self.places = [0, 0, 0]  # right, false, missed
        self.actors = [0, 0, 0]
        self.role = [0, 0]
        self.whom = [0, 0]

    def row(self):
        def share(part, other):
            return part / (part + other) if part + other else 1.0
        return (share(self.places[0], self.places[1]), share(self.places[0], self.places[2]), share(*self.role),
                share(self.actors[0], self.actors[1]), share(self.actors[0], self.actors[2]), share(*self.whom))


def pair(wanted, found, is_same):
    """(wanted, found) that are the same, one to one; then what is left of both."""
    pairs, left = [], list(found)
    missed = []
    for want in wanted:
        match = next((one for one in left if is_same(want, one)), None)
        if match is None:
            missed.append(want)
        else:
            left.remove(match)
            pairs.append((want, match))
    return pairs, missed, left


def judge_places(text, record, names, scores, faults):
    found = [place for place in record.get("places", []) if place.get("key")]
    pairs, missed, false = pair(text["places"], found, lambda want, place: is_same_place(want, place, names))
    for score in scores:
        for at, group in enumerate((pairs, false, missed)):
            score.places[at] += len(group)
        right = sum(want["role"] == place["role"] for want, place in pairs)
        score.role[0] += right
        score.role[1] += len(pairs) - right
    faults += [(text, "missed_place", f"{want['name']} ({want['role']}): {want['span']}") for want in missed]
    faults += [(text, "false_place", f"{place['key']} ({place['role']}, {place['rule']}): {place['evidence'][0]['text']}")
               for place in false]
    faults += [(text, "role", f"{want['name']} is {want['role']}, not {place['role']}") for want, place in pairs
               if want["role"] != place["role"]]


def judge_actors(text, record, names, scores, faults):
    pairs, missed, false = pair(text["actors"], record.get("actors", []),
                                lambda want, actor: is_same_actor(text, want, actor, names))
    # one span told under two names ("the ministry") is found once
    missed = [want for want in missed if not any(is_same_actor(text, want, actor, names) for _, actor in pairs)]
    # "police" named in two ways, or "Interior Minister X" as office and person, is no false one
    spare = [actor for actor in false if any(is_same_actor(text, want, actor, names) for want in text["actors"])]
    false = [actor for actor in false if actor not in spare and actor["rule"] not in ("actor.group", "actor.state")]
    known = [(want, actor) for want, actor in pairs if any(want["name"].lower() in forms for forms in names.values())]
    wrong = [(want, actor) for want, actor in known if not is_known_as(want["name"], actor.get("key"), names)]
    for score in scores:
        for at, group in enumerate((pairs, false, missed)):
            score.actors[at] += len(group)
        score.whom[0] += len(known) - len(wrong)
        score.whom[1] += len(wrong)
    faults += [(text, "missed_actor", f"{want['name']}: {want['span']}") for want in missed]
    faults += [(text, "false_actor", f"{actor.get('key', '')} {actor['name']} ({actor['rule']}): {actor['evidence'][0]['text']}")
               for actor in false]
    faults += [(text, "whom", f"{want['name']}, not {actor.get('key') or actor['name']}") for want, actor in wrong]


def table(scores):
    good = True
    print("mentions   half  texts  places P      R   role  actors P      R   whom")
    for (name, half), score in sorted(scores.items()):
        row = score.row()
        line = f"{name:10s} {half:5s} {score.texts:5d} {row[0]:9.3f} {row[1]:6.3f} {row[2]:6.3f} {row[3]:9.3f} {row[4]:6.3f} {row[5]:6.3f}"
        good = print_row(line, row, FLOORS.get(name, {}).get(half)) and good
    return good


def main():
    args = read_arguments(__doc__, "missed_place, false_place, role, missed_actor").parse_args()
    texts = read_texts(args)
    if not texts:
        print(f"mentions: no texts in {args.texts}")
        return 0
    answers = records(texts, args.program)
    places = read_names("places.toml", "place", "en", "forms")
    actors = read_names("actors.toml", "actor", "name", "forms")
    scores = collections.defaultdict(Score)
    faults = []
    for text in texts:
        keys = [scores[key] for key in keys_of(text)]
        for score in keys:
            score.texts += 1
        judge_places(text, answers[text["id"]], places, keys, faults)
        if text.get("who", True):
            judge_actors(text, answers[text["id"]], actors, keys, faults)
    faults.sort(key=lambda fault: fault[0]["id"])
    show(faults, args.show, args.lang, args.only)
    return 0 if table(scores) else 1


if __name__ == "__main__":
    sys.exit(main())
