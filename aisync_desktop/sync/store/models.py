"""The tables as peewee models: the schema as code reads it. What creates them is migrations.py; a test compares both.

What a field reads is what it would have written, or a MisreadError (database/fields.py).

The models are bound to no database. A query is a value and its executor says where: `query.execute(db)`. So there is no
global connection, and a writer, readers in other threads and several stores in one process never meet.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import peewee
from peewee import CompositeKey, Field, ForeignKeyField, Model

from aisync_desktop.database.errors import MisreadError
from aisync_desktop.database.feed import TABLES as FEED
from aisync_desktop.database.fields import (
    AutoField,
    BlobField,
    IntegerField,
    JsonField,
    ObjectField,
    TextField,
    UtcField,
    checked,
)
from aisync_desktop.secrets.safe import Where
from aisync_desktop.sync.store.records import SyncStatus, TargetState


class PathField(TextField):
    """A path of the file system."""

    def python_value(self, value: object) -> str | None:
        """Read it; each is whole, and none has a NUL in it."""
        if isinstance(value, str) and ("\0" in value or not Path(value).is_absolute()):
            raise MisreadError(self.name)
        return super().python_value(value)


class WordField(TextField):
    """One of some words."""

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self._words = words

    def python_value(self, value: object) -> StrEnum:
        """Read it."""
        found = next((word for word in self._words if word == value), None)
        if found is None:
            raise MisreadError(self.name)
        return found


class SeenField(JsonField):
    """A list of lists of four texts each: where a secret was seen."""

    def python_value(self, value: object) -> object:
        """Read it."""
        found = super().python_value(value)
        if isinstance(found, list) and all(isinstance(use, list) and _are_texts(use, 4) for use in found):
            return found
        raise MisreadError(self.name)


def _are_texts(values: list[object], count: int) -> bool:
    return len(values) == count and all(isinstance(one, str) for one in values)


class NameField(peewee.BlobField):
    """The keyed name of some content (blobs.py): 16 bytes in the database, hex elsewhere; "" is no content."""

    def db_value(self, value: str | None) -> bytes | None:
        """Write it; what is no hex is the name of nothing."""
        try:
            return None if value is None else bytes.fromhex(value)
        except ValueError:
            return b""

    def python_value(self, value: object) -> str | None:
        """Read it; where a join found no row, there is none."""
        held = None if value is None else checked(self, value, bytes)
        return None if held is None else held.hex()


class AnyField(Field):
    """A column that holds text or bytes, as SQLite lets it."""

    field_type = "BLOB"

    def python_value(self, value: object) -> str | bytes:
        """Read it."""
        if isinstance(value, (str, bytes)):
            return value
        raise MisreadError(self.name)


class Fact(Model):
    """What the store must remember of itself: adoption, the data key's id."""

    name = TextField(primary_key=True)
    value = JsonField(null=True)

    class Meta:
        table_name = "fact"


class Client(Model):
    """An assistant program on this machine."""

    id = TextField(primary_key=True)
    name = TextField()
    type = TextField()
    status = TextField()
    priority = IntegerField()
    created_at = UtcField()
    updated_at = UtcField()

    class Meta:
        table_name = "client"


class ClientEndpoint(Model):
    """A file in which a client keeps kinds of one scope; `hash` is the name of the bytes last seen (see Store.name)."""

    id = AutoField()
    client = ForeignKeyField(Client, on_delete="CASCADE")
    scope = TextField()
    path = PathField()
    config_type = TextField()
    hash = NameField()
    last_seen = UtcField()

    class Meta:
        table_name = "client_endpoint"
        indexes = ((("client", "scope", "path", "config_type"), True),)


class ConfigSnapshot(Model):
    """An immutable unified config; `payload` is JSON text, or packed against the snapshot `base` (snapshots.py)."""

    parent_id: int | None  # peewee makes it, type checkers do not know
    base_id: int | None
    restored_id: int | None

    id = AutoField()
    scope = TextField()
    parent = ForeignKeyField("self", null=True)
    unified_hash = TextField()
    payload = AnyField()
    base = ForeignKeyField("self", null=True)
    depth = IntegerField()
    created_at = UtcField()
    created_by = TextField()
    restored = ForeignKeyField("self", null=True)

    class Meta:
        table_name = "config_snapshot"
        indexes = ((("scope", "id"), False),)


class SnapshotDiff(Model):
    """What a snapshot changed in its parent."""

    id = AutoField()
    snapshot = ForeignKeyField(ConfigSnapshot, on_delete="CASCADE")
    diff_payload = JsonField(null=True)
    diff_format = TextField()
    created_at = UtcField()

    class Meta:
        table_name = "snapshot_diff"


class SyncEvent(Model):
    """One sync of one scope, from its plan to its last target."""

    id = AutoField()
    snapshot = ForeignKeyField(ConfigSnapshot, null=True)
    scope = TextField()
    event_type = TextField()
    status = WordField(SyncStatus)
    started_at = UtcField()
    finished_at = UtcField(null=True)
    triggered_by = TextField()
    took = IntegerField(null=True)  # microseconds until the last file was in place, where all are

    class Meta:
        table_name = "sync_event"


class EventLog(Model):
    """One line of the log that people read; full text in LogText."""

    id = AutoField()
    sync_event = ForeignKeyField(SyncEvent, null=True, on_delete="SET NULL")
    client = TextField()  # "" where a line is about none
    level = TextField()
    message = TextField()
    context = ObjectField()
    timestamp = UtcField()

    class Meta:
        table_name = "event_log"
        indexes = ((("level", "id"), False), (("client", "id"), False), (("timestamp",), False))


class LogText(Model):
    """The full-text index of EventLog (FTS5, kept by triggers); `log_fts` is its hidden column for MATCH."""

    rowid = IntegerField(primary_key=True)
    log_fts = TextField()

    class Meta:
        table_name = "log_fts"


class Blob(Model):
    """Bytes by content (blobs.py); `name` is keyed, `data` packed and encrypted."""

    base_id: int | None

    id = AutoField()
    name = NameField(unique=True)
    codec = IntegerField()
    base = ForeignKeyField("self", null=True)
    depth = IntegerField()
    size = IntegerField()
    data = BlobField()

    class Meta:
        table_name = "blob"


class WatchedPath(Model):
    """A path that has versions, spelled once."""

    id = AutoField()
    path = PathField(unique=True)

    class Meta:
        table_name = "watched_path"


class Version(Model):
    """What a path held at a moment; no blob means that there was no file."""

    id = AutoField()
    path = ForeignKeyField(WatchedPath)
    blob = ForeignKeyField(Blob, null=True)
    reason = TextField()
    actor = TextField()
    sync_event = ForeignKeyField(SyncEvent, null=True, on_delete="SET NULL")
    created_at = UtcField()

    class Meta:
        table_name = "version"
        indexes = ((("path",), False),)


class Base(Model):
    """The view of a client as of the last agreement."""

    client = TextField()
    scope = TextField()
    payload = ObjectField()
    updated_at = UtcField()

    class Meta:
        table_name = "base"
        primary_key = CompositeKey("client", "scope")


class Decision(Model):
    """Something only the user can settle; one row for ever per (scope, item, kind), so that its id is stable."""

    id = AutoField()
    kind = TextField()
    item = TextField()
    scope = TextField()
    payload = ObjectField()
    state = TextField()
    created_at = UtcField()

    class Meta:
        table_name = "decision"
        indexes = ((("scope", "item", "kind"), True),)


class Journal(Model):
    """A file that a sync means to replace, and what became of it. Hashes are names (see Store.name)."""

    id = AutoField()
    sync_event = ForeignKeyField(SyncEvent, on_delete="CASCADE")
    client = TextField()
    path = ForeignKeyField(WatchedPath)
    old_hash = NameField()
    new_hash = NameField()
    state = WordField(TargetState)
    detail = TextField()

    class Meta:
        table_name = "journal"
        indexes = ((("sync_event", "path"), True),)


class Export(Model):
    """An export that left the database."""

    id = AutoField()
    kind = TextField()
    format = TextField()
    path = TextField()
    row_count = IntegerField()
    created_by = TextField()
    created_at = UtcField()

    class Meta:
        table_name = "export"


class KeptSecret(Model):
    """A secret that the safe keeps (secrets/safe.py); `enclosed` is its encrypted value where no keyring has it."""

    reference = TextField(primary_key=True)
    place = WordField(Where)
    since = UtcField()
    seen = SeenField()
    enclosed = BlobField()

    class Meta:
        table_name = "kept_secret"


class Heartbeat(Model):
    """A moment at which we lived, and the last row of each table by then (lived_time.py)."""

    id = AutoField()
    at = UtcField()
    version_id = IntegerField()
    snapshot_id = IntegerField()
    log_id = IntegerField()

    class Meta:
        table_name = "heartbeat"


class MetricHour(Model):
    """What was counted in an hour, and the last heartbeat by then (metrics.py)."""

    hour = UtcField(primary_key=True)
    heartbeat_id = IntegerField()
    tallies = ObjectField()

    class Meta:
        table_name = "metric_hour"


TABLES: tuple[type[Model], ...] = (
    Fact, Client, ClientEndpoint, ConfigSnapshot, SnapshotDiff, SyncEvent, EventLog,
    Blob, WatchedPath, Version, Base, Decision, Journal, Export, KeptSecret, Heartbeat,
    MetricHour, *FEED,
)  # fmt: skip
