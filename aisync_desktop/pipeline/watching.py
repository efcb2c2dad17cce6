"""The watcher and its targets together: which folders, which paths in them matter, and a dirty flag.

`hint` runs on the observer's thread and only sets a flag and calls `wake`; `take` and `refresh` run on the engine's.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from aisync_desktop.files.watch_targets import DiskView, WatchTargets, watch_targets
from aisync_desktop.pipeline.watcher import FolderWatcher


class Watching:
    """Keeps the watcher on the folders of the paths that matter."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._lock = Lock()
        self._dirty = False
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
        if path is not None and self._targets.interesting(path) is None:
            return
        with self._lock:
            already = self._dirty
            self._dirty = True
        if not already:
            self._wake()

    def take(self) -> bool:
        """Return whether there was a hint since the last call."""
        with self._lock:
            dirty, self._dirty = self._dirty, False
        return dirty

    def refresh(self, paths: tuple[Path, ...]) -> None:
        """Follow the paths: folders may have appeared, links may lead elsewhere."""
        self._targets = watch_targets(paths, DiskView())
        self.unwatchable = self._watcher.watch(self._targets.folders)
