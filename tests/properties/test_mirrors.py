"""Turning a sentence round turns its measure round: negation, exchange of the one who does and the one it is done to."""

from __future__ import annotations

import pandas as pd
import pytest

from presslens.sentiment import scoring, targets

GOOD = ("good", "excellent", "helpful", "honest", "brilliant", "fair", "safe", "wonderful", "successful", "generous")
BAD = ("terrible", "dangerous", "corrupt", "cruel", "harmful", "unfair", "awful", "brutal", "reckless", "dishonest")
FRAMES = ("The plan is{} {}.", "The minister was{} {} in Oslo.", "Her report on the clinics is{} {}.")


def score(texts: list[str]) -> list[float]:
    table = pd.DataFrame({"id": range(len(texts)), "text": texts})
    return [float(value) for value in scoring.texts(table)["score"]]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(("words", "sign"), [(GOOD, 1), (BAD, -1)], ids=["good", "bad"])
def test_a_negation_moves_the_tone_to_the_other_side(frame: str, words: tuple[str, ...], sign: int) -> None:
    said = score([frame.format("", word) for word in words])
    negated = score([frame.format(" not", word) for word in words])
    assert all(sign * value > 0 for value in said)
    assert all(sign * (plain - turned) > 0 for plain, turned in zip(said, negated, strict=True))


@pytest.mark.parametrize("cue", ["hardly", "never", "no longer", "not at all"])
def test_other_negations_do_so_too(cue: str) -> None:
    for good, bad in zip(GOOD, BAD, strict=True):
        plain_good, turned_good = score([f"The plan was {good}.", f"The plan was {cue} {good}."])
        plain_bad, turned_bad = score([f"The plan was {bad}.", f"The plan was {cue} {bad}."])
        assert turned_good < plain_good, (cue, good)
        assert turned_bad > plain_bad, (cue, bad)


def test_the_names_of_two_people_exchanged_exchange_their_tone() -> None:
    texts = ["The court condemned Walsh but praised Doyle.", "The court condemned Doyle but praised Walsh."]
    rows = [
        {"id": n, "text": text, "mention": name, "start": text.index(name), "end": text.index(name) + len(name)}
        for n, text in enumerate(texts)
        for name in ("Walsh", "Doyle")
    ]
    score_of = targets.targets_table(pd.DataFrame(rows))["score"].tolist()
    assert score_of[0] < score_of[1]
    assert score_of[0] == pytest.approx(score_of[3], abs=0.02)
    assert score_of[1] == pytest.approx(score_of[2], abs=0.02)
