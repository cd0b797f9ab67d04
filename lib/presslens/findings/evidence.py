"""Words of the article as evidence, with marks that say why; always escaped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd
from markupsafe import Markup, escape

from presslens.article import languages

ADDRESS = re.compile(r"(?:title|dek|p\d+s\d+)\b")  # the id of a sentence
WORD = re.compile(r"\w+")
ALIKE = 0.6  # share of the words of two sentences that both have, from which one is enough


@dataclass(frozen=True)
class Quotation:
    """Words of the article as evidence.

    `start` is where they begin in the article; each mark is (start, end, class, why) in the article's offsets; `where`
    says which sentence it is and what it scores.
    """

    text: str
    start: int = 0
    marks: Sequence[tuple[int, int, str, str]] = field(default_factory=list)
    where: str = ""

    def html(self) -> Markup:
        """The words in a block quotation, marked."""
        where = Markup(' <cite class="where">{}</cite>').format(self.where) if self.where else Markup("")
        words = marked(self.text, self.marks, start=self.start)
        name = self.where.split(" ", 1)[0] if ADDRESS.match(self.where) else ""
        address = Markup(' data-sentence="{}"').format(name) if name else Markup("")
        return Markup('<blockquote class="evidence"{}><p>{}{}</p></blockquote>').format(address, words, where)


def english(sentences: pd.DataFrame) -> pd.DataFrame:
    """The sentences of an article but for its paragraphs in another language, where nothing that is measured can be trusted.

    Where most of the article is in another language, all of them.
    """
    body = sentences[sentences["section"] == "body"]
    texts = body.groupby("paragraph", sort=False)["text"].agg(" ".join)
    apart = languages.others(texts.tolist())
    sizes = [len(text.split()) for text in texts]
    if not apart or 2 * sum(sizes[at - 1] for at in apart) > sum(sizes):
        return sentences
    numbers = texts.index[[at - 1 for at in apart]]
    return sentences[~((sentences["section"] == "body") & sentences["paragraph"].isin(numbers))]


def varied(texts: Sequence[str], *, most: int) -> list[int]:
    """The places of the first `most` texts that do not say nearly the same as one before: three words of five shared."""
    chosen: list[int] = []
    words = [set(WORD.findall(text.casefold())) for text in texts]
    for at, own in enumerate(words):
        if len(chosen) == most:
            break
        if all(len(own & words[n]) < ALIKE * max(len(own | words[n]), 1) for n in chosen):
            chosen.append(at)
    return chosen


def marked(text: str, spans: Sequence[tuple[int, int, str, str]], *, start: int = 0) -> Markup:
    """Text with marks: each span is (start, end, class, why) in offsets that `start` shifts; overlaps keep the first."""
    pieces: list[Markup] = []
    at = 0
    for first, last, kind, why in sorted(spans):
        left, right = first - start, last - start
        if left < at or right > len(text) or right <= left:
            continue
        pieces.append(escape(text[at:left]))
        pieces.append(Markup('<mark class="{}" title="{}">{}</mark>').format(kind, why, text[left:right]))
        at = right
    return Markup("").join([*pieces, escape(text[at:])])
