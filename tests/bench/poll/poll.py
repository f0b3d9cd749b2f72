"""Polls per CPU second of the polling process: the connector, the whole daemon, and two peers, against one origin.

Every figure is of this run and this machine; quote the ratios.
"""
import argparse
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent


class Server:
    """A process that prints its port."""

    def __init__(self, *command):
        self.process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())
        self.base = f"http://%s:{self.port}/feed"

    def stop(self):
        self.process.terminate()
        self.process.wait()


def run(*command):
    done = subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE, text=True)
    result = json.loads(done.stdout)
    if result["bad"]:
        print(f"  {result['bad']} polls of {result['what']} were not answered with 304", file=sys.stderr)
    return result


def show(name, result):
    print(f"{name:46} {result['polls_per_cpu_sec']:12,.0f} polls per CPU second", flush=True)


checks = []


def check(name, value, goal, above=True):
    good = value >= goal if above else value <= goal
    checks.append(good)
    print(f"  {'ok  ' if good else 'MISS'} {name}: {value:.2f} (goal {'at least' if above else 'at most'} {goal})", flush=True)


# -- TLS ----------------------------------------------------------------------------------------------------------

def certificates(folder, addresses):
    names = ",".join(f"IP:{address}" for address in addresses)
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-keyout", folder / "key.pem", "-out", folder / "own.pem", "-days", "2", "-subj", "/CN=bench",
                    "-addext", f"subjectAltName={names}", "-addext", "basicConstraints=critical,CA:TRUE"],
                   check=True, stderr=subprocess.DEVNULL)
    system = Path("/etc/ssl/certs/ca-certificates.crt").read_text()
    (folder / "bundle.pem").write_text(system + (folder / "own.pem").read_text())


def free_port():
    import socket
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Nginx:
    """Answers 304 or a feed over TLS and ends the connection each time."""

    def __init__(self, folder, body):
        self.port = free_port()
        (folder / "www").mkdir()
        (folder / "www" / "feed").write_text(body)
        (folder / "nginx.conf").write_text(f"""
user root; daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off; keepalive_timeout 0; ssl_session_tickets on; ssl_session_cache shared:s:8m;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{
    listen 0.0.0.0:{self.port} ssl backlog=4096;
    ssl_certificate {folder}/own.pem; ssl_certificate_key {folder}/key.pem;
    root {folder}/www; default_type application/rss+xml;
    location /feed {{ if ($http_if_none_match) {{ return 304; }} }}
  }}
}}""")
        self.process = subprocess.Popen(["/usr/sbin/nginx", "-c", folder / "nginx.conf", "-e", folder / "error.log"])
        self.base = f"https://%s:{self.port}/feed"
        time.sleep(1)

    def stop(self):
        self.process.terminate()
        self.process.wait()


# -- the daemon ---------------------------------------------------------------------------------------------------

def address_of(number):
    return f"127.{number // 62500 + 1}.{number // 250 % 250}.{number % 250 + 1}"


def daemon_config(folder, base, feeds, interval, status_port):
    lines = [f'state_dir = "{folder}/state"', '[http]', 'contact = "https://example.org/bench"',
             f'min_interval_secs = {interval}',
             f'max_connections = {10240 if interval < 60 else 128}', 'max_parallel = 256', '[schedule]',
             'host_spacing_ms = 0', 'startup_polls_per_sec = 100000', '[json_lines]', f'path = "{folder}/records.jsonl"',
             '[status]', f'listen = "127.0.0.1:{status_port}"', '[log]', 'level = "warning"']
    for number in range(feeds):
        url = base.replace("%s", address_of(number))
        lines += ['[[feed]]', f'id = "f{number}"', f'url = "{url}"', f'interval_secs = {interval}',
                  'allow_private_addresses = true', 'obey_robots = false']
    (folder / "bench.toml").write_text("\n".join(lines) + "\n")
    return folder / "bench.toml"


def polls_so_far(port):
    try:
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10).read().decode()
    except OSError:
        return {}
    return {label: float(value) for label, value in
            re.findall(r'^steppewatch_polls_total\{result="(\w+)"\} (\S+)', page, re.M)}


def cpu_of(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mib(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024


def run_daemon(args, base, feeds, interval, secs, name, rounds=1):
    """Polls every feed `rounds` times, then measures for `secs`."""
    folder = args.folder / name
    folder.mkdir()
    port = free_port()
    config = daemon_config(folder, base, feeds, interval, port)
    daemon = subprocess.Popen([args.build / "steppewatch", "run", "-c", config])
    try:
        started, first_answer = time.time(), None
        deadline = started + 300 + feeds * rounds / 200
        while sum(polls_so_far(port).values()) < feeds * rounds:
            if time.time() > deadline:
                sys.exit(f"{polls_so_far(port)} polls of {feeds} feeds after {time.time() - started:.0f} s")
            if daemon.poll() is not None:
                sys.exit(f"the daemon ended with {daemon.returncode}")
            if first_answer is None and polls_so_far(port):
                first_answer = time.time() - started
            time.sleep(0.5)
        peak = resident_mib(daemon.pid)
        first, cpu = polls_so_far(port), cpu_of(daemon.pid)
        time.sleep(secs)
        last, spent = polls_so_far(port), cpu_of(daemon.pid) - cpu
        polls = sum(last.values()) - sum(first.values())
        return {"polls_per_cpu_sec": polls / max(spent, 0.01), "polls": polls, "bad": last.get("failed", 0),
                "rss_mib": resident_mib(daemon.pid), "rss_polling_mib": peak, "start_secs": first_answer or 0.0}
    finally:
        daemon.send_signal(signal.SIGKILL)
        daemon.wait()


# -- the runs -----------------------------------------------------------------------------------------------------

def compare_keep_alive(args):
    origin = Server(args.build / "tests/bench/poll_origin")
    polls = 20000 if args.quick else 100000
    connector = run(args.build / "tests/bench/poll_bench", origin.base, polls, 100, 1024)
    show("connector, keep-alive 304, 100 hosts", connector)
    go = run(args.folder / "pollbench", origin.base, polls, 100)
    show("Go net/http + gofeed", go)
    aiohttp = run(args.python, HERE / "aiohttp_poller.py", origin.base, polls // 10, 100)
    show("Python aiohttp + feedparser", aiohttp)
    rate = connector["polls_per_cpu_sec"]
    check("connector to Go", rate / go["polls_per_cpu_sec"], 1.5)
    check("connector to aiohttp", rate / aiohttp["polls_per_cpu_sec"], 12)
    body = run(args.build / "tests/bench/poll_bench", origin.base, polls // 4, 100, 1024, "", "body")
    show("connector, 200 with the known body", body)
    origin.stop()


def compare_hosts(args):
    origin = Server(args.build / "tests/bench/poll_origin")
    polls = 20000 if args.quick else 50000
    print("cost of a poll by hosts (kept connections / one connection a poll), microseconds:")
    kept = {}
    fresh = {}
    closing = Server(args.build / "tests/bench/poll_origin", "close")
    for hosts in (100, 1000, 10000):
        kept[hosts] = run(args.build / "tests/bench/poll_bench", origin.base, polls, hosts, 12288)["us_per_poll"]
        fresh[hosts] = run(args.build / "tests/bench/poll_bench", closing.base, polls // 2, hosts, 128)["us_per_poll"]
        print(f"  {hosts:6} hosts {kept[hosts]:8.1f} {fresh[hosts]:8.1f}", flush=True)
    # Feeds are polled at most every few minutes, longer than servers keep a connection: one connection a poll is what
    # many hosts are; ten thousand kept connections are more memory than the processor's cache.
    check("10,000 hosts to 100, one connection a poll", fresh[10000] / fresh[100], 1.2, above=False)
    print(f"       10,000 hosts to 100, connections kept: {kept[10000] / kept[100]:.2f}")
    origin.stop()
    closing.stop()


def compare_tls(args):
    addresses = [address_of(number) for number in range(20)]
    certificates(args.folder, addresses)
    nginx = Nginx(args.folder, "<rss version='2.0'><channel><title>t</title></channel></rss>")
    bundle = args.folder / "bundle.pem"
    ours = run(args.build / "tests/bench/poll_bench", nginx.base, 2000 if args.quick else 8000, 20, 128, bundle)
    show("connector, new verified TLS, session resumed", ours)
    curl = run(args.build / "tests/bench/poll_bench", nginx.base, 60, 20, 128, bundle, "curl")
    show("libcurl as it comes, new verified TLS", curl)
    check("connector, fresh TLS polls per CPU second", ours["polls_per_cpu_sec"], 1000)
    check("connector to libcurl as it comes", ours["polls_per_cpu_sec"] / curl["polls_per_cpu_sec"], 20)
    nginx.stop()


def compare_daemon(args):
    """Each feed is on a host of its own and polled every second; the peers poll as many hosts, back to back."""
    origin = Server(args.build / "tests/bench/poll_origin")
    feeds = 2000 if args.quick else 10000
    daemon = run_daemon(args, origin.base, feeds, 1, 10 if args.quick else 30, "daemon")
    show(f"daemon, {feeds} feeds, stored due times", daemon)
    go = run(args.folder / "pollbench", origin.base, feeds * 5, feeds)
    show(f"Go net/http + gofeed, {feeds} hosts", go)
    aiohttp = run(args.python, HERE / "aiohttp_poller.py", origin.base, feeds, feeds)
    show(f"Python aiohttp + feedparser, {feeds} hosts", aiohttp)
    check("daemon to Go", daemon["polls_per_cpu_sec"] / go["polls_per_cpu_sec"], 1.0)
    check("daemon to aiohttp", daemon["polls_per_cpu_sec"] / aiohttp["polls_per_cpu_sec"], 8)
    print(f"daemon, {feeds} feeds polled every second, connections kept: {daemon['rss_mib']:.0f} MiB resident")
    origin.stop()


def measure_memory(args):
    """Resident memory a minute after every feed was polled: the daemon gives back every minute what a burst took.

    Each feed is on a host of its own and has thirty items. 200: a whole document; 304: then once more, unchanged.
    """
    origin = Server(args.build / "tests/bench/poll_origin")
    for feeds, rounds, limit in ((1, 1, None), (10000, 1, 64), (10000, 2, 64), (180000, 1, 300)):
        if args.quick and (feeds > 10000 or rounds > 1):
            continue
        name = f"{feeds} feeds, polled with {'200' if rounds == 1 else '200 and 304'}"
        result = run_daemon(args, origin.base, feeds, 3600 if rounds == 1 else 60, 70, f"memory{feeds}-{rounds}", rounds)
        print(f"{name}: first answer after {result['start_secs']:.1f} s, {result['rss_polling_mib']:.0f} MiB at the end "
              f"of the round, {result['rss_mib']:.0f} MiB a minute later", flush=True)
        if limit is not None:
            check(f"{name}, resident MiB", result["rss_mib"], limit, above=False)
    origin.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--python", required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default="", help="keepalive, hosts, tls, daemon, memory")
    parser.add_argument("--memory", action="store_const", dest="only", const="memory", help="as --only memory")
    args = parser.parse_args()
    if args.only in ("", "keepalive"):
        compare_keep_alive(args)
    if args.only in ("", "hosts"):
        compare_hosts(args)
    if args.only in ("", "tls"):
        compare_tls(args)
    if args.only in ("", "daemon"):
        compare_daemon(args)
    if args.only in ("", "memory"):
        measure_memory(args)
    print(f"{sum(checks)} of {len(checks)} goals met")


main()
