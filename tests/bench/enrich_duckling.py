"""Duckling (the Clojure one, in a Java machine) over the same items: numbers and dates alone, in the languages
it has. It is given one sentence at a time, since its time grows with the square of the text.
"""
import glob
import json
import os
import re
import sys
import time

import duckling
import jpype

WARM = 3  # items, for the compiler of the Java machine
MEASURED = 10  # items a language
NOW = "2022-01-12T06:00:00Z"
LANGUAGES = {"en": duckling.Language.ENGLISH, "ru": duckling.Language.RUSSIAN, "zh": duckling.Language.CHINESE}


def main():
    jars = glob.glob(os.path.join(os.path.dirname(duckling.__file__), "jars", "*.jar"))
    jpype.startJVM(classpath=jars, convertStrings=True)
    parser = duckling.Duckling(jvm_started=True)
    parser.load(languages=list(LANGUAGES.values()))
    items = {}
    with open(sys.argv[1], encoding="utf-8") as file:
        for line in file:
            item = json.loads(line)
            items.setdefault(item["lang"], []).append(re.split(r"(?<=[.!?。！？\n])\s*", item["text"]))
    dims = [duckling.Dim.NUMBER, duckling.Dim.TIME]
    for lang, language in LANGUAGES.items():
        times = []
        failed = 0
        for sentences in items[lang][:WARM + MEASURED]:
            start = time.perf_counter()
            for sentence in filter(None, sentences):
                try:
                    parser.parse(sentence, language=language, dim_filter=dims, reference_time=NOW)
                except jpype.JException:  # an assertion of its own: "(<= 1 day 31)"
                    failed += 1
            times.append((time.perf_counter() - start) * 1e6)
        times = sorted(times[WARM:])
        print(f"duckling {lang} (numbers and dates only): p50 {times[len(times) // 2]:.0f} us, most {times[-1]:.0f} us; "
              f"{failed} sentences it fails on")


main()
