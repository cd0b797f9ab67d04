"""Sharing rights: how much of an article's words a shared report carries, and where what is withheld stands in it.

Every withheld run of words leaves a placeholder with its offsets, so whoever has the document can put the words back
(`filled`), and a report that is published again starts from the whole text. Offsets count characters of the cleaned
text; what cleaning removed follows behind it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from presslens.article.reading import Article

FULL, EXCERPTS, NONE = "full", "excerpts", "none"
SHARE = 0.25  # of the article's words, at most, in a shared set with excerpts
RESERVE = 0.02  # of that, for marks that stand beside a quotation
LONGEST = {EXCERPTS: 7, NONE: 5}  # words in a row that are no quotation: a name, a date, a key phrase
MOST = 4  # places of one run that are looked at: what recurs often would take that many times as long
MARKED = 4  # words of a mark that stay where its sentence does not: a key phrase, an indicator
DENSE = 0.15  # share of the article's words from which a table of single words gives its text away
WORD = re.compile(r"\w+")
QUOTE = re.compile(r'data-sentence="([^"]+)"')


@dataclass(frozen=True)
class Source:
    """The words of a document: the cleaned text, then what cleaning removed, with the sentence that each stands in."""

    text: str
    sentences: tuple[tuple[str, int, int], ...]
    least: int

    @cached_property
    def words(self) -> list[tuple[str, int, int]]:
        """Every word, folded, with its offsets."""
        return [(m.group().casefold(), m.start(), m.end()) for m in WORD.finditer(self.text)]

    @cached_property
    def homes(self) -> list[str]:
        """The sentence of each word; empty for what cleaning removed."""
        found, at = [], 0
        for _, start, _ in self.words:
            while at < len(self.sentences) and self.sentences[at][2] <= start:
                at += 1
            inside = at < len(self.sentences) and self.sentences[at][1] <= start
            found.append(self.sentences[at][0] if inside else "")
        return found

    @cached_property
    def sizes(self) -> dict[str, int]:
        """Words by sentence."""
        return {name: len(WORD.findall(self.text[start:end])) for name, start, end in self.sentences}

    @cached_property
    def runs(self) -> dict[tuple[str, ...], list[int]]:
        """Where each run of `least` words begins."""
        found: dict[tuple[str, ...], list[int]] = {}
        folded = [word for word, _, _ in self.words]
        for at in range(len(folded) - self.least + 1):
            found.setdefault(tuple(folded[at : at + self.least]), []).append(at)
        return found

    def matches(self, said: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """Every longest run of `least` words or more that a list of folded words shares: where, in the source, how long.

        Of a run that stands in more than `MOST` places the first are looked at; what goes on longer elsewhere follows as a
        match of its own, so that no word of a shared run is left out.
        """
        at, words, end, often = 0, self.words, 0, False
        while at + self.least <= len(said):
            often = often and at < end
            places = self.runs.get(tuple(said[at : at + self.least]), ())
            best, best_size = 0, 0
            for begin in places[:MOST]:
                size = self.least
                while at + size < len(said) and begin + size < len(words) and words[begin + size][0] == said[at + size]:
                    size += 1
                if size > best_size:
                    best, best_size = begin, size
            if not best_size:
                at += 1
                continue
            known = max(0, end - at)  # words that the match before has told
            if best_size > known:
                yield at + known, best + known, best_size - known
            end = max(end, at + best_size)
            often = often or len(places) > MOST
            at = max(at + 1, end - self.least + 1) if often else end


def source(article: Article, quotation: str = EXCERPTS) -> Source:
    """The words of an article that are looked for in what is shared."""
    removed = [one.text for one in article.found]
    named = article.sentences[["sentence", "start", "end"]].itertuples(index=False, name=None)
    return Source("\n\n".join([article.text, *removed]), tuple(named), LONGEST.get(quotation, 7) + 1)


def together(sources: Mapping[str, Source]) -> Source:
    """Several articles as one text, one below the other; each sentence is named after its article too (`of`)."""
    texts, sentences, at = [], [], 0
    for article, one in sources.items():
        texts.append(one.text)
        sentences += [(of(article, name), at + start, at + end) for name, start, end in one.sentences]
        at += len(one.text) + 2
    return Source("\n\n".join(texts), tuple(sentences), min((one.least for one in sources.values()), default=1))


def of(article: str, sentence: str) -> str:
    """The name of a sentence among those of several articles."""
    return f"{article}#{sentence}"


def quotable(wanted: Sequence[Sequence[str]], found: Source, quotation: str) -> frozenset[str]:
    """The sentences that may be quoted: the title, and what fits of the evidence into a quarter of the article's words.

    Args:
        wanted: sentence ids that each page quotes, what matters most first; the first page is served before the others,
            which take turns.
        found: the article.
        quotation: `full`, `excerpts` or `none`.
    """
    if quotation == FULL:
        return frozenset(found.sizes)
    title = [name for name in found.sizes if name == "title"]
    chosen, left = set(title), (SHARE - RESERVE) * sum(found.sizes.values()) - sum(found.sizes[name] for name in title)
    if quotation == NONE:
        return frozenset(title)
    first, others = list(wanted[:1]), wanted[1:]
    turns = [page[at] for at in range(max(map(len, others), default=0)) for page in others if at < len(page)]
    for name in [*(first[0] if first else ()), *turns]:
        if name not in chosen and 0 < found.sizes.get(name, 0) <= left:
            chosen.add(name)
            left -= found.sizes[name]
    return frozenset(chosen)


def wanted(notebook: Mapping[str, Any]) -> list[str]:
    """The sentences that an executed notebook quotes: the first under each heading, then the second of each, and so on."""
    ranked: list[tuple[int, int, str]] = []
    rank = 0
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            html = _joined(output.get("data", {}).get("text/html", ""))
            named = QUOTE.findall(html)
            for name in named:
                ranked.append((rank, len(ranked), name))
                rank += 1
            rank = rank if named else 0
    return list(dict.fromkeys(name for _, _, name in sorted(ranked)))


def _joined(text: str | Sequence[str]) -> str:
    return text if isinstance(text, str) else "".join(text)
