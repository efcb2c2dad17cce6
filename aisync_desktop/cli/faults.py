"""A fault of ours on the command line: a report in the log folder, or on stderr where there is no such folder."""

from __future__ import annotations

import os
import sys
import traceback

from aisync_desktop.core.errors import WorldError
from aisync_desktop.files.clock import SystemClock
from aisync_desktop.files.places import find_places
from aisync_desktop.observe.crash import bug_text, write_report


def report_bug(error: Exception) -> None:
    """Write the report and tell where it is."""
    try:
        path = write_report(find_places(os.environ).log, error, SystemClock().now())
    except (OSError, WorldError):
        traceback.print_exception(error)
        return
    print(f"aisync: {bug_text(path).english()}", file=sys.stderr)  # noqa: T201 - the last line of a broken command
