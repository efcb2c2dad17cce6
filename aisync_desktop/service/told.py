"""What a command tells, as values: how it ended, and lines, one of which may be of a moment. Imports nothing heavy."""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

FINE, ERROR, USAGE, WAITING = 0, 1, 2, 3  # exit codes
INTERRUPTED, NOBODY_READS = 130, 141  # those of a program that Ctrl+C, or the end of its reader, has ended
Line: TypeAlias = str | tuple[dt.datetime, str]  # the latter is a moment, and what is said of it
