"""How the time of every step of the reading path grows on articles that are made to slow it down.

    python tests/bench/bench_rules.py [LARGEST] [STEP ...]

Articles of one form (many paragraphs, one paragraph, many quotations, many names, lines that repeat, markup ...) and of
10 kB, 100 kB and 1 MB go through each step by itself: decoding, parsing, each cleaning rule, the headline, sentences, words,
tone, names, who is quoted, key phrases, frames, copies, and what is withheld from pages and tables. The measure is the
time for an article ten times longer over the time for the shorter one; what is above the limit at the largest size is
measured again from there to three times as long, for what depends on how often a passage recurs grows until it recurs often.
Exits with 1 where the growth is more than 15 for any.
"""

from __future__ import annotations

import contextlib
import gc
import math
import multiprocessing
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

SIZES = (10_000, 100_000, 1_000_000)
LIMIT = 15.0
QUICK = 0.02  # seconds; below it what does not depend on the article weighs more
PATIENCE = 300  # processor seconds for a step on all forms of article


def _words(number: int) -> str:
    return f"The council of town {number} said on Monday that plan {number * 7 % 1013} would help {number % 89} poor people."


def _long(pieces: Callable[[int], str], joint: str) -> Callable[[int], str]:
    def made(size: int) -> str:
        found, length, number = [], 0, 0
        while length < size:
            found.append(pieces(number))
            length += len(found[-1]) + len(joint)
            number += 1
        return joint.join(found)[:size]

    return made


def _copied(size: int) -> str:
    """One long paragraph, then many short ones out of it."""
    long = _long(_words, " ")(size // 2)
    steps = range(0, len(long) - 100, 100)
    return "\n\n".join([long, *(long[at : at + 100].strip() + "." for at in steps)])


def _letters(number: int) -> str:
    return chr(97 + number % 26) + chr(97 + number // 26 % 26)


NAMES = ("Ann", "Bill", "Carla", "David", "Erin", "Frank", "Gina", "Hugh")
FORMS: dict[str, Callable[[int], str]] = {
    "paragraphs": _long(_words, "\n\n"),
    "one paragraph": _long(_words, " "),
    "no end of a sentence": _long(lambda n: f"word{n} and", " "),
    "one word": lambda size: "a" * size,
    "the same word": lambda size: "bad " * (size // 4),
    "short lines": _long(lambda n: f"More on town {n}", "\n\n"),
    "the same line": _long(lambda _: _words(1), "\n\n"),
    "two lines in turn": _long(lambda n: _words(n % 2) + " " + _words(n % 2 + 5), "\n\n"),
    "copies out of a long paragraph": _copied,
    "paragraphs nearly alike": _long(lambda n: " ".join(_words(k) for k in (1, 2, 3)) + f" It was number {n}.", "\n\n"),
    "quotations": _long(lambda n: f"“Plan {n} is bad,” said Ann Bell of town {n}.", " "),
    "quotations that do not end": _long(lambda n: f"“Plan {n} is bad, said Ann Bell. ", "\n\n"),
    "quotations in quotations": lambda size: "“‘" * (size // 4) + "He said so" + "’”" * (size // 4),
    "names": _long(lambda n: f"{NAMES[n % 8]} {NAMES[n // 8 % 8]}{_letters(n)}son met Mr. Bell.", " "),
    "names in a row": _long(lambda n: f"{NAMES[n % 8]} Mc{_letters(n).title()}llan", ", "),
    "capitals": _long(lambda n: f"TOWN {n} SAYS NO TO THE PLAN", " "),
    "initials": _long(lambda n: f"{chr(65 + n % 26)}. B. Dell and", " "),
    "brackets": lambda size: "(" * (size // 2) + ")" * (size // 2),
    "dates": _long(lambda n: f"{n % 28 + 1} May 20{n % 20:02d}", ", "),
    "bylines": _long(lambda n: f"By {NAMES[n % 8]} Bell", "\n"),
    "blanks": lambda size: "The council said yes." + " " * size + "It did.",
    "empty lines": lambda size: "The council said yes." + "\n" * size + "It did.",
}
MARKUP: dict[str, tuple[str, Callable[[int], str]]] = {
    "paragraphs of a page": (".html", _long(lambda n: f"<p>{_words(n)}</p>", "\n")),
    "elements that do not end": (".html", _long(lambda n: f"<p><b><i>{_words(n)}", "\n")),
    "links of a page": (".html", _long(lambda n: f'<a href="/x{n}">More on town {n}</a>', " ")),
    "rows of a page": (".html", _long(lambda n: f"<table><tr><td>{_words(n)}</td></tr></table>", "\n")),
    "headings": (".md", _long(lambda n: f"## Part {n}\n\n{_words(n)}", "\n\n")),
    "emphasis that does not end": (".md", lambda size: "**a _b " * (size // 7)),
    "links that do not end": (".md", lambda size: "[a](" * (size // 4)),
    "lists": (".md", _long(lambda n: f"- {_words(n)}", "\n")),
}


class Step(NamedTuple):
    """What is timed, and what has to be made before, which is not."""

    ready: Callable[[Any], Any]
    run: Callable[[Any], object]


def _lines(text: str) -> Any:
    from presslens.article import formats

    return formats.parse(text, suffix=".txt").paragraphs


def _article(text: str) -> Any:
    from presslens.article import reading

    return reading.from_text(text)


def _tables(text: str) -> Any:
    """An article with its sentences and words."""
    article = _article(text)
    assert len(article.tokens) >= 0
    return article


def _named(text: str) -> Any:
    from presslens.actors import mentions

    article = _tables(text)
    return article, mentions.mentions(article.sentences, article.tokens)


def _page(text: str) -> Any:
    """A page as notebooks make it: every sentence as evidence, with a mark; and what may not be quoted of it."""
    from markupsafe import escape

    from presslens.reports import rights

    article = _article(text)
    rows = article.sentences[["sentence", "text"]].itertuples(index=False, name=None)
    html = "\n".join(
        f'<blockquote class="evidence" data-sentence="{name}"><p><mark>{escape(said[:9])}</mark>{escape(said[9:])} '
        f'<cite class="where">{name}</cite></p></blockquote>'
        for name, said in rows
    )
    return html, rights.source(article), article


def steps() -> dict[str, Step]:
    """Every step by its name."""
    from presslens.actors import quotations
    from presslens.article import cleaning, decoding, heading, languages
    from presslens.corpus import duplicates
    from presslens.findings import text as texts
    from presslens.framing import codebook, gathering
    from presslens.keywords import ranking
    from presslens.reports import addresses, unquoted, withholding
    from presslens.sentiment import measure

    books = (codebook.load("policy_frames"),)
    found = {
        "decoding": Step(str.encode, lambda data: decoding.decode(data, name="x")),
        "tidying": Step(lambda text: text, decoding.tidy),
        "paragraphs": Step(lambda text: text, _lines),
        "headline": Step(lambda text: [p.text for p in _lines(text)], heading.find_head),
        "language": Step(lambda text: text, languages.detect),
        "other languages": Step(lambda text: [p.text for p in _lines(text)], lambda p: languages.foreign(p, "en")),
        "sentences": Step(_article, lambda article: article.sentences),
        "words": Step(lambda text: _seen(_article(text)), lambda article: article.tokens),
        "tone": Step(
            lambda text: _article(text).sentences["text"].tolist(), lambda said: measure.read(said, offsets=True)
        ),
        "names": Step(_tables, _mentions),
        "who is quoted": Step(_named, lambda one: quotations.quotations(one[0].sentences, one[0].tokens, one[1])),
        "key phrases": Step(_tables, lambda one: ranking.keyphrases(one.sentences, one.tokens, top=15, reasons=False)),
        "frames": Step(_tables, lambda one: gathering.gather(one.sentences, one.tokens, books, draws=10, seed=0)),
        "copies": Step(lambda text: [("a", text), ("b", text[5:])], duplicates.find),
        "withholding in a page": Step(_page, lambda one: withholding.withheld_html(one[0], one[1], frozenset())),
        "withholding in text": Step(_page, lambda one: withholding.withheld(one[2].text, one[1], frozenset())),
        "holes of a page": Step(_held, unquoted.tidy),
        "links of a page": Step(lambda text: _page(text)[0], lambda html: addresses.linked(html, {"p01s01"})),
    }
    for name, finders in cleaning.rules().items():
        found[f"cleaning: {name}"] = Step(_lines, lambda lines, finders=finders: _cleaned(finders, lines))
    assert texts
    return found


def _seen(article: Any) -> Any:
    assert len(article.sentences) >= 0
    return article


def _mentions(article: Any) -> object:
    from presslens.actors import mentions

    return mentions.mentions(article.sentences, article.tokens)


def _held(text: str) -> str:
    from presslens.reports import withholding

    html, source, _ = _page(text)
    return withholding.withheld_html(html, source, frozenset())


def _cleaned(finders: Any, lines: Any) -> None:
    from presslens.article import cleaning

    for find in finders:
        for _ in find(lines):
            pass
    cleaning._words.cache_clear()


def cases(only: tuple[str, ...]) -> Iterator[tuple[str, str, Step, Callable[[int], str]]]:
    """Each step with each form of article, and the whole of reading with each form of markup."""
    from presslens.article import reading

    for name, step in steps().items():
        if name.startswith(only):
            for form, made in FORMS.items():
                yield name, form, step, made
    if "reading".startswith(only):
        for form, (suffix, made) in MARKUP.items():
            read = Step(lambda text: text, lambda text, suffix=suffix: reading.read_text(text, id="x", suffix=suffix))
            yield "reading", form, read, made
        for form, made in FORMS.items():
            yield "reading", form, Step(lambda text: text, lambda text: reading.read_text(text, id="x")), made


def growth(step: Step, made: Callable[[int], str], sizes: Sequence[int] = SIZES) -> tuple[float, list[float]]:
    """The worst growth for ten times longer, and the seconds of a step for each size."""
    taken = seconds(step, made, sizes)
    grown = [long / max(short, QUICK) for short, long in zip(taken, islice(taken, 1, None), strict=False)]
    if grown[-1] > LIMIT:
        short, long = seconds(step, made, (sizes[-1], 3 * sizes[-1]))
        grown[-1] = min(grown[-1], (long / short) ** (1 / math.log10(3)))
        taken.append(long)
    return max(grown), taken


def seconds(step: Step, made: Callable[[int], str], sizes: Sequence[int]) -> list[float]:
    """Processor seconds of a step for each size, the better of two where it is quick."""
    from presslens.errors import BadInput

    taken: list[float] = []
    for size in sizes:
        ready = step.ready(made(size))
        best = float("inf")
        for _ in range(1 if taken and taken[-1] > 0.3 else 2):
            gc.collect()
            gc.disable()  # the search for garbage takes the longer the more there is that is none: not the step's doing
            start = time.process_time()
            with contextlib.suppress(BadInput):
                step.run(ready)
            best = min(best, time.process_time() - start)
            gc.enable()
            if ready.__class__.__name__ == "Article":
                ready = step.ready(made(size))
        taken.append(best)
    return taken


def _apart(
    step: Step, made: Callable[[int], str], sizes: Sequence[int], answer: SimpleQueue[tuple[float, list[float]]]
) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
    answer.put(growth(step, made, sizes))


def measured(only: tuple[str, ...], sizes: Sequence[int]) -> Iterator[tuple[float, str, list[float]]]:
    """Each case in a fork of its own, for what does not end."""
    context = multiprocessing.get_context("fork")
    for name, form, step, made in cases(only):
        answer: SimpleQueue[tuple[float, list[float]]] = context.SimpleQueue()
        child = context.Process(target=_apart, args=(step, made, sizes, answer))
        child.start()
        child.join()
        if child.exitcode:
            late = child.exitcode in {-signal.SIGXCPU, -signal.SIGKILL}
            ended = "took too long" if late else f"ended with {child.exitcode}"
            yield float("inf"), f"{name}, {form}: {ended}", []
            continue
        worst, taken = answer.get()
        yield worst, f"{name}, {form}", taken


def main() -> int:
    """Measure, print the worst ten, and say by the exit code whether one is above the limit."""
    from presslens.sentiment import measure

    measure.settings()
    rows = []
    largest = next((int(word) for word in sys.argv[1:] if word.isdigit()), SIZES[-1])
    only = tuple(word for word in sys.argv[1:] if not word.isdigit()) or ("",)
    for row in measured(only, [size for size in SIZES if size <= largest]):
        rows.append(row)
        if row[0] > LIMIT:
            print(_line(*row), flush=True)
    rows.sort(key=lambda row: -row[0])
    for row in rows[:10]:
        print(_line(*row))
    print(
        f"{len(rows)} steps and forms; worst growth of time, ten times longer: {rows[0][0]:.1f} (at most {LIMIT:.0f})"
    )
    return int(rows[0][0] > LIMIT)


def _line(worst: float, name: str, taken: list[float]) -> str:
    return f"{worst:8.1f} times: {name} ({', '.join(f'{seconds:.2f}' for seconds in taken)} s)"


if __name__ == "__main__":
    sys.exit(main())
