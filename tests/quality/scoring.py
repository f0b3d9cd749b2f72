"""What the scripts share that compare the program with the project's own texts."""
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def read_halves(paths):
    """(path, text) of every text, with its half by a hash of the id."""
    for path in sorted(paths):
        with open(path, encoding="utf-8") as file:
            for line in file:
                text = json.loads(line)
                text["half"] = "held" if hashlib.sha256(text["id"].encode()).digest()[0] % 2 else "dev"
                yield path, text


def read_classes(name):
    """The rows of a table: a label, then the parts of names it stands for."""
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]
    return {row[0]: row[1:] for row in rows}


def records(texts, program):
    """The records of all texts, by id, on settings that keep every item."""
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "config")
        shutil.copytree(os.path.join(ROOT, "config"), config)
        profile = os.path.join(config, "profiles", "kazakhstan-unrest", "profile.toml")
        with open(profile, encoding="utf-8") as file:
            settings = re.sub(r"(?m)^(keep|keep_with_text|review) = [0-9.]+", r"\1 = 0.0", file.read())
        with open(profile, "w", encoding="utf-8") as file:
            file.write(settings)
        lines = "".join(json.dumps({"id": text["id"], "url": f"https://outlet.example.org/{text['id']}",
                                    "title": text["title"], "text": text["text"], "published": text["published"],
                                    "source": text["outlet"]}, ensure_ascii=False) + "\n" for text in texts)
        done = subprocess.run([program, "process", "-c", os.path.join(config, "steppewatch.toml")],
                              input=lines.encode(), stdout=subprocess.PIPE, check=True)
    answers = {}
    for line in done.stdout.decode().splitlines():
        answer = json.loads(line)
        answers[answer["id"]] = answer.get("record") or {}
    return answers


def show(faults, half, lang, only=None):
    """Prints the faults (text, name, note) of one half, each text once."""
    told = None
    for text, name, note in faults:
        if text["half"] != half or lang not in (None, text["lang"]) or (only and name not in only):
            continue
        if text is not told:
            print(f"{text['id']} {text['published'][:10]} {text['title']} | {text['text']}")
        told = text
        print(f"    {name} {note}")


def print_row(line, row, floors):
    """False, and the line says so, when a value is below its floor."""
    low = bool(floors) and any(value < floor for value, floor in zip(row, floors))
    print(line + (f"  below {floors}" if low else ""))
    return not low
