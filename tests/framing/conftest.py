"""Small tables to code."""

from collections.abc import Callable

import pandas as pd
import pytest

from presslens.framing.schema import Codebook, parse
from presslens.language.tokens import tokenize

Tables = Callable[..., tuple[pd.DataFrame, pd.DataFrame]]


@pytest.fixture
def tables() -> Tables:
    """Sentences, each a paragraph of its own, in one article whose text they are joined by blanks; and their tokens."""

    def build(*texts: str, article: str = "a") -> tuple[pd.DataFrame, pd.DataFrame]:
        rows, start = [], 0
        for number, text in enumerate(texts, start=1):
            rows.append((article, f"p{number:02d}s01", "body", number, start, start + len(text), text))
            start += len(text) + 1
        names = ["article", "sentence", "section", "paragraph", "start", "end", "text"]
        types = {"article": "str", "sentence": "str", "section": "str", "paragraph": "int64", "start": "int64"}
        sentences = pd.DataFrame(rows, columns=names).astype({**types, "end": "int64", "text": "str"})
        return sentences, tokenize(sentences)

    return build


@pytest.fixture
def book() -> Callable[[str], Codebook]:
    """A codebook from the YAML of its frames."""
    return lambda frames: parse("name: test\nframes:\n" + frames, origin="test.yaml")
