"""Which units to code next."""

import pandas as pd

from presslens.framing import trained
from presslens.framing.choosing import next_units


def test_unsure_and_typical_units_come_before_clear_ones_and_oddities() -> None:
    texts = [f"{word} in town {number}" for number in range(8) for word in ("soup", "storm")]
    coder = trained.train(pd.DataFrame({"id": range(16), "text": texts, "labels": ["Food", "Weather"] * 8}), folds=2)
    unlabelled = ["soup in town", "storm in town", "soup and storm in town", "in town", "zyzzyva"]
    found = next_units(coder, pd.DataFrame({"id": list("abcde"), "text": unlabelled}), top=3)
    assert set(found["id"][:2]) == {"c", "d"}
    assert found["uncertainty"].between(0, 1).all()
    assert next_units(coder, pd.DataFrame({"id": [], "text": []})).empty
