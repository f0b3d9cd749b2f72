"""The poller most people would write in Python: aiohttp and feedparser, 64 at a time.
Usage: aiohttp_poller.py BASE_URL POLLS HOSTS"""
import asyncio
import json
import resource
import sys

import aiohttp
import feedparser

HEADERS = {"User-Agent": "pollbench/1.0 (+https://example.org/bench)",
           "Accept": "application/rss+xml, */*;q=0.1", "If-None-Match": '"1"'}


def cpu_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def poll(session, url):
    async with session.get(url, headers=HEADERS) as answer:
        body = await answer.read()
        if answer.status == 304:
            return 0
        feedparser.parse(body)
        return 1


async def worker(session, urls):
    bad = 0
    for url in urls:
        bad += await poll(session, url)
    return bad


async def poll_all(session, urls, polls):
    todo = iter([urls[i % len(urls)] for i in range(polls)])
    return sum(await asyncio.gather(*(worker(session, todo) for _ in range(64))))


async def main():
    base, polls, hosts = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    urls = [base.replace("%s", f"127.{i // 62500 + 1}.{i // 250 % 250}.{i % 250 + 1}") for i in range(hosts)]
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=20000)) as session:
        await poll_all(session, urls, hosts)
        before = cpu_seconds()
        bad = await poll_all(session, urls, polls)
        spent = cpu_seconds() - before
    print(json.dumps({"what": "aiohttp", "polls": polls, "hosts": hosts, "bad": bad, "cpu_secs": spent,
                      "polls_per_cpu_sec": polls / spent}))


asyncio.run(main())
