"""Trading names, on every file system: atomically where the system can, else as closely as links and renames allow."""

from __future__ import annotations

import errno
from pathlib import Path

from aisync_desktop.files.reading import close_quietly, read_all
from aisync_desktop.files.syncing import run_alone
from aisync_desktop.files.syscalls import READ_NO_LINK, Syscalls
from aisync_desktop.files.temps import dress_of, temp_name, write_temp

_CANNOT = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}


class Swap:
    """The two ways to put a file in place; each says whether it had to take the weaker one."""

    def __init__(self, calls: Syscalls) -> None:
        self._calls = calls

    def exchange(self, side: Path, real: Path) -> bool:
        """Let `side` and `real` trade names; FileNotFoundError if one is missing. True: not at one instant."""
        try:
            self._calls.exchange(side, real)
        except OSError as error:
            if error.errno not in _CANNOT:
                raise
        else:
            return False
        self._exchange_by_rename(side, real)
        return True

    def put_new(self, side: Path, real: Path) -> bool:
        """Name `side` `real`, which nobody may have (FileExistsError). True: not at one instant.

        `side` may keep its name as a second one: the caller drops it.
        """
        try:
            self._calls.rename_new(side, real)
        except FileExistsError:
            raise
        except OSError as error:
            if error.errno not in _CANNOT:
                raise
        else:
            return False
        return self._put_new_by_link(side, real)

    def _exchange_by_rename(self, side: Path, real: Path) -> None:
        """Give what is in place a second name, rename over it, and let that name take the place of `side`.

        Between the first two steps a version can be lost that somebody renames into place; the file is never missing.
        """
        aside = temp_name(real, "swap")
        try:
            self._calls.link(real, aside)
        except OSError as error:
            if error.errno not in _CANNOT:
                raise
            aside = self._copy(real)
        try:
            self._calls.rename(side, real)
        except OSError:
            self._calls.unlink(aside)
            raise
        try:
            self._calls.rename(aside, side)
        except OSError:
            self._calls.rename(aside, real)
            raise

    def _copy(self, real: Path) -> Path:
        """Copy what is in place, where even links do not exist (FAT)."""
        fd = self._calls.open(real, READ_NO_LINK)
        try:
            data = read_all(self._calls, fd, self._calls.fstat(fd).st_size)
        finally:
            close_quietly(self._calls, fd)
        return run_alone(write_temp(self._calls, real, data, dress_of(self._calls, real)))

    def _put_new_by_link(self, side: Path, real: Path) -> bool:
        try:
            self._calls.link(side, real)
        except FileExistsError:
            raise
        except OSError as error:
            if error.errno not in _CANNOT:
                raise
            return self._put_new_by_rename(side, real)
        return False

    def _put_new_by_rename(self, side: Path, real: Path) -> bool:
        try:
            self._calls.lstat(real)
        except FileNotFoundError:
            self._calls.rename(side, real)
            return True
        raise FileExistsError(errno.EEXIST, "exists", str(real))
