"""End to end: generated feeds on loopback through steppewatch into a real Kafka, beside the script
most people write, in turn (A B A B ...). Prints tables of medians and one line of JSON."""

import argparse
import json
import statistics
import sys
from pathlib import Path

import e2e_feeds
import e2e_measure
import e2e_runs

PACED_FEEDS_PER_SEC = 4


def arguments():
    parser = argparse.ArgumentParser(prog="./dev bench e2e", description=__doc__)
    parser.add_argument("--brokers", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--folder", required=True, type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--daemon", required=True, type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--feeds", type=int, default=100, help="feeds of a run (100)")
    parser.add_argument("--items", type=int, default=100, help="items of a feed (100)")
    parser.add_argument("--rounds", type=int, default=3, help="pairs of runs (3)")
    parser.add_argument("--kept", default="10,100", help="per cent of items to keep (10,100)")
    parser.add_argument("--paced-feeds", type=int, default=40, help="feeds of a latency run (40)")
    parser.add_argument("--seed", type=int, default=20220105)
    parser.add_argument("--least", type=float, default=15,
                        help="fail when the ratio at the first share is below (15)")
    return parser.parse_args()


def note(text):
    print(text, file=sys.stderr, flush=True)


def median(values):
    return statistics.median(values)


def one_round(args, setting, number, per_cent, feeds_folder, shape):
    note(f"round {number}, {per_cent} % kept: steppewatch")
    ours = e2e_runs.daemon_run(setting, f"daemon{per_cent}.{number}", feeds_folder, shape)
    note(f"  {ours['items'] / ours['cpu']:.0f} items/CPU s in {ours['wall']:.1f} s; script")
    theirs = e2e_runs.script_run(setting, f"script{per_cent}.{number}", feeds_folder, shape)
    note(f"  {theirs['items'] / theirs['cpu']:.0f} items/CPU s in {theirs['wall']:.1f} s; paced")
    paced_shape = e2e_feeds.Shape(feeds=min(args.paced_feeds, shape.feeds), items=shape.items,
                                  share=shape.share, seed=shape.seed)
    paced_folder = paced_feeds(feeds_folder, paced_shape.feeds)
    paced = e2e_runs.daemon_run(setting, f"paced{per_cent}.{number}", paced_folder, paced_shape,
                                PACED_FEEDS_PER_SEC, watch=True)
    note(f"  p50 {paced['latency'][50]['value'] * 1e3:.1f} ms")
    return {"ours": ours, "theirs": theirs, "paced": paced}


def paced_feeds(feeds_folder, feeds):
    folder = feeds_folder.with_name(feeds_folder.name + ".paced")
    if not folder.exists():
        folder.mkdir()
        for feed in range(feeds):
            (folder / f"{feed}.xml.gz").symlink_to(feeds_folder / f"{feed}.xml.gz")
    return folder


def micros(seconds, run):
    return seconds / run["items"] * 1e6


def summary(rounds):
    """Medians over the rounds of one share."""
    ours, theirs, paced = ([r[side] for r in rounds] for side in ("ours", "theirs", "paced"))

    def speed(runs):
        return median([run["items"] / run["cpu"] for run in runs])

    stages = {s: median([micros(run["stages"][s], run) for run in ours]) for s in e2e_measure.STAGES}
    rest = [micros(run["cpu"] - sum(run["stages"].values()) - run["library_cpu"], run) for run in ours]
    stages["librdkafka"] = median([micros(run["library_cpu"], run) for run in ours])
    stages["other"] = median(rest)
    visible = [seconds for run in paced for seconds in run["visible"]]
    return {
        "items": ours[0]["items"],
        "kept": {side: {k: runs[0][k] for k in ("kept", "missed", "extra")}
                 for side, runs in (("steppewatch", ours), ("script", theirs))},
        "records": median([run["records"] for run in ours]),
        "items_per_cpu_s": {"steppewatch": speed(ours), "script": speed(theirs)},
        "ratio": median([a["items"] / a["cpu"] * b["cpu"] / b["items"] for a, b in zip(ours, theirs)]),
        "ratio_with_start_and_stop": median([
            (b["cpu"] + b["start_cpu"]) / (a["cpu"] + a["start_cpu"] + a["stop_cpu"])
            for a, b in zip(ours, theirs)]),
        "items_per_s_wall": {"steppewatch": median([r["items"] / r["wall"] for r in ours]),
                             "script": median([r["items"] / r["wall"] for r in theirs])},
        "cpu_us_per_item": stages,
        "start_cpu_s": {"steppewatch": median([run["start_cpu"] for run in ours]),
                        "script": median([run["start_cpu"] for run in theirs])},
        "stop_cpu_s": median([run["stop_cpu"] for run in ours]),
        "rss_peak_mib": {"steppewatch": median([r["rss_peak"] for r in ours]) / 2**20,
                         "script": median([r["rss_peak"] for r in theirs]) / 2**20},
        "latency_ms": {
            "paced_body_to_ack": latency(paced),
            "burst_body_to_ack": latency(ours),
            "paced_sent_to_readable": {f"p{q}": e2e_measure.quantile(visible, q / 100) * 1e3
                                       for q in (50, 99)},
        },
    }


def latency(runs):
    out = {}
    for q in (50, 99):
        middle = sorted((run["latency"][q] for run in runs), key=lambda found: found["value"])
        found = middle[len(middle) // 2]
        out[f"p{q}"] = found["value"] * 1e3
        out[f"p{q}_bucket"] = [edge * 1e3 for edge in found["bucket"]]
        out["samples"] = found["samples"]
    return out


def row(*cells):
    print(f"  {cells[0]:<34}" + "".join(f"{cell:>16}" for cell in cells[1:]))


def print_tables(results):
    shares = list(results)
    row("medians; items kept", *[f"{share} %" for share in shares])

    def line(name, value):
        row(name, *[value(results[share]) for share in shares])

    line("items in", lambda r: f"{r['items']}")
    for side in ("steppewatch", "script"):
        line(f"items kept, {side}", lambda r: f"{r['kept'][side]['kept']}")
    line("records in Kafka, steppewatch", lambda r: f"{r['records']:.0f}")
    for side in ("steppewatch", "script"):
        line(f"items / CPU s, {side}", lambda r: f"{r['items_per_cpu_s'][side]:.0f}")
    line("ratio", lambda r: f"{r['ratio']:.1f}")
    line("ratio, start and stop counted", lambda r: f"{r['ratio_with_start_and_stop']:.1f}")
    for side in ("steppewatch", "script"):
        line(f"items / s of wall clock, {side}", lambda r: f"{r['items_per_s_wall'][side]:.0f}")
    for side in ("steppewatch", "script"):
        line(f"memory peak MiB, {side}", lambda r: f"{r['rss_peak_mib'][side]:.0f}")
    for name, title in (("paced_body_to_ack", "body -> ack, paced"),
                        ("burst_body_to_ack", "body -> ack, all at once")):
        for q in ("p50", "p99"):
            line(f"{title}, {q} ms", lambda r: "{:.1f} ({:g}-{:g})".format(
                r["latency_ms"][name][q], *r["latency_ms"][name][q + "_bucket"]))
    for q in ("p50", "p99"):
        line(f"sent -> readable, paced, {q} ms",
             lambda r: f"{r['latency_ms']['paced_sent_to_readable'][q]:.1f}")
    print()
    row("CPU us an item, steppewatch", *[f"{share} %" for share in shares])
    for stage in results[shares[0]]["cpu_us_per_item"]:
        line(f"  {stage}", lambda r: f"{r['cpu_us_per_item'][stage]:.2f}")
    line("  sum", lambda r: f"{sum(r['cpu_us_per_item'].values()):.2f}")
    line("start, CPU ms once", lambda r: f"{r['start_cpu_s']['steppewatch'] * 1e3:.0f}")
    line("stop (waiting stories), CPU ms", lambda r: f"{r['stop_cpu_s'] * 1e3:.0f}")
    print()


def main():
    args = arguments()
    setting = e2e_runs.Setting(args.brokers, args.folder, args.daemon)
    shares = args.kept.split(",")
    corpora = {}
    for per_cent in shares:
        shape = e2e_feeds.Shape(feeds=args.feeds, items=args.items, share=int(per_cent) / 100,
                                seed=args.seed)
        folder = args.folder / f"feeds{per_cent}"
        size = e2e_feeds.write_feeds(folder, shape)
        note(f"{args.feeds} feeds of {size / args.feeds / 1000:.0f} kB, {per_cent} % about unrest")
        corpora[per_cent] = (folder, shape)
    rounds = {per_cent: [] for per_cent in shares}
    for number in range(args.rounds):
        for per_cent in shares:
            rounds[per_cent].append(one_round(args, setting, number, per_cent, *corpora[per_cent]))
    results = {per_cent: summary(runs) for per_cent, runs in rounds.items()}
    print_tables(results)
    print(json.dumps({"bench": "e2e", "feeds": args.feeds, "items_per_feed": args.items,
                      "rounds": args.rounds, "kept_per_cent": results}))
    if results[shares[0]]["ratio"] < args.least:
        sys.exit(f"bench e2e: {args.least:g} times the script is the least to expect")


if __name__ == "__main__":
    main()
