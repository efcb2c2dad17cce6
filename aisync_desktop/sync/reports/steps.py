"""A step back, or forth again, as it is shown before it is taken: which change it is, and what would be written."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict

from aisync_desktop.sync.answering.going_back import Way
from aisync_desktop.sync.applying.undoing import UNDO
from aisync_desktop.sync.model.diff import Change
from aisync_desktop.sync.reports.changed_items import ChangedItem, changed_item
from aisync_desktop.sync.reports.file_edits import FileEdit, Loosening, PlannedEdits


class StepPreview(BaseModel):
    """What a step comes to.

    `snapshot` is the change that is taken back or done again, made `at` a time `by` clients (or "user"); 0 where it is
    that a whole file was put back, and in a rollback, which takes back many. `items` are what that change changed, of
    a rollback what it would change; `to` is the snapshot that it leads to. `files` are exactly those that are written.
    `newest` was the last snapshot of all: given as `only` with an undo or a redo, no other step is taken than this one.
    """

    model_config = ConfigDict(frozen=True)
    event: str
    snapshot: int
    to: int
    at: dt.datetime | None
    by: tuple[str, ...]
    scope: str
    items: tuple[ChangedItem, ...]
    files: tuple[FileEdit, ...]
    loosens: tuple[Loosening, ...]
    newest: int

    @property
    def takes_back_a_denial(self) -> bool:
        """Whether it needs the user's word, as something that is refused now would not be after it."""
        return any(one.takes_back_a_denial for one in self.loosens)


def step_preview(way: Way, planned: PlannedEdits) -> StepPreview:
    """Return a way that could be gone as a value for every face."""
    changes, change = way.plan.changed, way.change
    if way.plan.event == UNDO:
        changes = tuple(Change(one.key, one.after, one.before) for one in changes)
    return StepPreview(
        event=way.plan.event,
        snapshot=change.id if change else 0,
        to=way.to.id if way.to else 0,
        at=change.created_at if change else None,
        by=tuple(change.created_by.split(",")) if change else (),
        scope=str(way.plan.scope),
        items=tuple(map(changed_item, changes)),
        files=planned.edits(),
        loosens=planned.loosens(),
        newest=way.newest,
    )
