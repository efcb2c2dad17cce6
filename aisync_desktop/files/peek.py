"""The beginning of a file that anybody may have put there: of no link, device or pipe, and never too much of it."""

from __future__ import annotations

import stat
from pathlib import Path

from aisync_desktop.files.reading import close_quietly, is_elsewhere_too, read_all
from aisync_desktop.files.syscalls import READ_NO_LINK, Syscalls


def peek(calls: Syscalls, path: Path, most: int) -> bytes:
    """Return at most `most` bytes of a regular file; none where there is no such file, or it may not be read."""
    try:
        fd = calls.open(path, READ_NO_LINK)
    except OSError:
        return b""
    try:
        status = calls.fstat(fd)
        if not stat.S_ISREG(status.st_mode) or is_elsewhere_too(calls, path, status):
            return b""
        return read_all(calls, fd, most - 1)
    except OSError:
        return b""
    finally:
        close_quietly(calls, fd)
