# What build.sh needs for Spark: sourced by it.
# shellcheck shell=bash disable=SC2034,SC2154

# spark_or_why: Java, and in .tools/spark what scale/requirements.txt names; else why not, in WHY.
spark_or_why() {
  local log=dist/logs/spark-setup.log
  mkdir -p dist/logs
  if ! { have java && python3 -m venv --help; } >"$log" 2>&1 && have apt-get; then
    as_root env DEBIAN_FRONTEND=noninteractive sh -c \
      'apt-get update -q && apt-get install -yq --no-install-recommends openjdk-17-jre-headless python3-venv procps' >>"$log" 2>&1 || true
  fi
  have java || { WHY="Java 17 is missing"; return 1; }
  have python3 || { WHY="Python 3.11 is missing"; return 1; }
  ! cmp -s scale/requirements.txt .tools/spark/installed || return 0
  say "▸ Spark (usually 1 min, 450 MB)"
  if ! { python3 -m venv --clear .tools/spark && .tools/spark/bin/pip install -q -r scale/requirements.txt; } >>"$log" 2>&1; then
    WHY="PyPI gave no PySpark; see $log"
    return 1
  fi
  cp scale/requirements.txt .tools/spark/installed
}

# suite_of_spark ARTICLES: skipped, with the reason, where Spark cannot be had.
suite_of_spark() {
  if ! spark_or_why; then
    SKIPPED=$((SKIPPED + 1))
    say "  – spark: skipped, as $WHY"
    return
  fi
  run generator "20 s" cargo build --locked --example generate
  suite spark .tools/spark/bin/python scale/test_scale.py "$CLI" "$TARGET/debug/examples/generate" "$1"
}
