"""Which change an undo takes back, and which one a redo does again: found in the snapshots, nothing else is asked.

A snapshot that is an older one again (`restored`) is a step back, or forth: what it stands for is the older one. The
changes that hold are those behind what the newest snapshot of a scope stands for; all others are undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aisync_desktop.clients.items import Scope
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.sync.store.reads import Reads
from aisync_desktop.sync.store.records import Snapshot, SnapshotInfo
from aisync_desktop.sync.terms.errors import NoSuchSnapshotError


class NothingToUndoError(WorldError):
    """Nothing was changed since the beginning."""

    def __init__(self) -> None:
        super().__init__(text("undo.nothing"), text("undo.nothing.message"), text("undo.nothing.next"))


class NothingToRedoError(WorldError):
    """Nothing was undone since the last change."""

    def __init__(self) -> None:
        super().__init__(text("undo.none"), text("undo.none.message"), text("undo.since.next"))


class ChangedSinceError(WorldError):
    """What was to be undone is not the last change any more."""

    def __init__(self) -> None:
        super().__init__(text("undo.since"), text("undo.since.message"), text("undo.since.next"))


class TakesBackDenialError(WorldError):
    """To go back would allow what is refused now, and nobody has said that this is meant."""

    def __init__(self, items: Iterable[str], clients: Iterable[str]) -> None:
        message = text("undo.loosens.message", items=", ".join(items), clients=", ".join(clients))
        super().__init__(text("undo.loosens"), message, text("undo.loosens.next"))


class UndoChoice:
    """Finds the changes of some scopes in the store."""

    def __init__(self, reads: Reads, scopes: Iterable[Scope]) -> None:
        self._reads = reads
        self._scopes = frozenset(scopes)
        self._known: dict[int, SnapshotInfo | None] = {}

    @property
    def newest(self) -> list[SnapshotInfo]:
        """The newest snapshot of each scope."""
        found = (self._reads.snapshots(limit=1, scope=str(scope)) for scope in sorted(self._scopes))
        return [info for page in found for info in page]

    @property
    def last(self) -> int:
        """The last snapshot, in any scope; 0 where there is none."""
        return max((info.id for info in self.newest), default=0)

    def snapshot(self, number: int) -> Snapshot:
        """Return a snapshot that can be gone back to."""
        found = self._reads.snapshot(number)
        if found is None or Scope.parse(found.info.scope) not in self._scopes:
            raise NoSuchSnapshotError(number)
        return found

    def last_change(self, only: int = 0) -> SnapshotInfo:
        """Return the last change, in any scope, that is not undone, by what it led to; `only` if that is this."""
        self._require_last(only)
        changes = [info for info in map(self._effective, self.newest) if info.parent is not None]
        if not changes:
            raise NothingToUndoError
        return max(changes, key=lambda info: info.id)

    def undone_last(self, only: int = 0) -> SnapshotInfo:
        """Return the snapshot that an undo left, in the scope of the last one; nothing, anywhere, was changed since.

        `only` if that undo led to this one.
        """
        self._require_last(only)
        newest = self.newest
        changed = max(map(self._changed_last, newest), default=0)
        for info in sorted(newest, key=lambda one: one.id, reverse=True):
            if info.id > changed and (undone := self._left_by_undo(info)) is not None:
                return undone
        raise NothingToRedoError

    def holding(self, since: int) -> frozenset[int]:
        """Return the changes from a snapshot on that are not undone."""
        return frozenset(one.id for newest in self.newest for one in self._behind(newest, since))

    def _require_last(self, only: int) -> None:
        if only and only != self.last:
            raise ChangedSinceError

    def _behind(self, newest: SnapshotInfo, since: int) -> Iterator[SnapshotInfo]:
        one: SnapshotInfo | None = self._effective(newest)
        while one is not None and one.id >= since:
            yield one
            before = self._info(one.parent) if one.parent is not None else None
            one = self._effective(before) if before else None

    def _changed_last(self, newest: SnapshotInfo) -> int:
        """Return the last snapshot of a scope that is none again; 0 where it is the first, which nothing led to."""
        one = newest
        while one.restored is not None and one.parent is not None:
            before = self._info(one.parent)
            if before is None:
                break
            one = before
        return one.id if one.parent is not None else 0

    def _left_by_undo(self, newest: SnapshotInfo) -> SnapshotInfo | None:
        """Return what the last undo to the present state left; None where something else came since.

        Behind the last change are only snapshots that are older ones again. Of those that are what is there now, the
        newest that was gone back to by one step is the undo: where it came from is what was undone.
        """
        now, one = self._effective(newest), newest
        while one.restored is not None and one.parent is not None:
            before = self._info(one.parent)
            if before is None:
                break
            left = self._effective(before)
            if self._effective(one).id == now.id and self._is_one_step_after(left, now):
                return left
            one = before
        return None

    def _is_one_step_after(self, later: SnapshotInfo, earlier: SnapshotInfo) -> bool:
        parent = self._info(later.parent) if later.parent is not None else None
        return parent is not None and self._effective(parent).id == earlier.id

    def _effective(self, info: SnapshotInfo) -> SnapshotInfo:
        """Return the snapshot that this one is again: an undo after an undo goes further back."""
        while info.restored is not None:
            found = self._info(info.restored)
            if found is None or found.id >= info.id:  # dropped by retention, or none that can be meant
                break
            info = found
        return info

    def _info(self, number: int) -> SnapshotInfo | None:
        """Return one snapshot without what it holds; pages are read, as several are asked for in a row."""
        if number not in self._known:
            self._known[number] = None
            self._known.update((info.id, info) for info in self._reads.snapshots(before=number + 1))
        return self._known[number]
