"""What the tables of framing say."""

import pandas as pd
from markupsafe import Markup

from presslens.findings.evidence import Quotation, english
from presslens.findings.wording import SMALL, capital, count, excerpt, percent, place, quoted, rows, series

SHARE_HEADERS = {
    "frame": "frame",
    "share": "share",
    "low": "low",
    "high": "high",
    "sentences": "sentences",
    "role": "role",
}
OTHER = "Other"
UNLIKELY = 0.05  # chance (times the number of pairs looked at: Bonferroni) below which two are said to belong together
LEAST = 3  # sentences below which a meeting says nothing
FEW = 5  # sentences below which a bootstrap interval says nothing


def coded(frames: pd.DataFrame) -> pd.DataFrame:
    """The rows of frames that have a share, largest first, without `Other`."""
    return frames[(frames["share"] > 0) & (frames["frame"] != OTHER)].sort_values(
        ["share", "rank"], ascending=[False, True], kind="stable"
    )


def tied(frames: pd.DataFrame) -> bool:
    """Whether the first two frames are too close to tell which comes first: their intervals overlap."""
    leading = coded(frames)
    return len(leading) > 1 and bool(leading["low"].iloc[0] <= leading["high"].iloc[1])


def total(frames: pd.DataFrame) -> int:
    """The sentences that the shares are of."""
    return int(frames["of"].max()) if len(frames) else 0


def overview(frames: pd.DataFrame, *, doubtful: frozenset[str] = frozenset()) -> str:
    """Which frames lead, with their shares, and how much no frame explains; which of them people dispute."""
    leading = coded(frames)
    n = total(frames)
    if not n:
        return "There is no sentence to look for frames in."
    if leading.empty:
        return "No sentence gives enough evidence for any frame; all are Other."
    rest = float(frames.loc[frames["frame"] == OTHER, "share"].sum())
    first, *others = leading.head(3).to_dict("records")
    also = series([f"{quoted(row['frame'])} ({percent(row['share'])})" for row in others])
    unsure = "; the order of the first two is not certain (intervals overlap)" if tied(frames) else ""
    within = f", 95 % interval {percent(first['low'])} to {percent(first['high'])}" if n >= FEW else ""
    few = "" if n >= FEW else f" It rests on {count(n, 'sentence')} only."
    disputed = [quoted(row["frame"]) for row in (first, *others) if row["frame"] in doubtful]
    unreliable = f" People agree too little on {series(disputed)} to rely on it." if disputed else ""
    none = f" {capital(percent(rest))} gives too little evidence for any frame." if rest > 0 else ""
    if n >= FEW and first["low"] <= 0:
        where = f"in {in_words(int(first['sentences']))} of {count(n, 'sentence')}"
        most = f"the most evidence is for {quoted(first['frame'])}, {where}"
        others_too = f"; then for {also}" if also else ""
        return f"No frame is certain: {most}, and the interval of its share reaches zero{others_too}.{unreliable}{none}"
    return (
        f"The article is framed first as {quoted(first['frame'])} ({percent(first['share'])} of it{within})"
        + (f", then as {also}" if also else "")
        + f"{unsure}.{few}{unreliable}{none}"
    )


def course(frames: pd.DataFrame, paragraphs: pd.DataFrame) -> str:
    """Which frame comes first in the first and in the last paragraph, and where the leading one does."""
    body = paragraphs[paragraphs["section"] == "body"]
    firsts = body[(body["rank"] == 1) & (body["frame"] != OTHER) & (body["share"] > 0)]
    leading = coded(frames)
    if leading.empty or firsts.empty:
        return "No frame comes first in any paragraph."
    top = leading["frame"].iloc[0]
    held = firsts.loc[firsts["frame"] == top, "paragraph"]
    by_place = dict(zip(firsts["paragraph"], firsts["frame"], strict=True))
    opens, closes = by_place.get(body["paragraph"].min()), by_place.get(body["paragraph"].max())
    of = f"of {count(body['paragraph'].nunique(), 'paragraph')}"
    if held.empty:
        return (
            f"{_ends(opens, closes)}. {quoted(top)}, which has the largest share of all, comes first in no paragraph."
        )
    return (
        f"{_ends(opens, closes)}. {quoted(top)} comes first in {count(len(held), of, of)}"
        + (f" ({series([str(n) for n in held])})" if 0 < len(held) <= 8 else "")
        + "."
    )


def _ends(opens: str | None, closes: str | None) -> str:
    """The frames of the first and of the last paragraph, where they have one."""
    if opens is None and closes is None:
        return "Neither the first nor the last paragraph has a clear frame"
    if opens is None or closes is None:
        which = "last" if opens is None else "first"
        return f"Of the first and the last paragraph only the {which} has a clear frame, {quoted(str(opens or closes))}"
    if opens == closes:
        return f"The first and the last paragraph are framed as {quoted(opens)}"
    return f"The first paragraph is framed as {quoted(opens)}, the last as {quoted(closes)}"


def evidence(
    frames: pd.DataFrame,
    codings: pd.DataFrame,
    found: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    most: int = 2,
    top: int = 6,
) -> dict[str, list[Quotation]]:
    """For each leading frame its best sentences, with the words that speak for it marked; none in another language."""
    texts = sentences.set_index("sentence")
    codings = codings[codings["sentence"].isin(english(sentences)["sentence"])]
    quotes: dict[str, list[Quotation]] = {}
    for frame in coded(frames).head(top)["frame"]:
        best = codings[(codings["frame"] == frame) & codings["coded"]].sort_values(
            "score", ascending=False, kind="stable"
        )
        quotes[str(frame)] = [
            Quotation(
                str(texts.loc[row.sentence, "text"]),
                int(texts.loc[row.sentence, "start"]),
                [
                    (e.start, e.end, "frame", f"{e.indicator} (weight {e.weight:g})")
                    for e in rows(found[(found["sentence"] == row.sentence) & (found["frame"] == frame)])
                    if e.weight > 0
                ],
                f"{row.sentence} · score {row.score:.2f}",
            )
            for row in rows(best.head(most))
        ]
    return quotes


def second(frames: pd.DataFrame, title: str) -> str:
    """What a second codebook says of the same sentences."""
    leading = coded(frames)
    n = total(frames)
    if leading.empty:
        return f"Read with “{title}” instead, no sentence gives enough evidence."
    most, *others = [(str(row.frame), int(row.sentences)) for row in rows(leading.head(5))]
    also = series([f"“{name}” in {in_words(size)}" for name, size in others])
    rest = int(frames.loc[frames["frame"] == OTHER, "sentences"].sum())
    left = f" {capital(in_words(rest))} {'has' if rest == 1 else 'have'} none of its frames." if rest else ""
    return (
        f"Read with “{title}” instead, {in_words(most[1])} of the {count(n, 'sentence')} "
        f"{'shows' if most[1] == 1 else 'show'} “{most[0]}”" + (f"; it finds {also}" if also else "") + f".{left}"
    )


def crossings(pairs: pd.DataFrame, frames: pd.DataFrame, *, most: int = 3) -> str:
    """Where the two codebooks meet: what the second finds most in the sentences of each leading frame of the first."""
    parts: list[str] = []
    for name in coded(frames)["frame"].head(most):
        mine = pairs[pairs["frame"] == name].sort_values("sentences", ascending=False, kind="stable")
        if len(mine) and int(mine["sentences"].max()) > 1:  # once is not often
            best = mine.iloc[0]
            found = f"“{best['other']}” ({best['sentences']} of {best['of']})"
            where = (
                f"in those of {quoted(name)}" if parts else f"In the sentences of {quoted(name)} it finds most often"
            )
            parts.append(f"{where} {found}")
    if parts:
        return f"{series(parts)}."
    if pairs.empty:
        return "The two codebooks find nothing in the same sentence."
    return "No frame of the one codebook meets a leading frame of the other in more than one sentence."


def together(pairs: pd.DataFrame) -> str:
    """Which frames meet in a sentence, and whether more than by chance."""
    if pairs.empty:
        return "No two frames meet in a sentence."
    top = pairs.iloc[0]
    if int(top["sentences"]) < 2:
        return "No two frames meet in more than one sentence."
    drawn = pairs[(pairs["chance"] * len(pairs) < UNLIKELY) & (pairs["sentences"] > 1)].head(3)
    names = [
        f"{quoted(r.first)} with {quoted(r.second)} ({r.sentences}, by chance {r.expected:.1f})" for r in rows(drawn)
    ]
    more = (
        f" More often than chance would have it: {series(names)}." if names else " No pair meets more than by chance."
    )
    often = count(int(top["sentences"]), "sentence")
    return f"{quoted(top['first'])} and {quoted(top['second'])} meet most, in {often}.{more}"


def actors(table: pd.DataFrame, *, most: int = 3) -> list[str]:
    """In which frames the most named actors stand, and which stand out about one."""
    if table.empty:
        return ["No actor is named often enough to say in which frames."]
    parts: list[str] = []
    for name in table["actor"].drop_duplicates().head(most):
        best = table[table["actor"] == name].iloc[0]
        if int(best["sentences"]) < 2:  # once is not most
            continue
        where = "in those of" if parts else "is named most in sentences of"
        parts.append(f"{name} {where} {quoted(best['frame'])} ({best['sentences']} of {best['of']})")
    drawn = table[(table["chance"] * len(table) < UNLIKELY) & (table["sentences"] >= LEAST)]
    said = [
        f"{r.actor} in {quoted(r.frame)} ({percent(r.share)} of the sentences that name the actor, {percent(r.overall)} of all)"
        for r in rows(drawn.sort_values("chance", kind="stable").head(3))
    ]
    apart = f"More than by chance: {series(said)}." if said else "No frame stands with one actor more than by chance."
    most_in = f"{capital(series(parts))}." if parts else "No actor is named in two sentences of one frame."
    return [most_in, apart]


def actor_table(table: pd.DataFrame, *, most: int = 5, frames: int = 3) -> pd.DataFrame:
    """The most named actors with their leading frames in words: `actor`, `sentences that name it`, `leading frames`."""
    parts = []
    for name in table["actor"].drop_duplicates().head(most):
        mine = table[table["actor"] == name]
        leading = [f"{r.frame} {r.sentences}" for r in rows(mine.head(frames))]
        parts.append((name, int(mine["of"].iloc[0]), " · ".join(leading)))
    return pd.DataFrame(parts, columns=["actor", "sentences that name it", "leading frames, and sentences with both"])


def voices(table: pd.DataFrame) -> str:
    """Whether frames come from the author or from those quoted."""
    quoted_words, own = int(table["quoted"].sum()), int(table["own"].sum())
    if not quoted_words + own:
        return "No words of evidence were found, quoted or not."
    if not quoted_words:
        return "All words of evidence are the author's own; none stands in a quotation or in reported speech."
    share = quoted_words / (quoted_words + own)
    parts = [f"{quoted(r.frame)} ({r.quoted} of {r.quoted + r.own})" for r in rows(table[table["quoted"] > 0].head(4))]
    whose = "Nearly all" if share < 0.1 else "Most" if share < 0.5 else "Less than half"
    return (
        f"{whose} of the framing is the author's own: {quoted_words} of {quoted_words + own} words of evidence stand in what "
        f"others are quoted or reported as saying, for {series(parts)}."
    )


def cases(quotations: dict[str, list[Quotation]], book: object, *, doubtful: frozenset[str] = frozenset()) -> Markup:
    """Each leading frame with its definition and its best sentences.

    Args:
        quotations: as `evidence` gives them.
        book: the codebook, for the definitions.
        doubtful: frames on which coders agree too little.
    """
    definitions = {frame.frame: frame.definition for frame in getattr(book, "frames", ())}
    parts = []
    for name, quotes in quotations.items():
        parts.append(Markup("<h3>{}</h3>").format(f"{name} (not reliable)" if name in doubtful else name))
        if definitions.get(name):
            parts.append(Markup('<p class="note">{}</p>').format(definitions[name]))
        parts.extend(one.html() for one in quotes)
    return Markup("").join(parts) or Markup('<p class="note">No sentence gives enough evidence for a frame.</p>')


def reliability(doubtful: frozenset[str], people: int) -> str:
    """On which frames people agree too little; `people` is how many have coded, 0 without coding sheets."""
    if not people:
        return "How far people agree on these frames was not measured here: name coding sheets to grey those that they dispute."
    if people == 1:
        return "One person has coded; how far people agree on these frames takes a second coder."
    if not doubtful:
        return f"{capital(in_words(people))} people agree on every frame that they coded (alpha at least .667)."
    return (
        f"Greyed, because {in_words(people)} people agree on them too little to rely on (alpha under .667): "
        f"{series([quoted(name) for name in sorted(doubtful)])}."
    )


def in_words(n: int) -> str:
    """A count for the middle of a sentence."""
    return SMALL[n] if n < len(SMALL) else str(n)


def uncoded(codings: pd.DataFrame, sentences: pd.DataFrame, *, most: int = 3) -> list[str]:
    """Sentences without a frame: how many, and the longest of them."""
    if codings.empty:
        return ["There is no sentence to code."]
    rest = codings[(codings["frame"] == OTHER) & codings["coded"]].merge(
        sentences[["sentence", "text"]], on="sentence", how="left"
    )
    if rest.empty:
        return ["Every sentence gives evidence for some frame."]
    longest = rest.loc[rest["text"].str.len().sort_values(ascending=False, kind="stable").index].head(most)
    shown = "; ".join(f"{excerpt(r.text, most=110)} ({place(r.section, r.paragraph)})" for r in rows(longest))
    return [f"{capital(count(len(rest), 'sentence'))} gave too little evidence for a frame. The longest: {shown}."]


def method(*books: object, how: str = "indicators") -> str:
    """Which codebooks coded, by what rule; `how` is the tier in words."""
    named = series(
        [
            f"{getattr(b, 'title', '')} (version {getattr(b, 'version', '')}, hash {str(getattr(b, 'hash', ''))[:12]}; "
            f"{getattr(b, 'source', '')})"
            for b in books
        ]
    )
    rule = (
        "Coded by their indicators, without a model: the weights of the distinct indicators in a sentence add up, and a frame "
        "is coded where they reach its threshold."
        if how == "indicators"
        else f"Coded by {how}."
    )
    return (
        f"Codebooks: {named}. {rule} A sentence with several frames is shared among them in proportion to their evidence. "
        "Intervals: percentile bootstrap over sentences, seeded. Who is named and what is quoted is found by rules."
    )
