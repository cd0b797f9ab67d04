"""Coding with two codebooks, evidence kept: presslens against one compiled alternation a frame, run over each sentence.

Run as `python tests/bench/bench_framing.py [SENTENCES]`; prints seconds and the ratio. Sentences are those of the
human-coded opinion pieces where they are present, else the codebooks' own examples, over and over.
"""

import re
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice

import pandas as pd

from presslens.framing import codebook, coding
from presslens.framing.inflection import spelling
from presslens.language.tokens import tokenize
from presslens.validation import data_folder

BOOKS = ("policy_frames", "entman")


def sentences(count: int) -> pd.DataFrame:
    """A table of `count` sentences."""
    folder = data_folder()
    if folder:
        texts = pd.read_csv(folder / "sentiment" / "nyt_editorials_dev.csv")["text"].tolist()
    else:
        texts = [text for name in BOOKS for frame in codebook.load(name).frames for text in frame.examples]
    chosen = list(islice(cycle(texts), count))
    return pd.DataFrame(
        {"article": "a", "sentence": [f"p{n:06d}" for n in range(count)], "section": "body", "paragraph": 1}
    ).assign(start=0, text=chosen)


def alternations() -> dict[str, tuple[re.Pattern[str], dict[str, float]]]:
    """A pattern a frame, longest term first, and the weight of each term: what a scholar writes by hand."""
    compiled = {}
    for name in BOOKS:
        for frame in codebook.load(name).coded_frames:
            plain = {one.term: one.weight for one in frame.indicators if re.fullmatch(r"[\w '-]+", one.term)}
            words = sorted(plain, key=len, reverse=True)
            pattern = r"\b(" + "|".join(re.escape(word) for word in words) + r")(?:s|es|ed|ing)?\b"
            compiled[f"{name}/{frame.frame}"] = (re.compile(pattern, re.IGNORECASE), plain)
    return compiled


def by_alternation(table: pd.DataFrame) -> int:
    """Code with the patterns, keeping evidence; gives how much was found."""
    patterns = alternations()
    found = []
    for row, text in enumerate(table["text"].tolist()):
        for frame, (pattern, weights) in patterns.items():
            matches = ((match.span(1), match.group(1)) for match in pattern.finditer(text))
            found.extend((row, frame, *span, term, weights.get(term.lower(), 1.0)) for span, term in matches)
    evidence = pd.DataFrame(found, columns=["sentence", "frame", "start", "end", "term", "weight"])
    evidence.groupby(["sentence", "frame"])["weight"].sum()
    return len(evidence)


def by_presslens(table: pd.DataFrame, tokens: pd.DataFrame) -> int:
    """Code with presslens; gives how much was found."""
    return len(coding.analyse(table, tokens, [codebook.load(name) for name in BOOKS]).evidence)


def seconds(work: Callable[[], int], *, repeats: int) -> tuple[float, int]:
    """The best time of a few runs, and what the work gave."""
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - begin)
    return min(times), result


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    table = sentences(count)
    tokens = tokenize(table)
    spelling("warm")
    by_presslens(table.head(10), tokens.head(10))
    tokenizing, _ = seconds(lambda: len(tokenize(table)), repeats=2)
    ours, found = seconds(lambda: by_presslens(table, tokens), repeats=3)
    theirs, matched = seconds(lambda: by_alternation(table), repeats=1)
    print(f"framing: {count} sentences, {len(BOOKS)} codebooks, evidence kept")
    print(f"  presslens     {ours:8.3f} s  {found} matches (and {tokenizing:.3f} s to tokenize, once for all measures)")
    print(f"  alternations  {theirs:8.3f} s  {matched} matches")
    print(f"  ratio         {theirs / ours:8.1f}   with tokenizing {theirs / (ours + tokenizing):.1f}")


if __name__ == "__main__":
    main()
