# For the benchmark scripts to source: where the programs measured beside ours are kept.
# shellcheck shell=bash

cache=${STEPPEWATCH_CACHE:-$HOME/.cache/steppewatch}

# Prints the Python that has the packages of a requirements file; installs them on first use. A
# folder for each content of the file, so that a changed version is never measured as the old one.
peer_python() ( # REQUIREMENTS
  set -e # a substitution does not inherit it: a failed install must not look ready
  venv=$cache/bench-venv-$(sha256sum "$1" | cut -c1-12)
  if [[ ! -e $venv/ready ]]; then
    rm -rf "$venv"
    /usr/bin/python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$1" >&2
    touch "$venv/ready"
  fi
  printf '%s\n' "$venv/bin/python"
)
