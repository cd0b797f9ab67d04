"""Packages imported without their costly parts."""

from __future__ import annotations

import subprocess
import sys

import pytest

from presslens.leaving_out import without


def test_a_part_counts_as_missing_inside_the_block_and_is_there_again_after_it() -> None:
    import json.decoder

    with without("json.decoder", "nowhere"), pytest.raises(ImportError):
        import json.decoder as missing  # noqa: F401
    assert sys.modules["json.decoder"] is json.decoder
    assert "nowhere" not in sys.modules


@pytest.mark.parametrize(
    "module", ["presslens.language.stems", "presslens.sentiment.scoring", "presslens.keywords.ranking"]
)
def test_reading_words_does_not_load_statistics_that_nothing_uses(module: str) -> None:
    code = f"import sys, {module}; from presslens.language.stems import stem; stem('cities')"
    code += "; print([n for n in ('scipy.stats', 'sklearn') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
