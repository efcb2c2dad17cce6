"""`aisync secrets`: what is kept where, whether it can be had, changing and forgetting it; no value is ever shown."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from aisync_desktop.cli.common import Json, Yes, open_session
from aisync_desktop.cli.grouped import ListedCommands
from aisync_desktop.cli.output import has_terminal

if TYPE_CHECKING:
    from aisync_desktop.cli.session import Session
    from aisync_desktop.sync.reports.secret_checks import Check
    from aisync_desktop.sync.reports.secret_reports import Place, SecretReport

app = typer.Typer(
    cls=ListedCommands, no_args_is_help=True, help="See where secrets are kept, and change or forget them."
)


def _reference(word: str) -> str:
    """Return a reference; what is none is not repeated, as it may be a value that was typed by mistake."""
    if not re.fullmatch(r"(?:secret:)?[0-9a-f]{16}", word):
        raise typer.BadParameter("a reference is secret: and 16 digits or letters, as “aisync secrets list” shows it")
    return f"secret:{word.removeprefix('secret:')}"


Reference = Annotated[
    str, typer.Argument(metavar="REF", parser=_reference, help="A reference, as “aisync secrets list” shows it.")
]


@app.command("list")
def list_secrets(*, as_json: Json = False) -> None:
    """List the secrets: where each is used, and where its value is kept."""
    from aisync_desktop.service.operations.secrets import SecretsRequest

    with open_session(as_json=as_json) as session:
        found = session.ask(SecretsRequest())
        session.show(found, _lines(found.secrets, session))


def _lines(found: Iterable[SecretReport], session: Session) -> Iterator[str]:
    reports = tuple(found)
    for one in reports:
        since = f"{one.since.astimezone():%Y-%m-%d}" if one.since else ""
        code = f"cli.secrets.{one.kept or 'not-kept'}"
        yield f"{one.reference}  {session.say(code, time=since)}"
        if not one.used:
            yield f"  {session.say('cli.secrets.unused')}"
        yield from (f"  {_shown(place)}" for place in one.places)
    if not reports:
        yield session.say("cli.secrets.none")


def _shown(place: Place) -> str:
    project = "" if place.scope == "user" else f"{place.scope.removeprefix('project:')} "
    return f"{project}{place.item} {place.field}: {', '.join(place.clients)}".removesuffix(": ")


@app.command("set")
def set_secret(reference: Reference, *, as_json: Json = False) -> None:
    """Give a secret another value wherever the old one stands; it is asked for, or read from standard input."""
    from aisync_desktop.kernel.messages import text
    from aisync_desktop.service.operations.secrets import SecretValue
    from aisync_desktop.sync.reports.secret_checks import holders_now

    with open_session(as_json=as_json) as session:
        answer = session.ask(SecretValue(reference=reference, value=_value(session)))
        if left := holders_now(reference, session.world):
            session.tell(text("cli.secrets.left", places=", ".join(left)))
        raise typer.Exit(session.show_sync(answer))


def _value(session: Session) -> str:
    """Read a value that nobody sees: never an argument, as those are in the shell's history and the process list."""
    if has_terminal():
        return str(typer.prompt(session.say("cli.secrets.new-value"), hide_input=True, err=True))
    return sys.stdin.read().removesuffix("\n").removesuffix("\r")


@app.command("get-ref")
def get_ref(
    item: Annotated[str, typer.Argument(metavar="ITEM", help="An item, as “aisync items” lists it.")],
    field: Annotated[str, typer.Argument(metavar="FIELD", help="Its field: env.TOKEN, headers.Authorization, url.")],
    *,
    scope: Annotated[
        str, typer.Option("--scope", metavar="user|PATH", help="The user's files, or a project's.")
    ] = "user",
    as_json: Json = False,
) -> None:
    """Print the reference of the secret in an item's field."""
    from aisync_desktop.service.operations.secrets import ReferencesRequest

    with open_session(as_json=as_json) as session:
        found = session.ask(ReferencesRequest(scope=session.scope(scope), item=item, field=field))
        session.show(found, found.references)


@app.command("check")
def check(*, as_json: Json = False) -> None:
    """Tell for each secret whether its value can be had, and whether the clients' files agree."""
    from aisync_desktop.service.operations.looking import SecretCheckRequest
    from aisync_desktop.service.told import FINE, WAITING

    with open_session(as_json=as_json) as session:
        found = session.ask(SecretCheckRequest())
        session.show(found, _check_lines(found, session))
        raise typer.Exit(FINE if found.well else WAITING)


def _check_lines(found: Check, session: Session) -> Iterator[str]:
    for one in found.secrets:
        yield f"{one.reference}  {session.say(f'cli.secrets.{one.had.value}')}"
    for each in found.differing:
        project = "" if each.scope == "user" else f"{session.place(each.scope)} "
        yield f"{project}{each.item}  {session.say('cli.secrets.differs', field=each.field)}"
        yield from (f"  {client}: {reference}" for client, reference in sorted(each.held.items()))
    if not found.secrets:
        yield session.say("cli.secrets.none")


@app.command("remove")
def remove(reference: Reference, *, yes: Yes = False, as_json: Json = False) -> None:
    """Forget a value; old versions of files, which history keeps encrypted, hold it until they are too old.

    One that an item uses is forgotten only with --yes, and kept again as long as a file holds it.
    """
    from aisync_desktop.service.operations.secrets import SecretRemoval

    with open_session(as_json=as_json) as session:
        done = session.ask(SecretRemoval(reference=reference, used=yes))
        session.show(done, [session.say("cli.secrets.removed", reference=done.removed)])
