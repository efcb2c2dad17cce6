"""What descriptors say, read before: TOML takes Python five times as long to read as the same values in JSON.

One file in the state folder holds the values of every descriptor under the hash of its bytes: a descriptor that changes
is another one, so nothing here can be out of date, and what is not here is read from its TOML. The values are checked
by the schema as if they came from there. A file that is damaged, that others can have written, or that is of another
program's making is as good as none; whoever can write it as the user could write the database beside it, too.
"""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

from aisync_desktop.files.errors import NotOurs
from aisync_desktop.files.own import read_own
from aisync_desktop.kernel.values import Value

Values: TypeAlias = dict[str, Any]
_NAME = "descriptors.json"
_MOST_BYTES = 16_000_000
_DIGEST = 64  # letters, and a line feed after them


def read_toml(data: bytes) -> Values:
    """Return what the bytes of a descriptor say, from the bytes alone."""
    return tomllib.loads(data.decode())


class DescriptorCache:
    """The values of descriptors by their bytes; `save` keeps those that were asked for."""

    def __init__(self, state: Path) -> None:
        self._path = state / _NAME
        self._kept = _load(self._path)
        self._asked: dict[str, Values] = {}

    def read(self, data: bytes) -> Values:
        """Return what the bytes of a descriptor say, as `read_toml` does."""
        name = hashlib.sha256(data).hexdigest()
        if name not in self._asked:
            found = self._kept.get(name)
            self._asked[name] = found if isinstance(found, dict) else read_toml(data)
        return self._asked[name]

    def save(self) -> None:
        """Keep what was asked for, if that is anything new; a disk that refuses it costs nothing but time."""
        if self._asked.keys() <= self._kept.keys():
            return
        written = {name: said for name, said in self._asked.items() if _survives(said)}
        if written.keys() <= self._kept.keys():
            return
        body = json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode()
        with suppress(OSError):
            _write(self._path, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)


def _load(path: Path) -> Mapping[str, Value]:
    """Return what is kept; nothing where that cannot be had as it was written."""
    try:
        whole, alone = read_own(path, _MOST_BYTES)
        digest, body = whole[:_DIGEST], whole[_DIGEST + 1 :]
        if not alone or hashlib.sha256(body).hexdigest().encode() != digest:
            return {}
        found = json.loads(body)
    except (OSError, NotOurs, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _survives(said: Values) -> bool:
    """Whether values are the same after a way through JSON; a date is not."""
    try:
        return bool(json.loads(json.dumps(said, allow_nan=False)) == said)
    except (TypeError, ValueError, RecursionError):
        return False


def _write(path: Path, content: bytes) -> None:
    """Write the file whole or not at all; it needs no flush, as what a power cut leaves of it fits no digest."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
