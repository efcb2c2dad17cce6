"""The last changes, each as one entry: what it changed, who made it, where it went, and whether it can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from aisync_desktop.sync.applying.undo_choice import NothingToRedoError, NothingToUndoError, UndoChoice
from aisync_desktop.sync.reports.changed_items import ChangedItem, items_changed
from aisync_desktop.sync.store.reads import Reads
from aisync_desktop.sync.store.records import JournalEntry, SnapshotInfo, TargetState, WayTo
from aisync_desktop.sync.terms.known import recall

_MOST = 50  # items of one change that are listed


class _Report(BaseModel):
    model_config = ConfigDict(frozen=True)


class ChangeReport(_Report):
    """A change, by the snapshot that it led to.

    `by` are the clients in which it was made, or "user"; `asked_by` is who asked for it (“window”, “cli”, “token/NAME”,
    an assistant), or what set it off by itself (“watch”); `way` is how it came: "sync", "undo", "redo", "rollback" or
    what else syncs are called. Of its items `more` are not listed; `clients` are those whose `files` were written.
    `undone` says that it does not hold any more, `undoable` that an undo takes it back now, `redoable` that a redo
    does it again; `restored` is the snapshot that it is again.
    """

    snapshot: int
    at: dt.datetime
    scope: str
    by: tuple[str, ...]
    asked_by: str = ""
    way: str
    items: tuple[ChangedItem, ...]
    more: int
    clients: tuple[str, ...]
    files: tuple[str, ...]
    undone: bool
    undoable: bool
    redoable: bool
    restored: int | None


class Changes(_Report):
    """Changes, newest first; `newest` is the number to give an undo as `only`, of who has seen these."""

    changes: tuple[ChangeReport, ...]
    newest: int


def changes(reads: Reads, limit: int, before: int | None = None, scope: str | None = None) -> Changes:
    """Return changes, newest first."""
    page = reads.snapshots(limit, before, scope)
    numbers = [info.id for info in page]
    diffs, targets, ways = reads.diffs(numbers), reads.targets_of(numbers), reads.ways_to(numbers)
    choice = UndoChoice(reads, recall(reads).scopes)
    holding = choice.holding(min(numbers, default=0))
    back, forth = _next_steps(choice)
    return Changes(
        changes=tuple(
            _change(
                info,
                items_changed(diffs.get(info.id)),
                targets.get(info.id, ()),
                ways.get(info.id, WayTo()),
                {"undone": _is_undone(info, holding), "undoable": info.id == back, "redoable": info.id == forth},
            )
            for info in page
        ),
        newest=max((info.id for info in choice.newest), default=0),
    )


def _is_undone(info: SnapshotInfo, holding: frozenset[int]) -> bool:
    return info.restored is None and info.parent is not None and info.id not in holding


def _next_steps(choice: UndoChoice) -> tuple[int, int]:
    """Return what an undo takes back, and what a redo does again; 0 for nothing."""
    try:
        back = choice.last_change().id
    except NothingToUndoError:
        back = 0
    try:
        forth = choice.undone_last().id
    except NothingToRedoError:
        forth = 0
    return back, forth


def _change(
    info: SnapshotInfo,
    items: tuple[ChangedItem, ...],
    targets: Iterable[JournalEntry],
    way: WayTo,
    how: dict[str, bool],
) -> ChangeReport:
    done = [one for one in targets if one.state is TargetState.DONE]
    return ChangeReport(
        snapshot=info.id,
        at=info.created_at,
        scope=info.scope,
        by=tuple(info.created_by.split(",")),
        asked_by=way.asked_by,
        way=way.way,
        items=items[:_MOST],
        more=max(0, len(items) - _MOST),
        clients=tuple(dict.fromkeys(one.client for one in done)),
        files=tuple(dict.fromkeys(one.path for one in done)),
        restored=info.restored,
        **how,
    )
