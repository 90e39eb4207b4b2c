#!/bin/sh
# Builds the vCenter for tests and rehearsals, tools/vcenter, into .tools/bin. A second run finds it
# newer than its sources and builds nothing.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
source="$root/tools/vcenter"
program="$root/.tools/bin/vcenter"

if [ -x "$program" ] && [ -z "$(find "$source" \( -name '*.go' -o -name 'go.*' \) -newer "$program")" ]; then
  echo "vcenter: in .tools/bin"
  exit 0
fi

if ! command -v go >/dev/null; then
  echo "vcenter: no Go to build the vCenter for tests with. Install Go 1.25 or newer (https://go.dev/dl), then run: make tools" >&2
  exit 1
fi

echo "vcenter: building tools/vcenter (once; this takes a minute)"
mkdir -p "$root/.tools/bin"
# The binary appears whole or not at all.
CGO_ENABLED=0 GOWORK=off go build -C "$source" -mod=readonly -trimpath -ldflags "-s -w" \
  -o "$program.new" .
mv -f "$program.new" "$program"
echo "vcenter: in .tools/bin"
