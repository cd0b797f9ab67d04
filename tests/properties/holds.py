"""What must hold of the measures on any article: each function looks at one story and raises where it does not."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from tests.properties.generated import Story, renamed, story

from presslens.actors import judgements, mentions, quotations, stances, timeline
from presslens.article import reading
from presslens.article.reading import Article
from presslens.framing import codebook, coding
from presslens.keywords import ranking
from presslens.language import hedges
from presslens.sentiment import scoring, targets

NEUTRAL = ("The meeting is on Tuesday.", "The building has four floors.", "The road is 12 kilometres long.")
NOISE_ABOVE = ("Advertisement", "Share on Facebook", "5 min read")
NOISE_BELOW = (
    "Sign up for our newsletter",
    "Follow us on Twitter",
    "Photo: Reuters",
    "© 2021 The Daily Courier. All rights reserved.",
    "Read more: Ten things to know about the weather",
)
NAV = "<nav><a href='/'>Home</a> <a href='/w'>World</a> <a href='/s'>Sport</a></nav>"
FOOT = "<aside><h3>Most read</h3><a href='/1'>A storm is coming</a></aside><footer>Terms of use | Privacy</footer>"


@cache
def _book() -> codebook.Codebook:
    return codebook.load("policy_frames")


def tables(article: Article) -> dict[str, pd.DataFrame]:
    """Every table of the analyses that points into the text, and the scores."""
    sentences, tokens = article.sentences, article.tokens
    named = mentions.mentions(sentences, tokens)
    coded = coding.analyse(sentences, tokens, _book())
    phrases = ranking.keyphrases(sentences, tokens)
    return {
        "sentences": sentences,
        "tokens": tokens,
        "mentions": named,
        "tone": targets.tone(sentences, tokens, named),
        "quotations": quotations.quotations(sentences, tokens, named),
        "judgements": judgements.judgements(sentences, named),
        "stances": stances.stances(sentences),
        "timeline": timeline.timeline(sentences),
        "hedges": hedges.hedges(tokens),
        "words": scoring.words(sentences),
        "scores": scoring.score(sentences),
        "evidence": coded.evidence,
        "codings": coded.codings,
        "phrases": phrases,
        "places": ranking.occurrences(phrases, tokens),
    }


SAID = ("token", "term", "word", "match", "phrase", "text")
OWN = {"stances": "cue", "timeline": "date"}  # their `text` is that of the sentence


def offsets_slice(seed: int) -> None:
    """Every start and end cuts the words out of the text that the row says."""
    article = reading.from_text(story(seed).text)
    for name, table in tables(article).items():
        if not {"start", "end"} <= set(table.columns):
            continue
        column = OWN.get(name) or next((one for one in SAID if one in table.columns), None)
        for row in table.to_dict("records"):
            cut = article.text[int(row["start"]) : int(row["end"])]
            assert cut, (name, row)
            if column and name != "places":
                assert cut.casefold() == str(row[column]).casefold(), (name, row, cut)


def a_neutral_sentence_changes_no_other(seed: int) -> None:
    """A sentence without feeling or frame, added as a paragraph of its own, leaves all other sentences as they were."""
    made = story(seed)
    draw = random.Random(seed)  # noqa: S311 - a choice of a test
    added = draw.choice(NEUTRAL)
    before = reading.from_text(made.body)
    after = reading.from_text(f"{made.body}\n\n{added}")
    count = len(before.sentences)
    assert len(after.sentences) == count + 1
    for name, one, other in (
        ("scores", scoring.score(before.sentences), scoring.score(after.sentences)),
        ("words", scoring.words(before.sentences), scoring.words(after.sentences)),
        ("codings", *(coding.code(a.sentences, a.tokens, _book()) for a in (before, after))),
        ("mentions", *(mentions.mentions(a.sentences, a.tokens) for a in (before, after))),
    ):
        new = after.sentences["sentence"].iloc[-1]
        rest = other[other["sentence"] != new].reset_index(drop=True)
        same(one.reset_index(drop=True), rest, name)


def order_never_matters(seeds: range) -> None:
    """Texts get the same numbers in whatever order they stand in the table."""
    table = pd.DataFrame({"id": [f"a{seed}" for seed in seeds], "text": [story(seed).text for seed in seeds]})
    shuffled = table.sample(frac=1, random_state=seeds.start).reset_index(drop=True)
    for name, measure in {
        "tone": scoring.texts,
        "key phrases": ranking.texts,
        "frames": lambda some: coding.texts(some, _book()),
    }.items():
        one, other = (
            measure(some).sort_values(["id"], kind="stable").reset_index(drop=True) for some in (table, shuffled)
        )
        same(one, other, name)


RANGES: dict[str, tuple[float, float]] = {"scores": (-1, 1), "tone": (-1, 1), "codings": (0, 1)}


def scores_are_in_range(seed: int) -> None:
    """Scores, intervals and shares keep within what their documentation says, and an interval holds its score."""
    found = tables(reading.from_text(story(seed).text))
    for name, (low, high) in RANGES.items():
        assert found[name]["score"].between(low, high).all(), name
    scores = found["scores"]
    assert scores["compound"].between(-1, 1).all()
    assert scores["quoted"].between(0, 1).all()
    assert (scores["low"] <= scores["score"] + 1e-9).all()
    assert (scores["high"] >= scores["score"] - 1e-9).all()
    assert found["phrases"]["score"].between(0, 1).all()
    whole = scoring.articles(scores)
    assert ((whole["low"] <= whole["score"]) & (whole["score"] <= whole["high"])).all()


# Tone and key phrases look at the words of a name as well: their weights were learnt, their frequencies are counted.
TOLD_BY_WORDS = {"words", "scores", "tone", "phrases", "places"}
NAME_MOVES = 0.03  # the most that other words in a name may move the score of a sentence that they open, of -1..1


def only_the_name_changes(seed: int) -> None:
    """With every actor renamed, names of the same length, what is found is the same but for the names.

    The tone of a sentence may move a little where a name opens it, its direct evidence (VADER's compound, the share quoted) not
    at all.
    """
    made = story(seed)
    one, other = (reading.from_text(text) for text in (made.text, renamed(made.text, made.swaps)))
    first, second = tables(one), tables(other)
    for name, table in first.items():
        if name in TOLD_BY_WORDS:
            continue
        expected = table.copy()
        for column in expected.columns:
            if pd.api.types.is_string_dtype(expected[column]) or expected[column].dtype == object:
                expected[column] = [_renamed(value, made) for value in expected[column]]
        drop = {"stem", "norm", "candidates"} & set(table.columns)
        same(expected.drop(columns=list(drop)), second[name].drop(columns=list(drop)), name)

    one_score, other_score = first["scores"], second["scores"]
    same(one_score[["sentence", "compound", "quoted"]], other_score[["sentence", "compound", "quoted"]], "scores")
    moved = (one_score["score"] - other_score["score"]).abs()
    assert moved.max() <= NAME_MOVES, ("scores", float(moved.max()))


def _renamed(value: Any, made: Story) -> Any:
    if not isinstance(value, str):
        return value
    pairs = [*made.swaps, *((old.casefold(), new.casefold()) for old, new in made.swaps)]
    return renamed(value, tuple(pairs))


def noise_moves_no_number(seed: int) -> None:
    """What a scrape leaves around an article goes in cleaning, and every number is as it was without it."""
    made = story(seed)
    clean = f"{made.title}\n\n{made.body}\n"
    noisy = "\n\n".join((made.title, *NOISE_ABOVE, made.body, *NOISE_BELOW)) + "\n"
    page = "".join(f"<p>{words}</p>" for words in made.paragraphs)
    head = f"<!doctype html><html><head><title>{made.title}</title></head><body>"
    article = f"<article><h1>{made.title}</h1>{page}</article>"
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        files = {
            "clean/story.txt": clean,
            "noisy/story.txt": noisy,
            "page/story.html": f"{head}{article}</body></html>",
            "site/story.html": f"{head}{NAV}{article}{FOOT}</body></html>",
        }
        articles = {}
        for name, content in files.items():
            (folder / name).parent.mkdir()
            (folder / name).write_text(content, encoding="utf-8")
            articles[name.split("/")[0]] = reading.read(folder / name)
    for plain, dirty in (("clean", "noisy"), ("page", "site")):
        assert articles[plain].text == articles[dirty].text, (plain, articles[dirty].text)
        one, other = (
            scoring.articles(scoring.score(articles[which].sentences)).drop(columns="article")
            for which in (plain, dirty)
        )
        same(one, other, dirty)


def same(one: pd.DataFrame, other: pd.DataFrame, name: str) -> None:
    """Two tables are equal, row by row; says which row is not."""
    assert len(one) == len(other), (name, len(one), len(other), _first_apart(one, other))
    for column in one.columns:
        a, b = one[column].to_numpy(), other[column].to_numpy()
        if np.issubdtype(a.dtype, np.floating):
            equal = np.isclose(a.astype(float), b.astype(float), rtol=0, atol=2e-6, equal_nan=True)
        else:
            equal = np.array(
                [x == y or (x is None and y is None) or (x != x and y != y) for x, y in zip(a, b, strict=True)]
            )
        if not equal.all():
            row = int(np.argmin(equal))
            raise AssertionError((name, column, one.iloc[row].to_dict(), other.iloc[row].to_dict()))


def _first_apart(one: pd.DataFrame, other: pd.DataFrame) -> Any:
    rows = [table.astype(str).agg(" ".join, axis=1).tolist() for table in (one, other)]
    return sorted(set(rows[0]) ^ set(rows[1]))[:4]


EACH: dict[str, Callable[[int], None]] = {
    check.__name__: check
    for check in (
        offsets_slice,
        a_neutral_sentence_changes_no_other,
        scores_are_in_range,
        only_the_name_changes,
        noise_moves_no_number,
    )
}
