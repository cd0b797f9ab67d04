"""Whether a text is only the beginning of an article, as feeds, databases of news and pages for subscribers give it."""

import re
from collections.abc import Sequence

from presslens.article.cleaning import Found
from presslens.article.document import Paragraph

RULE = "cut off"  # of `data/noise.yaml`
SAID = "The text may be only the beginning of an article"
LAST = 40  # characters at the end of a text that are looked at
MARK = re.compile(r"\[\+[\d,]{1,9} chars\]\s*\Z|[\[(](?:\u2026|\.\.\.|more)[\])]\s*\Z")
TRAILING = re.compile(r"(?:\u2026|\.\.\.)[\"'\u201d\u2019)\]]*\Z")
SHORT = 150  # words: a longer text that trails off may mean to


def note(paragraphs: Sequence[Paragraph], found: Sequence[Found]) -> str:
    """A sentence where the end of a text says that more of it is elsewhere; empty where it does not.

    Args:
        paragraphs: what cleaning left.
        found: what it found; a line that sends readers elsewhere counts below the last paragraph alone.
    """
    if not paragraphs:
        return ""
    last = paragraphs[-1]
    sent = next((one.text for one in found if one.rule == RULE and one.line >= last.line), "")
    if sent:
        return f"{SAID}: below it stands \u201c{sent}\u201d."
    if mark := MARK.search(last.text[-LAST:]):
        return f"{SAID}: it ends with \u201c{mark[0].strip()}\u201d."
    words = sum(len(paragraph.text.split()) for paragraph in paragraphs)
    return f"{SAID}: it is short and trails off." if words < SHORT and TRAILING.search(last.text[-LAST:]) else ""
