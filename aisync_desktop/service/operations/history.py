"""What was: snapshots, what changed between them, the versions of a file, the log."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from aisync_desktop.observe.logging import redactor
from aisync_desktop.service.operations.request import HIGHEST, LONGEST_PATH, OLDER, SCOPE, LookRequest, Moment
from aisync_desktop.sync.reports.history import (
    SnapshotDifference,
    SnapshotReport,
    SnapshotSummary,
    VersionReport,
    VersionText,
    difference_of,
    history,
    snapshot_report,
    version_text,
    versions_of,
)
from aisync_desktop.sync.reports.logbook import Level, LogReport, log_lines
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.store.records import LogQuery

if TYPE_CHECKING:
    from aisync_desktop.program.world import World

_MOST = 10_000


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class Snapshots(_Answer):
    """Snapshots, newest first."""

    snapshots: tuple[SnapshotSummary, ...]


class Versions(_Answer):
    """The versions of a file, newest first."""

    versions: tuple[VersionReport, ...]


class Logs(_Answer):
    """Log lines, newest first."""

    logs: tuple[LogReport, ...]


class SnapshotsRequest(LookRequest):
    """The snapshots, newest first: who changed what, when, and which files were written."""

    limit: int = Field(50, ge=1, le=_MOST)
    before: int | None = Field(None, ge=1, le=HIGHEST, description=OLDER)
    scope: str = Field("", max_length=LONGEST_PATH, description=SCOPE)

    def run(self, world: World) -> Snapshots:
        """Look them up."""
        with closing(Reader.of(world)) as reader:
            return Snapshots(snapshots=history(reader, self.limit, self.before, self.scope or None))


class SnapshotRequest(LookRequest):
    """One snapshot: its items, what it changed, and the files that were written."""

    snapshot: int = Field(ge=1, le=HIGHEST)

    def run(self, world: World) -> SnapshotReport:
        """Look it up."""
        with closing(Reader.of(world)) as reader:
            return snapshot_report(reader, self.snapshot)


class DifferenceRequest(LookRequest):
    """What differs between two snapshots; in the latest of its scope, where the second is not named."""

    before: int = Field(ge=1, le=HIGHEST)
    after: int | None = Field(None, ge=1, le=HIGHEST)

    def run(self, world: World) -> SnapshotDifference:
        """Compare them."""
        with closing(Reader.of(world)) as reader:
            return difference_of(reader, self.before, self.after)


class VersionsRequest(LookRequest):
    """The versions of a file that are kept, newest first."""

    path: str = Field(max_length=LONGEST_PATH)
    limit: int = Field(50, ge=1, le=_MOST)
    before: int | None = Field(None, ge=1, le=HIGHEST, description=OLDER)

    def run(self, world: World) -> Versions:
        """Look them up."""
        with closing(Reader.of(world)) as reader:
            return Versions(versions=versions_of(reader, self.path, self.limit, self.before))


class VersionRequest(LookRequest):
    """What a file held, without its secrets."""

    version: int = Field(ge=1, le=HIGHEST)

    def run(self, world: World) -> VersionText:
        """Look it up."""
        with closing(Reader.of(world)) as reader:
            return version_text(reader, self.version)


class LogsRequest(LookRequest):
    """The log, newest line first; `level` is the least serious one, `search` words that a line holds all of."""

    level: Level | None = Field(None, description="Lines of this level and worse.")
    client: str = Field("", max_length=200)
    search: str = Field("", max_length=200)
    since: Moment | None = None
    until: Moment | None = None
    limit: int = Field(200, ge=1, le=_MOST)
    before: int | None = Field(None, ge=1, le=HIGHEST, description=OLDER)
    after: int | None = Field(None, ge=0, le=HIGHEST, description="Only what is newer than the one of this id.")

    def query(self) -> LogQuery:
        """Return it as the store wants it."""
        since: dt.datetime | None = self.since
        until: dt.datetime | None = self.until
        return LogQuery(
            levels=self.level.and_worse if self.level else (),
            client=self.client,
            search=self.search,
            since=since,
            until=until,
            limit=self.limit,
            before=self.before,
            after=self.after,
        )

    def run(self, world: World) -> Logs:
        """Look the lines up."""
        with closing(Reader.of(world)) as reader:
            return Logs(logs=log_lines(reader, self.query(), redactor.value))
