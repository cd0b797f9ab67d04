"""What a run is about: one article and its notebooks, or several articles side by side."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from presslens.errors import BadInput
from presslens.findings.wording import count
from presslens.reports import layout, provenance
from presslens.reports.parameters import Parameters

FEWEST, MOST = 2, 20
ENDING = ".compare"
LONGEST = 60  # characters of a folder's name that lists its articles


@dataclass(frozen=True)
class Subject:
    """The folder's name, the documents in order, and the notebooks that run on them."""

    name: str
    documents: tuple[Path, ...]
    notebooks: tuple[str, ...] = layout.NOTEBOOKS

    @property
    def compares(self) -> bool:
        """Whether it is several articles side by side."""
        return self.notebooks == (layout.COMPARE,)

    def settle(self, parameters: Parameters | None) -> Parameters:
        """The parameters of a run, with the documents that it is about."""
        named: Mapping[str, Any] = (
            {"documents": [str(path) for path in self.documents]}
            if self.compares
            else {"document": str(self.documents[0])}
        )
        return (parameters or Parameters()).model_copy(update=named)

    def inputs(self) -> dict[str, str]:
        """The hashes of all documents and sidecars, by file name."""
        return {
            name: value
            for path in self.documents
            for name, value in provenance.inputs(layout.locate(str(path))).items()
        }


def of(document: Path | Subject) -> Subject:
    """One article and its five notebooks; a subject is itself."""
    return document if isinstance(document, Subject) else Subject(document.stem, (document,))


def comparison(documents: Sequence[Path]) -> Subject:
    """Two to twenty articles side by side; the folder is named after them, and ends in `.compare`.

    Raises:
        BadInput: too few or too many documents, or two of one name.
    """
    if not FEWEST <= len(documents) <= MOST:
        raise BadInput(
            f"cannot compare {count(len(documents), 'document')}: a comparison needs two to twenty. Name the articles, "
            "for instance presslens compare a.txt b.txt."
        )
    seen: dict[str, Path] = {}
    for path in documents:
        if path.stem in seen:
            raise BadInput(f"cannot compare {seen[path.stem]} with {path}: both are named {path.stem!r}. Rename one.")
        seen[path.stem] = path
    stems = [path.stem for path in documents]
    name = "+".join(stems)
    if len(name) > LONGEST:
        digest = hashlib.sha256("\n".join(stems).encode()).hexdigest()[:6]
        name = f"{stems[0][: LONGEST - 30]}+{len(stems) - 1}-more-{digest}"
    return Subject(f"{name}{ENDING}", tuple(documents), (layout.COMPARE,))


def recorded(record: Mapping[str, Any]) -> Subject:
    """What a finished run was about, from its record."""
    chosen = record["parameters"]
    if layout.COMPARE in record["keys"] or any(e["notebook"] == layout.COMPARE for e in record["notebooks"]):
        return comparison([Path(path) for path in chosen["documents"]])
    return of(Path(str(chosen["document"])))
