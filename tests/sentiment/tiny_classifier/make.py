"""Makes the tiny classifier in this folder: 12 words, each with three logits, and their mean. Needs onnx and tokenizers.

python tests/sentiment/tiny_classifier/make.py
"""

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

LOGITS = {
    "[UNK]": (0, 0, 0),
    "good": (-4, 0, 4),
    "wonderful": (-6, 0, 6),
    "bad": (4, 0, -4),
    "horrible": (6, 0, -6),
    "the": (0, 1, 0),
    "a": (0, 1, 0),
    "is": (0, 1, 0),
    "plan": (0, 2, 0),
    "day": (0, 2, 0),
    "table": (0, 4, 0),
    ".": (0, 1, 0),
}


def main() -> None:
    """Write the three files."""
    folder = Path(__file__).parent
    table = numpy_helper.from_array(np.array(list(LOGITS.values()), dtype=np.float32), "table")
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["table", "input_ids"], ["words"]),
            helper.make_node("ReduceMean", ["words"], ["logits"], axes=[1], keepdims=0),
        ],
        "tiny",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "words"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["texts", 3])],
        [table],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], producer_name="presslens tests")
    model.ir_version = 8
    onnx.checker.check_model(model)
    (folder / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    tokenizer = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": None,
        "decoder": None,
        "model": {
            "type": "WordLevel",
            "vocab": {word: number for number, word in enumerate(LOGITS)},
            "unk_token": "[UNK]",
        },
    }
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer, indent=1) + "\n", "utf-8")
    config = {"model_type": "tiny", "id2label": {"0": "negative", "1": "neutral", "2": "positive"}}
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
