"""Every command and every piece of code in the README and in docs/ does what the page says.

A page is carried out from top to bottom in a folder of its own, where the files stand that its commands name. These marks
in a page, as HTML comments, say more than its text does:

`file: NAME`    the block below is written to this file
`edit: NAME`    the lines below, `OLD -> NEW`, are replaced in it
`prints`        the command above prints the block below
`filled: NAMES as FRAME`    somebody has filled in these coding sheets before the block below
`only read: WHY`    the block below is not carried out

In a line of commands, `# exits with N` is the exit code to expect, 0 without it. `report` is run dry, for other tests run it.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import textwrap
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest
import typer.main
import yaml
from typer.testing import CliRunner

from presslens.cli import app
from presslens.errors import PresslensError

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(
    r"(?:<!--\s*(?P<mark>[^>]*?)\s*-->\n)?^(?P<pad> *)```(?P<kind>\w+)\n(?P<text>.*?)^(?P=pad)```$",
    re.MULTILINE | re.DOTALL,
)
INLINE = re.compile(r"`(presslens [^`]+)`")
EXIT = re.compile(r"#.*\bexits with (\d+)")

# Commands that a test cannot run, each with the reason; those of `make` are looked up among its targets.
NOT_RUN = {
    "make": "it sets up an environment, opens a program or runs everything",
    "python": "it remakes shipped data from sources that are not in the repository, or runs the tests",
    ".": "it changes the shell",
    "git": "it is another program",
    "papermill": "it is another program",
    "cd": "it changes the shell",
}
NEEDS_AN_EXTRA = ("--tier neural", "tier=neural", "ner=")
TEXT = """Millbrook weighs a new levee

By Anna Reed

North Korea has nothing to do with this, said the mayor of Millbrook, Anna Reed. "The engineers did brave work," she said.

The flood was a disaster for the farmers who lost their crops. They sued the city, and it may pay aid to them.

The city should rebuild the levee, the engineers said. The farmers fear another terrible flood. China offered sanctions relief.
"""


class Block(NamedTuple):
    """A fenced block: where it begins, its mark, its language and its text."""

    line: int
    mark: str
    kind: str
    text: str


def blocks(page: Path) -> list[Block]:
    text = page.read_text("utf-8")
    return [
        Block(
            text.count("\n", 0, m.start("kind")) + 1, (m["mark"] or "").strip(), m["kind"], textwrap.dedent(m["text"])
        )
        for m in BLOCK.finditer(text)
    ]


def commands(block: Block) -> Iterator[tuple[str, int]]:
    """The commands of a block, and the exit code that each is to end with."""
    for line in block.text.replace("\\\n", " ").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            said = EXIT.search(line)
            yield line, int(said[1]) if said else 0


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that pages name, and a report of one page under the names that they give to runs."""
    folder = tmp_path_factory.mktemp("stage")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    for name in ("article.txt", "levee.txt", "my-article.txt", "other.txt", "third.txt", "seeds/article.txt"):
        (folder / name).write_text(TEXT.replace("Millbrook", "Ashford") if name == "other.txt" else TEXT, "utf-8")
    (folder / "my-article.html").write_text(f"<html><title>News</title><p>{TEXT.replace(chr(10) * 2, '<p>')}</html>")
    texts = pd.DataFrame({"id": ["a", "b", "c"], "text": [*TEXT.strip().split("\n\n")[2:]]})
    for name in ("table.csv", "TABLE", "corpus.csv", "units.csv", "texts.csv"):
        texts.to_csv(folder / name, index=False)
    texts.to_json(folder / "table.jsonl", orient="records", lines=True)
    mention = texts.assign(mention="flood", start=[None, 4, None], end=[None, 9, None]).iloc[[1]]
    mention.astype({"start": int, "end": int}).to_json(folder / "mentions.jsonl", orient="records", lines=True)
    (folder / "my-words.csv").write_text("term,valence\nlevee,2\n")
    (folder / "mine.csv").write_text("term,valence\nlevee,2\n")
    made = [sys.executable, "-m", "presslens", "report", "levee.txt", "--only", "4"]
    subprocess.run(made, cwd=folder, check=True, capture_output=True)
    for name in ("RUN", "RUN_A", "RUN_B", "article"):
        shutil.copytree(folder / "outputs" / "levee", folder / "outputs" / name)
    labels = [
        ("The farmers sued the city again", "Dispute"),
        ("Rents and prices rise", "Price"),
        ("Nothing here", "Other"),
    ]
    rows = [(f"u{n}", f"{text} in week {n}.", frame) for n in range(12) for text, frame in labels]
    pd.DataFrame(rows, columns=["id", "text", "labels"]).to_csv(folder / "labelled.csv", index=False)
    return folder


@pytest.fixture
def folder(stage: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the stage to work in."""
    shutil.copytree(stage, tmp_path / "work")
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_does_what_it_says(page: Path, folder: Path) -> None:
    printed = ""
    for block in blocks(page):
        mark, _, told = block.mark.partition(":")
        place = f"{page.name}, line {block.line}"
        if mark == "only read":
            assert told.strip(), f"{place}: say why it is only read"
        elif mark == "file":
            (folder / told.strip()).write_text(block.text, encoding="utf-8")
        elif mark == "edit":
            edit(folder / told.strip(), block.text, place)
        elif mark == "prints":
            assert printed.strip() == block.text.strip(), place
        elif mark == "filled":
            names, _, frame = told.partition(" as ")
            for name in names.split():
                fill(folder / name, frame)
        if mark in {"file", "edit", "prints", "only read"}:
            continue
        if block.kind == "python":
            exec(compile(block.text, place, "exec"), {})  # noqa: S102 - code of our own pages
        elif block.kind == "yaml":
            assert yaml.safe_load(block.text), place
        elif block.kind == "sh":
            for line, code in commands(block):
                printed = carry_out(line, code, place)


def edit(path: Path, changes: str, place: str) -> None:
    text = path.read_text("utf-8")
    for change in changes.splitlines():
        old, _, new = change.partition(" -> ")
        assert old in text, f"{place}: {old!r} is not in {path.name}"
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def fill(path: Path, frame: str) -> None:
    """Give each unit of a coding sheet a frame where its text has a comma, else the residual one."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        has_comma = "," in str(row[names.index("text")].value)
        row[names.index("frame_1")].value = frame if has_comma else "Other"
    book.save(path)


def carry_out(line: str, code: int, place: str) -> str:
    """Run a line of commands as a shell would, and give what it printed."""
    words = shlex.split(line, comments=True)
    settings = dict(words.pop(0).split("=", 1) for _ in range(len(words)) if re.match(r"[A-Z_]+=", words[0]))
    if words[0] in NOT_RUN:
        if words[0] == "make":
            assert re.search(rf"^{re.escape(words[1])}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE), place
        return ""
    assert words[0] == "presslens", f"{place}: no test runs {words[0]!r}; name it in NOT_RUN, with the reason"
    arguments, target = words[1:], None
    if ">" in arguments:
        at = arguments.index(">")
        arguments, target = arguments[:at], arguments[at + 1]
    if any(extra in " ".join(arguments) for extra in NEEDS_AN_EXTRA):
        code = 2
    if arguments[:1] == ["report"] and "--dry-run" not in arguments:
        arguments = [*arguments, "--dry-run"]
    for name in arguments[1:]:
        if name.endswith(".txt") and "/" not in name and not Path(name).exists():
            Path(name).write_text(TEXT, encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        result = CliRunner(env=settings).invoke(app, arguments)
    error = result.exception
    ended = error.exit_code if isinstance(error, PresslensError) else result.exit_code
    unexpected = error if error and not isinstance(error, PresslensError | SystemExit) else None
    assert ended == code, f"{place}: {line!r} ended with {ended}: {error!r}\n{result.output}"
    assert unexpected is None, f"{place}: {line!r}: {unexpected!r}"
    if target:
        Path(target).write_text(result.stdout, encoding="utf-8")
    return str(result.stdout)


def command_of(words: list[str]) -> tuple[Any, list[str]]:
    """The command that words name, and its options."""
    found: Any = typer.main.get_command(app)
    rest = list(words)
    while hasattr(found, "commands") and rest and rest[0] in found.commands:
        found = found.commands[rest.pop(0)]
    return found, [word for word in rest if re.match(r"--?[a-z]", word)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_command_named_in_passing_exists_with_its_options(page: Path) -> None:
    for text in INLINE.findall(page.read_text("utf-8")):
        words = shlex.split(text)[1:]
        found, options = command_of(words)
        of_all = words[0].startswith("--")  # an option of presslens itself, whatever the command
        assert of_all or not hasattr(found, "commands") or words == [found.name], f"{page.name}: no command {text!r}"
        known = {option for parameter in found.params for option in (*parameter.opts, *parameter.secondary_opts)}
        assert {*options} <= known | {"--help"}, f"{page.name}: {text!r} has an option that is not there"


def test_every_command_is_told_of_in_the_readme_or_in_the_answers() -> None:
    told = " ".join(page.read_text("utf-8") for page in PAGES)
    everything: Any = typer.main.get_command(app)
    names = [
        f"{name} {inner}" if hasattr(one, "commands") else name
        for name, one in sorted(everything.commands.items())
        for inner in (sorted(one.commands) if hasattr(one, "commands") else [""])
    ]
    assert [name for name in names if f"presslens {name}" not in told] == []


def test_nothing_that_is_not_run_is_left_in_the_list_for_no_reason() -> None:
    first = {
        shlex.split(line)[0]
        for page in PAGES
        for block in blocks(page)
        if block.kind == "sh"
        for line, _ in commands(block)
    }
    assert {*NOT_RUN} - first == set()
