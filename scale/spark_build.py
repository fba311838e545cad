"""Builds a reference set from an archive of articles with Apache Spark.

    spark_build.py ARTICLES... -o SET [options]

Spark reads the articles (JSON Lines, Parquet, or WARC and WET files of a web archive), runs `countercheck extract` on
each partition, and unites what comes out with `countercheck merge`, partition by partition and then by a tree. The
result is, byte for byte, the set that one machine makes of the same articles, whatever order and cluster they went
through, and whichever tasks had to run twice.

README.md beside this file says how it is run on one machine and on a cluster.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading

import pandas
from pyarrow import fs
from pyspark import SparkFiles
from pyspark.ml.feature import HashingTF, MinHashLSH, NGram, RegexTokenizer
from pyspark.sql import SparkSession
from pyspark.sql import functions as f

BINARY = "countercheck"
# What `extract` reads of an article.
FIELDS = ["id", "title", "url", "published", "lang", "paragraphs", "text", "html"]
# Partial sets that one task of the tree unites.
FAN_IN = 16
# Lines that are handed to Python, and back to Spark, at once.
BATCH = 256


def binary():
    """The program as Spark shipped it to this machine."""
    path = SparkFiles.get(BINARY)
    return path if os.access(path, os.X_OK) else shutil.which(BINARY) or path


def opened(uri):
    """File system and path of a URI, or of a path of this machine."""
    return fs.FileSystem.from_uri(uri if "://" in uri else os.path.abspath(uri))


# ---- articles ----


def lines_of_records(paths):
    """Articles of WARC and WET files, as JSON Lines. A file is read as a stream; one that ends early gives what it has."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    for path in paths:
        system, name = opened(path)
        # warcio itself opens the compression, member by member.
        with system.open_input_stream(name, compression=None) as stream:
            try:
                for record in ArchiveIterator(stream):
                    article = article_of(record)
                    if article:
                        yield json.dumps(article, ensure_ascii=False)
            except (ArchiveLoadFailed, EOFError, OSError) as why:
                print(f"{path}: broken after what was read: {why}", file=sys.stderr)


def article_of(record):
    """The article in a record: the page of a response, the text of a conversion (WET). None for everything else."""
    url = record.rec_headers.get_header("WARC-Target-URI")
    if not url:
        return None
    if record.rec_type == "conversion":
        text = record.content_stream().read().decode("utf-8", "replace")
        return {"id": url, "url": url, "text": text}
    if record.rec_type != "response" or not record.http_headers or record.http_headers.get_statuscode() != "200":
        return None
    kind = record.http_headers.get_header("Content-Type") or ""
    if "html" not in kind.lower():
        return None
    charset = kind.lower().partition("charset=")[2].strip(" \"';") or "utf-8"
    body = record.content_stream().read()
    try:
        html = body.decode(charset, "replace")
    except LookupError:
        html = body.decode("utf-8", "replace")
    return {"id": url, "url": url, "html": html}


def articles(spark, paths, form, partitions):
    """The articles as lines of JSON, in a column `value`."""
    if form == "jsonl":
        lines = spark.read.text(paths)
    elif form == "parquet":
        table = spark.read.parquet(*paths)
        columns = [name for name in FIELDS if name in table.columns]
        lines = table.select(f.to_json(f.struct(*columns)).alias("value"))
    else:
        files = [(found,) for path in paths for found in spread(path)]
        named = spark.createDataFrame(files, "value string").repartition(len(files))
        lines = named.mapInPandas(in_batches(lines_of_records), "value string")
    return lines.repartition(partitions) if partitions else lines


def spread(path):
    """The files of a folder, or the path itself."""
    system, name = opened(path)
    info = system.get_file_info(name)
    if info.type == fs.FileType.NotFound:
        sys.exit(f"{path}: not found")
    if info.type != fs.FileType.Directory:
        return [path]
    found = system.get_file_info(fs.FileSelector(name, recursive=True))
    prefix = path[: len(path) - len(name)] if "://" in path and path.endswith(name) else ""
    return sorted(prefix + i.path for i in found if i.type == fs.FileType.File)


# ---- copies ----


def without_copies(lines, likeness):
    """Leaves out articles whose text another one has, as far as `likeness` (Jaccard, runs of four words) says: of
    syndicated reports one is kept, the first by id. Copies are paired by MinHash, so pairs near the limit may be missed.
    """
    schema = "id string, text string, html string, paragraphs array<string>"
    read = lines.withColumn("a", f.from_json("value", schema)).withColumn("key", f.xxhash64("value"))
    plain = f.regexp_replace("a.html", r"(?is)<(script|style)\b.*?</\1\s*>|<[^>]*>", " ")
    text = f.coalesce(f.concat_ws(" ", "a.paragraphs"), f.lit(""))
    read = read.withColumn("text", f.concat_ws(" ", text, "a.text", plain)).withColumn("id", f.coalesce("a.id", f.lit("")))
    words = RegexTokenizer(inputCol="text", outputCol="words", pattern=r"[^\p{L}\p{N}]+").transform(read)
    runs = NGram(n=4, inputCol="words", outputCol="runs").transform(words).where(f.size("runs") > 0)
    terms = HashingTF(numFeatures=1 << 20, binary=True, inputCol="runs", outputCol="terms").transform(runs)
    terms = terms.select("id", "key", "terms").cache()
    model = MinHashLSH(inputCol="terms", outputCol="hashes", numHashTables=8, seed=1).fit(terms)
    pairs = model.approxSimilarityJoin(terms, terms, 1 - likeness, distCol="distance")
    one, other = f.struct("datasetA.id", "datasetA.key"), f.struct("datasetB.id", "datasetB.key")
    later = pairs.where(one < other).select(f.col("datasetB.key").alias("key")).distinct()
    return read.join(later, "key", "left_anti").select("value")


# ---- claims ----


def in_batches(work):
    """`work` on the lines of a partition, in the form that mapInPandas wants."""

    def on_partition(frames):
        batch = []
        for line in work(line for frame in frames for line in frame["value"]):
            batch.append(line)
            if len(batch) == BATCH:
                yield pandas.DataFrame({"value": batch})
                batch = []
        yield pandas.DataFrame({"value": batch})

    return on_partition


def filtered(command, lines):
    """Lines through a command. A thread writes, so that neither side waits for the other."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    failed = []

    def write():
        try:
            for line in lines:
                process.stdin.write(line + "\n")
        except BrokenPipeError:
            pass  # The exit code says why.
        except Exception as why:
            failed.append(why)
            process.kill()
        finally:
            try:
                process.stdin.close()
            except BrokenPipeError:
                pass

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    yield from (line.rstrip("\n") for line in process.stdout)
    writer.join()
    code = process.wait()
    if failed:
        raise failed[0]
    if code:
        raise RuntimeError(f"{' '.join(command)} ended with {code}; its message is in this task's log")


def extract(lines):
    """Lines of articles to lines of claims. A partition without an article gives none."""
    first = next(lines, None)
    if first is not None:
        rest = (line for some in ([first], lines) for line in some)
        yield from filtered([binary(), "extract", "--jobs", "1", "--input", "jsonl", "--format", "jsonl"], rest)


def claims(lines, engine):
    """The claims of all articles as lines, by either way that Spark has of calling a program."""
    if engine == "map":
        return lines.mapInPandas(in_batches(extract), "value string")
    shipped = f'"$(command -v ./{BINARY} || echo {SparkFiles.get(BINARY)})"'
    # An empty partition has no article that could be read, which is no error here.
    command = f"sh -c 'read -r first || exit 0; {{ printf \"%s\\n\" \"$first\"; cat; }} | {shipped} extract --jobs 1 --input jsonl --format jsonl'"
    return lines.rdd.map(lambda row: row.value).pipe(command, checkCode=True).map(lambda line: (line,)).toDF("value string")


# ---- sets ----


def united(work, memory, give):
    """Unites what `give` puts into a folder, and stores the set in `work`, named by its content: a task that runs
    twice stores the same file. Gives its name."""
    with tempfile.TemporaryDirectory() as folder:
        files = give(folder)
        output = os.path.join(folder, "united.ccset")
        subprocess.run([binary(), "merge", "--memory", str(memory), *files, "-o", output], check=True)
        with open(output, "rb") as made:
            name = hashlib.file_digest(made, "sha256").hexdigest()[:32] + ".ccset"
        system, base = opened(work)
        # Written under a name of its own and then moved: whoever sees the file sees all of it.
        part = f"{base}/{name}.{os.getpid()}.part"
        with open(output, "rb") as made, system.open_output_stream(part) as stream:
            shutil.copyfileobj(made, stream, 1 << 20)
        system.move(part, f"{base}/{name}")
        return name


def partial_sets(work, memory):
    """The set of the claims of each partition."""

    def of_claims(lines):
        def give(folder):
            path = os.path.join(folder, "claims.jsonl")
            with open(path, "w", encoding="utf-8") as out:
                out.writelines(line + "\n" for line in lines)
            return [path]

        yield united(work, memory, give)

    return of_claims


def fetch(work, names, folder):
    """Copies sets from the work folder."""
    system, base = opened(work)
    for name in names:
        with system.open_input_stream(f"{base}/{name}") as stream, open(os.path.join(folder, name), "wb") as out:
            shutil.copyfileobj(stream, out, 1 << 20)
    return [os.path.join(folder, name) for name in names]


def tree(spark, work, names, memory):
    """Unites partial sets until few are left."""
    while len(names) > FAN_IN:
        groups = [names[i : i + FAN_IN] for i in range(0, len(names), FAN_IN)]
        print(f"uniting {len(names)} partial sets in {len(groups)} tasks", flush=True)
        task = lambda group: united(work, memory, lambda folder: fetch(work, group, folder))  # noqa: E731
        names = sorted(set(spark.sparkContext.parallelize(groups, len(groups)).map(task).collect()))
    return names


def options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("articles", nargs="+", help="files or folders; URIs such as hdfs:// where Spark reads them")
    parser.add_argument("-o", "--output", required=True, help="the set to write, on the machine of the driver")
    parser.add_argument("--format", choices=["jsonl", "parquet", "warc"], default="jsonl", help="warc reads WET too")
    parser.add_argument("--copies", choices=["drop", "keep"], default="drop", help="what becomes of syndicated text")
    parser.add_argument("--likeness", type=float, default=0.8, help="share of word runs from which on two texts are copies")
    parser.add_argument("--partitions", type=int, help="default: as Spark reads the files")
    parser.add_argument("--engine", choices=["map", "pipe"], default="map", help="how Spark calls the program")
    parser.add_argument("--work", help="folder that all machines share, for partial sets (default: OUTPUT.work)")
    parser.add_argument("--memory", type=int, default=256, help="megabytes that one merge holds")
    parser.add_argument("--shard-size", type=int, help="megabytes; write shards, OUTPUT is their manifest")
    parser.add_argument("--binary", help="the program, where it is not shipped with --files")
    parser.add_argument("--master", help="as of spark-submit, for a run without it")
    return parser.parse_args()


def main():
    chosen = options()
    builder = SparkSession.builder.appName("countercheck")
    if chosen.master:
        builder = builder.master(chosen.master)
        # The workers of this machine have what this process has.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = builder.config("spark.ui.showConsoleProgress", "true").getOrCreate()
    if chosen.binary:
        if os.path.basename(chosen.binary) != BINARY:
            sys.exit(f"{chosen.binary}: the program has to be named {BINARY}, as Spark ships it under its name")
        spark.sparkContext.addFile(os.path.abspath(chosen.binary))
    work = chosen.work or f"{chosen.output}.work"
    system, base = opened(work)
    system.create_dir(base, recursive=True)
    lines = articles(spark, chosen.articles, chosen.format, chosen.partitions)
    if chosen.copies == "drop":
        lines = without_copies(lines, chosen.likeness)
    stored = claims(lines, chosen.engine).mapInPandas(in_batches(partial_sets(work, chosen.memory)), "value string")
    names = sorted({row.value for row in stored.collect()})
    names = tree(spark, work, names, chosen.memory)
    with tempfile.TemporaryDirectory(dir=os.path.dirname(os.path.abspath(chosen.output))) as folder:
        sharded = ["--shard-size", str(chosen.shard_size)] if chosen.shard_size else []
        files = fetch(work, names, folder)
        subprocess.run([binary(), "merge", "--memory", str(chosen.memory), *sharded, *files, "-o", chosen.output], check=True)
    system.delete_dir(base)
    spark.stop()


if __name__ == "__main__":
    main()
