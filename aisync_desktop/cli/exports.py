"""`aisync export`, `backup` and `restore`: what leaves the database, and what comes back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from aisync_desktop.cli.common import Force, Json, Yes, open_session, user_path
from aisync_desktop.cli.logs import ClientOption, LevelOption, SearchOption, SinceOption, lines_wanted

if TYPE_CHECKING:
    from pathlib import Path

    from aisync_desktop.cli.session import Session
    from aisync_desktop.kernel.values import Value

app = typer.Typer()
_STDOUT = "-"


class KindName(StrEnum):
    """What can be exported; the words of sync/store/export.py, which `--help` does not wait for."""

    LOGS = "logs"
    SNAPSHOTS = "snapshots"
    AUDIT = "audit"


class FormatName(StrEnum):
    """How; the words of sync/store/export.py."""

    CSV = "csv"
    JSON = "json"
    NDJSON = "ndjson"


@app.command()
def export(
    kind: Annotated[KindName, typer.Argument(help="What to export.")],
    *,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where to; - is the standard output.")],
    form: Annotated[
        FormatName, typer.Option("--format", help="A table, one JSON object, or one per line.")
    ] = FormatName.JSON,
    force: Force = False,
    level: LevelOption = None,
    client: ClientOption = "",
    since: SinceOption = "",
    search: SearchOption = "",
    as_json: Json = False,
) -> None:
    """Export the log, the changes (“snapshots”) or the audit trail, newest first and without secrets."""
    if (level or client or since or search) and kind is not KindName.LOGS:
        raise typer.BadParameter("--level, --client, --since, --search: logs")
    from aisync_desktop.service.leaving import exported
    from aisync_desktop.sync.store.export import ExportFormat, ExportKind

    with open_session(as_json=as_json) as session:
        lines = lines_wanted(session, level, client, since, search)
        with (
            _opened(session, output, force=force) as (file, path),
            exported(session.world, ExportKind(kind.value), ExportFormat(form.value), lines) as made,
            session.working("cli.working.export", lambda: made.rows),
        ):
            file.writelines(made)
        _report(session, kind, form, path, made.rows)


@contextmanager
def _opened(session: Session, output: str, *, force: bool) -> Iterator[tuple[BinaryIO, Path | None]]:
    """Give what to write to, and its path unless it is the standard output."""
    if output == _STDOUT:
        yield sys.stdout.buffer, None
        return
    from aisync_desktop.files.fresh import fresh_file

    path = session.target(user_path(output))
    with fresh_file(path, overwrite=force) as file:
        yield file, path


def _report(session: Session, kind: KindName, form: FormatName, path: Path | None, rows: int) -> None:
    """Have the export written down, and say so; on the standard output is the export itself."""
    from aisync_desktop.kernel.messages import text
    from aisync_desktop.service.operations.program import ExportRecord

    record = ExportRecord.model_validate(
        {"kind": kind.value, "format": form.value, "path": str(path or ""), "rows": rows}
    )
    recorded = session.record(record)
    if not recorded:
        session.tell(text("export.unrecorded"))
    if path is not None:
        answer = record.model_dump(mode="json") | {"recorded": recorded}
        session.out.answer({"export": answer}, [session.say("export.done", rows=rows, path=str(path))])


@app.command()
def backup(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where to; without it, among AISync's own files.")] = "",
    *,
    passphrase: Annotated[
        bool, typer.Option("--passphrase", help="For another machine, too: key and secrets under a passphrase.")
    ] = False,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Copy the database with all history into one file, also while the app runs.

    The passphrase is asked for, or read from standard input as one line.
    """
    from aisync_desktop.files.fresh import fresh_path
    from aisync_desktop.service.backups import back_up

    with open_session(as_json=as_json) as session:
        path = session.target(user_path(file)) if file else _usual_place(session)
        with fresh_path(path, overwrite=force) as part:
            if passphrase:  # which is asked for in between
                back_up(session.world, part, partial(_passphrase, session, twice=True))
            else:
                with session.working("cli.working.backup"):
                    back_up(session.world, part)
        answer: Value = {"path": str(path), "size": path.stat().st_size}
        lines = [
            session.say("backup.done", path=str(path)),
            session.say("backup.done.wrapped" if passphrase else "backup.done.key"),
        ]
        session.out.answer({"backup": answer}, lines)


def _passphrase(session: Session, *, twice: bool = False) -> str:
    """Read a passphrase that nobody sees: never an argument, as those are in the shell's history and process list."""
    from aisync_desktop.cli.output import has_terminal

    if has_terminal():
        told = session.say("backup.passphrase")
        return str(typer.prompt(told, hide_input=True, confirmation_prompt=twice, err=True))
    return sys.stdin.readline().rstrip("\r\n")


def _usual_place(session: Session) -> Path:
    session.backups.mkdir(mode=0o700, exist_ok=True)
    return session.backups / f"aisync-{session.world.clock.now():%Y%m%d-%H%M%S}.sqlite3"


@app.command()
def restore(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file that “aisync backup” made.")],
    *,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Put a backup in the database's place; the database as it is now is kept beside it. Quit the app first.

    A backup of another machine needs its passphrase: it is asked for, or read from standard input as one line.
    """
    from aisync_desktop.service.backups import restore as put_back
    from aisync_desktop.sync.store.backups import require_backup

    with open_session(as_json=as_json) as session:
        path = user_path(file)
        require_backup(path)
        if not yes:
            session.require_consent("backup.confirm")
        kept = put_back(session.world, path, partial(_passphrase, session))
        lines = [session.say("backup.restored", path=str(path))]
        if kept:
            lines.append(session.say("backup.kept", path=str(kept)))
        session.out.answer({"restore": {"path": str(path), "kept": str(kept or "")}}, lines)
