"""What must hold of the repository itself."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from presslens.dependencies import PACKAGE, imported, module_file
from presslens.reports.parameters import Parameters

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files"], check=False, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in done.stdout.splitlines() if (ROOT / name).is_file()]


def requirement(line: str) -> tuple[str, str]:
    match = re.match(r"([A-Za-z0-9_.-]+)(.*)", line)
    assert match
    return match.group(1).lower().replace("_", "-"), match.group(2).strip()


def test_the_conda_environment_has_every_dependency_in_the_same_range() -> None:
    entries = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    conda = [entry for entry in entries if isinstance(entry, str)]
    pip = [line for entry in entries if isinstance(entry, dict) for line in entry["pip"] if not line.startswith("-")]
    found = dict(requirement(line) for line in conda + pip)
    assert found.pop("python") == PROJECT["requires-python"]
    found.pop("pip")
    assert found == dict(requirement(line) for line in PROJECT["dependencies"])


def test_the_lock_pins_every_dependency_with_hashes_and_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pinned = {m.group(1).lower() for m in re.finditer(r"^([A-Za-z0-9_.-]+)==", lock, re.MULTILINE)}
    wanted = {requirement(line)[0] for line in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]}
    assert wanted <= pinned
    entries = re.split(r"\n(?=\S)", lock)
    assert all("--hash=sha256:" in entry for entry in entries if re.match(r"[A-Za-z0-9_.-]+==", entry))
    assert "://" not in lock


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_without_outputs(path: Path) -> None:
    cells = [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_parameters_cell_has_the_defaults_of_the_model(path: Path) -> None:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    tagged = [c for c in cells if "parameters" in c["metadata"].get("tags", [])]
    if path.stem == "welcome":
        assert tagged == []
        return
    (cell,) = tagged
    assigned = {n.targets[0].id: ast.literal_eval(n.value) for n in ast.parse("".join(cell["source"])).body}
    defaults = Parameters().model_dump()
    assert assigned == {name: defaults[name] for name in assigned}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_calls_functions_and_defines_none(path: Path) -> None:
    cells = [c for c in json.loads(path.read_text("utf-8"))["cells"] if c["cell_type"] == "code"]
    for cell in cells:
        tree = ast.parse("".join(cell["source"]))
        assert not [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.Lambda | ast.For | ast.While)]
        assert "matplotlib" not in "".join(cell["source"])


def test_the_seed_is_the_file_that_its_page_describes() -> None:
    page = (ROOT / "seeds" / "README.md").read_text("utf-8")
    digest = hashlib.sha256((ROOT / "seeds" / "pyongyang-helping-hand.txt").read_bytes()).hexdigest()
    assert f"`{digest}`" in page


def test_seeds_and_notebook_outputs_are_not_packed() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert "/seeds" in build["sdist"]["exclude"]
    assert build["wheel"]["packages"] == ["lib/presslens"]


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in (ROOT / "lib").rglob("*.py")}
    assert {str(path): n for path, n in lengths.items() if n > 400} == {}


def part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_a_part_of_the_library_imports_nothing_of_what_stands_after_it_in_the_table_of_parts() -> None:
    table = (ROOT / "docs" / "contributing.md").read_text("utf-8").partition("## Layout")[2].partition("## ")[0]
    order = re.findall(r"`(\w+)/`", "".join(re.findall(r"^\| (.*?) \|", table, re.M)))
    assert {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()} == set(order)
    rank = {name: number for number, name in enumerate([*order, "cli", "__main__"])}
    against = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in PACKAGE.rglob("*.py")
        for name in imported(path.read_text("utf-8"))
        if (file := module_file(name)) and rank.get(part(file), -1) > rank.get(part(path), -1)
    }
    assert against == set()


def test_no_file_names_a_registry_host_or_a_machine_path() -> None:
    hosts = re.compile("py" r"pi\.org|python" r"hosted|npm" r"js\.(org|com)|deb\." "debian|/wo" "rk/")
    named = [
        p
        for p in tracked()
        if p.suffix not in {".png", ".docx", ".parquet"} and hosts.search(p.read_text("utf-8", "ignore"))
    ]
    assert named == []


def test_every_data_file_says_where_it_comes_from() -> None:
    folders = {
        p.parent for p in (ROOT / "lib").rglob("data/*") if p.suffix in {".csv", ".tsv", ".txt", ".json", ".yaml"}
    }
    unsaid = [
        str(path)
        for folder in folders
        for path in folder.iterdir()
        if path.is_file()
        and path.suffix in {".csv", ".tsv", ".txt", ".json", ".yaml"}
        and not list(folder.glob("*SOURCES*.md"))
        and not path.read_text("utf-8").startswith("#")
    ]
    assert unsaid == []
