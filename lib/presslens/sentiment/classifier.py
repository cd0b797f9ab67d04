"""A sentiment classifier in a folder of the user's own, in the form in which Hugging Face models are saved.

Nothing is downloaded and no code of the folder is run. Two forms are read:

- `model.onnx` (or `onnx/model.onnx`), `tokenizer.json`, `config.json`: by ONNX Runtime and tokenizers (`presslens[neural]`);
- `model.safetensors` with its tokenizer and `config.json`: by transformers and torch, where they are installed.

The score of a text is the mean of its labels' values, weighted by their probabilities: -1 for the most negative label,
1 for the most positive, the others evenly between.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from presslens.errors import BadInput

Floats = npt.NDArray[np.float64]
Run = Callable[[Sequence[str]], Floats]
"""From texts to logits, (texts, labels)."""

WEIGHTS = ("model.onnx", "onnx/model.onnx", "model.safetensors")
BESIDE = ("config.json", "tokenizer.json", "tokenizer_config.json", "vocab.txt", "vocab.json", "merges.txt")
SIDES = {"negative": -1.0, "neg": -1.0, "neutral": 0.0, "neu": 0.0, "positive": 1.0, "pos": 1.0}
UNNAMED = {2: (-1.0, 1.0), 3: (-1.0, 0.0, 1.0), 5: (-1.0, -0.5, 0.0, 0.5, 1.0)}
"""Labels that are only numbered (LABEL_0, ...) run from negative to positive."""
LONGEST = 512
"""Word pieces of a text that are read, at most; fewer where the model takes fewer."""
TOGETHER = 32
EDGE = 1 / 3
"""Scores up to -EDGE are negative, from EDGE on positive."""
_STARS = re.compile(r"([1-9])\s*stars?", re.IGNORECASE)
_NUMBERED = re.compile(r"label_(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Classifier:
    """A classifier that is ready to run."""

    name: str
    """Of its folder."""
    sha256: str
    """Of the files it is made of."""
    labels: tuple[str, ...]
    values: tuple[float, ...]
    """What each label counts, -1..1."""
    run: Run

    def scores(self, texts: Sequence[str]) -> Floats:
        """The score of each text, -1..1."""
        found = np.zeros(len(texts))
        wanted = [index for index, text in enumerate(texts) if text.strip()]
        if wanted:
            logits = self.run([texts[index] for index in wanted])
            chances = np.exp(logits - logits.max(axis=1, keepdims=True))
            chances /= chances.sum(axis=1, keepdims=True)
            found[wanted] = (chances @ np.array(self.values)).round(5)
        return found


def values(labels: Mapping[int, str]) -> tuple[float, ...] | None:
    """What each label counts, -1..1, by number; None where the labels are not those of sentiment.

    Read are negative, neutral and positive (also neg, neu, pos, very ...), `1 star` to `5 stars`, and LABEL_0 and so on,
    which are taken to run from negative to positive where there are 2, 3 or 5.
    """
    if sorted(labels) != list(range(len(labels))) or len(labels) < 2:
        return None
    names = [re.sub(r"[\s_-]+", " ", str(labels[number])).strip().lower() for number in range(len(labels))]
    stars = [match for name in names if (match := _STARS.fullmatch(name))]
    if len(stars) == len(names):
        counts = [int(match.group(1)) for match in stars]
        if sorted(counts) != list(range(1, len(counts) + 1)):
            return None
        return tuple(2 * (count - 1) / (len(counts) - 1) - 1 for count in counts)
    if all(_NUMBERED.fullmatch(name.replace(" ", "_")) for name in names):
        return UNNAMED.get(len(names))
    strong = any(name.startswith("very ") for name in names)
    found = []
    for name in names:
        side = SIDES.get(name.removeprefix("very "))
        if side is None:
            return None
        found.append(side / 2 if strong and not name.startswith("very ") else side)
    return tuple(found) if len(set(found)) == len(found) and min(found) < 0 < max(found) else None


def weights(folder: Path) -> Path:
    """The file of weights of a classifier. Raises BadInput where the folder is none."""
    if not os.path.lexists(folder) or not folder.is_dir():  # the first is False too for a name that nothing can have
        raise BadInput(
            f"there is no sentiment tier {str(folder)[:80]!r}: use default, neural, or the path of a folder with a classifier."
        )
    found = next((folder / name for name in WEIGHTS if (folder / name).is_file()), None)
    if found is None or not (folder / "config.json").is_file():
        raise BadInput(
            f"cannot use {folder} as a tier: it is no classifier. It must hold config.json and model.onnx (with "
            "tokenizer.json) or model.safetensors."
        )
    return found


def fingerprint(folder: Path) -> str:
    """The SHA-256 of all files that a classifier is made of. Raises BadInput where the folder is none."""
    main = weights(folder)
    files = [main, *(folder / name for name in BESIDE if (folder / name).is_file())]
    return _digest(tuple((file, file.stat().st_size, file.stat().st_mtime_ns) for file in files), folder)


@lru_cache(maxsize=16)
def _digest(files: tuple[tuple[Path, int, int], ...], folder: Path) -> str:
    digest = hashlib.sha256()
    for path, size, _ in files:
        digest.update(f"{path.relative_to(folder).as_posix()} {size}\n".encode())
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


@cache
def load(folder: str) -> Classifier:
    """The classifier in a folder. Raises BadInput where it cannot be read, in one sentence that says why."""
    path = Path(folder)
    main = weights(path)
    config = _json(path / "config.json")
    try:
        labels = {int(number): str(label) for number, label in dict(config["id2label"]).items()}
    except (KeyError, TypeError, ValueError):
        raise BadInput(f"cannot use {path} as a tier: its config.json names no labels (id2label).") from None
    counts = values(labels)
    if counts is None or config.get("problem_type") in ("multi_label_classification", "regression"):
        raise BadInput(
            f"cannot use {path} as a tier: its labels ({', '.join(list(labels.values())[:6])}) are not negative, neutral "
            "and positive, 1 to 5 stars, or LABEL_0 to LABEL_1, 2 or 4."
        )
    run = _onnx(main, path, _longest(config)) if main.suffix == ".onnx" else _transformers(path, _longest(config))
    names = tuple(labels[number] for number in range(len(labels)))
    found = Classifier(path.resolve().name, fingerprint(path), names, counts, run)
    width = run(["A plain sentence."]).shape
    if width != (1, len(names)):
        raise BadInput(f"cannot use {path} as a tier: the model gives {width[-1]} numbers for {len(names)} labels.")
    return found


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        raise BadInput(f"cannot read {path}: it is not JSON. Save the classifier again.") from None
    if not isinstance(found, dict):
        raise BadInput(f"cannot read {path}: it is not a JSON object. Save the classifier again.")
    return found


def _longest(config: Mapping[str, Any]) -> int:
    places = config.get("max_position_embeddings")
    if not isinstance(places, int) or places < 8:
        return LONGEST
    # RoBERTa and its kin keep two places for padding.
    return min(LONGEST, places - 2 if "roberta" in str(config.get("model_type", "")) else places)


def _onnx(main: Path, folder: Path, longest: int) -> Run:
    if not all(find_spec(name) for name in ("onnxruntime", "tokenizers")):
        raise BadInput(f"the classifier {folder} needs presslens[neural]; install it, or use the default tier.")
    if not (folder / "tokenizer.json").is_file():
        raise BadInput(f"cannot use {folder} as a tier: there is no tokenizer.json beside {main.name}.")
    onnxruntime, tokenizers = import_module("onnxruntime"), import_module("tokenizers")
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = 1  # the same sums in the same order
    try:
        cutter = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        # From its bytes, so that it cannot name files outside the folder.
        session = onnxruntime.InferenceSession(main.read_bytes(), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001 - tokenizers raises it plain, ONNX Runtime classes without another base
        raise BadInput(f"cannot use {folder} as a tier: {_first_line(error)}") from None
    cutter.no_padding()
    cutter.enable_truncation(longest)
    inputs = {entry.name for entry in session.get_inputs()}
    outputs = [entry.name for entry in session.get_outputs()]
    unknown = inputs - {"input_ids", "attention_mask", "token_type_ids"}
    if unknown or "input_ids" not in inputs:
        raise BadInput(f"cannot use {folder} as a tier: {main.name} is no text classifier (its inputs differ).")
    wanted = "logits" if "logits" in outputs else outputs[0]

    def run(texts: Sequence[str]) -> Floats:
        """Texts of equal length together, so that none is padded and none depends on the others."""
        cut = [encoding.ids for encoding in cutter.encode_batch(list(texts))]
        rows = []
        for batch in _of_equal_length(cut):
            ids = np.array([cut[index] for index in batch], dtype=np.int64)
            feed = {
                "input_ids": ids,
                "attention_mask": np.ones_like(ids),
                "token_type_ids": np.zeros_like(ids),
            }
            try:
                logits = session.run([wanted], {name: feed[name] for name in inputs})[0]
            except Exception as error:  # noqa: BLE001 - as above
                raise BadInput(f"the classifier {folder} failed: {_first_line(error)}") from None
            rows.append((batch, np.asarray(logits, dtype=np.float64).reshape(len(batch), -1)))
        return _in_order(rows, len(texts))

    return run


def _transformers(folder: Path, longest: int) -> Run:
    if not all(find_spec(name) for name in ("transformers", "torch", "safetensors")):
        raise BadInput(
            f"the classifier {folder} is in safetensors, which needs the packages transformers and torch; install them, or "
            "export it to ONNX."
        )
    transformers, torch = import_module("transformers"), import_module("torch")
    broken: type[Exception] = import_module("safetensors").SafetensorError
    failures = (OSError, ValueError, LookupError, ImportError, RuntimeError, TypeError, AttributeError, broken)
    local = {"local_files_only": True, "trust_remote_code": False}
    try:
        cutter = transformers.AutoTokenizer.from_pretrained(str(folder), **local)
        model = transformers.AutoModelForSequenceClassification.from_pretrained(
            str(folder), use_safetensors=True, **local
        ).eval()
    except failures as error:
        raise BadInput(f"cannot use {folder} as a tier: {_first_line(error)}") from None

    def run(texts: Sequence[str]) -> Floats:
        """As with ONNX: texts of equal length together."""
        cut = cutter(list(texts), truncation=True, max_length=longest)["input_ids"]
        rows = []
        with torch.inference_mode():
            for batch in _of_equal_length(cut):
                ids = torch.tensor([cut[index] for index in batch])
                logits = model(input_ids=ids, attention_mask=torch.ones_like(ids)).logits
                rows.append((batch, logits.double().numpy()))
        return _in_order(rows, len(texts))

    return run


def _of_equal_length(cut: Sequence[Sequence[int]]) -> list[list[int]]:
    """Numbers of texts that have as many word pieces, some together."""
    order = sorted(range(len(cut)), key=lambda index: (len(cut[index]), index))
    batches: list[list[int]] = []
    for index in order:
        last = batches[-1] if batches else []
        if last and len(last) < TOGETHER and len(cut[last[0]]) == len(cut[index]):
            last.append(index)
        else:
            batches.append([index])
    return batches


def _in_order(rows: list[tuple[list[int], Floats]], count: int) -> Floats:
    found = np.zeros((count, rows[0][1].shape[1]))
    for batch, logits in rows:
        found[batch] = logits
    return found


def _first_line(error: Exception) -> str:
    said = " ".join(str(error).split()) or type(error).__name__
    return (said if len(said) <= 160 else said[:157] + "...").rstrip(".") + "."
