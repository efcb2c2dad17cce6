"""Clearing up after a run that was cut off; what it left undone is found by the next plan.

Files that it had displaced and not yet let go of go into history; what it was to write, and stands in a file, is agreed
on; then the journal is closed. Without that, what we wrote ourselves would look like an edit of that client's user, and
bring back what was deleted elsewhere before the next start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from aisync_desktop.clients.items import Item, ItemKey, Items, Scope, to_payload
from aisync_desktop.files.protocol import ABSENT, Disk, LateWrite, content_hash
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.sync.applying.applier import keeper
from aisync_desktop.sync.looking.survey import Survey
from aisync_desktop.sync.store import records
from aisync_desktop.sync.store.store import Store
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.known import ScopeMemory, recall


class Recovery:
    """One look at what the last run left; `look` is at all endpoints, once the files are in their places."""

    def __init__(self, store: Store, disk: Disk, look: Callable[[], Survey]) -> None:
        self._store = store
        self._disk = disk
        self._look = look
        self._keep = keeper(store, "left-by-a-crash", "unknown")

    def run(self, paths: Iterable[Path]) -> int:
        """Clear up; return how many targets had been left open."""
        entries = self._store.unfinished()
        self._disk.confine(self._roots(entries))
        for path in dict.fromkeys((*paths, *(Path(entry.path) for entry in entries))):
            with suppress(WorldError):  # the survey will tell what is wrong with this path; the others go on
                for left in self._disk.recover(path, keep=self._keep):
                    self._restore(left, [entry for entry in entries if entry.path == str(path)])
        found = [(entry, self._data_now(Path(entry.path))) for entry in entries]
        agreed = self._agreed() if entries else {}
        for entry, data in found:
            landed = self._store.name(ABSENT if data is None else content_hash(data)) == entry.new_hash
            if landed:
                self._store.keep_version(entry.path, data, "written", "aisync", entry.sync_id)
            state = records.TargetState.DONE if landed else records.TargetState.FAILED
            bases = agreed.get(entry.path, ())
            self._store.finish_target(entry.sync_id, entry.path, state, bases, detail="recovered")
        for sync_id in self._store.unfinished_syncs():  # with all of its targets done, too
            self._store.finish_sync(sync_id, records.SyncEnd(records.SyncStatus.INTERRUPTED))
        return len(entries)

    def _agreed(self) -> dict[str, list[records.BaseUpdate]]:
        """Return by path what its endpoints agree on, as it stands there and was meant for all when we were cut off."""
        known, found = recall(self._store), dict[str, list[records.BaseUpdate]]()
        for state in self._look().endpoints:
            memory = known.of(state.scope)
            base = memory.base(state.id)
            agreed = _agreed_at(state, base, memory)
            if agreed != base and state.problem is None:
                update = records.BaseUpdate(state.id, str(state.scope), to_payload(agreed))
                for file in state.files.values():
                    found.setdefault(str(file.path), []).append(update)
        return found

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


def _agreed_at(state: EndpointState, base: Items, memory: ScopeMemory) -> Items:
    """Return a base with all that an endpoint says, or does not say any more, just as it is meant for all."""
    view, meant = state.view.items, memory.unified
    said = {key: item for key, item in view.items() if key in meant and state.expressed(key, meant[key]) == item}
    unsaid = base.keys() - view.keys() - state.view.opaque.keys()
    gone = {key for key in unsaid if key not in meant or _is_left_out(state, key, meant[key])}
    return {**{key: item for key, item in base.items() if key not in gone}, **said}


def _is_left_out(state: EndpointState, key: ItemKey, meant: Item) -> bool:
    """Whether an endpoint may be meant to hold nothing of an item: it cannot be said there, or is off and taken out."""
    wanted = state.expressed(key, meant)
    return wanted is None or state.lens.says_apart(wanted)
