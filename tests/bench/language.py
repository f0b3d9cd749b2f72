"""Language identification on sentences of a CoNLL-U or IOB file: right answers on their first words.

  language.py CODE=FILE... [--command 'build/release/steppewatch process ...'] [--show]

CODE is the language that FILE is written in. CoNLL-U files give their "# text" lines, other files one token a line with
an empty line behind each sentence. Of each sentence the first 3 and 6 words (of Chinese, which has no spaces, 6 and 12
characters) are asked for as a title without text, and the whole of it. Sentences without three words are left out, those
of less than six count only for three. Nothing is downloaded: Universal Dependencies and KazNERD are on GitHub.
"""

import argparse
import json
import re
import shlex
import subprocess
import sys

CONFIG = "build/release/steppewatch process -c config/steppewatch.toml"


def sentences(path):
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    if path.endswith(".conllu"):
        return [line[len("# text = "):] for line in lines if line.startswith("# text = ")]
    found, words = [], []
    for line in lines:
        if line.strip():
            words.append(line.split()[0])
        elif words:
            found.append(re.sub(r" ([.,:;!?»)])", r"\1", " ".join(words)))
            words = []
    return found


def beginnings(text, code):
    if code == "zh":
        letters = re.sub(r"\s", "", text)
        return [letters[:6] if len(letters) >= 6 else None, letters[:12] if len(letters) >= 12 else None, text]
    words = text.split()
    return [" ".join(words[:n]) if len(words) >= n else None for n in (3, 6)] + [text]


def answers(titles, command):
    asked = "".join(json.dumps({"id": str(i), "url": f"urn:item:{i}", "title": title, "text": "", "source": ""},
                               ensure_ascii=False) + "\n" for i, title in enumerate(titles))
    done = subprocess.run(shlex.split(command), input=asked.encode(), stdout=subprocess.PIPE, check=True)
    found = {}
    for line in done.stdout.decode().splitlines():
        answer = json.loads(line)
        found[int(answer["id"])] = answer["lang"]
    return [found.get(i, "") for i in range(len(titles))]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="CODE=FILE")
    parser.add_argument("--command", default=CONFIG)
    parser.add_argument("--show", action="store_true", help="print what was decided wrongly")
    args = parser.parse_args()
    print("language  sentences   3 words   6 words   whole")
    for named in args.files:
        code, path = named.split("=", 1)
        texts = [text for text in sentences(path) if len(text.split()) >= 3 or code == "zh"]
        shares = []
        for begin in zip(*(beginnings(text, code) for text in texts)):
            titles = [title for title in begin if title]
            found = answers(titles, args.command)
            shares.append(sum(each == code for each in found) / max(len(titles), 1))
            if args.show:
                for title, each in zip(titles, found):
                    if each != code:
                        print(f"  {code} taken for {each or 'none'}: {title[:100]}")
        print(f"{code:8s} {len(texts):10d}   {shares[0]:7.3%}   {shares[1]:7.3%}   {shares[2]:7.3%}")
    return 0


sys.exit(main())
