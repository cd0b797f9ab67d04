"""The notebooks and the seeds, where they are, and which notebook reads the tables of which."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from presslens.article.kinds import DOCUMENTS
from presslens.errors import BadInput
from presslens.locating import project_root

NOTEBOOKS = ("1_article", "2_sentiment", "3_keywords", "4_framing", "5_brief")
COMPARE, CORPUS = "compare", "corpus"
SEVERAL = (COMPARE, CORPUS)  # each a report of its own, about more than one article
KNOWN = (*NOTEBOOKS, *SEVERAL)
NEEDS = {"5_brief": ("1_article", "2_sentiment", "3_keywords", "4_framing")}


def notebooks_folder() -> Path:
    """The notebooks of the checkout that one works in or that presslens runs from, or those of an installed package."""
    package = Path(str(files("presslens")))
    for folder in (project_root(), package.parents[1], package):
        if (folder / "notebooks" / f"{NOTEBOOKS[0]}.ipynb").is_file():
            return folder / "notebooks"
    raise BadInput(
        f"cannot find the notebooks of presslens beside {package}. Install it again, or run it in its checkout."
    )


def seeds(root: Path | None = None) -> list[Path]:
    """Every document of `seeds/` in the project's root, by name.

    Raises:
        BadInput: there is none.
    """
    folder = (root or project_root()) / "seeds"
    hidden = (".", "~$")  # and what Word lays beside a document that is open
    found = [
        path
        for path in sorted(folder.glob("*"))
        if path.suffix.lower() in DOCUMENTS and path.name != "README.md" and not path.name.startswith(hidden)
    ]
    if not found:
        raise BadInput(
            f"there is no document in {folder}. Put a .txt, .md, .html, .docx or .pdf file there, or name one."
        )
    return [p.relative_to(Path.cwd()) if p.is_relative_to(Path.cwd()) else p for p in found]


def choose(only: Sequence[str]) -> tuple[str, ...]:
    """The notebooks to run, in order, from names or their numbers; all where none is named.

    Raises:
        BadInput: a name that no notebook has.
    """
    chosen = set()
    for name in only:
        matches = [n for n in NOTEBOOKS if name in {n, n.split("_")[0], n.split("_", 1)[1], f"{n}.ipynb"}]
        if not matches:
            raise BadInput(f"there is no notebook {name!r}. Choose from {', '.join(NOTEBOOKS)}.")
        chosen.update(matches)
    return tuple(n for n in NOTEBOOKS if n in chosen) or NOTEBOOKS
