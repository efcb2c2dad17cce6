"""The audit trail: who did what, in the order in which feeds told of it.

It has its rows of the feeds of the wings and of the program's own. `catch_up` takes over what is new, and remembers in
the same transaction how far that goes: whoever is killed in between finds it at the next start, once. It is called at
the start, at the end, and some time after the bus has woken us: nobody waits for the trail. Whoever reads it reads on
in the feeds from where it ends (`whole_trail`), so that nothing lacks that has happened by then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from aisync_desktop.database.feed import Batch, Cursor, Entry, Gap
from aisync_desktop.program.store.reads import AuditEntry, ProgramReads
from aisync_desktop.program.store.store import ProgramStore

_PAGE = 500


class Feed(Protocol):
    """What has a feed that can be read."""

    def happened(self, after: Cursor | None = None) -> Batch:
        """Return what happened after a cursor."""
        ...


def catch_up(program: ProgramStore, feeds: Mapping[str, Feed]) -> frozenset[str]:
    """Take over what is new; return the feeds that had less than was taken over before."""
    program.require_filled()
    behind = set()
    for name, feed in feeds.items():
        reached = program.audit_mark().cursors.get(name)
        for batch in _batches(feed, reached):
            program.take_in(name, batch)
            if batch.gap is Gap.BACK:
                behind.add(name)
    return frozenset(behind)


def whole_trail(program: ProgramReads, feeds: Mapping[str, Feed]) -> Iterator[AuditEntry]:
    """Yield who did what, newest first: what the trail does not have yet with the numbers that it will have."""
    mark = program.audit_mark()
    new = [entry for name, feed in feeds.items() for entry in _entries(feed, mark.cursors.get(name))]
    numbered = [_as_audit(mark.last + at, entry) for at, entry in enumerate(new, 1) if entry]
    yield from reversed(numbered)
    page = program.audit_trail(_PAGE, mark.last + 1)
    while page:
        yield from page
        page = program.audit_trail(_PAGE, page[-1].id)


def _batches(feed: Feed, after: Cursor | None) -> Iterator[Batch]:
    """Yield what there is, up to the first batch that brings nothing."""
    while True:
        batch = feed.happened(after)
        if batch.cursor == after:
            return
        yield batch
        after = batch.cursor


def _entries(feed: Feed, after: Cursor | None) -> Iterator[Entry | None]:
    """Yield what there is; None where the trail will say that something lacks."""
    for batch in _batches(feed, after):
        if batch.gap:
            yield None
        yield from batch.entries


def _as_audit(number: int, entry: Entry) -> AuditEntry:
    return AuditEntry(number, entry.actor, entry.type, entry.target, entry.detail, entry.at)
