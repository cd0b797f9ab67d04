"""Every reader on its seeds, on mutations of them, and on whatever hypothesis thinks of; and the harness itself."""

from __future__ import annotations

import contextlib
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from presslens.corpus import sources
from presslens.corpus.entries import Entry, Fault
from presslens.errors import BadInput

HERE = Path(__file__).parent


def _module(name: str) -> ModuleType:
    """A module of this folder, as the script sees it."""
    if str(HERE) not in sys.path:
        sys.path.append(str(HERE))
    found = sys.modules.get(name)
    if found is None:
        spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        found = importlib.util.module_from_spec(spec)
        sys.modules[name] = found
        spec.loader.exec_module(found)
    return found


targets, run = _module("targets"), _module("run")
SYNTAX = st.sampled_from([piece.decode("utf-8", "replace") for piece in run.PIECES])
ANYTHING = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    st.lists(st.one_of(SYNTAX, st.text(max_size=12)), max_size=15).map(
        lambda parts: "".join(parts).encode("utf-8", "replace")
    ),
)


@pytest.mark.parametrize("name", targets.TARGETS)
def test_a_reader_takes_its_seeds_and_their_mutations_or_refuses_them(name: str, tmp_path: Path) -> None:
    found = run.fuzz(name, seconds=5, executions=40, seed=1, findings=tmp_path)
    assert found["findings"] == {}
    assert found["read"] > 0


SEEDS_OF_CORPORA = [
    path for name in ("lines", "exports", "web") for path in (targets.SEEDS / f"corpus_{name}").iterdir()
]


@pytest.mark.parametrize("seed", SEEDS_OF_CORPORA, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_seed_of_a_corpus_is_read_as_what_it_is(seed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A target whose seeds are refused, or taken for another kind of file, would look at nothing."""
    found: list[Entry] = []

    def entries(place: str) -> Iterator[Entry | Fault]:
        for one in own(place):
            found.extend([one] if isinstance(one, Entry) else [])
            yield one

    own = sources.entries
    monkeypatch.setattr(sources, "entries", entries)
    with contextlib.suppress(BadInput):
        targets.TARGETS[seed.parent.name](seed.read_bytes())
    assert any(one.outlet or one.date or one.url for one in found)


@pytest.mark.parametrize("name", targets.TARGETS)
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=ANYTHING)
def test_a_reader_takes_anything_or_refuses_it(name: str, data: bytes) -> None:
    with contextlib.suppress(*targets.EXPECTED):
        targets.TARGETS[name](data)


def test_the_harness_notices_an_error_and_slowness(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(data: bytes) -> None:
        if data == b"slow":
            while True:
                pass
        raise KeyError(data)

    monkeypatch.setitem(targets.TARGETS, "faulty", faulty)
    monkeypatch.setattr(run, "SLOW", 0.05)
    watch = run.Watch("faulty", tmp_path)
    for data in (b"one", b"two", b"slow"):
        watch(data)
    assert len(watch.seen) == 2  # one fault is told once
    assert sorted(kind.split()[0] for kind in watch.seen) == ["KeyError", "slow"]
    assert watch.executions == 3
