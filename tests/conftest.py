"""What several tests share: the project's root, its seed, one finished report, and the human-coded data if present."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from presslens.article.reading import Article, read
from presslens.validation import data_folder

ROOT = Path(__file__).parents[1]

settings.register_profile("presslens", deadline=None)  # how busy the machine is, is no defect
settings.load_profile("presslens")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def seed_path() -> Path:
    return ROOT / "seeds" / "pyongyang-helping-hand.txt"


@pytest.fixture(scope="session")
def seed(seed_path: Path) -> Article:
    return read(seed_path)


@pytest.fixture(scope="session")
def data() -> Path:
    folder = data_folder()
    if folder is None:
        pytest.skip("the human-coded data is not here (set PRESSLENS_DATA, or put it in ../shared/data)")
    return folder


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished report on the seed, made by the command line in a process of its own."""
    shared = tmp_path_factory.getbasetemp().parent if os.environ.get("PYTEST_XDIST_WORKER") else None
    out = (shared or tmp_path_factory.mktemp("report")) / "outputs"
    done = subprocess.run(
        [sys.executable, "-m", "presslens", "report", "--out", str(out)],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return out / "pyongyang-helping-hand"


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; a browser test skips without one, or fails where one was promised."""
    path = os.environ.get("PRESSLENS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        reason = "no Chromium is installed (set PRESSLENS_CHROMIUM to one)"
        if os.environ.get("PRESSLENS_NEED_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.fixture(scope="session")
def run_record(report: Path) -> dict[str, object]:
    return dict(json.loads((report / "run.json").read_text("utf-8")))
