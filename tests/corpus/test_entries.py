from dataclasses import FrozenInstanceError, fields

import pytest

from presslens.corpus.entries import METADATA, Entry


def test_what_is_unknown_of_an_entry_is_empty_and_never_none() -> None:
    entry = Entry("a", "Some words.")
    assert {getattr(entry, name) for name in METADATA} == {""}
    assert set(METADATA) < {field.name for field in fields(Entry)}


def test_an_entry_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Entry("a", "Some words.").text = "others"  # type: ignore[misc]
