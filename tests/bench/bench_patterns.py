"""How the time of every regular expression grows on strings that are made to slow it down.

    python tests/bench/bench_patterns.py [PLACE ...]

For each pattern and the method that it is used with, strings of 1 kB to 1 MB from its own parse (`tests/hostile/patterns.py`);
the measure is the time for a string ten times longer over the time for the shorter one, the best of three. What is above
the limit is measured again beyond that size.
Exits with 1 where that is more than 15 for any.
"""

from __future__ import annotations

import gc
import math
import multiprocessing
import resource
import signal
import sys
import time
from multiprocessing.queues import SimpleQueue
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.hostile import patterns

SIZES = (1_000, 10_000, 100_000, 1_000_000)
LIMIT = 15.0
QUICK = 0.002  # seconds; below it the clock and the call weigh more than the match
WINDOWS = {
    ("presslens.actors.judgements", "_NO_REPORT"): 200,
    ("presslens.actors.judgements", "_PASSIVE"): 200,
    ("presslens.actors.naming", "_BEFORE"): 30,
    ("presslens.actors.naming", "_NEXT"): 40,
    ("presslens.actors.speakers", "_PRONOUN"): 200,
    ("presslens.actors.speakers", "_NOUN_PHRASE"): 200,
    ("presslens.actors.speakers", "_TAIL"): 400,
    ("presslens.actors.speakers", "_PREPOSITION"): 40,
    ("presslens.article.authors", "BARE_NAME"): 80,
    ("presslens.article.authors", "BETWEEN"): 200,
    ("presslens.article.authors", "BYLINE"): 200,
    ("presslens.article.authors", "IS_AUTHOR"): 500,
    ("presslens.article.authors", "STARTS"): 200,
    ("presslens.article.dates", "AROUND"): 120,
    ("presslens.article.dates", "DATELINE"): 120,
    ("presslens.article.joining", "DIVIDED"): 80,
}
"""Patterns that are given no more than so many characters; a match there may take a hundredth of a second."""
WINDOW_TIME = 0.01
PATIENCE = 240  # processor seconds for all strings of a use, of which some have fifty; what takes longer is not linear


def spend(use: patterns.Use, text: str) -> float:
    """Processor seconds of one use on a text."""
    run = getattr(use.pattern, use.method)
    start = time.process_time()
    if use.method in ("sub", "subn"):
        run("", text)
    elif use.method == "finditer":
        for _ in run(text):
            pass
    else:
        run(text)
    return time.process_time() - start


def growth(use: patterns.Use) -> tuple[float, int]:
    """The worst growth for ten times longer, and the longer size where it was."""
    window = WINDOWS.get((use.place, use.name))
    if window:
        taken = max(spend(use, text[:window]) for text in patterns.attacks(use.pattern, window))
        return (LIMIT * taken / WINDOW_TIME, window)
    worst = (0.0, 0)
    live = list(range(len(list(patterns.attacks(use.pattern, 50)))))
    last = dict.fromkeys(live, 0.0)
    for size in SIZES:
        made = list(patterns.attacks(use.pattern, size))
        for index in live:
            taken = min(spend(use, made[index]) for _ in range(3 if size < SIZES[-1] else 2))
            if last[index] > QUICK and taken / last[index] > worst[0]:
                worst = (taken / last[index], size)
            elif taken > QUICK * LIMIT * 10 and last[index] <= QUICK and taken / QUICK > worst[0]:
                worst = (taken / QUICK, size)
            if taken > QUICK and worst[0] > LIMIT and worst[1] == size:
                worst = (min(worst[0], *(_again(use, index, size) for _ in range(2))), size)
            last[index] = taken
            if worst[0] > LIMIT:
                return worst
    return worst


def _again(use: patterns.Use, index: int, size: int) -> float:
    """The growth from `size` to three times as long, as if for ten times: a step out of the processor's cache counts once."""
    short, long = (list(patterns.attacks(use.pattern, length))[index] for length in (size, 3 * size))
    ratio = min(spend(use, long) for _ in range(3)) / min(spend(use, short) for _ in range(3))
    return float(ratio ** (1 / math.log10(3)))


def _apart(use: patterns.Use, answer: SimpleQueue[tuple[float, int]]) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
    gc.disable()
    answer.put(growth(use))


def measured(uses: list[patterns.Use]) -> list[tuple[float, int, patterns.Use]]:
    """Each use in a process of its own, for a match cannot be broken off."""
    context = multiprocessing.get_context("fork")
    rows = []
    for use in uses:
        answer: SimpleQueue[tuple[float, int]] = context.SimpleQueue()
        child = context.Process(target=_apart, args=(use, answer))
        child.start()
        child.join()
        if child.exitcode in {-signal.SIGXCPU, -signal.SIGKILL}:
            rows.append((float("inf"), 0, use))
        elif child.exitcode:
            raise SystemExit(f"{use.place} {use.name} could not be measured")
        else:
            rows.append((*answer.get(), use))
        if rows[-1][0] > LIMIT:
            print(_line(*rows[-1]), flush=True)
    return sorted(rows, key=lambda row: (-row[0], row[2].place))


def _line(worst: float, size: int, use: patterns.Use) -> str:
    return f"{worst:8.1f} times at {size:>9,}: {use.place} {use.name} .{use.method} {use.pattern.pattern[:80]!r}"


def main() -> int:
    """Measure all, or those whose place begins with a word given, and print the worst."""
    uses = [use for use in patterns.collected() if use.place.startswith(tuple(sys.argv[1:]) or "")]
    if not uses:
        raise SystemExit(f"no pattern stands in a place that begins with {' or '.join(sys.argv[1:])}")
    rows = measured(uses)
    for row in rows[:5]:
        print(_line(*row))
    print(
        f"{len(uses)} uses of patterns; worst growth of time, ten times longer: {rows[0][0]:.1f} (at most {LIMIT:.0f})"
    )
    return int(rows[0][0] > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
