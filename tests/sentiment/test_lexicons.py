"""Lexicons: loading, a user's overlay, and the lint."""

from pathlib import Path

import pytest

from presslens.errors import BadInput
from presslens.sentiment import lexicons


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_every_lexicon_calls_good_good_and_terrible_bad_on_one_scale() -> None:
    for name in lexicons.NAMES:
        table = lexicons.load(name)
        assert table["good"] > 0 > table["terrible"]
        assert all(-1.05 <= valence <= 1.05 for valence in table.values())


def test_vader_valences_are_quarters_of_the_published_ones() -> None:
    assert lexicons.load("vader")["good"] == pytest.approx(1.9 / 4)


def test_an_overlay_in_csv_and_in_both_forms_of_yaml_reads_the_same(tmp_path: Path) -> None:
    expected = {"positive test": 0.0, "landmark": 2.5}
    files = [
        write(tmp_path, "a.csv", "term,valence\npositive test,0\nlandmark,2.5\n"),
        write(tmp_path, "b.yaml", "positive test: 0\nlandmark: 2.5\n"),
        write(tmp_path, "c.yml", "- {term: positive test, valence: 0}\n- {term: landmark, valence: 2.5}\n"),
    ]
    assert [lexicons.overlay(file) for file in files] == [expected] * 3


def test_a_good_lexicon_has_no_problems(tmp_path: Path) -> None:
    found = lexicons.check(write(tmp_path, "good.csv", "term,valence\nbrave,2\n"))
    assert found.empty
    assert list(found.columns) == ["line", "term", "severity", "problem"]


@pytest.mark.parametrize(
    ("rows", "line", "severity", "problem"),
    [
        ("brave,2\nbrave,2\n", 3, "warning", "already in line 2"),
        ("brave,2\nbrave,-1\n", 3, "error", "-1 here but 2 in line 2"),
        ("brave,9\n", 2, "error", "the valence 9 is not between -4 and 4"),
        ("brave,nan\n", 2, "error", "the valence nan is not between -4 and 4"),
        ("brave,much\n", 2, "error", "the valence 'much' is not a number"),
        ("brave,\n", 2, "error", "the valence '' is not a number"),
        (",2\n", 2, "error", "no term"),
        ("test,0\n", 2, "warning", "the valence is 0: the term will carry no feeling"),
        ("Brave,2\n", 2, "warning", "'Brave' is read as 'brave'"),
    ],
)
def test_each_fault_is_named_with_its_line(tmp_path: Path, rows: str, line: int, severity: str, problem: str) -> None:
    found = lexicons.check(write(tmp_path, "faulty.csv", "term,valence\n" + rows))
    assert found[["line", "severity", "problem"]].to_numpy().tolist() == [[line, severity, problem]]


def test_a_missing_column_and_broken_yaml_are_problems_not_crashes(tmp_path: Path) -> None:
    assert lexicons.check(write(tmp_path, "a.csv", "word,score\nbrave,2\n"))["problem"].tolist() == [
        "no column term or valence"
    ]
    assert lexicons.check(write(tmp_path, "b.yaml", "brave: [2\n"))["severity"].tolist() == ["error"]
    assert lexicons.check(write(tmp_path, "c.yaml", "brave\n"))["severity"].tolist() == ["error"]
    assert lexicons.check(write(tmp_path, "d.yaml", "")).empty


def test_a_faulty_overlay_is_refused_with_file_and_line(tmp_path: Path) -> None:
    path = write(tmp_path, "faulty.csv", "term,valence\ngood,2\nbrave,9\n")
    with pytest.raises(BadInput, match=r"faulty\.csv: line 3: the valence 9 is not between -4 and 4"):
        lexicons.overlay(path)


@pytest.mark.parametrize("name", ["absent.csv", "."])
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="cannot read the lexicon"):
        lexicons.overlay(tmp_path / name)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "binary.csv"
    path.write_bytes(b"\xff\xfe\x00\x80")
    with pytest.raises(BadInput, match="not UTF-8"):
        lexicons.check(path)
