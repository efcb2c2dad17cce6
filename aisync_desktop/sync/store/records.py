"""What goes into the store and comes out of it: plain frozen values, no rows, no models.

Payloads are JSON-able values as clients/ and the other rooms of sync/ make them, sealed: no literal of a secret is in
them. A `hash` in a record of the database is a *name*: the keyed form of a content hash that `Store.name` gives (a
plain hash of a file that holds a short password would let anyone with the database guess it). "" means that there is no
file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import TypeAlias

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import Value

Payload: TypeAlias = Mapping[str, Value]


class TargetState(StrEnum):
    """What became of a file that a sync meant to replace."""

    PENDING = "pending"
    DONE = "done"
    FOREIGN = "foreign"  # somebody wrote meanwhile; theirs is in place
    FAILED = "failed"  # could not be written; the next plan tries again


class SyncStatus(StrEnum):
    """How a sync stands."""

    RUNNING = "running"
    DONE = "done"
    PARTIAL = "partial"  # some targets are not done
    FAILED = "failed"
    INTERRUPTED = "interrupted"  # the program ended in the middle; recovery took over


# What the engine hands in


@dataclass(frozen=True, slots=True)
class NewSnapshot:
    """A unified config that differs from the latest of its scope; the parent is that latest."""

    unified_hash: str
    payload: Payload
    created_by: str  # a client's id, "user" or "start"
    diff: Value = None
    diff_format: str = "changes"
    restored: int | None = None  # the snapshot that this one is again
    marked: bool = False  # added even where it is like the latest: what it wrote is to be undone by itself


FIRST_SIGHT = "first-sight"  # the reason of what was there when the user agreed that we write


@dataclass(frozen=True, slots=True)
class NewVersion:
    """Bytes that a path holds or held; None where there was no file. `reason` and `actor` are for people.

    `hash` is the plain content hash, where it is known already: of a large file it takes long.
    """

    path: str
    data: bytes | None = field(repr=False)
    reason: str
    actor: str
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A file about to be replaced, by content hashes (plain ones: the store names them)."""

    client: str
    path: str
    old_hash: str
    new_hash: str


@dataclass(frozen=True, slots=True)
class BaseUpdate:
    """The view that an endpoint now agrees on; `client` is the endpoint's id."""

    client: str
    scope: str
    payload: Payload


@dataclass(frozen=True, slots=True)
class EndpointSeen:
    """An endpoint as observed, by plain content hash."""

    client: str
    scope: str
    path: str
    config_type: str
    hash: str


@dataclass(frozen=True, slots=True)
class SyncStart:
    """All that must be durable before the first file of a sync is touched."""

    scope: str
    event_type: str
    triggered_by: str
    snapshot: NewSnapshot | None = None
    versions: tuple[NewVersion, ...] = ()
    targets: tuple[Target, ...] = ()
    bases: tuple[BaseUpdate, ...] = ()  # of clients that need no write
    endpoints: tuple[EndpointSeen, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetEnd:
    """What became of a file that was to be replaced, and what endpoints agree on with that."""

    path: str
    state: TargetState
    bases: tuple[BaseUpdate, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class NewLine:
    """A log line for people; the context's `client` is what lines can be filtered by."""

    level: str
    message: str
    context: Payload = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SyncEnd:
    """All that is known of a sync once its files are written: what became of each, and what is told of it.

    `took` is how many seconds it was from the edit that was seen, or from when it was asked for, to the last file.
    """

    status: SyncStatus
    targets: tuple[TargetEnd, ...] = ()
    written: tuple[NewVersion, ...] = ()
    lines: tuple[NewLine, ...] = ()
    took: float | None = None


@dataclass(frozen=True, slots=True)
class ClientRecord:
    """A client as registered."""

    id: str
    name: str
    type: str = "cli"
    status: str = "active"
    priority: int = 0


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision that the engine derived; (scope, item, kind) is what it is known by."""

    scope: str
    item: str
    kind: str
    payload: Payload


# What comes back


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """A snapshot without its payload."""

    id: int
    scope: str
    parent: int | None
    unified_hash: str
    created_at: dt.datetime
    created_by: str
    restored: int | None = None  # the snapshot that this one is again


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot with all that belongs to it."""

    info: SnapshotInfo
    payload: Payload
    diff: Value = None
    diff_format: str = ""


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """An open decision; its id is the same whenever the same question comes up."""

    id: int
    kind: str
    item: str
    scope: str
    payload: Payload
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Memory:
    """What the engine knew when it last ran: by scope, and by (endpoint, scope); `present` are files, (scope, path)."""

    adopted_at: dt.datetime | None = None
    projects: tuple[str, ...] = ()
    snapshots: Mapping[str, Snapshot] = field(default_factory=dict)
    bases: Mapping[tuple[str, str], Payload] = field(default_factory=dict)
    present: frozenset[tuple[str, str]] = frozenset()
    reach: object = None  # what is kept in step where, as the engine wrote it
    consents: object = None  # which secrets may go where; likewise
    renames: object = None  # new names that have not come everywhere yet; likewise
    questions: tuple[DecisionRecord, ...] = ()  # the open ones


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """A target as written down; compare its names with `Store.name(reading.hash)`."""

    sync_id: int
    client: str
    path: str
    old_hash: str
    new_hash: str
    state: TargetState
    detail: str


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """A version of a path; `Store.blob(hash)` gives the bytes, "" is: there was no file."""

    id: int
    path: str
    hash: str
    size: int
    reason: str
    actor: str
    sync_id: int | None
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint as last seen; `hash` is a name."""

    client: str
    scope: str
    path: str
    config_type: str
    hash: str
    last_seen: dt.datetime


@dataclass(frozen=True, slots=True)
class SyncRecord:
    """One sync of one scope."""

    id: int
    snapshot: int | None
    scope: str
    event_type: str
    status: SyncStatus
    started_at: dt.datetime
    finished_at: dt.datetime | None
    triggered_by: str


@dataclass(frozen=True, slots=True)
class WayTo:
    """How a snapshot came to be: what its sync is called, and who asked for that, or what set it off by itself."""

    way: str = ""
    asked_by: str = ""


@dataclass(frozen=True, slots=True)
class LogQuery:
    """Which log lines: newest first, before an id (keyset paging), all words of `search`, the last by prefix."""

    levels: tuple[str, ...] = ()
    search: str = ""
    client: str = ""
    sync_id: int | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    before: int | None = None
    after: int | None = None
    limit: int = 200


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One log line."""

    id: int
    level: str
    message: str
    context: Payload
    timestamp: dt.datetime
    sync_id: int | None
