"""Where a corpus lies: files and folders of this machine, or of any file system that fsspec knows, as streams."""

import gzip
import io
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from presslens.article.decoding import open_now
from presslens.errors import BadInput
from presslens.limits import limits, setting

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
TIMES = 200  # how many times its size a packed file may hold, beyond the limit: words pack to a third or a tenth
PACKED = {".gz": "gzip", ".zst": "zstd"}
PACKAGES = {
    "s3": "s3fs",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "abfs": "adlfs",
    "az": "adlfs",
    "http": "aiohttp",
    "https": "aiohttp",
}


@dataclass(frozen=True)
class Place:
    """One file: `name` for a reader, relative to the corpus; `stem` (for ids) without its suffixes."""

    system: Any
    path: str
    name: str
    is_alone: bool = False

    @property
    def suffixes(self) -> tuple[str, str]:
        """The suffix that says what it holds, and that of its packing ("" where it is not packed)."""
        found = PurePosixPath(self.path.rstrip("/")).suffixes[-2:]
        packing = found[-1].lower() if found and found[-1].lower() in PACKED else ""
        inner = found[:-1] if packing else found
        return (inner[-1].lower() if inner else ""), packing

    @property
    def stem(self) -> str:
        """The name without suffixes, a slash between folders."""
        name = self.name
        for suffix in reversed(self.suffixes):
            if suffix and name.lower().endswith(suffix):
                name = name[: -len(suffix)]
        kind = self.suffixes[0]
        return name.removesuffix(kind) if kind and name.lower().endswith(kind) else name

    @contextmanager
    def opened(self) -> Iterator[Any]:
        """A stream of its bytes, unpacked.

        Raises:
            BadInput: it cannot be read, or its packing is damaged.
        """
        packing = PACKED.get(self.suffixes[1])
        try:
            with self._raw() as raw:
                if packing:
                    unpacked = gzip.GzipFile(fileobj=raw) if packing == "gzip" else _zstd(raw)
                    yield io.BufferedReader(_Unpacked(unpacked, raw, self.name), 1 << 16)
                else:
                    yield raw
        except (OSError, EOFError) as error:
            raise BadInput(
                f"cannot read {self.name}: {getattr(error, 'strerror', None) or error}. Check the file."
            ) from None

    def _raw(self) -> Any:
        """Its bytes as they lie; of this machine regular files alone, for a pipe would be waited for, and a device has no end."""
        local = self.local()
        if local is None:
            return self.system.open(self.path, "rb")
        stream = open(local, "rb", opener=open_now)  # noqa: SIM115 - closed by who asked for it
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            stream.close()
            raise OSError("it is not a regular file")
        return stream

    def local(self) -> Path | None:
        """Its path on this machine; None elsewhere."""
        return Path(self.path) if "file" in _protocols(self.system) else None


def _zstd(raw: Any) -> Any:
    import pyarrow as pa

    return pa.CompressedInputStream(pa.PythonFile(raw, mode="r"), "zstd")


class _Unpacked(io.RawIOBase):
    """What a packed stream holds; refused where it goes on for much longer than packed words ever do."""

    def __init__(self, stream: Any, raw: Any, name: str) -> None:
        self.stream, self.raw, self.name = stream, raw, name
        self.count, self.most = 0, limits().unpacked_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = self.stream.readinto(buffer)  # never `read`: pyarrow loses its room where a stream is damaged
        self.count += count
        if self.count > self.most and self.count > TIMES * self.raw.tell():
            raise BadInput(
                f"cannot read {self.name}: it unpacks to more than {TIMES} times its size, as no text does. "
                f"Check where it comes from, or raise {setting('unpacked_bytes')}."
            )
        return int(count)


def _protocols(system: Any) -> tuple[str, ...]:
    return (system.protocol,) if isinstance(system.protocol, str) else tuple(system.protocol)


def places(address: str) -> list[Place]:
    """The files of an address, sorted by name; hidden ones (`.name`, `_name`) are left out.

    Raises:
        BadInput: nothing is there, it cannot be reached, or the package for its file system is not installed.
    """
    system, path = _system(address)
    try:
        if _protocols(system)[0].startswith("http") or system.isfile(path):
            return [Place(system, path, PurePosixPath(path).name, is_alone=True)]
        if not system.isdir(path):
            if (
                (local := Path(path)).exists()
                and "file" in _protocols(system)
                and not stat.S_ISREG(local.stat().st_mode)
            ):
                raise BadInput(f"cannot read {address}: it is neither a file nor a folder. Give one of these.")
            raise BadInput(f"cannot read {address}: there is nothing there. Check the name.")
        found = sorted(system.find(path))
    except BadInput:
        raise
    except Exception as error:  # noqa: BLE001 - every file system has errors of its own
        raise BadInput(f"cannot read {address}: {str(error)[:200] or type(error).__name__}.") from None
    root = str(path).rstrip("/") + "/"
    named = [(file, file.removeprefix(root) if file.startswith(root) else PurePosixPath(file).name) for file in found]
    return [
        Place(system, file, name)
        for file, name in named
        if not any(part.startswith((".", "_", "~$")) for part in PurePosixPath(name).parts)
    ]


def _system(address: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs
    from fsspec.implementations.local import LocalFileSystem

    scheme = SCHEME.match(address)
    if scheme is None:
        return LocalFileSystem(), str(Path(address).absolute())
    try:
        system, path = url_to_fs(address)
    except ImportError:
        package = PACKAGES.get(scheme[1].lower(), "")
        remedy = f"Install it: pip install {package}." if package else "Install the package that fsspec names for it."
        raise BadInput(
            f"cannot read {address}: {scheme[1]}:// needs a package that is not installed. {remedy}"
        ) from None
    except Exception as error:  # noqa: BLE001 - every file system has errors of its own
        raise BadInput(f"cannot read {address}: {str(error)[:200] or type(error).__name__}.") from None
    return system, path
