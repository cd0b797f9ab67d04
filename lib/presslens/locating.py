"""Where the project is, and where a file that somebody names is."""

from contextlib import suppress
from pathlib import Path


def project_root(start: Path | None = None) -> Path:
    """The checkout that holds `notebooks/`, looking upwards from here; the current folder where there is none."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "notebooks" / "1_article.ipynb").is_file():
            return folder
    return here


def locate(document: str) -> Path:
    """A file by its path from here or from the project's root."""
    for base in (Path.cwd(), project_root()):
        with suppress(OSError):  # a name too long for this system names nothing; who opens it says so
            if (base / document).exists():
                return base / document
    return Path(document)


def locate_tier(name: str) -> str:
    """A tier of tone by its name, or the folder of a classifier by its path from here or from the project's root."""
    return name if name in ("default", "neural") else str(locate(name))
