"""Reading what a process spent, and the figures of the daemon's metrics page."""

import re
import time
import urllib.request
from pathlib import Path

STAGES = ["fetch", "decode", "parse", "clean", "language", "match", "enrich", "keep", "publish"]


def process_cpu(pid):
    """CPU seconds of a process with all its threads, ended ones included (CPUCLOCK_SCHED)."""
    return time.clock_gettime((~pid << 3) | 2)


def library_cpu(pid):
    """CPU seconds of librdkafka's living threads; it names them rdk:..."""
    spent = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            if (task / "comm").read_text().startswith("rdk:"):
                spent += int((task / "schedstat").read_text().split()[0])
        except FileNotFoundError:
            continue  # ended meanwhile
    return spent / 1e9


def peak_memory(pid):
    """Largest resident size so far, in bytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024


class Metrics:
    """One reading of the metrics page."""

    def __init__(self, address):
        with urllib.request.urlopen(f"http://{address}/metrics", timeout=30) as page:
            text = page.read().decode()
        self.samples = {}
        for line in text.splitlines():
            if not line.startswith("#"):
                name, value = line.rsplit(" ", 1)
                self.samples[name.removeprefix("steppewatch_")] = float(value)

    def get(self, name):
        return self.samples.get(name, 0.0)

    def sum(self, family):
        return sum(value for name, value in self.samples.items() if name.startswith(family + "{"))

    def stages(self):
        return {s: self.get(f'stage_cpu_seconds_total{{stage="{s}"}}') for s in STAGES}

    def items_accounted(self):
        return int(self.sum("items_total") + self.sum("items_dropped_total"))

    def published(self):
        """Records acknowledged, or None while some wait."""
        committed = self.get('sequence{mark="committed"}')
        published = self.get('sequence{mark="published"}')
        return int(published) if committed == published else None

    def latency(self, share):
        """Quantile of body_to_ack in seconds, by its bucket (lower, upper): linear in between."""
        name = "body_to_ack_seconds_bucket"
        buckets = []
        for sample, count in self.samples.items():
            if sample.startswith(name):
                buckets.append((float(re.search(r'le="([^"]+)"', sample)[1]), count))
        buckets.sort()
        total = buckets[-1][1] if buckets else 0
        lower, below = 0.0, 0.0
        for upper, count in buckets:
            if total and count >= share * total:
                inside = (share * total - below) / (count - below)
                value = lower + inside * (upper - lower) if upper != float("inf") else lower
                return {"value": value, "bucket": [lower, upper], "samples": int(total)}
            lower, below = upper, count
        return {"value": 0.0, "bucket": [0, 0], "samples": 0}


def quantile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
