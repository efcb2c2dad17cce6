"""`aisync token`: your own token for the local API, those of other programs, and the password that gives some out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from aisync_desktop.cli.common import Json, minutes_in, open_session
from aisync_desktop.cli.grouped import ListedCommands
from aisync_desktop.kernel.access import Access

if TYPE_CHECKING:
    from aisync_desktop.cli.session import Session
    from aisync_desktop.service.operations.tokens import MadeToken, Tokens

_EVER = "ever"
_LONGEST = 3_650  # days
Name = Annotated[str, typer.Argument(metavar="NAME", help="Its name: small letters, digits and hyphens.")]

app = typer.Typer(
    cls=ListedCommands,
    invoke_without_command=True,
    help="Print your token for the local API; make others for other programs.",
)


@app.callback()
def own_token(context: typer.Context, *, as_json: Json = False) -> None:
    """Print your token for the local API; make others for other programs, that may do less and do not last for ever."""
    if context.invoked_subcommand:
        return
    with open_session(as_json=as_json) as session:
        found = session.token()
        session.out.answer({"token": found}, [found])


@app.command("new")
def new(
    token: Name,
    *,
    may: Annotated[
        list[Access] | None,
        typer.Option(
            "--may",
            metavar="read|write|person|ingest",
            help="What it may do; may be given again. “read” looks, “write” has things done, “person” does what only a "
            "person settles, “ingest” only sends in what assistants tell. None brings another along; it is “read” if "
            "nothing is said.",
        ),
    ] = None,
    duration: Annotated[
        str, typer.Option("--for", metavar="30m|8h|90d|ever", help="How long it lasts; “ever” is until you revoke it.")
    ] = "90d",
    as_json: Json = False,
) -> None:
    """Make a token for another program, and print its secret: this once, as it is kept nowhere."""
    from aisync_desktop.service.operations.tokens import TokenAddition

    minutes = _minutes(duration)
    with open_session(as_json=as_json) as session:
        asked = TokenAddition(name=token, scopes=tuple(dict.fromkeys(may or [Access.READ])), minutes=minutes)
        _show_secret(session, session.ask(asked))


@app.command("list")
def list_tokens(*, as_json: Json = False) -> None:
    """List the tokens of other programs: what each may do, and until when."""
    from aisync_desktop.service.operations.tokens import TokensRequest

    with open_session(as_json=as_json) as session:
        found = session.ask(TokensRequest())
        session.show(found, _lines(found, session))


@app.command("rotate")
def rotate(token: Name, *, as_json: Json = False) -> None:
    """Give a token another secret, and print it; the old one is good for nothing, nor is what was made with it."""
    from aisync_desktop.service.operations.tokens import TokenRotation

    with open_session(as_json=as_json) as session:
        _show_secret(session, session.ask(TokenRotation(name=token)))


@app.command("revoke")
def revoke(token: Name, *, as_json: Json = False) -> None:
    """Take a token back, and those that were made with it: from now on they are good for nothing."""
    from aisync_desktop.service.operations.tokens import TokenRevocation

    with open_session(as_json=as_json) as session:
        done = session.ask(TokenRevocation(name=token))
        session.show(done, [session.say("cli.token.revoked", names=", ".join(done.revoked))])


@app.command("password")
def password(
    *,
    remove: Annotated[bool, typer.Option("--remove", help="Have none: what was given out for it is over.")] = False,
    as_json: Json = False,
) -> None:
    """Set the password for which the local API gives out tokens for an hour.

    It is asked for, or read from standard input. The keyring keeps what it is known by. What was given out for the one
    before is good for nothing from then on.
    """
    from aisync_desktop.service.operations.passwords import PasswordRemoval, PasswordValue

    with open_session(as_json=as_json) as session:
        done = session.ask(PasswordRemoval() if remove else PasswordValue(password=_password(session)))
        session.show(done, [session.say("cli.token.password-set" if done.password else "cli.token.password-removed")])


def _password(session: Session) -> str:
    """Read a password that nobody sees, twice where a person types it."""
    from aisync_desktop.cli.output import has_terminal

    if not has_terminal():
        return sys.stdin.read().removesuffix("\n").removesuffix("\r")
    asked = session.say("cli.token.new-password")
    return str(typer.prompt(asked, hide_input=True, confirmation_prompt=session.say("cli.token.again"), err=True))


def _minutes(duration: str) -> int | None:
    if duration.strip() == _EVER:
        return None
    minutes = minutes_in(duration)
    if not 0 < minutes <= _LONGEST * 24 * 60:
        raise typer.BadParameter(f"{duration}: 30m, 8h, 90d (at most {_LONGEST}d) or ever", param_hint="--for")
    return minutes


def _show_secret(session: Session, made: MadeToken) -> None:
    from aisync_desktop.kernel.messages import text

    session.show(made, [made.token])
    session.tell(text("cli.token.once"))


def _lines(found: Tokens, session: Session) -> Iterator[str]:
    for one in found.tokens:
        until = f"{one.expires_at.astimezone():%Y-%m-%d %H:%M}" if one.expires_at else ""
        ends = "cli.token.for-ever" if not until else "cli.token.expired" if one.expired else "cli.token.until"
        may = ", ".join(one.scopes)
        yield f"{one.name}  {may}  {session.say(ends, time=until)}  {session.say('cli.token.made-by', by=one.made_by)}"
    if not found.tokens:
        yield session.say("cli.token.none")
    yield session.say("cli.token.has-password" if found.password else "cli.token.no-password")
