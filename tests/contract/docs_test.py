#!/usr/bin/python3
"""What the documents say about records is true: lists and the snippets they show."""
import glob
import json
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def read(*parts):
    with open(os.path.join(ROOT, *parts), encoding="utf-8") as file:
        return file.read()


def schema(name):
    return json.loads(read("contracts", "schemas", name + ".schema.json"))


def glossary_faults():
    """Every enumeration value is in the glossary, and its event table is the schema's list."""
    text = read("docs", "glossary.md")
    definitions = schema("item.v1")["$defs"]
    events = definitions["event"]["properties"]["type"]["enum"]
    listed = re.findall(r"^\| `([a-z_]+)` \| ", text, re.MULTILINE)
    if sorted(listed) != sorted(events):
        yield f"glossary: event types differ: {sorted(set(listed) ^ set(events))}"
    figure = definitions["figure"]["properties"]
    story = schema("item.v1")["properties"]["story"]["properties"]
    tiers = schema("item.v1")["properties"]["source"]["properties"]["tier"]
    for one in (figure["kind"], figure["qualifier"], figure["status_at_publish"], story["relation"],
                tiers, definitions["event"]["properties"]["modality"]):
        for value in one["enum"]:
            if not re.search(rf"\b{value}\b", text):
                yield f"glossary: {value} is missing"


def snippet_faults():
    """The Python of the consumer guide reads the evidence of every example."""
    snippet = re.search(r"```python\n(.*?)```", read("docs", "consumers.md"), re.DOTALL).group(1)
    code = compile(snippet.replace('"summary"', "field"), "docs/consumers.md", "exec")
    checked = 0
    for path in glob.glob(os.path.join(ROOT, "contracts", "examples", "item.*.json")):
        with open(path, encoding="utf-8") as file:
            record = json.load(file)["value"]
        for kind in ("figures", "quotes", "events", "places", "actors"):
            for evidence in (e for one in record[kind] for e in one["evidence"]):
                if evidence["field"] == "source_text":
                    continue
                names = {"record": record, "e": evidence, "field": evidence["field"]}
                exec(code, names)  # pylint: disable=exec-used
                checked += 1
                if names["slice_"] != evidence["text"]:
                    yield f"{path}: the snippet reads {names['slice_']!r}"
    if checked < 5:
        yield "consumers: the snippet was hardly tried"


def topic_faults():
    """The consumer guide names every schema's topic."""
    text = read("docs", "consumers.md")
    topics = {"item": "items", "story": "stories", "claim": "claims", "feed": "feeds", "gap": "gaps"}
    for path in glob.glob(os.path.join(ROOT, "contracts", "schemas", "*.json")):
        stem = os.path.basename(path).split(".")[0]
        if f"`{{prefix}}.{topics.get(stem, stem)}.v1`" not in text:
            yield f"consumers: no topic for {stem}"


def main():
    faults = [*glossary_faults(), *snippet_faults(), *topic_faults()]
    print("\n".join(faults) or "ok")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
