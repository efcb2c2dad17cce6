"""`aisync logs`: what AISync did, filtered, searched and followed."""

from __future__ import annotations

import datetime as dt
import json
import re
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from aisync_desktop.cli.common import Limit, open_session

if TYPE_CHECKING:
    from aisync_desktop.cli.session import Session
    from aisync_desktop.service.operations.history import LogsRequest
    from aisync_desktop.sync.reports.logbook import LogReport

app = typer.Typer()
_SPAN = re.compile(r"(\d{1,5})\s*([smhdw])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


class LevelName(StrEnum):
    """The levels of sync/reports/logbook.py, which `--help` does not wait for."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


LevelOption = Annotated[LevelName | None, typer.Option("--level", help="Only lines of this level and worse.")]
ClientOption = Annotated[str, typer.Option("--client", metavar="CLIENT", help="Only lines about this client.")]
SinceOption = Annotated[
    str,
    typer.Option("--since", metavar="TIME", help="Only lines since then: 2026-01-31, 2026-01-31T09:30, 45m, 2h, 3d."),
]
SearchOption = Annotated[
    str, typer.Option("--search", metavar="WORDS", help="Only lines that hold all of these words.")
]


@app.command()
def logs(
    *,
    level: LevelOption = None,
    client: ClientOption = "",
    since: SinceOption = "",
    search: SearchOption = "",
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on with new lines until Ctrl+C.")] = False,
    limit: Limit = 200,
    as_json: Annotated[
        bool, typer.Option("--json", help="Answer with one JSON object; with --follow, with one per line.")
    ] = False,
) -> None:
    """Show the log, the newest line last."""
    with open_session(as_json=as_json) as session:
        asked = lines_wanted(session, level, client, since, search, limit)
        if follow:
            _follow(session, asked)
            return
        found = session.ask(asked)
        session.show(found, (_line(line, session) for line in found.logs[::-1]))


def lines_wanted(
    session: Session, level: LevelName | None, client: str, since: str, search: str, limit: int = 1
) -> LogsRequest:
    """Return what asks for the lines that the options stand for."""
    from aisync_desktop.service.operations.history import LogsRequest

    moment = moment_named(since, session.world.clock.now()) if since else None
    asked = {"level": level.value if level else None, "client": client, "search": search, "limit": limit}
    return LogsRequest.model_validate({**asked, "since": moment})


def moment_named(word: str, now: dt.datetime) -> dt.datetime:
    """Return the moment that a user means: a time (of this place, if it does not say) or a span before now."""
    span = _SPAN.fullmatch(word.strip())
    try:
        if span:
            return now - dt.timedelta(seconds=int(span[1]) * _SECONDS[span[2]])
        return dt.datetime.fromisoformat(word.strip()).astimezone()
    except (ValueError, OverflowError) as error:
        raise typer.BadParameter("2026-01-31, 2026-01-31T09:30, 45m, 2h, 3d", param_hint="--since") from error


def _follow(session: Session, asked: LogsRequest) -> None:
    """Print the last lines, then new ones as they come: at once where the app runs, else within a second."""
    from aisync_desktop.service.leaving import tail
    from aisync_desktop.service.listening import waiting

    with suppress(KeyboardInterrupt), waiting(session.world.places, session.world.clock) as wait:
        for line in tail(session.world, asked, wait):
            session.out.stream(line.model_dump(mode="json"), _line(line, session))


def _line(line: LogReport, session: Session) -> str:
    context = "  ".join(f"{name}={_shown(value)}" for name, value in line.context.items())
    when, said = f"{line.timestamp.astimezone():%Y-%m-%d %H:%M:%S}", _message(line.message, session)
    return f"{when}  {line.level:<7}  {said}  {context}".rstrip()


def _message(message: str, session: Session) -> str:
    """Return a line's message; where it is the code of a text, that text in the user's language."""
    try:
        return session.say(message)
    except KeyError:
        return message


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
