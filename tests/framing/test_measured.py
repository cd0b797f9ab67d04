"""Figures on human-coded data, where it is present."""

import pandas as pd
import pytest

from presslens.framing import coding, labelled
from presslens.framing.codebook import load
from presslens.framing.trained import best_f1, known_frames
from presslens.validation import data_folder
from presslens.validation import framing as validation

DATA = data_folder()
needs_data = pytest.mark.skipif(DATA is None, reason="the human-coded data are not beside the project")


@needs_data
def test_indicators_reach_seventy_on_frac() -> None:
    assert DATA is not None
    table = labelled.read(DATA / "framing" / "frac_dev.csv")
    sets = labelled.label_sets(table)
    frames = known_frames(sets)
    truth = pd.DataFrame([[frame in one for frame in frames] for one in sets]).to_numpy()
    assert best_f1(truth, validation.merged_scores(table, frames)) >= 0.70


@needs_data
def test_evidence_slices_to_its_term_in_ten_thousand_sentences() -> None:
    assert DATA is not None
    parts = [
        pd.read_csv(DATA / "sentiment" / name)["text"]
        for name in ("tweets.csv", "movies.csv", "nyt_editorials_dev.csv")
    ]
    texts = pd.concat(parts, ignore_index=True).sample(10_000, random_state=0).tolist()
    for name in ("policy_frames", "entman"):
        found = coding.sentence_evidence(texts, load(name))
        rows = zip(found["article"], found["start"], found["end"], found["term"], strict=True)
        assert all(texts[int(article)][start:end] == term for article, start, end, term in rows)
        assert len(found) > 2_000
