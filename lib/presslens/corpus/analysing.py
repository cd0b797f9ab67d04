"""The whole analysis of a batch: its sentences and tokens are made once, and every measure works on all of them."""

from __future__ import annotations

import gc
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from presslens.actors.gazetteer import Gazetteer
from presslens.actors.judgements import judgements
from presslens.actors.mentions import mentions
from presslens.actors.passages import article_lines
from presslens.actors.quotations import quotations
from presslens.actors.voices import voices
from presslens.article.reading import Article, read_text
from presslens.article.segmenting import sentence_rows, sentence_table
from presslens.article.sidecar import Sidecar
from presslens.corpus import datasets, memory
from presslens.corpus.entries import Entry, Fault
from presslens.errors import BadInput
from presslens.framing import gathering
from presslens.framing.codebook import Codebook
from presslens.keywords.ranking import keyphrases
from presslens.language.chunks import chunks
from presslens.language.tokens import tokenize
from presslens.limits import kept_limits
from presslens.sentiment import measure, scoring, targets
from presslens.sentiment.targets_actors import actor_tones

SUFFIXES = {"text": ".txt", "html": ".html", "markdown": ".md"}
LONGEST_TRACE = 12  # calls of a traceback that are told


@dataclass(frozen=True)
class Settings:
    """What the analysis is done with.

    `lexicon` holds terms and their valences, -4..4, laid over the lexicons; `actors` None stands for the shipped ones.
    """

    codebooks: tuple[Codebook, ...]
    lexicon: tuple[tuple[str, float], ...] = ()
    actors: Gazetteer | None = None
    seed: int = 0
    draws: int = 1000
    top: int = 15


@dataclass(frozen=True)
class Analysis:
    """The tables of a batch, by name (see `datasets.SCHEMAS`), and the articles that have none."""

    tables: dict[str, pa.Table]
    faults: list[Fault] = field(default_factory=list)


def analyse(entries: Sequence[Entry], settings: Settings) -> Analysis:
    """Every measure of some articles.

    What an article gets does not depend on the articles beside it. Where one of them breaks a measure, the others are
    analysed without it: it becomes a fault, with its traceback.

    Args:
        entries: articles; their ids are distinct.
        settings: codebooks, lexicon, actors, and how many draws and phrases.
    """
    articles: list[tuple[Entry, Article]] = []
    faults: list[Fault] = []
    with kept_limits():
        for entry in entries:
            try:
                articles.append((entry, _read(entry)))
            except Exception as error:  # noqa: BLE001 - whatever an article does to a reader, the others go on
                faults.append(fault(entry, error))
    return _whole(articles, settings, faults)


def _whole(articles: Sequence[tuple[Entry, Article]], settings: Settings, faults: list[Fault]) -> Analysis:
    """The tables of articles; where that fails, those of each half, down to the article that is to blame."""
    try:
        return Analysis(_measured(articles, settings), faults)
    except Exception as error:  # noqa: BLE001 - told in the table of errors, with its traceback
        if len(articles) == 1:
            return Analysis(datasets.empty(), [*faults, fault(articles[0][0], error)])
    middle = len(articles) // 2
    first = _whole(articles[:middle], settings, faults)
    second = _whole(articles[middle:], settings, first.faults)
    return Analysis(datasets.joined([first.tables, second.tables]), second.faults)


@dataclass(frozen=True)
class Outcome:
    """What a batch gives: its tables as Parquet files by name, and the articles that have none."""

    files: dict[str, bytes]
    faults: tuple[Fault, ...] = ()


def outcome(entries: Sequence[Entry], settings: Settings) -> Outcome:
    """`analyse`, with the tables as they are written to disk."""
    with memory.kept():
        found = analyse(entries, settings)
    return Outcome({name: datasets.as_bytes(table) for name, table in found.tables.items()}, tuple(found.faults))


def put_together(parts: Sequence[Outcome]) -> Outcome:
    """One outcome of several, the same as if their articles had been analysed at once."""
    read = [{name: datasets.from_bytes(data) for name, data in part.files.items()} for part in parts]
    files = {name: datasets.as_bytes(table) for name, table in datasets.joined(read).items()}
    return Outcome(files, tuple(fault for part in parts for fault in part.faults))


def fault(entry: Entry, error: BaseException) -> Fault:
    """What an error of an article is to the table of errors; folders of this machine are left out of the traceback."""
    said = str(error) if isinstance(error, BadInput) else f"{type(error).__name__}: {error}".rstrip(": ")
    frames = traceback.extract_tb(error.__traceback__)[-LONGEST_TRACE:]
    calls = [f"{Path(one.filename).name}, line {one.lineno}, in {one.name}" for one in frames]
    return Fault(entry.id, entry.source, " ".join(said.split())[:500], "\n".join([*calls, type(error).__name__]))


def _read(entry: Entry) -> Article:
    names = ("title", "dek", "author", "outlet", "date", "url")
    stated = Sidecar.model_validate({name: value for name in names if (value := getattr(entry, name))})
    return read_text(entry.text, id=entry.id, suffix=SUFFIXES[entry.format], stated=stated, notes=(entry.notes,))


def _measured(articles: Sequence[tuple[Entry, Article]], settings: Settings) -> dict[str, pa.Table]:
    if not articles:
        return datasets.empty()
    overlay = dict(settings.lexicon) or None
    draws, seed = settings.draws, settings.seed
    rows = [row for _, article in articles for row in sentence_rows(article.id, article.text, article.blocks)]
    sentences = sentence_table(rows)
    texts = [str(row[-1]) for row in rows]
    parted = chunks(texts)
    tokens = tokenize(sentences, parted=parted)
    reading = measure.read(texts, overlay=overlay, offsets=True, parted=parted)
    scores = scoring.score(sentences, reading=reading)
    words = measure.evidence(texts, overlay=overlay, reading=reading)
    whole = scoring.articles(scores, seed=seed, draws=draws)
    named = mentions(sentences, tokens, actors=settings.actors)
    lines = list(article_lines(sentences, named))
    said, judged = quotations(sentences, tokens, named, lines=lines), judgements(sentences, named, lines=lines)
    toned = targets.tone(sentences, tokens, voices(named, said, judged))
    toward = actor_tones(toned, seed=seed, draws=draws)
    phrases = keyphrases(sentences, tokens, top=settings.top, mentions=named, reasons=False)
    frames, evidence = gathering.gather(sentences, tokens, settings.codebooks, draws=draws, seed=seed)
    return datasets.build(
        articles=articles, parted=parted, sentences=sentences, tokens=tokens, scores=scores, words=words, whole=whole,
        mentions=toned, actors=toward, keyphrases=phrases, evidence=evidence, frames=frames,
    )  # fmt: skip


def warm(settings: Settings) -> None:
    """Load every list and model once, so that no clock and no copy of this process counts it.

    What was loaded stays to the end: it is put out of sight of the search for what can be thrown away.
    """
    measure.settings()
    text = "Ada Dell of Fluxel said on Monday that the terrible plan would help the poor. Rights groups praised it.\n\nIt failed."
    analyse([Entry(id="warm", text=text)], settings)
    gc.freeze()
