"""What must hold of the measures on any article, on a few generated ones; `make properties` looks at 2,000."""

from __future__ import annotations

import pytest
from tests.properties import holds


@pytest.mark.parametrize("check", holds.EACH)
@pytest.mark.parametrize("seed", range(100_000, 100_006))
def test_it_holds_of_a_generated_article(check: str, seed: int) -> None:
    holds.EACH[check](seed)


def test_the_order_of_documents_never_matters() -> None:
    holds.order_never_matters(range(100_000, 100_012))
