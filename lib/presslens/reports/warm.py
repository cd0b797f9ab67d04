"""What a kernel needs, loaded once: the process that kernels are forked from imports this module before the first fork.

Everything that is slow to import or to load, and the same for every article, is imported and loaded here. Nothing may
start a thread or open a socket: forked children would inherit them broken.
"""

from presslens.reports import quick  # noqa: F401, I001 - must come first

import importlib
import pkgutil

import IPython.core.interactiveshell  # noqa: F401
import ipykernel.kernelapp
import ipykernel.ipkernel  # noqa: F401
import matplotlib.backends.backend_agg
import matplotlib.backends.backend_svg  # noqa: F401
import seaborn  # noqa: F401

import presslens.actors
import presslens.figures
import presslens.findings
import presslens.framing
import presslens.keywords
import presslens.language
import presslens.sentiment

TEXT = "The Senate praised President Jane Doe of the United States on Tuesday. “It was a harsh ban,” she said in Paris."
SKIPPED = ("training", "rebuilding", "inducing", "embedding")


def _modules() -> None:
    """Import every module of the analyses, but not the scripts that train them."""
    for package in (presslens.actors, presslens.figures, presslens.findings, presslens.framing, presslens.keywords,
                    presslens.language, presslens.sentiment):  # fmt: skip
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            if not found.name.endswith(SKIPPED):
                importlib.import_module(found.name)


def _data() -> None:
    """Analyse a tiny text, so that lexicons, codebooks, weights and fonts are in memory."""
    from presslens.actors import mentions
    from presslens.article import languages, reading
    from presslens.figures import style
    from presslens.framing import codebook, coding
    from presslens.keywords import ranking
    from presslens.language import diversity, hedges, readability
    from presslens.sentiment import scoring

    article = reading.from_text(TEXT)
    languages.detect(TEXT * 3)
    mentions.mentions(article.sentences, article.tokens)
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
        style.svg(canvas)


try:
    _modules()
    _data()
except Exception:  # noqa: BLE001 - whatever is broken will raise again in the notebook that uses it, and be reported there
    WARMED = False
else:
    WARMED = True
