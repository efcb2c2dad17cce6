"""watchdog's observer thread, reduced to hints: "this path may have changed", or None for "anything may have".

Folders are watched, never files (a rename-save ends a watch on a file), and never recursively. What watchdog misses
(queue overflow, a folder that was deleted and made again) is turned into None here or found by the rescan.
"""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable, Collection
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

Hint = Callable[[Path | None], None]

# Opened and closed-without-writing are left out: other programs' reads must cost nothing (measured: 5,000 reads gave
# 10,000 callbacks). Modified is needed where the platform has no "closed after writing" event.
_EVENTS: list[type[FileSystemEvent]] = [
    FileMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    DirMovedEvent,  # a client's folder appears or goes as a whole
    DirCreatedEvent,
    DirDeletedEvent,
]
_OVERFLOW_LOGGER = "watchdog.observers.inotify_c"
_EMITTER_LOGGER = "watchdog.observers.inotify"


class FolderWatcher:
    """Watches a set of folders; `on_hint` is called on the observer's thread."""

    def __init__(self, on_hint: Hint, *, closes_are_told: bool = True) -> None:
        self._on_hint = on_hint
        self._observer: BaseObserver | None = None  # until the system gives us what it needs
        self._watches: dict[Path, ObservedWatch] = {}
        self._events = _EVENTS if closes_are_told else [*_EVENTS, FileModifiedEvent]
        self._handler = _Handler(on_hint)
        self._overflow = _OverflowFilter(on_hint)

    def start(self) -> None:
        """Be ready to watch."""
        logging.getLogger(_OVERFLOW_LOGGER).addFilter(self._overflow)
        logging.getLogger(_EMITTER_LOGGER).addFilter(_is_news)

    def stop(self) -> None:
        """End the observer's thread and wait for its end."""
        logging.getLogger(_OVERFLOW_LOGGER).removeFilter(self._overflow)
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(timeout=1.5)
        logging.getLogger(_EMITTER_LOGGER).removeFilter(_is_news)

    def watch(self, folders: Collection[Path]) -> tuple[tuple[Path, int], ...]:
        """Watch exactly these folders; return those that cannot be watched, with the errno (the rescan covers them).

        What was refused once is tried again at each call: programs end and give back what they had.
        """
        wanted = set(folders)
        try:
            observer = self._observer = self._observer or _observer()
        except OSError as error:
            return tuple((folder, error.errno or errno.EIO) for folder in sorted(wanted))
        for folder in self._watches.keys() - wanted:
            observer.unschedule(self._watches.pop(folder))
        refused: list[tuple[Path, int]] = []
        for folder in sorted(wanted - self._watches.keys()):
            try:
                self._watches[folder] = observer.schedule(self._handler, folder, event_filter=self._events)
            except OSError as error:
                refused.append((folder, error.errno or errno.EIO))
        return tuple(refused)

    def rearm(self, folder: Path) -> None:
        """Watch a folder anew that was deleted and made again: the kernel's watch went with the old one."""
        watch = self._watches.pop(folder, None)
        if watch is not None and self._observer is not None:
            self._observer.unschedule(watch)


def _observer() -> BaseObserver:
    """Return a running observer; raises OSError where the system has no room for one.

    It takes several descriptors, and keeps those that it got when it does not get all (watchdog 7.1): so first we see
    whether there are some left. Where there are not, no limit of inotify's is to blame (ENFILE).
    """
    taken: list[int] = []
    try:
        for _ in range(2):
            taken.extend(os.pipe())
    except OSError as error:
        raise OSError(errno.ENFILE, "no descriptors") from error
    finally:
        for end in taken:
            os.close(end)
    observer = Observer()
    observer.name = "aisync-watch"
    observer.start()
    return observer


class _Handler(FileSystemEventHandler):
    def __init__(self, on_hint: Hint) -> None:
        self._on_hint = on_hint

    def on_any_event(self, event: FileSystemEvent) -> None:
        for path in (event.src_path, event.dest_path):
            if path:
                self._on_hint(Path(path if isinstance(path, str) else path.decode(errors="surrogateescape")))


def _is_news(record: logging.LogRecord) -> bool:
    """WORKAROUND (watchdog 7.1): an emitter that is stopped between two of its steps calls that an error."""
    return "thread is inactive" not in str(record.msg)


class _OverflowFilter(logging.Filter):
    """Makes a hint of watchdog's only sign of lost events, a log line (7.1 has no public one)."""

    def __init__(self, on_hint: Hint) -> None:
        super().__init__()
        self._on_hint = on_hint

    def filter(self, record: logging.LogRecord) -> bool:
        if "overflow" not in str(record.msg):
            return True
        self._on_hint(None)
        return False
