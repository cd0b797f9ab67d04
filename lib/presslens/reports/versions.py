"""The versions that a number or a page may depend on."""

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version

PACKAGES = (
    "presslens",
    "pandas",
    "numpy",
    "nltk",
    "nupunkt",
    "py3langid",
    "scikit-learn",
    "seaborn",
    "matplotlib",
    "vaderSentiment",
    "wordfreq",
    "dateparser",
    "networkx",
    "scipy",
    "spacy",
    "trafilatura",
    "papermill",
    "nbconvert",
    "nbclient",
    "ipykernel",
)


@cache
def _found() -> tuple[tuple[str, str], ...]:
    found = [("python", platform.python_version())]
    for name in PACKAGES:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            found.append((name, "not installed"))
    return tuple(found)


def versions() -> dict[str, str]:
    """The versions of Python and of the packages whose change may change a number or a page."""
    return dict(_found())
