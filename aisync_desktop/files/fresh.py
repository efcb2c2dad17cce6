"""New private files that the user asked for by name: an export, a backup, a version taken out of history.

Such a file appears whole or not at all, mode 0600 from its first byte on, and takes the place of another one only if
that was asked for. Until it is whole, its name is taken by an empty file, so that nobody else's can be run over.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from aisync_desktop.files.errors import FileExists, NoFolder, NotAFile, file_problems


@contextmanager
def claimed(path: Path, *, overwrite: bool) -> Iterator[None]:
    """Keep a name for the file that the block puts there; if the block fails, what was there before is there again."""
    with file_problems(path):
        if overwrite and path.is_file():
            yield
            return
        if overwrite and path.exists():  # /dev/null, a folder
            raise NotAFile(path)
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError as error:
            raise FileExists(path) from error
        except FileNotFoundError as error:
            raise NoFolder(path, folder=str(_missing(path))) from error
        try:
            yield
        except BaseException:
            path.unlink(missing_ok=True)
            raise


@contextmanager
def fresh_file(path: Path, *, overwrite: bool = False) -> Iterator[BinaryIO]:
    """Give a file to write to, which has its name once the block has ended well."""
    with claimed(path, overwrite=overwrite):
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            with suppress(FileNotFoundError):
                part.unlink()
            raise


def _missing(path: Path) -> Path:
    """Return the first folder on the way to a file that is not there."""
    return next((folder for folder in reversed(path.parents) if not folder.exists()), path.parent)
