"""One line that tells that work goes on: on stderr, only at a terminal, only where it takes longer than a moment.

It is written over itself, never wider than the terminal, and gone when the work ends, so that nothing of it is left in
what a command says. A thread writes it: the work need not know.
"""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from aisync_desktop.kernel.texts import width

_QUIET_SECONDS = 0.4  # that nobody takes for a standstill
_STEP_SECONDS = 0.2


@contextmanager
def progress(line: Callable[[int], str]) -> Iterator[None]:
    """Show a line while the block works; it is made anew each time, of the seconds that have passed."""
    stream = sys.stderr
    if stream is None or not stream.isatty():
        yield
        return

    def write(said: str) -> None:
        with suppress(OSError, ValueError):  # nobody misses it
            stream.write(said)
            stream.flush()

    ended = threading.Event()
    writer = threading.Thread(target=show_until, args=(ended.wait, line, write), daemon=True)
    writer.start()
    try:
        yield
    finally:
        ended.set()
        writer.join()


def show_until(ended: Callable[[float], bool], line: Callable[[int], str], write: Callable[[str], None]) -> None:
    """Write the line again and again until it has ended (which waits for so many seconds), and take it away."""
    passed, shown = _QUIET_SECONDS, 0
    if ended(_QUIET_SECONDS):
        return
    while True:
        said = fitting(line(int(passed)), shutil.get_terminal_size().columns - 1)
        write(f"\r{said}{' ' * (shown - width(said))}")
        shown = max(shown, width(said))
        if ended(_STEP_SECONDS):
            break
        passed += _STEP_SECONDS
    write(f"\r{' ' * shown}\r")


def fitting(said: str, columns: int) -> str:
    """Return as much of a text as has room in so many columns."""
    while said and width(said) > columns:
        said = said[:-1]
    return said
