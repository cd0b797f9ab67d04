"""How fast key phrases are found, beside yake where a Python that has it is named.

Run `python tests/bench/bench_keywords.py`, with `PRESSLENS_YAKE=/path/to/python` for the comparison: yake is under
the AGPL and therefore lives in an environment of its own. Both read the same stories, in one process, after one
story to warm up.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pandas as pd

from presslens.keywords.ranking import texts
from presslens.validation import data_folder

YAKE = """
import json, sys, time, yake
texts = json.load(sys.stdin)
extractor = yake.KeywordExtractor(lan="en", n=3, top=15)
extractor.extract_keywords(texts[0])
start = time.process_time()
for text in texts:
    extractor.extract_keywords(text)
print(time.process_time() - start)
"""


def ours(stories: list[str], *, profile: str) -> float:
    """Processor seconds for all stories, from raw text to ranked phrases."""
    texts(pd.DataFrame({"id": ["warm"], "text": [stories[0]]}), profile=profile)
    table = pd.DataFrame({"id": range(len(stories)), "text": stories})
    start = time.process_time()
    texts(table, profile=profile)
    return time.process_time() - start


def yake(stories: list[str], python: str) -> float:
    """Processor seconds that yake takes for the same."""
    done = subprocess.run([python, "-c", YAKE], input=json.dumps(stories), capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> None:
    """Print milliseconds a story for both sets of stories, and the ratio to yake."""
    folder = data_folder()
    if folder is None:
        sys.exit("no human-coded data: set PRESSLENS_DATA")
    python = os.environ.get("PRESSLENS_YAKE")
    for name in ("duc2001_dev", "kpcrowd_dev"):
        with (folder / "keywords" / f"{name}.jsonl").open(encoding="utf-8") as lines:
            stories = [text for text in (json.loads(line)["text"] for line in lines) if text.strip()]
        peer = yake(stories, python) if python else None
        for profile in ("phrases", "terms"):
            seconds = ours(stories, profile=profile)
            ratio = f", {peer / seconds:.1f} times as fast as yake" if peer else ""
            sys.stdout.write(f"{name}, {profile}: {1000 * seconds / len(stories):.1f} ms a story{ratio}\n")
        if peer:
            sys.stdout.write(f"{name}, yake: {1000 * peer / len(stories):.1f} ms a story\n")


if __name__ == "__main__":
    main()
