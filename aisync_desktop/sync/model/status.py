"""The one status value: tray icon, tooltip, menu header, window, `aisync status`, `/sync/status` and MCP render it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from aisync_desktop.clients.items import SHARED, Kind
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.problem import Problem
from aisync_desktop.kernel.texts import visible

_LONGEST_NAME = 40  # of an item in a title


class Health(StrEnum):
    """The state of the whole, from the calmest to the one that most wants the user."""

    NEW = "new"  # not adopted yet: nothing will be written
    IN_STEP = "in-step"
    SYNCING = "syncing"
    PAUSED = "paused"
    DECISION = "decision"  # something waits for the user
    PENDING = "pending"  # a target could not be written or read; it is retried
    ERROR = "error"  # the engine itself stopped


class Writing(NamedTuple):
    """How far it is with the files that are being written: told on the bus, to whoever wants to show it."""

    done: int
    of: int


class ClientState(StrEnum):
    """How one client stands to the unified config."""

    ABSENT = "absent"  # no file of it on this machine
    OFF = "off"  # not kept in step, as the user set it
    PAUSED = "paused"  # nothing is written to it until all goes on
    IN_STEP = "in-step"
    RESTART = "restart"  # in step, but the client runs: it takes over what was written when it is started again
    BEHIND = "behind"  # something is to be written to it
    HELD = "held"  # a decision holds some of its items
    PENDING = "pending"  # a write failed and is retried
    UNREADABLE = "unreadable"  # quarantined: never written, never read as "all deleted"


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class ClientStatus(_Value):
    """One client in one scope."""

    id: str
    name: str
    scope: str
    state: ClientState
    items: int = 0
    losses: int = 0
    paths: tuple[str, ...] = ()
    problem: Problem | None = None


class DecisionStatus(_Value):
    """One open decision, as a line."""

    id: str
    kind: str
    item: str
    scope: str
    summary: Text
    note: Text | None = None  # what else is to be known before it is answered


class Done(StrEnum):
    """What became of an item."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class ItemChange(_Value):
    """One item of which something became, everywhere."""

    item: str  # its key: kind/name
    done: Done


class Activity(_Value):
    """What the last sync did."""

    at: dt.datetime
    origin: str  # a client's id, "user" or "start"
    summary: Text
    writes: int
    changes: tuple[ItemChange, ...] = ()  # of going back, none
    snapshot: int = 0  # what it led to; 0 where nothing changed but files

    @property
    def deleted(self) -> tuple[str, ...]:
        """The items that it took away everywhere."""
        return tuple(change.item for change in self.changes if change.done is Done.REMOVED)

    def title(self, names: Mapping[str, str]) -> Text | None:
        """Say what was changed, and in which clients, by their names; None where that has no name."""
        if not self.changes:
            return None
        clients = ", ".join(names[origin] for origin in self.origin.split(",") if origin in names)
        place = ".in" if clients else ""
        if len(self.changes) > 1:
            done = {change.done for change in self.changes}
            what = done.pop() if len(done) == 1 else Done.CHANGED
            return text(f"activity.{what}.many{place}", count=len(self.changes), client=clients)
        kind, _, name = self.changes[0].item.partition("/")
        if (kind, name) == (Kind.RULES, SHARED):
            return text(f"activity.rules{place}", client=clients)
        return text(f"activity.{self.changes[0].done}{place}", item=visible(name, _LONGEST_NAME), client=clients)


class Status(_Value):
    """Everything that a glance must tell. Immutable; a new one is published when something changes."""

    health: Health
    headline: Text
    line: Text | None = None  # what is to be said besides
    trouble: Text | None = None  # how many of the problems there are, and of which sort
    items: int = 0
    clients: tuple[ClientStatus, ...] = ()
    decisions: tuple[DecisionStatus, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()  # worth knowing; nothing is out of step for it
    last: Activity | None = None
    paused: bool = False
    pause: Text | None = None  # the pause in words, with its end
    adopted: bool = False
    version: str = ""
    sequence: int = 0

    @property
    def questions(self) -> int:
        """How many questions wait for the user: the one number of headline, lists, badges and tray."""
        return len(self.decisions) if self.adopted else 0

    def word_of(self, client: ClientStatus) -> Text:
        """Return what a client's state is called, as things stand."""
        if client.state is ClientState.PAUSED and self.pause:
            return self.pause
        if client.state is ClientState.BEHIND and not self.adopted:
            return text("status.client.found")
        return text(f"status.client.{client.state}")
