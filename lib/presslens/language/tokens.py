"""Tokens by one compiled pattern, each with its place in the article."""

import re
from functools import lru_cache
from struct import Struct
from threading import Lock

import numpy as np
import pandas as pd

from presslens.language.chunks import Chunks, chunks, coded, keep, numbered, spread

TOKEN = re.compile(
    r"""
      (?P<clitic>(?<=\w)['’][sS](?!\w))                                   # Moon|’s
    | (?P<acronym>(?:[^\W\d_]\.){2,})                                     # U.S.  a.m.
    | (?P<number>\d+(?:[.,:]\d+)*(?![^\W_]|[-‐‑][^\W\d_]|[.,:]\d))        # 2,397  1.5  18:30
    | (?P<word>[^\W_][^\W_\u0300-\u036f]*[\u0300-\u036f]*
        (?:[^\W_]|[\u0300-\u036f]                                        # don’t  COVID-19  AT&T  1.5bn
          |(?:[-‐‑&]|(?<=\d)[.,:](?=\d)|\.(?=[a-z])|['’](?![sS](?!\w)))(?=[^\W_]))*)
    | (?P<symbol>[$€£¥%°§©®™+=<>|~^\\/*&#@_]|[^\w\s!-~\u2000-\u206f])     # $  %  an emoji
    | (?P<punctuation>\.{2,}|--+|[^\w\s])                                 # ...  --  ,
    """,
    re.VERBOSE,
)
_MARKS = frozenset(".,;:!?")
KINDS = ("word", "number", "clitic", "symbol", "punctuation")
KIND_OF = {"acronym": "word"}
KEPT = 100_000  # chunks and tokens that are remembered
_LOCK = Lock()
_PIECE = Struct("=qqq")
_NUMBERS: dict[tuple[str, str], int] = {}  # a number for each token and kind that is remembered
COLUMNS = ("article", "sentence", "section", "paragraph", "start", "end", "token", "norm", "kind")


def tokenize(sentences: pd.DataFrame, *, parted: Chunks | None = None) -> pd.DataFrame:
    """The tokens of every sentence, in order.

    Args:
        sentences: needs `article`, `sentence`, `section`, `paragraph`, `start` and `text`.
        parted: the chunks of their texts, where they are at hand.

    Returns:
        One row a token: `article`, `sentence`, `section`, `paragraph`, `start`, `end` (offsets into the article's
        cleaned text), `token` (as written), `norm` (lower case, straight apostrophe), `kind` (`word`, `number`,
        `clitic` for a possessive or contracted 's, `symbol`, `punctuation`).
    """
    found = parted or chunks(sentences["text"].tolist())
    with _LOCK:  # a worker may have several threads, and a number must not be given twice
        if len(_NUMBERS) > KEPT:
            _NUMBERS.clear()
            _pieces.cache_clear()
        pieces = [_pieces(chunk) for chunk in found.distinct]
        tokens = list(_NUMBERS)
    left, right, number = np.ascontiguousarray(np.frombuffer(b"".join(pieces), dtype=np.int64).reshape(-1, 3).T)
    which, first = numbered(number)
    distinct = [tokens[one] for one in number[first].tolist()]
    owner, at = spread(np.array([len(one) for one in pieces], dtype=np.int64) // _PIECE.size, found.code)
    row, code = found.text[owner], which[at]
    begin = sentences["start"].to_numpy(dtype=np.int64)[row] + found.start[owner]
    written = {
        "token": [token for token, _ in distinct],
        "norm": [token.lower().replace("’", "'") for token, _ in distinct],
        "kind": [KIND_OF.get(kind, kind) for _, kind in distinct],
    }
    whole = ("article", "sentence", "section", "paragraph")
    table = pd.DataFrame(
        {
            **{name: sentences[name].array.take(row) for name in whole},
            "start": begin + left[at],
            "end": begin + right[at],
            **{name: pd.array(values, dtype="str").take(code) for name, values in written.items()},
        }
    )
    for name in ("article", "sentence", "section"):
        codes, values = coded(sentences[name])
        keep(table[name], codes[row], values)
    for name, strings in written.items():
        known: dict[str, int] = {}
        codes = np.array([known.setdefault(value, len(known)) for value in strings], dtype=np.int64)
        keep(table[name], codes[code], np.array(list(known), dtype=object))
    return table


@lru_cache(maxsize=KEPT)
def _pieces(chunk: str) -> bytes:
    """The tokens of what stands between blanks: no token, and nothing that the pattern looks at, reaches across one.

    Start, end and number in `_NUMBERS` of each, packed, for many are read at once.
    """
    if chunk.isascii():  # most new chunks are a word, with or without a mark: quicker to tell than by the pattern
        word, mark = (chunk[:-1], chunk[-1]) if chunk[-1] in _MARKS else (chunk, "")
        if word.isalpha():
            alone = _packed(0, len(word), word, "word")
            return alone + _packed(len(word), len(chunk), mark, "punctuation") if mark else alone
    found = TOKEN.finditer(chunk)
    return b"".join([_packed(*match.span(), match.group(), match.lastgroup or "punctuation") for match in found])


def _packed(start: int, end: int, token: str, kind: str) -> bytes:
    return _PIECE.pack(start, end, _NUMBERS.setdefault((token, kind), len(_NUMBERS)))
