#!/usr/bin/env bash
# Polling, side by side with aiohttp+feedparser and Go net/http+gofeed: see poll/poll.py. --quick does less;
# --memory measures resident memory only, of 1, 10,000 and 180,000 feeds (ten minutes).
# Needs `go` on the PATH (Debian: golang-go) and nginx.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
. tests/support/peer_python.sh
python=$(peer_python tests/bench/poll/requirements.txt)
command -v go > /dev/null || { echo "bench poll: go is missing (apt-get install golang-go)" >&2; exit 69; }

folder=$(mktemp -d "${TMPDIR:-/tmp}/steppewatch-poll-XXXXXX")
trap 'rm -rf "$folder"' EXIT
cp -r tests/bench/poll/go "$folder/go"
(cd "$folder/go" && GOFLAGS=-mod=mod go mod tidy > /dev/null 2>&1 && go build -o "$folder/pollbench" .)
cmake --preset release -DSTEPPE_BENCH=ON > "$folder/cmake.log" || { tail -20 "$folder/cmake.log" >&2; exit 70; }
ninja -C build/release --quiet poll_bench poll_origin steppewatch
"$python" tests/bench/poll/poll.py --build build/release --folder "$folder" --python "$python" "$@"
