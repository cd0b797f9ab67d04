"""Coding sheets, agreement and trained coders from the command line."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from presslens.cli import app
from presslens.framing import codebook as codebooks
from presslens.framing import coded
from presslens.sentiment import embedding

RUNNER = CliRunner()
WORDS = {
    "Sport": ["match", "goal", "coach", "league", "striker", "trophy"],
    "Weather": ["rain", "storm", "sunshine", "frost", "thunder", "drizzle"],
}


def run(*arguments: object) -> str:
    done = RUNNER.invoke(app, [str(one) for one in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def refused(*arguments: object) -> str:
    done = RUNNER.invoke(app, [str(one) for one in arguments])
    assert done.exception is not None
    return str(done.exception)


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    generator = np.random.default_rng(1)
    rows = [
        (f"{kind}{n}", " ".join(["The", *generator.choice(words, 3), "came", "today"]), kind)
        for kind, words in WORDS.items()
        for n in range(20)
    ]
    path = tmp_path / "labels.csv"
    pd.DataFrame(rows, columns=["id", "text", "labels"]).to_csv(path, index=False)
    return path


def test_a_codebook_is_begun_checked_and_used(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    assert "mine.yaml" in run("codebook", "new", "mine", "-o", path)
    assert codebooks.load(path).name == "mine"
    assert "is there already" in refused("codebook", "new", "mine", "-o", path)
    assert "cannot be called" in refused("codebook", "new", "no name", "-o", tmp_path / "x.yaml")
    corpus = tmp_path / "corpus.csv"
    corpus.write_text("id,text\n1,They clash and clash.\n2,A dispute.\n")
    done = RUNNER.invoke(app, ["codebook", "check", str(path), "--corpus", str(corpus)])
    assert done.exit_code == 1
    assert "shortage · it never fires on this corpus" in done.stdout
    assert "clash · it never fires" not in done.stdout


def test_a_sheet_is_made_of_a_document_or_a_table_and_never_overwritten(seed_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    assert "51 units" in run("coding", "sheet", seed_path, "-o", path)
    assert "is there already" in refused("coding", "sheet", seed_path, "-o", path)
    assert "18 units" in run("coding", "sheet", seed_path, "-o", tmp_path / "p.csv", "--unit", "paragraph")
    table = tmp_path / "t.csv"
    table.write_text("id,text\na,One.\nb,Two.\nc,Three.\n")
    assert "2 units" in run("coding", "sheet", table, "-o", tmp_path / "s.csv", "--sample", "2", "--coder", "ann")
    assert "there is no unit" in refused("coding", "sheet", table, "-o", tmp_path / "z.csv", "--unit", "word")


def test_agreement_is_said_and_written(root: Path, seed_path: Path, tmp_path: Path) -> None:
    sheets = [root / "tests" / "data" / "coding" / name for name in ("ann.csv", "ben.csv")]
    out, apart = tmp_path / "alpha.csv", tmp_path / "apart.csv"
    said = run(
        "agreement", *sheets, "--codebook", "policy_frames", "--machine", "--document", seed_path, "-o", out,
        "--disagreements", apart, "--draws", "100",
    )  # fmt: skip
    assert "Political" in said
    assert "not reliable (under .667)" in said
    assert "the machine by Ann: macro-F1" in said
    table = pd.read_csv(out).set_index("frame")
    assert table.loc["all frames", "coders"] == 2
    assert table.loc["External Regulation and Reputation", "alpha"] == pytest.approx(0.766, abs=0.001)
    disputed = pd.read_csv(apart)
    assert {"unit", "text", "Ann", "Ben"} <= set(disputed.columns)
    assert disputed["text"].notna().all()
    assert "hold codes but not the words" in refused("agreement", *sheets, "--machine")


@pytest.mark.notebooks
def test_agreement_as_a_page(root: Path, seed_path: Path, tmp_path: Path) -> None:
    sheets = [root / "tests" / "data" / "coding" / name for name in ("ann.csv", "ben.csv")]
    path = tmp_path / "page.html"
    run("agreement", *sheets, "--codebook", "policy_frames", "--document", seed_path, "--html", path, "--draws", "100")
    page = path.read_text("utf-8")
    assert "How far do the coders agree?" in page
    assert "Units that people code differently" in page
    assert "index.html" not in page


def test_a_coder_is_trained_shown_and_used(labels: Path, tmp_path: Path) -> None:
    model = tmp_path / "mine.coder"
    said = run("coder", "train", labels, "-o", model, "--codebook", "entman", "--folds", "2")
    assert "40 units" in said
    assert "Sport: F1" in run("coder", "show", model)
    out = tmp_path / "frames.csv"
    run("frames", labels, "--coder", model, "-o", out)
    table = pd.read_csv(out)
    assert list(table.columns) == ["id", "frame", "score", "coded", "evidence"]
    assert set(table.loc[table["coded"] & table["id"].str.startswith("Sport"), "frame"]) <= {"Sport", "Other"}
    todo = tmp_path / "todo.csv"
    todo.write_text("id,text\nx,Rain at the match.\ny,A goal in a storm.\n")
    assert "2 units to code next" in run("coding", "next", model, todo, "-o", tmp_path / "next.csv")
    blank = pd.read_csv(tmp_path / "next.csv")
    assert blank[["frame_1", "frame_2", "frame_3", "note"]].isna().all().all()


def test_a_coder_learns_from_coding_sheets(labels: Path, tmp_path: Path) -> None:
    table = pd.read_csv(labels).rename(columns={"id": "unit", "labels": "frame_1"})
    for name in ("ann", "ben"):
        table.to_csv(tmp_path / f"{name}.csv", index=False)
    found = coded.read([tmp_path / "ann.csv", tmp_path / "ben.csv"])
    assert len(coded.labelled(found)) == 40
    run("coder", "train", tmp_path / "ann.csv", tmp_path / "ben.csv", "-o", tmp_path / "m", "--codebook", "entman")
    assert "pickle" not in (tmp_path / "m").read_bytes()[:4000].decode("latin-1")


@pytest.mark.skipif(embedding.available(), reason="the neural extra is installed")
def test_the_neural_tier_is_refused_in_a_sentence_where_it_is_not_installed(labels: Path, tmp_path: Path) -> None:
    assert refused("frames", labels, "--tier", "neural") == (
        "the neural tier of framing needs presslens[neural]; install it, or use the default tier."
    )
    assert "needs presslens[neural]" in refused("coder", "train", labels, "-o", tmp_path / "m", "--tier", "neural")
    assert "there is no tier" in refused("frames", labels, "--tier", "best")
