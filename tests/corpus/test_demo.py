from __future__ import annotations

import datetime as dt
import re
from itertools import islice
from random import Random

import numpy as np
import pandas as pd
import pytest

from presslens.article.reading import from_table
from presslens.corpus import demo, plan
from presslens.framing import codebook, coding
from presslens.language.tokens import tokenize
from presslens.sentiment import scoring, targets

CLEAR = 0.15
SENTENCES = plan.data("demo_sentences.yaml")
NAMES = [name for actor in plan.plan()["actors"] for name in (actor["name"], actor["short"])]
PEOPLE = [outlet["people"] for outlet in plan.plan()["outlets"]]
SLOTS = SENTENCES["slots"] | {"people": PEOPLE, "matter": list(plan.plan()["matters"].values()), "actor": NAMES}


def filled(templates: list[str], *, times: int) -> list[str]:
    random = Random(7)  # noqa: S311
    texts = [re.sub(r"\{(\w+)\}", lambda m: random.choice(SLOTS[m[1]]), t) for t in templates for _ in range(times)]
    return [text[0].upper() + text[1:] + "." for text in texts]


@pytest.fixture(scope="module")
def sentences() -> pd.DataFrame:
    """Every template three times, with the tone and the planted frame that its heading claims."""
    groups = [("neutral", "", SENTENCES["filler"]), ("neutral", "", SENTENCES["titles"]["plain"])]
    groups += [("neutral", frame, texts) for frame, texts in SENTENCES["frames"].items()]
    groups += [(tone, "", texts) for part in ("tone", "actors") for tone, texts in SENTENCES[part].items()]
    rows = [(tone, frame, text) for tone, frame, texts in groups for text in filled(texts, times=3)]
    table = pd.DataFrame(rows, columns=["tone", "frame", "text"])
    return table.assign(id=range(len(table)))


def test_a_template_makes_one_sentence_that_feels_as_its_heading_says(sentences: pd.DataFrame) -> None:
    found = from_table(sentences)
    assert len(found) == len(sentences)
    score = scoring.score(found)["score"]
    clear = np.where(score >= CLEAR, "positive", np.where(score <= -CLEAR, "negative", "neutral"))
    assert sentences.loc[clear != sentences["tone"], "text"].tolist() == []


def test_a_template_has_the_planted_frame_of_its_heading_and_no_other_planted_one(sentences: pd.DataFrame) -> None:
    found = from_table(sentences)
    codings = coding.code(found, tokenize(found), codebook.load("policy_frames"))
    coded = codings[codings["coded"] & codings["frame"].isin(SENTENCES["frames"])]
    frames = coded.groupby("article")["frame"].agg("|".join).reindex(sentences["id"].astype(str)).fillna("")
    assert sentences.loc[(frames != sentences["frame"].to_numpy()).to_numpy(), "text"].tolist() == []


def test_a_sentence_about_an_actor_has_the_tone_toward_it_of_its_heading() -> None:
    rows = [(tone, text) for tone, texts in SENTENCES["actors"].items() for text in filled(texts, times=3)]
    table = pd.DataFrame(rows, columns=["tone", "text"])
    longest = "|".join(sorted(NAMES, key=len, reverse=True))
    table["mention"] = table["text"].str.extract(f"({longest})")[0]
    table["start"] = [text.index(name) for text, name in zip(table["text"], table["mention"], strict=True)]
    table["end"] = table["start"] + table["mention"].str.len()
    labels = targets.targets_table(table.assign(id=range(len(table))))["label"].to_numpy()
    assert (labels == table["tone"]).mean() >= 0.97


def test_an_article_depends_on_its_number_and_the_seed_alone() -> None:
    fifty = list(demo.articles(50, seed=3))
    assert list(demo.articles(20, seed=3)) == fifty[:20]
    assert demo.article(37, seed=3) == fifty[37]
    assert demo.article(37, seed=4)["text"] != fifty[37]["text"]


def test_articles_have_300_to_800_words_in_all_but_a_few_cases_and_dates_in_the_span() -> None:
    articles = list(demo.articles(300, seed=1))
    words = pd.Series([len(article["text"].split()) for article in articles])
    assert words.between(280, 800).mean() > 0.98
    assert {dt.date.fromisoformat(a["date"]).year for a in articles} == {2015, 2016, 2017, 2018, 2019}
    assert len({a["id"] for a in articles}) == 300


def test_a_known_share_is_copied_from_an_earlier_article_word_for_word_or_shortened() -> None:
    articles = {article["id"]: article for article in demo.articles(2000, seed=5)}
    copies = [article for article in articles.values() if article["planted"]["copy_of"]]
    assert 0.035 < len(copies) / 2000 < 0.065
    for copy in copies:
        origin = articles[copy["planted"]["copy_of"]]
        assert origin["id"] < copy["id"]
        assert origin["planted"]["copy_of"] == ""
        assert origin["outlet"] != copy["outlet"]
        assert (origin["text"] == copy["text"]) == (copy["planted"]["copy"] == "exact")
        assert copy["text"][-400:-200] in origin["text"]


def test_what_was_planted_is_what_the_articles_carry() -> None:
    """The mean over many articles of what each carries lies within four standard errors of the plan."""
    expected = plan.expected(by="Y").set_index(["measure", "of", "outlet", "period"])["value"]
    rows = [
        (a["outlet"], a["date"][:4], a["planted"]["frames"]["Economic"], a["planted"]["positive"] - a["planted"]["negative"],
         a["text"].count("."))
        for a in islice(demo.articles(6000, seed=2), 6000) if not a["planted"]["copy_of"]
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["outlet", "year", "economic", "balance", "sentences"])
    for (outlet, year), cell in table.groupby(["outlet", "year"]):
        for column, key in (("economic", ("frame", "Economic")), ("balance", ("tone", ""))):
            planted = expected[(*key, outlet, year)]
            error = (cell[column] - planted * cell["sentences"]).std() / len(cell) ** 0.5 / cell["sentences"].mean()
            assert abs(cell[column].sum() / cell["sentences"].sum() - planted) < 4 * error


def test_the_planted_shares_of_articles_sum_to_one() -> None:
    expected = plan.expected(by="M")
    assert expected.loc[expected["measure"] == "articles", "value"].sum() == pytest.approx(1)
