"""A corpus against the usual stack, by workers, by size, on Dask, and under kills: the figures of the methods page.

`python tests/bench/bench_corpus.py [PART ...] [--small N] [--large N] [--kills N]`; all parts without a name:

stack    articles a second in one process, all measures, beside NLTK's sentences, words and VADER, a dictionary and yake
workers  two processes against one
scale    peak memory and time an article of a large corpus against a small one
dask     a Dask cluster of two workers against two processes
kills    a worker killed every 20 seconds, the main process killed at random moments and resumed: are the bytes the same
corrupt  1 % broken records of ten kinds: are they told, and all others analysed

yake needs PRESSLENS_YAKE=/path/to/a/python that has it. Linux only. Prints figures and whether each meets its target.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bench_actors import PEER_ARTICLES, articles
from threadpoolctl import threadpool_limits

from presslens.corpus.analysing import Settings, outcome, warm
from presslens.corpus.entries import Entry
from presslens.framing.codebook import load

COMMAND = Path(sys.executable).with_name("presslens")
HERE = Path(__file__).parent
BATCH = 500
ROUNDS = 9  # a machine that others use changes its speed from one second to the next
TURNS = 5  # the same, for what takes minutes
SETTINGS = Settings((load("policy_frames"), load("entman")))
FAILED: list[str] = []


def told(name: str, value: float, target: float, *, least: bool, unit: str = "x") -> None:
    """Print a figure beside its target."""
    met = value >= target if least else value <= target
    if not met:
        FAILED.append(name)
    print(
        f"{name}: {value:.2f} {unit} (at {'least' if least else 'most'} {target:g}): {'met' if met else 'MISSED'}",
        flush=True,
    )


def stack() -> None:
    """All measures in one process against the stack in a loop, on the same texts of 800 words.

    Both sides in turn, for what else runs on a machine slows either; the median of the rounds counts.
    """
    texts = articles(BATCH)
    entries = [Entry(id=f"a{i}", text=text, title=f"Story {i}") for i, text in enumerate(texts)]
    warm(SETTINGS)
    threadpool_limits(1)
    outcome(entries, SETTINGS)
    terms = [one.term for book in SETTINGS.codebooks for frame in book.coded_frames for one in frame.indicators]
    some = texts[:: len(texts) // PEER_ARTICLES]
    given = json.dumps({"texts": some, "terms": terms})
    python = os.environ.get("PRESSLENS_YAKE")
    factors = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        outcome(entries, SETTINGS)
        ours = (time.process_time() - begin) / len(texts)
        parts = _peer([sys.executable, str(HERE / "stack.py")], given)
        if python:
            parts |= _peer([python, str(HERE / "stack.py"), "yake"], given)
        begin = time.process_time()
        outcome(entries, SETTINGS)
        ours = (ours + (time.process_time() - begin) / len(texts)) / 2  # before and after the other side
        theirs = sum(parts.values()) / len(some)
        factors.append(theirs / ours)
        shown = ", ".join(f"{name} {1000 * value / len(some):.1f}" for name, value in parts.items())
        print(f"presslens {1000 * ours:.1f} ms an article, the stack {1000 * theirs:.1f} ms ({shown})", flush=True)
    if python:
        told("all measures against the stack", statistics.median(factors), 8, least=True)
    else:
        print("yake not compared: set PRESSLENS_YAKE to a Python that has it")


def _peer(command: list[str], given: str) -> dict[str, float]:
    done = subprocess.run(
        command, input=given, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": ""}
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def corpus(folder: Path, count: int) -> Path:
    """The demo corpus of that size."""
    path = folder / f"demo-{count}.jsonl"
    if not path.exists():
        subprocess.run([COMMAND, "demo-corpus", "--articles", str(count), "-o", path], check=True)
    return path


def command(source: Path, out: Path, *options: str) -> list[str]:
    """The command line of a run."""
    return [str(COMMAND), "corpus", str(source), "--out", str(out), *options]


def timed(source: Path, out: Path, *options: str) -> tuple[float, float]:
    """Seconds of a run, and the greatest memory of all its processes together at any moment, in MB."""
    begin = time.perf_counter()
    process = subprocess.Popen(command(source, out, *options), stderr=subprocess.DEVNULL)
    most = 0.0
    while process.poll() is None:
        most = max(most, _memory(process.pid))
        time.sleep(0.25)
    if process.returncode:
        sys.exit(f"{' '.join(process.args)} ended with {process.returncode}")  # type: ignore[arg-type]
    return time.perf_counter() - begin, most


def _family(pid: int) -> list[int]:
    found, parents = [pid], {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                parents[int(folder.name)] = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def _memory(pid: int) -> float:
    """Proportional set size of a process and all below it, in MB: what processes share is counted once."""
    total = 0
    for one in _family(pid):
        with suppress(OSError):
            for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
    return total / 1024


LOOP = "x = 0\nfor i in range(60_000_000): x += i & 3"


def processors() -> float:
    """How many times as much two loops that touch no memory do on this machine as one alone; above 2 it is chance."""
    seconds = []
    for count in (1, 2):
        begin = time.perf_counter()
        loops = [subprocess.Popen([sys.executable, "-c", LOOP]) for _ in range(count)]
        for loop in loops:
            loop.wait()
        seconds.append(time.perf_counter() - begin)
    return 2 * seconds[0] / seconds[1]


def workers(folder: Path, count: int) -> None:
    """Two processes against one, in turn: the median of the rounds counts. What the machine gives two loops stands beside it."""
    source = corpus(folder, count)
    factors, possible = [], []
    for number in range(TURNS):
        possible += [processors() for _ in range(TURNS)]
        one, _ = timed(source, folder / f"one-{number}", "--workers", "1")
        two, _ = timed(source, folder / f"two-{number}", "--workers", "2")
        factors.append(one / two)
        print(
            f"{count:,} articles: one process {one:.1f} s ({count / one:.0f} a second), two {two:.1f} s"
            f" ({count / two:.0f}): {one / two:.2f}x",
            flush=True,
        )
    told("two processes against one", statistics.median(factors), 1.8, least=True)
    print(
        f"two bare loops against one: {statistics.median(possible):.2f}x (from {min(possible):.2f} to {max(possible):.2f});"
        f" two processes reach {statistics.median(factors) / statistics.median(possible):.0%} of that"
    )
    same("one process and two", folder / "one-0", folder / "two-0")
    size = sum(path.stat().st_size for path in (folder / "two-0").rglob("*") if path.is_file())
    print(f"{source.stat().st_size / count:.0f} bytes an article in, {size / count:.0f} bytes out")


def scale(folder: Path, small: int, large: int) -> None:
    """A large corpus against a small one."""
    figures = []
    for count in (small, large):
        seconds, memory = timed(corpus(folder, count), folder / f"scale-{count}", "--workers", "2")
        print(
            f"{count:,} articles: {seconds:.1f} s, {1000 * seconds / count:.2f} ms an article, peak memory {memory:.0f} MB"
        )
        figures.append((seconds / count, memory))
        shutil.rmtree(folder / f"scale-{count}")
    told(f"peak memory for {large:,} articles against {small:,}", figures[1][1] / figures[0][1], 1.15, least=False)
    told(f"time an article for {large:,} articles against {small:,}", figures[1][0] / figures[0][0], 1.1, least=False)


@contextmanager
def cluster() -> Iterator[str]:
    """A Dask cluster of two workers of one thread on this machine, as processes of their own."""
    with tempfile.TemporaryDirectory() as name:
        info = Path(name) / "scheduler.json"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        dask = str(COMMAND.with_name("dask"))
        started = [
            subprocess.Popen(
                [dask, "scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(info)], **quiet
            ),
            subprocess.Popen(
                [dask, "worker", "--scheduler-file", str(info), "--nworkers", "2", "--nthreads", "1", "--no-dashboard"],
                **quiet,
            ),
        ]
        try:
            while not info.exists():
                time.sleep(0.1)
            time.sleep(5)
            yield json.loads(info.read_text())["address"]
        finally:
            for process in reversed(started):
                process.terminate()
                process.wait(30)


def dask(folder: Path, count: int) -> None:
    """Dask with two workers against two processes."""
    source = corpus(folder, count)
    pool, _ = timed(source, folder / "pool", "--workers", "2")
    with cluster() as address:
        warmed = corpus(folder, 200)
        timed(warmed, folder / "warmed", "--scheduler", address, "--batch", "20")  # enough for each worker to have some
        far, _ = timed(source, folder / "dask", "--scheduler", address)
    print(f"{count:,} articles: two processes {pool:.1f} s, Dask with two workers {far:.1f} s")
    told("Dask against the pool", far / pool, 1.15, least=False)
    same("the pool and Dask", folder / "pool", folder / "dask")


def digest(folder: Path) -> dict[str, str]:
    """The hash of every file of a data set."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def same(name: str, one: Path, other: Path) -> None:
    """Say whether two data sets are the same, byte for byte."""
    met = digest(one) == digest(other)
    if not met:
        FAILED.append(name)
    print(f"the bytes of {name} are the same: {'yes' if met else 'NO'} ({len(digest(one))} files)", flush=True)


def kills(folder: Path, count: int, times: int, every: float, slowest: float) -> None:
    """Workers and the main process killed."""
    source = corpus(folder, count)
    timed(source, folder / "calm", "--workers", "2", "--batch", "50")
    out, killed = folder / "killed", 0
    process = subprocess.Popen(command(source, out, "--workers", "2", "--batch", "50"), stderr=subprocess.DEVNULL)
    ended = threading.Event()

    def assassin() -> None:
        nonlocal killed
        while not ended.wait(every):
            busy = [pid for pid in _family(process.pid)[1:] if _is_worker(pid)]
            if busy:
                with suppress(OSError):
                    os.kill(random.choice(busy), signal.SIGKILL)  # noqa: S311
                    killed += 1

    thread = threading.Thread(target=assassin)
    thread.start()
    code = process.wait()
    ended.set()
    thread.join()
    print(f"{count:,} articles with a worker killed every {every:g} s: {killed} kills, exit code {code}")
    same("a run whose workers are killed and an undisturbed one", folder / "calm", out)

    draw, resumed, left = random.Random(1), folder / "resumed", 0  # noqa: S311
    for number in range(times):
        process = subprocess.Popen(
            command(source, resumed, "--workers", "2", "--batch", "50"), stderr=subprocess.DEVNULL
        )
        time.sleep(draw.uniform(1, slowest))
        below = _family(process.pid)[1:]
        process.send_signal(signal.SIGKILL)
        process.wait()
        end = time.monotonic() + 10
        while any(_runs(pid) for pid in below) and time.monotonic() < end:
            time.sleep(0.05)
        left += sum(_runs(pid) for pid in below)
        done = len(list((resumed / "batches").glob("*.json"))) if resumed.exists() else 0
        print(f"  kill {number + 1}: {done} batches complete", flush=True)
    timed(source, resumed, "--workers", "2", "--batch", "50")
    told(f"processes left after {times} kills of the main process", left, 0, least=False, unit="processes")
    same(f"a run killed {times} times and an undisturbed one", folder / "calm", resumed)


def _is_worker(pid: int) -> bool:
    with suppress(OSError):
        line = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return b"forkserver" in Path(f"/proc/{pid}/cmdline").read_bytes() and _is_child_of_server(int(line[1]))
    return False


def _is_child_of_server(parent: int) -> bool:
    with suppress(OSError):
        return b"forkserver" in Path(f"/proc/{parent}/cmdline").read_bytes()
    return False


def _runs(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    return False


BROKEN: tuple[Callable[[dict[str, str]], str], ...] = (
    lambda record: json.dumps(record)[:-40],
    lambda _: "not json at all",
    lambda record: json.dumps([record["id"]]),
    lambda record: json.dumps({"id": record["id"], "title": record["title"]}),
    lambda record: json.dumps({**record, "text": [record["text"], "more"]}),
    lambda record: json.dumps({**record, "text": " \n \t "}),
    lambda record: json.dumps({**record, "text": "... --- ... 12345 ..."}),
    lambda record: json.dumps({**record, "text": None}),
    lambda record: json.dumps({**record, "text": "\0" * 300}),
    lambda _: "[" * 5000,
)


def corrupt(folder: Path, count: int) -> None:
    """One record in a hundred is broken, in ten ways in turn."""
    import pyarrow.parquet as pq

    source, mixed = corpus(folder, count), folder / "corrupt.jsonl"
    bad, good = 0, set()
    with source.open(encoding="utf-8") as lines, mixed.open("w", encoding="utf-8") as file:
        for number, line in enumerate(lines):
            record = json.loads(line)
            if number % 100 == 50:
                file.write(BROKEN[number // 100 % len(BROKEN)](record) + "\n")
                bad += 1
            else:
                file.write(line)
                good.add(record["id"])
    timed(mixed, folder / "mixed", "--workers", "2")
    errors = pq.read_table(folder / "mixed" / "errors.parquet")
    found = set(pq.read_table(folder / "mixed" / "articles", columns=["article"])["article"].to_pylist())
    print(f"{bad} broken records of {len(BROKEN)} kinds in {count:,}: {errors.num_rows} errors, {len(found)} articles")
    if errors.num_rows != bad or found != good:
        FAILED.append("corrupt records")
        kinds = sorted(set(errors["reason"].to_pylist()))
        print(
            "MISSED:",
            len(good - found),
            "good articles missing,",
            len(found - good),
            "broken ones analysed;",
            kinds[:12],
        )
    else:
        print("all broken records told, all others analysed: met")


def main() -> int:
    """Run the parts that are asked for; 1 where a target is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*")
    parser.add_argument("--small", type=int, default=20_000)
    parser.add_argument("--large", type=int, default=200_000)
    parser.add_argument("--count", type=int, default=20_000, help="articles of the other parts")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--every", type=float, default=20.0, help="seconds between kills of workers")
    parser.add_argument(
        "--slowest", type=float, default=8.0, help="seconds after which the main process is killed, at most"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts: dict[str, Callable[[], None]] = {
            "stack": stack,
            "workers": lambda: workers(folder, chosen.count),
            "scale": lambda: scale(folder, chosen.small, chosen.large),
            "dask": lambda: dask(folder, chosen.count),
            "kills": lambda: kills(folder, chosen.count, chosen.kills, chosen.every, chosen.slowest),
            "corrupt": lambda: corrupt(folder, chosen.count),
        }
        for part in chosen.parts or parts:
            print(f"-- {part}", flush=True)
            parts[part]()
            for left in folder.iterdir():
                if left.is_dir():
                    shutil.rmtree(left)
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
