"""What a command tells, as values: how it ended, and lines, one of which may be of a moment. Imports nothing heavy."""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

FINE, ERROR, USAGE, WAITING = 0, 1, 2, 3  # exit codes
INTERRUPTED, NOBODY_READS = 130, 141  # those of a program that Ctrl+C, or the end of its reader, has ended
Line: TypeAlias = str | tuple[dt.datetime, str]  # the latter is a moment, and what is said of it


def was_interrupted(error: BaseException | None) -> bool:
    """Whether Ctrl+C is behind an error: in the middle of an import Python wraps it in another one."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None
