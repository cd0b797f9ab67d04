"""The article as a page: its sentences with all that the other pages found in them, layer by layer."""

import re
from collections.abc import Collection, Mapping

import pandas as pd
from markupsafe import Markup

from presslens.article.cleaning import Found
from presslens.article.reading import Article
from presslens.findings import highlights
from presslens.findings.framing import coded
from presslens.findings.layers import OWN, REMOVED, TONE, Layer, Mark, Said, Text
from presslens.findings.sentiment import STRONG, strength
from presslens.findings.wording import capital, count, percent, rows, signed

SIGNS = {key: sign for key, _, _, sign in OWN}
SWITCHES = {key: switch for key, switch, *_ in OWN}
HOW = {"direct": "quoted", "indirect": "reported"}
TOLD = 3  # words that a sentence's number names as those that move its tone most
FIRST = re.compile(r"(?:\W*\w+){0,4}")  # what is shown of a removed line where the text may not be: four words


def layers(tables: Mapping[str, pd.DataFrame]) -> list[Layer]:
    """The layers whose tables there are, in the order of their switches."""
    has = tables.keys()
    found = [Layer("t", TONE, "tone of each sentence", "", on=True)] if "tone_sentences" in has else []
    named = [
        ("a", "mention_tones", "actors and the tone toward them", "actor", "actors"),
        ("k", "keyphrase_places", "key phrases", "key phrase", "key phrases"),
        ("f", "frames_evidence", "words of frames", "word of a frame", "words of frames"),
        ("q", "quotations", "quoted and reported", "quotation", "quotations"),
        ("h", "hedges", "words of doubt and certainty", "hedge", "hedges"),
    ]
    found += [
        Layer(key, SWITCHES[key], words, SIGNS[key], on=key == "a", one=one, many=many)
        for key, table, words, one, many in named
        if table in has or (key == "a" and "mentions" in has)
    ]
    return [*found, Layer("r", REMOVED, "what cleaning removed", "")]


def text(
    article: Article, uncleaned: Article, tables: Mapping[str, pd.DataFrame], *, shown: Collection[str] | None = None
) -> Text:
    """The article with its layers.

    Args:
        article: as read.
        uncleaned: the same with everything kept that cleaning removes, to see where that stood.
        tables: those that the notebooks saved, by name; a layer whose table is missing is left out.
        shown: the sentences that may be quoted; None for all.
    """
    none = pd.DataFrame()
    marks = [
        *_actors(tables.get("mention_tones", tables.get("mentions", none))),
        *_phrases(tables.get("keyphrase_places", none), tables.get("keyphrases", none)),
        *_frames(tables),
        *_quotations(tables.get("quotations", none)),
        *_hedges(tables.get("hedges", none)),
    ]
    return Text(
        sentences=article.sentences,
        layers=layers(tables),
        marks=marks,
        said=_tones(tables.get("tone_sentences", none), tables.get("tone_words", none)),
        shown=shown,
        between=removed(article, uncleaned, whole=shown is None),
        lang=article.language or "en",
    )


def _actors(table: pd.DataFrame) -> list[Mark]:
    found = []
    for row in rows(table):
        why, kind = f"actor: {row.actor} ({row.kind})", ""
        if hasattr(row, "score"):
            kind = "" if row.label == "neutral" else str(row.label)
            whose = "" if row.voice == "author" else f", in the words of {row.speaker or 'somebody else'}"
            why += f"; tone toward it here {signed(row.score)}, {row.label}{whose}"
        found.append(Mark(int(row.start), int(row.end), "a", why, kind))
    return found


def _phrases(places: pd.DataFrame, phrases: pd.DataFrame) -> list[Mark]:
    if phrases.empty:
        return []
    whys = {r.phrase: f"key phrase {r.rank}: {r.phrase} ({r.why})" for r in rows(phrases)}
    return [Mark(int(r.start), int(r.end), "k", whys[r.phrase]) for r in rows(places) if r.phrase in whys]


def _frames(tables: Mapping[str, pd.DataFrame]) -> list[Mark]:
    if not {"frames_article", "frames_sentences", "frames_evidence"} <= tables.keys():
        return []
    names = dict.fromkeys(coded(tables["frames_article"])["frame"].tolist(), "f")
    marks = highlights.marks(tables["frames_sentences"], tables["frames_evidence"], names)
    return [Mark(mark.start, mark.end, mark.layer, f"frame: {mark.why}") for mark in marks]


def _quotations(table: pd.DataFrame) -> list[Mark]:
    return [
        Mark(
            int(r.start),
            int(r.end),
            "q",
            f"{HOW[r.kind]}: {r.speaker or r.speaker_text or 'speaker not named'}" + (f" (“{r.cue}”)" if r.cue else ""),
        )
        for r in rows(table)
    ]


def _hedges(table: pd.DataFrame) -> list[Mark]:
    return [Mark(int(r.start), int(r.end), "h", f"{r.kind}: {r.term}") for r in rows(table)]


def _tones(scores: pd.DataFrame, words: pd.DataFrame) -> dict[str, Said]:
    """What the number of each sentence says: how it feels, how sure that is, and which words move it most."""
    telling: dict[str, str] = {}
    if len(words):
        moved = words[words["contribution"].abs() >= 0.01]
        ranked = moved.loc[moved["contribution"].abs().sort_values(ascending=False, kind="stable").index]
        for name, own in ranked.groupby("sentence", sort=False):
            telling[str(name)] = ", ".join(f"“{r.word}” {signed(r.contribution)}" for r in rows(own.head(TOLD)))
    found = {}
    for row in rows(scores):
        kind = "" if row.label == "neutral" else str(row.label)
        kind += " strong" if kind and abs(row.score) >= STRONG / 2 else ""
        why = (
            f"Tone {signed(row.score)}, {strength(float(row.score))} "
            f"(95 % interval {signed(row.low)} to {signed(row.high)})"
        )
        most = telling.get(str(row.sentence))
        found[str(row.sentence)] = Said(kind, signed(row.score), f"{why}; {most}" if most else why)
    return found


def removed(article: Article, uncleaned: Article, *, whole: bool) -> dict[tuple[str, int], Markup]:
    """What cleaning removed, by the paragraph after which it stood; what stood elsewhere comes after the last one.

    Args:
        article, uncleaned: the document with and without cleaning.
        whole: show the lines in full, rather than their first words.
    """
    gone = [row for row in article.found if not row.kept]
    waiting = {id(row): row for row in gone}
    places: dict[tuple[str, int], list[Markup]] = {}
    kept = [(b.section, b.paragraph, article.text[b.start : b.end]) for b in article.blocks]
    at, here = 0, (kept[0][0], kept[0][1]) if kept else ("body", 1)
    for block in uncleaned.blocks:
        words = uncleaned.text[block.start : block.end]
        if at < len(kept) and words == kept[at][2]:
            here = (kept[at][0], kept[at][1])
            at += 1
            continue
        row = next((one for one in waiting.values() if one.text == words), None)
        if row is not None:
            places.setdefault(here, []).append(_line(row, whole=whole))
            del waiting[id(row)]
    last = (kept[-1][0], kept[-1][1]) if kept else ("body", 1)
    for row in waiting.values():
        places.setdefault(last, []).append(_line(row, whole=whole))
    return {place: Markup("").join(lines) for place, lines in places.items()}


def _line(one: Found, *, whole: bool) -> Markup:
    first = FIRST.match(one.text)
    cut = first[0] if first else ""
    said = one.text if whole or cut == one.text else f"{cut} …"
    about = f"{capital(one.rule)}, line {one.line}: {one.reason} ({count(len(one.text.split()), 'word')})."
    return Markup('<p class="removed">{} <del>{}</del></p>').format(about, said)


def finding(article: Article, shown: Collection[str] | None) -> str:
    """How much of the text is on the page."""
    sizes = {r.sentence: len(str(r.text).split()) for r in rows(article.sentences)}
    whole = count(len(sizes), "sentence")
    if shown is None or set(sizes) <= set(shown):
        return f"All {whole} of the article, with what the other pages found in them."
    held = [name for name in sizes if name not in shown]
    share = sum(sizes[name] for name in sizes if name in shown) / max(sum(sizes.values()), 1)
    return (
        f"{capital(count(len(sizes) - len(held), 'sentence'))} of {len(sizes)} stand here in full ({percent(share)} of the "
        "words); of the others this page has their place, their length and what was found in them."
    )
