#!/usr/bin/env bash
# Identity and story over 1,000,000 invented items, beside Python datasketch on the same texts.
# Arguments go to story_bench (--items N, --keys N).
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
. tests/support/peer_python.sh

python=$(peer_python tests/bench/story_requirements.txt)

cmake --preset release -DSTEPPE_BENCH=ON > build/configure-bench.log 2>&1 || { tail -20 build/configure-bench.log; exit 1; }
ninja -C build/release --quiet story_bench
folder=$(mktemp -d "${TMPDIR:-/tmp}/steppewatch-story-XXXXXX")
trap 'rm -rf "$folder"' EXIT
build/release/tests/bench/story_bench --dump "$folder/texts" 1000
"$python" tests/bench/story_peer.py "$folder/texts"
build/release/tests/bench/story_bench "$@"
