#!/usr/bin/env bash
# Exports of the recorded story load in DuckDB and pass a GeoJSON validator. Argument: the program.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
cache=${STEPPEWATCH_CACHE:-$HOME/.cache/steppewatch}
venv=$cache/export-venv-$(sha256sum "$here/export_requirements.txt" | cut -c1-12)
if [[ ! -e $venv/ready ]]; then
  mkdir -p "$cache"
  fresh=$(mktemp -d "$cache/export-venv-XXXXXX")
  /usr/bin/python3 -m venv "$fresh"
  "$fresh/bin/python" -m pip install --quiet --disable-pip-version-check -r "$here/export_requirements.txt"
  touch "$fresh/ready"
  mv -T "$fresh" "$venv" 2> /dev/null || rm -rf "$fresh" # another run was faster
fi
"$venv/bin/python" "$here/export_test.py" "$1"
