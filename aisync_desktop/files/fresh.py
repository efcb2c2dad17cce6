"""New private files that the user asked for by name: an export, a backup, a version taken out of history.

Such a file appears whole or not at all, mode 0600 from its first byte on, and takes the place of another one only if
that was asked for. Its name is taken when it is whole, and not before: a program that is killed meanwhile leaves no
empty file that looks like a backup. What somebody else puts there meanwhile is not run over.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from aisync_desktop.files.errors import FileExists, NoFolder, NotAFile, file_problems
from aisync_desktop.files.syscalls import Syscalls


@contextmanager
def fresh_path(path: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Give a private file to write to, which gets the wanted name once the block has ended well."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    with file_problems(path):
        _require_free(path, overwrite=overwrite)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield part
        with file_problems(path):
            if overwrite:
                part.replace(path)
            else:
                _take_name(part, path)
    finally:
        with suppress(OSError):
            part.unlink()


@contextmanager
def fresh_file(path: Path, *, overwrite: bool = False) -> Iterator[BinaryIO]:
    """Give a file to write to, which has its name once the block has ended well."""
    with fresh_path(path, overwrite=overwrite) as part, file_problems(path), part.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _require_free(path: Path, *, overwrite: bool) -> None:
    """Refuse a name that cannot be had before anything is made for it."""
    if overwrite and path.exists() and not path.is_file():  # /dev/null, a folder
        raise NotAFile(path)
    if not overwrite and os.path.lexists(path):
        raise FileExists(path)
    if not path.parent.exists():
        raise NoFolder(path, folder=str(_missing(path)))


def _take_name(part: Path, path: Path) -> None:
    """Give a whole file a name that nobody has, in one step where the system can do that."""
    calls = Syscalls()
    try:
        try:
            calls.rename_new(part, path)
        except FileExistsError:
            raise
        except OSError:
            calls.link(part, path)  # its other name goes with the part
    except FileExistsError as error:
        raise FileExists(path) from error


def _missing(path: Path) -> Path:
    """Return the first folder on the way to a file that is not there."""
    return next((folder for folder in reversed(path.parents) if not folder.exists()), path.parent)
