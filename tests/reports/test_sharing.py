"""How much of an article's text leaves with a report, measured on the finished files by other means than those that withhold."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pandas as pd
import pytest

from presslens.article.reading import Article, read
from presslens.reports import running, subjects
from presslens.reports.parameters import Parameters
from presslens.reports.rights import LONGEST, SHARE

pytestmark = pytest.mark.notebooks
SEED = Path("seeds/pyongyang-helping-hand.txt")
WORD = re.compile(r"\w+")


def folded(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]


def texts(path: Path) -> Iterator[str]:
    """Everything in a file that can be read: as it stands, without tags, row by row and column by column."""
    if path.suffix == ".parquet":
        table = pd.read_parquet(path).drop(columns=["indicator"], errors="ignore")  # the codebook's words
        table = table.astype("object")
        yield from (" ".join(map(str, table[name])) for name in table.columns)
        yield from (" ".join(map(str, row)) for row in table.itertuples(index=False))
        return
    if path.suffix == ".png":
        return
    text = path.read_text("utf-8")
    yield text
    for part in _outputs(text) if path.suffix == ".ipynb" else [text]:
        yield unescape(re.sub(r"<(style|script)\b.*?</\1>|<[^>]*>", " ", part, flags=re.DOTALL))


def _outputs(text: str) -> Iterator[str]:
    for cell in json.loads(text)["cells"]:
        for output in cell.get("outputs", ()):
            yield from ("".join(value) for value in output.get("data", {}).values())


def shared(folder: Path, article: Article, *, most: int) -> tuple[dict[str, int], set[int]]:
    """The longest common run of words of each file and the article; and which of its words stand in runs above `most`."""
    words = folded(article.text)
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(words) - most):
        places.setdefault(tuple(words[at : at + most + 1]), []).append(at)
    longest: dict[str, int] = {}
    covered: set[int] = set()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        for text in texts(path):
            said = folded(text)
            for at in range(len(said) - most):
                for begin in places.get(tuple(said[at : at + most + 1]), ()):
                    size = most + 1
                    while said[at + size : at + size + 1] == words[begin + size : begin + size + 1] != []:
                        size += 1
                    covered |= set(range(begin, begin + size))
                    longest[path.name] = max(longest.get(path.name, 0), size)
    return longest, covered


@pytest.fixture(scope="module")
def other(report: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the reports, to be published again with other rights."""
    out = tmp_path_factory.mktemp("sharing") / "outputs"
    shutil.copytree(report.parent, out)
    return out


def again(out: Path, quotation: str) -> Path:
    done = running.report(SEED, parameters=Parameters.model_validate({"quotation": quotation}), out=out)
    assert done.outcomes == []  # no notebook runs again: only what is shared of it changes
    return done.folder


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in {"run.json", "ro-crate-metadata.json"}
    }


def test_excerpts_hold_a_quarter_of_the_words_at_most_in_whole_sentences(report: Path, seed: Article) -> None:
    longest, covered = shared(report, seed, most=LONGEST["excerpts"])
    assert len(covered) <= SHARE * len(folded(seed.text))
    assert len(covered) > 0.15 * len(folded(seed.text))  # and it is used
    sentences = pd.read_parquet(report / "tables" / "sentences.parquet")
    whole = {row.text for row in sentences.itertuples() if "⟦" not in row.text}
    allowed = "\n".join(row.text for row in seed.sentences.itertuples() if row.text in whole)
    places = folded(seed.text)
    told = {at for at in range(len(places)) if at in covered}
    assert len(told) <= len(folded(allowed)) * 1.1
    assert longest["5_brief.html"] > LONGEST["excerpts"]


def test_without_quotation_no_run_of_the_text_leaves_but_its_title(other: Path, seed: Article) -> None:
    folder = again(other, "none")
    _, covered = shared(folder, seed, most=LONGEST["none"])
    assert covered == set(range(len(folded(seed.title))))


def test_the_full_text_comes_back_and_excerpts_again_are_the_same_bytes(
    report: Path, other: Path, seed: Article
) -> None:
    folder = again(other, "full")
    table = pd.read_parquet(folder / "tables" / "sentences.parquet")
    assert table["text"].tolist() == seed.sentences["text"].tolist()
    words = pd.read_parquet(folder / "tables" / "tone_words.parquet")
    assert all(seed.text[r.start : r.end] == r.word for r in words.itertuples())
    assert "⟦" not in "".join(path.read_text("utf-8") for path in folder.glob("*/*.csv"))
    assert 'class="withheld"' not in "".join(path.read_text("utf-8") for path in folder.glob("*.html"))
    assert files(again(other, "excerpts")) == files(report)


DOCUMENTS = [Path(f"tests/data/compare/spill-{name}.txt") for name in ("wire", "local", "business")]


def compared(out: Path, quotation: str) -> Path:
    done = running.report(
        subjects.comparison(DOCUMENTS),
        parameters=Parameters.model_validate({"quotation": quotation, "draws": 200}),
        out=out,
    )
    assert done.ok
    return done.folder


def test_a_comparison_shares_no_run_of_its_articles_but_their_titles_and_gives_all_back(tmp_path: Path) -> None:
    articles = [read(path) for path in DOCUMENTS]
    excerpts = compared(tmp_path, "excerpts")
    first = files(excerpts)
    for article in articles:
        _, covered = shared(excerpts, article, most=LONGEST["excerpts"])
        assert covered <= set(range(len(folded(article.title))))
    assert "For the full text in the tables" in (excerpts / "compare.html").read_text("utf-8")
    none = compared(tmp_path, "none")
    for article in articles:
        _, covered = shared(none, article, most=LONGEST["none"])
        assert covered <= set(range(len(folded(article.title))))
    whole = compared(tmp_path, "full")
    assert all(len(shared(whole, article, most=7)[1]) > 0.9 * len(folded(article.text)) for article in articles)
    full = pd.read_parquet(whole / "tables" / "sentences.parquet")
    assert full["text"].tolist() == [text for article in articles for text in article.sentences["text"]]
    assert files(compared(tmp_path, "excerpts")) == first
