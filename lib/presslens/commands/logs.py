"""What a command did, as JSON lines in a file: `presslens --log run.jsonl report`."""

import json
import logging
import time
import traceback
from pathlib import Path
from typing import Any

from presslens.errors import BadInput

LOGGER = logging.getLogger("presslens")
LOGGER.addHandler(logging.NullHandler())
LOGGER.propagate = False


class _Line(logging.Formatter):
    """One JSON object: `time` (UTC), `level`, `event`, and what belongs to it; `traceback` where something was raised."""

    def format(self, record: logging.LogRecord) -> str:
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        content: dict[str, Any] = {
            "time": f"{stamp}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            content["traceback"] = "".join(traceback.format_exception(record.exc_info[1]))
        return json.dumps(content, ensure_ascii=True, default=str)


def to_file(path: Path) -> None:
    """Append what is noted from here on to a file.

    Raises:
        BadInput: it cannot be written.
    """
    try:
        handler = logging.FileHandler(path, mode="a", encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadInput(f"cannot write the log {path}: {reason}. Choose a folder that can be written.") from None
    handler.setFormatter(_Line())
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)


def note(event: str, *, level: int = logging.INFO, raised: BaseException | None = None, **facts: Any) -> None:
    """Note an event with what belongs to it; nowhere unless `to_file` was called."""
    LOGGER.log(level, event, extra={"facts": facts}, exc_info=raised)


def close() -> None:
    """Have everything noted on the disk, and note nothing more."""
    for handler in [h for h in LOGGER.handlers if isinstance(h, logging.FileHandler)]:
        LOGGER.removeHandler(handler)
        handler.close()
