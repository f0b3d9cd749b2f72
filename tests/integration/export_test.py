"""Runs `steppewatch export` on the recorded story and on a hostile record, and reads what it wrote with
DuckDB and a GeoJSON validator."""
import json
import os
import subprocess
import sys
import tempfile

import duckdb
import geojson

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TAPE = os.path.join(ROOT, "contracts", "tapes", "demo.jsonl")
HOSTILE = {
    "schema": "item.v1", "item_id": "i1", "revision": 1, "title": "=HYPERLINK(\"x\"),\"y\"\nline two",
    "lang": {"code": "en"}, "source": {"name": "#1, \"News\"", "tier": "social"},
    "figures": [{"figure_id": "f1", "claim_id": "c1", "kind": "killed", "value": 12, "low": 12, "high": 12,
                 "qualifier": "exact", "unit": "people", "scope_place": "nowhere",
                 "status_at_publish": "asserted", "confidence": 0.9, "rule": "r",
                 "evidence": [{"field": "title", "text": "twelve\r\ndead"}]}],
    "events": [], "places": []}
CLAIM = {"schema": "claim.v1", "claim_id": "c1", "claim_revision": 2, "story_id": "s1", "kind": "killed",
         "value": 12, "status": "retracted"}


def export(lines, *args):
    done = subprocess.run([sys.argv[1], "export", *args], input=lines, capture_output=True, check=True)
    return done.stdout


def table(lines, *args):
    """The CSV as DuckDB reads it without being told anything."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "export.csv")
        with open(path, "wb") as file:
            file.write(export(lines, *args))
        relation = duckdb.sql(f"SELECT * FROM read_csv('{path}')")
        columns = dict(zip(relation.columns, (str(kind) for kind in relation.types)))
        return columns, [dict(zip(relation.columns, row)) for row in relation.fetchall()]


def check(condition, what):
    if not condition:
        sys.exit(f"export: {what}")


def records(topic):
    with open(TAPE, encoding="utf-8") as file:
        return [record["value"] for record in map(json.loads, file) if record["topic"] == topic]


def check_tape(tape):
    newest = {item["item_id"]: item for item in sorted(records("items.v1"), key=lambda item: item["revision"])}
    for what in ("figures", "events"):
        wanted = sum(len(item[what]) for item in newest.values())
        columns, rows = table(tape, "--what", what)
        check(len(rows) == wanted, f"{what}: {len(rows)} rows, not {wanted}")
        check({"item_id", "lat", "lon", "evidence"} <= set(columns), f"{what}: columns {columns}")
        check(all("GeoNames, CC BY 4.0" in row["note"] for row in rows), f"{what}: no note")
        features = geojson.loads(export(tape, "--what", what, "--format", "geojson"))
        check(features.is_valid, f"{what}: {features.errors()}")
        check(len(features["features"]) == wanted, f"{what}: features")
        check(any("GeoNames, CC BY 4.0" in note for note in features["notes"]), f"{what}: no notes")
        points = [feature["geometry"]["coordinates"] for feature in features["features"] if feature["geometry"]]
        check(points and all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in points), f"{what}: points")
    columns, rows = table(tape, "--what", "figures")
    for name in ("value", "low", "confidence", "lat"):
        check(columns[name] in ("DOUBLE", "BIGINT"), f"{name} is {columns[name]}")
    check(any(row["status"] == "retracted" for row in rows), "no figure shows that it was retracted")
    claims = {claim["claim_id"] for claim in records("claims.v1")}
    check(len(table(tape, "--what", "claims")[1]) == len(claims), "claims: one row each")
    features = geojson.loads(export(tape, "--what", "claims", "--format", "geojson"))
    check(features.is_valid and any(feature["geometry"] for feature in features["features"]), "claims: no points")


def check_hostile():
    lines = "\n".join(["no json", json.dumps(HOSTILE), json.dumps(CLAIM), "{}"]).encode()
    columns, rows = table(lines)
    check(len(rows) == 1, "hostile: one row")
    row = rows[0]
    check(row["title"] == "'" + HOSTILE["title"], "hostile: " + repr(row["title"]))
    check(row["source_name"] == HOSTILE["source"]["name"], "hostile: " + repr(row["source_name"]))
    check(row["status"] == "retracted", "hostile: status")
    feature = geojson.loads(export(lines, "--format", "geojson"))["features"][0]
    check(feature["geometry"] is None and feature["properties"]["value"] == 12, "hostile: feature")
    head = export(lines, "--hxl").decode().split("\r\n")
    check(head[1].startswith("#item+id,"), "no HXL row")
    for title in (" =1+1", "\n@SUM(1)", "\uff1d1", "\t-1"):
        (row,) = table(json.dumps(HOSTILE | {"title": title}).encode())[1]
        check(row["title"] == "'" + title, "formula: " + repr(row["title"]))
    beyond = HOSTILE | {"places": [{"key": "nowhere", "name": "Nowhere", "lat": 91, "lon": 0}]}
    feature = geojson.loads(export(json.dumps(beyond).encode(), "--format", "geojson"))["features"][0]
    check(feature["geometry"] is None and feature["properties"]["place_name"] == "Nowhere", "beyond the pole")


def check_unreadable():
    done = subprocess.run([sys.argv[1], "export", tempfile.gettempdir()], capture_output=True, text=True)
    check(done.returncode == 74 and "Is a directory" in done.stderr, f"folder: {done.returncode} {done.stderr}")
    empty = geojson.loads(export(b"", "--format", "geojson"))
    check(empty.is_valid and empty["features"] == [], "nothing to export")


with open(TAPE, "rb") as tape_file:
    check_tape(tape_file.read())
check_hostile()
check_unreadable()
print("exports load in DuckDB", duckdb.__version__, "and are valid GeoJSON")
