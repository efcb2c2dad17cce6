"""What happened, for tests that only need something to have."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from aisync_desktop.database.feed import Batch, Cursor, Entry
from aisync_desktop.kernel.event import Event
from aisync_desktop.kernel.values import Value
from aisync_desktop.program.store.store import ProgramStore

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


class Rang(Event):
    """A bell rang."""

    type: Literal["rang"] = "rang"
    times: int = 1


def audit(
    program: ProgramStore, action: str, target: str = "", detail: dict[str, Value] | None = None, actor: str = "user"
) -> None:
    """Have the audit trail say that somebody did something, as if a feed had told of it."""
    entry = Entry(1, action, target, actor, detail or {}, NOW)
    program.take_in("test", Batch((entry,), Cursor("0", 1)))
