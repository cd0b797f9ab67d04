"""Results kept for the inputs that they were made from, so that a changed input makes anew only what reads it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import wraps
from typing import Any, TypeVar

Result = TypeVar("Result")
MOST = 24  # results kept of each kind


class Kept:
    """What was made so far. Each result is kept with the inputs that were read while it was made, and their values."""

    def __init__(self) -> None:
        self._results: dict[str, list[tuple[dict[str, Hashable], Any]]] = {}
        self._reading: list[set[str]] = []
        self.made: list[str] = []

    def read(self, name: str) -> None:
        """Note that all results now in the making depend on an input."""
        for names in self._reading:
            names.add(name)

    def get(self, kind: str, values: Callable[[str], Hashable], make: Callable[[], Result]) -> Result:
        """The result of this kind for the values that inputs have now: a kept one, or one made now.

        Args:
            kind: what is made.
            values: gives the value that an input has now.
            make: makes it; every input that it depends on goes through `read`.
        """
        kept = self._results.setdefault(kind, [])
        for place, (inputs, result) in enumerate(kept):
            if all(values(name) == value for name, value in inputs.items()):
                kept.append(kept.pop(place))  # the one used last goes last
                for name in inputs:
                    self.read(name)
                return result  # type: ignore[no-any-return]
        self._reading.append(set())
        try:
            result = make()
        finally:
            read = self._reading.pop()
        self.made.append(kind)
        kept.append(({name: values(name) for name in sorted(read)}, result))
        del kept[:-MOST]
        return result


class Inputs:
    """Named values that a maker reads one by one; a subclass has methods marked with `keep` that make results of them."""

    def __init__(self, values: Mapping[str, Any], kept: Kept) -> None:
        self._values, self._kept = dict(values), kept

    def value(self, name: str) -> Any:
        """An input; what is being made depends on it from here on."""
        self._kept.read(name)
        return self._values[name]

    def state(self, name: str) -> Hashable:
        """What an input is compared by."""
        return repr(self._values[name])


Maker = TypeVar("Maker", bound=Inputs)


def keep(method: Callable[[Maker], Result]) -> Callable[[Maker], Result]:
    """A method of `Inputs` whose result is kept for the inputs that it reads, directly or not."""

    @wraps(method)
    def kept(self: Maker) -> Result:
        return self._kept.get(method.__name__, self.state, lambda: method(self))

    return kept
