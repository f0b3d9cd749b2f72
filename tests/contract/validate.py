#!/usr/bin/python3
"""Checks published records against contracts/: schema, headers and evidence.

  validate.py [--open] [--check-schemas] [FILE ...]        (no FILE: standard input)

Input is JSON Lines: envelopes {"topic","key","headers","value"}, or plain record values with a
"schema" member. A .json file holds one such object. --open reads as consumers should: unknown
members and unknown enumeration values pass. Every fault is printed as place: message; exit 1 when
there was any, or nothing to check.
"""
import argparse
import copy
import glob
import json
import os
import re
import sys

import jsonschema

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCHEMAS = os.path.join(ROOT, "contracts", "schemas")
BY_TOPIC = {
    "items.v1": "item.v1", "stories.v1": "story.v1", "claims.v1": "claim.v1", "feeds.v1": "feed.v1",
    "gaps.v1": "gap.v1", "deadletter.v1": "deadletter.v1", "state.v1": "state.v1",
}
ID_MEMBERS = {"item.v1": ("item_id", "revision"), "story.v1": ("story_id", "story_revision"),
              "claim.v1": ("claim_id", "claim_revision")}
KEY_MEMBERS = {"item.v1": "item_id", "story.v1": "story_id", "claim.v1": "story_id",
               "feed.v1": "feed_id", "gap.v1": "feed_id"}
REQUIRED_HEADERS = ("content-type", "ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time")
INSTANT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")
TRACE = re.compile(r"^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$")


def opened(schema):
    """The consumer form: members and enumeration values may be added within a major version."""
    if isinstance(schema, list):
        return [opened(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    out = {name: opened(value) for name, value in schema.items()}
    if out.get("additionalProperties") is False:
        del out["additionalProperties"]
    if isinstance(out.get("enum"), list):
        del out["enum"]
    return out


def load_schemas(is_open):
    validators = {}
    for path in sorted(glob.glob(os.path.join(SCHEMAS, "*.schema.json"))):
        with open(path, encoding="utf-8") as file:
            schema = json.load(file)
        name = os.path.basename(path)[: -len(".schema.json")]
        schema = opened(copy.deepcopy(schema)) if is_open else schema
        validators[name] = jsonschema.Draft202012Validator(schema)
    return validators


def schema_faults(validators):
    """Each schema is a valid 2020-12 schema, named after its file, closed, and without $refs to nowhere."""
    for name, validator in validators.items():
        schema = validator.schema
        try:
            jsonschema.Draft202012Validator.check_schema(schema)
        except jsonschema.SchemaError as error:
            yield name, str(error.message)
        if schema.get("$id") != "urn:steppewatch:schema:" + name:
            yield name, "$id does not match the file name"
        for place, node in walk(schema, "#"):
            if not isinstance(node, dict):
                continue
            ref = node.get("$ref")
            if isinstance(ref, str) and ref.rpartition("/")[2] not in schema.get("$defs", {}):
                yield name, f"{place}: $ref to nowhere: {ref}"
            if isinstance(node.get("properties"), dict) and node.get("type") == "object" \
                    and "additionalProperties" not in node:
                yield name, f"{place}: object is not closed"


def walk(node, place):
    yield place, node
    if isinstance(node, dict):
        for name, value in node.items():
            yield from walk(value, f"{place}/{name}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from walk(value, f"{place}/{index}")


def absence_faults(value):
    for place, node in walk(value, ""):
        if node is None or node == "":
            yield f"{place or '/'}: absent is omitted, never {json.dumps(node)}"


def evidence_faults(name, value):
    """Every evidence slice equals its text; every reference leads to an object of the record."""
    if name != "item.v1":
        return
    texts = {field: value.get(field, "").encode() for field in ("title", "summary", "body")}
    for place, node in walk(value, ""):
        if not isinstance(node, dict) or "byte_start" not in node or "field" not in node:
            continue
        start, end = node["byte_start"], node.get("byte_end", -1)
        if node["field"] == "source_text":
            if "source_sha256" not in value.get("provenance", {}):
                yield f"{place}: evidence in source_text, but no provenance/source_sha256"
            if "text" in node and end - start != len(node["text"].encode()):
                yield f"{place}: range is not as long as its text"
            continue
        slice_ = texts.get(node["field"], b"")[start:end]
        if not 0 <= start < end or len(slice_) != end - start:
            yield f"{place}: range {start}-{end} lies outside {node['field']}"
        elif "text" in node and slice_ != node["text"].encode():
            yield f"{place}: text is not the slice {start}-{end} of {node['field']}"
    yield from reference_faults(value)


def reference_faults(value):
    known = {kind: {one.get(kind) for one in value.get(kind[:-3] + "s", [])}
             for kind in ("figure_id", "place_id", "actor_id")}
    uses = {"subset_of": "figure_id", "place_id": "place_id", "actor_id": "actor_id",
            "target_id": "actor_id"}
    for place, node in walk(value, ""):
        if isinstance(node, dict):
            for member, kind in uses.items():
                if member in node and node[member] not in known[kind]:
                    yield f"{place}/{member}: {node[member]} is not in the record"


def header_faults(name, envelope):
    headers, value = envelope.get("headers"), envelope["value"]
    if not isinstance(headers, dict):
        yield "headers: object expected"
        return
    if name == "state.v1":
        return
    for header in REQUIRED_HEADERS:
        if not headers.get(header):
            yield f"headers/{header}: missing"
    if headers.get("ce_specversion") != "1.0":
        yield "headers/ce_specversion: 1.0 expected"
    if headers.get("content-type") != "application/json":
        yield "headers/content-type: application/json expected"
    if not INSTANT.match(headers.get("ce_time", "")):
        yield "headers/ce_time: RFC 3339 with Z expected"
    if "traceparent" in headers and not TRACE.match(headers["traceparent"]):
        yield "headers/traceparent: malformed"
    if name in ID_MEMBERS:
        stem, revision = (value.get(member) for member in ID_MEMBERS[name])
        if headers.get("ce_id") != f"{stem}.{revision}":
            yield f"headers/ce_id: {stem}.{revision} expected"
    if name in KEY_MEMBERS and envelope.get("key") != value.get(KEY_MEMBERS[name]):
        yield f"key: {KEY_MEMBERS[name]} expected"


def record_faults(validators, entry):
    """All faults of one input object."""
    is_envelope = isinstance(entry, dict) and "value" in entry and "topic" in entry
    value = entry["value"] if is_envelope else entry
    if not isinstance(value, dict):
        return ["object expected"]
    if is_envelope:
        topic = str(entry["topic"])
        name = next((schema for short, schema in BY_TOPIC.items()
                     if topic == short or topic.endswith("." + short)), None)
    else:
        name = value.get("schema")
    if name not in validators:
        return [f"no schema for {entry.get('topic', name)!r}"]
    faults = []
    for error in sorted(validators[name].iter_errors(value), key=lambda e: list(map(str, e.path))):
        place = "/".join(map(str, error.path))
        faults.append(f"{name} /{place}: {error.message[:300]}")
    faults += absence_faults(value)
    faults += evidence_faults(name, value)
    if is_envelope:
        faults += header_faults(name, entry)
    return faults


def entries(paths):
    """(place, text) of every object to check."""
    for path in paths or ["-"]:
        if path.endswith(".json"):
            with open(path, "rb") as file:
                yield path, file.read()
            continue
        file = sys.stdin.buffer if path == "-" else open(path, "rb")
        with file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield f"{path}:{number}", line


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--open", action="store_true", help="read as a consumer")
    parser.add_argument("--check-schemas", action="store_true", help="check the schemas themselves")
    options = parser.parse_args()
    validators = load_schemas(options.open)
    checked, faults = 0, 0

    def report(place, message):
        nonlocal faults
        faults += 1
        print(f"{place}: {message}")

    if options.check_schemas:
        checked += len(validators)
        for name, message in schema_faults(load_schemas(False)):
            report(name, message)
    if options.files or not options.check_schemas:
        for place, text in entries(options.files):
            checked += 1
            try:
                entry = json.loads(text.decode("utf-8"))
            except ValueError as error:
                report(place, f"not JSON in UTF-8: {error}")
                continue
            for message in record_faults(validators, entry):
                report(place, message)
    print(f"{checked} checked, {faults} faults")
    return 1 if faults or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
