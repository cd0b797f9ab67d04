"""Codebooks as files."""

from pathlib import Path

import pandas as pd
import pytest

from presslens.errors import BadInput
from presslens.framing import codebook
from presslens.framing.coding import texts
from presslens.framing.schema import parse


@pytest.mark.parametrize("name", codebook.names())
def test_a_shipped_codebook_says_whence_it_comes_and_codes_its_own_examples(name: str) -> None:
    book = codebook.load(name)
    assert book.name == name
    assert book.source
    assert book.licence
    assert all(frame.definition and frame.examples for frame in book.coded_frames)
    problems = codebook.check(name)
    assert problems.empty, problems.to_string()


def test_policy_frames_are_the_fifteen_of_the_codebook() -> None:
    assert codebook.load("policy_frames").labels == (
        "Economic", "Capacity and Resources", "Morality", "Fairness and Equality",
        "Legality, Constitutionality, Jurisdiction", "Policy Prescription and Evaluation", "Crime and Punishment",
        "Security and Defense", "Health and Safety", "Quality of Life", "Cultural Identity", "Public Sentiment",
        "Political", "External Regulation and Reputation", "Other",
    )  # fmt: skip


SENSES = pd.read_csv(Path(__file__).parent / "senses.csv")


@pytest.mark.parametrize("name", sorted(set(SENSES["codebook"])))
def test_a_word_that_speaks_for_a_frame_is_told_from_the_same_word_in_another_sense(name: str) -> None:
    """`senses.csv`: sentences of our own, each with a word that is an indicator, in a sense that speaks or does not."""
    senses = SENSES[SENSES["codebook"] == name]
    units = pd.DataFrame({"id": senses.index.astype("str"), "text": senses["sentence"]})
    coded = texts(units, codebook.load(name)).query("coded")
    found = set(zip(coded["id"], coded["frame"], strict=True))
    speaks = [pair in found for pair in zip(units["id"], senses["frame"], strict=True)]
    assert set(senses["speaks"]) == {"yes", "no"}
    wrong = senses[(senses["speaks"] == "yes") != speaks]
    assert wrong.empty, wrong.to_string()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "needs `name:`"),
        ("name: [", "not valid YAML at line"),
        ("name: x\nname: y", "'name' stands twice"),
        ("name: x", "frames: missing"),
        ("name: x\nframes: []", "at least one frame"),
        ("name: x\nframes:\n- frame: A\n  indicator: [b]", "number 1 (A) > indicator: unknown key"),
        (
            "name: x\nframes:\n- frame: A\n  indicators: [{term: b, weight: heavy}]",
            "weight: Input should be a valid number",
        ),
        ("name: x\nframes:\n- {frame: A}\n- {frame: a}", "two frames have the name"),
        ("name: x\nframes:\n- {frame: A, indicators: ['… b']}", "one on each side of a gap"),
        ("name: x\nframes:\n- {frame: A}\n- {frame: Other, indicators: [b]}", "residual frame"),
        ("name: x\nframes:\n- {frame: A, indicators: [{term: b, weight: 0}]}", "weight of 0"),
        ("name: !!python/object:os.system x", "not valid YAML"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(BadInput, match=r"mine\.yaml") as error:
        codebook.load(path)
    assert says in str(error.value)


def test_an_unknown_name_a_folder_and_binary_are_refused(tmp_path: Path) -> None:
    binary = tmp_path / "b.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    for given in ("no_such", tmp_path, binary):
        with pytest.raises(BadInput):
            codebook.load(given)


def test_the_hash_knows_content_from_layout() -> None:
    short = parse("name: x\nframes: [{frame: A, indicators: [b]}]", origin="x")
    long = parse("# note\nname: x\nframes:\n  - frame: A\n    indicators:\n      - {term: b, weight: 1}\n", origin="x")
    other = parse("name: x\nframes: [{frame: A, indicators: [c]}]", origin="x")
    assert short.hash == long.hash != other.hash


def test_the_template_is_a_codebook_without_problems(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    path.write_text(codebook.template("new"), encoding="utf-8")
    assert codebook.load(path).name == "new"
    assert codebook.check(path).empty


def test_terms_may_share_a_weight() -> None:
    book = parse("name: x\nframes: [{frame: A, indicators: [{weight: 2, terms: [b, 9]}]}]", origin="x")
    assert [(one.term, one.weight) for one in book.frames[0].indicators] == [("b", 2), ("9", 2)]


def test_check_finds_overlaps_gaps_and_silent_indicators(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "name: x\nframes: [{frame: A, indicators: [tax, duty, tax], examples: [None.]}, {frame: B, indicators: [tax]}]"
    )
    problems = codebook.check(path, pd.DataFrame({"id": ["1", "2", "3"], "text": ["tax", "tax", "Tax!"]}))
    said = set(zip(problems["frame"], problems["term"], problems["problem"], strict=True))
    assert ("A", "tax", "it alone codes B too") in said
    assert ("A", "tax", "it stands 2 times in this frame") in said
    assert ("A", "duty", "it never fires on this corpus") in said
    assert ("A", "tax", "it fires in 3 of 3 texts") in said
    assert ("A", "", "its example is not coded with it: None.") in said
    assert ("B", "", "it has no `definition`") in said


def test_check_reports_every_fault_of_an_unusable_codebook(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("name: x\nframes: [{frame: A, colour: red, indicators: [{term: b, wait: 2}]}]")
    problems = codebook.check(path)
    assert problems["level"].eq("error").all()
    assert problems["problem"].str.contains("unknown key").sum() == 2


def test_a_codebook_shows_itself_with_its_frames_and_definitions() -> None:
    book = parse(
        "name: town\ntitle: A <b>town</b>\nframes: [{frame: Money, definition: It <i>costs</i>, indicators: [pay]}]",
        origin="x",
    )
    assert repr(book) == f"Codebook('town', version '1', hash {book.hash!r}; Money)"
    page = book._repr_html_()
    assert "<td>It &lt;i&gt;costs&lt;/i&gt;</td><td>1</td>" in page
    assert "<b>" not in page
