import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="no /proc here to see processes in")
@pytest.mark.parametrize("after", [0.2, 0.8])
def test_ctrl_c_while_everything_is_being_loaded_is_answered_in_one_sentence(tmp_path: Path, after: float) -> None:
    source = tmp_path / "corpus.jsonl"
    source.write_text("".join(f'{{"id": "{i}", "text": "The council said no to the tax."}}\n' for i in range(3000)))
    command = [sys.executable, "-m", "presslens", "corpus", str(source), "--out", str(tmp_path / "set")]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while len(children.read_text().split()) < 2:  # the tracker of resources, and the server
        time.sleep(0.02)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all processes of the command
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert said == "presslens: stopped; what was there before is as it was.\n"
