"""Coding: which frames a sentence, a paragraph, an article or any text uses, with the words that say so."""

import json
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from presslens.framing import meaning
from presslens.framing.matching import Found, Terms, evident, matcher
from presslens.framing.schema import Codebook
from presslens.framing.units import Units, units
from presslens.language.chunks import listed, sentence_rows, strings

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
CODING_COLUMNS = (
    "article", "sentence", "section", "paragraph", "frame", "score", "coded", "codebook", "codebook_hash", "tier",
)  # fmt: skip
EVIDENCE_COLUMNS = (
    "article", "sentence", "frame", "start", "end", "term", "indicator", "weight", "codebook", "codebook_hash",
)  # fmt: skip
TEXT_COLUMNS = ("id", "frame", "score", "coded", "evidence")
TINY = 1e-9
SHORT = 5  # a sentence of fewer words does not lengthen a text (greetings, sign-offs)
BRIEF = 3  # a text of so many sentences is still one unit: a post, a tweet, a lead


class Coding(NamedTuple):
    """`codings` as `code` gives them and `evidence` as `evidence` gives it, from one pass over the text."""

    codings: pd.DataFrame
    evidence: pd.DataFrame

    def __repr__(self) -> str:
        found = self.codings.loc[self.codings["coded"], "frame"].value_counts(sort=False)
        sizes = ", ".join(f"{frame} {size}" for frame, size in found.items())
        return f"Coding(sentences by frame: {sizes or 'none'}; {len(self.evidence)} words of evidence)"


def code(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    codebook: Codebook | Sequence[Codebook],
    *,
    threshold: float | None = None,
    tier: meaning.Tier = "default",
) -> pd.DataFrame:
    """Which frames each sentence uses.

    The weights of the distinct indicators found in a sentence add up; `w` of them against the frame's threshold `t`
    score 1 - 2^(-w / t): 0 without evidence, .5 at the threshold, near 1 with much. At the threshold the frame is
    coded. The residual frame is coded where no other is, and scores 1 less the best of the others there, else 0.

    Args:
        sentences: one row a sentence, (`article`, `sentence`) unique; needs `section` and `paragraph` too.
        tokens: their tokens, in the same order.
        codebook: one, or several to be coded in the same pass.
        threshold: the weight that is enough, above 0, for all frames; None takes each codebook's own.
        tier: `default`, indicators alone; `neural`, with sentence prototypes (`meaning`), which lend weight to a frame
            and code only beside an indicator.

    Returns:
        A row a sentence and frame, frames in the codebook's order, the residual one last: `article`, `sentence`,
        `section`, `paragraph`, `frame`, `score` (0..1), `coded` (bool), `codebook`, `codebook_hash`, `tier` (in words).
    """
    return analyse(sentences, tokens, codebook, threshold=threshold, tier=tier).codings


def evidence(sentences: pd.DataFrame, tokens: pd.DataFrame, codebook: Codebook | Sequence[Codebook]) -> pd.DataFrame:
    """The words that speak for or against each frame.

    Returns:
        A row a match, in order of the text: `article`, `sentence`, `frame`, `start`, `end` (offsets into the
        article), `term` (the text at these offsets), `indicator` (the codebook's term), `weight`, `codebook`,
        `codebook_hash`.
    """
    return analyse(sentences, tokens, codebook).evidence


def analyse(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    codebook: Codebook | Sequence[Codebook],
    *,
    threshold: float | None = None,
    tier: meaning.Tier = "default",
) -> Coding:
    """`code` and `evidence` in one pass."""
    books = (codebook,) if isinstance(codebook, Codebook) else tuple(codebook)
    found = _find(sentences, tokens, books)
    sums = found.sums(len(sentences))
    texts = sentences["text"].tolist()
    codings = [
        _codings(sentences, book, block, threshold, tier, meaning.lent(texts, book) if tier == "neural" else None)
        for book, block in zip(books, _blocks(books, sums), strict=True)
    ]
    return Coding(_concat(codings, CODING_COLUMNS), found.table(sentences))


def evidenced(
    sentences: pd.DataFrame, tokens: pd.DataFrame, codebooks: tuple[Codebook, ...]
) -> tuple[list[tuple[Floats, npt.NDArray[np.bool_]]], pd.DataFrame]:
    """What `analyse` finds, as arrays: for each codebook the scores and codes, a row a sentence and a column a frame (the
    residual one last), and the evidence as `evidence` gives it, with the `row` of its sentence."""
    found = _find(sentences, tokens, codebooks)
    blocks = _blocks(codebooks, found.sums(len(sentences)))
    scored = [_scores(block, book, None) for book, block in zip(codebooks, blocks, strict=True)]
    return scored, found.table(sentences).assign(row=found.units.sentence[found.found.first])


def texts(
    table: pd.DataFrame, codebook: Codebook, *, threshold: float | None = None, tier: meaning.Tier = "default"
) -> pd.DataFrame:
    """Which frames whole texts use: tweets, posts, headlines, articles.

    A text adds up the evidence of all its sentences, and is then scored and coded as one sentence is (`code`). A longer
    text needs more: beyond three sentences (of at least five words) the sum is divided by the square root of a third of
    their number. So one strong sentence frames a tweet, but not an article of forty.

    Args:
        table: `id` and `text`, any number of rows; ids need not be unique.

    Returns:
        A row a text and frame (the residual one too), in order: `id`, `frame`, `score` (0..1), `coded` (bool),
        `evidence` (JSON list of `start`, `end`, `term` in order of the text). `attrs` say by what: `codebook_hash`, `tier`.
    """
    from presslens.article.reading import from_table
    from presslens.language.tokens import tokenize

    numbered = pd.DataFrame({"id": [str(n) for n in range(len(table))], "text": table["text"].array})
    sentences = from_table(numbered)
    tokens = tokenize(sentences)
    found = _find(sentences, tokens, (codebook,))
    text_of = sentences["article"].astype("int64").to_numpy()
    words = np.bincount(found.units.sentence, minlength=len(sentences)) if len(sentences) else np.zeros(0)
    lengths = np.bincount(text_of[words >= SHORT], minlength=len(table)).clip(min=1)
    sums = np.zeros((len(table), len(codebook.coded_frames)))
    np.add.at(sums, text_of, found.sums(len(sentences)))
    lent = meaning.lent(table["text"].tolist(), codebook) if tier == "neural" else None
    score, coded = _scores(sums / np.sqrt(lengths / BRIEF).clip(min=1)[:, None], codebook, threshold, lent)

    labels = codebook.labels
    spans: list[list[dict[str, int | str]]] = [[] for _ in range(len(table) * len(labels))]
    proof = found.table(sentences)
    places = zip(
        proof["article"].tolist(), proof["frame"].tolist(), proof["start"].tolist(), proof["end"].tolist(),
        proof["term"].tolist(), strict=True,
    )  # fmt: skip
    column = {label: number for number, label in enumerate(labels)}
    for article, frame, start, end, term in places:
        spans[int(article) * len(labels) + column[frame]].append({"start": start, "end": end, "term": term})
    result = pd.DataFrame(
        {
            "id": table["id"].repeat(len(labels)).array,
            "frame": pd.Series(list(labels) * len(table), dtype="str"),
            "score": score.reshape(-1),
            "coded": coded.reshape(-1),
            "evidence": pd.Series([json.dumps(one, ensure_ascii=False) for one in spans], dtype="str"),
        }
    )
    result.attrs |= {"codebook_hash": codebook.hash, "tier": meaning.said(tier)}
    return result


def sentence_sums(texts: Sequence[str], codebook: Codebook) -> Floats:
    """The weight of evidence in each text, taken as one sentence: a row a text, a column a coded frame."""
    return _find(*_as_sentences(texts), (codebook,)).sums(len(texts))


def sentence_evidence(texts: Sequence[str], codebook: Codebook) -> pd.DataFrame:
    """`evidence` for texts, each taken as one sentence of an article that has its number as its name."""
    return evidence(*_as_sentences(texts), codebook)


def _as_sentences(texts: Sequence[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    from presslens.language.tokens import tokenize

    sentences = pd.DataFrame(
        {
            "article": pd.Series([str(number) for number in range(len(texts))], dtype="str"),
            "sentence": "text",
            "section": "body",
            "paragraph": 1,
            "start": 0,
            "text": pd.Series(list(texts), dtype="str"),
        }
    )
    return sentences, tokenize(sentences)


class _Findings(NamedTuple):
    books: tuple[Codebook, ...]
    units: Units
    found: Found
    terms: Terms

    def sums(self, size: int) -> Floats:
        """Weight of the distinct indicators, a row a sentence and a column a frame of all codebooks in turn."""
        frame, weight = self.terms.frame[self.found.pattern], self.terms.weight[self.found.pattern]
        totals = np.zeros((size, sum(len(book.coded_frames) for book in self.books)))
        sentence = self.units.sentence[self.found.first]
        _, distinct = np.unique(sentence * (len(self.terms.frame) + 1) + self.found.pattern, return_index=True)
        np.add.at(totals, (sentence[distinct], frame[distinct]), weight[distinct])
        return totals

    def table(self, sentences: pd.DataFrame) -> pd.DataFrame:
        """Evidence as `evidence` documents it."""
        frame = self.terms.frame[self.found.pattern]
        row = self.units.sentence[self.found.first]
        start, end = self.units.start[self.found.first], self.units.end[self.found.last]
        offset = sentences["start"].to_numpy(dtype=np.int64)[row]
        text = listed(sentences["text"])
        names = [(f.frame, book.name, book.hash) for book in self.books for f in book.coded_frames]
        label, book, digest = (strings(column).take(frame) for column in zip(*names, strict=True))
        slices = zip(row.tolist(), (start - offset).tolist(), (end - offset).tolist(), strict=True)
        return pd.DataFrame(
            {
                "article": sentences["article"].array.take(row),
                "sentence": sentences["sentence"].array.take(row),
                "frame": label,
                "start": start,
                "end": end,
                "term": strings([text[at][left:right] for at, left, right in slices]),
                "indicator": self.terms.term.take(self.found.pattern),
                "weight": self.terms.weight[self.found.pattern],
                "codebook": book,
                "codebook_hash": digest,
            }
        )


def _find(sentences: pd.DataFrame, tokens: pd.DataFrame, books: tuple[Codebook, ...]) -> _Findings:
    compiled = matcher(books)
    all_units = units(tokens, _sentence_rows(sentences, tokens))
    found = evident(compiled.find(all_units), all_units, compiled.terms)
    return _Findings(books, all_units, found, compiled.terms)


def _sentence_rows(sentences: pd.DataFrame, tokens: pd.DataFrame) -> Ints:
    """For each token the row of its sentence."""
    if tokens.empty:
        return np.zeros(0, dtype=np.int64)
    rows = sentence_rows(sentences, tokens)
    if (rows < 0).any():
        raise ValueError("a token belongs to no sentence: tokenize the sentences that you code")
    return rows


def _blocks(books: tuple[Codebook, ...], sums: Floats) -> list[Floats]:
    edges = np.cumsum([len(book.coded_frames) for book in books])
    return np.split(sums, edges[:-1], axis=1)


def _scores(
    sums: Floats, codebook: Codebook, threshold: float | None, lent: Floats | None = None
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Scores and codes with the residual frame as the last column; `lent` is what prototypes add, in thresholds."""
    enough = np.array([threshold or codebook.threshold_of(frame) for frame in codebook.coded_frames], dtype=np.float64)
    whole = sums if lent is None else sums + enough * lent
    score = 1 - np.exp2(-whole.clip(min=0) / enough)
    coded = (whole >= enough - TINY) & (sums > TINY)
    none = ~coded.any(axis=1, keepdims=True)
    best = score.max(axis=1, keepdims=True, initial=0.0)
    return np.hstack([score, np.where(none, 1 - best, 0.0)]), np.hstack([coded, none])


def _codings(
    sentences: pd.DataFrame,
    book: Codebook,
    sums: Floats,
    threshold: float | None,
    tier: meaning.Tier,
    lent: Floats | None,
) -> pd.DataFrame:
    score, coded = _scores(sums, book, threshold, lent)
    size, rows = len(book.labels), np.repeat(np.arange(len(sentences)), len(book.labels))
    table = pd.DataFrame(
        {key: sentences[key].array.take(rows) for key in ("article", "sentence", "section", "paragraph")}
    )
    labels = pd.Series(list(book.labels), dtype="str").array.take(np.tile(np.arange(size), len(sentences)))
    return table.assign(
        frame=labels,
        score=score.reshape(-1),
        coded=coded.reshape(-1),
        codebook=book.name,
        codebook_hash=book.hash,
        tier=meaning.said(tier),
    )


def _concat(tables: list[pd.DataFrame], columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.concat(tables, ignore_index=True)[list(columns)] if tables else pd.DataFrame(columns=list(columns))
