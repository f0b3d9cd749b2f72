#!/usr/bin/env bash
# Finding terms and deciding: ours beside Hyperscan, RE2::Set and a Python regex, in one run.
#   ./dev bench match [SAMPLES]          2,000 and 20,000 terms, mixed Russian, English and Kazakh
#   ./dev bench match --oracle FILE      engine and Hyperscan over the lines of FILE
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
cmake --preset release -DSTEPPE_BENCH=ON > build/configure-bench.log 2>&1 || { tail -20 build/configure-bench.log; exit 1; }
ninja -C build/release --quiet match_bench
bench=build/release/tests/bench/match_bench
if [[ ${1:-} == --oracle ]]; then exec "$bench" --oracle "$2"; fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/steppewatch-match-XXXXXX")
trap 'rm -rf "$folder"' EXIT
"$bench" "$folder" "${1:-5}" | tee "$folder/table"
for terms in 2000 20000; do
  ours=$(awk -v n="$terms" '$1 == n && $3 == "steppewatch" { print $4 }' "$folder/table")
  read -r rate matches < <(/usr/bin/python3 tests/bench/match_python.py "$folder/terms-$terms.txt" "$folder/blocks.txt" 3)
  awk -v n="$terms" -v r="$rate" -v m="$matches" -v o="$ours" \
    'BEGIN { printf "%6d terms  %-24s %8.3f MB/s  ours is %6.0f times  (%d matches in its part)\n", n, "Python re", r, o / r, m }'
done
