"""Remake `docs/brief.png`, the picture in the README: the top of the brief on the seed, as a browser shows it.

    python docs/picture.py

Needs a Chromium (`PRESSLENS_CHROMIUM`, or one on the path) and the packages of `make setup`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "brief.png"
SIZE = {"width": 900, "height": 1300}
COLOURS = 192  # enough for text and figures, and half of the bytes


def main() -> None:
    """Make the report, open its brief, and keep the picture."""
    chromium = os.environ.get("PRESSLENS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("no Chromium is installed: set PRESSLENS_CHROMIUM to one")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        subprocess.run([sys.executable, "-m", "presslens", "report", "--out", folder], cwd=ROOT, check=True)
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.goto((Path(folder) / "pyongyang-helping-hand" / "5_brief.html").as_uri())
        page.screenshot(path=str(PICTURE))
        browser.close()
    shrink()


def shrink() -> None:
    """The picture with fewer colours."""
    from PIL import Image

    with Image.open(PICTURE) as picture:
        smaller = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    smaller.save(PICTURE, optimize=True)


if __name__ == "__main__":
    main()
