"""Helpers that the tests of actors share."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def texts() -> ModuleType:
    """The module `texts.py` of this folder."""
    spec = importlib.util.spec_from_file_location("actors_texts", Path(__file__).with_name("texts.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
