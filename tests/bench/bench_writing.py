"""Faults at the writes, syncs and names of every writer: is the result the old one or the new one, whole, each time?

`python tests/bench/bench_writing.py [FAULTS] [SEED] [WRITER ...]` spreads that many faults (no space, an input or output
error, permission lost, half a write, killed) evenly over the changes that each writer makes; after each it looks at the
result, runs the writer again without a fault, and looks whether anything is left over. Linux with a C compiler.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.hostile.faults import KINDS, TORN, Plan, build, compiler  # noqa: E402

if TYPE_CHECKING:
    from presslens.corpus.analysing import Outcome
    from presslens.corpus.entries import Entry

TIMES = {"run.json", "ro-crate-metadata.json", "ro-crate-preview.html"}
ROWS = "unit,text,coder,frame_1,frame_2,frame_3,comment,codebook,codebook_hash\n"


class Writer(NamedTuple):
    """What is tried: how the old result is made, how the new one, and how often it is tried for one of the others."""

    old: Callable[[Path], object]
    new: Callable[[Path], object]
    weight: float = 1.0
    resumes: bool = False
    """What was done stands, and the next run goes on from there: only its end can be looked at."""


def _sheet(path: Path) -> None:
    rows = "".join(f"p0{n}s01,The tax on nurses rose in town {n}.,ann,,,,,policy_frames,\n" for n in range(1, 9))
    path.write_text(ROWS + rows, encoding="utf-8")


def _desk(path: Path, code: str) -> None:
    from presslens.framing.codebook import load
    from presslens.widgets.coding import Desk

    desk = Desk(path, load("policy_frames"))
    desk.at = len(code) - 1  # always the same unit, so that doing it twice is doing it once
    desk.type(code)


def _desk_csv(folder: Path, code: str) -> None:
    path = folder / "ann.csv"
    if not path.exists():
        _sheet(path)
    _desk(path, code)


def _desk_xlsx(folder: Path, code: str) -> None:
    path = folder / "ann.xlsx"
    if not path.exists():
        from presslens.framing.codebook import load
        from presslens.framing.sheets import write
        from presslens.widgets.coding import open_sheet

        _sheet(folder / "x.csv")
        write(open_sheet(folder / "x.csv", load("policy_frames")), path, load("policy_frames"))
        (folder / "x.csv").unlink()
    _desk(path, code)


def _table(suffix: str, size: int) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        import pandas as pd

        from presslens.reports import tables

        rows = pd.DataFrame({"id": range(size), "text": [f"The council said yes {n} times." for n in range(size)]})
        tables.write(rows, folder / f"t.{suffix}")

    return write


_CODER: list[object] = []


def _coder(seed: int) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        from dataclasses import replace

        coder: Any = _CODER[0]
        replace(coder, card={**coder.card, "seed": seed}).save(folder / "mine.coder")

    return write


def _train() -> None:
    import pandas as pd

    from presslens.framing import trained

    words = {"Economic": "the tax and the budget rise", "Health and Safety": "the nurses and the hospital cure"}
    rows = [(f"{n}", f"{text} in town {n}", frame) for n in range(12) for frame, text in words.items()]
    _CODER.append(trained.train(pd.DataFrame(rows, columns=["id", "text", "labels"]), folds=2))


def _command(*arguments: str) -> None:
    from presslens.cli import app

    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
        app(list(arguments))


def _agreement(folder: Path, draws: int) -> None:
    data = ROOT / "tests" / "data" / "coding"
    options = ("-o", str(folder / "a.csv"), "--disagreements", str(folder / "d.parquet"), "--draws", str(draws))
    _command("agreement", str(data / "ann.csv"), str(data / "ben.csv"), *options)


def _codebook(folder: Path) -> None:
    (folder / "mine.yaml").unlink(missing_ok=True)
    _command("codebook", "new", "mine", "-o", str(folder / "mine.yaml"))


def _diff(folder: Path, other: str) -> None:
    runs = folder.parent / "runs"
    _command("diff", str(runs / "a"), str(runs / other), "--html", str(folder / "d.html"))


def _report(folder: Path, title: str) -> None:
    """Everything of a report but the kernels: its notebooks are taken as they ran once."""
    from presslens.reports import running

    document = folder.parent / title / "story.txt"

    def executed(name: str, *, folder: Path, **_: object) -> object:
        ran = folder.parent.parent / "ran" / title
        shutil.copy2(ran / f"{name}.ipynb", folder)
        for file in [f"findings/{name}.json", *json.loads((ran / "findings" / f"{name}.json").read_text())["files"]]:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ran / file, folder / file)
        return running.Outcome(name, 1.0)

    running.execute = executed  # type: ignore[assignment]
    running.report(document, out=folder, only=["1"], force=[])


_ANALYST: list[Any] = []


class _Here:
    """A worker that is no process of its own: what it needs is loaded once, before the processes that meet faults."""

    def __init__(self) -> None:
        from presslens.corpus import analysing
        from presslens.framing.codebook import load

        self.settings = analysing.Settings(codebooks=(load("entman"),), draws=20, top=3)
        analysing.warm(self.settings)

    def analyse(self, entries: Sequence[Entry]) -> Outcome:
        from presslens.corpus import analysing

        return analysing.outcome(entries, self.settings)

    def close(self) -> None:
        """Nothing is to end."""


def _corpus(folder: Path, seed: int) -> None:
    """A corpus of four articles, of which one in two is new at the second run."""
    from presslens.corpus import demo, engine, running, sources

    lines = [json.dumps(row) for row in demo.articles(4, seed=1)]
    lines[::2] = [json.dumps(row) for row in demo.articles(4, seed=seed)][::2]
    source = folder.parent / "corpus.jsonl"
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    chosen = running.plan("corpus.jsonl", _ANALYST[0].settings, size=2, most_errors=0.1)
    engine.run(sources.entries(str(source)), folder / "set", chosen, _ANALYST)


def _ran(work: Path) -> None:
    """Run the notebook of the report once for each of two texts, in real kernels."""
    from presslens.reports import running

    for title in ("old", "new"):
        place = work / title
        place.mkdir()
        (place / "story.txt").write_text(f"A bridge {title} at last\n\nThe council said yes to {title} plans.\n")
        running.report(place / "story.txt", out=work / "runs" / title, only=["1"])
        shutil.copytree(work / "runs" / title / "story", work / "ran" / title)
    shutil.copytree(work / "ran" / "old", work / "runs" / "a")
    shutil.copytree(work / "ran" / "new", work / "runs" / "b")
    shutil.copytree(work / "ran" / "old", work / "runs" / "c")


WRITERS: dict[str, Writer] = {
    "report": Writer(lambda f: _report(f, "old"), lambda f: _report(f, "new"), 4),
    "coding desk, CSV": Writer(lambda f: _desk_csv(f, "1"), lambda f: _desk_csv(f, "2 3")),
    "coding desk, XLSX": Writer(lambda f: _desk_xlsx(f, "1"), lambda f: _desk_xlsx(f, "2 3")),
    "trained coder": Writer(_coder(1), _coder(2)),
    "table, CSV": Writer(_table("csv", 3000), _table("csv", 2000)),
    "table, JSONL": Writer(_table("jsonl", 3000), _table("jsonl", 2000)),
    "table, Parquet": Writer(_table("parquet", 3000), _table("parquet", 2000)),
    "agreement": Writer(lambda f: _agreement(f, 100), lambda f: _agreement(f, 200)),
    "new codebook": Writer(lambda _: None, _codebook, 0.5),
    "diff page": Writer(lambda f: _diff(f, "b"), lambda f: _diff(f, "c"), 0.5),
    "corpus": Writer(lambda f: _corpus(f, 1), lambda f: _corpus(f, 2), 2, resumes=True),
}


def digests(folder: Path) -> dict[str, str]:
    """Every file that one sees below a folder, by its hash; of those that hold times only that they are there."""
    found = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith(".") for part in parts):
            data = b"" if path.name in TIMES else path.read_bytes()
            found["/".join(parts)] = hashlib.sha256(data).hexdigest()
    return found


def _rests(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if p.name.startswith(".") and not p.name.endswith(".lock"))


def _in_child(act: Callable[[Path], object], folder: Path, words: Path) -> int:
    """Do it in a fork of this process; how that ended."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            handle = os.open(words, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(handle, 1)
            os.dup2(handle, 2)
            act(folder)
            code = 0
        except BaseException as error:  # noqa: BLE001 - how it ended is what is asked
            with contextlib.suppress(OSError):
                os.write(2, f"{type(error).__name__}: {error}".encode())
            code = getattr(error, "exit_code", 3)
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Trial:
    """One writer, its old and its new result, and a folder to try it in."""

    def __init__(self, name: str, work: Path, plan: Plan) -> None:
        self.name, self.plan, self.writer = name, plan, WRITERS[name]
        self.words = work / "words"
        self.before, self.folder = work / "before", work / "out"
        for folder in (self.before, self.folder):
            shutil.rmtree(folder, ignore_errors=True)
        self.folder.mkdir()
        assert _in_child(self.writer.old, self.folder, self.words) == 0, self.words.read_text()
        shutil.copytree(self.folder, self.before)
        self.old = digests(self.folder)
        plan.set(self.folder)
        assert _in_child(self.writer.new, self.folder, self.words) == 0, self.words.read_text()
        self.changes = plan.changes
        self.new = digests(self.folder)
        assert self.old != self.new

    def fault(self, at: int, kind: int, *, lasting: bool) -> str:
        """Try it with one fault; what is wrong afterwards, or nothing."""
        shutil.rmtree(self.folder)
        shutil.copytree(self.before, self.folder)
        self.plan.set(self.folder, at=at, kind=kind, lasting=lasting)
        code = _in_child(self.writer.new, self.folder, self.words)
        happened = self.plan.happened
        self.plan.off()
        told = self.words.read_text("utf-8", "replace")[:200]
        if not happened:
            return f"nothing happened ({code})"
        wrong = "" if self.writer.resumes and code else self._mixed()
        if wrong:
            return f"{wrong} (ended with {code}: {told})"
        if code in {1, 3} and "Traceback" in told:
            return f"a traceback: {told}"
        again = _in_child(self.writer.new, self.folder, self.words)
        if again or digests(self.folder) != self.new:
            return f"the next run ended with {again}: {self.words.read_text('utf-8', 'replace')[:300]}"
        return f"left over: {', '.join(_rests(self.folder))}" if _rests(self.folder) else ""

    def _mixed(self) -> str:
        """Whether each result (a report's folder, a file) is the old or the new one; what it is if not."""
        now = digests(self.folder)
        groups = {name.split("/")[0] for name in (*self.old, *self.new, *now)}
        for group in sorted(groups):
            states = [
                {n: d for n, d in state.items() if n.split("/")[0] == group} for state in (now, self.old, self.new)
            ]
            if states[0] not in states[1:]:
                return f"{group} is neither the old nor the new"
        return ""


def main(faults: int, seed: int, names: list[str]) -> int:
    warnings.simplefilter("ignore")
    draw = random.Random(seed)  # noqa: S311 - places of faults, no secrets
    bad = total = 0
    with tempfile.TemporaryDirectory() as place:
        work, plan = Path(place).resolve(), Plan(Path(os.environ["PRESSLENS_FAULTS"]))
        if "trained coder" in names:
            _train()
        if {"report", "diff page"} & {*names}:
            _ran(work)
        if "corpus" in names:
            _ANALYST.append(_Here())
        os.environ["PRESSLENS_NO_FORK"] = "1"  # pages are made in the process that meets the faults
        share = faults / sum(WRITERS[name].weight for name in names)
        for name in names:
            trial = Trial(name, work, plan)
            wanted = max(len(KINDS), round(share * WRITERS[name].weight))
            found: list[str] = []
            for number in range(wanted):
                kind = list(KINDS)[number % len(KINDS)]
                at = 1 + (number * trial.changes // wanted + draw.randrange(3)) % trial.changes
                lasting = kind in {"no space", "half written, then no space"} and number % 2 == 0
                wrong = trial.fault(at, KINDS[kind], lasting=lasting)
                if wrong.startswith("nothing happened"):
                    continue
                total += 1
                if wrong:
                    found.append(f"  change {at} of {trial.changes}, {kind}: {wrong}")
            print(f"{name}: {wanted} faults over {trial.changes} changes, {len(found)} of them did harm", flush=True)
            print("\n".join(found[:10]), end="\n" if found else "", flush=True)
            bad += len(found)
    print(f"{total} faults, {bad} damaged or lost results or rests")
    return 1 if bad else 0


if __name__ == "__main__":
    assert TORN
    given = sys.argv[1:]
    numbers = [int(a) for a in given if a.isdigit()]
    chosen = [a for a in given if not a.isdigit()] or list(WRITERS)
    if "PRESSLENS_FAULTS" not in os.environ:
        if compiler() is None:
            print("skipped: the layer that makes faults needs Linux and a C compiler")
            sys.exit(0)
        layers = Path(tempfile.mkdtemp(prefix="presslens-faults-"))
        try:
            environment = Plan(layers / "plan").environment(build(layers))
            sys.exit(subprocess.run([sys.executable, *sys.argv], env=environment, check=False).returncode)
        finally:
            shutil.rmtree(layers, ignore_errors=True)
    sys.exit(main(*(numbers + [600, 1][len(numbers) :]), chosen))
