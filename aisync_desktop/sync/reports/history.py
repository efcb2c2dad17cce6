"""History for people and programs: snapshots, what changed between two of them, the versions of one file.

Everything is read from the store, sealed as it is there; only `secrets_in` looks into a file's bytes, to find what
must not be shown of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath
from typing import Literal

from pydantic import BaseModel, ConfigDict, JsonValue

from aisync_desktop.kernel.errors import NotThereError, WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.values import Value
from aisync_desktop.observe.redact import Redactor
from aisync_desktop.sync.model.diff import difference
from aisync_desktop.sync.store.reads import Reads
from aisync_desktop.sync.store.records import (
    JournalEntry,
    Payload,
    Snapshot,
    SnapshotInfo,
    TargetState,
    VersionRecord,
    WayTo,
)
from aisync_desktop.sync.terms.errors import NoSuchSnapshotError

_SIGNS = {"added": "+", "changed": "~", "removed": "-"}


class _Report(BaseModel):
    model_config = ConfigDict(frozen=True)


class FieldChange(_Report):
    """One field of an item before and after; null where it is not said."""

    field: str
    before: JsonValue
    after: JsonValue


class ItemChange(_Report):
    """One item that is another one than it was."""

    item: str
    change: Literal["added", "changed", "removed"]
    fields: tuple[FieldChange, ...]

    @property
    def sign(self) -> str:
        """The change as one character."""
        return _SIGNS[self.change]


class FileWrite(_Report):
    """A file that was meant to be written, and what became of that."""

    client: str
    path: str
    state: TargetState


class SnapshotSummary(_Report):
    """A snapshot as one line: what it changed in its parent, and the files that were brought to it.

    It was `created_by` the clients in which it was made, or "user"; `asked_by` is who had it done (“window”, “cli”,
    “token/NAME”, an assistant), or what set that off by itself (“watch”).
    """

    id: int
    scope: str
    parent: int | None
    created_at: dt.datetime
    created_by: str
    asked_by: str = ""
    changed: int
    summary: str
    files: tuple[str, ...]
    restored: int | None  # the snapshot that this one is again


class SnapshotReport(SnapshotSummary):
    """A snapshot with its whole unified config."""

    config: dict[str, JsonValue]
    changes: tuple[ItemChange, ...]
    writes: tuple[FileWrite, ...]


class SnapshotDifference(_Report):
    """What differs between two snapshots of one scope."""

    before: int
    after: int
    scope: str
    changes: tuple[ItemChange, ...]


class VersionReport(_Report):
    """A version of a file; `exists` is false where the version is that there was no file."""

    id: int
    path: str
    created_at: dt.datetime
    actor: str
    reason: str
    size: int
    exists: bool
    sync_id: int | None


class VersionText(VersionReport):
    """What a file held, without its secrets: `hidden` says whether there were some."""

    text: str
    hidden: bool


class ScopesDifferError(WorldError):
    """Two snapshots of different scopes have nothing to be compared by."""

    def __init__(self, before: SnapshotInfo, after: SnapshotInfo) -> None:
        message = text("history.scopes.message", before=before.scope, after=after.scope)
        super().__init__(text("history.scopes"), message, text("history.scopes.next"))


class NoSuchVersionError(NotThereError):
    """There is no version of that id."""

    def __init__(self, number: int) -> None:
        super().__init__(
            text("history.no-version"),
            text("history.no-version.message", number=number),
            text("history.no-version.next"),
        )


class NoFileThenError(NotThereError):
    """The version is that there was no file: it has no bytes."""

    def __init__(self, path: str) -> None:
        super().__init__(
            text("history.no-file"), text("history.no-file.message"), text("history.no-file.next"), Path(path)
        )


def history(
    reads: Reads, limit: int, before: int | None = None, scope: str | None = None
) -> tuple[SnapshotSummary, ...]:
    """Return snapshots, newest first."""
    page = reads.snapshots(limit, before, scope)
    numbers = [info.id for info in page]
    diffs, targets, ways = reads.diffs(numbers), reads.targets_of(numbers), reads.ways_to(numbers)
    lines = (
        _line(info, item_changes(diffs.get(info.id)), targets.get(info.id, ()), ways.get(info.id, WayTo()))
        for info in page
    )
    return tuple(map(SnapshotSummary.model_validate, lines))


def snapshot_report(reads: Reads, number: int) -> SnapshotReport:
    """Return one snapshot with all that belongs to it."""
    snapshot = _snapshot(reads, number)
    targets, changes = reads.targets_of([number]).get(number, ()), item_changes(snapshot.diff)
    writes = tuple(FileWrite(client=each.client, path=each.path, state=each.state) for each in targets)
    more = {"config": dict(snapshot.payload), "changes": changes, "writes": writes}
    way = reads.ways_to([number]).get(number, WayTo())
    return SnapshotReport.model_validate(_line(snapshot.info, changes, targets, way) | more)


def difference_of(reads: Reads, before: int, after: int | None = None) -> SnapshotDifference:
    """Return what differs between two snapshots; without the second, what differs in the latest of the scope."""
    first = _snapshot(reads, before)
    latest = reads.snapshots(1, scope=first.info.scope)[0].id
    second = _snapshot(reads, latest if after is None else after)
    if first.info.scope != second.info.scope:
        raise ScopesDifferError(first.info, second.info)
    return SnapshotDifference(
        before=first.info.id,
        after=second.info.id,
        scope=first.info.scope,
        changes=tuple(_between(first.payload, second.payload)),
    )


def versions_of(reads: Reads, path: str, limit: int, before: int | None = None) -> tuple[VersionReport, ...]:
    """Return the versions of a file, newest first."""
    return tuple(map(_version_report, reads.versions(path, limit, before)))


def version_report(reads: Reads, number: int) -> VersionReport:
    """Return one version without its bytes."""
    return _version_report(_version(reads, number))


def version_text(reads: Reads, number: int) -> VersionText:
    """Return one version with what it held, without its secrets."""
    found, data = version_report(reads, number), version_bytes(reads, number)
    redactor = Redactor()
    redactor.register(*secrets_in(data, found.path))
    plain = data.decode("utf-8", "backslashreplace")
    told = redactor.text(plain)
    return VersionText(**dict(found), text=told, hidden=told != plain)


def version_bytes(reads: Reads, number: int) -> bytes:
    """Return what a file held, byte for byte."""
    version = _version(reads, number)
    if not version.hash:
        raise NoFileThenError(version.path)
    return reads.blob(version.hash)


def secrets_in(data: bytes, path: str) -> tuple[str, ...]:
    """Return the literal secrets in the values of a file, as far as its format can be told from its name."""
    from aisync_desktop.documents.parse import parse
    from aisync_desktop.documents.protocol import Format, Strictness
    from aisync_desktop.sync.reports.concealing import secrets_of

    formats = {".json": Format.JSON, ".jsonc": Format.JSON, ".toml": Format.TOML}
    formats |= {".yaml": Format.YAML, ".yml": Format.YAML}
    named = formats.get(PurePath(path).suffix)
    if named is None:
        return ()
    try:
        return secrets_of(parse(data, named, Strictness(comments=True, trailing_commas=True)))
    except WorldError:
        return ()  # what is no document has no values


def _snapshot(reads: Reads, number: int) -> Snapshot:
    found = reads.snapshot(number)
    if found is None:
        raise NoSuchSnapshotError(number)
    return found


def _version(reads: Reads, number: int) -> VersionRecord:
    found = reads.version(number)
    if found is None:
        raise NoSuchVersionError(number)
    return found


def _version_report(version: VersionRecord) -> VersionReport:
    return VersionReport(
        id=version.id,
        path=version.path,
        created_at=version.created_at,
        actor=version.actor,
        reason=version.reason,
        size=version.size,
        exists=bool(version.hash),
        sync_id=version.sync_id,
    )


def _line(
    info: SnapshotInfo, changes: tuple[ItemChange, ...], targets: Iterable[JournalEntry], way: WayTo
) -> dict[str, object]:
    files = dict.fromkeys(each.path for each in targets if each.state is TargetState.DONE)
    return {
        "id": info.id,
        "scope": info.scope,
        "parent": info.parent,
        "created_at": info.created_at,
        "created_by": info.created_by,
        "asked_by": way.asked_by,
        "changed": len(changes),
        "summary": ", ".join(f"{change.sign} {change.item}" for change in changes),
        "files": tuple(files),
        "restored": info.restored,
    }


def item_changes(stored: object) -> tuple[ItemChange, ...]:
    """Read a diff as journal.py wrote it."""
    entries = (
        [entry for entry in stored if isinstance(entry, dict) and "key" in entry] if isinstance(stored, list) else []
    )
    return tuple(_change(str(entry["key"]), entry.get("before"), entry.get("after")) for entry in entries)


def _between(before: Payload, after: Payload) -> Iterable[ItemChange]:
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            yield _change(key, before.get(key), after.get(key))


def _change(key: str, before: Value, after: Value) -> ItemChange:
    old, new = before if isinstance(before, dict) else {}, after if isinstance(after, dict) else {}
    fields = [
        {"field": ".".join(path), "before": _field(old, path), "after": _field(new, path)}
        for path in difference(old, new)
    ]
    kind = "changed" if old and new else "added" if new else "removed"
    return ItemChange.model_validate({"item": key, "change": kind, "fields": fields})


def _field(fields: Mapping[str, Value], path: tuple[str, ...]) -> Value:
    inner = fields.get(path[0])
    return inner.get(path[1]) if len(path) > 1 and isinstance(inner, dict) else inner
