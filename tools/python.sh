#!/bin/sh
# Installs Microsoft's Python packages for Site Recovery into .tools/python, for the tests that
# drive the simulator with a client nobody here wrote. A second run finds them and installs nothing.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
folder="$root/.tools/python"
wanted="$root/tools/python/requirements.txt"

if cmp -s "$wanted" "$folder/installed.txt"; then
  echo "python: stock clients in .tools/python"
  exit 0
fi

if ! command -v python3 >/dev/null; then
  echo "python: no python3 on PATH. Install Python 3.10 or newer with its venv module, then run: make tools" >&2
  exit 1
fi

echo "python: installing stock clients into .tools/python (once; this takes a minute)"
rm -rf "$folder"
python3 -m venv "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$wanted"
cp "$wanted" "$folder/installed.txt"
