"""Tone toward actors: by voice, with intervals, and nothing said where there is too little."""

import numpy as np
import pandas as pd
import pytest

from presslens.sentiment.targets_actors import COLUMNS, TOO_FEW, actor_tones, errors


def toned(*scores: float, actor: str = "Ada Dell", voice: str = "author", label: str = "neutral") -> pd.DataFrame:
    sentences = [f"p01s{number:02d}" for number in range(len(scores))]
    return pd.DataFrame(
        {"article": "a", "sentence": sentences, "actor": actor, "kind": "person", "score": scores}
    ).assign(label=label, voice=voice)


def test_an_actor_s_tone_has_an_interval_and_one_with_too_few_mentions_has_none() -> None:
    table = actor_tones(pd.concat([toned(*[-0.8, -0.6, -0.7, -0.9] * 3), toned(0.9, actor="Peru")], ignore_index=True))
    assert table["actor"].tolist() == ["Ada Dell", "Peru"]
    assert table["verdict"].tolist() == ["negative", TOO_FEW]
    assert table.loc[0, "score"] == pytest.approx(-0.75)
    assert -1 <= table.loc[0, "low"] < -0.75 < table.loc[0, "high"] < 0
    assert np.isnan(table.loc[1, "low"])


def test_a_mean_that_the_errors_of_the_measure_could_turn_is_not_clear() -> None:
    assert actor_tones(toned(-0.3, -0.3, -0.3)).loc[0, "verdict"] == "not clear"
    assert float(errors().std()) == pytest.approx(0.62, abs=0.05)


def test_each_voice_has_a_row_of_its_own() -> None:
    table = actor_tones(pd.concat([toned(0.5, 0.7), toned(-0.7, voice="attributed", label="negative")]))
    assert table[["voice", "mentions", "negative", "score"]].to_numpy().tolist() == [
        ["author", 2, 0, pytest.approx(0.6)],
        ["attributed", 1, 1, -0.7],
    ]


def test_the_same_seed_gives_the_same_interval() -> None:
    scores = toned(-0.8, 0.2, 0.7, 0.1)
    assert actor_tones(scores, seed=3).equals(actor_tones(scores, seed=3))
    assert not actor_tones(scores, seed=3).equals(actor_tones(scores, seed=4))


def test_an_interval_does_not_depend_on_what_else_is_in_the_table() -> None:
    alone = actor_tones(toned(-0.8, 0.2, 0.7))
    both = actor_tones(pd.concat([toned(0.1, 0.2, 0.3, actor="Aa"), toned(-0.8, 0.2, 0.7)]))
    assert both[both["actor"] == "Ada Dell"].reset_index(drop=True).equals(alone)


def test_nobody_gives_a_typed_empty_table() -> None:
    table = actor_tones(toned().assign(article=pd.Series(dtype="str")))
    assert list(table.columns) == list(COLUMNS)
    assert table["mentions"].dtype == "int64"
