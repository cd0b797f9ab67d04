"""HTML to PDF by a Chromium that is installed; nothing is downloaded and no page is requested."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from presslens.errors import BadInput, PresslensError

CHOICE = "PRESSLENS_CHROMIUM"
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
    "msedge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-sync",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-first-run",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
    "--force-color-profile=srgb",
    "--password-store=basic",
)
TIMEOUT = 180.0  # seconds; a report of six pages takes three to ten
NODES = re.compile(rb"\(node(\d{8})\)")  # the names of parts of the page; a bracket in a text has a backslash before it
DATES = re.compile(rb"\((D:)\d{14}((?:[+-]\d\d'\d\d'?|Z)?)\)")


class NotPrinted(PresslensError):  # noqa: N818 - said to the user as it reads
    """Chromium ran and left no PDF."""


def browser() -> str:
    """The path of a Chromium: what PRESSLENS_CHROMIUM names, else what is installed under one of its names.

    Raises:
        BadInput: there is none.
    """
    chosen = os.environ.get(CHOICE)
    if chosen:
        found = shutil.which(chosen)
        if found is None:
            raise BadInput(
                f"cannot make a PDF: {CHOICE} names {chosen}, which is no program. Name a Chromium or Chrome."
            )
        return found
    for name in (*NAMES, *PLACES):
        found = shutil.which(name)
        if found is not None:
            return found
    raise BadInput(
        "cannot make a PDF: no Chromium, Chrome or Edge is installed. Install Chromium, set PRESSLENS_CHROMIUM to a "
        "browser's program, or export to html and print that file from any browser."
    )


def printed(page: str, *, timeout: float = TIMEOUT) -> bytes:
    """The PDF of an HTML page, as its style sheet for print has it; the same page gives the same bytes.

    Args:
        page: HTML that makes no request.
        timeout: seconds to wait for the browser.

    Raises:
        BadInput: no browser is installed.
        NotPrinted: it left no PDF.
    """
    program = browser()
    with tempfile.TemporaryDirectory(prefix="presslens-pdf-", ignore_cleanup_errors=True) as place:
        source, target = Path(place) / "page.html", Path(place) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        command = [program, *OPTIONS, f"--user-data-dir={place}/profile", f"--print-to-pdf={target}", source.as_uri()]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")  # Chromium's sandbox refuses to run as root
        said = _run(command, timeout)
        if not target.is_file() or not target.stat().st_size:
            last = said.strip().split("\n")[-1][:300]
            raise NotPrinted(
                f"{program} left no PDF{f': {last}' if last else ''}. Export to html and print that instead."
            )
        return settled(target.read_bytes())


def _run(command: list[str], timeout: float) -> str:
    """What the browser says on standard error; the whole of it is stopped where it takes too long."""
    alone = {"start_new_session": True} if sys.platform != "win32" else {}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace", **alone)  # type: ignore[call-overload]  # fmt: skip
    try:
        return str(process.communicate(timeout=timeout)[1])
    except subprocess.TimeoutExpired:
        raise NotPrinted(f"{command[0]} took longer than {timeout:g} seconds to print and was stopped.") from None
    finally:
        if process.poll() is None:
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


def settled(pdf: bytes) -> bytes:
    """A PDF of Chromium's without what changes from one printing to the next: the time, and how its parts are numbered.

    Nothing moves: dates and names keep their lengths, and names their order.
    """
    names = sorted(set(NODES.findall(pdf)))
    numbers = {name: b"(node%08d)" % number for number, name in enumerate(names, start=1)}
    named = NODES.sub(lambda match: numbers[match[1]], pdf)
    return DATES.sub(rb"(\g<1>19800101000000\g<2>)", named)
