"""The command line in a child of the test's process, with what it cost."""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Callable
from multiprocessing import forkserver
from pathlib import Path
from typing import NamedTuple

import pytest


class Done(NamedTuple):
    """How a command ended; `seconds` are of the processor, which a busy machine does not lengthen."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: float


Command = Callable[..., Done]


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Run `presslens ARGUMENTS` in a forked process; `folder` is where it stands."""

    def run(*arguments: str | Path, folder: Path | None = None, environment: dict[str, str] | None = None) -> Done:
        out, err = tmp_path / ".stdout", tmp_path / ".stderr"
        child = os.fork()
        if child == 0:
            code = 99
            try:
                for stream, place in ((1, out), (2, err)):
                    os.dup2(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
                sys.stdout, sys.stderr = os.fdopen(1, "w", closefd=False), os.fdopen(2, "w", closefd=False)
                os.chdir(folder or tmp_path)
                os.environ.update(environment or {})
                code = _main([str(one) for one in arguments])
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        _, status, used = os.wait4(child, 0)
        seconds = used.ru_utime + used.ru_stime
        shown = [place.read_text("utf-8", "replace") for place in (out, err)]
        return Done(os.waitstatus_to_exitcode(status), *shown, seconds, used.ru_maxrss / 1024)

    return run


def _main(arguments: list[str]) -> int:
    from presslens.cli import main

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    forkserver._forkserver._forkserver_pid = None  # the one that other tests have started is no child of this process
    sys.argv = ["presslens", *arguments]
    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    except BaseException as error:  # noqa: BLE001 - a traceback is what these tests look for
        import traceback

        traceback.print_exception(error)
        return 98
    return 0
