"""`aisync rollback`, `undo`, `redo`; `off`, `on`, `pin`, `unpin`: what is taken back, what is kept in step where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from aisync_desktop.cli.common import LAST, Json, Yes, open_session
from aisync_desktop.kernel.errors import WorldError

if TYPE_CHECKING:
    from aisync_desktop.cli.session import Session
    from aisync_desktop.service.operations.answer import SyncAnswer
    from aisync_desktop.service.operations.going_back import RedoRequest, RollbackRequest, UndoRequest

ScopeOption = Annotated[str, typer.Option("--scope", metavar="user|PATH", help="The user's files, or a project's.")]
What = Annotated[str, typer.Argument(metavar="WHAT", help="A client's id, a kind (mcp, rules), or an item.")]
Loosening = Annotated[
    bool, typer.Option("--allow-loosening", help="Go, although something that is refused now would not be after it.")
]
ItemName = Annotated[str, typer.Argument(metavar="ITEM", help="An item, as “aisync items” lists it.")]


def rollback(
    snapshot: Annotated[
        int, typer.Argument(metavar="SNAPSHOT", min=1, max=LAST, help="A number, as “aisync history” lists it.")
    ],
    *,
    client: Annotated[
        str, typer.Option(metavar="CLIENT", help="Put back this client's files only; the others follow it.")
    ] = "",
    allow_loosening: Loosening = False,
    as_json: Json = False,
) -> None:
    """Put the files back to what they had after a change; what clients keep in them for themselves stays."""
    from aisync_desktop.service.operations.going_back import RollbackRequest

    with open_session(as_json=as_json) as session:
        session.known_client(client)
        request = RollbackRequest(snapshot=snapshot, client=client, allow_loosening=allow_loosening)
        raise typer.Exit(session.show_sync(_gone(session, request)))


def undo(
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Put back the bytes of first sight, and keep nothing in step any more.")
    ] = False,
    allow_loosening: Loosening = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Take back the last change at every client; again, and it goes further back."""
    from aisync_desktop.service.operations.going_back import LeaveRequest, UndoRequest

    with open_session(as_json=as_json) as session:
        if everything and not yes:
            session.require_consent("cli.leave")
        undoing = UndoRequest(allow_loosening=allow_loosening)
        raise typer.Exit(session.show_sync(session.ask(LeaveRequest()) if everything else _gone(session, undoing)))


def redo(*, allow_loosening: Loosening = False, as_json: Json = False) -> None:
    """Do again what was undone last; again, and it goes on to what was undone before that."""
    from aisync_desktop.service.operations.going_back import RedoRequest

    with open_session(as_json=as_json) as session:
        raise typer.Exit(session.show_sync(_gone(session, RedoRequest(allow_loosening=allow_loosening))))


def _gone(session: Session, request: RollbackRequest | UndoRequest | RedoRequest) -> SyncAnswer:
    """Have a way gone; where it would allow what is refused now, only once the user has said so, of that very step."""
    try:
        return session.ask(request)
    except WorldError as error:
        if error.title.code != "undo.loosens":
            raise
    request = _of_now(session, request)
    try:
        return session.ask(request)
    except WorldError as error:
        if (
            error.title.code != "undo.loosens"
            or not session.out.can_ask
            or not session.out.agrees(session.say("cli.loosens", refused=session.out.say(error.message)))
        ):
            raise
    return session.ask(request.model_copy(update={"allow_loosening": True}))


def _of_now(
    session: Session, request: RollbackRequest | UndoRequest | RedoRequest
) -> RollbackRequest | UndoRequest | RedoRequest:
    """Return the request for the step that is the last one now, and no other: while somebody thinks, much happens."""
    from aisync_desktop.service.operations.going_back import (
        RedoPreviewRequest,
        RollbackRequest,
        UndoPreviewRequest,
        UndoRequest,
    )

    if isinstance(request, RollbackRequest):
        return request
    preview = UndoPreviewRequest() if isinstance(request, UndoRequest) else RedoPreviewRequest()
    return request.model_copy(update={"only": session.ask(preview).newest})


def off(what: What, *, scope: ScopeOption = "user", as_json: Json = False) -> None:
    """Leave a client, a kind or an item alone from now on; its files stay as they are."""
    from aisync_desktop.service.operations.switching import SwitchRequest

    with open_session(as_json=as_json) as session:
        request = SwitchRequest(what=what, scope=session.scope(scope), on=False)
        raise typer.Exit(session.show_sync(session.ask(request)))


def on(what: What, *, scope: ScopeOption = "user", as_json: Json = False) -> None:
    """Keep a client, a kind or an item in step again."""
    from aisync_desktop.service.operations.switching import SwitchRequest

    with open_session(as_json=as_json) as session:
        request = SwitchRequest(what=what, scope=session.scope(scope), on=True)
        raise typer.Exit(session.show_sync(session.ask(request)))


def pin(
    item: ItemName,
    clients: Annotated[list[str], typer.Argument(metavar="CLIENT...", help="The clients that have it.")],
    *,
    scope: ScopeOption = "user",
    as_json: Json = False,
) -> None:
    """Have an item at some clients only; the others give it up."""
    from aisync_desktop.service.operations.switching import PinRequest

    with open_session(as_json=as_json) as session:
        for client in clients:
            session.known_client(client)
        request = PinRequest(item=item, scope=session.scope(scope), clients=tuple(clients))
        raise typer.Exit(session.show_sync(session.ask(request)))


def unpin(item: ItemName, *, scope: ScopeOption = "user", as_json: Json = False) -> None:
    """Have a pinned item at every client again."""
    from aisync_desktop.service.operations.switching import PinRequest

    with open_session(as_json=as_json) as session:
        raise typer.Exit(session.show_sync(session.ask(PinRequest(item=item, scope=session.scope(scope)))))


COMMANDS = (rollback, undo, redo, off, on, pin, unpin)
