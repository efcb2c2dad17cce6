"""Whether git keeps a file, as its index tells: read, not asked, so that nothing of a repository's settings is run.

A repository is somebody else's: its files may be links, pipes or devices, and are not opened then.
Only what is needed of the format is known: the names of the entries, in versions 2 to 4. A large index, one that is
split, or one that cannot be read tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from aisync_desktop.files.peek import peek
from aisync_desktop.files.syscalls import Syscalls

_CALLS = Syscalls()
_MOST_BYTES, _LONGEST_PATH = 64_000_000, 10_000
_FIXED = 62  # of an entry, before its name
_EXTENDED = 0x4000  # a flag: two more bytes
_VERSIONS = (2, 3, 4)


def is_tracked(path: Path) -> bool:
    """Return whether a file is in the index of the repository that it lies in."""
    real = Path(path).resolve()
    for folder in real.parents:
        index = _index_of(folder)
        if index is not None:
            return real.relative_to(folder).as_posix().encode() in set(_names(_read(index)))
    return False


def _index_of(folder: Path) -> Path | None:
    """Return the index of a repository's root; of a worktree or submodule it lies elsewhere."""
    mark = folder / ".git"
    if mark.is_dir() and not mark.is_symlink():
        return mark / "index"
    told = peek(_CALLS, mark, _LONGEST_PATH).decode(errors="replace")
    return folder / told.removeprefix("gitdir:").strip() / "index" if told.startswith("gitdir:") else None


def _read(index: Path) -> bytes:
    data = peek(_CALLS, index, _MOST_BYTES + 1)
    return data if len(data) <= _MOST_BYTES else b""


def _names(data: bytes) -> Iterator[bytes]:
    version = int.from_bytes(data[4:8], "big")
    if data[:4] != b"DIRC" or version not in _VERSIONS:
        return
    at, name = 12, b""
    for _ in range(int.from_bytes(data[8:12], "big")):
        if at + _FIXED > len(data):
            return
        flags = int.from_bytes(data[at + _FIXED - 2 : at + _FIXED], "big")
        start = at + _FIXED + (2 if flags & _EXTENDED else 0)
        kept = 0
        if version == _VERSIONS[-1]:
            cut, start = _offset(data, start)
            kept = len(name) - cut
        end = data.find(b"\0", start)
        if end < 0 or kept < 0:
            return
        name = name[:kept] + data[start:end]
        yield name
        at = end + 1 if version == _VERSIONS[-1] else at + (end - at + 8) // 8 * 8


def _offset(data: bytes, at: int) -> tuple[int, int]:
    """Read a number as git packs offsets; return it, and where it ends."""
    value = 0
    for place in range(at, min(at + 10, len(data))):
        value = value << 7 | data[place] & 0x7F
        if not data[place] & 0x80:
            return value, place + 1
        value += 1
    return len(data), len(data)
