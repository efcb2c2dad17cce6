"""The watcher and its targets together: which folders, which paths in them matter, and a dirty flag.

`hint` runs on the observer's thread and only sets flags and calls `wake`; `take`, `seen`, `doubt` and `refresh` run on
the engine's. The way to each path is walked again only when a hint, or doubt, says that it may have shifted.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from aisync_desktop.files.watch_targets import DiskView, WatchTargets, watch_targets
from aisync_desktop.service.live.watcher import FolderWatcher


class Watching:
    """Keeps the watcher on the folders of the paths that matter.

    Attribute: `unwatchable` (the folders that the system does not let us watch, each with the errno).
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._lock = Lock()
        self._dirty = False
        self._seen: float | None = None
        self._shifted = True
        self._renewed: set[Path] = set()  # watched folders that went or came: the kernel's watch may be on the old one
        self._paths: tuple[Path, ...] = ()
        self._targets: WatchTargets = watch_targets((), DiskView())
        self._watcher = FolderWatcher(self.hint)
        self.unwatchable: tuple[tuple[Path, int], ...] = ()

    def start(self) -> None:
        """Start the observer thread."""
        self._watcher.start()

    def stop(self) -> None:
        """Stop it."""
        self._watcher.stop()

    def hint(self, path: Path | None) -> None:
        """Take note that a path may have changed; wake the engine once for many hints."""
        targets = self._targets
        if path is not None and targets.interesting(path) is None:
            return
        with self._lock:
            already = self._dirty
            self._dirty = True
            self._seen = time.monotonic() if self._seen is None else self._seen
            self._shifted = self._shifted or path is None or targets.shifts(path)
            self._renewed |= targets.folders if path is None else targets.folders & {path}
        if not already:
            self._wake()

    def take(self) -> bool:
        """Return whether there was a hint since the last call."""
        with self._lock:
            dirty, self._dirty = self._dirty, False
        return dirty

    def seen(self) -> float | None:
        """Return when the first hint since the last call came, by the monotonic clock; None where none did."""
        with self._lock:
            seen, self._seen = self._seen, None
        return seen

    def doubt(self) -> None:
        """Have the next refresh walk every path again, whatever the hints said."""
        self._shifted = True

    def refresh(self, paths: tuple[Path, ...], roots: tuple[Path, ...] = ()) -> None:
        """Follow the paths: folders may have appeared, links may lead elsewhere, but not out of a project's root."""
        with self._lock:
            shifted, self._shifted = self._shifted, False
            renewed, self._renewed = self._renewed, set()
        if paths == self._paths and not shifted:
            return
        self._paths = paths
        self._targets = watch_targets(paths, DiskView(), roots)
        for folder in renewed:
            self._watcher.rearm(folder)
        self.unwatchable = self._watcher.watch(self._targets.folders)
