"""Codebooks by name or path, and what a careful reader would mend in one."""

import os
from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd
from pydantic import ValidationError

from presslens.article.decoding import load as load_bytes
from presslens.errors import BadInput
from presslens.framing.coding import sentence_evidence, sentence_sums
from presslens.framing.schema import Codebook, Frame, Indicator, explain, parse, read

__all__ = ["Codebook", "Frame", "Indicator", "check", "load", "names", "template"]

SHIPPED = "presslens.framing.codebooks"
SUFFIXES = (".yaml", ".yml")
PROBLEM_COLUMNS = ("level", "frame", "term", "problem", "remedy")
DESCRIBING = ("definition", "counts", "does_not_count", "examples", "indicators")
TOO_BROAD = 0.2  # share of a corpus's sentences


def names() -> tuple[str, ...]:
    """Names of the codebooks that ship with presslens, sorted."""
    found = (Path(entry.name) for entry in files(SHIPPED).iterdir())
    return tuple(sorted(path.stem for path in found if path.suffix in SUFFIXES))


def load(name_or_path: str | Path) -> Codebook:
    """A shipped codebook by its name, or one of the user's by its path.

    Raises:
        BadInput: no such codebook, not YAML, or not a codebook; the message names the file, the place and the remedy.
    """
    if str(name_or_path) in names():
        return _shipped(str(name_or_path))
    text = _text(name_or_path)
    return parse(text, origin=str(name_or_path))


def _text(name_or_path: str | Path) -> str:
    path = Path(name_or_path)
    shipped = ", ".join(names())
    if not os.path.lexists(path):  # False too for a name that cannot be one
        raise BadInput(f"no codebook {str(name_or_path)!r}: give the path of a YAML file or one of {shipped}.")
    data = load_bytes(path, limit="settings_bytes", remedy=f"Give a YAML file or one of {shipped}.", empty=True)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not UTF-8 text (byte {error.start}): save the codebook as UTF-8.") from error


@cache
def _shipped(name: str) -> Codebook:
    return parse(files(SHIPPED).joinpath(f"{name}.yaml").read_text(encoding="utf-8"), origin=f"{name}.yaml")


def template(name: str = "my_codebook") -> str:
    """A commented start for a codebook of one's own, as YAML text that loads."""
    return (
        files("presslens.framing").joinpath("data", "template.yaml").read_text(encoding="utf-8").replace("NAME", name)
    )


def check(path: str | Path, corpus: pd.DataFrame | None = None) -> pd.DataFrame:
    """What is wrong or doubtful in a codebook.

    Args:
        path: a YAML file, or the name of a shipped codebook.
        corpus: `id` and `text`; with it, indicators that never fire there or fire in over a fifth of its sentences.

    Returns:
        One row a problem, errors first: `level` (`error`: the codebook cannot be used; `warning`: it can), `frame`,
        `term` (each empty where it is about none), `problem`, `remedy`. No rows: nothing found.

    Raises:
        BadInput: no such file, or not YAML.
    """
    shipped = str(path) in names()
    origin = f"{path}.yaml" if shipped else str(path)
    text = files(SHIPPED).joinpath(origin).read_text(encoding="utf-8") if shipped else _text(path)
    content = read(text, origin=origin)
    try:
        codebook = Codebook.model_validate(content)
    except ValidationError as error:
        return _problems([("error", "", "", fault, "mend the file at this place") for fault in explain(error, content)])
    rows = [*_gaps(codebook), *_overlaps(codebook), *_examples(codebook)]
    return _problems(rows if corpus is None else [*rows, *_on_corpus(codebook, corpus)])


Problem = tuple[str, str, str, str, str]


def _problems(rows: list[Problem]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(PROBLEM_COLUMNS), dtype="str")


def _gaps(codebook: Codebook) -> list[Problem]:
    rows: list[Problem] = []
    for frame in codebook.coded_frames:
        missing = [key for key in DESCRIBING if not getattr(frame, key)]
        rows.extend(("warning", frame.frame, "", f"it has no `{key}`", "add it to code alike") for key in missing)
    return rows


def _overlaps(codebook: Codebook) -> list[Problem]:
    """Terms that decide for two frames at once, and repetitions. A hint may be shared: it needs another beside it."""
    weights: dict[str, dict[str, list[float]]] = {}
    for frame in codebook.coded_frames:
        for one in frame.indicators:
            owners = weights.setdefault(" ".join(one.term.casefold().split()), {})
            owners.setdefault(frame.frame, []).append(one.weight)
    enough = {frame.frame: codebook.threshold_of(frame) for frame in codebook.coded_frames}
    rows: list[Problem] = []
    for term, frames in sorted(weights.items()):
        first, *others = [name for name, found in frames.items() if max(found) >= enough[name]] or [""]
        if others:
            problem = f"it alone codes {', '.join(others)} too"
            rows.append(("warning", first, term, problem, "keep it where it says most, or lower its weight"))
        for name, found in frames.items():
            if len(found) > 1:
                rows.append(("warning", name, term, f"it stands {len(found)} times in this frame", "keep one"))
    return rows


def _examples(codebook: Codebook) -> list[Problem]:
    cases = [(frame.frame, text) for frame in codebook.coded_frames if frame.indicators for text in frame.examples]
    sums = sentence_sums([text for _, text in cases], codebook)
    column = {frame.frame: number for number, frame in enumerate(codebook.coded_frames)}
    enough = {frame.frame: codebook.threshold_of(frame) for frame in codebook.coded_frames}
    return [
        ("warning", frame, "", f"its example is not coded with it: {text}", "add or strengthen indicators")
        for number, (frame, text) in enumerate(cases)
        if sums[number, column[frame]] < enough[frame]
    ]


def _on_corpus(codebook: Codebook, corpus: pd.DataFrame) -> list[Problem]:
    evidence = sentence_evidence(corpus["text"].tolist(), codebook)
    counts = evidence.groupby(["frame", "indicator"])["article"].nunique().to_dict()
    rows: list[Problem] = []
    for frame in codebook.coded_frames:
        for one in frame.indicators:
            count = counts.get((frame.frame, one.term), 0)
            if not count:
                rows.append(("warning", frame.frame, one.term, "it never fires on this corpus", "check its spelling"))
            elif count > max(TOO_BROAD * len(corpus), 1):
                problem = f"it fires in {count} of {len(corpus)} texts"
                rows.append(("warning", frame.frame, one.term, problem, "narrow it to a phrase, or lower its weight"))
    return rows
