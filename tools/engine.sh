#!/bin/sh
# Finds or builds the Pulumi engine which tests and demo run with, and records its folder in
# .tools/engine (read by test/support/engine.ts).
#
# The engine on PATH is taken when it is 3.250.0 or newer and brings its Node.js language host.
# Otherwise pinned versions are built from the Go tool modules beside this script, into .tools/bin.
# A second run finds everything in place and builds nothing.
set -eu

oldest_usable=3.250.0
pinned=3.259.0

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
folder="$root/.tools/bin"
export PULUMI_SKIP_UPDATE_CHECK=1

version_of() { # path of a pulumi: its version without the leading v, nothing when it does not run
  "$1" version 2>/dev/null | sed 's/^v//' || true
}

is_usable() { # version: the same major as the Node SDK in use, and not too old
  case "$1" in "${oldest_usable%%.*}".[0-9]*) ;; *) return 1 ;; esac
  minor=${1#*.} oldest_minor=${oldest_usable#*.}
  [ "${minor%%.*}" -ge "${oldest_minor%%.*}" ]
}

record() { # folder of the engine
  mkdir -p "$root/.tools"
  printf '%s\n' "$1" > "$root/.tools/engine"
}

build() { # module folder below tools/, package; the binary appears whole or not at all
  name=$(basename "$2")
  echo "engine: building $name in tools/$1 (once; this takes minutes)"
  CGO_ENABLED=0 GOWORK=off go build -C "$root/tools/$1" -mod=readonly -trimpath -tags osusergo,grpcnotrace \
    -ldflags "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v$pinned" \
    -o "$folder/$name.new" "$2"
  mv -f "$folder/$name.new" "$folder/$name"
}

on_path=$(command -v pulumi || true)
if [ -n "$on_path" ] && command -v pulumi-language-nodejs >/dev/null &&
  is_usable "$(version_of "$on_path")"; then
  record "$(dirname -- "$on_path")"
  echo "engine: pulumi $(version_of "$on_path") on PATH, $on_path"
  exit 0
fi

missing_go() {
  echo "engine: no pulumi >= $oldest_usable with pulumi-language-nodejs on PATH, and no Go to build one with." >&2
  echo "        Install Go (https://go.dev/dl) or Pulumi (https://www.pulumi.com/docs/install), then run: make tools" >&2
  exit 1
}

mkdir -p "$folder"
if [ "$(version_of "$folder/pulumi")" != "$pinned" ]; then
  command -v go >/dev/null || missing_go
  build pulumi github.com/pulumi/pulumi/pkg/v3/cmd/pulumi
fi

host="$folder/pulumi-language-nodejs"
if [ ! -x "$host" ] || [ "$root/tools/pulumi-language-nodejs/go.mod" -nt "$host" ]; then
  command -v go >/dev/null || missing_go
  build pulumi-language-nodejs github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs
fi

# The host of dynamic resources is a script of the Node SDK. It must lie beside the engine, or the
# CLI warns about a plugin that came from elsewhere.
cp -f "$root/node_modules/@pulumi/pulumi/pulumi-resource-pulumi-nodejs" "$folder/"
chmod +x "$folder/pulumi-resource-pulumi-nodejs"

record "$folder"
echo "engine: pulumi $(version_of "$folder/pulumi") in .tools/bin"
