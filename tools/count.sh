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

# suite NAME COMMAND...: a test runner; its tests are counted. One that ran nothing or that died has failed.
suite() {
  local name=$1 log=dist/logs/$1.log begun=$SECONDS status=0 passed failed skipped
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
  outcome "$name" "$passed" "$failed" "$skipped" $((SECONDS - begun)) "$log"
}

tally() {
  local skipped=
  [ "$SKIPPED" = 0 ] || skipped=", $SKIPPED skipped"
  say "$PASSED passed, $FAILED failed$skipped"
  [ "$FAILED" = 0 ] && [ "$PASSED" != 0 ]
}
