"""The tables of the notebooks as an explorer needs them: each is made when it is first asked for, and kept."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

import pandas as pd

from presslens.actors import judgements, mentions, quotations, stances, voices
from presslens.article.reading import Article, read
from presslens.article.sidecar import sidecar_path
from presslens.framing import aggregating, codebook, coding, judging
from presslens.framing.schema import Codebook
from presslens.keywords import keyness, ranking
from presslens.locating import locate, locate_tier
from presslens.sentiment import lexicons, scoring, targets, targets_actors
from presslens.widgets.kept import Inputs, keep

FILES = frozenset({"document", "lexicon", "codebook", "second_codebook", "coder", "actors"})


class Made(Inputs):
    """The tables for the values of some parameters and of `threshold`, the weight that codes a frame (0: the codebook's).

    Each method gives the table of its name in the notebooks; what columns it has stands where it is made.
    """

    def state(self, name: str) -> Hashable:
        """The value and, of a file, when it was last changed: an edited codebook is another one."""
        value = self._values[name]
        if name not in FILES or not value:
            return repr(value)
        path = locate(str(value))
        return repr(value), _stamp(path), _stamp(sidecar_path(path)) if name == "document" else None

    @keep
    def article(self) -> Article:
        """The document, read and cleaned."""
        return read(locate(self.value("document")), keep=self.value("keep"))

    @keep
    def mentions(self) -> pd.DataFrame:
        """Who is named where."""
        article, own = self.article(), self.value("actors")
        return mentions.mentions(article.sentences, article.tokens, actors=locate(own) if own else None)

    @keep
    def quotations(self) -> pd.DataFrame:
        """What is quoted or reported, and whose word it is."""
        article = self.article()
        return quotations.quotations(article.sentences, article.tokens, self.mentions())

    @keep
    def overlay(self) -> dict[str, float]:
        """The user's own terms and their valence."""
        own = self.value("lexicon")
        return lexicons.of_user(own and locate(own))

    def measured(self) -> str:
        """The tier of tone, a classifier by its full path."""
        return locate_tier(self.value("tier"))

    @keep
    def tone(self) -> pd.DataFrame:
        """The tone of each sentence."""
        return scoring.score(self.article().sentences, overlay=self.overlay(), tier=self.measured())

    @keep
    def tone_words(self) -> pd.DataFrame:
        """The words that carry feeling."""
        return scoring.words(self.article().sentences, overlay=self.overlay(), tier=self.measured())

    @keep
    def tone_article(self) -> pd.DataFrame:
        """The tone of the article, with its interval."""
        return scoring.articles(self.tone(), seed=self.value("seed"), draws=self.value("draws"), tier=self.measured())

    @keep
    def tone_paragraphs(self) -> pd.DataFrame:
        """The tone of each paragraph."""
        return scoring.paragraphs(self.tone(), seed=self.value("seed"), draws=self.value("draws"), tier=self.measured())

    @keep
    def arc(self) -> pd.DataFrame:
        """The running mean of the tone, and its turns."""
        return scoring.arc(
            self.tone(),
            window=self.value("window"),
            seed=self.value("seed"),
            draws=self.value("draws"),
            tier=self.measured(),
        )

    @keep
    def lexicon_scores(self) -> pd.DataFrame:
        """What each lexicon says of each sentence."""
        return scoring.lexicon_scores(self.article().sentences)

    @keep
    def mention_tones(self) -> pd.DataFrame:
        """The tone toward each mention of an actor."""
        article, named = self.article(), self.mentions()
        heard = voices.voices(named, self.quotations(), judgements.judgements(article.sentences, named))
        return targets.tone(article.sentences, article.tokens, heard, tier=targets.beside(self.measured()))

    @keep
    def actor_tones(self) -> pd.DataFrame:
        """The tone toward each actor, by voice."""
        return targets_actors.actor_tones(
            self.mention_tones(),
            seed=self.value("seed"),
            draws=self.value("draws"),
            tier=targets.beside(self.measured()),
        )

    @keep
    def stances(self) -> pd.DataFrame:
        """What is proposed and what stands in the way, and in whose voice."""
        return voices.voices(stances.stances(self.article().sentences), self.quotations())

    @keep
    def phrases(self) -> pd.DataFrame:
        """The key phrases."""
        article, top = self.article(), self.value("top")
        return ranking.keyphrases(article.sentences, article.tokens, top=top, mentions=self.mentions())

    @keep
    def places(self) -> pd.DataFrame:
        """Where the key phrases stand."""
        return ranking.occurrences(self.phrases(), self.article().tokens)

    @keep
    def keyness(self) -> pd.DataFrame:
        """Words beside general English."""
        return keyness.keyness(self.article().tokens, content_only=True, mentions=self.mentions())

    @keep
    def codebook(self) -> Codebook:
        """The codebook."""
        return _codebook(self.value("codebook"))

    @keep
    def second_codebook(self) -> Codebook:
        """The codebook beside it."""
        return _codebook(self.value("second_codebook"))

    @keep
    def coded(self) -> coding.Coding:
        """Which sentences have which frames, and the words that say so."""
        article, coder, least = self.article(), self.value("coder"), self.value("threshold") or None
        if coder:
            return judging.analyse(article.sentences, article.tokens, self.codebook(), coder=coder)
        return coding.analyse(article.sentences, article.tokens, self.codebook(), threshold=least)

    @keep
    def coded_again(self) -> coding.Coding:
        """The same by the second codebook."""
        article = self.article()
        return coding.analyse(article.sentences, article.tokens, self.second_codebook())

    @keep
    def frames(self) -> pd.DataFrame:
        """The frames of the article, with their shares."""
        return aggregating.articles(self.coded().codings, resamples=self.value("draws"), seed=self.value("seed"))

    @keep
    def frames_again(self) -> pd.DataFrame:
        """The same by the second codebook."""
        return aggregating.articles(self.coded_again().codings, resamples=self.value("draws"), seed=self.value("seed"))

    @keep
    def frames_paragraphs(self) -> pd.DataFrame:
        """The frames of each paragraph."""
        return aggregating.paragraphs(self.coded().codings)


def _codebook(name: str) -> Codebook:
    return codebook.load(name if name in codebook.names() else locate(name))


def _stamp(path: Path) -> Hashable:
    try:
        found = path.stat()
    except (OSError, ValueError):  # no such file, or no name that a file can have
        return None
    return found.st_mtime_ns, found.st_size
