#!/usr/bin/env bash
# Builds the fuzz targets, or runs one: `run.sh build FOLDER`, `run.sh run FOLDER COUNTERCHECK TARGET SECONDS`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

what=$1
mkdir -p "$2"
folder=$(cd "$2" && pwd)
host=$(rustc -vV | sed -n 's/^host: //p')
if [ "$what" = build ]; then
  # What libFuzzer is led by: counters of branches, and what comparisons compare.
  flags="-Cpasses=sancov-module -Ccodegen-units=4"
  for flag in coverage-level=4 coverage-inline-8bit-counters coverage-pc-table coverage-trace-compares; do
    flags+=" -Cllvm-args=-sanitizer-$flag"
  done
  exec env RUSTFLAGS="$flags" CARGO_TARGET_DIR="$folder" cargo build --release --locked --manifest-path fuzz/Cargo.toml --target "$host"
fi
countercheck=$3 target=$4 seconds=$5
mkdir -p "$folder/work" "$folder/broke"
node fuzz/seeds.mjs "$countercheck" "$folder/work"
exec "$folder/$host/release/$target" -fork=1 -timeout=10 -rss_limit_mb=1200 -max_len=2048 -max_total_time="$seconds" \
  -dict="$folder/work/words.dict" -artifact_prefix="$folder/broke/" "$folder/work/$target" "fuzz/corpus/$target"
