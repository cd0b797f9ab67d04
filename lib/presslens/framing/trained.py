"""A coder that learns a user's frames from a user's labels, with evidence, calibrated probabilities and a model card.

Multinomial logistic regression over words, word pairs, letter groups and the evidence of a codebook's indicators.
A unit with two labels counts half for each. Probabilities are calibrated by Platt's method (1999) and thresholds
set for the best F1, both on predictions for units that the model had not seen. Kept as arrays and JSON, never as pickle.
"""

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from presslens import __version__, saving
from presslens.article.decoding import load as load_bytes
from presslens.errors import BadInput
from presslens.framing import explaining, features, fitting, meaning
from presslens.framing.codebook import Codebook
from presslens.framing.codebook import load as load_codebook
from presslens.framing.labelled import label_sets
from presslens.limits import limits, setting
from presslens.sentiment import embedding
from presslens.untrusted import json_value

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
FORMAT = "presslens trained coder 1"
INNER = 3  # folds in which calibration and thresholds are set
FEWEST = 5  # units of a frame
OTHER = "Other"


@dataclass(frozen=True)
class Coder:
    """A trained coder. `card` says what it learnt from and how well it does; `code` codes texts.

    frames: what it tells apart, sorted; weights: frames x features; bias: a frame; slope, shift: of each frame's
    calibration; threshold: the calibrated probability from which it is coded.
    """

    frames: tuple[str, ...]
    codebook: Codebook
    vocabularies: tuple[features.Vocabulary, ...]
    weights: Floats
    bias: Floats
    slope: Floats
    shift: Floats
    threshold: Floats
    card: dict[str, Any]

    @property
    def tier(self) -> meaning.Tier:
        """`default`, or `neural`: with sentence vectors."""
        return "neural" if self.card.get("tier") == "neural" else "default"

    def probabilities(self, texts: Sequence[str], *, vectors: Floats | None = None) -> Floats:
        """Calibrated probability of each frame (columns) in each text (rows); `vectors` as `meaning.block` gives them."""
        more = meaning.block(texts, self.tier) if vectors is None else vectors
        matrix = _matrix(texts, self.vocabularies, self.codebook, more)
        return fitting.calibrated(fitting.odds(matrix @ self.weights.T + self.bias), self.slope, self.shift)

    def code(self, table: pd.DataFrame) -> pd.DataFrame:
        """Which frames whole texts use.

        Args:
            table: `id` and `text`.

        Returns:
            As `coding.texts`: a row a text and frame, `Other` last: `id`, `frame`, `score` (calibrated probability),
            `coded`, `evidence` (JSON list of `start`, `end`, `term`: up to five words that moved it there).
        """
        texts = table["text"].tolist()
        chance = self.probabilities(texts)
        coded = chance >= self.threshold
        labels = list(self.frames)
        proofs = explaining.evidence(texts, self.vocabularies, self.codebook, self.weights)
        if OTHER not in labels:
            labels.append(OTHER)
            none = ~coded.any(axis=1, keepdims=True)
            chance = np.hstack([chance, np.where(none, 1 - chance.max(axis=1, keepdims=True, initial=0), 0)])
            coded = np.hstack([coded, none])
            proofs = [[*row, "[]"] for row in proofs]
        else:
            coded[~coded.any(axis=1), labels.index(OTHER)] = True
        result = pd.DataFrame(
            {
                "id": table["id"].repeat(len(labels)).array,
                "frame": pd.Series(labels * len(texts), dtype="str"),
                "score": chance.reshape(-1),
                "coded": coded.reshape(-1),
                "evidence": pd.Series([one for row in proofs for one in row], dtype="str"),
            }
        )
        result.attrs["codebook_hash"] = self.card["codebook_hash"]
        return result

    def save(self, path: str | Path) -> None:
        """Write the coder: a zip of arrays and one JSON, readable without this program."""
        content = {
            "format": FORMAT,
            "card": self.card,
            "frames": self.frames,
            "codebook": self.codebook.model_dump(mode="json"),
        }
        arrays = {name: getattr(self, name) for name in ("weights", "bias", "slope", "shift", "threshold")}
        for kind, one in zip(features.KINDS, self.vocabularies, strict=True):
            content[kind] = one.names
            arrays[f"{kind}_idf"] = one.idf
        arrays["content"] = np.frombuffer(
            json.dumps(content, ensure_ascii=False, sort_keys=True).encode(), dtype=np.uint8
        )
        with saving.said(Path(path)), saving.replacing(Path(path)) as aside, aside.open("wb") as file:
            np.savez_compressed(file, **arrays)


def train(
    labelled: pd.DataFrame,
    *,
    codebook: Codebook | str = "policy_frames",
    folds: int = 5,
    seed: int = 0,
    tier: str = "default",
) -> Coder:
    """Learn to code as a user has coded.

    Args:
        labelled: `id`, `text`, `labels` (joined by `|`), as `labelled.read` gives it; from about 100 units on.
        codebook: its indicators are features, whether or not its frames are the user's.
        folds: of the cross-validation for the model card; calibration and thresholds are set within each.
        seed: of the folds.
        tier: `neural` learns from sentence vectors too.

    Raises:
        BadInput: fewer than two frames with at least five units each, or a tier that is not installed.
    """
    book = load_codebook(codebook) if isinstance(codebook, str) else codebook
    sets = label_sets(labelled)
    frames = known_frames(sets)
    texts = labelled["text"].tolist()
    truth = np.array([[frame in one for frame in frames] for one in sets])
    chosen = meaning.named(tier)
    vectors = meaning.block(texts, chosen)
    chance, coded = cross_validate(texts, truth, book, folds=folds, seed=seed, vectors=vectors)
    card = _card(labelled, frames, truth, chance, coded, book, folds, seed) | {"tier": chosen}
    if chosen == "neural":
        card["versions"]["sentence vectors"] = embedding.SHA256[:16]
    return replace(_fit(texts, truth, frames, book, seed, vectors), card=card)


def cross_validate(
    texts: Sequence[str],
    truth: Bools,
    codebook: Codebook,
    *,
    folds: int,
    seed: int,
    limit: int | None = None,
    vectors: Floats | None = None,
) -> tuple[Floats, Bools]:
    """Probabilities and codes for every text by a coder that has not seen it.

    `limit` caps the texts it learns from; `vectors` are those of the neural tier, as `meaning.block` gives them.
    """
    more = np.zeros((len(texts), 0)) if vectors is None else vectors
    chance, coded = np.zeros(truth.shape), np.zeros(truth.shape, dtype=bool)
    names = tuple(str(number) for number in range(truth.shape[1]))
    for learn, test in _split(truth, folds, seed):
        if limit is not None:
            learn = np.sort(np.random.default_rng(seed).permutation(learn)[:limit])
        known = truth[learn].sum(axis=0) > 0
        own = tuple(name for name, there in zip(names, known, strict=True) if there)
        coder = _fit([texts[i] for i in learn], truth[np.ix_(learn, known)], own, codebook, seed, more[learn])
        found = coder.probabilities([texts[i] for i in test], vectors=more[test])
        chance[np.ix_(test, known)] = found
        coded[np.ix_(test, known)] = found >= coder.threshold
    return chance, coded


def learning_curve(
    labelled: pd.DataFrame,
    *,
    sizes: Sequence[int] = (100, 200, 400),
    codebook: Codebook | str = "policy_frames",
    folds: int = 5,
    seed: int = 0,
    tier: str = "default",
) -> pd.DataFrame:
    """How well coders do that learn from fewer labels, and so what more labels would bring.

    Returns:
        A row a size (those that the folds allow, then all): `labels` (units learnt from), `macro_f1` (of the best-scoring
        frame), `macro_f1_coded` (of all frames coded), both cross-validated.
    """
    book = load_codebook(codebook) if isinstance(codebook, str) else codebook
    sets = label_sets(labelled)
    frames = known_frames(sets)
    truth = np.array([[frame in one for frame in frames] for one in sets])
    most = len(truth) * (folds - 1) // folds
    texts = labelled["text"].tolist()
    vectors = meaning.block(texts, meaning.named(tier))
    rows = []
    for size in [*(one for one in sorted(sizes) if one < most), most]:
        chance, coded = cross_validate(texts, truth, book, folds=folds, seed=seed, limit=size, vectors=vectors)
        rows.append((size, best_f1(truth, chance), float(fitting.f1(truth, coded).mean())))
    return pd.DataFrame(rows, columns=["labels", "macro_f1", "macro_f1_coded"])


def load(path: str | Path, *, codebook: Codebook | None = None) -> Coder:
    """A coder that `save` wrote. Give the codebook to make sure that it is the one that the coder learnt with.

    Raises:
        BadInput: not such a file, or another codebook.
    """
    data = load_bytes(Path(path), limit="unpacked_bytes", remedy="Give a file that training has saved.", empty=True)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
        if size > limits().unpacked_bytes:
            raise BadInput(
                f"cannot read {path}: unpacked it is larger than {limits().unpacked_bytes / 1e6:g} MB. "
                f"Raise {setting('unpacked_bytes')} if you trust it."
            )
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            content = json_value(bytes(arrays["content"]).decode("utf-8"))
            if content["format"] != FORMAT:
                raise BadInput(f"{path} is a {content['format']!r}, not a {FORMAT!r}: train the coder again.")
            rest = {name: arrays[name] for name in ("weights", "bias", "slope", "shift", "threshold")}
            vocabularies = tuple(
                features.Vocabulary(tuple(content[kind]), arrays[f"{kind}_idf"]) for kind in features.KINDS
            )
        book = Codebook.model_validate(content["codebook"])
        coder = Coder(tuple(content["frames"]), book, vocabularies, card=content["card"], **rest)
        _check_shapes(coder)
    except (
        OSError,
        EOFError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        NotImplementedError,
        RuntimeError,
        MemoryError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        raise BadInput(f"{path} is not a trained coder of presslens: give a file that training has saved.") from error
    meaning.named(coder.tier)
    if coder.tier == "neural" and coder.card["versions"].get("sentence vectors") != embedding.SHA256[:16]:
        raise BadInput(f"{path} was trained with other sentence vectors than those installed: train it again.")
    if book.hash != coder.card["codebook_hash"]:
        raise BadInput(f"{path} holds another codebook than its card says: train it again.")
    if codebook is not None and codebook.hash != coder.card["codebook_hash"]:
        raise BadInput(
            f"{path} was trained with another codebook than {codebook.name} {codebook.hash}: train it again."
        )
    return coder


def _check_shapes(coder: Coder) -> None:
    """Raise ValueError where the parts of a coder do not belong together, or its card lacks what is read of it."""
    frames = len(coder.frames)
    numbers = (coder.weights, coder.bias, coder.slope, coder.shift, coder.threshold)
    if not all(np.issubdtype(one.dtype, np.floating) and np.isfinite(one).all() for one in numbers):
        raise ValueError("numbers that are none")
    if any(one.shape != (frames,) for one in numbers[1:]) or coder.weights.shape[:1] != (frames,):
        raise ValueError("as many numbers as frames")
    if any(len(one.names) != one.idf.shape[0] or one.idf.ndim != 1 for one in coder.vocabularies):
        raise ValueError("as many weights as words")
    if not all(
        isinstance(name, str) for name in (*coder.frames, *(n for one in coder.vocabularies for n in one.names))
    ):
        raise ValueError("names that are none")
    width = _matrix(["x"], coder.vocabularies, coder.codebook, np.zeros((1, 0))).shape[1]
    if coder.weights.shape[1] < width or (coder.tier == "default" and coder.weights.shape[1] > width):
        raise ValueError("as many weights as features")
    if not all(isinstance(one["f1"] + one["units"], int | float) for one in coder.card["frames"].values()):
        raise ValueError("figures that are none")
    if not {"codebook_hash", "macro_f1", "units", "measured", "codebook", "data_hash", "frames", "versions"} <= set(
        coder.card
    ):
        raise ValueError("a card without what cards say")


def known_frames(sets: Sequence[frozenset[str]]) -> tuple[str, ...]:
    """The frames to learn, sorted; raises BadInput where there are too few units for it."""
    counts = pd.Series([label for one in sets for label in one], dtype="str").value_counts()
    enough = counts[counts >= FEWEST].index.tolist()
    if len(enough) < 2:
        found = ", ".join(f"{name} {count}" for name, count in counts.items()) or "none"
        raise BadInput(f"a coder needs two frames with {FEWEST} labelled units or more each; there are: {found}.")
    return tuple(sorted(enough))


def best_f1(truth: Bools, chance: Floats) -> float:
    """Macro-F1 of the best-scoring frame; for a unit with several labels each of them is right."""
    best = chance.argmax(axis=1)
    right = truth[np.arange(len(truth)), best]
    wanted = np.where(right, best, truth.argmax(axis=1))
    frames = range(truth.shape[1])
    return float(np.mean(fitting.f1(wanted[:, None] == np.array(frames), best[:, None] == np.array(frames))))


def _split(truth: Bools, folds: int, seed: int) -> list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Folds with every frame in the same share in each, as far as can be."""
    order = np.random.default_rng(seed).permutation(len(truth))
    first = truth[order].argmax(axis=1)
    place = pd.Series(first).groupby(first).cumcount().to_numpy()
    fold = np.zeros(len(truth), dtype=np.int64)
    start = np.cumsum(np.bincount(first, minlength=truth.shape[1])) - np.bincount(first, minlength=truth.shape[1])
    fold[order] = (place + start[first]) % folds
    return [(np.flatnonzero(fold != one), np.flatnonzero(fold == one)) for one in range(folds)]


def _matrix(
    texts: Sequence[str], vocabularies: tuple[features.Vocabulary, ...], codebook: Codebook, vectors: Floats
) -> sparse.csr_matrix:
    every = features.words(texts)
    blocks = [
        one.matrix([features.names(text, kind) for text in every])
        for kind, one in zip(features.KINDS, vocabularies, strict=True)
    ]
    evidence = sparse.csr_matrix(features.indicators(texts, codebook))
    return sparse.hstack([*blocks, evidence, sparse.csr_matrix(vectors)], format="csr")


def _fit(
    texts: Sequence[str], truth: Bools, frames: tuple[str, ...], codebook: Codebook, seed: int, vectors: Floats
) -> Coder:
    every = features.words(texts)
    vocabularies = tuple(
        features.vocabulary([features.names(text, kind) for text in every], least=least)
        for kind, least in zip(features.KINDS, (1, 2), strict=True)
    )
    matrix = _matrix(texts, vocabularies, codebook, vectors)
    weights, bias = fitting.regress(matrix, truth)
    unseen = np.zeros(truth.shape)
    for learn, test in _split(truth, INNER, seed):
        known = truth[learn].any(axis=0)
        inner, shift = fitting.regress(matrix[learn], truth[np.ix_(learn, known)])
        unseen[test] = -10.0
        unseen[np.ix_(test, known)] = fitting.odds(matrix[test] @ inner.T + shift)
    slope, shift = fitting.platt(unseen, truth)
    threshold = fitting.thresholds(truth, fitting.calibrated(unseen, slope, shift))
    return Coder(
        frames, codebook, vocabularies, weights, bias, slope, shift, threshold, {"codebook_hash": codebook.hash}
    )


def _card(
    labelled: pd.DataFrame,
    frames: tuple[str, ...],
    truth: Bools,
    chance: Floats,
    coded: Bools,
    codebook: Codebook,
    folds: int,
    seed: int,
) -> dict[str, Any]:
    data = "\n".join(f"{row.id}\t{row.text}\t{row.labels}" for row in labelled.itertuples())
    figures = {
        frame: {"units": int(units), "f1": round(float(f1), 3)}
        for frame, units, f1 in zip(frames, truth.sum(axis=0), fitting.f1(truth, coded), strict=True)
    }
    return {
        "units": len(labelled),
        "frames": figures,
        "macro_f1": round(best_f1(truth, chance), 3),
        "macro_f1_coded": round(float(fitting.f1(truth, coded).mean()), 3),
        "measured": f"{folds}-fold cross-validation; calibration and thresholds set within each fold; seed {seed}",
        "codebook": codebook.name,
        "codebook_hash": codebook.hash,
        "data_hash": hashlib.sha256(data.encode()).hexdigest()[:16],
        "versions": {"presslens": __version__, "numpy": np.__version__, "scikit-learn": version("scikit-learn")},
    }
