import hashlib
import os
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presslens.article.reading import Article, from_table, from_text, read
from presslens.errors import BadInput

SEED = Path(__file__).parents[2] / "seeds/pyongyang-helping-hand.txt"
ONE = "The government said on Monday that it would reopen the border to trade after two years of closure. It gave no date."
TWO = "Traders welcomed the decision but warned that the roads are in poor repair. “We need trucks,” one of them said."


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    def write(content: str | bytes, name: str = "story.txt") -> Path:
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path / name

    return write


def slices(article: Article) -> list[str]:
    return [article.text[s:e] for s, e in zip(article.sentences["start"], article.sentences["end"], strict=True)]


def test_the_seed_is_read_to_the_line() -> None:
    article = read(SEED)
    assert article.title == "Pyongyang Might Be Ready for a Helping Hand From Seoul"
    assert article.dek.startswith("Pride may get in the way, but mutual success")
    assert len(article.paragraphs) == 16
    assert article.sentences["section"].value_counts().to_dict() == {"body": 49, "title": 1, "dek": 1}
    assert article.byline == "Andray Abrahamian"
    assert article.metadata.outlet == "Foreign Policy"
    assert article.sha256 == hashlib.sha256(SEED.read_bytes()).hexdigest()
    assert list(zip(article.ledger["line"], article.ledger["rule"], strict=True)) == [
        (4, "duplicate"),
        (8, "promotion"),
        (21, "author's note"),
        *((line, "related stories") for line in (22, 25, 26, 29, 30, 33, 34, 37, 38)),
    ]
    assert not article.ledger["kept"].any()
    assert slices(article) == article.sentences["text"].tolist()
    assert (
        "(Respirators, for example, could conceivably contravene the ban on import of metals under U.N. Security Council "
        "Resolution 2397, Article 7.)" in slices(article)
    )


def test_the_author_of_the_seed_is_found_without_its_sidecar(written: Callable[..., Path]) -> None:
    article = read(written(SEED.read_bytes()))
    assert article.byline == "Andray Abrahamian"
    assert article.metadata.outlet is None
    assert article.notes == ()


def test_everything_can_be_kept(written: Callable[..., Path]) -> None:
    article = read(SEED, keep=["all"])
    assert len(article.paragraphs) == 28
    assert article.ledger["kept"].all()


DEK = "Closing it has cost both nations dearly, and fear is no policy."
OPED = f"The Border Must Open\n{DEK}\nBy Jane Doe\nApril 28, 2020\n{ONE}\n{TWO}"
WRAPPED = f"Seoul to reopen border\n\n{textwrap.fill(ONE, 60)}\n\n{textwrap.fill(TWO, 60)}\n"
LAYOUTS = {
    "wire report": (f"SEOUL (AP) — {ONE}\n\n{TWO}", "", "", "", 2),
    "wire report with headline": (
        f"Seoul to reopen border\n\nBy JANE DOE\nAssociated Press\n\nSEOUL (AP) — {ONE}",
        "Seoul to reopen border",
        "",
        "Jane Doe",
        1,
    ),
    "op-ed": (
        OPED,
        "The Border Must Open",
        "Closing it has cost both nations dearly, and fear is no policy.",
        "Jane Doe",
        2,
    ),
    "byline and dates": (
        f"Seoul to reopen border\nJane Doe in Seoul\nTue 28 Apr 2020 11.04 BST\nLast modified on Wed 29 Apr 2020\n{ONE}\n{TWO}",
        "Seoul to reopen border",
        "",
        "Jane Doe",
        2,
    ),
    "section label": (
        f"OPINION\n\nThe Border Must Open\n\nJane Doe\n28 April 2020\n\n{ONE}",
        "The Border Must Open",
        "",
        "Jane Doe",
        1,
    ),
    "interview": (
        "‘We need trucks’\nA trader on her lost shop.\nQ: What now?\nA: We wait, and write letters.",
        "‘We need trucks’",
        "A trader on her lost shop.",
        "",
        2,
    ),
    "list": (
        "Five things to know\n1. It has been closed for years.\n2. Trade fell by half.",
        "Five things to know",
        "",
        "",
        2,
    ),
    "brief": ("Border to reopen\nThe government will reopen it, it said on Monday.", "Border to reopen", "", "", 1),
    "brief without headline": ("A bomb exploded in Kabul on Monday.\nNo one was hurt.", "", "", "", 2),
    "no headline": (f"{ONE}\n\n{TWO}", "", "", "", 2),
    "question": (f"Will Seoul open its border?\n{ONE}\n{TWO}", "Will Seoul open its border?", "", "", 2),
    "full stop": (f"The Border Should Open Again.\n{ONE}\n{TWO}", "The Border Should Open Again.", "", "", 2),
    "full stop and byline": (
        f"The border should open.\nBy Jane Doe\n{ONE}",
        "The border should open.",
        "",
        "Jane Doe",
        1,
    ),
    "capitals": (f"SEOUL TO REOPEN BORDER - AGAIN\n{ONE}", "SEOUL TO REOPEN BORDER - AGAIN", "", "", 1),
    "hard-wrapped": (WRAPPED, "Seoul to reopen border", "", "", 2),
    "one paragraph": (ONE, "", "", "", 1),
    "one line without a stop": ("Border to reopen", "", "", "", 1),
    "headline and noise": ("Border to reopen\nSubscribe now", "", "", "", 1),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_its_headline_standfirst_byline_and_body(layout: str, written: Callable[..., Path]) -> None:
    text, title, dek, byline, paragraphs = LAYOUTS[layout]
    article = read(written(text))
    assert (article.title, article.dek, article.byline, len(article.paragraphs)) == (title, dek, byline, paragraphs)


def test_markdown_is_read_with_its_front_matter_and_line_ends(written: Callable[..., Path]) -> None:
    page = f"---\r\nauthor: Jane Doe\r\ndate: 2020-04-28\r\n---\r\n\r\n# Keep *it* open\r\n\r\n{ONE}\r\n\r\n{TWO}\r\n"
    article = read(written(page, "story.md"))
    assert (article.title, article.byline, len(article.paragraphs)) == ("Keep it open", "Jane Doe", 2)
    assert str(article.metadata.date) == "2020-04-28"
    assert article.ledger["rule"].tolist() == ["front matter"] * 2


def test_the_sidecar_overrules_the_file_and_the_ledger_says_so(written: Callable[..., Path]) -> None:
    written("title: Another headline\nauthor: John Roe\n", "story.yaml")
    article = read(written(f"# Keep it open\n\nBy Jane Doe\n\n{ONE}", "story.md"))
    assert (article.title, article.byline) == ("Another headline", "John Roe")
    assert article.ledger[["text", "rule"]].to_numpy().tolist() == [
        ["Keep it open", "overruled"],
        ["By Jane Doe", "byline"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Word",
        "no sentence here",
        "Nice 😀 day",
        "The cat\x00 sat.\x00",
        "אמר ראש הממשלה כי הדיון יימשך",
        "e\u0301a",
        "A" * 5000,
    ],
)
def test_odd_texts_are_read_and_their_offsets_slice(text: str, written: Callable[..., Path]) -> None:
    article = read(written(text))
    assert slices(article) == article.sentences["text"].tolist() != []
    assert "\x00" not in article.text


def test_what_was_lost_in_reading_is_noted(written: Callable[..., Path]) -> None:
    notes = read(written("The cat\x00 sat\u200b on the mat.")).notes
    assert notes[0] == "2 control or invisible characters were left out."
    assert read(written("Die Regierung hat am Montag beschlossen, die Grenze wieder zu öffnen. " * 4)).language == "de"


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "a.txt", "it is empty"),
        (b" \n ", "a.txt", "it is empty"),
        (b"\xef\xbb\xbf", "a.txt", "no letter at all"),
        ("1234 !!! 😀", "a.txt", "no letter at all"),
        ("<html></html>", "a.html", "no letter at all"),
        (b"\x89PNG\r\n\x1a\n" + bytes(90), "a.txt", "a PNG image"),
        (bytes(900), "a.md", "binary data"),
        ("id,text\n1,Hello", "a.csv", r"files of kind \.csv are not read\. Give one of \.txt"),
        (b"%PDF-1.4", "a.txt", "a PDF document"),
        (b"%PDF-1.4", "a.pdf", "it is no PDF document"),
    ],
)
def test_what_holds_no_article_is_refused_in_one_clear_message(
    content: str | bytes, name: str, reason: str, written: Callable[..., Path]
) -> None:
    with pytest.raises(BadInput, match=rf"^cannot read .*{name}: .*{reason}"):
        read(written(content, name))


def test_a_pipe_a_folder_and_nothing_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for path, reason in (
        (tmp_path / "pipe.txt", "not a regular file"),
        (tmp_path, "a folder"),
        (tmp_path / "no.txt", "no such"),
    ):
        with pytest.raises(BadInput, match=reason):
            read(path)


def test_an_unknown_rule_to_keep_is_refused() -> None:
    with pytest.raises(BadInput, match="no cleaning rule 'adverts'"):
        read(SEED, keep=["adverts"])


def test_one_line_of_five_megabytes_is_read_in_reasonable_time(written: Callable[..., Path]) -> None:
    path = written((ONE + " ") * 43_000)
    start = time.process_time()
    article = read(path)
    assert len(article.sentences) == 86_000
    assert time.process_time() - start < 30


def test_text_from_memory_is_taken_as_given() -> None:
    text = "  Title here\n\nBy Jane Doe\r\n\r\nOne\u00a0two.  Three.\x00\n"
    article = from_text(text, id="x")
    assert article.text == text
    assert slices(article) == ["Title here", "By Jane Doe", "One\u00a0two.", "Three.\x00"]
    assert article.sentences["sentence"].tolist() == ["p01s01", "p02s01", "p03s01", "p03s02"]


@settings(deadline=None)
@given(st.lists(st.text(alphabet=st.sampled_from("aB. \n\r\t\x00“”é?😀")), max_size=5))
def test_the_sentences_of_a_table_slice_from_its_rows(texts: list[str]) -> None:
    table = from_table(pd.DataFrame({"id": ["same"] * len(texts), "text": pd.Series(texts, dtype="str")}))
    for row in table.itertuples():
        assert texts[int(str(row.article))][row.start : row.end] == row.text
    assert "".join("".join(table["text"]).split()) == "".join("".join(texts).split())


def test_a_table_is_the_articles_one_after_another() -> None:
    table = from_table(pd.DataFrame({"id": ["a", "b"], "text": [ONE, TWO]}))
    one, two = from_text(ONE, id="0").sentences, from_text(TWO, id="1").sentences
    pd.testing.assert_frame_equal(table, pd.concat([one, two], ignore_index=True))


def test_a_missing_text_has_no_sentence_and_a_missing_column_is_refused() -> None:
    table = from_table(pd.DataFrame({"id": [1, 2, 3], "text": [None, float("nan"), "One."]}))
    assert table[["article", "text"]].to_numpy().tolist() == [["2", "One."]]
    assert from_table(pd.DataFrame({"id": [], "text": []})).dtypes.equals(table.dtypes)
    with pytest.raises(BadInput, match="no column text"):
        from_table(pd.DataFrame({"id": [1]}))
