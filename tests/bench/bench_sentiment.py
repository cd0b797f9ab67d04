"""How fast sentences are scored: exact VADER beside its two implementations, and the measure for news prose.

Run as `python tests/bench/bench_sentiment.py`; prints a table. With the human-coded data the sentences are those;
without it, made of the lexicon's words. Every figure is the best of three rounds in one process.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from importlib import resources

import numpy as np
import pandas as pd
from nltk.sentiment.vader import SentimentIntensityAnalyzer as NltkVader
from nltk.sentiment.vader import VaderConstants
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer as AuthorsVader

from presslens.sentiment import lexicons, rules, scoring
from presslens.validation import data_folder

TARGETS = {
    "exact VADER (NLTK's) against NLTK": 10.0,
    "exact VADER (vaderSentiment's) against vaderSentiment": 5.0,
    "measure with evidence and intervals against NLTK's VADER": 1.0,
}
LONGEST = 12.0
"""A text ten times as long may take this many times as long."""


def texts() -> list[str]:
    """Some twenty thousand short texts."""
    folder = data_folder()
    if folder is not None:
        return pd.concat([pd.read_csv(file) for file in sorted((folder / "sentiment").glob("*.csv"))])["text"].tolist()
    generator = np.random.default_rng(1)
    words = [*list(lexicons.load("labmt"))[:4000], *list(lexicons.load("vader"))[-1000:]]
    return [" ".join(generator.choice(words, 18)) + "." for _ in range(20_000)]


def table(contents: list[str]) -> pd.DataFrame:
    """Texts as the sentences of articles, twenty each."""
    rows = pd.DataFrame({"text": contents})
    number = np.arange(len(rows))
    return rows.assign(
        article=(number // 20).astype(str), sentence=number.astype(str), section="body", paragraph=1, start=0
    )


def best(work: Callable[[], object], rounds: int = 3) -> float:
    """Seconds of the quickest round."""
    seconds = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def nltk_vader() -> NltkVader:
    """NLTK's analyser with the lexicon that vaderSentiment ships."""
    analyser = NltkVader.__new__(NltkVader)
    analyser.lexicon_file = (resources.files("vaderSentiment") / "vader_lexicon.txt").read_text("utf-8").rstrip("\n")
    analyser.lexicon = analyser.make_lex_dict()
    analyser.constants = VaderConstants()
    return analyser


def everything(sentences: pd.DataFrame) -> None:
    """Scores, evidence and the intervals of articles."""
    scores = scoring.score(sentences)
    scoring.words(sentences)
    scoring.articles(scores)


def main() -> int:
    """Print the figures; 1 when one misses its target."""
    contents = texts()
    sentences = table(contents)
    nltk, authors = nltk_vader(), AuthorsVader()
    slow = best(lambda: [nltk.polarity_scores(text) for text in contents], 1)
    theirs = best(lambda: [authors.polarity_scores(text) for text in contents], 1)
    ratios = dict(
        zip(
            TARGETS,
            (
                slow / best(lambda: rules.compound(contents)),
                theirs / best(lambda: rules.compound(contents, variant="vadersentiment")),
                slow / best(lambda: everything(sentences)),
            ),
            strict=True,
        )
    )
    missed = 0
    for name, ratio in ratios.items():
        missed += ratio < TARGETS[name]
        sys.stdout.write(f"{name}: {ratio:.1f} times as fast (at least {TARGETS[name]:g})\n")
    words = np.random.default_rng(2).choice(np.array(" ".join(contents[:5000]).split()), 1_000_000)
    short, long = (table([" ".join(words[:count])]) for count in (100_000, 1_000_000))
    growth = best(lambda: everything(long), 5) / best(lambda: everything(short), 5)
    missed += growth > LONGEST
    sys.stdout.write(f"one text of a million words against 100,000: {growth:.1f} times as long (at most {LONGEST:g})\n")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
