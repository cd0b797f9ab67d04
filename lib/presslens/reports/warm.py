"""What a kernel needs, loaded once: the process that kernels are forked from imports this module before the first fork.

Everything that is slow to import or to load, and the same for every article, is imported and loaded here. Nothing may
start a thread or open a socket: forked children would inherit them broken.
"""

from presslens.reports import quick  # noqa: I001 - must come first
from presslens.leaving_out import later, undescribed, without

import gc
import importlib
import os
import pkgutil
import sys
from typing import Any

assert quick  # noqa: S101 - imported for what it does
PARENT = os.getppid()  # noted before anything slow
gc.disable()  # all that is loaded here stays: looking through it for garbage would cost a sixth of the time

later("soupsieve")  # to look things up in pages, for which nbconvert has its own ways

# Seaborn imports SciPy and widgets for what no notebook asks of them (trees, density curves, palettes to choose from), and
# provides for their absence. That is half of the time that loading would take.
with without("scipy", "sklearn", "ipywidgets"), undescribed():
    import seaborn  # noqa: F401

TEXT = "The Senate praised President Jane Doe of the United States on Tuesday. “It was a harsh ban,” she said in Paris."
LIBRARIES = (
    "presslens.cli",  # the main module, which every fork would import again
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.debugger",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "nbconvert.exporters.html",
    "networkx",
    "presslens.reports.workbench",
    "pyarrow.dataset",
    "pyarrow.parquet",
)
LEARNT = ("choosing", "comparing", "explaining", "features", "fitting", "learning", "meaning", "trained")  # of a coder
ANALYSES = ("actors", "figures", "findings", "framing", "keywords", "language", "sentiment")
OFTEN = 50_000  # objects made before garbage is looked for: a notebook is short, and its memory is given back whole
SKIPPED = (
    "training",
    "rebuilding",
    "inducing",
    "embedding",
    "neural",
    "sentiment.naming",
    *(f"framing.{name}" for name in LEARNT),
)


def _still_wanted() -> None:
    """Stop loading where the command that asked for it is gone: the fork server itself looks only when all is loaded."""
    if os.getppid() != PARENT:
        sys.exit()


def _libraries() -> None:
    """Import what kernels and pages are made with."""
    sys.modules.setdefault("debugpy", None)  # type: ignore[arg-type] # no debugger is attached to a kernel of ours
    for name in LIBRARIES:
        _still_wanted()
        importlib.import_module(name)


def _modules() -> None:
    """Import every module of the analyses, but not those that train them or need to be trained."""
    for name in ANALYSES:
        package = importlib.import_module(f"presslens.{name}")
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            if not found.name.endswith(SKIPPED):
                _still_wanted()
                importlib.import_module(found.name)


def _data() -> None:
    """Analyse a tiny text, so that lexicons, codebooks, weights and fonts are in memory."""
    from presslens.actors import mentions, quotations, stances, timeline
    from presslens.article import reading, sidecar
    from presslens.figures import rendering, style
    from presslens.framing import codebook, coding
    from presslens.keywords import ranking
    from presslens.language import diversity, hedges, readability
    from presslens.sentiment import scoring, targets

    article = reading.read_text(TEXT, id="warm", stated=sidecar.Sidecar(language="en"))  # few texts need to be told
    named = mentions.mentions(article.sentences, article.tokens)
    targets.tone(article.sentences, article.tokens, named)
    timeline.timeline(article.sentences)
    stances.stances(article.sentences)
    quotations.quotations(article.sentences, article.tokens, named)
    ranking.keyphrases(article.sentences, article.tokens)
    scoring.score(article.sentences)
    scoring.words(article.sentences)
    for measure in (diversity.diversity, hedges.hedges, readability.readability):
        measure(article.tokens)
    for name in ("policy_frames", "entman"):
        coding.analyse(article.sentences, article.tokens, codebook.load(name))
    with style.theme():
        canvas, axes = style.canvas(1.0, narrow=True)
        axes.set_xlabel("warm")
        rendering.drawn(canvas, picture=True)


def _pages() -> None:
    """Export a tiny notebook, so that the exporter and its templates are in memory."""
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    from presslens.reports import exporting

    page = exporting.Page("warm", "Warm")
    words = ("title", "line", "source", "sha256", "reproduce")
    about: dict[str, Any] = {**dict.fromkeys(words, ""), "notes": [], "parameters": {}}
    cells = [new_markdown_cell("## Warm", id="a"), new_code_cell("1", id="b")]
    exporting.export(new_notebook(cells=cells), page=page, pages=[page], about=about, with_code=False)


try:
    _libraries()
    _modules()
    _still_wanted()
    _data()
    _still_wanted()
    _pages()
except Exception:  # noqa: BLE001 - whatever is broken will raise again in the notebook that uses it, and be reported there
    WARMED = False
else:
    WARMED = True

# What is loaded is out of the garbage collector's sight from here on: each fork is spared looking through it, and
# copying the pages that looking touches.
gc.freeze()
gc.set_threshold(OFTEN)
gc.enable()
