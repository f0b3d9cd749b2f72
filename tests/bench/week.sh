#!/usr/bin/env bash
# An ordinary week at natural prevalence: precision and false stories a day. --help lists the arguments.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
exec /usr/bin/python3 tests/quality/week.py "$@"
