#!/usr/bin/env bash
# Builds the command line of another commit, to be measured beside this one: `older.sh COMMIT FOLDER`.
set -euo pipefail
mkdir -p "$2"
folder=$(cd "$2" && pwd)
tree=$(mktemp -d)
trap 'rm -r "$tree"' EXIT
git archive "$1" | tar -x -C "$tree"
CARGO_TARGET_DIR="$folder" cargo build --release --locked --manifest-path "$tree/Cargo.toml"
