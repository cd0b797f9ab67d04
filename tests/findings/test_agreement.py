"""What is said of agreement: nothing, one person, two, and the machine beside them."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from presslens.figures import agreement as figures
from presslens.findings import agreement as findings
from presslens.framing import agreement, comparing, judging, learning
from presslens.framing.codebook import load

BOOK = load("generic_frames")
TEXTS = pd.DataFrame({"id": [f"u{n}" for n in range(6)], "text": ["They clash over the budget."] * 6})


def codes(**coders: str) -> pd.DataFrame:
    rows = [(name, f"u{n}", one) for name, said in coders.items() for n, one in enumerate(said.split(";"))]
    return pd.DataFrame(rows, columns=["coder", "unit", "labels"], dtype="str")


CASES = {
    "nobody": codes().head(0),
    "one": codes(a="Conflict;Conflict;Morality;Other;Other;Conflict"),
    "alike": codes(
        a="Conflict;Morality;Other;Conflict;Morality;Other", b="Conflict;Morality;Other;Conflict;Morality;Other"
    ),
    "apart": codes(
        a="Conflict;Morality;Other;Conflict;Morality;Other", b="Morality;Conflict;Other;Conflict;Other;Morality"
    ),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("machine", [False, True])
def test_whole_sentences_and_figures_of_every_case(name: str, machine: bool) -> None:
    people = CASES[name]
    every = pd.concat([people, comparing.machine_codes(TEXTS, BOOK)]) if machine else people
    frames = comparing.frames_in(people, BOOK)
    agreed = agreement.agreement(people, frames=frames, resamples=20)
    beside = comparing.beside(every, frames=frames, resamples=20)
    curve = learning.curve(pd.DataFrame({"id": [], "text": [], "labels": []}, dtype="str"), BOOK)
    said = [
        findings.overview(agreed, people),
        findings.doubts(agreed),
        findings.beside(beside),
        findings.confusions(judging.confusions(people)),
        findings.adjudication(agreement.disagreements(people, TEXTS), people["unit"].nunique()),
        findings.curve(curve, learning.expected(curve)),
        findings.upcoming(learning.next_units(TEXTS.assign(labels="").head(0), TEXTS, BOOK)),
        findings.method(BOOK, ["A remark."]),
    ]
    for sentence in said:
        assert re.match(r"[A-Z0-9“]", sentence), sentence
        assert sentence.endswith("."), sentence
        assert not re.search(r"nan|None|  ", sentence), sentence
    for figure in (figures.alphas(beside), figures.learning(curve, float("nan"))):
        assert str(figure.html()).count("<svg") == 2
        assert not re.search(r"nan|None", f"{figure.title} {figure.caption} {figure.alt}")
    assert len(findings.with_scores(beside, judging.scores(every))) == len(beside)
    assert list(findings.disputed(agreement.disagreements(people, TEXTS)).columns)[:2] == ["unit", "text"]


def test_frames_under_the_threshold_are_named_with_their_alpha() -> None:
    table = agreement.agreement(CASES["apart"], resamples=20)
    assert "Not to be relied on, at alpha under .667: " in findings.doubts(table)
    assert comparing.unreliable(table) >= {"Conflict", "Morality"}
    good = agreement.agreement(CASES["alike"], resamples=20)
    assert comparing.unreliable(good) == frozenset()
    assert "on every frame well enough" in findings.overview(good, CASES["alike"])


def test_a_frame_that_nobody_coded_has_no_agreement() -> None:
    table = comparing.beside(CASES["alike"], frames=["Conflict", "Human interest"], resamples=20).set_index("frame")
    assert table.loc["Conflict", "humans"] == 1
    assert pd.isna(table.loc["Human interest", "humans"])
    assert not table.loc["Human interest", "reliable"]


def test_the_machine_is_measured_with_each_person_on_the_units_they_share() -> None:
    every = pd.concat([CASES["apart"], CASES["alike"].query("coder == 'a'").assign(coder="machine")])
    table = comparing.beside(every, frames=["Conflict"], resamples=20).set_index("frame")
    # With a the machine agrees wholly, with b as a does.
    apart = (
        agreement.agreement(CASES["apart"], frames=["Conflict"], resamples=2)
        .set_index("frame")
        .loc["Conflict", "alpha"]
    )
    assert table.loc["Conflict", "machine"] == pytest.approx((1 + apart) / 2)


def test_a_curve_is_carried_on_as_it_bends() -> None:
    sizes = pd.Series([25, 100, 400])
    table = pd.DataFrame({"labels": sizes, "macro_f1": 0.9 - 2 / sizes**0.5, "macro_f1_coded": 0.5})
    assert learning.expected(table, more=500) == pytest.approx(0.9 - 2 / 30)
    assert "Another 100 codes would bring it to about 0.81" in findings.curve(table, learning.expected(table))
    falling = table.assign(macro_f1=[0.6, 0.5, 0.4])
    assert learning.expected(falling) == pytest.approx(0.4)
    assert "hardly bring more" in findings.curve(falling, 0.4)
