from pathlib import Path

import pandas as pd

from presslens.commands.corpus import words
from presslens.corpus.engine import Progress
from presslens.corpus.sizing import expected


def test_lines_and_rows_are_counted_and_nothing_else_is_guessed(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": 1}\n{"id": 2}')
    pd.DataFrame({"id": [1, 2, 3]}).to_parquet(tmp_path / "b.parquet")
    assert expected(str(tmp_path / "a.jsonl")) == 2
    assert expected(str(tmp_path)) == 5
    (tmp_path / "c.txt").write_text("An article.")
    assert expected(str(tmp_path)) == 0
    assert expected("s3://nowhere/a.jsonl") == 0


def test_progress_says_rate_errors_and_the_time_left() -> None:
    progress = Progress(total=1000, records=400, errors=3)
    progress.started -= 100
    assert words(progress) == "400 of 1,000 articles, 4 a second, 2 min 30 s left, 3 errors (see errors.parquet)"
    progress.total = 0
    assert words(progress) == "400 articles, 4 a second, 3 errors (see errors.parquet)"
