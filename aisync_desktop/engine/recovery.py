"""Clearing up after a run that was cut off; what it left undone is found by the next plan.

Files that it had displaced and not yet let go of go into history, then the journal is closed.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from aisync_desktop.core.errors import WorldError
from aisync_desktop.core.items import Scope
from aisync_desktop.engine.applying import keeper
from aisync_desktop.files.protocol import ABSENT, Disk, LateWrite, content_hash
from aisync_desktop.store import records
from aisync_desktop.store.store import Store


class Recovery:
    """One look at what the last run left."""

    def __init__(self, store: Store, disk: Disk) -> None:
        self._store = store
        self._disk = disk
        self._keep = keeper(store, "left-by-a-crash", "unknown")

    def run(self, paths: Iterable[Path]) -> int:
        """Clear up; return how many targets had been left open."""
        entries = self._store.unfinished()
        self._disk.confine(self._roots(entries))
        for path in dict.fromkeys((*paths, *(Path(entry.path) for entry in entries))):
            with suppress(WorldError):  # the survey will tell what is wrong with this path; the others go on
                for left in self._disk.recover(path, keep=self._keep):
                    self._restore(left, [entry for entry in entries if entry.path == str(path)])
        for entry in entries:
            data = self._data_now(Path(entry.path))
            landed = self._store.name(ABSENT if data is None else content_hash(data)) == entry.new_hash
            if landed:
                self._store.keep_version(entry.path, data, "written", "aisync", entry.sync_id)
            state = records.TargetState.DONE if landed else records.TargetState.FAILED
            self._store.finish_target(entry.sync_id, entry.path, state, detail="recovered")
        for sync_id in self._store.unfinished_syncs():  # with all of its targets done, too
            self._store.finish_sync(sync_id, records.SyncStatus.INTERRUPTED)
        return len(entries)

    def _roots(self, entries: Iterable[records.JournalEntry]) -> set[Path]:
        """Return the roots of all projects, given up or not, in which something was left."""
        memory = self._store.memory()
        scopes = {Scope.parse(scope) for scope, _ in memory.present} | {Scope.parse(scope) for _, scope in memory.bases}
        roots = {Path(scope.root) for scope in scopes if scope.root}
        return {root for root in roots if any(Path(entry.path).is_relative_to(root) for entry in entries)}

    def _restore(self, left: LateWrite, entries: list[records.JournalEntry]) -> None:
        """Put back a foreign version that we had displaced when we were cut off; our own two are not foreign."""
        name = self._store.name(content_hash(left.data))
        if entries and all(name not in {entry.old_hash, entry.new_hash} for entry in entries):
            self._disk.replace(self._disk.read(left.path), left.data, keep=self._keep)

    def _data_now(self, path: Path) -> bytes | None:
        try:
            return self._disk.read(path).data
        except WorldError:
            return None
