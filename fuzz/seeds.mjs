// Writes what a fuzzer starts from: `node fuzz/seeds.mjs COUNTERCHECK FOLDER`. All of it is made of the tests' own data,
// so that none has to be kept.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [countercheck, folder] = process.argv.slice(2);
const text = (path) => readFileSync(path, "utf8");
const rows = (path) => text(path).split("\n").filter((line) => line && !line.startsWith("#"));
const files = (path, end) => readdirSync(path, { recursive: true }).filter((name) => name.endsWith(end)).map((name) => join(path, name));

const counts = {};
function seed(target, content) {
  mkdirSync(join(folder, target), { recursive: true });
  counts[target] = (counts[target] ?? 0) + 1;
  writeFileSync(join(folder, target, `seed-${counts[target]}`), content);
}

/** A line of a table of dates: the page's day, then the text with its marks taken off. */
function dated(line) {
  const [day, marked = ""] = line.split("\t");
  return `${day.slice(0, 10)}\n${marked.replace(/\[([^\]=]*)=[^\]]*\]/g, "$1").replaceAll(" ¶ ", "\n")}`;
}

const cases = files("tests", "cases.jsonl").flatMap(rows).map((line) => JSON.parse(line));
const passages = [...rows("tests/data/passages.tsv"), ...rows("tests/data/syntax.txt")].map((line) => line.split("\t").at(-1));
for (const { paragraphs } of cases.filter((_, at) => at % 3 === 0)) {
  for (const target of ["claims", "receipts"]) seed(target, paragraphs.join("\n\n"));
}
for (const passage of passages.filter((_, at) => at % 3 === 0)) seed("mentions", passage);
for (const row of rows("tests/data/quantities.tsv").filter((_, at) => at % 3 === 0)) seed("mentions", row.replaceAll("\t", " "));
for (const row of [...rows("tests/data/dates.tsv"), ...rows("tests/data/date-passages.tsv")]) seed("dates", dated(row));
for (const value of ["2023-06-18", "2023-W24", "2023-Q2", "2023-H1", "2023-22", "199X", "18XX", "-0044", "2023-06/2023-07~"]) seed("dates", value);
for (const { id, published, paragraphs } of cases.filter((_, at) => at % 4 === 0)) {
  seed("lines", JSON.stringify({ id, published, paragraphs }));
  seed("lines", JSON.stringify({ id, title: id, lang: "en-GB", text: paragraphs.join("\n\n") }));
}
for (const path of files("tests/pages", ".html")) {
  const page = text(path);
  if (page.length < 8192) seed("html", page);
  if (page.length < 4096) seed("lines", JSON.stringify({ id: "page", html: page }));
}
for (const path of files("tests/corpora", ".txt").slice(0, 12)) {
  const [article, set] = [join(folder, "article"), join(folder, "one.ccset")];
  mkdirSync(article, { recursive: true });
  writeFileSync(join(article, "one.txt"), text(path).slice(0, 700));
  execFileSync(countercheck, ["build", "--corpus", article, "-o", set], { stdio: "ignore" });
  seed("reference", readFileSync(set).subarray(48));
}
writeFileSync(join(folder, "words.dict"), words());

/** What the tables know, as a dictionary: words that a fuzzer would take long to come upon. */
function words() {
  const known = new Set();
  for (const path of ["data/dates/words.tsv", "data/dates/phrases.tsv", "data/unit_words.tsv", "data/hedges.tsv", "data/language/titles.tsv", "data/language/frames.tsv"]) {
    rows(path).forEach((line, at) => {
      if (at % (path.includes("language") ? 12 : 3) === 0) known.add(line.split("\t")[path.includes("frames") ? 2 : 0]);
    });
  }
  return [...known].filter((word) => /^[ -~]{2,24}$/.test(word)).map((word) => `" ${word.replace(/["\\]/g, "\\$&")} "\n`).join("");
}
