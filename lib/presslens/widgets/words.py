"""One word of an article, looked at from all sides: its scores, its sentences, its concordance."""

from __future__ import annotations

import numpy as np
import pandas as pd
from markupsafe import Markup

from presslens.errors import BadInput
from presslens.findings.concordance import described, lines, pattern_of
from presslens.findings.evidence import Quotation
from presslens.findings.keyness import fold
from presslens.findings.wording import count, number, rows, series, signed
from presslens.keywords.concordance import concordance, unnamed
from presslens.reports import elements
from presslens.sentiment import feeling, lexicons
from presslens.widgets.made import Made

PLACEHOLDER = "choose one, or type any: virus, sanction*, virus | disease, @North Korea"
SENTENCES = 5  # shown of a word
LINES = 30
HEADERS = {"what": "what", "value": "value", "meaning": "what it says"}
LEXICONS = {"vader": "VADER", "pattern": "pattern", "labmt": "labMT", "opinion": "Opinion Lexicon"}


def offered(made: Made, *, most: int = 20) -> list[str]:
    """Words worth a look: the key phrases (an actor with `@`), then the words that move the tone most."""
    phrases = [pattern_of([phrase], made.mentions()) for phrase in made.phrases()["phrase"].head(most)]
    return list(dict.fromkeys([*phrases, *feeling.carriers(made.tone_words())["word"].head(most)]))


def about(made: Made, pattern: str) -> Markup:
    """What is known of a word, a phrase, a pattern or an actor (`@`), with the sentences that hold it.

    Raises:
        BadInput: the pattern is empty.
    """
    article, named = made.article(), made.mentions()
    found = concordance(article.sentences, article.tokens, pattern=pattern, width=60, stems=True, mentions=named)
    strange = "".join(f"; the article names no actor “{name}”" for name in unnamed(pattern, named))
    where = (
        f"{count(len(found), 'place')} in {count(found['sentence'].nunique(), 'sentence')}"
        if len(found)
        else "no place"
    )
    said = Markup('<p role="status"><strong>{}</strong>: {}{}.</p>').format(described(pattern), where, strange)
    if found.empty:
        return said
    facts = elements.table(
        scores(made, pattern, found), caption=f"What {described(pattern)} does here", headers=HEADERS
    )
    quotes = Markup("").join(quotation.html() for quotation in sentences(made, found))
    caption = f"Concordance of {described(pattern)}"
    return said + facts + quotes + lines(found, caption=caption, most=LINES)


def scores(made: Made, pattern: str, found: pd.DataFrame) -> pd.DataFrame:
    """What the measures say of a word: `what`, `value`, `meaning`, those first that say most of it.

    Args:
        made: the tables of the article.
        pattern: what was looked for.
        found: its places, as `concordance` gives them.
    """
    facts = [
        *_tone(made, found),
        *_toward(made, pattern),
        *_valences(found),
        *_phrase(made, found),
        *_keyness(made, found),
        *_frames(made, found),
    ]
    return pd.DataFrame(facts, columns=list(HEADERS), dtype="str")


Fact = tuple[str, str, str]


def _tone(made: Made, found: pd.DataFrame) -> list[Fact]:
    tone, words = made.tone(), _inside(made.tone_words(), found)
    its = tone.loc[tone["sentence"].isin(found["sentence"]), "score"]
    facts = [
        (
            "tone of its sentences",
            signed(its.mean()),
            f"on average; {signed(tone['score'].mean())} in all {len(tone)} sentences",
        )
    ]
    if len(words):
        moved = float(words["contribution"].sum())
        why = [reason for reason in dict.fromkeys("; ".join(words["why"]).split("; ")) if reason]
        facts.insert(
            0,
            (
                "adds to the tone",
                signed(moved),
                f"summed over {count(len(words), 'place')}" + (f"; {series(why)}" if why else ""),
            ),
        )
    return facts


def _toward(made: Made, pattern: str) -> list[Fact]:
    name = pattern.removeprefix("@").strip()
    tones = made.actor_tones() if pattern.startswith("@") else made.actor_tones().head(0)
    return [
        (
            f"tone toward {name}",
            signed(row.score) if pd.notna(row.low) else "–",
            f"{row.verdict}, {count(row.mentions, 'mention')}, voice: {row.voice}",
        )
        for row in rows(tones[tones["actor"] == name])
    ]


def _valences(found: pd.DataFrame) -> list[Fact]:
    forms = list(dict.fromkeys(found["match"].str.lower()))
    facts = []
    for name, title in LEXICONS.items():
        known = lexicons.load(name)
        listed = [f"{form} {signed(known[form])}" for form in forms if form in known]
        if listed:
            facts.append((f"in the lexicon {title}", series(listed[:4]), "from −1 to +1"))
    return facts


def _phrase(made: Made, found: pd.DataFrame) -> list[Fact]:
    phrases = made.phrases()
    holds = _inside(made.places(), found, whole=False)["phrase"].unique()
    return [
        ("key phrase", f"{row.rank} of {len(phrases)}", f"“{row.phrase}”: {row.why}")
        for row in rows(phrases[phrases["phrase"].isin(holds)].head(3))
    ]


def _keyness(made: Made, found: pd.DataFrame) -> list[Fact]:
    forms = set(found["match"].str.lower())
    table = made.keyness()
    return [
        (
            f"“{row.term}” beside general English",
            f"{fold(row.log_ratio)} times" if row.listed else "not in it",
            f"log ratio {signed(row.log_ratio)}, G2 {number(float(row.g2), digits=1)}, in {count(row.paragraphs, 'paragraph')}",
        )
        for row in rows(table[table["term"].isin(forms)].head(3))
    ]


def _frames(made: Made, found: pd.DataFrame) -> list[Fact]:
    evidence = _inside(made.coded().evidence, found, whole=False)
    return [
        (
            f"speaks for {frame}",
            series([f"{weight:g}" for weight in sorted(group["weight"].unique(), reverse=True)]),
            f"weight of {series([f'“{term}”' for term in group['indicator'].unique()[:3]])}, {count(len(group), 'place')}",
        )
        for frame, group in evidence.groupby("frame", sort=True)
    ]


def _inside(spans: pd.DataFrame, found: pd.DataFrame, *, whole: bool = True) -> pd.DataFrame:
    """The spans that lie within the places of a word, or that touch them."""
    left, right = found["start"].to_numpy()[:, None], found["end"].to_numpy()[:, None]
    start, end = spans["start"].to_numpy()[None, :], spans["end"].to_numpy()[None, :]
    meets = (start >= left) & (end <= right) if whole else (start < right) & (end > left)
    return spans.loc[np.asarray(meets.any(axis=0), dtype=bool)]


def sentences(made: Made, found: pd.DataFrame) -> list[Quotation]:
    """The sentences that hold a word, those with the strongest tone first, the word marked."""
    tone = made.tone().set_index("sentence")["score"]
    texts = made.article().sentences.set_index("sentence")
    order = tone.reindex(found["sentence"].unique()).abs().sort_values(ascending=False, kind="stable").index
    quotations = []
    for name in list(order)[:SENTENCES]:
        marks = [(r.start, r.end, "", "") for r in rows(found[found["sentence"] == name])]
        where = f"{name} · tone {signed(tone[name])}"
        quotations.append(Quotation(str(texts["text"][name]), int(texts["start"][name]), marks, where))
    return quotations


def looked_up(made: Made, pattern: str) -> Markup:
    """As `about`; what is wrong with a pattern stands in its place, and nothing is shown for an empty one."""
    if not pattern.strip():
        return Markup("")
    try:
        return about(made, pattern)
    except BadInput as error:
        return Markup('<p role="alert">{}</p>').format(str(error))
