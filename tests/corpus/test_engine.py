import json
import os
import signal
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from presslens.corpus import engine
from presslens.corpus.analysing import Outcome, Settings, outcome
from presslens.corpus.engine import Plan, TooManyErrors, run
from presslens.corpus.entries import Entry, Fault
from presslens.corpus.processes import Crashed, Process
from presslens.corpus.server import context
from presslens.errors import BadInput

Make = Callable[[int], list[Entry]]


class Here:
    """A worker in this process that counts, and can lose its process on some articles or now and then."""

    def __init__(self, settings: Settings, *, poison: Iterable[str] = (), lost: Iterable[int] = ()) -> None:
        self.settings, self.poison, self.lost = settings, set(poison), set(lost)
        self.calls, self.seen = 0, list[str]()

    def analyse(self, entries: Sequence[Entry]) -> Outcome:
        self.calls += 1
        if self.calls in self.lost or self.poison & {entry.id for entry in entries}:
            raise Crashed("the process that analysed it was ended by the signal SIGKILL")
        self.seen += [entry.id for entry in entries]
        return outcome(entries, self.settings)

    def close(self) -> None:
        pass


@pytest.fixture
def plan(settings: Settings) -> Plan:
    return Plan(settings, "key", {"inputs": ["c"]}, size=4, most_errors=0.5)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_bytes_do_not_hang_on_who_did_the_work(make: Make, plan: Plan, tmp_path: Path) -> None:
    items = make(10)
    run(items, tmp_path / "one", plan, [Here(plan.settings)])
    run(items, tmp_path / "three", plan, [Here(plan.settings) for _ in range(3)])
    assert contents(tmp_path / "one") == contents(tmp_path / "three")
    table = pq.read_table(tmp_path / "one" / "articles")
    assert sorted(table["article"].to_pylist()) == sorted(item.id for item in items)


def test_a_second_run_does_nothing_again(make: Make, plan: Plan, tmp_path: Path) -> None:
    first, second = Here(plan.settings), Here(plan.settings)
    manifest = run(make(10), tmp_path, plan, [first])
    before = contents(tmp_path)
    assert run(make(10), tmp_path, plan, [second]) == manifest
    assert (first.calls, second.calls) == (3, 0)
    assert contents(tmp_path) == before


def test_only_new_and_changed_articles_are_analysed_again(make: Make, plan: Plan, tmp_path: Path) -> None:
    items = make(10)
    run(items, tmp_path / "grown", plan, [Here(plan.settings)])
    changed = [Entry(id="new", text="A new story came first.", source="c, line 0")]
    changed += [replace(item, source=f"c, line {i + 1}") for i, item in enumerate(items)]
    changed[6] = replace(changed[6], text="This one was written again.")
    del changed[8]
    worker = Here(plan.settings)
    run(changed, tmp_path / "grown", plan, [worker])
    assert sorted(worker.seen) == sorted(["new", changed[6].id])
    run(changed, tmp_path / "fresh", plan, [Here(plan.settings)])
    assert contents(tmp_path / "grown") == contents(tmp_path / "fresh")


def test_another_key_analyses_everything_again(make: Make, plan: Plan, tmp_path: Path) -> None:
    run(make(6), tmp_path, plan, [Here(plan.settings)])
    worker = Here(plan.settings)
    run(make(6), tmp_path, replace(plan, key="other"), [worker])
    assert len(worker.seen) == 6


def test_a_stopped_run_goes_on_and_ends_with_the_same_bytes(make: Make, plan: Plan, tmp_path: Path) -> None:
    items = make(14)

    def stopped() -> Iterable[Entry]:
        yield from items[:9]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(stopped(), tmp_path / "stopped", plan, [Here(plan.settings)])
    run(items, tmp_path / "stopped", plan, [Here(plan.settings)])
    run(items, tmp_path / "whole", plan, [Here(plan.settings)])
    assert contents(tmp_path / "stopped") == contents(tmp_path / "whole")


def test_a_part_that_was_damaged_is_made_again(make: Make, plan: Plan, tmp_path: Path) -> None:
    run(make(6), tmp_path, plan, [Here(plan.settings)])
    before = contents(tmp_path)
    next((tmp_path / "frames").iterdir()).write_bytes(b"cut")
    run(make(6), tmp_path, plan, [Here(plan.settings)])
    assert contents(tmp_path) == before


def test_a_process_lost_now_and_then_changes_nothing(make: Make, plan: Plan, tmp_path: Path) -> None:
    run(make(10), tmp_path / "calm", plan, [Here(plan.settings)])
    run(make(10), tmp_path / "rough", plan, [Here(plan.settings, lost=(1, 3, 4, 6))])
    assert contents(tmp_path / "calm") == contents(tmp_path / "rough")


def test_an_article_that_kills_its_process_is_found_and_told(make: Make, plan: Plan, tmp_path: Path) -> None:
    run(make(10), tmp_path, plan, [Here(plan.settings, poison={"a5"})])
    errors = pq.read_table(tmp_path / "errors.parquet").to_pylist()
    assert [(row["id"], row["source"]) for row in errors] == [("a5", "c, line 5")]
    assert "SIGKILL" in errors[0]["reason"]
    assert pq.read_table(tmp_path / "articles").num_rows == 9


def test_errors_of_reading_and_analysing_stand_in_the_order_of_the_corpus(
    make: Make, plan: Plan, tmp_path: Path
) -> None:
    items = make(6)
    mixed = [
        items[0],
        Fault("b", "c, line b", "not JSON"),
        Entry(id="e", text=""),
        *items[1:],
        Fault("z", "c, line z", "cut off"),
    ]
    manifest = run(mixed, tmp_path, plan, [Here(plan.settings)])
    errors = pq.read_table(tmp_path / "errors.parquet").to_pylist()
    assert [row["id"] for row in errors] == ["b", "e", "z"]
    assert manifest["counts"] == {"records": 9, "articles": 6, "errors": 3}


def test_too_many_errors_stop_with_exit_code_1(make: Make, plan: Plan, tmp_path: Path) -> None:
    broken = [Fault(str(i), f"c, line {i}", "broken") for i in range(7)]
    with pytest.raises(TooManyErrors, match="7 of 10 records") as raised:
        run([*make(3), *broken], tmp_path, plan, [Here(plan.settings)])
    assert raised.value.exit_code == 1
    assert pq.read_table(tmp_path / "errors.parquet").num_rows == 7


def test_two_runs_do_not_write_to_one_folder(make: Make, plan: Plan, tmp_path: Path) -> None:
    def meanwhile() -> Iterable[Entry]:
        with pytest.raises(BadInput, match="another run"):
            run(make(2), tmp_path, plan, [Here(plan.settings)])
        yield from make(2)

    run(meanwhile(), tmp_path, plan, [Here(plan.settings)])


def test_few_batches_are_read_ahead(make: Make, plan: Plan, tmp_path: Path) -> None:
    worker, ahead = Here(plan.settings), []

    def watched() -> Iterable[Entry]:
        for number, entry in enumerate(make(60)):
            ahead.append(number - len(worker.seen))
            yield entry

    run(watched(), tmp_path, plan, [worker])
    assert max(ahead) <= 4 * plan.size


def test_a_full_disk_is_told_and_ends_the_run(
    make: Make, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(engine.storing.saving, "save", full)
    with pytest.raises(BadInput, match="No space left"):
        run(make(10), tmp_path, plan, [Here(plan.settings)])


def test_a_process_killed_between_batches_and_in_one_is_replaced(
    make: Make, settings: Settings, tmp_path: Path
) -> None:
    expected = outcome(make(3), settings)
    worker = Process(settings, context())
    try:
        assert worker.analyse(make(3)) == expected
        os.kill(worker.pid, signal.SIGKILL)
        with pytest.raises(Crashed, match="SIGKILL"):
            worker.analyse(make(3))
        assert worker.analyse(make(3)) == expected
    finally:
        worker.close()
    with pytest.raises(Crashed, match="stopped"):
        worker.analyse(make(3))


def test_the_manifest_tells_what_was_done(make: Make, plan: Plan, tmp_path: Path) -> None:
    run(make(6), tmp_path, plan, [Here(plan.settings)])
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["key"] == "key"
    assert [one[1:] for one in manifest["batches"]] == [[4, 0], [2, 0]]
    assert all((tmp_path / "sentences" / f"{name}.parquet").is_file() for name, *_ in manifest["batches"])


def test_copies_are_marked_and_kept(make: Make, plan: Plan, tmp_path: Path) -> None:
    items = [*make(6), *(replace(item, id=f"copy-{item.id}", title="Another headline") for item in make(1))]
    run(items, tmp_path, plan, [Here(plan.settings)])
    marked = pq.read_table(tmp_path / "duplicates.parquet").to_pylist()
    assert {"article": "copy-a0", "copy_of": "a0", "similarity": 1.0} in marked
    assert pq.read_table(tmp_path / "articles").num_rows == 7
