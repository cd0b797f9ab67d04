"""A fault at a write, a sync or a name leaves the old result or the new one; `bench_writing.py` tries hundreds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.hostile.faults import compiler

BENCH = Path(__file__).parents[1] / "bench" / "bench_writing.py"
QUICK = ("coding desk, CSV", "coding desk, XLSX", "table, CSV", "table, Parquet", "agreement", "new codebook")


@pytest.mark.skipif(compiler() is None, reason="the layer that makes faults needs Linux and a C compiler")
def test_faults_in_writing_do_no_harm() -> None:
    done = subprocess.run([sys.executable, str(BENCH), "60", "2", *QUICK], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "0 damaged or lost results or rests" in done.stdout
