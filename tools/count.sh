# Runs tests and counts them: sourced by build.sh.
# shellcheck shell=bash

bounded() { if have timeout; then timeout -k 10 "$@"; else shift; "$@"; fi; }

# outcome NAME PASSED FAILED SKIPPED SECONDS LOG
outcome() {
  PASSED=$((PASSED + $2)) FAILED=$((FAILED + $3)) SKIPPED=$((SKIPPED + $4))
  if [ "$3" = 0 ]; then say "  ✓ $1: $2 passed$([ "$4" = 0 ] || printf ', %s skipped' "$4") ($5 s)"; return; fi
  tail -n 100 "$6"
  say "  ✗ $1: $2 passed, $3 failed ($5 s); whole output: $6"
}

# lint NAME COMMAND...: passes as one if the command does.
lint() {
  local name=$1 log=dist/logs/$1.log begun=$SECONDS
  shift
  mkdir -p dist/logs
  if bounded 15m "$@" >"$log" 2>&1 </dev/null; then outcome "$name" 1 0 0 $((SECONDS - begun)) "$log"
  else outcome "$name" 0 1 0 $((SECONDS - begun)) "$log"; fi
}

# counted LOG COMMAND...: a test runner; prints how many of its tests passed, failed and were left out. One that ran
# nothing or that died has failed.
counted() {
  local log=$1 status=0 passed failed skipped
  shift
  mkdir -p dist/logs
  bounded 20m "$@" >"$log" 2>&1 </dev/null || status=$?
  read -r passed failed skipped < <(awk '
    /^test result: / { passed += $4; failed += $6; skipped += $8 }
    /^(#|ℹ) pass [0-9]+$/ { passed += $3 }
    /^(#|ℹ) (fail|cancelled) [0-9]+$/ { failed += $3 }
    /^(#|ℹ) (skipped|todo) [0-9]+$/ { skipped += $3 }
    END { print passed + 0, failed + 0, skipped + 0 }' "$log")
  if [ "$failed" = 0 ] && { [ "$status" != 0 ] || [ "$passed" = 0 ]; }; then failed=1; fi
  echo "$passed $failed $skipped"
}

# suite NAME COMMAND...: a test runner; its tests are counted.
suite() {
  local name=$1 log=dist/logs/$1.log begun=$SECONDS counts
  shift
  read -ra counts < <(counted "$log" "$@")
  outcome "$name" "${counts[@]}" $((SECONDS - begun)) "$log"
}

# suite_of_browsers NAME COMMAND...: the same of tests that drive browsers, which on a busy machine end or lose a window
# by themselves. Where one fails all are tried once more, and that is told.
suite_of_browsers() {
  local name=$1 log=dist/logs/$1.log begun=$SECONDS counts
  shift
  read -ra counts < <(counted "$log" "$@")
  if [ "${counts[1]}" != 0 ]; then
    say "  ↻ $name: ${counts[1]} failed and is tried once more:"
    sed '/failing tests/,$d' "$log" | grep '✖' || true
    mv "$log" "$log.first"
    read -ra counts < <(counted "$log" "$@")
  fi
  outcome "$name" "${counts[@]}" $((SECONDS - begun)) "$log"
}

tally() {
  [ "$SKIPPED" = 0 ] || say "$SKIPPED skipped"
  say "$PASSED passed, $FAILED failed"
  [ "$FAILED" = 0 ] && [ "$PASSED" != 0 ]
}
