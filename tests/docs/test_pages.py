"""The links of the pages lead somewhere, and the constants that the methods page states are those of the code."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "seeds" / "README.md"]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|<img [^>]*src=\"([^\"]+)\"")
CONSTANT = re.compile(r"^\| `([a-z_.]+)\.([A-Z_]+)` \| ([^|]+) \|", re.MULTILINE)
METHODS = ROOT / "docs" / "methods.md"


def addresses(page: Path) -> set[str]:
    """The addresses of a page's headings, as they are made where it is shown."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    for link in ("".join(found) for found in LINK.findall(page.read_text("utf-8"))):
        if "://" in link:
            continue
        name, _, address = link.partition("#")
        target = (page.parent / name) if name else page
        assert target.exists(), f"{page.name}: {link}"
        assert not address or address in addresses(target), f"{page.name}: {link}"


@pytest.mark.parametrize(("module", "name", "value"), CONSTANT.findall(METHODS.read_text("utf-8")))
def test_a_constant_of_the_methods_page_is_that_of_the_code(module: str, name: str, value: str) -> None:
    found = getattr(importlib.import_module(f"presslens.{module}"), name)
    assert found == ast.literal_eval(value.strip().strip("`"))


def test_the_methods_page_states_constants() -> None:
    assert len(CONSTANT.findall(METHODS.read_text("utf-8"))) >= 20


def test_every_module_that_the_methods_page_names_is_there() -> None:
    packages = "|".join(p.name for p in (ROOT / "lib" / "presslens").iterdir() if (p / "__init__.py").exists())
    names = set(re.findall(rf"`((?:{packages})\.[a-z_]+(?:\.[a-z_]+)?)`", METHODS.read_text("utf-8")))
    assert len(names) > 40
    for name in sorted(names):
        parts = name.split(".")
        module = importlib.import_module(".".join(["presslens", *parts[:2]]))
        assert len(parts) == 2 or hasattr(module, parts[2]), name
