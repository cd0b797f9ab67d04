"""The article in a few sentences, from the tables of the other notebooks."""

import pandas as pd
from markupsafe import Markup

from presslens.findings import framing, sentiment, statements
from presslens.findings.evidence import Quotation, english
from presslens.findings.wording import capital, count, excerpt, percent, quoted, rows, series, signed, text_of, times

LONGEST = 240  # characters of the sentence in the lead


def lead(
    positions: pd.DataFrame, sentences: pd.DataFrame, tone: pd.DataFrame, phrases: pd.DataFrame, frames: pd.DataFrame
) -> Markup:
    """What it argues, in its own words; then what it is about, how it feels and how it is framed.

    Args:
        positions: as `actors.stances.stances` gives it, of one article, with `voice` and `speaker`.
        sentences: of the article.
        tone, phrases, frames: as `scoring.articles`, `ranking.keyphrases` and `aggregating.articles` give them.
    """
    return Markup("{} {}").format(argument(positions, sentences), matter(tone, phrases, frames))


def argument(positions: pd.DataFrame, sentences: pd.DataFrame) -> Markup:
    """The sentence that says best what the article argues, and how much it proposes.

    That is the dek, where there is one, for a dek is the article's own summary; else its plainest proposal, where the author
    makes several; else its first sentence, in which news says what it has to say.
    """
    if sentences.empty:
        return Markup("The text has no sentence.")
    best = statements.plainest(positions, of=len(sentences))
    dek = sentences.loc[sentences["section"] == "dek", "sentence"]
    whole = sentences["text"].str.contains(r"[.!?…][”’\"')\]]*$")  # a byline or a heading is no sentence
    body = sentences.loc[(sentences["section"] == "body") & whole, "sentence"]
    if len(dek):
        quote = _quote("In its own summary", str(dek.iloc[0]), sentences)
    elif best:
        quote = _quote("It proposes, most plainly", best, sentences)
    else:
        quote = _quote("It opens", str((body if len(body) else sentences["sentence"]).iloc[0]), sentences)
    return Markup("{} {}").format(quote, statements.positions(positions))


def _quote(intro: str, name: str, sentences: pd.DataFrame) -> Markup:
    """An introduction, a sentence in quotation marks and its address, so that all of it can go where it may not stand."""
    said = excerpt(text_of(sentences, name), most=LONGEST)[1:-1]
    return Markup('{}: “<span data-sentence="{}">{}</span>” (<span class="where">{}</span>).').format(
        intro, name, said, name
    )


def matter(tone: pd.DataFrame, phrases: pd.DataFrame, frames: pd.DataFrame) -> str:
    """What it is about, how it feels and how it is framed, in one or two sentences."""
    topic = series([f"“{phrase}”" for phrase in phrases["phrase"].head(3)])
    many = len(phrases) > 1
    about = (
        f"Its leading key {'phrases are' if many else 'phrase is'} {topic}"
        if topic
        else "The article has no clear key phrase"
    )
    feel = f"it is {_feel(tone.iloc[0])} in tone" if len(tone) else "it has no sentence to score"
    leading = framing.coded(frames)
    if leading.empty:
        return f"{about}; {feel}. No frame has enough evidence."
    first = leading.iloc[0]
    if first["sentences"] < 2:
        return f"{about}; {feel}. No frame rests on more than one sentence."
    name, share = quoted(first["frame"]), percent(first["share"])
    if first["low"] <= 0:
        return f"{about}; {feel}. Its first frame may be {name} ({share}), but its interval reaches zero."
    if framing.tied(frames):
        second = quoted(leading["frame"].iloc[1])
        return f"{about}; {feel}, and framed first as {name} ({share}) or {second}, too close to tell apart."
    return f"{about}; {feel}, and framed first as {name} ({share})."


def _feel(row: pd.Series) -> str:
    """How strong the tone is, and whether its sign is certain."""
    said = sentiment.strength(float(row["score"]))
    return said if row["low"] > 0 or row["high"] < 0 or "neutral" in said else f"{said}, though not certainly so,"


def tone(articles: pd.DataFrame, arc: pd.DataFrame, words: pd.DataFrame) -> str:
    """The tone with its interval, and the words behind it."""
    if articles.empty:
        return "There is no sentence to score."
    row = articles.iloc[0]
    sign = "" if row["low"] > 0 or row["high"] < 0 else ", so its sign is not certain"
    certain = arc[(arc["turn"] > 0) & ((arc["change_low"] > 0) | (arc["change_high"] < 0))]
    moves = (
        " The text is too short to speak of turns."
        if len(arc) < sentiment.FEWEST
        else f" It turns {times(len(certain))} by more than chance."
        if len(certain)
        else " Along the text it moves no more than chance would make it."
    )
    return (
        f"The tone is {sentiment.strength(float(row['score']))}: {signed(row['score'])} on a scale from \u22121 to +1, "
        f"between {signed(row['low'])} and {signed(row['high'])} with 95 % confidence{sign}.{moves} {sentiment.drivers(words)}"
    )


def sureness(rates: pd.DataFrame) -> str:
    """How sure the author sounds."""
    from presslens.findings import article

    return article.sureness(rates)


def subject(places: pd.DataFrame, phrases: pd.DataFrame, sentences: pd.DataFrame) -> dict[str, list[Quotation]]:
    """The sentence that says most of what the article is about, by its key phrases; nothing where there is none."""
    found = central(places, phrases, sentences)
    return {"The sentence that holds most of its key phrases": [found]} if found else {}


def central(places: pd.DataFrame, phrases: pd.DataFrame, sentences: pd.DataFrame) -> Quotation | None:
    """The sentence of the body with the highest sum of scores of different key phrases, the phrases marked."""
    own = english(sentences)
    body = own[own["section"] == "body"].set_index("sentence")
    inside = places[places["sentence"].isin(body.index)]
    if inside.empty:
        return None
    scored = inside.drop_duplicates(["sentence", "phrase"]).merge(phrases[["phrase", "score"]], on="phrase")
    sums = scored.groupby("sentence", sort=False)["score"].sum()
    name = str(sums.index[int(sums.to_numpy().argmax())])
    marks = [(p.start, p.end, "phrase", str(p.phrase)) for p in rows(inside[inside["sentence"] == name])]
    sentence = body.loc[name]
    return Quotation(str(sentence["text"]), int(body["start"].to_dict()[name]), marks, name)


def framed(frames: pd.DataFrame, paragraphs: pd.DataFrame) -> list[str]:
    """The frames, and their course where one is certain."""
    return [framing.overview(frames), *([framing.course(frames, paragraphs)] if certain(frames) else [])]


def certain(frames: pd.DataFrame) -> bool:
    """Whether the interval of the first frame leaves zero out, in more than one sentence."""
    leading = framing.coded(frames)
    return bool(len(leading)) and float(leading["low"].iloc[0]) > 0 and int(leading["sentences"].iloc[0]) > 1


def frame_evidence(
    frames: pd.DataFrame, codings: pd.DataFrame, found: pd.DataFrame, sentences: pd.DataFrame
) -> dict[str, list[Quotation]]:
    """Two sentences for each of the first two frames; nothing where no frame is certain, for there is no claim to prove."""
    return framing.evidence(frames, codings, found, sentences, most=2, top=2) if certain(frames) else {}


def doubts(articles: pd.DataFrame, frames: pd.DataFrame, scores: pd.DataFrame, ledger: pd.DataFrame) -> list[str]:
    """What a careful reader should not take for granted."""
    said = []
    if len(articles) and articles["low"].iloc[0] <= 0 <= articles["high"].iloc[0]:
        said.append("The sign of the tone is not certain: its interval crosses zero.")
    leading = framing.coded(frames)
    if len(leading) and float(leading["low"].iloc[0]) <= 0:
        said.append("No frame is certain: even the interval of the first reaches zero.")
    elif framing.tied(frames):
        first, second = leading["frame"].head(2)
        said.append(f"{quoted(first)} and {quoted(second)} are too close for the first place to be certain.")
    other = float(frames.loc[frames["frame"] == framing.OTHER, "share"].sum())
    if leading.empty and len(frames):
        said.append("No sentence gives enough evidence for any frame.")
    elif other >= 0.05:
        said.append(f"{capital(percent(other))} of the sentences give too little evidence for any frame.")
    if scores.empty:
        said.append("The text has no sentence, so that nothing here is measured.")
    elif len(scores) < 15:
        said.append(f"The text has only {count(len(scores), 'sentence')}; every share and mean rests on few cases.")
    if len(ledger):
        said.append(f"Cleaning set {count(len(ledger), 'line')} apart; the first page lists them.")
    said.append("Words are measured, not meanings: irony, allusion and what is left unsaid escape every count here.")
    return said
