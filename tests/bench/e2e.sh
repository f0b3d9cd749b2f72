#!/usr/bin/env bash
# End to end, side by side with a Python script: see e2e.py. Arguments go there; --help lists them.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
. tests/support/peer_python.sh

python=$(peer_python tests/bench/e2e_requirements.txt)

folder=$(mktemp -d "${TMPDIR:-/tmp}/steppewatch-e2e-XXXXXX")
broker() { STEPPEWATCH_KAFKA_OWNER=$$ bash tests/support/kafka/broker.sh "$1" "$folder/kafka"; }
trap 'broker stop > /dev/null 2>&1 || true; rm -rf "$folder"' EXIT
brokers=127.0.0.1:9
[[ " $* " == *" --help "* || " $* " == *" -h "* ]] || brokers=$(broker start | sed -n 's/^BOOTSTRAP=//p')
"$python" tests/bench/e2e.py --brokers "$brokers" --folder "$folder" \
  --daemon build/release/steppewatch "$@"
