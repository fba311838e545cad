"""What building and checking sets of generated articles costs: tables for bench/RESULTS.md.

    bench.py COUNTERCHECK GENERATOR [COUNT...]

Time is processor time of the process and its threads, which other work on the machine hardly changes, except where a
column says wall. Memory is the peak of the process's resident set.
"""

import os
import subprocess
import sys
import tempfile
import time

BINARY, GENERATOR = sys.argv[1:3]
COUNTS = [int(a) for a in sys.argv[3:]] or [5, 100, 1000, 10_000, 100_000]
# The pages that are checked: articles that every set has, so often.
PAGES, TIMES = 5, 20


def cost(arguments, output=os.devnull):
    """Processor seconds, wall seconds and peak megabytes of a command."""
    begun = time.monotonic()
    with open(output, "wb") as out:
        process = subprocess.Popen([BINARY, *arguments], stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(arguments)} ended with status {status}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - begun, usage.ru_maxrss / 1024


def row(*cells):
    print("| " + " | ".join(cells) + " |", flush=True)


def heading(*cells):
    row(*cells)
    row(*("---" if i == 0 else "---:" for i in range(len(cells))))


def generate(path, count):
    with open(path, "wb") as out:
        subprocess.run([GENERATOR, str(count)], stdout=out, check=True)


def build(at, count):
    """Makes the set of so many articles in each way; prints what it took."""
    corpus = at(f"corpus-{count}")
    os.mkdir(corpus)
    generate(f"{corpus}/all.jsonl", count)
    claims, output = at("claims"), at(f"{count}.ccset")
    extracted, _, extract_peak = cost(["extract", "--jobs", "1", "--format", "jsonl", f"{corpus}/all.jsonl"], claims)
    merged, _, merge_peak = cost(["merge", claims, "-o", output])
    built, wall, build_peak = cost(["build", "--corpus", corpus, "-o", at("again.ccset"), "--jobs", "2"])
    row(
        f"{count:,}",
        f"{count / extracted:,.0f}",
        f"{extract_peak:.0f}",
        f"{count / merged:,.0f}",
        f"{merge_peak:.0f}",
        f"{count / built:,.0f}",
        f"{wall:.1f}",
        f"{build_peak:.0f}",
        f"{os.path.getsize(claims) / 1e6:,.1f}",
        f"{os.path.getsize(output) / 1e6:,.2f}",
    )
    os.remove(claims)


def check(at, count):
    """Processor milliseconds to load a set, and for each page more."""
    nothing, _, _ = cost(["check", "--references", at(f"{count}.ccset"), at("nothing.jsonl")])
    all_pages, _, peak = cost(["check", "--references", at(f"{count}.ccset"), at("pages.jsonl")])
    return nothing * 1000, (all_pages - nothing) * 1000 / (PAGES * TIMES), peak


def main():
    with tempfile.TemporaryDirectory() as folder:
        at = lambda name: os.path.join(folder, name)  # noqa: E731
        generate(at("some.jsonl"), PAGES)
        with open(at("some.jsonl"), encoding="utf-8") as some, open(at("pages.jsonl"), "w", encoding="utf-8") as out:
            out.write(some.read() * TIMES)
        open(at("nothing.jsonl"), "w").close()
        heading("articles", "extract /s·core", "MB", "merge /s·core", "MB", "build /s·core", "s wall, 2 jobs", "MB", "claims MB", "set MB")
        for count in COUNTS:
            build(at, count)
        print()
        heading("articles in the set", "load, ms", "a check, ms", "of the first", "MB")
        first = None
        for count in COUNTS:
            load, each, peak = check(at, count)
            first = first or each
            row(f"{count:,}", f"{load:.0f}", f"{each:.1f}", f"{each / first:.2f}", f"{peak:.0f}")


if __name__ == "__main__":
    main()
