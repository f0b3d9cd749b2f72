"""The web site of the benchmark: one loopback address for each feed, bodies from memory, gzip for
those who accept it, a short robots.txt. Answers wait until "open" is read from stdin.

usage: e2e_origin.py FOLDER       (FOLDER/N.xml.gz as e2e_feeds.py writes them)
stdout: PORT n | FIRST at the first request | after "end": one JSON list, when each feed's body was
        last written to its socket (seconds since the epoch, null: never asked for)
"""

import asyncio
import gzip
import json
import socket
import sys
import time
from pathlib import Path


def host_of(feed):
    return f"127.0.{1 + feed // 200}.{2 + feed % 200}"


def say(line):
    print(line, flush=True)


def answer_bytes(feed, body, coding):
    return (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml; charset=utf-8\r\n"
        b'ETag: "%d"\r\nLast-Modified: Mon, 05 Jan 2026 06:00:00 GMT\r\n%s'
        b"Content-Length: %d\r\n\r\n" % (feed, coding, len(body))
    ) + body


ROBOTS = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 27\r\n\r\n"
    b"User-agent: *\nDisallow: /a\n"
)


class Site:
    def __init__(self, folder):
        bodies = [(folder / f"{feed}.xml.gz").read_bytes() for feed in range(count_feeds(folder))]
        self.packed = [
            answer_bytes(feed, body, b"Content-Encoding: gzip\r\n")
            for feed, body in enumerate(bodies)
        ]
        self.plain = [
            answer_bytes(feed, gzip.decompress(body), b"") for feed, body in enumerate(bodies)
        ]
        self.sent = [None] * len(bodies)
        self.opened = False
        self.asked = False
        self.waiting = []

    def request(self, transport, feed, head):
        if not self.asked:
            self.asked = True
            say("FIRST")
        accepts = [line for line in head.lower().split(b"\r\n") if line.startswith(b"accept-enc")]
        packed = bool(accepts) and b"gzip" in accepts[0]
        answer = (self.packed if packed else self.plain)[feed]
        if head.startswith(b"GET /robots.txt "):
            answer = ROBOTS
        if self.opened:
            self.answer(transport, feed, answer)
        else:
            self.waiting.append((transport, feed, answer))

    def answer(self, transport, feed, answer):
        transport.write(answer)
        if answer is not ROBOTS:
            self.sent[feed] = time.time()

    def open(self):
        self.opened = True
        for waiting in self.waiting:
            self.answer(*waiting)
        self.waiting = []


class Connection(asyncio.Protocol):
    def __init__(self, site, feed):
        self.site, self.feed, self.received = site, feed, b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.received += data
        while b"\r\n\r\n" in self.received:
            head, self.received = self.received.split(b"\r\n\r\n", 1)
            self.site.request(self.transport, self.feed, head)


def count_feeds(folder):
    return len(list(folder.glob("*.xml.gz")))


def listening_sockets(feeds):
    """The same port on the address of every feed."""
    for _ in range(20):
        sockets, port = [], 0
        try:
            for feed in range(feeds):
                listener = socket.socket()
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                sockets.append(listener)
                listener.bind((host_of(feed), port))
                port = listener.getsockname()[1]
            return sockets, port
        except OSError:
            for listener in sockets:
                listener.close()
    raise SystemExit("no port is free on all addresses of the feeds")


async def serve(folder):
    site = Site(folder)
    sockets, port = listening_sockets(len(site.sent))
    loop = asyncio.get_running_loop()
    for feed, listener in enumerate(sockets):
        await loop.create_server(lambda feed=feed: Connection(site, feed), sock=listener)
    say(f"PORT {port}")
    commands = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    while line := await commands.readline():
        if line == b"open\n":
            site.open()
        if line == b"end\n":
            say(json.dumps(site.sent))
            return


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
