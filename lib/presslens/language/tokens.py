"""Tokens by one compiled pattern, each with its place in the article."""

import re

import pandas as pd

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
KINDS = ("word", "number", "clitic", "symbol", "punctuation")
COLUMNS = ("article", "sentence", "section", "paragraph", "start", "end", "token", "norm", "kind")


def tokenize(sentences: pd.DataFrame) -> pd.DataFrame:
    """The tokens of every sentence, in order.

    Args:
        sentences: needs `article`, `sentence`, `section`, `paragraph`, `start` and `text`.

    Returns:
        One row a token: `article`, `sentence`, `section`, `paragraph`, `start`, `end` (offsets into the article's
        cleaned text), `token` (as written), `norm` (lower case, straight apostrophe), `kind` (`word`, `number`,
        `clitic` for a possessive or contracted 's, `symbol`, `punctuation`).
    """
    counts: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    tokens: list[str] = []
    kinds: list[str] = []
    for offset, text in zip(sentences["start"].tolist(), sentences["text"].tolist(), strict=True):
        before = len(tokens)
        for match in TOKEN.finditer(text):
            start, end = match.span()
            starts.append(offset + start)
            ends.append(offset + end)
            tokens.append(match.group())
            kinds.append(match.lastgroup or "punctuation")
        counts.append(len(tokens) - before)
    columns = ["article", "sentence", "section", "paragraph"]
    table = sentences[columns].loc[sentences.index.repeat(counts)].reset_index(drop=True)
    surface = pd.Series(tokens, dtype="str")
    return table.assign(
        start=pd.Series(starts, dtype="int64"),
        end=pd.Series(ends, dtype="int64"),
        token=surface,
        norm=surface.str.lower().str.replace("’", "'", regex=False),
        kind=pd.Series(kinds, dtype="str").replace({"acronym": "word"}),
    )
