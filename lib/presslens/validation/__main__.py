"""`python -m presslens.validation` (or `make validate`): agreement with human coders, printed and put into the README."""

import importlib
import math
import re
import sys
from pathlib import Path

import pandas as pd

from presslens.validation import data_folder

MEASURES = ("sentiment", "targets", "keywords", "framing")
COLUMNS = ["task", "data", "system", "metric", "value", "low", "high", "n", "note"]
README = Path(__file__).parents[3] / "README.md"
TABLE = re.compile(r"(<!-- validation: begin -->\n).*?(<!-- validation: end -->)", re.DOTALL)


def measure(data: Path, names: tuple[str, ...] = MEASURES) -> pd.DataFrame:
    """Agreement of every measure with human coders, a row a figure; see `COLUMNS`."""
    tables: list[pd.DataFrame] = [
        importlib.import_module(f"presslens.validation.{name}").measure(data) for name in names
    ]
    return pd.concat([table.reindex(columns=COLUMNS) for table in tables], ignore_index=True)


def markdown(table: pd.DataFrame) -> str:
    """The table for the README."""
    lines = [
        "| task | data | system | measure | value | 95 % interval | n |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in table.to_dict("records"):
        low, high, n = (float(row[name]) for name in ("low", "high", "n"))
        interval = "" if math.isnan(low) else f"{low:.3f} to {high:.3f}"
        number = "" if math.isnan(n) else f"{n:,.0f}"
        cells = [row["task"], row["data"], row["system"], row["metric"], f"{row['value']:.3f}", interval, number]
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def main(names: list[str]) -> int:
    """Measure, print, and fill the README's table; 0, or 2 where the data is not here."""
    data = data_folder()
    if data is None:
        sys.stderr.write(
            "presslens: the human-coded data is not here. Put it in ../shared/data, or set PRESSLENS_DATA.\n"
        )
        return 2
    unknown = [name for name in names if name not in MEASURES]
    if unknown:
        sys.stderr.write(f"presslens: there is no validation of {unknown[0]!r}. Choose from {', '.join(MEASURES)}.\n")
        return 2
    table = measure(data, tuple(names) or MEASURES)
    text = markdown(table)
    sys.stdout.write(text)
    if not names:
        page = README.read_text("utf-8")
        README.write_text(TABLE.sub(lambda m: m.group(1) + text + m.group(2), page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
