"""What happens in sync, as events for its feed: one type each, with what it is about as `target`.

Of a sync the feed has what the journal has, when it has ended: the receipt of what was written where.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

from aisync_desktop.kernel.event import Event

SYNC = "sync"  # what the feed is called by whoever reads it
BY_ITSELF = frozenset({"watch", "start"})  # what sets a sync off for which nobody has asked


class FileWritten(BaseModel):
    """A file that was to be written, and what became of it: done, foreign (somebody wrote meanwhile) or failed."""

    model_config = ConfigDict(frozen=True)
    path: str
    outcome: str
    reason: str = ""  # the code of what hindered it


class Synced(Event):
    """A sync has ended; `files` by client. The target is the scope, `way` what it was (sync, rollback, undo, leave)."""

    type: Literal["synced"] = "synced"
    sync: int
    snapshot: int | None
    way: str
    status: str
    asked: str  # who asked for it, or what set it off by itself
    files: Mapping[str, tuple[FileWritten, ...]]


class DecisionOpened(Event):
    """Something waits for the user; the target is the item."""

    type: Literal["decision-opened"] = "decision-opened"
    id: str
    kind: str
    scope: str


class DecisionClosed(Event):
    """It waits no more: it was answered, or the files agree by themselves."""

    type: Literal["decision-closed"] = "decision-closed"
    id: str
    kind: str
    scope: str


class DecisionAnswered(Event):
    """The user has settled a decision."""

    type: Literal["decision-answered"] = "decision-answered"
    id: str
    kind: str
    scope: str
    take: str
    clients: tuple[str, ...] = ()  # whom a consent is about


class Proposed(Event):
    """An assistant asked for an operation (the target) that only a person settles: it waits as a decision."""

    type: Literal["proposed"] = "proposed"
    id: str


class Adopted(Event):
    """The user agreed that we write."""

    type: Literal["adopted"] = "adopted"


class Left(Event):
    """The user wants us out: everything is put back as it was at first sight."""

    type: Literal["left"] = "left"


class WentBack(Event):
    """The user goes back to a snapshot (the target), at one client or all, before the last change, or forth again."""

    type: Literal["rolled-back", "undone", "redone"]
    client: str = ""


class ProjectAdded(Event):
    """A project is kept in step, too, from now on; the target is its root."""

    type: Literal["project-added"] = "project-added"


class ProjectRemoved(Event):
    """A project is left alone from now on; the target is its root."""

    type: Literal["project-removed"] = "project-removed"


class Paused(Event):
    """Nothing is written until a time, or until the user resumes."""

    type: Literal["paused"] = "paused"
    until: dt.datetime | None = None


class Resumed(Event):
    """A pause has ended: the user went on, or its time has come."""

    type: Literal["resumed"] = "resumed"


class Switched(Event):
    """A client, a kind or an item (the target) is kept in step in a scope, or left alone."""

    type: Literal["switched"] = "switched"
    scope: str
    on: bool


class Pinned(Event):
    """An item (the target) is at these clients only; at all where none is named."""

    type: Literal["pinned"] = "pinned"
    scope: str
    clients: tuple[str, ...] = ()


class SecretChanged(Event):
    """A secret (the target is its reference) has another value, and `to` is its reference now."""

    type: Literal["secret-changed"] = "secret-changed"
    to: str


class SecretRemoved(Event):
    """The value of a secret (the target is its reference) is forgotten."""

    type: Literal["secret-removed"] = "secret-removed"


class Repaired(Event):
    """What the doctor offered was done to a file or an item (the target)."""

    type: Literal["repaired"] = "repaired"
    cure: str


class FileRestored(Event):
    """The last good version of a file (the target) was put back."""

    type: Literal["file-restored"] = "file-restored"
    version: int


class MadeWritable(Event):
    """The owner of a file (the target) may write to it again."""

    type: Literal["made-writable"] = "made-writable"


class Exported(Event):
    """Something left the database, into a file (the target) or, without one, to the caller."""

    type: Literal["exported"] = "exported"
    kind: str
    format: str
    rows: int


class Restored(Event):
    """A backup (the target) took the place of the database; `kept` is where the old one is."""

    type: Literal["restored"] = "restored"
    kept: str = ""


class ProblemBegan(Event):
    """Something is wrong and does not pass by itself; the target is its place."""

    type: Literal["problem-began"] = "problem-began"
    code: str


class ProblemEnded(Event):
    """It is not wrong any more."""

    type: Literal["problem-ended"] = "problem-ended"
    code: str
