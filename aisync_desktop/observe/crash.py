"""Our own faults: whatever nobody caught becomes a report file, redacted, and one line that says where it is.

`watch_for_bugs` covers the main thread's end, Qt's slots (PySide hands their exceptions to `sys.excepthook`) and plain
threads. The program goes on where it can: a broken slot is no reason to stop syncing.
"""

from __future__ import annotations

import datetime as dt
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from aisync_desktop import __version__
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.observe.logging import get_logger, redactor
from aisync_desktop.secrets.met import met

_KEPT = 10
_log = get_logger(__name__)


def write_report(folder: Path, error: BaseException, now: dt.datetime) -> Path:
    """Write what a developer needs to know of an error, and nothing that the user must keep secret."""
    redactor.register(*met())
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
    told = "".join(traceback.format_exception(error))
    head = f"AISync {__version__}, Python {platform.python_version()}, {platform.platform()}\n\n"
    path.touch(mode=0o600)
    path.write_text(redactor.text(head + told), encoding="utf-8", errors="backslashreplace")
    for old in sorted(folder.glob("crash-*.txt"))[:-_KEPT]:
        old.unlink(missing_ok=True)
    return path


def bug_text(path: Path) -> Text:
    """Return the line for the user."""
    return text("bug", path=str(path))


def watch_for_bugs(folder: Path, clock: Callable[[], dt.datetime], tell: Callable[[Text], None]) -> None:
    """Report every exception that nobody catches from now on."""

    def report(error: BaseException) -> None:
        try:
            path = write_report(folder, error, clock())
        except OSError:  # a full disk: what cannot be kept is told as a whole
            _log.error("bug", error=error)
            for line in redactor.text("".join(traceback.format_exception(error))).splitlines():
                tell(text("plain", text=line))
        else:
            _log.error("bug", error=error, report=str(path))
            tell(bug_text(path))

    def main_hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        del kind, trace
        report(error)

    def thread_hook(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            report(args.exc_value)

    sys.excepthook = main_hook
    threading.excepthook = thread_hook
