import hashlib
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presslens.article.decoding import decode, load, tidy
from presslens.errors import BadInput

STORY = "The minister’s plan — “bold” — fell in Élysée talks. It cost €5 million, she said.\n\nNobody was surprised.\n"


NOISE = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(160))


def text_of(data: bytes, *, declared: str = "") -> str:
    return decode(data, name="story.txt", declared=declared).text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_a_story_reads_the_same_in_every_encoding(encoding: str) -> None:
    assert text_of(STORY.encode(encoding)) == STORY


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Café society met in Zürich, where a crêpe costs five francs.\n" * 3, "latin-1"),
        ("政府は月曜日に国境を再開すると発表した。専門家は慎重だ。\n" * 10, "shift_jis"),
        ("Правительство решило снова открыть границу для торговли.\n" * 10, "cp1251"),
        ("Правительство решило снова открыть границу для торговли.\n" * 10, "koi8-r"),
        ("The minister’s plan — “bold” — fell. The city’s own didn’t.\n" * 3, "mac_roman"),
    ],
)
def test_an_encoding_without_a_mark_is_told_from_the_text_and_noted(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), name="story.txt")
    assert decoded.text == text
    assert decoded.notes == (f"The encoding was guessed: {decoded.encoding}.",)


def test_the_encoding_that_a_page_states_is_used_unless_it_is_utf8_all_the_same() -> None:
    assert text_of("Łódź żyje".encode("cp1250"), declared="windows-1250") == "Łódź żyje"
    assert text_of("Łódź żyje".encode(), declared="windows-1250") == "Łódź żyje"
    assert text_of("One café.".encode("latin-1") * 9, declared="no-such-encoding") == "One café." * 9


def test_a_cut_or_damaged_utf8_file_keeps_its_accents_and_says_what_is_lost() -> None:
    decoded = decode(STORY.encode() + "é".encode()[:1], name="story.txt")
    assert decoded.text == STORY + "\ufffd"
    assert decoded.notes == ("Unreadable characters, shown as \ufffd: 1.",)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\x85", "\x0c"])
def test_line_ends_of_every_kind_become_plain(end: str) -> None:
    assert text_of(f"One.{end}Two.".encode()) == "One.\nTwo."


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "a PNG image"),
        (b"%PDF-1.7 and more", "a PDF document"),
        (b"PK\x03\x04" + bytes(60), "a zip archive or Office document"),
        (b"RIFF\x10\x00\x00\x00WEBP", "a media file"),
        (b"{\\rtf1\\ansi Hello}", "an RTF document"),
    ],
)
def test_a_renamed_binary_file_is_named_for_what_it_is(data: bytes, kind: str) -> None:
    with pytest.raises(BadInput, match=rf"^cannot read photo.txt: it holds binary data \({kind}\), not text"):
        decode(data, name="photo.txt")


@pytest.mark.parametrize("data", [NOISE, bytes(5000), bytes(range(256)) * 20])
def test_binary_data_of_no_known_kind_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput, match="binary data"):
        decode(data, name="x.txt")


@pytest.mark.parametrize(
    "start", ["RIFFRAFF gathers", "SQLite is a database", "BMW recalls cars", "MM and II", "GIF8 wins"]
)
def test_words_that_look_like_a_signature_are_words(start: str) -> None:
    assert text_of(start.encode()) == start


def test_a_few_nul_bytes_do_not_make_a_text_binary() -> None:
    assert text_of(b"The cat\x00 sat on the mat. The dog ran away.") == "The cat\x00 sat on the mat. The dog ran away."


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text_of(data)
    except BadInput as error:
        message = str(error)
    else:
        message = "cannot read story.txt: nothing"
    assert message.startswith("cannot read story.txt: ")


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Co"]), min_size=1))
def test_text_in_utf8_comes_back(text: str) -> None:
    assert text_of(b"\xef\xbb\xbf" + text.encode()) == re.sub("[\u2028\u2029]", "\n", text)


@pytest.mark.parametrize(
    ("rough", "clean", "lost"),
    [
        ("caf\u0065\u0301", "café", 0),
        ("soft\u00adhyphen and\u200b zero", "softhyphen and zero", 2),
        ("a\u00a0b\t c\u2003d", "a b c d", 0),
        ("The cat\x00 sat\x07", "The cat sat", 2),
        ("\ufb01nance o\ufb03ce", "finance office", 0),
        ("an inter-\nKorean of\nfice", "an inter-Korean of fice", 0),
        ("👨\u200d👩\u200d👧 ok\u200d", "👨\u200d👩\u200d👧 ok", 1),
        ("می\u200cخواهم", "می\u200cخواهم", 0),
    ],
)
def test_tidying_gives_one_form_and_counts_what_it_drops(rough: str, clean: str, lost: int) -> None:
    assert tidy(rough) == (clean, lost)


@settings(deadline=None)
@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    once, _ = tidy(text)
    assert tidy(once) == (once, 0)


def test_a_file_is_loaded_whole(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Hello.\n")
    assert load(tmp_path / "a.txt") == b"Hello.\n"


def test_what_is_no_file_with_text_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \n\t\r\n ")
    os.mkfifo(tmp_path / "pipe.txt")
    expected = {
        "none.txt": "there is no such file",
        "": "it is a folder",
        "empty.txt": "it is empty",
        "blank.txt": "it is empty",
        "pipe.txt": "it is not a regular file",
        f"{'x' * 300}.txt": "File name too long",
        "a\0b.txt": "embedded null byte",
    }
    for name, reason in expected.items():
        with pytest.raises(BadInput, match=reason):
            load(tmp_path / name)


def test_two_hundred_megabytes_are_refused_without_reading_them(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(BadInput, match=r"huge\.txt: it is larger than 20 MB\. Split it, or raise PRESSLENS_MAX_BYTES"):
        load(path)
