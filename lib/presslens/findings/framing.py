"""What the tables of framing say."""

import pandas as pd

from presslens.findings.evidence import Quotation
from presslens.findings.wording import capital, count, excerpt, percent, place, quoted, rows, series

SHARE_HEADERS = {
    "frame": "frame",
    "share": "share",
    "low": "low",
    "high": "high",
    "sentences": "sentences",
    "role": "role",
}
OTHER = "Other"
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


def overview(frames: pd.DataFrame) -> str:
    """Which frames lead, with their shares, and how much no frame explains."""
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
    none = f" {capital(percent(rest))} gives too little evidence for any frame." if rest > 0 else ""
    return (
        f"The article is framed first as {quoted(first['frame'])} ({percent(first['share'])} of it{within})"
        + (f", then as {also}" if also else "")
        + f"{unsure}.{few}{none}"
    )


def course(frames: pd.DataFrame, paragraphs: pd.DataFrame) -> str:
    """Which frame opens, which closes, and where the leading one stands."""
    opens = frames.loc[frames["opens"], "frame"].tolist()
    closes = frames.loc[frames["closes"], "frame"].tolist()
    leading = coded(frames)
    if leading.empty or not opens:
        return "No frame opens or closes the article."
    top = leading["frame"].iloc[0]
    held = paragraphs[(paragraphs["frame"] == top) & (paragraphs["rank"] == 1) & (paragraphs["section"] == "body")]
    ending = f"closes with {quoted(closes[0])}" if closes[0] != opens[0] else "closes with the same frame"
    return (
        f"The article opens with {quoted(opens[0])} and {ending}. {quoted(top)} comes first in {count(len(held), 'paragraph')}"
        + (f" ({series([str(n) for n in held['paragraph']])})" if 0 < len(held) <= 8 else "")
        + "."
    )


def evidence(
    frames: pd.DataFrame,
    codings: pd.DataFrame,
    found: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    most: int = 2,
    top: int = 6,
) -> dict[str, list[Quotation]]:
    """For each leading frame its best sentences, with the words that speak for it marked."""
    texts = sentences.set_index("sentence")
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
    if leading.empty:
        return f"By {title} no sentence gives enough evidence."
    parts = [f"{quoted(row.frame)} in {count(int(row.sentences), 'sentence')}" for row in rows(leading)]
    return f"By {title}, the article holds {series(parts)}."


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


def method(*books: object) -> str:
    """Which codebooks coded, by what rule."""
    named = series(
        [
            f"{getattr(b, 'title', '')} (version {getattr(b, 'version', '')}, hash {str(getattr(b, 'hash', ''))[:12]}; "
            f"{getattr(b, 'source', '')})"
            for b in books
        ]
    )
    return (
        f"Codebooks: {named}. Coded by their indicators, without a model: the weights of the distinct indicators in a sentence "
        "add up, and a frame is coded where they reach its threshold. A sentence with several frames is shared among them "
        "by score. Intervals: percentile bootstrap over sentences, seeded."
    )
