"""Machine against human beside human against human, and what to do next with what people have coded."""

from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from presslens.framing import agreement, coding
from presslens.framing.agreement import ALL, RELIABLE
from presslens.framing.codebook import Codebook

Floats = npt.NDArray[np.float64]
MACHINE = "machine"
BESIDE_COLUMNS = ("frame", "humans", "low", "high", "reliable", "machine", "machine_low", "machine_high", "units")


class Codes(Protocol):
    """A trained coder, as far as it codes texts."""

    def code(self, table: pd.DataFrame) -> pd.DataFrame:
        """As `trained.Coder.code`."""


def machine_codes(texts: pd.DataFrame, codebook: Codebook, *, coder: Codes | None = None) -> pd.DataFrame:
    """What the machine says of units that people coded, as one coder more.

    Args:
        texts: `id`, `text`.
        codebook: coded by its indicators.
        coder: a trained coder, in their place.

    Returns:
        `coder` (`machine`), `unit`, `labels` (the frames coded, the best-scoring first).
    """
    table = coder.code(texts) if coder is not None else coding.texts(texts, codebook)
    found = table[table["coded"]].sort_values("score", ascending=False, kind="stable")
    labels = found.groupby("id", sort=False)["frame"].agg("|".join)
    units = texts["id"].astype("str")
    return pd.DataFrame({"coder": MACHINE, "unit": units, "labels": units.map(labels)}, dtype="str").dropna()


def frames_in(codes: pd.DataFrame, codebook: Codebook | None = None) -> list[str]:
    """The frames that somebody coded, in the codebook's order (else by name); the residual one last."""
    found = {label.strip() for text in codes["labels"].dropna() for label in text.split("|") if label.strip()}
    order = codebook.labels if codebook is not None else (*sorted(found - {"Other"}), "Other")
    return [name for name in order if name in found] + sorted(found - set(order))


def beside(
    codes: pd.DataFrame,
    *,
    machine: str = MACHINE,
    frames: list[str] | None = None,
    resamples: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Alpha among people, and beside it the mean alpha of the machine with each of them.

    A machine can hardly agree with people more than people do with each other: that is the bar. Intervals: percentile
    bootstrap over units, the same draws for all, seeded.

    Args:
        codes: `coder`, `unit`, `labels`; one coder is the machine.
        frames: the frames and their order; None takes those that occur, sorted.

    Returns:
        A row a frame, then `all frames` (MASI): `frame`, `humans`, `low`, `high` (NaN with one person), `reliable` (bool:
        alpha among people is at least .667), `machine`, `machine_low`, `machine_high`, `units` (with machine and person).
    """
    names = frames_in(codes) if frames is None else frames
    people = codes[codes["coder"] != machine]
    own = agreement.agreement(people, frames=names, resamples=resamples, confidence=confidence, seed=seed)
    never = own["share"].eq(0)  # nobody coded the frame, so that there is nothing to agree on
    own = own.assign(
        reliable=own["reliable"] & ~never, **{name: own[name].mask(never) for name in ("alpha", "low", "high")}
    )
    result = own.rename(columns={"alpha": "humans"}).drop(columns=["units", "coders", "share"])
    said = codes[codes["coder"] == machine].set_index("unit")["labels"]
    with_machine = people[people["unit"].isin(said.index)]
    units = sorted(with_machine["unit"].unique())
    generator = np.random.default_rng(seed)
    size = len(units)
    draws = generator.multinomial(size, np.full(size, 1 / size), size=resamples).astype(float) if size else None
    spread: dict[str, tuple[float, float, float]] = {}
    for name in [*names, ALL]:
        pairs = [
            _pair(person.set_index("unit")["labels"], said, units, name, draws)
            for _, person in with_machine.groupby("coder", sort=True)
            if draws is not None
        ]
        if not pairs:
            spread[name] = (float("nan"),) * 3
            continue
        drawn = np.mean([one[1] for one in pairs], axis=0)
        low, high = np.quantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2])
        spread[name] = (float(np.mean([one[0] for one in pairs])), float(low), float(high))
    values = [spread[name] for name in result["frame"]]
    for at, column in enumerate(("machine", "machine_low", "machine_high")):
        result[column] = [one[at] for one in values]
    return result.assign(units=size)[list(BESIDE_COLUMNS)]


def _pair(
    person: pd.Series, said: pd.Series, units: list[str], name: str, draws: Floats | None
) -> tuple[float, Floats]:
    """Alpha of one person and the machine for a frame, or for sets of frames; and over the draws."""
    assert draws is not None  # noqa: S101 - the caller looked
    place = {unit: number for number, unit in enumerate(units)}
    shared = [unit for unit in person.index if unit in place]
    sets = [agreement.label_set(column[unit]) for unit in shared for column in (person, said)]
    at = np.repeat(np.array([place[unit] for unit in shared], dtype=np.int64), 2)
    if name != ALL:
        has = np.array([name in one for one in sets], dtype=np.int64)
        return agreement.alphas_drawn(at, has, 1 - np.eye(2), draws)
    distinct = sorted(set(sets), key=sorted)
    number = {one: index for index, one in enumerate(distinct)}
    far = agreement.distances(distinct)
    return agreement.alphas_drawn(at, np.array([number[one] for one in sets], dtype=np.int64), far, draws)


def unreliable(table: pd.DataFrame) -> frozenset[str]:
    """The frames on which people agree too little to rely on: alpha below .667 (a frame coded by one only is not judged).

    Args:
        table: as `agreement.agreement` gives it, or `beside`.
    """
    column = "humans" if "humans" in table else "alpha"
    return frozenset(table.loc[(table[column] < RELIABLE) & (table["frame"] != ALL), "frame"])
