"""What a codebook is: frames, their definitions and weighted indicators, as YAML that a scholar can read and edit.

A term of a codebook is one or more words, and matches running text word by word, whatever the case:

==================  ==================================================================================================
written             matches
==================  ==================================================================================================
``tax``             the base form and its inflections: tax, taxes, taxed, taxing; British spellings match American
                    ones (labour, labor). An inflected form matches only itself: ``rights`` is not right
``immigra*``        every word that starts so
``=us``, ``=US``    the word exactly as written; a capital letter makes the case count
``cut/slash tax``   either word at that place
``<number>``        a number; ``$``, ``£``, ``€`` and ``%`` are themselves
``stretch … thin``  the parts in this order with at most ``gap`` words between (3 unless given; ``...`` does as well)
==================  ==================================================================================================

A possessive 's counts for nothing, a hyphen as a space (health-care, health care); a hashtag matches by its parts
(#EndGunViolence) or as the words of the term run together (#gunviolence). A term never reaches across a comma or a
full stop.
"""

import hashlib
import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from presslens.errors import BadInput
from presslens.untrusted import Malformed, yaml_value


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Indicator(_Strict):
    """A term that speaks for a frame (weight above 0) or against it (below 0).

    `weight`: 1 a hint, 2 a clear sign, 3 hardly anything else; the codebook's threshold says how much is enough.
    `gap`: how many words may stand at each ``…``. `negatable`: no match right after one of the codebook's negators.
    """

    term: str = Field(min_length=1, max_length=200)
    weight: float = Field(default=1.0, ge=-10, le=10)
    gap: int = Field(default=3, ge=0, le=12)
    negatable: bool = False

    @field_validator("term")
    @classmethod
    def _has_words(cls, term: str) -> str:
        parts = term.replace("...", "…").split("…")
        if not all(any(c.isalnum() or c in "$£€%" for c in part) for part in parts):
            raise ValueError("a term needs a word, and one on each side of a gap")
        return term

    @field_validator("weight")
    @classmethod
    def _says_something(cls, weight: float) -> float:
        if weight == 0:
            raise ValueError("a weight of 0 says nothing: leave the indicator out or give another weight")
        return weight


class Frame(_Strict):
    """One frame: what it is, what counts, what does not, and the indicators that speak for it.

    In YAML several terms of one weight may stand together as ``{weight: 2, terms: [...]}``.
    `unless`: terms whose words give no evidence (natural resources ministry, for resources).
    `threshold`: replaces the codebook's for this frame.
    """

    frame: str = Field(min_length=1, max_length=100)
    definition: str = ""
    counts: str = ""
    does_not_count: str = ""
    examples: tuple[str, ...] = ()
    threshold: float | None = Field(default=None, gt=0, le=100)
    unless: tuple[str, ...] = ()
    indicators: tuple[Indicator, ...] = ()

    @field_validator("indicators", mode="before")
    @classmethod
    def _spread(cls, given: object) -> object:
        if not isinstance(given, list | tuple):
            return given
        return [single for entry in given for single in _singles(entry)]


class Codebook(_Strict):
    """A named, versioned set of frames. `other` names the residual frame: it has no indicators and is always last."""

    name: str = Field(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9_\-]+$")
    title: str = ""
    version: str = "1"
    language: str = "en"
    source: str = ""
    licence: str = ""
    description: str = ""
    threshold: float = Field(default=1.0, gt=0, le=100)
    negators: tuple[str, ...] = ()
    other: str = "Other"
    frames: tuple[Frame, ...]

    @field_validator("version", mode="before")
    @classmethod
    def _as_text(cls, version: object) -> object:
        return str(version) if isinstance(version, int | float) else version

    @model_validator(mode="after")
    def _names_are_distinct(self) -> Self:
        names = [frame.frame.casefold() for frame in self.frames]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two frames have the name {twice[0]!r}")
        if not self.coded_frames:
            raise ValueError("a codebook needs at least one frame beside the residual one")
        for frame in self.frames:
            if frame.frame == self.other and frame.indicators:
                raise ValueError(f"the residual frame {self.other!r} takes what no other frame claims: no indicators")
        return self

    def __hash__(self) -> int:
        return int(self.hash, 16)

    def __repr__(self) -> str:
        names = ", ".join(frame.frame for frame in self.coded_frames)
        return f"Codebook({self.name!r}, version {self.version!r}, hash {self.hash!r}; {names})"

    def _repr_html_(self) -> str:
        """Each frame with its definition, for a notebook."""
        from html import escape

        rows = "".join(
            f'<tr><th scope="row">{escape(one.frame)}</th><td>{escape(one.definition)}</td><td>{len(one.indicators)}</td></tr>'
            for one in self.frames
        )
        head = "".join(f'<th scope="col">{name}</th>' for name in ("frame", "definition", "indicators"))
        return (
            f"<table><caption>{escape(self.title or self.name)}, version {escape(self.version)} ({self.hash})</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        )

    @cached_property
    def hash(self) -> str:
        """16 hexadecimal digits of the SHA-256 of what is coded by: comments and layout do not change it."""
        content = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    @property
    def coded_frames(self) -> tuple[Frame, ...]:
        """The frames that have to be found, in order: all but the residual one."""
        return tuple(frame for frame in self.frames if frame.frame != self.other)

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of all frames in order, the residual one last."""
        return (*(frame.frame for frame in self.coded_frames), self.other)

    def threshold_of(self, frame: Frame) -> float:
        """The weight of evidence from which a sentence counts as coded with the frame."""
        return self.threshold if frame.threshold is None else frame.threshold


def parse(text: str, *, origin: str) -> Codebook:
    """A codebook from YAML text; `origin` is what errors call it. Raises BadInput as `load` does."""
    try:
        return Codebook.model_validate(content := read(text, origin=origin))
    except ValidationError as error:
        first, *rest = explain(error, content)
        more = f" ({len(rest)} more such places)" if rest else ""
        raise BadInput(f"{origin}, {first}.{more}") from error


def read(text: str, *, origin: str) -> dict[str, Any]:
    """The content of YAML text that has a codebook's outer form; raises BadInput for any other."""
    try:
        content = yaml_value(text, distinct=True)
    except Malformed as error:
        place = f" at line {error.line}, column {error.column}" if error.line else ""
        raise BadInput(f"{origin} is not valid YAML{place}: {error}. Mend it there.") from None
    if not isinstance(content, dict):
        raise BadInput(f"{origin} is not a codebook: it needs `name:` and `frames:` at its top level.")
    return content


def explain(error: ValidationError, content: dict[str, Any]) -> list[str]:
    """Each fault with its place in the file and its remedy."""
    faults = []
    for fault in error.errors(include_url=False):
        place = " > ".join(_steps(fault["loc"], content)) or "the top level"
        known = {"extra_forbidden": "unknown key; check its spelling or remove it", "missing": "missing; add it"}
        found = "" if isinstance(fault["input"], dict | list) else f" (found {_short(fault['input'])})"
        message = fault["msg"].removeprefix("Value error, ") + found
        faults.append(f"{place}: {known.get(fault['type'], message)}")
    return faults


def _steps(loc: tuple[int | str, ...], content: Any) -> Iterator[str]:
    for step in loc:
        try:
            content = content[step]
        except (KeyError, IndexError, TypeError):
            content = None
        if isinstance(step, int):
            name = content.get("frame") if isinstance(content, dict) else None
            yield f"number {step + 1} ({name})" if name else f"number {step + 1}"
        else:
            yield step


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _singles(entry: object) -> list[object]:
    if isinstance(entry, str):
        return [{"term": entry}]
    if isinstance(entry, dict) and isinstance(entry.get("terms"), list) and "term" not in entry:
        shared = {key: value for key, value in entry.items() if key != "terms"}
        return [{**shared, "term": str(term) if isinstance(term, int | float) else term} for term in entry["terms"]]
    return [entry]
