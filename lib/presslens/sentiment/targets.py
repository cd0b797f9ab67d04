"""Tone toward one mention: negative, neutral or positive, by an additive model whose every weight can be read.

The features are named in `targets_features`; `targets_training` learnt their weights (`data/targets_weights.csv`)
from news sentences in which people rated the tone toward one mention (NewsMTSC: Hamborg and Donnay 2021, EACL; MIT).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from presslens.errors import BadInput
from presslens.language.chunks import listed, sentence_rows
from presslens.language.tokens import tokenize
from presslens.sentiment import embedding
from presslens.sentiment import targets_features as named
from presslens.sentiment.lexicons import load
from presslens.sentiment.listed import columns
from presslens.sentiment.measure import Tier
from presslens.sentiment.targets_features import Inventory
from presslens.sentiment.targets_tokens import Complexes, Floats, Ints, Tokens, read_tokens
from presslens.sentiment.targets_vectors import vectors as vectors_of

LABELS = ("negative", "neutral", "positive")
FILES = {
    "default": ("targets.json", "targets_weights.csv"),
    "neural": ("targets_neural.json", "targets_neural_weights.csv"),
}
EVIDENCE_COLUMNS = {
    "mention": "int64",
    "article": "str",
    "sentence": "str",
    "start": "int64",
    "end": "int64",
    "text": "str",
    "weight": "float64",
}
_BATCH = 1024  # mentions: what is held of so many fits the cache of a processor


@dataclass(frozen=True)
class Model:
    """The features that have a weight, and the weights: one row a feature, one column a class; `bias` by class."""

    inventory: Inventory
    weights: Floats
    bias: Floats
    vectors: Floats | None = None  # weights of the sentence vectors, in the neural tier

    @cached_property
    def contrasts(self) -> Complexes:
        """How much more each feature counts for the second class than for the first, and, as imaginary part, for the third:
        all that probabilities depend on, in numbers that are looked up and added two at a time."""
        more = self.weights[:, 1:] - self.weights[:, :1]
        return np.asarray(more[:, 0] + 1j * more[:, 1])


def tone(
    sentences: pd.DataFrame, tokens: pd.DataFrame, mentions: pd.DataFrame, *, tier: Tier = "default"
) -> pd.DataFrame:
    """The tone of each mention's sentence toward it.

    Args:
        sentences: one row a sentence: `article`, `sentence`.
        tokens: their tokens, in order: `article`, `sentence`, `start`, `end`, `token`, `norm`.
        mentions: one row a mention: `article`, `sentence`, `start`, `end` (offsets into the article), `text`.
        tier: `default`, or `neural` where that extra is installed (BadInput elsewhere).

    Returns:
        The mentions, in order, with `score` (-1..1: the probability of a positive tone less that of a negative one) and
        `label` (`negative`, `neutral`, `positive`: the most probable).
    """
    read, text = _located(sentences, tokens, mentions)
    start, end = mentions["start"].to_numpy(dtype=np.int64), mentions["end"].to_numpy(dtype=np.int64)
    vectors = _vectors(sentences["text"].to_numpy(), sentences["start"].to_numpy(), text, start, end, tier)
    chances = probabilities(read, text, start, end, mentions["text"].astype(str).tolist(), tier=tier, vectors=vectors)
    return mentions.assign(**_scored(chances))


def evidence(
    sentences: pd.DataFrame, tokens: pd.DataFrame, mentions: pd.DataFrame, *, top: int = 5, tier: Tier = "default"
) -> pd.DataFrame:
    """The words that move the score of each mention most.

    Args:
        sentences: `article`, `sentence`, `start`, `text`.
        tokens: as for `tone`.
        mentions: as for `tone`.
        top: words for each mention at most.
        tier: whose words; what the vectors of the neural tier add belongs to no word.

    Returns:
        One row a word, strongest first within its mention: `mention` (the place of the mention in the table, from 0),
        `article`, `sentence`, `start`, `end` (of the word, in the article), `text`, `weight` (what it adds to the log odds of
        a positive against a negative tone; the mention's own features are left out).
    """
    read, text = _located(sentences, tokens, mentions)
    start, end = mentions["start"].to_numpy(dtype=np.int64), mentions["end"].to_numpy(dtype=np.int64)
    fitted = model(tier)
    rows: list[tuple[object, ...]] = []
    columns = (listed(sentences[name]) for name in ("article", "sentence", "start", "text"))
    lines = list(zip(*columns, strict=True))
    for first, part in _features(read, text, start, end, mentions["text"].astype(str).tolist(), tier):
        weight = (fitted.weights[part.columns, 2] - fitted.weights[part.columns, 0]) * part.values
        moved = pd.Series(weight[part.tokens >= 0]).groupby(
            [part.rows[part.tokens >= 0], part.tokens[part.tokens >= 0]]
        )
        table = moved.sum().rename("weight").rename_axis(["row", "token"]).reset_index()
        table = table.assign(size=table["weight"].abs()).sort_values(
            ["row", "size"], ascending=[True, False], kind="stable"
        )
        for row, token, value in table.groupby("row").head(top)[["row", "token", "weight"]].itertuples(index=False):
            article, sentence, offset, line = lines[text[first + row]]
            begin, stop = int(read.start[token]), int(read.end[token])
            rows.append(
                (first + row, article, sentence, begin, stop, line[begin - offset : stop - offset], round(value, 4))
            )
    return pd.DataFrame(rows, columns=list(EVIDENCE_COLUMNS)).astype(EVIDENCE_COLUMNS)


def targets_table(table: pd.DataFrame, *, tier: Tier = "default") -> pd.DataFrame:
    """The tone of texts toward one mention each.

    Args:
        table: `id`, `text`, `mention`, `start`, `end` (the place of the mention in the text; where it
            does not fit, the first place that holds the mention is taken).
        tier: as for `tone`.

    Returns:
        One row for each row, in order: `id`, `mention`, `start`, `end`, `score` (-1..1), `label`.
    """
    missing = [name for name in ("id", "text", "mention", "start", "end") if name not in table.columns]
    if missing:
        raise BadInput(
            f"the table has no column {' or '.join(f'`{name}`' for name in missing)}: give each text an id, its "
            "mention, and where the mention starts and ends."
        )
    texts = table["text"].fillna("").astype(str).tolist()
    mentions = table["mention"].fillna("").astype(str).tolist()
    starts, ends = _spans(table, texts, mentions)
    distinct = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    sentences = pd.DataFrame({"text": list(distinct)}, dtype="str").assign(
        article=[str(number) for number in range(len(distinct))],
        sentence="p01s01",
        section="body",
        paragraph=1,
        start=0,
    )
    tokens = tokenize(sentences)
    read = read_tokens(tokens, tokens["article"].to_numpy(dtype=np.int64), count=len(distinct))
    text = np.array([distinct[text] for text in texts], dtype=np.int64)
    offsets = np.zeros(len(distinct), dtype=np.int64)
    vectors = _vectors(np.array(list(distinct), dtype=object), offsets, text, starts, ends, tier)
    scored = _scored(probabilities(read, text, starts, ends, mentions, tier=tier, vectors=vectors))
    kept = table[["id", "mention"]].reset_index(drop=True)
    return kept.assign(start=starts, end=ends, **scored)


def probabilities(
    read: Tokens,
    text: Ints,
    start: Ints,
    end: Ints,
    mentions: Sequence[str],
    *,
    tier: Tier = "default",
    vectors: Floats | None = None,
) -> Floats:
    """The probability of each of `LABELS`, one row a mention; the neural tier needs the vectors of the mentions."""
    fitted = model(tier)
    found = np.tile(fitted.bias, (len(text), 1))
    if fitted.vectors is not None and vectors is not None:
        found += vectors @ fitted.vectors
    reading = named.read(read, fitted.inventory)
    for first in range(0, len(text), _BATCH):
        some = slice(first, first + _BATCH)
        found[some, 1:] += named.weighed(
            read, reading, text[some], start[some], end[some], mentions[some], fitted.inventory, fitted.contrasts
        )
    found = np.exp(found - found.max(axis=1, keepdims=True))
    return np.asarray(found / found.sum(axis=1, keepdims=True))


def _features(
    read: Tokens, text: Ints, start: Ints, end: Ints, mentions: Sequence[str], tier: Tier
) -> Iterator[tuple[int, named.Triplets]]:
    """The features of the mentions, some thousands at a time, each with the number of its first mention."""
    inventory = model(tier).inventory
    reading = named.read(read, inventory)
    for first in range(0, len(text), _BATCH):
        batch = slice(first, first + _BATCH)
        yield first, named.features(read, reading, text[batch], start[batch], end[batch], mentions[batch], inventory)


def _located(sentences: pd.DataFrame, tokens: pd.DataFrame, mentions: pd.DataFrame) -> tuple[Tokens, Ints]:
    """The tokens by sentence, and the number of each mention's sentence."""
    text = sentence_rows(sentences, mentions)
    if (text < 0).any():
        raise ValueError("a mention names a sentence that is not in the sentences")
    return read_tokens(tokens, sentence_rows(sentences, tokens), count=len(sentences)), text


def _vectors(texts: Any, offsets: Ints, text: Ints, start: Ints, end: Ints, tier: Tier) -> Floats | None:
    """The vectors of each mention's sentence, in the neural tier."""
    if tier != "neural":
        return None
    check(tier)
    lines, begin = [str(line) for line in texts[text]], offsets[text]
    return vectors_of(lines, (start - begin).tolist(), (end - begin).tolist())


def named_tier(tier: str) -> Tier:
    """The tier of that name. Raises BadInput for another name, and where the tier cannot run."""
    check(tier)
    return "neural" if tier == "neural" else "default"


def beside(tier: str) -> Tier:
    """The tier that measures tone toward mentions where that tier measures sentences: a classifier knows no mentions."""
    return tier if tier in FILES else "default"


def check(tier: str) -> None:
    """Raise BadInput where a tier cannot run."""
    if tier not in FILES:
        raise BadInput(f"there is no tier of targets {tier!r}: use {' or '.join(FILES)}.")
    if tier == "neural" and not embedding.available():
        raise BadInput("the neural tier of targets needs presslens[neural]; install it, or use the default tier.")


@cache
def settings(tier: Tier = "default") -> dict[str, Any]:
    """What was learnt beside the weights of words: errors and macro-F1, cross-validated, and in the neural tier vectors."""
    check(tier)
    found: dict[str, Any] = json.loads((_data() / FILES[tier][0]).read_text(encoding="utf-8"))
    return found


def _data() -> Any:
    return files("presslens.sentiment") / "data"


@cache
def model(tier: Tier = "default") -> Model:
    """The shipped model of a tier."""
    rest = settings(tier)
    with (_data() / FILES[tier][1]).open(encoding="utf-8") as file:
        listed = columns(file, "family", "term", *LABELS)
        rows = [(family, term, [float(value) for value in values]) for family, term, *values in listed]
    blocks: dict[str, dict[str, None]] = {}
    for family, term, _ in rows:
        blocks.setdefault(_block(family), {})[term] = None
    numbers = {block: {term: number for number, term in enumerate(terms)} for block, terms in blocks.items()}
    inventory = Inventory(
        terms=numbers.get("term", {}),
        stems=numbers.get("stem", {}),
        mentions=numbers.get("mention", {}),
        lexicons=lexicons(),
        verbs=verbs(),
    )
    column = {label: number for number, label in enumerate(inventory.labels())}
    weights = np.zeros((len(column), len(LABELS)))
    bias = np.zeros(len(LABELS))
    for family, term, values in rows:
        if family == "bias":
            bias[:] = values
        else:
            weights[column[family, term]] = values
    vectors = np.array(rest["vectors"], dtype=np.float64) if "vectors" in rest else None
    return Model(inventory, weights, bias, vectors)


def lexicons() -> dict[str, Mapping[str, float]]:
    """The valence lexicons that the features count, by name: VADER's at about -2..2, the others -1..1."""
    vader = {term: 2 * value for term, value in load("vader").items()}
    return {"vader": vader, "opinion": load("opinion"), "pattern": load("pattern")}


@cache
def verbs() -> dict[str, str]:
    """Forms of verbs of blame, praise, help, harm and their like, to their class."""
    with files("presslens.sentiment").joinpath("data", "targets_verbs.csv").open(encoding="utf-8") as file:
        listed = [(row["class"], verb) for row in csv.DictReader(file) for verb in row["verbs"].split("|")]
    forms: dict[str, str] = {}
    for kind, verb in listed:
        for form in inflected(verb):
            forms.setdefault(form, kind)
    return forms


def inflected(verb: str) -> list[str]:
    """The regular forms of a verb, doubled consonants included; some are not words and so never met."""
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d", verb[:-1] + "ing"]
    if verb.endswith("y") and verb[-2:-1] not in tuple("aeiou"):
        return [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    return [verb, *(verb + ending for ending in ("s", "es", "ed", "ing", verb[-1] + "ed", verb[-1] + "ing"))]


def _block(family: str) -> str:
    if family in named.TERM_FAMILIES:
        return "term"
    return "stem" if family in named.STEM_FAMILIES else family


def _scored(chances: Floats) -> dict[str, Any]:
    score = np.round(chances[:, 2] - chances[:, 0], 6)
    return {"score": score, "label": pd.array(np.array(LABELS, dtype=object)[chances.argmax(axis=1)], dtype="str")}


def _spans(table: pd.DataFrame, texts: Sequence[str], mentions: Sequence[str]) -> tuple[Ints, Ints]:
    """Where each mention stands, mended where the given place does not hold it."""
    starts = pd.to_numeric(table["start"], errors="coerce").fillna(-1).astype("int64").tolist()
    ends = pd.to_numeric(table["end"], errors="coerce").fillna(-1).astype("int64").tolist()
    for row, (text, mention) in enumerate(zip(texts, mentions, strict=True)):
        if 0 <= starts[row] < ends[row] <= len(text) and (text[starts[row] : ends[row]] == mention or not mention):
            continue
        at = text.find(mention) if mention else -1
        inside = 0 <= starts[row] < ends[row] <= len(text)
        if at >= 0:
            starts[row], ends[row] = at, at + len(mention)
        elif not inside:
            starts[row], ends[row] = 0, 0
    return np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64)
