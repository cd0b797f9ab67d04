"""Frames set against what else is known of the same sentences: who is in them, whose words they are, another codebook."""

import numpy as np
import pandas as pd

from presslens.framing.aggregating import chance

ACTOR_COLUMNS = {
    "article": "str",
    "actor": "str",
    "kind": "str",
    "frame": "str",
    "sentences": "int64",
    "of": "int64",
    "share": "float64",
    "overall": "float64",
    "lift": "float64",
    "chance": "float64",
}
VOICE_COLUMNS = {"article": "str", "frame": "str", "quoted": "int64", "own": "int64", "quoted_share": "float64"}
CROSS_COLUMNS = {"frame": "str", "other": "str", "sentences": "int64", "of": "int64", "share": "float64"}


def by_actor(codings: pd.DataFrame, mentions: pd.DataFrame, *, least: int = 3, residual: str = "Other") -> pd.DataFrame:
    """In which frames each actor stands: of the sentences that name the actor, how many use the frame.

    Args:
        codings: as `coding.code` gives them, of one codebook.
        mentions: as `actors.mentions` gives them.
        least: sentences that must name an actor; of fewer nothing can be said.
        residual: the residual frame, left out.

    Returns:
        A row an actor and frame that meet, the actors named in most sentences first: `article`, `actor`, `kind`, `frame`,
        `sentences` (with both), `of` (that name the actor), `share`, `overall` (the frame's share of all sentences of the
        article), `lift` (share / overall: above 1 the frame stands more about this actor than elsewhere), `chance` (of so
        many sentences or more, had the frame nothing to do with the actor: hypergeometric).
    """
    keys = ["article", "sentence"]
    coded = codings.loc[codings["coded"] & codings["frame"].ne(residual), [*keys, "frame"]]
    named = mentions[[*keys, "actor", "kind"]].drop_duplicates([*keys, "actor"])
    of = named.groupby(["article", "actor"])["sentence"].transform("size")
    named = named.assign(of=of)[of >= least]
    both = named.merge(coded, on=keys)
    group = ["article", "actor", "kind", "frame", "of"]
    table = both.groupby(group, sort=False).size().rename("sentences").reset_index()
    if table.empty:
        return pd.DataFrame(columns=list(ACTOR_COLUMNS)).astype(ACTOR_COLUMNS)
    total = codings.drop_duplicates(keys).groupby("article").size()
    overall = coded.groupby(["article", "frame"]).size() / total.rename_axis("article")
    place = pd.MultiIndex.from_frame(table[["article", "frame"]])
    table = table.assign(
        share=table["sentences"] / table["of"], overall=overall.reindex(place).to_numpy(dtype=np.float64)
    )
    sizes = table["article"].map(total).to_numpy(dtype=np.int64)
    cells = zip(table["sentences"], table["of"], (table["overall"] * sizes).round(), sizes, strict=True)
    odds = [chance(int(both), int(of), int(with_frame), int(size)) for both, of, with_frame, size in cells]
    table = table.assign(lift=table["share"] / table["overall"], chance=odds)
    order = ["article", "of", "actor", "sentences", "frame"]
    ranked = table.sort_values(order, ascending=[True, False, True, False, True], ignore_index=True)
    return ranked[list(ACTOR_COLUMNS)].astype(ACTOR_COLUMNS)


def by_voice(codings: pd.DataFrame, evidence: pd.DataFrame, quotations: pd.DataFrame) -> pd.DataFrame:
    """Whose words carry each frame: the author's, or those of somebody quoted, directly or not.

    Counted are the words of evidence in the sentences coded with the frame.

    Args:
        codings: as `coding.code` gives them, of one codebook.
        evidence: as `coding.evidence` gives it, of the same.
        quotations: as `actors.quotations` gives them.

    Returns:
        A row a frame with evidence, in the codebook's order: `article`, `frame`, `quoted`, `own` (words of evidence in
        and outside quotations), `quoted_share`.
    """
    keys = ["article", "sentence", "frame"]
    coded = codings.loc[codings["coded"], keys]
    words = evidence.loc[evidence["weight"] > 0, [*keys, "start", "end"]].merge(coded, on=keys)
    inside = np.zeros(len(words), dtype=bool)
    starts = {str(name): group.sort_values("start") for name, group in quotations.groupby("article", sort=False)}
    for name, rows in words.groupby("article", sort=False).indices.items():
        spans = starts.get(str(name))
        if spans is None:
            continue
        reach = np.maximum.accumulate(spans["end"].to_numpy(dtype=np.int64))
        at = words["start"].to_numpy(dtype=np.int64)[rows]
        before = np.searchsorted(spans["start"].to_numpy(dtype=np.int64), at, side="right") - 1
        inside[rows] = (before >= 0) & (reach[before.clip(min=0)] >= words["end"].to_numpy(dtype=np.int64)[rows])
    counted = words.assign(quoted=inside.astype(np.int64), own=(~inside).astype(np.int64))
    table = counted.groupby(["article", "frame"], sort=False)[["quoted", "own"]].sum().reset_index()
    table = table.assign(quoted_share=table["quoted"] / (table["quoted"] + table["own"]).clip(lower=1))
    order = {frame: number for number, frame in enumerate(codings["frame"].drop_duplicates())}
    table = table.sort_values(
        ["article", "frame"],
        key=lambda column: column if column.name == "article" else column.map(order),
        ignore_index=True,
    )
    return table[list(VOICE_COLUMNS)].astype(VOICE_COLUMNS)


def crossed(codings: pd.DataFrame, again: pd.DataFrame, *, residual: str = "Other") -> pd.DataFrame:
    """What a second codebook says of the sentences that a frame of the first is found in.

    Args:
        codings: as `coding.code` gives them, of the first codebook.
        again: of the second, of the same sentences.
        residual: the residual frame of both, left out.

    Returns:
        A row a pair of frames that meet, in the order of the codebooks: `frame`, `other`, `sentences` (with both), `of` (with
        the first), `share`.
    """
    keys = ["article", "sentence"]
    first, second = (
        table.loc[table["coded"] & table["frame"].ne(residual), [*keys, "frame"]] for table in (codings, again)
    )
    pairs = first.merge(second.rename(columns={"frame": "other"}), on=keys)
    counts = pairs.groupby(["frame", "other"], sort=False).size().rename("sentences").reset_index()
    of = counts["frame"].map(first["frame"].value_counts()).astype("int64")
    counts = counts.assign(of=of, share=counts["sentences"] / of)
    orders = {
        name: {frame: number for number, frame in enumerate(table["frame"].drop_duplicates())}
        for name, table in (("frame", codings), ("other", again))
    }
    ranked = counts.sort_values(
        ["frame", "other"], key=lambda column: column.map(orders[str(column.name)]), ignore_index=True
    )
    return ranked[list(CROSS_COLUMNS)].astype(CROSS_COLUMNS)
