#!/usr/bin/env bash
# Language identification on public sentences you have fetched. Without arguments: what it wants.
#   ./dev bench language kk=IOB2_test.txt ru=ru_gsd-ud-test.conllu zh=zh_gsdsimp-ud-test.conllu
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
[[ $# -gt 0 ]] || set -- --help
exec /usr/bin/python3 tests/bench/language.py "$@"
