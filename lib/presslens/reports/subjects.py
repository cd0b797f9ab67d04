"""What a run is about: one article and its notebooks, several articles side by side, or an analysed corpus."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from presslens import locating
from presslens.errors import BadInput
from presslens.findings.wording import count
from presslens.reports import executing, layout, provenance
from presslens.reports.parameters import Parameters, check

FEWEST, MOST = 2, 20
ENDING, CORPUS_ENDING = ".compare", ".corpus"
MANIFEST = "manifest.json"  # says by what the numbers of a corpus were made, and from what
LONGEST_NAME, DEEPEST = 240, 100  # bytes of a file's name, folders above it
LONGEST = 60  # characters of a folder's name that lists its articles


@dataclass(frozen=True)
class Subject:
    """The folder's name, the documents in order (or the folder of the corpus), and the notebooks that run on them."""

    name: str
    documents: tuple[Path, ...]
    notebooks: tuple[str, ...] = layout.NOTEBOOKS

    @property
    def compares(self) -> bool:
        """Whether it is several articles side by side."""
        return self.notebooks == (layout.COMPARE,)

    @property
    def is_corpus(self) -> bool:
        """Whether it is an analysed corpus."""
        return self.notebooks == (layout.CORPUS,)

    def settle(self, parameters: Parameters | None) -> Parameters:
        """The parameters of a run, with what it is about."""
        named: Mapping[str, Any] = {"document": str(self.documents[0])}
        if self.compares:
            named = {"documents": [str(path) for path in self.documents]}
        elif self.is_corpus:
            named = {"corpus": str(self.documents[0])}
        return (parameters or Parameters()).model_copy(update=named)

    def inputs(self) -> dict[str, str]:
        """The hashes of all documents and sidecars, by file name; of a corpus that of its manifest."""
        if self.is_corpus:
            return {MANIFEST: provenance.sha256(self.where(MANIFEST))}
        return {
            name: value
            for path in self.documents
            for name, value in provenance.inputs(locating.locate(str(path))).items()
        }

    def where(self, name: str) -> Path:
        """Where an input is, by the name that `inputs` gives it."""
        places = [locating.locate(str(path)) for path in self.documents]
        if self.is_corpus:
            return places[0] / name
        return next((place for place in places if place.stem == Path(name).stem), places[0]).with_name(name)

    def command(self, parameters: Parameters) -> str:
        """The command line that makes its report again."""
        verb = "compare" if self.compares else "corpus-report" if self.is_corpus else "report"
        return provenance.command(verb, self.documents, self.settle(parameters), executing.taken(self.notebooks))


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


def corpus(folder: Path) -> Subject:
    """An analysed corpus; the folder of its report is named after its own, and ends in `.corpus`.

    Raises:
        BadInput: there is no analysed corpus, or its run is not finished.
    """
    from presslens.corpus import counting

    counting.parts(locating.locate(str(folder)))
    name = locating.locate(str(folder)).resolve().name
    return Subject(f"{name}{CORPUS_ENDING}", (folder,), (layout.CORPUS,))


def recorded(record: Mapping[str, Any]) -> Subject:
    """What a finished run was about, from its record.

    Raises:
        BadInput: it names no document that could be one, or this version does not take its parameters.
    """
    chosen = record["parameters"]
    check(chosen)  # `documents` of a record that was edited may be a number
    ran = {*record["keys"], *(entry["notebook"] for entry in record["notebooks"])}
    if layout.COMPARE in ran:
        return comparison([_named(path) for path in chosen.get("documents") or ()])
    if layout.CORPUS in ran:
        return corpus(_named(chosen.get("corpus")))
    return of(_named(chosen.get("document")))


def _named(document: object) -> Path:
    """A document as a record names it; a name that no file can have, or that leads out of a folder, is refused."""
    path = Path(document) if isinstance(document, str) and "\0" not in document else Path()
    longest = max((len(part.encode()) for part in path.parts), default=0)
    if not path.stem or path.stem.startswith(".") or longest > LONGEST_NAME or len(path.parts) > DEEPEST:
        raise BadInput(f"cannot use the record of that run: {str(document)[:80]!r} is no name of a document.")
    return path
