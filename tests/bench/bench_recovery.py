"""What is planted in a demo corpus, against what its analysis and report find: rates in their intervals, the event, copies.

`python tests/bench/bench_recovery.py 10000` takes as many articles as it is told, 1,000 by default.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd

from presslens.corpus import changes, counting, demo, estimating, plan


def analysed(folder: Path, count: int, seed: int) -> counting.Parts:
    source = folder / "demo.jsonl"
    with source.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(one) + "\n" for one in demo.articles(count, seed=seed))
    command = [sys.executable, "-m", "presslens", "corpus", str(source), "--out", str(folder / "set"), "--draws", "100"]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return counting.parts(folder / "set")


def compared(sums: pd.DataFrame) -> pd.DataFrame:
    """Every planted rate of a year beside the one found, and whether it lies in the interval."""
    expected = plan.expected(by="Y").rename(columns={"value": "planted"})
    each = estimating.rates(sums[sums["measure"].isin(["tone", "frame"])], by=["of", "outlet", "period"], period="year")
    toward = estimating.rates(sums[sums["measure"] == "actor"], by=["of", "period"], period="year").assign(outlet="")
    found = pd.concat([each, toward]).merge(expected, on=["measure", "of", "outlet", "period"])
    return found.assign(inside=(found["low"] <= found["planted"]) & (found["planted"] <= found["high"]))


def main(count: int, seed: int = 7) -> None:
    with tempfile.TemporaryDirectory() as name:
        data = analysed(Path(name), count, seed)
        sums = counting.moments(data, actors=[actor["name"] for actor in plan.plan()["actors"]])
    sums = sums[sums["codebook"].isin(["", "policy_frames"])]
    found = compared(sums)
    events = changes.events(sums)
    near = events["month"].isin(["2018-02", "2018-03", "2018-04"])
    copies = {one["id"] for one in demo.articles(count, seed=seed) if one["planted"]["copy_of"]}
    share = (
        f"{found['inside'].sum()} of {len(found)} planted rates in their 95 % interval ({found['inside'].mean():.1%})"
    )
    print(f"{count:,} articles: {share}")
    print(found.groupby("measure")["inside"].agg(["sum", "size"]).to_string())
    print(f"events: {len(events)} found, {near.sum()} in the month of the planted one or beside it")
    print(f"copies: {len(copies & data.copies)} of {len(copies)} marked, {len(data.copies - copies)} others")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
