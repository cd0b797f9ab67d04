"""What the tables of actors say: who is in it, how it feels toward them and in whose voice, and who stands beside whom."""

from typing import Any

import pandas as pd

from presslens.actors.gazetteer import words as word_set
from presslens.findings.evidence import Quotation
from presslens.findings.wording import (
    capital,
    count,
    excerpt,
    interval,
    number,
    quoted,
    rows,
    series,
    signed,
    times,
)

CAST_HEADERS = {"actor": "actor", "kind": "kind", "mentions": "mentions", "forms": "named as"}
TONE_HEADERS = {
    "actor": "actor",
    "voice": "voice",
    "mentions": "mentions",
    "split": "negative · neutral · positive",
    "tone": "tone",
    "interval": "95 % interval",
    "verdict": "in words",
}
PAIR_HEADERS = {"pair": "set beside each other", "sentences": "sentences", "between": "the verb that joins them"}
VERDICTS = {"negative": "wary", "positive": "warm"}
SAID = 7  # words of a quotation that a sentence of ours repeats
TOO_FEW = "too few to say"
TELLING = 0.2  # a score nearer to zero tells little
METHOD = (
    "The tone of a sentence toward a mention is the chance of a positive rating less that of a negative one, by a model "
    "whose weights can be read, learnt from news sentences that people rated toward one mention (NewsMTSC: Hamborg and "
    "Donnay 2021). Intervals: percentile bootstrap over the mentions, with the errors of the measure on articles that it "
    "had not learnt from. What is quoted or reported is counted apart."
)


def cast(table: pd.DataFrame, *, most: int = 3) -> str:
    """Who is in the article, and who is named most; those named once are not called frequent.

    Args:
        table: as `actors.mentions.actors` gives it, of one article.
        most: actors to name.
    """
    if table.empty:
        return "The article names nobody: no person, country or organisation was found."
    top = table.head(most)
    found = f"{capital(count(len(table), 'actor'))} {'is' if len(table) == 1 else 'are'} named"
    highest = int(table["mentions"].max())
    if len(table) == 1:
        said = f"{found}: {top['actor'].iloc[0]}, {times(highest)}"
    elif highest == 1:
        rest = len(table) - len(top)
        listed = [quoted(a) for a in top["actor"]] + ([count(rest, "other")] if rest else [])
        said = f"{found}, each once: {series(listed)}"
    else:
        often = top[top["mentions"] > 1]
        said = f"{found}; most often {series([f'{r.actor} ({number(int(r.mentions))})' for r in rows(often)])}"
    doubt = table[table["ambiguous"]]
    apart = "is" if len(doubt) == 1 else "are"
    doubtful = series([f"“{a}”" for a in doubt["actor"]])
    unsure = f" {doubtful} could mean more than one actor and {apart} counted apart." if len(doubt) else ""
    return f"{said}.{unsure}"


def cast_table(table: pd.DataFrame) -> pd.DataFrame:
    """The actors for a reader, the forms of each as a list."""
    return table.assign(forms=table["forms"].str.replace("|", ", ", regex=False))


def toward(tones: pd.DataFrame, toned: pd.DataFrame, quotations: pd.DataFrame) -> str:
    """Toward whom the author is warm or wary, as far as the intervals allow, and which harsh or warm words are quotations.

    Args:
        tones: as `targets_actors.actor_tones` gives it, of one article.
        toned: its mentions with `score`, `label`, `voice` and `speaker`.
        quotations: as `actors.quotations.quotations` gives them.
    """
    if toned.empty:
        return "The article names nobody, so there is no tone toward anyone."
    own = tones[(tones["voice"] == "author") & (tones["verdict"] != TOO_FEW)]
    said = _own_voice(own, int(tones["mentions"].max()))
    return " ".join(part for part in (said, _others(tones), _lent(tones, toned, quotations)) if part)


def _others(tones: pd.DataFrame) -> str:
    """Toward whom those quoted or reported are clearly warm or wary."""
    heard = tones[tones["voice"] == "attributed"]
    warm, wary = (heard[heard["verdict"] == side] for side in ("positive", "negative"))
    parts = [f"warm toward {_names(warm)}"] if len(warm) else []
    parts += [f"wary of {_names(wary)}"] if len(wary) else []
    return f"Those whom it quotes or reports are {series(parts)}." if parts else ""


def _own_voice(own: pd.DataFrame, most: int) -> str:
    if own.empty:
        often = "once" if most == 1 else "twice"
        return f"No actor is named more than {often} by the author: too few mentions to say how the article feels toward anyone."
    clear = {side: own.loc[own["verdict"] == side].sort_values("score") for side in VERDICTS}
    parts = []
    if len(clear["positive"]):
        parts.append(f"warm toward {_names(clear['positive'][::-1])}")
    if len(clear["negative"]):
        parts.append(f"wary of {_names(clear['negative'])}")
    split = own[~own["verdict"].isin(VERDICTS)].sort_values("mentions", ascending=False, kind="stable")
    divided = split[(split[["negative", "positive"]].min(axis=1) >= 0.2 * split["mentions"]) & (split["mentions"] >= 5)]
    on = ""
    if len(divided):
        first = divided.iloc[0]
        on = (
            f"it is divided on {first['actor']} ({number(int(first['positive']))} of {number(int(first['mentions']))} mentions "
            f"are positive, {number(int(first['negative']))} negative)"
        )
    if parts:
        return f"The article is {series(parts)}{'; ' + on if on else ''}."
    if len(own) == 1:
        only = own.iloc[0]
        if on:
            return f"{capital(on)}, the one actor that it names often enough to tell.".replace(
                "It is", "The article is", 1
            )
        return (
            f"The article is neither clearly warm toward {only['actor']} nor clearly wary: {signed(only['score'])} on a scale "
            f"from \u22121 to +1 ({interval(only['low'], only['high'])})."
        )
    none = "neither of the two actors" if len(own) == 2 else f"none of the {count(len(own), 'actor')}"
    return (
        f"Toward {none} that it names often enough to tell is the article clearly warm or wary"
        f"{'; ' + on if on else ''}."
    )


def _names(table: pd.DataFrame) -> str:
    return series([quoted(actor) for actor in table["actor"]])


def _lent(tones: pd.DataFrame, toned: pd.DataFrame, quotations: pd.DataFrame) -> str:
    """The strong words about an actor that are only quotations: none of the author's mentions of it is on that side."""
    often = tones.groupby("actor", sort=False)["mentions"].sum().sort_values(ascending=False, kind="stable")
    for side, name in (("negative", "harsh"), ("positive", "warm")):
        strong = toned[(toned["voice"] == "attributed") & (toned["label"] == side) & (toned["score"].abs() >= 0.5)]
        own = set(toned.loc[(toned["voice"] == "author") & (toned["label"] == side), "actor"])
        for actor in often.index:
            lent = strong[strong["actor"] == actor]
            if lent.empty or actor in own:
                continue
            if len(lent) > 1:
                who = series(list(dict.fromkeys(s for s in lent["speaker"] if s))[:3])
                return f"Its {name} words about {actor} are all those of others{f': {who}' if who else ''}."
            if _near(lent.iloc[0], quotations).empty:
                who = lent["speaker"].iloc[0] or "somebody else"
                return f"Its only {name} words about {actor} report the view of {who}."
            words, one = _words(lent.iloc[0], quotations)
            what = (
                f"one {name} word about {actor} is a quotation"
                if one
                else f"only {name} words about {actor} are a quotation"
            )
            return f"Its {what}{words}."
    return ""


def _near(mention: Any, quotations: pd.DataFrame) -> pd.DataFrame:
    """The quotations that a mention stands in or right before."""
    near: pd.DataFrame = quotations[
        (quotations["end"] >= mention["end"]) & (quotations["start"] <= mention["end"] + 30)
    ]
    return near


def _words(mention: Any, quotations: pd.DataFrame) -> tuple[str, bool]:
    """The quotation that a mention stands in or right before, if short, with its speaker; and whether it is one word."""
    near = _near(mention, quotations)
    said = str(near["text"].iloc[0]) if len(near) else str(mention["text"])
    who = str(mention["speaker"])
    if len(said.split()) > SAID:
        return f", of {who}" if who else "", False
    words = excerpt(said.strip(" ,."))
    return f": {who} says {words}" if who else f": {words}", len(said.split()) == 1


def tone_table(tones: pd.DataFrame) -> pd.DataFrame:
    """Tone toward actors by voice, for a reader: `actor`, `voice`, `mentions`, `split`, `tone`, `interval`, `verdict`.

    Actors with too few mentions in the author's voice are left out, but not what others say of anybody.
    """
    tones = tones[(tones["verdict"] != TOO_FEW) | (tones["voice"] != "author")]
    few = tones["verdict"] == TOO_FEW
    split = [f"{r.negative} · {r.neutral} · {r.positive}" for r in rows(tones)]
    between = [
        "–" if scarce else f"{signed(r.low)} to {signed(r.high)}" for scarce, r in zip(few, rows(tones), strict=True)
    ]
    tone = ["–" if scarce else signed(score) for scarce, score in zip(few, tones["score"], strict=True)]
    found = tones[["actor", "voice", "mentions"]].assign(
        split=split, tone=tone, interval=between, verdict=tones["verdict"].replace(VERDICTS)
    )
    return found.reset_index(drop=True)


def telling(
    toned: pd.DataFrame, evidence: pd.DataFrame, sentences: pd.DataFrame, *, actors: int = 4, fewest: int = 3
) -> dict[str, list[Quotation]]:
    """For each of the most named actors its most negative and most positive sentence, the words that make it so marked.

    Args:
        toned: mentions with `score`, `label`, `voice`, `speaker`.
        evidence: the words behind each score, as `targets.evidence` gives them for those mentions.
        sentences: of the article.
        actors: how many actors to show.
        fewest: mentions below which an actor is left out.
    """
    toned = toned.reset_index(drop=True)
    often = toned["actor"].value_counts()
    order = list(dict.fromkeys(toned["actor"]))
    chosen = sorted((a for a in order if often[a] >= fewest), key=lambda a: -int(often[a]))[:actors]
    quotes: dict[str, list[Quotation]] = {}
    for actor in chosen:
        own = toned[toned["actor"] == actor].sort_values("score", kind="stable")
        ends = (own.head(1), own.tail(1)) if len(own) > 1 else (own,)
        picked = [
            end for end, side in zip(ends, ("negative", "positive"), strict=False) if end["label"].iloc[0] == side
        ]
        found = [_telling(int(end.index[0]), end.iloc[0], evidence, sentences) for end in picked]
        if found:
            quotes[str(actor)] = found
    return quotes


def _telling(row: int, mention: Any, evidence: pd.DataFrame, sentences: pd.DataFrame) -> Quotation:
    sentence = sentences[sentences["sentence"] == mention["sentence"]].iloc[0]
    way = 1 if mention["score"] > 0 else -1
    words = evidence[(evidence["mention"] == row) & (evidence["weight"] * way >= 0.25)]
    words = words[[_says_something(str(word)) for word in words["text"]]].head(3)
    side = "positive" if way > 0 else "negative"
    marks = [(w.start, w.end, side, signed(w.weight)) for w in rows(words)]
    marks.append((int(mention["start"]), int(mention["end"]), "actor", str(mention["actor"])))
    voice = "" if mention["voice"] == "author" else f" · words of {mention['speaker'] or 'somebody'}"
    where = f"{mention['sentence']} · {signed(mention['score'])}{voice}"
    return Quotation(str(sentence["text"]), int(sentence["start"]), marks, where)


def _says_something(word: str) -> bool:
    return word.isalpha() and len(word) > 2 and word.lower() not in word_set("function")


def pairs(table: pd.DataFrame) -> str:
    """Who is set beside whom most.

    Args:
        table: as `actors.pairs.cooccurrence` gives it, of one article.
    """
    if table.empty:
        return "No two actors stand in one sentence."
    top = table[table["sentences"] > 1].head(3)
    if top.empty:
        if len(table) == 1:
            return "One pair of actors stands in one sentence, once."
        return f"{capital(count(len(table), 'pair'))} of actors stand in one sentence, each once."
    said = [f"{quoted(r.actor)} and {quoted(r.other)} ({count(int(r.sentences), 'sentence')})" for r in rows(top)]
    return f"Most often set beside each other: {'; '.join(said)}."


def pair_table(table: pd.DataFrame, *, most: int = 10) -> pd.DataFrame:
    """The commonest pairs: `pair`, `sentences`, `between` (verbs, five at most)."""
    top = table.head(most)
    return pd.DataFrame(
        {
            "pair": pd.Series([f"{r.actor} – {r.other}" for r in rows(top)], dtype="str"),
            "sentences": top["sentences"].reset_index(drop=True),
            "between": pd.Series([", ".join(str(r.verbs).split("|")[:5]) for r in rows(top)], dtype="str"),
        }
    )


def names(ner: str) -> str:
    """How names were found: by rules alone, or with the help of a model."""
    found = f"with what the spaCy model {ner} sees" if ner else "without a model"
    return f"Names are found and resolved by rules and lists, {found}; pronouns are not counted."


def method(tier: str, ner: str = "") -> str:
    """How names and the tone toward them were found, with the tiers that ran."""
    neural = " The neural tier ran: sentence vectors with the mention masked (all-MiniLM-L6-v2) add to the words."
    return f"{names(ner)} {METHOD}{neural if tier == 'neural' else ''}"
