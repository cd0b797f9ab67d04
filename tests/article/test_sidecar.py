import datetime as dt
from pathlib import Path

import pytest

from presslens.article.sidecar import Sidecar, read_sidecar, sidecar_path
from presslens.errors import BadInput


def sidecar(folder: Path, text: str | bytes) -> Sidecar:
    (folder / "story.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_sidecar(folder / "story.txt")


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    assert read_sidecar(tmp_path / "story.txt") == Sidecar()
    assert sidecar_path(tmp_path / "story.txt") == tmp_path / "story.yaml"


@pytest.mark.parametrize("text", ["# nothing yet\n", "{}", "title:\n"])
def test_a_file_that_states_nothing_is_fine(tmp_path: Path, text: str) -> None:
    assert sidecar(tmp_path, text) == Sidecar()


def test_every_field_is_read(tmp_path: Path) -> None:
    text = (
        "title: 1984\ndek: Why?\nauthor: [Jane Doe, John Roe]\noutlet: The Courier\ndate: 2020-04-28 11:04:00\n"
        "url: https://a.example/x\nlanguage: en-GB\n"
    )
    assert sidecar(tmp_path, text) == Sidecar(
        title="1984",
        dek="Why?",
        author="Jane Doe, John Roe",
        outlet="The Courier",
        date=dt.date(2020, 4, 28),
        url="https://a.example/x",
        language="en",
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("outlet: [", r"story\.yaml, line 1: it is not valid YAML"),
        ("a: b: c", "not valid YAML"),
        ("date: 2020-13-45", "not valid YAML|date"),
        ("[" * 5000, "not valid YAML"),
        ("!!python/object/apply:os.system [echo]", "not valid YAML"),
        ("- a\n- b", "Known fields: title, dek, author"),
        ("autor: Jane", "autor: .* Known fields: title, dek, author"),
        ("date: yesterday", "date: "),
        ("url: ftp://x", "url: "),
        ("language: English", "language: "),
        (b"\x89PNG\r\n", "binary data"),
        (b" ", "it is empty"),
    ],
)
def test_a_broken_or_wrong_file_is_refused_with_its_place(tmp_path: Path, text: str | bytes, reason: str) -> None:
    with pytest.raises(BadInput, match=reason) as caught:
        sidecar(tmp_path, text)
    assert "Traceback" not in str(caught.value)


def test_one_record_fills_another() -> None:
    known = Sidecar(title="A", outlet="B").filled_by(Sidecar(title="C", language="en"))
    assert known == Sidecar(title="C", outlet="B", language="en")
