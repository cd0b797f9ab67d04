"""Every sentence has an address on the page of the text; wherever a page names one, it links there."""

import re
from collections.abc import Collection

PAGE = "text.html"
TAG = re.compile(r"(<[^<>]*>)")
NAMED = re.compile(r"\bp\d{2,}s\d{2,}\b")
HEAD = re.compile(r"^(title|dek)\b")
LOCAL = re.compile(r'href="#(p\d{2,}s\d{2,}|title|dek)"')
CLOSED = {"a", "svg", "pre", "code", "style", "script", "option"}


def linked(html: str, sentences: Collection[str]) -> str:
    """HTML in which the ids of these sentences lead to the page of the text.

    An id of the form `p03s02` is linked wherever it stands; `title` and `dek`, which are words too, only in elements of
    the class `where`.
    """
    parts = TAG.split(html)
    depth, where = 0, False
    for number, part in enumerate(parts):
        if number % 2:
            name = part[1:].lstrip("/").split(None, 1)[0].rstrip(">/").lower() if len(part) > 2 else ""
            if name in CLOSED:
                depth = max(0, depth + (-1 if part.startswith("</") else 1))
            where = ' class="where"' in part
            parts[number] = LOCAL.sub(lambda m: f'href="{PAGE}#{m[1]}"' if m[1] in sentences else m[0], part)
        elif part and not depth:
            done = NAMED.sub(lambda m: _link(m[0]) if m[0] in sentences else m[0], part)
            parts[number] = HEAD.sub(lambda m: _link(m[0]) if m[0] in sentences else m[0], done) if where else done
    return "".join(parts)


def _link(name: str) -> str:
    return f'<a href="{PAGE}#{name}">{name}</a>'
