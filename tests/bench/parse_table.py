"""The table of `./dev bench parse`: megabytes a CPU second, and how many times faster we are than each peer."""
import collections
import sys

TARGETS = {"feed-rs": 4, "gofeed": 15, "feedparser": 300, "pugixml": 0.5}


def main():
    rates = collections.defaultdict(dict)
    items = {}
    for line in open(sys.argv[1], encoding="utf-8"):
        name, file, rate, count = line.rstrip("\n").split("\t")
        rates[file][name] = max(float(rate), rates[file].get(name, 0))
        items[file, name] = int(count)
    print(f"{'file':16} {'who':16} {'MB/s':>9} {'items':>6}  ours is")
    missed = []
    for file, row in sorted(rates.items()):
        ours = row.get("steppewatch")
        for name, rate in sorted(row.items(), key=lambda pair: -pair[1]):
            if name in ("html_to_text", "gumbo"):
                continue
            note = "" if name == "steppewatch" or not items[file, name] else f"{ours / rate:8.2f} x"
            print(f"{file:16} {name:16} {rate:9.1f} {items[file, name]:6}  {note}")
            if note and name in TARGETS and ours / rate < TARGETS[name]:
                missed.append(f"{file}: {ours / rate:.2f} x {name}, wanted {TARGETS[name]}")
        if "html_to_text" in row:
            print(f"{file:16} {'html_to_text':16} {row['html_to_text']:9.1f}         gumbo {row['gumbo']:.1f}")
            if row["html_to_text"] < 200:
                missed.append(f"{file}: html_to_text {row['html_to_text']:.0f} MB/s, wanted 200")
    print("\nevery target holds" if not missed else "\nmissed:\n  " + "\n  ".join(missed))


main()
