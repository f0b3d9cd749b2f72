"""The table of `./dev bench guesses`: wrong guesses an item by function, then by branch."""
import bisect
import collections
import re
import subprocess
import sys

BASE = 0x4000000000  # where QEMU's user emulation loads a program that may lie anywhere
MOST = 40


def lines_of(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def short(name):
    return re.sub(r"\(.*", "", name.replace("(anonymous namespace)::", "").replace("steppe::", ""))


def functions(program):
    rows = (line.split(None, 2) for line in lines_of("nm", "-C", "--defined-only", program))
    return sorted((int(row[0], 16), short(row[2])) for row in rows if len(row) == 3 and row[1] in "tTwW")


def main():
    path, program = sys.argv[1:3]
    known = functions(program)
    starts = [start for start, _ in known]
    branches = []
    for line in open(path, encoding="ascii"):
        address, seen, wrong = line.split()
        place = int(address, 16) - BASE
        if starts[0] <= place < starts[-1]:
            branches.append((float(wrong), float(seen), place))
    branches.sort(reverse=True)
    by_function = collections.Counter()
    for wrong, _, place in branches:
        by_function[known[bisect.bisect(starts, place) - 1][1]] += wrong
    print(f"{sum(seen for _, seen, _ in branches):.0f} branches an item, {by_function.total():.0f} guessed wrongly")
    for name, wrong in by_function.most_common(MOST):
        print(f"{wrong:8.1f}  {name}")
    print("   wrong       of  branch")
    first = branches[:MOST]
    sources = lines_of("addr2line", "-e", program, *(hex(place) for _, _, place in first))
    for (wrong, seen, place), source in zip(first, sources):
        name = known[bisect.bisect(starts, place) - 1][1]
        print(f"{wrong:8.1f} {seen:8.1f}  {name} {source.split('/')[-1]}")


main()
