"""Fuzz every reader: `python tests/fuzz/run.py [--seconds N] [--executions N] [--only NAME ...] [--engine atheris]`.

Each target runs in a process of its own. What counts as a finding: any exception but the documented errors, more than ten
seconds for one input, more than 1 GB of memory. Each finding is printed once with its input (also written to --findings),
and the fuzzing goes on. Without atheris inputs are made by mutating the seeds: reproducible by --seed.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "lib"))
sys.path.insert(0, str(HERE))

SLOW = 10.0  # seconds
MEMORY = 1_000_000_000  # bytes
PATIENCE = 60  # seconds without one more execution
LONGEST = 20_000  # bytes of a made input
SMALL = 600  # bytes of one that others are made of: many small inputs find more than few large ones in the same time
PIECES = [
    b"\n\n", b"---\n", b"&a ", b"*a", b"<<: *a", b"!!int ''", b"!!bool x", b"!!binary x", b"2020-13-45", b"1e999", b"-.nan",
    b"</div>", b"<p>", b"<script>", b"<!--", b"]]>", b"<title>", b"&#x0;", b"&lt;", b"<table><tr><td>", b"<meta charset=utf-7>",
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xe2\x80\xae", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80", b"\xc2\x85",
    b"By Jane Doe", b"More from The Times", b"April 28, 2020", b"is a fellow at", b"U.S. ", b"Mr. ", b"No. 5", b'." she said',
    b"term,valence\n", b"id,text\n", b'{"id": 1, "text": "', b"\\ud800", b"unit,text,frame_1\n", b"name: ", b"frames:\n",
    b"weight: -1", b"actors:\n", b"- {name: ", b"seed: ", b"keep: [all]", b"window=3,5", b"=SUM(A1)", b"\x1b[31m", b"![a](b)",
    b"1" * 40, b"[" * 30, b"{" * 30, b"\"" * 9, b"a " * 50, b"A. " * 40, b"9" * 5000, b"{{ 7*7 }}", b"...", b"\xe2\x80\xa6",
]  # fmt: skip


class Slow(BaseException):
    """An input took too long."""


def last_input(report: Path) -> Path:
    """Where a process keeps the input that it is at."""
    return report.with_suffix(".input")


def seeds(name: str) -> list[bytes]:
    """The seed inputs of a target; those of its format serve as well."""
    folder = HERE / "seeds" / ("text" if name in {"decoding", "cleaning", "segmenting"} else name)
    own = [path.read_bytes() for path in sorted(folder.glob("*"))] if folder.is_dir() else []
    return own or [b'The minister met her in Seoul. "It is over," he said.\n\nNo. 5 is next.\n']


def mutated(draw: random.Random, pool: list[bytes]) -> bytes:
    """One to eight small changes to an input of the pool."""
    data = bytearray(draw.choice(pool))
    for _ in range(draw.choice((1, 1, 2, 3, 5, 8))):
        at = draw.randrange(len(data) + 1)
        kind = draw.randrange(9)
        if kind == 0 and data:
            data[at % len(data)] ^= 1 << draw.randrange(8)
        elif kind == 1:
            data[at:at] = bytes([draw.randrange(256)])
        elif kind == 2:
            data[at:at] = draw.choice(PIECES)
        elif kind == 3:
            del data[at : at + draw.choice((1, 2, 8, 64))]
        elif kind == 4:
            length = draw.choice((1, 4, 16, 64))
            data[at:at] = data[at : at + length] * draw.choice((1, 2, 20))
        elif kind == 5:
            other = draw.choice(pool)
            cut = draw.randrange(len(other) + 1)
            data[at:] = other[cut:]
        elif kind == 6:
            data[at : at + 4] = draw.randbytes(4)
        elif kind == 7:
            source = draw.randrange(len(data) + 1)
            data[at:at] = data[source : source + draw.choice((4, 16, 64))]
        else:
            data[at : at + 1] = draw.choice((b"0", b"\n", b" ", b'"', b",", b":", b"<", b"\xc3\xa9", b"\xe2\x80\x9d"))
        del data[LONGEST:]
    return bytes(data)


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class Watch:
    """Runs one target on inputs, counts, and keeps the first of each finding."""

    def __init__(self, name: str, findings: Path, report: Path | None = None) -> None:
        from targets import EXPECTED, TARGETS

        self.name, self.target, self.expected = name, TARGETS[name], EXPECTED
        self.findings = findings
        self.executions = 0
        self.read = 0
        self.seen: dict[str, str] = {}
        self.slowest = 0.0
        self.large = False
        self.report, self.told = report, -9.0
        self.input = os.open(last_input(report), os.O_RDWR | os.O_CREAT, 0o600) if report else -1
        signal.signal(signal.SIGPROF, self._stop)

    @staticmethod
    def _stop(*_: Any) -> None:
        raise Slow

    def __call__(self, data: bytes) -> None:
        """One execution. Input and counts are kept in files, for where the process does not come back from it."""
        self.executions += 1
        if self.report:
            os.pwrite(self.input, data, 0)
            os.ftruncate(self.input, len(data))
            if time.monotonic() - self.told > 2:
                self.told = time.monotonic()
                self.report.write_text(json.dumps(self.result()))
        began = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, SLOW)  # of work, so that a stopped or crowded machine is no finding
        try:
            self.target(data)
            self.read += 1
        except self.expected:
            pass
        except Slow:
            self._found("slow", data)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            self._found(_what(error), data, str(error))
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        self.slowest = max(self.slowest, time.process_time() - began)
        if not self.large and resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 > MEMORY:
            self.large = True
            self._found("memory", data)

    def _found(self, what: str, data: bytes, message: str = "") -> None:
        if what in self.seen:
            return
        digest = hashlib.sha256(data).hexdigest()[:12]
        self.seen[what] = digest
        self.findings.mkdir(parents=True, exist_ok=True)
        (self.findings / f"{self.name}-{digest}").write_bytes(data)
        print(f"FINDING {self.name} {digest}: {what} {message[:120]!r}", file=sys.stderr, flush=True)

    def result(self) -> dict[str, Any]:
        """What came of it."""
        return {
            "target": self.name,
            "executions": self.executions,
            "read": self.read,
            "findings": self.seen,
            "slowest": round(self.slowest, 2),
            "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }


def _what(error: Exception) -> str:
    """The kind of an error and where it rose, so that one fault is reported once."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if "presslens" in f.filename or "fuzz" in f.filename] or list(frames)
    places = ", ".join(f"{Path(f.filename).name}:{f.lineno}" for f in own[-2:])
    return f"{type(error).__name__} at {places}"


def fuzz(
    name: str, *, seconds: float, executions: int, seed: int, findings: Path, report: Path | None = None
) -> dict[str, Any]:
    """Run one target on mutated seeds until the time or the number is reached."""
    draw = random.Random(f"{seed} {name}")  # noqa: S311 - a test's inputs, no secrets
    watch, pool = Watch(name, findings, report), seeds(name)
    for data in pool:
        watch(data)
    gc.freeze()  # what is imported by now stays
    gc.set_threshold(20_000, 20, 20)  # an input makes more objects than the default takes for much
    end = time.monotonic() + seconds
    fixed, longest = len(pool), max(map(len, pool))
    words = name != "decoding" and all(_is_text(data) for data in pool)
    while time.monotonic() < end and (not executions or watch.executions < executions):
        data = mutated(draw, pool)
        if words and draw.random() < 0.94:  # to guess an encoding takes longer than to read, and hides what is read
            data = data.decode("utf-8", "ignore").encode()
        before = watch.read
        watch(data)
        read = watch.read > before and len(data) <= max(SMALL, longest)
        if read and draw.random() < 0.02:  # what could be read is a good start for more
            pool.append(data) if len(pool) < fixed + 200 else pool.__setitem__(draw.randrange(fixed, len(pool)), data)
    return watch.result()


def fuzz_by_coverage(name: str, *, seconds: float, seed: int, findings: Path, report: Path) -> None:
    """As `fuzz`, inputs by libFuzzer, guided by coverage; the process ends with the fuzzing, so the result goes to a file."""
    import atheris

    with atheris.instrument_imports(include=["presslens", "yaml", "markdown_it", "csv", "json"]):
        from targets import EXPECTED, TARGETS

        for data in seeds(name):  # readers import what they need when they run
            with contextlib.suppress(*EXPECTED):
                TARGETS[name](data)
    corpus = findings.parent / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(name)):
        (corpus / f"seed{number}").write_bytes(data)
    watch = Watch(name, findings, report)
    options = [f"-max_total_time={int(seconds)}", f"-max_len={LONGEST}", "-timeout=30", f"-seed={seed + 1}", "-verbosity=0",
               "-rss_limit_mb=3000", str(corpus)]  # fmt: skip
    atheris.Setup(["fuzz", *options], watch)
    atheris.Fuzz()


def main() -> int:
    """Fuzz, print a line a target, and say by the exit code whether anything was found."""
    from targets import TARGETS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="in all, shared by the targets")
    parser.add_argument("--executions", type=int, default=0, help="the most for each target")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--engine", choices=("mutation", "atheris"), default="mutation")
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"))
    parser.add_argument("--child", default="", help=argparse.SUPPRESS)
    parser.add_argument("--report", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        from presslens.limits import kept_limits

        warnings.simplefilter("ignore")
        how: dict[str, Any] = {"seconds": given.seconds, "seed": given.seed, "findings": given.findings}
        with kept_limits():  # looked up once for all inputs
            if given.engine == "atheris":
                fuzz_by_coverage(given.child, **how, report=given.report)
            else:
                found = fuzz(given.child, **how, executions=given.executions, report=given.report)
                given.report.write_text(json.dumps(found))
        return 0
    names = given.only or list(TARGETS)
    bad = 0
    for name in names:
        bad += _child(name, given, given.seconds / len(names))
    return 1 if bad else 0


def _child(name: str, given: argparse.Namespace, seconds: float) -> int:
    """Run one target in a process of its own; how many findings it had."""
    report = Path(tempfile.gettempdir()) / f"presslens-fuzz-{os.getpid()}-{name}.json"
    command = [
        sys.executable,
        __file__,
        "--child",
        name,
        "--report",
        str(report),
        "--seconds",
        str(seconds),
        "--seed",
        str(given.seed),
    ]
    command += ["--executions", str(given.executions), "--engine", given.engine, "--findings", str(given.findings)]
    mark = f"presslens-fuzz-{os.getpid()}-"
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, "PRESSLENS_FUZZ": mark})
    still, told = 0, b""
    while child.poll() is None and still < PATIENCE:  # seconds are counted, not read off: both may be stopped meanwhile
        time.sleep(1)
        now = report.read_bytes() if report.is_file() else b""
        still, told = (0, now) if now != told else (still + 1, told)
    ended = f"the process ended with {child.returncode}" if child.returncode else ""
    if child.poll() is None:
        child.kill()
        ended = "an input hangs where no alarm reaches"
    child.wait()
    try:
        found = json.loads(report.read_text())
    except (OSError, ValueError):
        found = {"executions": 0, "read": 0, "findings": {}, "slowest": 0, "memory_mb": 0}
    if ended and last_input(report).is_file():
        data = last_input(report).read_bytes()
        digest = hashlib.sha256(data).hexdigest()[:12]
        given.findings.mkdir(parents=True, exist_ok=True)
        (given.findings / f"{name}-{digest}").write_bytes(data)
        ended = f"{ended} (at {digest})"
    report.unlink(missing_ok=True)
    last_input(report).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        for left in Path("/dev/shm").glob(f"{mark}*"):  # noqa: S108
            shutil.rmtree(left, ignore_errors=True)
    line = (
        f"{name:<15} {found['executions']:>9,} executions, {found['read']:>9,} read, slowest {found['slowest']:.2f} s, "
    )
    print(f"{line}{found['memory_mb']} MB, {len(found['findings'])} findings {ended}", flush=True)
    for what, digest in found["findings"].items():
        print(f"  {digest}: {what}", flush=True)
    return len(found["findings"]) + bool(ended)


if __name__ == "__main__":
    sys.exit(main())
