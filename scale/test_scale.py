"""Builds the same generated articles in every way there is, and by Spark with a worker killed; WARC files; copies.

    test_scale.py COUNTERCHECK GENERATOR [ARTICLES]

`./build.sh test` runs it on few articles, `./build.sh scale --full` on ten thousand.
"""

import filecmp
import glob
import io
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HERE = os.path.dirname(os.path.abspath(__file__))
BINARY, GENERATOR = (os.path.abspath(path) for path in sys.argv[1:3])
ARTICLES = int(sys.argv[3]) if len(sys.argv) > 3 else 300
# More tasks than workers, so that one can be killed while others are done and others wait.
TASKS = 12


def run(*command, **more):
    return subprocess.run(command, check=True, capture_output=True, text=True, **more)


def spark(*arguments):
    """Starts a build in this Python's Spark; its log is a file."""
    log = tempfile.TemporaryFile("w+")
    command = [sys.executable, os.path.join(HERE, "spark_build.py"), "--binary", BINARY, *arguments]
    process = subprocess.Popen(command, stdout=log, stderr=log)
    process.log = log
    return process


def ended(process):
    """Waits for a build; its log."""
    code = process.wait(timeout=1500)
    process.log.seek(0)
    log = process.log.read()
    process.log.close()
    assert code == 0, log[-4000:]
    return log


def executors(driver):
    """Process ids of the Spark executors below a driver, from /proc."""
    found, parents = [], {driver}
    processes = []
    for stat in glob.glob("/proc/[0-9]*/stat"):
        try:
            with open(stat) as file:
                number, rest = file.read().split(" ", 1)
            with open(f"/proc/{number}/cmdline") as file:
                processes.append((int(number), int(rest.rsplit(")", 1)[1].split()[1]), file.read()))
        except OSError:
            continue
    grown = True
    while grown:
        below = {number for number, parent, _ in processes if parent in parents} - parents
        parents |= below
        grown = bool(below)
    for number, _, command in processes:
        if number in parents and "CoarseGrainedExecutorBackend" in command:
            found.append(number)
    return found


class Scale(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        os.mkdir(cls.at("corpus"))
        articles = run(GENERATOR, str(ARTICLES)).stdout
        with open(cls.at("corpus/all.jsonl"), "w", encoding="utf-8") as out:
            out.write(articles)
        cls.lines = articles.splitlines()
        run(BINARY, "build", "--corpus", cls.at("corpus"), "-o", cls.at("one.ccset"), "--jobs", "1")

    @classmethod
    def at(cls, name):
        return os.path.join(cls.folder.name, name)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def same(self, name):
        self.assertTrue(filecmp.cmp(self.at("one.ccset"), self.at(name), shallow=False), f"{name} is another set")

    def test_two_jobs(self):
        run(BINARY, "build", "--corpus", self.at("corpus"), "-o", self.at("two.ccset"), "--jobs", "2")
        self.same("two.ccset")

    def test_seven_files_in_random_order(self):
        dice = random.Random(8)
        names = [self.at(f"claims-{part}") for part in range(7)]
        for part, name in enumerate(names):
            lines = "\n".join(self.lines[part::7])
            with open(name, "w", encoding="utf-8") as out:
                out.write(run(BINARY, "extract", "--input", "jsonl", "--format", "jsonl", input=lines).stdout)
        dice.shuffle(names)
        run(BINARY, "merge", "--memory", "1", *names, "-o", self.at("seven.ccset"))
        self.same("seven.ccset")

    def test_spark_on_two_workers(self):
        output = self.at("spark.ccset")
        whole = self.at("corpus/all.jsonl")
        ended(spark(whole, "-o", output, "--copies", "keep", "--partitions", str(TASKS), "--master", "local[2]"))
        self.same("spark.ccset")

    def test_spark_with_a_worker_killed(self):
        output = self.at("killed.ccset")
        whole = self.at("corpus/all.jsonl")
        build = spark(
            whole, "-o", output, "--copies", "keep", "--partitions", str(TASKS), "--master", "local-cluster[2,1,1024]"
        )
        # In the middle: some partial sets are stored, others are not.
        while build.poll() is None and not glob.glob(output + ".work/*.ccset"):
            time.sleep(0.02)
        stored = len(glob.glob(output + ".work/*.ccset"))
        victims = executors(build.pid)
        self.assertTrue(victims, "there is an executor to kill")
        os.kill(victims[0], signal.SIGKILL)
        log = ended(build)
        self.assertTrue(0 < stored < TASKS, f"{stored} of {TASKS} tasks were done when the worker was killed")
        self.assertIn("Lost executor", log)
        self.same("killed.ccset")

    def test_web_archive(self):
        archive = self.at("pages.warc.gz")
        article = json.loads(self.lines[0])
        html = "".join(f"<p>{text}</p>" for text in article["paragraphs"])
        day = f"<meta property='article:published_time' content='{article['published']}'>"
        page = f"<html><head><title>{article['title']}</title>{day}</head><body><article><h1>{article['title']}</h1>{html}</article></body></html>"
        with open(archive, "wb") as out:
            writer = WARCWriter(out, gzip=True)
            for url, status, kind, body in [
                (article["url"], "200 OK", "text/html; charset=utf-8", page),
                ("https://news.example/gone", "404 Not Found", "text/html", page),
                ("https://news.example/picture", "200 OK", "image/png", "no text"),
            ]:
                headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
                payload = io.BytesIO(body.encode())
                writer.write_record(writer.create_warc_record(url, "response", payload=payload, http_headers=headers))
            text = io.BytesIO("\n".join([article["title"], *article["paragraphs"]]).encode())
            writer.write_record(writer.create_warc_record("https://news.example/text", "conversion", payload=text))
        output = self.at("web.ccset")
        ended(spark(archive, "-o", output, "--format", "warc", "--copies", "keep", "--master", "local[2]"))
        sources = json.loads(run(BINARY, "inspect", output, "--format", "json").stdout)["sources"]
        self.assertEqual([s["url"] for s in sources], [article["url"], "https://news.example/text"])
        self.assertEqual(sources[0]["published"], article["published"])
        self.assertTrue(all(s["claims"] > 3 for s in sources), sources)

    def test_copies_and_parquet(self):
        import pyarrow
        import pyarrow.parquet

        # Every ninth article, so that they are of different stories; two of them again with another headline and source.
        originals = [json.loads(line) for line in self.lines[::9]][:10]
        copies = [{**a, "id": "x" + a["id"], "title": "Again", "paragraphs": [*a["paragraphs"], "Our report."]} for a in originals[:2]]
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist(originals + copies), self.at("some.parquet"))
        output = self.at("copies.ccset")
        ended(spark(self.at("some.parquet"), "-o", output, "--format", "parquet", "--engine", "pipe", "--master", "local[2]"))
        sources = json.loads(run(BINARY, "inspect", output, "--format", "json").stdout)["sources"]
        self.assertEqual([s["id"] for s in sources], [a["id"] for a in originals])


if __name__ == "__main__":
    result = unittest.main(argv=sys.argv[:1], exit=False, verbosity=2, warnings="ignore").result
    failed = len(result.failures) + len(result.errors)
    # As the other suites say it, for build.sh.
    print(f"# pass {result.testsRun - failed - len(result.skipped)}\n# fail {failed}\n# skipped {len(result.skipped)}")
    sys.exit(failed != 0)
