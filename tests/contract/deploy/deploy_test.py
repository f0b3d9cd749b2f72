#!/usr/bin/python3
"""Loads every file of deploy/ with the tool that will read it.

  deploy_test.py CASE       one of: unit, hardening, dropin, compose, dockerfile, alerts, install
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
DEPLOY = os.path.join(ROOT, "deploy")
UNIT = os.path.join(DEPLOY, "systemd", "steppewatch.service")
MAX_EXPOSURE = 1.5


def read(*parts):
    with open(os.path.join(*parts), encoding="utf-8") as file:
        return file.read()


def run(command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False, **options)


def expect(condition, message):
    if not condition:
        sys.exit("FAILED: " + message)


def unit_copy(folder):
    """The unit as shipped, but for a binary that exists."""
    path = os.path.join(folder, "steppewatch.service")
    with open(path, "w", encoding="utf-8") as file:
        file.write(read(UNIT).replace("/usr/bin/steppewatch", "/bin/true"))
    return path


def unit():
    with tempfile.TemporaryDirectory() as folder:
        result = run(["systemd-analyze", "verify", "--man=no", unit_copy(folder)])
    expect(result.returncode == 0 and not result.stdout.strip(), "verify says:\n" + result.stdout)


def dropin():
    with tempfile.TemporaryDirectory() as folder:
        path = unit_copy(folder)
        os.mkdir(path + ".d")
        with open(path + ".d/no-intranet.conf", "w", encoding="utf-8") as file:
            file.write(read(DEPLOY, "systemd", "no-intranet.conf"))
        result = run(["systemd-analyze", "verify", "--man=no", path])
    expect(result.returncode == 0 and not result.stdout.strip(), "verify says:\n" + result.stdout)


def hardening():
    with tempfile.TemporaryDirectory() as folder:
        result = run(["systemd-analyze", "security", "--offline=true", "--no-pager",
                      f"--threshold={int(MAX_EXPOSURE * 10)}", unit_copy(folder)])
    found = re.search(r"Overall exposure level for \S+: ([0-9.]+)", result.stdout)
    expect(found, "no exposure in:\n" + result.stdout)
    print("exposure", found.group(1))
    expect(result.returncode == 0 and float(found.group(1)) <= MAX_EXPOSURE, result.stdout)


def compose():
    environment = dict(os.environ, STEPPEWATCH_CONTACT="https://example.org/bot")
    path = os.path.join(DEPLOY, "compose.yaml")
    result = run(["docker-compose", "-f", path, "config"], env=environment)
    expect(result.returncode == 0, "docker-compose says:\n" + result.stdout)
    services = yaml.safe_load(result.stdout)["services"]
    daemon, kafka = services["steppewatch"], services["kafka"]
    expect("healthcheck" in kafka, "kafka has no healthcheck")
    expect(daemon["depends_on"]["kafka"]["condition"] == "service_healthy", "daemon does not wait for kafka")
    expect(daemon["read_only"] is True and daemon["cap_drop"] == ["ALL"], "daemon is not locked down")
    given = daemon["environment"]
    expect(given["STEPPEWATCH__HTTP__CONTACT"] == "https://example.org/bot", "contact is not passed on")
    listener = given["STEPPEWATCH__KAFKA__BOOTSTRAP_SERVERS"]
    advertised = kafka["environment"]["KAFKA_ADVERTISED_LISTENERS"]
    expect("://" + listener in advertised, f"{listener} is not advertised in {advertised}")
    check_settings(given)


def check_settings(given):
    """Every STEPPEWATCH__ name is a key of an option table."""
    tables = "".join(read(path) for folder in ("config", "connectors", "daemon")
                     for path in glob.glob(os.path.join(ROOT, folder, "**", "*.cpp"), recursive=True))
    for name in given:
        key = name.split("__")[-1].lower()
        expect(f'"{key}"' in tables, f"{name}: no option table has this key")


def dockerfile():
    lines, text = [], read(DEPLOY, "Dockerfile")
    for line in text.replace("\\\n", " ").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            lines.append(line.strip())
    words = [line.split()[0] for line in lines]
    known = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "VOLUME", "ENV", "EXPOSE", "STOPSIGNAL",
             "HEALTHCHECK", "ENTRYPOINT", "CMD"}
    expect(set(words) <= known, f"unknown instruction: {set(words) - known}")
    expect(words.count("FROM") == 2 and "AS build" in lines[0], "two stages expected")
    expect(all("debian:12" in line for line in lines if line.startswith("FROM")), "Debian 12 expected")
    user = next(line for line in lines if line.startswith("USER"))
    expect(int(user.split()[1].split(":")[0]) > 0, "runs as root")
    expect("/healthz" in next(line for line in lines if line.startswith("HEALTHCHECK")), "no health check")
    for line in lines:
        if line.startswith("COPY") and "--from" not in line:
            for source in line.split()[1:-1]:
                expect(os.path.exists(os.path.join(ROOT, source)), f"COPY of nothing: {source}")
        if line.startswith("RUN"):
            result = run(["sh", "-n", "-c", line[4:]])
            expect(result.returncode == 0, f"shell refuses: {line}\n{result.stdout}")
        if line.startswith(("ENTRYPOINT", "CMD")):
            json.loads(line.split(" ", 1)[1])
    packages = run(["sh", "-c", "sed -e '/^# -- test/,$d' -e '/^#/d' cmake/packages.txt"], cwd=ROOT).stdout
    expect("librdkafka-dev" in packages and "kcat" not in packages, "package list was cut wrongly")


def alerts():
    document = yaml.safe_load(read(DEPLOY, "prometheus", "steppewatch.rules.yaml"))
    metrics = read(ROOT, "daemon", "metrics.cpp")
    rules = [rule for group in document["groups"] for rule in group["rules"]]
    expect(len(rules) >= 8, "rules are missing")
    for rule in rules:
        expect(rule["labels"]["severity"] in ("page", "ticket"), f"{rule['alert']}: severity")
        expect(rule["annotations"]["summary"], f"{rule['alert']}: summary")
        expect(rule["expr"].count("(") == rule["expr"].count(")"), f"{rule['alert']}: brackets")
        for name in re.findall(r"steppewatch_([a-z_]+)", rule["expr"]):
            expect(f'"{name}"' in metrics, f"{rule['alert']}: the daemon has no metric {name}")


def install():
    """What the install script names exists."""
    script = read(os.environ["STEPPE_BINARY_DIR"], "deploy", "cmake_install.cmake")
    files = [path for path in re.findall(r'"(/[^"\n]+)"', script) if path.startswith(ROOT + "/")]
    for path in files:
        built = path.startswith(os.environ["STEPPE_BINARY_DIR"])
        expect(built or os.path.exists(path), f"installs nothing: {path}")
    for name in ("steppewatch.service", "wire.toml", "profiles", "demo.toml", "demo", "LICENSE",
                 "steppewatch"):
        expect(any(os.path.basename(path) == name for path in files), f"{name} is not installed")


if __name__ == "__main__":
    {"unit": unit, "hardening": hardening, "dropin": dropin, "compose": compose, "alerts": alerts,
     "dockerfile": dockerfile, "install": install}[sys.argv[1]]()
    print("ok")
