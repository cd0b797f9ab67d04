from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from presslens.article.reading import read_text
from presslens.corpus import analysing, datasets
from presslens.corpus.analysing import Settings, analyse, outcome, put_together
from presslens.corpus.entries import Entry
from presslens.framing import aggregating, coding
from presslens.sentiment import scoring

Make = Callable[[int], list[Entry]]


def test_every_table_has_its_columns_also_without_an_article(settings: Settings) -> None:
    found = analyse([], settings)
    assert {name: table.schema for name, table in found.tables.items()} == datasets.SCHEMAS


def test_an_article_gets_what_it_gets_alone(make: Make, settings: Settings) -> None:
    entries = make(5)
    together = outcome(entries, settings)
    alone = put_together([outcome([entry], settings) for entry in entries])
    assert together == alone


def test_an_article_gets_what_it_gets_alone_whoever_stands_beside_it(make: Make, settings: Settings) -> None:
    plain = make(2)
    loud = [replace(one, id=f"{one.id} loud", text=one.text.upper()) for one in plain]
    place = (
        "The fire in Yellowstone spread. Rangers left Yellowstone, for Yellowstone was closed.\n\nYellowstone burned."
    )
    person = (
        "Mr. Yellowstone resigned on Monday. Mr. Yellowstone said that he was tired.\n\nNobody asked Yellowstone why."
    )
    named = [Entry(id=text[:3], text=text, title="Fires in the West") for text in (place, person)]
    entries = [*plain, *loud, *named]
    together = outcome(entries, settings)
    assert together == put_together([outcome([entry], settings) for entry in entries])


def test_the_numbers_are_those_of_the_notebooks(make: Make, settings: Settings) -> None:
    entry = make(2)[1]
    article = read_text(entry.text, id=entry.id)
    found = analyse([Entry(id=entry.id, text=entry.text)], settings).tables
    scores = scoring.score(article.sentences)
    table = found["sentences"].to_pandas()
    assert table["score"].tolist() == scores["score"].tolist()
    assert table["quoted"].tolist() == scores["quoted"].tolist()
    whole = scoring.articles(scores, draws=settings.draws)
    assert found["articles"]["score"].to_pylist() == whole["score"].tolist()
    assert found["articles"]["low"].to_pylist() == whole["low"].tolist()
    codings = coding.code(article.sentences, article.tokens, settings.codebooks[0])
    frames = aggregating.articles(codings, residual="Other", resamples=20)
    mine = found["frames"].to_pandas()
    mine = mine[mine["codebook"] == settings.codebooks[0].name].reset_index(drop=True)
    for column in ("frame", "sentences", "of", "rank", "role"):
        assert mine[column].tolist() == frames[column].tolist(), column
    assert mine["share"].to_numpy() == pytest.approx(frames["share"].to_numpy(), abs=1e-6)


def test_evidence_adds_up_to_the_score_and_shows_the_words(make: Make, settings: Settings) -> None:
    found = analyse(make(3), settings).tables["sentences"].to_pylist()
    texts = {}
    for row in found:
        texts[row["article"], row["sentence"]] = row
        total = row["base"] + sum(word["contribution"] for word in row["evidence"])
        assert row["score"] == pytest.approx(max(-1, min(1, total)), abs=1e-4)
        for word in (*row["evidence"], *({"word": one["term"], **one} for one in row["frames"])):
            assert row["text"][word["start"] - row["start"] : word["end"] - row["start"]] == word["word"]


def test_one_article_that_breaks_a_measure_is_an_error_and_the_others_are_analysed(
    make: Make, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = make(6)
    expected = outcome([entry for entry in entries if entry.id != "a3"], settings)

    def broken(sentences: pd.DataFrame, tokens: pd.DataFrame, **options: object) -> pd.DataFrame:
        if (sentences["article"] == "a3").any():
            raise MemoryError("no room")
        return original(sentences, tokens, **options)

    original = analysing.keyphrases
    monkeypatch.setattr(analysing, "keyphrases", broken)
    found = outcome(entries, settings)
    assert found.files == expected.files
    assert [one.id for one in found.faults] == ["a3"]
    assert found.faults[0].reason == "MemoryError: no room"
    assert "in broken" in found.faults[0].detail


def test_an_article_that_cannot_be_read_is_an_error_with_its_reason(make: Make, settings: Settings) -> None:
    entries = [*make(2), Entry(id="empty", text=" ", source="c, line 9"), Entry(id="dated", text="Words.", date="soon")]
    found = analyse(entries, settings)
    assert found.tables["articles"]["article"].to_pylist() == ["a0", "a1"]
    assert [(one.id, one.source) for one in found.faults] == [("empty", "c, line 9"), ("dated", "")]
    assert "no text in it" in found.faults[0].reason
