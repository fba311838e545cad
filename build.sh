#!/usr/bin/env bash
# Countercheck's one door. `./build.sh help` lists what it can do; each verb is a function below.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

CARGO_DENY_VERSION=0.20.2
TARGET=${CARGO_TARGET_DIR:-target}
# A folder of its own, so that the two builds can run side by side: cargo lets one at a time into a folder.
WASM_TARGET=$TARGET/wasm
FOR_WASM=(--locked --no-default-features --target wasm32-unknown-unknown --target-dir "$WASM_TARGET")
CLI=$TARGET/release/countercheck
PATH=$PWD/.tools/bin:$PWD/node_modules/.bin:$PATH
PASSED=0 FAILED=0 SKIPPED=0

say() { printf '%s\n' "$@"; }
die() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# need COMMAND WHY HOW: one line about a thing that has to be there and that we do not install.
need() { have "$1" || die "$1 is missing; $2. $3"; }

# run NAME USUALLY COMMAND...: one long step. Its output goes to dist/logs, and to the terminal only if it fails;
# then HINT, where the caller set it, says why the step is there and what to do.
run() {
  local name=$1 usually=$2 log=dist/logs/$1.log begun=$SECONDS
  shift 2
  say "▸ $name (usually $usually)"
  mkdir -p dist/logs
  if "$@" >"$log" 2>&1 </dev/null; then
    say "  ✓ $name: $((SECONDS - begun)) s"
  else
    tail -n 60 "$log" >&2
    die "$name failed; its whole output is in $log${HINT:+. $HINT}"
  fi
}

# digest PATH...: one line that changes when any file under the paths does.
digest() { find "$@" -type f 2>/dev/null | LC_ALL=C sort | tr '\n' '\0' | xargs -0 cksum | cksum; }

# current NAME DIGEST OUTPUT: whether OUTPUT was made from inputs with this digest (see `stamp`).
current() { [ -e "$3" ] && [ "$(cat "dist/stamps/$1" 2>/dev/null)" = "$2" ]; }
stamp() { mkdir -p dist/stamps && printf '%s\n' "$2" >"dist/stamps/$1"; }

# as_root COMMAND...: runs it if that takes no password.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif have sudo && sudo -n true 2>/dev/null; then sudo -n "$@"; else return 1; fi
}

# ---- what the other verbs stand on ----

need_rust() {
  need cargo "Rust builds everything here" "Get it from rustup.rs"
  if ! have cc && have apt-get; then
    HINT="Rust links with cc; install gcc or clang" run c-linker "20 s" as_root env DEBIAN_FRONTEND=noninteractive sh -c 'apt-get update -q && apt-get install -yq gcc libc6-dev'
  fi
  need cc "Rust links with it" "Install gcc or clang"
}

need_wasm_target() {
  [ ! -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ] || return 0
  need rustup "the target wasm32-unknown-unknown is not installed" "Get rustup, or install the target as your Rust came"
  HINT="The core is compiled for wasm32-unknown-unknown; with a network, rustup target add wasm32-unknown-unknown gets it" \
    run wasm-target "5 s" rustup target add wasm32-unknown-unknown
}

# crate_tool COMMAND CRATE VERSION USUALLY: into .tools, unless exactly that version is at hand.
# Without --locked: a tool's lock file can name crate versions that a registry mirror does not have. Hardly optimised:
# such a tool runs for seconds, and a newcomer waits for it to be compiled.
crate_tool() {
  [ "$("$1" --version 2>/dev/null | awk '{print $2}')" != "$3" ] || return 0
  HINT="The wasm package is made with $1 $3; with a network, cargo install $2 --version =$3 gets it" \
    run "install-$2" "$4" env -u CARGO_TARGET_DIR CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off \
    cargo install "$2" --version "=$3" --root .tools
}

locked_version() { awk -v name="\"$1\"" '$1 == "name" { found = $3 == name } $1 == "version" && found { gsub(/"/, "", $3); print $3; exit }' Cargo.lock; }

need_node_modules() {
  need node "bundler, wasm optimiser and browser tests run on it" "Install Node.js 20 or newer"
  need npm "it fetches what package-lock.json names" "It comes with Node.js"
  ! cmp -s package-lock.json node_modules/.installed-lock || return 0
  HINT="wasm-opt, esbuild and the browser drivers come from npm; with a network, npm ci gets them" \
    run npm-packages "1 min" npm ci --ignore-scripts --no-audit --no-fund --prefer-offline
  cp package-lock.json node_modules/.installed-lock
}

first_of() { local c; for c in "$@"; do if have "$c"; then command -v "$c"; return; fi; done; }

find_browsers() {
  CHROMIUM=${CHROMIUM:-$(first_of chromium chromium-browser)}
  CHROMEDRIVER=${CHROMEDRIVER:-$(first_of chromedriver)}
  FIREFOX=${FIREFOX:-$(first_of firefox-esr firefox)}
  export CHROMIUM CHROMEDRIVER FIREFOX
}

need_browsers() {
  find_browsers
  if [ -z "$CHROMIUM" ] || [ -z "$CHROMEDRIVER" ] || [ -z "$FIREFOX" ]; then
    if have apt-get && as_root true; then
      HINT="The tests drive real browsers; install chromium, chromium-driver and firefox-esr, or set CHROMIUM, CHROMEDRIVER and FIREFOX" \
        run browsers "2 min" as_root env DEBIAN_FRONTEND=noninteractive sh -c \
        'apt-get update -q && apt-get install -yq --no-install-recommends chromium chromium-driver firefox-esr'
    fi
    find_browsers
  fi
  [ -n "$CHROMIUM" ] || die "Chromium is missing; the browser tests drive it. Install it, or set CHROMIUM to its path"
  [ -n "$CHROMEDRIVER" ] || die "chromedriver is missing; the wasm tests need it. Install it, or set CHROMEDRIVER to its path"
  [ -n "$FIREFOX" ] || die "Firefox is missing; the browser tests drive it. Install it, or set FIREFOX to its path"
}

. tools/count.sh
. scale/setup.sh

native() { need_rust; run native-release "2 min at first" cargo build --release --locked; }

# bind MODULE FOLDER: a compiled wasm module as FOLDER/NAME_bg.wasm, optimised, with its JavaScript.
bind() {
  local name
  name=$(basename "$1" .wasm)
  rm -rf "$2"
  wasm-bindgen --target web --out-dir "$2" "$1"
  # What only one place calls stays a function of its own: engines optimise function by function, so that a giant holds
  # back all of its loops, and the cores with them.
  wasm-opt -O --one-caller-inline-max-function-size=50 --enable-bulk-memory --enable-nontrapping-float-to-int \
    --enable-simd "$2/${name}_bg.wasm" -o "$2/${name}_bg.wasm"
}

# core_and_cli: the demo page with all it needs, and the command line, side by side.
core_and_cli() {
  need_rust
  native &
  local job=$!
  verb_www
  wait "$job"
}

static_checks() {
  lint format cargo fmt --check
  lint clippy cargo clippy --locked --all-targets --all-features -- -D warnings
  lint clippy-wasm cargo clippy "${FOR_WASM[@]}" --lib --features claims -- -D warnings
  lint docs env RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps
  lint licences node tools/licences.mjs
  lint types tsc --noEmit --project tsconfig.json
  if have shellcheck; then lint shell shellcheck -x build.sh .ci/run fuzz/run.sh tools/older.sh; fi
}

# ---- the verbs; `help` prints the lines that begin with #: ----

#: setup        install what building needs: wasm target, wasm-bindgen, npm packages
verb_setup() {
  need_rust
  need_wasm_target
  crate_tool wasm-bindgen wasm-bindgen-cli "$(locked_version wasm-bindgen)" "3 min"
  need_node_modules
}

#: wasm         build the core for browsers into pkg/
verb_wasm() {
  verb_setup
  local inputs
  inputs="$(digest Cargo.toml Cargo.lock src data) $(rustc --version)"
  if current wasm "$inputs" pkg/countercheck_bg.wasm; then say "✓ pkg/ is up to date"; return; fi
  run wasm "2 min at first" cargo build "${FOR_WASM[@]}" --release --lib --features claims
  bind "$WASM_TARGET/wasm32-unknown-unknown/release/countercheck.wasm" pkg
  stamp wasm "$inputs"
}

#: extension    package the extension for Chromium and Firefox into dist/
verb_extension() {
  verb_wasm
  local inputs
  inputs=$(digest pkg extension package-lock.json)
  if current extension "$inputs" dist/chromium/manifest.json; then say "✓ the extension is up to date"; return; fi
  run extension "2 s" node extension/build.mjs
  run sbom "1 s" node tools/sbom.mjs dist/countercheck.cdx.json
  stamp extension "$inputs"
}

#: www          assemble the demo page into dist/www, for any static file server
verb_www() {
  verb_extension
  local inputs
  inputs=$(digest pkg extension www package-lock.json)
  if current www "$inputs" dist/www/index.html; then say "✓ the demo page is up to date"; return; fi
  run www "1 s" node www/build.mjs
  stamp www "$inputs"
}

#: demo         build all, check a sample article here, serve the demo page [--no-serve] [--port N]
verb_demo() {
  local serve=yes port=8080 sample=www/samples/visit-edited.json
  while [ $# -gt 0 ]; do
    case $1 in
      --no-serve) serve=no ;;
      --port) port=${2:?--port needs a number}; shift ;;
      *) die "demo knows --no-serve and --port N, not $1" ;;
    esac
    shift
  done
  say "Building Countercheck. The first time takes about 5 minutes on two cores, later ones seconds."
  core_and_cli
  say "" "What the command line says to the first sample, $sample:"
  node tools/sample.mjs "$sample" | "$CLI" check --input jsonl --format text -
  if [ "$serve" = no ]; then say "The demo page is in dist/www; ./build.sh demo serves it."; return; fi
  open_browser "http://127.0.0.1:$port/"
  exec node tools/serve.mjs dist/www "$port"
}

# open_browser URL: a fresh profile with the extension, where there is a display and a Chromium.
open_browser() {
  find_browsers
  [ -n "$CHROMIUM" ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || return 0
  local profile sandbox=
  profile=$(mktemp -d)
  [ "$(id -u)" != 0 ] || sandbox=--no-sandbox
  (sleep 1; exec "$CHROMIUM" $sandbox --no-first-run --user-data-dir="$profile" \
    --disable-extensions-except="$PWD/dist/chromium" --load-extension="$PWD/dist/chromium" "$1") >dist/logs/browser.log 2>&1 &
}

#: test         install what tests need, run every test, end with "N passed, N failed"
verb_test() {
  verb_setup
  need_browsers
  static_checks
  suite rust cargo test --locked --no-fail-fast
  core_and_cli
  sed "s#\"args\"#\"binary\": \"$CHROMIUM\", &#" webdriver.json >dist/webdriver.json
  export WASM_BINDGEN_TEST_WEBDRIVER_JSON=dist/webdriver.json CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner
  suite wasm cargo test "${FOR_WASM[@]}" --features claims --test wasm
  suite_of_spark 300
  lint web-ext-lint web-ext lint --source-dir dist/firefox --warnings-as-errors
  local file
  for file in tests/browser/*.test.mjs; do
    suite_of_browsers "browser-$(basename "$file" .test.mjs)" env COUNTERCHECK="$CLI" node --test --test-reporter=spec "$file"
  done
  tally
}

#: check        what needs no browser: format, lints, docs, licences, types, Rust tests
verb_check() {
  verb_setup
  static_checks
  suite rust cargo test --locked --no-fail-fast
  tally
}

#: cases        recall and precision of the flags by subject, kind and rule; --update writes data/rules.tsv anew
verb_cases() {
  need_rust
  case ${1:-} in
    --update) export UPDATE_RULES=1 ;;
    '') ;;
    *) die "cases knows --update, not $1" ;;
  esac
  cargo test --locked --test cases -- --nocapture --test-threads=1
}

#: bench        time per stage, native, in Node and in both browsers [--against COMMIT: beside an older core] [--peers: other libraries instead]
verb_bench() {
  local older=
  case ${1:-} in
    ''|--peers) ;;
    --against) older=${2:?--against needs a tag or commit} ;;
    *) die "bench knows --against and --peers, not $1" ;;
  esac
  verb_wasm
  run native-bench "2 min at first" cargo build --release --locked --example bench
  if [ "${1:-}" = --peers ]; then
    need_browsers
    verb_mentions
    node tools/peers.mjs
  else
    "$TARGET/release/examples/bench"
    node tools/bench.mjs
    native
    [ -z "$older" ] || run older-core "2 min" tools/older.sh "$older" "$TARGET/older"
    node tools/counts.mjs "$CLI" ${older:+"$TARGET/older/release/countercheck"}
    verb_extension
    need_browsers
    node tests/browser/bench.mjs
    say "" "The saved pages beside the project, then the project’s own:"
    node tests/browser/pages.mjs
    node tests/browser/pages.mjs tests/pages
    node tools/size.mjs
  fi
}

#: fuzz         look for inputs that break the core: TARGET of fuzz/ [SECONDS, 1200]
verb_fuzz() {
  native
  run fuzz-build "3 min at first" fuzz/run.sh build "$TARGET/fuzz"
  fuzz/run.sh run "$TARGET/fuzz" "$CLI" "${1:?fuzz needs a target; fuzz/README.md lists them}" "${2:-1200}"
}

#: audit        licences, sources and known holes of all dependencies, as far as the network lets them be asked
verb_audit() {
  need_rust
  need_node_modules
  node tools/licences.mjs
  crate_tool cargo-deny cargo-deny "$CARGO_DENY_VERSION" "5 min"
  cargo deny --locked check licenses bans sources
  cargo deny --locked check advisories || say "! the RustSec database could not be asked, or names a hole: see above"
  npm audit --audit=true || say "! npm's registry could not be asked, or names a hole: see above"
}

#: mentions     build the core that only finds mentions and entities into dist/mentions/, and say what it weighs
verb_mentions() {
  verb_setup
  local inputs made=$WASM_TARGET/wasm32-unknown-unknown/release/examples/mentions.wasm
  inputs="$(digest Cargo.toml Cargo.lock src data examples) $(rustc --version)"
  if ! current mentions "$inputs" dist/mentions/mentions_bg.wasm; then
    run mentions "2 min" cargo build "${FOR_WASM[@]}" --release --example mentions
    bind "$made" dist/mentions
    stamp mentions "$inputs"
  fi
  say "wasm of mentions and entities alone: $(wc -c <dist/mentions/mentions_bg.wasm) bytes, gzip -9 $(gzip -9c dist/mentions/mentions_bg.wasm | wc -c)"
}

#: syntax       how well tags, trees and predicates do on own sentences and on treebanks [DIR, ../shared/syntax]
verb_syntax() {
  need_rust
  cargo run --release --locked --features train --example syntax -- score "${1:-../shared/syntax}"
}

#: parity       compare command line and wasm, byte by byte, on saved pages [DIR, ../shared/pages] and random text
verb_parity() {
  verb_wasm
  native
  node tools/parity.mjs "$CLI" "${1:-../shared/pages}"
}

#: entities     precision, recall and F1 of people, places, organisations, dates on gold passages
verb_entities() {
  need_rust
  local beside=../shared
  say "Own test passages; then parts of $beside that the models are not trained on (a set that is absent is skipped)."
  cargo run --release --locked --features train --example entities -- tests/data/passages.tsv "$beside/newsgold/dev.jsonl" \
    "$beside/ner/pud.bio.tsv.gz" "$beside/ner/ewt_dev.bio.tsv.gz" "$beside/ner/ewt_test.bio.tsv.gz"
}

#: reference    rebuild data/bundled.ccset from corpus/, twice, and compare the bytes
verb_reference() {
  native
  mkdir -p dist
  "$CLI" build --corpus corpus -o dist/bundled.first
  "$CLI" build --corpus corpus -o dist/bundled.second
  cmp dist/bundled.first dist/bundled.second || die "two builds of corpus/ gave different bytes"
  if cmp -s dist/bundled.first data/bundled.ccset; then say "data/bundled.ccset is up to date"; return; fi
  cp dist/bundled.first data/bundled.ccset
  say "data/bundled.ccset is new: $(wc -c <data/bundled.ccset) bytes"
}

#: scale        build a set with Spark here [ARTICLES... -o SET, more in scale/README.md; --full: test on 10,000; --bench COUNT...]
verb_scale() {
  native
  case ${1:-} in
    --full) suite_of_spark 10000; tally; return ;;
    --bench) shift; run generator "20 s" cargo build --locked --example generate
      exec python3 scale/bench.py "$CLI" "$TARGET/debug/examples/generate" "$@" ;;
    '') die "scale needs articles and -o SET; scale/README.md has examples" ;;
  esac
  spark_or_why || die "Spark cannot be had: $WHY"
  exec .tools/spark/bin/python scale/spark_build.py --binary "$CLI" --master "local[*]" "$@"
}

#: size         size of the wasm and of the packages: raw, gzip, brotli; the biggest functions if twiggy is there
verb_size() {
  verb_extension
  node tools/size.mjs
  if have twiggy; then twiggy top -n 15 pkg/countercheck_bg.wasm; fi
}

#: pages        read the saved web pages in ../shared/pages, or a folder of yours, in both browsers [FOLDER]
verb_pages() {
  verb_extension
  need_browsers
  node tests/browser/pages.mjs "$@"
}

#: screenshots  pictures of extension and demo page in both browsers into dist/screenshots; one is the README's
verb_screenshots() {
  verb_www
  need_browsers
  run screenshots "2 min" node tests/browser/screenshots.mjs dist/screenshots
  mkdir -p docs
  cp dist/screenshots/chromium-light-demo-card.png docs/screenshot.png
}

#: help         this list
verb_help() {
  say "./build.sh VERB"
  sed -n 's/^#: /  /p' "${BASH_SOURCE[0]##*/}"
}

verb=${1:-help}
declare -F "verb_$verb" >/dev/null || { verb_help >&2; die "no verb $verb"; }
[ $# = 0 ] || shift
"verb_$verb" "$@"
