"""Generated news feeds: RSS 2.0 of about 190 KB with 100 items, HTML in CDATA, English and Russian
in turn. The same seed gives the same bytes; every item is unique."""

import gzip
import random
import re
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

FIRST_DATE = datetime(2026, 1, 5, 6, 0, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Shape:
    feeds: int = 100
    items: int = 100
    item_bytes: int = 1900  # of one item in the document
    share: float = 0.1  # of the items, about unrest
    seed: int = 20220105


def load_words():
    path = Path(__file__).with_name("e2e_words.toml")
    return list(tomllib.loads(path.read_text(encoding="utf-8")).values())


class Slots(dict):
    """Fills {name} from the list `name` and {n} with a number, {name2} with another draw."""

    def __init__(self, words, rng):
        super().__init__()
        self.words, self.rng = words, rng

    def __missing__(self, key):
        name = key.rstrip("0123456789")
        if name == "n":
            return str(self.rng.randint(2, 4999))
        return self.rng.choice(self.words[name])


class Sentences:
    """Sentences of one item; a pattern comes again only when all others were used."""

    def __init__(self, pack, rng):
        self.slots, self.rng = Slots(pack["words"], rng), rng
        self.pack, self.left = pack, {}

    def next(self, kind):
        left = self.left.setdefault(kind, [])
        if not left:
            left.extend(self.pack[kind]["sentence"])
            self.rng.shuffle(left)
        return left.pop().format_map(self.slots)


def html_of(parts, number, rng):
    """Paragraphs as content systems write them: links, emphasis, entities, an image."""
    out = [f'<p><img src="https://img.example/{number}.jpg" alt="" width="640"/></p>']
    while parts:
        take, parts = parts[:2], parts[2:]
        text = " ".join(take).replace("“", "&ldquo;").replace("”", "&rdquo;")
        style = rng.randrange(3)
        if style == 0:
            text = re.sub(r"^(\S+ \S+)", r"<strong>\1</strong>", text)
        elif style == 1:
            text = re.sub(r"(\S+)$", rf'<a href="https://more.example/{number}">\1</a>', text)
        out.append(f"<p>{text}&nbsp;</p>")
    return "\n".join(out)


def make_item(packs, shape, feed, index, unrest):
    number = feed * shape.items + index
    rng = random.Random(f"{shape.seed}/{number}/{unrest}")
    pack = packs[number % len(packs)]
    kind = "unrest" if unrest else "plain"
    title = rng.choice(pack[kind]["title"]).format_map(Slots(pack["words"], rng))
    date = FIRST_DATE + timedelta(seconds=37 * number)
    head = (
        f"<item><title>{title}</title><link>https://outlet-{feed}.example/news/{number}</link>"
        f'<guid isPermaLink="false">outlet-{feed}-{number}</guid>'
        f"<pubDate>{format_datetime(date)}</pubDate><category>{pack['lang']}</category>"
        "<description><![CDATA["
    )
    tail = "]]></description></item>\n"
    source = Sentences(pack, rng)
    parts = [source.next(kind) for _ in range(4 if unrest else 2)]
    body = html_of(parts, number, rng)
    while len((head + body + tail).encode()) < shape.item_bytes - 90:
        parts.append(source.next("plain"))
        body = html_of(parts, number, rng)
    return head + body + tail


def is_unrest(shape, index):
    return int((index + 1) * shape.share) > int(index * shape.share)


def make_feed(packs, shape, feed):
    items = [
        make_item(packs, shape, feed, index, is_unrest(shape, index)) for index in range(shape.items)
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
        f"<title>Outlet {feed}</title><link>https://outlet-{feed}.example/</link>"
        "<description>News</description>\n" + "".join(items) + "</channel></rss>\n"
    )


def unrest_numbers(shape):
    return {
        feed * shape.items + index
        for feed in range(shape.feeds)
        for index in range(shape.items)
        if is_unrest(shape, index)
    }


def write_feeds(folder, shape):
    """Writes N.xml.gz for each feed and returns the bytes of all documents, inflated."""
    packs = load_words()
    folder.mkdir(parents=True)
    total = 0
    for feed in range(shape.feeds):
        body = make_feed(packs, shape, feed).encode()
        total += len(body)
        (folder / f"{feed}.xml.gz").write_bytes(gzip.compress(body, 6, mtime=0))
    return total
