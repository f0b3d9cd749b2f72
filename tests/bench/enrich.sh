#!/usr/bin/env bash
# Enrichment of 4 KB items on one core, beside a spaCy rule pipeline (PyPI), chrono-node (npm) and
# duckling (PyPI, in a Java machine; it loads for half a minute) over the same items. Argument: the number of items a language (1000).
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
. tests/support/peer_python.sh

cmake --preset release -DSTEPPE_BENCH=ON > build/configure-release.log
ninja -C build/release --quiet enrich_bench
bench=build/release/tests/bench/enrich_bench
folder=$(mktemp -d "${TMPDIR:-/tmp}/steppewatch-enrich-XXXXXX")
trap 'rm -rf "$folder"' EXIT
taskset -c 0 "$bench" "${1:-1000}"
"$bench" --dump > "$folder/items.jsonl"

python=$(peer_python tests/bench/enrich_requirements.txt)
taskset -c 0 "$python" tests/bench/enrich_spacy.py "$folder/items.jsonl"

if command -v java > /dev/null; then
  taskset -c 0 "$python" tests/bench/enrich_duckling.py "$folder/items.jsonl"
else
  echo "duckling: not measured, there is no java"
fi

if command -v npm > /dev/null; then
  if [[ ! -d $cache/chrono/node_modules/chrono-node ]]; then
    mkdir -p "$cache/chrono"
    npm install --silent --no-audit --no-fund --prefix "$cache/chrono" chrono-node@2.10.3 > /dev/null
  fi
  NODE_PATH=$cache/chrono/node_modules taskset -c 0 node tests/bench/enrich_chrono.cjs "$folder/items.jsonl"
else
  echo "chrono-node: not measured, there is no npm"
fi
