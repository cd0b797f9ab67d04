"""Import a package without parts that it can do without, where these cost seconds and are never used here."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Modules that count as missing while the block imports; what tries them there goes on in its other way."""
    before = {name: sys.modules.get(name) for name in names}
    sys.modules.update(dict.fromkeys(names))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name, module in before.items():
            del sys.modules[name]
            if module is not None:
                sys.modules[name] = module


class _Later(ModuleType):
    def __getattr__(self, attribute: str) -> Any:
        if attribute in {"__file__", "__wrapped__"}:  # what looks through all modules asks for these
            raise AttributeError(attribute)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), attribute)


def later(name: str) -> None:
    """Have a module load when something of it is first asked for; to import it costs nothing until then."""
    if name not in sys.modules:
        sys.modules[name] = _Later(name)
