"""Words of the article as evidence, with marks that say why; always escaped."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape


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
        name = self.where.split(" ", 1)[0]
        address = Markup(' data-sentence="{}"').format(name) if name else Markup("")
        return Markup('<blockquote class="evidence"{}><p>{}{}</p></blockquote>').format(address, words, where)


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
