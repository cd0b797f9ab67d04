"""Makes `data/naming.csv`: which words name a thing or somebody in news, and what they keep of their feeling there.

    python -m presslens.sentiment.naming DATA_FOLDER

"Death" in "death rate" tells which rate; it does not say that the rate is bad. Grammar calls such words classifiers, not
epithets (Halliday and Matthiessen 2014, Introduction to Functional Grammar, 6.2). They are found in news and opinion texts
(NewsMTSC, DUC-2001, KPCrowd, FrAC, GVFC, NYT opinion pages; no rating is used) by tags:

- modifier: a word of feeling that stands right before a noun in much of its use; an adjective must be seen often enough
  to say that it is hardly ever graded ("very") or said of a thing ("is positive");
- head: a noun that no lexicon lists for its feeling; together with a modifier before it, it names a kind of thing;
- name: a word that is nearly always written with a capital within a sentence. It says nothing of how its bearer is, so the
  measure does not know it.

What a modifier keeps of its feeling before a head is learnt from the tone of coded news sentences (NewsMTSC), by
regression on lexicon valences.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from presslens.language.frequency import zipf
from presslens.language.tags import ADJECTIVES, NAMES, NOUNS, VERBS, can_be_verb, tag_sentence
from presslens.language.tokens import TOKEN
from presslens.sentiment import features, inducing, lexicons
from presslens.sentiment.feeling import CLEAR

SEEN = 3
"""Uses that a modifier or a head must have."""
SHARE = 0.08
"""Of its uses, that a modifier stands right before a noun."""
GRADED = 0.1
"""Of its uses, that an adjective is graded or said of a thing; it must be less with 95 % confidence."""
CAPITALS = {False: (2, 0.9), True: (10, 0.97)}
"""How often a name has a capital within a sentence, and in what share of its uses; more of a word that lexicons list."""


class Token(NamedTuple):
    """A word with its tag; `joined` says that nothing but a space is between it and the one before."""

    norm: str
    tag: str
    joined: bool


@dataclass(slots=True)
class Counts:
    """How words are used."""

    uses: Counter[str] = field(default_factory=Counter)
    before: Counter[str] = field(default_factory=Counter)
    """Right before a noun."""
    nouns: Counter[str] = field(default_factory=Counter)
    graded: Counter[str] = field(default_factory=Counter)
    heads: Counter[str] = field(default_factory=Counter)
    """Right after a noun that is no name."""


def tagged(sentences: Sequence[str]) -> Iterator[list[Token]]:
    """The tokens of each sentence."""
    for text in sentences:
        found = list(TOKEN.finditer(text))
        words = [match.group() for match in found]
        kinds = [(match.lastgroup or "punctuation").replace("acronym", "word") for match in found]
        norms = [features.norm(word) for word in words]
        joined = [
            not index or text[found[index - 1].end() : found[index].start()] == " " for index in range(len(found))
        ]
        yield [Token(*row) for row in zip(norms, tag_sentence(words, norms, kinds), joined, strict=True)]


def counts(sentences: Sequence[str]) -> Counts:
    """How the words of sentences are used."""
    found = Counts()
    for tokens in tagged(sentences):
        for index, token in enumerate(tokens):
            if not features.WORD.fullmatch(token.norm):
                continue
            found.uses[token.norm] += 1
            found.nouns[token.norm] += token.tag in NOUNS
            last = tokens[index - 1] if index else None
            after = tokens[index + 1] if index + 1 < len(tokens) else None
            leads = after is not None and after.joined and after.tag in NOUNS
            found.before[token.norm] += leads and (token.tag in NOUNS or token.tag in ADJECTIVES)
            if token.tag in ADJECTIVES and last is not None:
                graded = last.tag.startswith("RB") or last.norm in features.roles()["intensity"]
                found.graded[token.norm] += graded or (last.tag in VERBS and not leads)
            found.graded[token.norm] += token.tag in ("JJR", "JJS")
            if last is not None and token.joined and features.WORD.fullmatch(last.norm):
                found.heads[token.norm] += token.tag in NOUNS and last.tag in NOUNS - NAMES
    return found


@cache
def felt(term: str) -> float:
    """The mean valence of a word in the lexicons, about -1..1; 0 where none clearly puts it on one side."""
    values = {name: lexicons.load(name)[term] for name in lexicons.NAMES if term in lexicons.load(name)}
    clear = any(abs(value) >= CLEAR[name] for name, value in values.items())
    return float(np.mean(list(values.values()))) if clear else 0.0


def names(sentences: Sequence[str]) -> dict[str, int]:
    """Words written as names, with how often they are, in sentences that are no headlines."""
    words = Counter(word for text in sentences for word in features.WORD.findall(text))
    numbering = features.Numbering(sorted({features.norm(word) for word in words}))
    found = features.parse(sentences, numbering)
    uses, capitals = (
        np.bincount(found.id[chosen & (found.id >= 0)], minlength=numbering.size) for chosen in (found.told, found.name)
    )
    return {
        term: int(often)
        for term, often, use in zip(numbering.terms, capitals, uses, strict=True)
        if often >= CAPITALS[bool(felt(term))][0] and often >= CAPITALS[bool(felt(term))][1] * use
    }


def modifiers(found: Counts) -> dict[str, int]:
    """Words of feeling that name a kind of thing where they stand before a noun, with how often they do."""
    return {
        term: found.before[term]
        for term, uses in found.uses.items()
        if felt(term)
        and found.before[term] >= max(SEEN, SHARE * uses)
        and (found.nouns[term] > uses / 2 or _classifies(found, term))
        and term not in features.roles()["intensity"]
    }


def _classifies(found: Counts, adjective: str) -> bool:
    """Whether an adjective is hardly ever graded, by the rule of three, and has no comparative or superlative."""
    stems = (adjective, adjective.removesuffix("e"), adjective.removesuffix("y") + "i", adjective + adjective[-1])
    forms = {stem + ending for stem in stems for ending in ("er", "est")}
    return found.graded[adjective] + 3 <= GRADED * found.uses[adjective] and not any(
        found.graded[form] for form in forms
    )


def heads(found: Counts) -> dict[str, int]:
    """Nouns without feeling that a modifier can stand before, with how often they follow a noun."""
    chosen = {}
    for term, nouns in found.nouns.items():
        often = found.heads[term]
        plain = not felt(term) and nouns >= found.uses[term] / 2 and len(term) > 2 and zipf(term) > 0
        if plain and (often >= SEEN or (nouns >= SEEN and not can_be_verb(term))):
            chosen[term] = often
    return chosen


def keeps(folder: Path, entries: pd.DataFrame) -> float:
    """The share of their feeling that words keep which name a thing, 0..1, by the tone of coded news sentences.

    Tone is regressed on the sums of valences of all words and of those that name a thing; the share is what the two
    slopes make of the latter beside the former.
    """
    targets = pd.read_json(folder / "targets" / "newsmtsc_train.jsonl", lines=True)
    tone = targets.groupby("text", sort=False)["polarity"].mean()
    return share(tone.index.tolist(), tone.to_numpy(dtype=np.float64), entries)[0]


def share(texts: list[str], tone: features.Floats, entries: pd.DataFrame) -> tuple[float, float]:
    """The share, and its standard error (delta method, the slope of all words taken as known)."""
    terms = sorted({term for name in lexicons.NAMES for term in lexicons.load(name)})
    numbering = features.Numbering(terms, entries=entries)
    words = features.parse(texts, numbering)
    valence = np.array([felt(term) for term in numbering.terms])
    inside = words.id >= 0
    value = np.where(inside, valence[np.maximum(words.id, 0)], 0) * words.weight * np.where(words.negated, -0.5, 1)
    sums = [np.bincount(words.text, weights=value * some, minlength=len(texts)) for some in (1.0, words.kept < 1)]
    columns = np.column_stack([np.ones(len(texts)), *sums])
    slopes = np.linalg.lstsq(columns, tone, rcond=None)[0]
    errors = (tone - columns @ slopes).var() * np.linalg.inv(columns.T @ columns)
    return float(np.clip(1 + slopes[2] / slopes[1], 0, 1)), float(np.sqrt(errors[2, 2]) / abs(slopes[1]))


def table(folder: Path) -> pd.DataFrame:
    """The entries: `kind`, `term`, `uses` (int), `keeps` (0..1), sorted."""
    coded = pd.read_json(folder / "targets" / "newsmtsc_train.jsonl", lines=True)["text"].drop_duplicates().tolist()
    opinion = pd.read_csv(folder / "sentiment" / "nyt_editorials_dev.csv")["text"].tolist()
    texts = [*coded, *inducing.news_sentences(folder), *opinion]
    found = counts(texts)
    kinds = {"head": heads(found), "modifier": modifiers(found), "name": names(texts)}
    rows = [(kind, term, uses) for kind, chosen in kinds.items() for term, uses in chosen.items()]
    entries = pd.DataFrame(rows, columns=["kind", "term", "uses"]).sort_values(["kind", "term"], ignore_index=True)
    kept = keeps(folder, entries.assign(keeps=0.0))
    return entries.assign(keeps=entries["kind"].map({"head": 1.0, "modifier": round(kept, 2), "name": 0.0}))


def main() -> None:
    """Write `data/naming.csv` beside this file."""
    path = Path(__file__).parent / "data" / "naming.csv"
    entries = table(Path(sys.argv[1]))
    entries.to_csv(path, index=False, lineterminator="\n")
    sys.stdout.write(f"{entries['kind'].value_counts().to_dict()}; they keep {entries['keeps'].min()}\n")


if __name__ == "__main__":
    main()
