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
DEVIATIONS = 2.0  # above the mean depth that a boundary lies; this and the next chosen on joined stories
FLOOR = 0.25  # and the depth that it has at least, whatever the others have
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


def segments(tokens: pd.DataFrame, *, window: int = 14, least: int = 3) -> pd.DataFrame:
    """Where the vocabulary of each article changes most.

    After TextTiling (Hearst 1997, Computational Linguistics 23:1) with sentences as the unit: at each gap the words
    of the `window` sentences before and after are compared (cosine of their stems); a gap's depth is how far it lies
    below the peaks on both sides. A boundary is a gap between paragraphs whose depth exceeds the mean of such gaps by
    two standard deviations, and `FLOOR`, for the deepest gap of a text about one thing must not count only because
    some gap is always the deepest.

    Window, cutoff and floor were chosen on newswire stories of DUC-2001 joined one after another, where the true
    borders are known; `presslens.validation.topics` measures them. There 63 joined texts of one to five whole stories
    have WindowDiff .14 (no border at all: .33; Hearst's finer cutoffs with a window of 4: .9 and more), F1 of exact
    borders .61, and one cut in ten stories that are one. An article turns more gently than two stories do: the
    boundaries are its clearest turns, not all of them.

    Args:
        tokens: one row a token; needs `article`, `sentence`, `section`, `paragraph`, `norm`, `kind`. Title and dek
            are left out. In an article of less than two paragraphs every gap between sentences may be a boundary.
        window: sentences on each side.
        least: paragraphs that a segment has, at least (sentences, in an article of less than two paragraphs).

    Returns:
        One row a segment: `article`, `segment` (from 1), `first` and `last` (sentence ids), `sentences`, `words`
        (the five stems' commonest forms that set it apart from the rest of the article; none for the whole of it),
        `depth` (of the valley before it; 0 for the first).
    """
    if window < 1 or least < 1:
        raise BadInput("topic segments need a window of 1 sentence or more and a least length of 1 paragraph or more")
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
        everywhere: Counter[str] = Counter()
        for bag in bags:
            everywhere.update(bag)
        depths = _boundaries(bags, paragraph, window=window, least=least)
        starts = [0, *sorted(depths)]
        for k, (first, last) in enumerate(zip(starts, [*starts[1:], len(order)], strict=True), start=1):
            words = " ".join(_typical(bags, everywhere, forms, first, last))
            rows.append((str(article), k, order[first], order[last - 1], last - first, words, depths.get(first, 0.0)))
    return pd.DataFrame(rows, columns=list(SEGMENT_COLUMNS)).astype(SEGMENT_COLUMNS)


def _boundaries(bags: list[Counter[str]], paragraph: list[int], *, window: int, least: int) -> dict[int, float]:
    """The sentences before which a new vocabulary begins, with the depth of each valley."""
    unit = paragraph if len(set(paragraph)) > 1 else list(range(len(bags)))
    number = {value: i for i, value in enumerate(dict.fromkeys(unit))}
    at = [number[value] for value in unit]
    if len(number) < 2 * least:
        return {}
    likeness = _likeness(bags, window)
    gaps = [i for i in range(len(likeness)) if at[i + 1] != at[i]]
    depths = {i: _depth(likeness, i) for i in gaps}
    values = np.array(list(depths.values()))
    cut = max(values.mean() + DEVIATIONS * values.std(), FLOOR)
    found: dict[int, float] = {}
    taken = [0, len(number)]
    for i in sorted(gaps, key=lambda i: (-round(depths[i], 9), i)):
        if depths[i] > cut and all(abs(at[i + 1] - other) >= least for other in taken):
            found[i + 1] = round(depths[i], 4)
            taken.append(at[i + 1])
    return found


def _likeness(bags: list[Counter[str]], window: int) -> np.ndarray:
    """How alike the words before and after each gap are (cosine), 0..1; one entry a gap."""
    before: Counter[str] = Counter()
    after: Counter[str] = sum(bags[:window], Counter())
    found = []
    for gap in range(1, len(bags)):
        for words, came, went in ((before, gap - 1, gap - 1 - window), (after, gap - 1 + window, gap - 1)):
            if came < len(bags):
                words.update(bags[came])
            if went >= 0:
                words.subtract(bags[went])
        size = sum(c * c for c in before.values()) * sum(c * c for c in after.values())
        product = sum(count * after[word] for word, count in before.items() if count)
        found.append(product / size**0.5 if size else 0.0)
        if gap % window == 0:  # forget words that have gone
            before, after = +before, +after
    return np.array(found)


def _depth(likeness: np.ndarray, i: int) -> float:
    """How far a gap lies below the peaks on its left and right."""
    left = right = i
    while left > 0 and likeness[left - 1] >= likeness[left]:
        left -= 1
    while right < len(likeness) - 1 and likeness[right + 1] >= likeness[right]:
        right += 1
    return float(likeness[left] + likeness[right] - 2 * likeness[i])


def _typical(
    bags: list[Counter[str]], everywhere: Counter[str], forms: dict[str, Counter[str]], first: int, last: int
) -> list[str]:
    """The five words whose count in a segment stands out most from the rest of the article, as it writes them.

    The whole article stands out from nothing.
    """
    if last - first == len(bags):
        return []
    here: Counter[str] = sum(bags[first:last], Counter())
    total, size = sum(everywhere.values()) or 1, sum(here.values())
    scored = {word: count - everywhere[word] * size / total for word, count in here.items()}
    best = sorted(scored, key=lambda word: (-round(scored[word], 6), word))[:5]
    return [forms[word].most_common(1)[0][0] for word in best]
