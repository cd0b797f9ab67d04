"""How the subjects of an article are laid out: which phrases go together, where, and where one topic ends and another begins."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pandas as pd

from presslens.errors import BadInput
from presslens.keywords.candidates import word_list
from presslens.language.stems import stem

NODE_COLUMNS = {"article": "str", "phrase": "str", "sentences": "int64", "degree": "int64", "strength": "float64"}
EDGE_COLUMNS = {
    "article": "str",
    "source": "str",
    "target": "str",
    "sentences": "int64",
    "expected": "float64",
    "npmi": "float64",
}
SEGMENT_COLUMNS = {
    "article": "str",
    "segment": "int64",
    "first": "str",
    "last": "str",
    "sentences": "int64",
    "words": "str",
    "depth": "float64",
}
SPREAD_COLUMNS = {"article": "str", "phrase": "str", "paragraph": "int64", "count": "int64"}


def network(
    occurrences: pd.DataFrame, sentences: pd.DataFrame, *, most: int = 30, least: int = 1
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Which phrases stand in the same sentences.

    Args:
        occurrences: one row a place; needs `article`, `phrase`, `sentence`.
        sentences: the sentences of the same articles; needs `article` and `sentence`.
        most: how many phrases an article's network has, at most: those in most sentences.
        least: in how many sentences two phrases must meet.

    Returns:
        Two tables. Nodes: `article`, `phrase`, `sentences` (with the phrase), `degree` (phrases it meets),
        `strength` (sentences, added up over them). Edges: `article`, `source`, `target` (in alphabetical order),
        `sentences` (shared), `expected` (shared by chance), `npmi` (-1..1, normalised pointwise mutual information,
        Bouma 2009).
    """
    if most < 1 or least < 1:
        raise BadInput("a network needs room for 1 phrase or more, and 1 shared sentence or more")
    totals = sentences.groupby("article", sort=False)["sentence"].nunique()
    nodes: list[tuple[str, str, int, int, float]] = []
    edges: list[tuple[str, str, str, int, float, float]] = []
    for article, group in occurrences.groupby("article", sort=False):
        total = int(totals[article])
        where = group.groupby("phrase", sort=True)["sentence"].agg(set)
        kept = sorted(where.index, key=lambda phrase: (-len(where[phrase]), phrase))[:most]
        degree: Counter[str] = Counter()
        strength: Counter[str] = Counter()
        for a, b in combinations(sorted(kept), 2):
            shared = len(where[a] & where[b])
            if shared >= least:
                expected = len(where[a]) * len(where[b]) / total
                npmi = 1.0 if shared == total else float(np.log(shared / expected) / -np.log(shared / total))
                edges.append((str(article), a, b, shared, expected, npmi))
                degree.update((a, b))
                strength.update({a: shared, b: shared})
        nodes += [(str(article), phrase, len(where[phrase]), degree[phrase], strength[phrase]) for phrase in kept]
    return (
        pd.DataFrame(nodes, columns=list(NODE_COLUMNS)).astype(NODE_COLUMNS),
        pd.DataFrame(edges, columns=list(EDGE_COLUMNS)).astype(EDGE_COLUMNS),
    )


def by_paragraph(occurrences: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """How often each phrase stands in each paragraph, also where it does not.

    Args:
        occurrences: one row a place; needs `article`, `phrase`, `sentence`.
        sentences: needs `article`, `sentence`, `paragraph`.

    Returns:
        One row an article, phrase (in the order given) and paragraph (0 is title and dek): `article`, `phrase`,
        `paragraph`, `count`.
    """
    number = sentences.set_index(["article", "sentence"])["paragraph"].to_dict()
    paragraphs = {str(a): sorted(set(group)) for a, group in sentences.groupby("article", sort=False)["paragraph"]}
    counts = Counter(
        (article, phrase, number[article, sentence])
        for article, phrase, sentence in zip(
            occurrences["article"], occurrences["phrase"], occurrences["sentence"], strict=True
        )
    )
    pairs = dict.fromkeys(zip(occurrences["article"], occurrences["phrase"], strict=True))
    rows = [(a, phrase, p, counts[a, phrase, p]) for a, phrase in pairs for p in paragraphs[a]]
    return pd.DataFrame(rows, columns=list(SPREAD_COLUMNS)).astype(SPREAD_COLUMNS)


def segments(tokens: pd.DataFrame, *, window: int = 4, least: int = 3) -> pd.DataFrame:
    """Where the topics of each article begin and end.

    After TextTiling (Hearst 1997, Computational Linguistics 23:1) with sentences as the unit: at each gap the words
    of the `window` sentences before and after are compared (cosine of their stems); a boundary is a valley deeper
    than the mean depth and half a standard deviation, its depth being measured to the peaks on both sides. Only the
    gaps between paragraphs can be boundaries where the article has at least four paragraphs.

    Args:
        tokens: one row a token; needs `article`, `sentence`, `section`, `paragraph`, `norm`, `kind`. Title and dek
            are left out.
        window: sentences on each side.
        least: sentences that a segment has, at least.

    Returns:
        One row a segment: `article`, `segment` (from 1), `first` and `last` (sentence ids), `sentences`, `words`
        (the five stems' commonest forms that set it apart from the rest of the article), `depth` (of the valley
        before it; 0 for the first).
    """
    if window < 1 or least < 1:
        raise BadInput("topic segments need a window and a least length of 1 sentence or more")
    empty = word_list("function_words")
    body = tokens.loc[tokens["section"] == "body"]
    rows: list[tuple[str, int, str, str, int, str, float]] = []
    for article, group in body.groupby("article", sort=False):
        order = list(dict.fromkeys(group["sentence"].tolist()))
        place = {sentence: i for i, sentence in enumerate(order)}
        bags: list[Counter[str]] = [Counter() for _ in order]
        forms: dict[str, Counter[str]] = {}
        paragraph = [0] * len(order)
        columns = (group[name].tolist() for name in ("sentence", "paragraph", "norm", "kind"))
        for sentence, number, norm, kind in zip(*columns, strict=True):
            paragraph[place[sentence]] = number
            if kind == "word" and norm not in empty and len(norm) > 1:
                bags[place[sentence]][stem(norm)] += 1
                forms.setdefault(stem(norm), Counter())[norm] += 1
        depths = _boundaries(bags, paragraph, window=window, least=least)
        starts = [0, *sorted(depths)]
        for k, (first, last) in enumerate(zip(starts, [*starts[1:], len(order)], strict=True), start=1):
            words = " ".join(_typical(bags, forms, first, last))
            rows.append((str(article), k, order[first], order[last - 1], last - first, words, depths.get(first, 0.0)))
    return pd.DataFrame(rows, columns=list(SEGMENT_COLUMNS)).astype(SEGMENT_COLUMNS)


def _boundaries(bags: list[Counter[str]], paragraph: list[int], *, window: int, least: int) -> dict[int, float]:
    """The sentences before which a topic begins, with the depth of each valley."""
    gaps = range(1, len(bags))
    likeness = np.array([_cosine(bags[max(0, g - window) : g], bags[g : g + window]) for g in gaps])
    if len(likeness) < 2 * least - 1:
        return {}
    depth = np.array([_depth(likeness, i) for i in range(len(likeness))])
    cut = depth.mean() + depth.std() / 2
    only_between = len(set(paragraph)) >= 4
    found: dict[int, float] = {}
    for i in np.argsort(-depth, kind="stable"):
        gap = int(i) + 1
        if depth[i] <= cut or (only_between and paragraph[gap] == paragraph[gap - 1]):
            continue
        if all(abs(gap - other) >= least for other in [0, len(bags), *found]):
            found[gap] = round(float(depth[i]), 4)
    return found


def _cosine(before: list[Counter[str]], after: list[Counter[str]]) -> float:
    """How alike two stretches are, 0..1."""
    a: Counter[str] = sum(before, Counter())
    b: Counter[str] = sum(after, Counter())
    product = sum(count * b[word] for word, count in a.items())
    size = float(np.sqrt(sum(c * c for c in a.values()) * sum(c * c for c in b.values())))
    return product / size if size else 0.0


def _depth(likeness: np.ndarray, i: int) -> float:
    """How far a gap lies below the peaks on its left and right."""
    left = right = i
    while left > 0 and likeness[left - 1] >= likeness[left]:
        left -= 1
    while right < len(likeness) - 1 and likeness[right + 1] >= likeness[right]:
        right += 1
    return float(likeness[left] + likeness[right] - 2 * likeness[i])


def _typical(bags: list[Counter[str]], forms: dict[str, Counter[str]], first: int, last: int) -> list[str]:
    """The five words whose count in a segment stands out most from the whole article, as it writes them."""
    here: Counter[str] = sum(bags[first:last], Counter())
    everywhere: Counter[str] = sum(bags, Counter())
    total, size = sum(everywhere.values()) or 1, sum(here.values())
    scored = {word: count - everywhere[word] * size / total for word, count in here.items()}
    best = sorted(scored, key=lambda word: (-round(scored[word], 6), word))[:5]
    return [forms[word].most_common(1)[0][0] for word in best]
