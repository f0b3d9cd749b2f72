"""Writes the feeds of `./dev bench parse`: invented text, the same bytes in every run."""
import html
import json
import pathlib
import random
import sys

ENGLISH = """government fuel price rally square police city region minister statement residents morning evening report
officials agency detained released protest workers plant market road talks council president decree curfew internet
connection restored hospital injured witness spokesman according told reporters Monday Tuesday crowd peaceful
demand gas tariff company strike court lawyer hearing trial appeal the a of in on for with after before about""".split()
RUSSIAN = """правительство топливо цена митинг площадь полиция город область министр заявление жители утром вечером
сообщение чиновники агентство задержаны отпущены протест рабочие завод рынок дорога переговоры совет президент указ
комендантский час интернет связь восстановлена больница пострадавшие очевидец представитель сообщил журналистам
понедельник толпа мирный требование газ тариф компания забастовка суд адвокат заседание в на о после перед по""".split()


def sentence(rng, words, low=8, high=18):
    return " ".join(rng.choice(words) for _ in range(rng.randint(low, high))).capitalize() + "."


def paragraph(rng, words, size):
    out = ""
    while len(out.encode()) < size:
        out += sentence(rng, words) + " "
    return out.strip()


def body(rng, words, size):
    link = f'<a href="https://example.kz/tag/{rng.randint(1, 99)}" class="tag">{rng.choice(words)}</a>'
    image = f'<img src="https://example.kz/img/{rng.randint(1, 9999)}.jpg" alt="{rng.choice(words)}" width="640" height="360"/>'
    half = paragraph(rng, words, size // 2)
    rest = paragraph(rng, words, size // 3)
    return (f"<p>{image}</p>\n<p>{half} {link}&nbsp;&mdash; &laquo;{rng.choice(words)}&raquo;</p>\n"
            f"<ul><li>{rng.choice(words)}</li><li><b>{rng.choice(words)}</b></li></ul><p>{rest}<br/></p>")


def items(count, size):
    rng = random.Random(20220105)
    for i in range(count):
        words = RUSSIAN if i % 2 else ENGLISH
        yield {
            "id": i + 1,
            "title": sentence(rng, words, 5, 9) + (" & more" if i % 7 == 0 else ""),
            "summary": paragraph(rng, words, 120),
            "body": body(rng, words, size),
            "author": f"{rng.choice(words).capitalize()} {rng.choice(words).capitalize()}",
            "tags": [rng.choice(words), rng.choice(words)],
            "day": f"{1 + i % 28:02d}",
        }


def rss(count, size):
    out = ['<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
           'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" '
           'xmlns:media="http://search.yahoo.com/mrss/">\n<channel>\n<title>Example Agency</title>\n'
           '<link>https://example.kz/</link>\n<description>All the news</description>\n<language>ru</language>\n'
           '<atom:link href="https://example.kz/rss.xml" rel="self" type="application/rss+xml"/>\n']
    for one in items(count, size):
        url = f"https://example.kz/news/{one['id']}/?utm_source=rss"
        tags = "".join(f"<category><![CDATA[{tag}]]></category>" for tag in one["tags"])
        out.append(
            f"<item>\n<title>{html.escape(one['title'], quote=False)}</title>\n<link>{url}</link>\n"
            f"<guid isPermaLink=\"false\">https://example.kz/?p={one['id']}</guid>\n<pubDate>Sat, {one['day']} Jan 2022 10:00:00 +0600</pubDate>\n"
            f"<dc:creator><![CDATA[{one['author']}]]></dc:creator>\n{tags}\n<description><![CDATA[{one['summary']}]]></description>\n"
            f"<content:encoded><![CDATA[{one['body']}]]></content:encoded>\n"
            f"<media:content url=\"https://example.kz/img/{one['id']}.jpg\" medium=\"image\"/>\n</item>\n")
    return "".join(out) + "</channel>\n</rss>\n"


def atom(count, size):
    out = ['<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru"><title>Example</title>'
           '<id>urn:example</id><link href="https://example.kz/"/><updated>2022-01-30T00:00:00Z</updated>\n']
    for one in items(count, size):
        out.append(
            f"<entry><title type=\"html\">{html.escape(one['title'])}</title><id>urn:example:{one['id']}</id>"
            f"<link rel=\"alternate\" href=\"https://example.kz/news/{one['id']}\"/><author><name>{one['author']}</name></author>"
            f"<published>2022-01-{one['day']}T10:00:00+06:00</published><updated>2022-01-{one['day']}T11:00:00+06:00</updated>"
            f"<summary>{one['summary']}</summary><content type=\"html\">{html.escape(one['body'])}</content>"
            + "".join(f'<category term="{tag}"/>' for tag in one["tags"]) + "</entry>\n")
    return "".join(out) + "</feed>\n"


def json_feed(count, size):
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Example", "home_page_url": "https://example.kz/",
                       "items": [{"id": str(one["id"]), "url": f"https://example.kz/news/{one['id']}", "title": one["title"],
                                  "summary": one["summary"], "content_html": one["body"], "tags": one["tags"],
                                  "authors": [{"name": one["author"]}],
                                  "date_published": f"2022-01-{one['day']}T10:00:00+06:00"} for one in items(count, size)]},
                      ensure_ascii=False)


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("rss_190k.xml", rss(100, 1050)), ("atom_190k.xml", atom(100, 1000)), ("feed_190k.json", json_feed(100, 1150)),
                       ("rss_5m.xml", rss(2600, 1100))):
        (folder / name).write_text(text, encoding="utf-8")


main()
