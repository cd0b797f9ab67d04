from __future__ import annotations

import gc
import resource
import subprocess
import sys

import pytest

from presslens.corpus import memory

FAULTS = """
import resource
from contextlib import nullcontext
import numpy as np
from presslens.corpus import memory

def faults(held):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    with held:
        for _ in range(50):
            np.ones(500_000).sum()  # 4 MB, a thousand pages
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

print(faults(nullcontext()), faults(memory.kept()), faults(nullcontext()))
"""


def test_the_search_for_circles_rests_meanwhile_and_goes_on_as_before() -> None:
    assert gc.isenabled()
    seen = []

    @memory.kept()
    def fails() -> None:
        seen.append(gc.isenabled())
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        fails()
    assert seen == [False]
    assert gc.isenabled()
    gc.disable()
    try:
        with memory.kept():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.skipif(memory._library() is None, reason="needs the GNU C library")
def test_where_memory_is_to_be_given_back_at_once_it_is_kept_for_a_batch_alone() -> None:
    environment = {"MALLOC_TRIM_THRESHOLD_": "65536", "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", FAULTS], capture_output=True, text=True, check=True, env=environment)
    before, meanwhile, after = map(int, done.stdout.split())
    pages = 50 * 500_000 * 8 / resource.getpagesize()
    assert before > 0.9 * pages
    assert meanwhile < 0.1 * pages
    assert after > 0.9 * pages
