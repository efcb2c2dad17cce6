"""History as people and programs see it: snapshots, what they changed, and what a file held."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import JsonValue

from aisync_desktop.cli.session import Session
from aisync_desktop.files.fresh import fresh_file
from aisync_desktop.kernel.actors import USER
from aisync_desktop.kernel.line_diff import diff_lines
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.told_apart import told_apart
from aisync_desktop.service.leaving import file_version
from aisync_desktop.service.operations.history import (
    DifferenceRequest,
    SnapshotRequest,
    SnapshotsRequest,
    VersionRequest,
    VersionsRequest,
)
from aisync_desktop.sync.reports.history import FieldChange, ItemChange, SnapshotReport, SnapshotSummary, VersionReport

_CONTEXT = 1  # unchanged lines around a change
_LONGEST = 100  # of a line that sums up; a list of servers can be long


def snapshots(session: Session, limit: int, scope: str) -> None:
    """Show snapshots, newest first."""
    found = session.ask(SnapshotsRequest(limit=limit, scope=scope))
    lines = [line for each in found.snapshots for line in _summary_lines(each, session)]
    session.show(found, lines or [session.say("cli.no-history")])


def snapshot(session: Session, number: int) -> None:
    """Show one snapshot with all that belongs to it."""
    found = session.ask(SnapshotRequest(snapshot=number))
    session.show(found, _report_lines(found, session))


def difference(session: Session, before: int, after: int | None) -> None:
    """Show what differs between two snapshots."""
    found = session.ask(DifferenceRequest(before=before, after=after))
    session.show(found, list(_change_lines(found.changes)) or [session.say("cli.same")])


def versions(session: Session, path: str, limit: int) -> None:
    """Show the versions of a file, newest first."""
    found = session.ask(VersionsRequest(path=path, limit=limit))
    session.show(found, [*map(_version_line, found.versions)] or [session.say("cli.no-versions", path=path)])


def version(session: Session, number: int) -> None:
    """Show what a file held without its secrets: a terminal is no place for them."""
    found = session.ask(VersionRequest(version=number))
    if found.hidden:
        session.tell(text("cli.hidden", version=number))
    session.show(found, (line.rstrip("\r") for line in found.text.removesuffix("\n").split("\n")))


def take_out(session: Session, number: int, target: Path, *, force: bool) -> None:
    """Write what a file held, byte for byte, into another one."""
    found, data = file_version(session.world, number)
    with fresh_file(target, overwrite=force) as file:
        file.write(data)
    answer = found.model_dump(mode="json") | {"output": str(target)}
    session.out.answer({"version": answer}, [session.say("cli.written", path=str(target))])


def _summary_lines(each: SnapshotSummary, session: Session) -> Iterator[str]:
    written = session.say("cli.files-written", count=len(each.files))
    again = f"  = {each.restored}" if each.restored is not None else ""
    by = each.asked_by if each.created_by == USER and each.asked_by else each.created_by
    yield f"{each.id:>5}{again}  {_time(each.created_at)}  {by}  {session.place(each.scope)}  ({written})"
    yield f"       {_short(each.summary)}"


def _report_lines(found: SnapshotReport, session: Session) -> Iterator[str]:
    yield from _summary_lines(found, session)
    yield from (f"  {write.state.value:<8} {write.client:<14} {write.path}" for write in found.writes)
    yield ""
    yield from _change_lines(found.changes)
    yield ""
    for key, fields in found.config.items():
        yield key
        for name, value in fields.items() if isinstance(fields, dict) else ():
            yield from _value_lines(name, value)


def _version_line(version: VersionReport) -> str:
    size = f"{version.size:>9}" if version.exists else f"{'-':>9}"
    return f"{version.id:>5}  {_time(version.created_at)}  {size}  {version.actor}  {version.reason}"


def _change_lines(changes: Iterable[ItemChange]) -> Iterator[str]:
    for change in changes:
        yield f"{change.sign} {change.item}"
        for field in change.fields:
            yield from _field_lines(field)


def _field_lines(field: FieldChange) -> Iterator[str]:
    old, new = field.before, field.after
    if isinstance(old, str) and isinstance(new, str) and ("\n" in old or "\n" in new):
        yield f"    ~ {field.field}:"
        yield from (f"      {line.sign}{line.text}" for line in diff_lines(old, new, _CONTEXT))
    elif old is None:
        yield f"    + {field.field}: {_shown(new)}"
    elif new is None:
        yield f"    - {field.field}: {_shown(old)}"
    else:
        before, after = told_apart([old, new], spell=_shown)
        yield f"    ~ {field.field}: {before} -> {after}"


def _value_lines(name: str, value: JsonValue) -> Iterator[str]:
    if isinstance(value, str) and "\n" in value:
        yield f"    {name}:"
        yield from (f"      {line}" for line in value.removesuffix("\n").split("\n"))
    else:
        yield f"    {name}: {_shown(value)}"


def _shown(value: JsonValue) -> str:
    return value if isinstance(value, str) and "\n" not in value else json.dumps(value, ensure_ascii=False)


def _short(summary: str) -> str:
    return summary if len(summary) <= _LONGEST else f"{summary[: _LONGEST - 1]}…"


def _time(moment: dt.datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S}"
