#!/usr/bin/env bash
# What a processor would guess wrongly, an item of `enrich`, by function and branch: a simulated branch
# predictor under QEMU (Debian: qemu-user), for machines that do not count it. x86-64 only.
# Arguments: a language (zh), the number of items (200).
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
command -v qemu-x86_64 > /dev/null || { echo "bench guesses: qemu-x86_64 is missing (apt-get install qemu-user)" >&2; exit 69; }

cmake --preset release -DSTEPPE_BENCH=ON > build/configure-release.log
ninja -C build/release --quiet enrich_bench guesses
folder=$(mktemp -d "${TMPDIR:-/tmp}/steppewatch-guesses-XXXXXX")
trap 'rm -rf "$folder"' EXIT
bench=build/release/tests/bench/enrich_bench
GUESSES_OUT=$folder/branches GUESSES_FROM=Enricher6enrich GUESSES_SKIP=${2:-200} \
  qemu-x86_64 -plugin build/release/tests/bench/libguesses.so "$bench" "${2:-200}" "${1:-zh}" > /dev/null
python3 tests/bench/guesses_table.py "$folder/branches" "$bench"
