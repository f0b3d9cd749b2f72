"""A spaCy rule pipeline over the same items: blank model, sentencizer, EntityRuler with the profile's
places and actors, Matcher for numbers beside words of harm. It resolves no dates, no claimants and
no modality; it is what one writes first.
"""
import json
import sys
import time
import tomllib

import spacy
from spacy.matcher import Matcher

PROFILE = "config/profiles/kazakhstan-unrest/"


def words_of(entries):
    for entry in entries:
        for form in entry.get("forms", []):
            plain = form.strip("^*")
            if "*" not in plain:
                yield plain


def pipeline(lang):
    try:
        nlp = spacy.blank(lang)
    except ImportError:
        nlp = spacy.blank("xx")  # it has no Kazakh
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    with open(PROFILE + "places.toml", "rb") as file:
        places = tomllib.load(file)["place"]
    with open(PROFILE + "actors.toml", "rb") as file:
        actors = tomllib.load(file)["actor"]
    ruler.add_patterns([{"label": "PLACE", "pattern": word} for word in words_of(places)])
    ruler.add_patterns([{"label": "ACTOR", "pattern": word} for word in words_of(actors)])
    matcher = Matcher(nlp.vocab)
    number = {"LIKE_NUM": True}
    gap = {"OP": "?"}
    harm = {"LOWER": {"IN": ["killed", "wounded", "detained", "injured", "dead", "погибли", "задержаны",
                             "ранения", "адам", "人"]}}
    matcher.add("FIGURE", [[number, gap, gap, gap, harm], [harm, gap, gap, gap, number]])
    return nlp, matcher


def main():
    items = {}
    with open(sys.argv[1], encoding="utf-8") as file:
        for line in file:
            item = json.loads(line)
            items.setdefault(item["lang"], []).append(item["text"])
    for lang, texts in items.items():
        nlp, matcher = pipeline(lang)
        times = []
        for text in texts[:5] + texts:
            start = time.perf_counter()
            matcher(nlp(text))
            times.append((time.perf_counter() - start) * 1e6)
        times = sorted(times[5:])
        print(f"spaCy rules {lang}: p50 {times[len(times) // 2]:.0f} us, "
              f"p99 {times[int(0.99 * (len(times) - 1))]:.0f} us")


main()
