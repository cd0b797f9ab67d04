"""Small tables for the tests of actors, cut from plain strings."""

import re

import pandas as pd

from presslens.language.tokens import tokenize

_CUT = re.compile(
    r"(?<!\b[A-Z])(?<!Mr)(?<!Mrs)(?<!Ms)(?<!Dr)(?<!Sen)(?<!Gov)(?<!Rep)(?<!Gen)(?<!Jan)[.!?][\"”’')]*\s+(?=[“\"‘(A-Z])"
)


def sentences_of(text: str, *, article: str = "a", title: bool = False) -> pd.DataFrame:
    """One paragraph a line; with `title` the first line is the headline."""
    rows: list[tuple[str, str, str, int, int, int, str]] = []
    at, paragraph = 0, 0
    for number, line in enumerate(text.split("\n")):
        if line.strip() and title and number == 0:
            rows.append((article, "title", "title", 0, at, at + len(line), line))
        elif line.strip():
            paragraph += 1
            begin = 0
            for count, end in enumerate([*(m.end() for m in _CUT.finditer(line)), len(line)], 1):
                piece = line[begin:end].rstrip()
                rows.append(
                    (
                        article,
                        f"p{paragraph:02d}s{count:02d}",
                        "body",
                        paragraph,
                        at + begin,
                        at + begin + len(piece),
                        piece,
                    )
                )
                begin = end
        at += len(line) + 1
    columns = ["article", "sentence", "section", "paragraph", "start", "end", "text"]
    types = {
        "article": "str",
        "sentence": "str",
        "section": "str",
        "paragraph": "int64",
        "start": "int64",
        "end": "int64",
    }
    return pd.DataFrame(rows, columns=columns).astype({**types, "text": "str"})


def tables_of(text: str, *, article: str = "a", title: bool = False) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sentences and tokens of a plain text."""
    sentences = sentences_of(text, article=article, title=title)
    return sentences, tokenize(sentences)
