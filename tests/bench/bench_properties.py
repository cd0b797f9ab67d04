"""What must hold of the measures on any article, looked at on many: `python tests/bench/bench_properties.py [ARTICLES] [FIRST]`.

Prints for each property how many generated articles it held of, and the first that break it.
"""

from __future__ import annotations

import sys
import time
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.properties import holds

TOGETHER = 50


def main(articles: int, first: int) -> int:
    warnings.simplefilter("ignore")
    bad = 0
    for name, check in holds.EACH.items():
        broken: list[str] = []
        began = time.monotonic()
        for seed in range(first, first + articles):
            try:
                check(seed)
            except AssertionError as error:
                broken.append(f"  {seed}: {str(error)[:600]}")
        bad += len(broken)
        print(f"{name}: held of {articles - len(broken):,} of {articles:,} articles, {time.monotonic() - began:.0f} s")
        print("\n".join(broken[:5]), end="\n" if broken else "", flush=True)
    broken = []
    for start in range(first, first + articles, TOGETHER):
        try:
            holds.order_never_matters(range(start, start + TOGETHER))
        except AssertionError as error:
            broken.append(f"  {start}: {str(error)[:600]}")
    print(f"order_never_matters: broken in {len(broken)} of {-(-articles // TOGETHER)} tables of {TOGETHER} articles")
    print("\n".join(broken[:5]), end="\n" if broken else "")
    return 1 if bad or broken else 0


if __name__ == "__main__":
    numbers = [int(a) for a in sys.argv[1:]]
    sys.exit(main(*(numbers + [2000, 0][len(numbers) :])))
