"""Small articles written for these tests, and analysed corpora without an analysis: tables that say what was planted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from presslens.corpus import demo
from presslens.corpus.analysing import Settings
from presslens.corpus.entries import Entry
from presslens.framing.codebook import load

TEXTS = (
    "The mayor of Oslo praised the nurses on Monday. Their hospital is wonderful, she said. It saved many lives.",
    "Fluxel Corporation lied about its costs. Prices rose and families cannot pay the rent.\n\nFluxel said it was sorry.",
    "The court ruled that the law was unfair. Judges said the police broke the rules.\n\n“It is a disgrace,” Ada Dell said.",
)


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings((load("policy_frames"), load("entman")), draws=50)


@pytest.fixture(scope="session")
def make() -> Callable[[int], list[Entry]]:
    def made(count: int) -> list[Entry]:
        return [
            Entry(
                id=f"a{i}",
                text=f"{TEXTS[i % 3]} That was story {i}.",
                title=f"Story {i}",
                date="2020-01-02",
                source=f"c, line {i}",
            )
            for i in range(count)
        ]

    return made


Write = Callable[..., Path]
SIDES = ("positive", "neutral", "negative")


def tables(articles: Iterable[dict[str, Any]], *, evidence: bool) -> dict[str, pd.DataFrame]:
    heads, sentences, frames, actors, mentions = [], [], [], [], []
    for one in articles:
        planted, name = one["planted"], one["id"]
        texts = [f"{text}." for text in one["text"].replace("\n\n", " ").rstrip(".").split(". ")]
        head = {key: one[key] for key in ("title", "outlet", "date", "author", "section", "url")}
        heads.append(
            {
                "article": name,
                **head,
                "source": name,
                "words": len(one["text"].split()),
                "sentences": len(texts),
                "label": "neutral",
                "language": "en",
                "notes": "",
            }
        )
        score = [0.4] * planted["positive"] + [-0.4] * planted["negative"]
        score += [0.0] * (len(texts) - len(score))
        coded = [frame for frame, times in planted["frames"].items() if times]
        for place, text in enumerate(texts):
            at, shown = sum(len(before) + 1 for before in texts[:place]), text[:3]
            row = {"article": name, "sentence": f"p01s{place:02d}", "section": "body", "paragraph": 1, "start": at,
                   "end": at + len(text), "text": text, "score": score[place]}  # fmt: skip
            if evidence:
                frame = coded[place % len(coded)] if coded else "Other"
                mark = {
                    "codebook": "policy_frames",
                    "frame": frame,
                    "start": at,
                    "end": at + 3,
                    "term": shown,
                    "weight": 2.0,
                }
                word = {"start": at, "end": at + 3, "word": shown, "contribution": 0.1, "why": ""}
                row |= {"evidence": [word], "frames": [mark]}
            sentences.append(row)
        frames += [(name, "policy_frames", frame, times) for frame, times in planted["frames"].items()]
        for actor, (good, none, bad) in planted["actors"].items():
            actors.append((name, actor, "person", good + none + bad, bad, none, good))
            mentions.append((name, "p01s00", 0, 3, actor, 0.0, "neutral"))
    return {
        "articles": pd.DataFrame(heads),
        "sentences": pd.DataFrame(sentences),
        "frames": pd.DataFrame(frames, columns=["article", "codebook", "frame", "sentences"]),
        "actors": pd.DataFrame(
            actors, columns=["article", "actor", "kind", "mentions", "negative", "neutral", "positive"]
        ),
        "mentions": pd.DataFrame(mentions, columns=["article", "sentence", "start", "end", "actor", "score", "label"]),
    }


@pytest.fixture(scope="session")
def write(tmp_path_factory: pytest.TempPathFactory) -> Write:
    """Writes articles as the demo corpus gives them to a data set, so many a part, their planted copies marked."""

    def written(articles: list[dict[str, Any]], *, part: int = 500, whole: bool = True, evidence: bool = False) -> Path:
        folder = tmp_path_factory.mktemp("set")
        for number, start in enumerate(range(0, max(len(articles), 1), part)):
            for name, table in tables(articles[start : start + part], evidence=evidence).items():
                (folder / name).mkdir(exist_ok=True)
                table.to_parquet(folder / name / f"part-{number:06d}.parquet")
        copies = [(one["id"], one["planted"]["copy_of"], 1.0) for one in articles if one["planted"]["copy_of"]]
        pd.DataFrame(copies, columns=["article", "copy_of", "similarity"]).to_parquet(folder / "duplicates.parquet")
        if whole:
            counts = {"records": len(articles), "articles": len(articles), "errors": 0}
            (folder / "manifest.json").write_text(json.dumps({"counts": counts}))
        return folder

    return written


@pytest.fixture(scope="session")
def planted(write: Write) -> Path:
    """2,000 articles of the demo corpus."""
    return write(list(demo.articles(2000, seed=4)))


@pytest.fixture(scope="session")
def evident(write: Write) -> Path:
    """200 articles of the demo corpus, with evidence in their sentences."""
    return write(list(demo.articles(200, seed=4)), part=100, evidence=True)
