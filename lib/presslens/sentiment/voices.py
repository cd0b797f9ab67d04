"""Which of the text is quoted: what others say is told from what the author says."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from presslens.language.chunks import listed
from presslens.sentiment.features import Floats

_MARKS = '"“”«»„'
_MARK = re.compile(f"[{_MARKS}]")
_OPENS, _CLOSES = "“«„", "”»"


def quoted(sentences: pd.DataFrame) -> Floats:
    """The share of each sentence's characters that stands in double quotation marks, 0..1.

    A quotation may run over several sentences; it ends with its paragraph at the latest, as an unclosed mark would
    otherwise give the rest of the article to someone else.

    Args:
        sentences: in order of the text: `article`, `section`, `paragraph`, `text`.
    """
    shares = np.zeros(len(sentences))
    place: tuple[object, ...] = ()
    inside = False
    columns = (listed(sentences[name]) for name in ("article", "section", "paragraph", "text"))
    for row, (article, section, paragraph, text) in enumerate(zip(*columns, strict=True)):
        if (article, section, paragraph) != place:
            place, inside = (article, section, paragraph), False
        if not inside and not _is_marked(text):
            continue
        since = 0
        within = 0
        for match in _MARK.finditer(text):
            mark = match.group()
            opens = mark in _OPENS or (mark == '"' and not inside)
            if inside and not opens:
                within += match.start() - since
            if opens and not inside:
                since = match.end()
            inside = opens and mark not in _CLOSES
        if inside:
            within += len(text) - since
        shares[row] = min(1.0, within / len(text)) if text else 0.0
    return shares


def _is_marked(text: str) -> bool:
    """Whether there is any mark: quicker to tell one by one than by the pattern, or in a loop."""
    return '"' in text or "“" in text or "”" in text or "«" in text or "»" in text or "„" in text
