"""Do something a moment after the last call, so that a slider in motion does not draw a figure at every step."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Later:
    """Calls `act` once, `wait` seconds after it was last called itself; at once where no event loop runs."""

    def __init__(self, act: Callable[[], None], *, wait: float = 0.15) -> None:
        self.act, self.wait = act, wait
        self._timer: asyncio.TimerHandle | None = None

    def __call__(self) -> None:
        """Begin to wait anew."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.act()
            return
        self._timer = loop.call_later(self.wait, self.act)
