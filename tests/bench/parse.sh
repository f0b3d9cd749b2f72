#!/usr/bin/env bash
# Parsing to normalised items, side by side in one run with the XML libraries alone and with other
# feed libraries (the Rust and Go ones are built below build/bench-peers); HTML to text beside gumbo. Needs cargo and go
# for the Rust and Go peers; without them it says so and leaves them out.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
. tests/support/peer_python.sh
source_dir=$PWD
peers=$source_dir/build/bench-peers
feeds=$peers/feeds
mkdir -p "$peers"

cmake --preset release -B build/bench -DSTEPPE_BENCH=ON > build/configure-bench.log 2>&1
ninja -C build/bench --quiet parse_bench
/usr/bin/python3 tests/bench/parse_feeds.py "$feeds"

python=$(peer_python tests/bench/parse_requirements.txt)
commands=("build/bench/tests/bench/parse_bench" "$python tests/bench/parse_python.py")
if command -v cargo > /dev/null; then
  CARGO_TARGET_DIR=$peers/rust cargo build --quiet --release --manifest-path tests/bench/parse_peers/rust/Cargo.toml
  commands+=("$peers/rust/release/parse-peers")
else
  echo "no cargo: feed-rs is left out" >&2
fi
if command -v go > /dev/null; then
  cp -r tests/bench/parse_peers/go "$peers/"
  (cd "$peers/go" && go mod tidy > "$peers/go.log" 2>&1 && go build -o parsepeers .)
  commands+=("$peers/go/parsepeers")
else
  echo "no go: gofeed is left out" >&2
fi

# Twice, one after the other in turns; the table takes the better of the two.
for round in 1 2; do
  for command in "${commands[@]}"; do
    [[ $round -eq 1 || $command != *python* ]] || continue
    $command "$feeds"
  done
done > "$peers/results.tsv"
/usr/bin/python3 tests/bench/parse_table.py "$peers/results.tsv"
