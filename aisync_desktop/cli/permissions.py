"""`aisync allowed` asks what clients would do; `aisync permissions` tells what each may do, and what nobody should."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from aisync_desktop.cli.common import Json, open_session
from aisync_desktop.kernel.texts import padded, width

if TYPE_CHECKING:
    from aisync_desktop.cli.session import Session
    from aisync_desktop.sync.reports.allowed import Answer
    from aisync_desktop.sync.reports.audit import Danger, Rights

app = typer.Typer()
_EVERYBODY = "all"
InProject = Annotated[str, typer.Option("--project", metavar="PATH", help="In a project's folder; else at home.")]


class ToolName(StrEnum):
    """What an assistant does; `shell` and `bash` are the same."""

    BASH = "bash"
    SHELL = "shell"
    READ = "read"
    EDIT = "edit"
    FETCH = "fetch"
    MCP = "mcp"


@app.command()
def allowed(
    client: Annotated[str, typer.Argument(metavar="CLIENT|all", help="Whom to ask.")],
    tool: Annotated[ToolName, typer.Argument(help="What it would do.")],
    argument: Annotated[
        list[str], typer.Argument(metavar="ARG...", help="A command line, a path, a URL; or a server and its tool.")
    ],
    *,
    project: InProject = "",
    as_json: Json = False,
) -> None:
    """Ask whether a client would run, read, edit, fetch or call something: allow, ask or deny, and by which rule."""
    from aisync_desktop.service.operations.looking import AllowedRequest

    separator = "." if tool is ToolName.MCP else " "
    with open_session(as_json=as_json) as session:
        whom = "" if client == _EVERYBODY else client
        asked = AllowedRequest.model_validate(
            {"client": whom, "tool": tool.value, "argument": separator.join(argument), "project": _root(project)}
        )
        found = session.ask(asked)
        session.show(found, _answer_lines(found.answers, session))


@app.command()
def permissions(*, project: InProject = "", as_json: Json = False) -> None:
    """Audit the permissions: what each client may do that others may not, and what is dangerous to allow."""
    from aisync_desktop.service.operations.looking import PermissionsRequest

    with open_session(as_json=as_json) as session:
        found = session.ask(PermissionsRequest(project=_root(project)))
        session.show(found, _rights_lines(found.clients, session))


def _root(project: str) -> str:
    return os.path.realpath(project) if project else ""


def _answer_lines(answers: Sequence[Answer], session: Session) -> Iterator[str]:
    if not answers:
        yield session.say("cli.permissions.none")
        return
    longest = max(width(answer.name) for answer in answers)
    for answer in answers:
        yield f"{padded(answer.name, longest)} {answer.action.value:<6} {_reason(answer, session)}"


def _reason(answer: Answer, session: Session) -> str:
    """Return why, and what there is to know besides."""
    reason = _cause(answer, session)
    if answer.limits is None:
        return reason
    return session.say("cli.allowed.limited", reason=reason, limits=session.out.say(answer.limits))


def _cause(answer: Answer, session: Session) -> str:
    path = session.path(answer.path) if answer.path else ""
    place = f"{path}:{answer.line}" if answer.line else path
    if answer.mode:
        return session.say("cli.allowed.mode", mode=answer.mode, path=place)
    if answer.rule:
        return session.say("cli.allowed.by", rule=answer.rule, path=place)
    return session.say("allowed.default")


def _danger(danger: Danger, session: Session) -> str:
    what = session.out.say(danger.message)
    if not danger.example:
        return session.say("cli.permissions.mode", what=what)
    return session.say("cli.permissions.danger", what=what, example=danger.example)


def _rights_lines(found: Iterable[Rights], session: Session) -> Iterator[str]:
    clients = tuple(found)
    names = {rights.client: rights.name for rights in clients}
    for rights in clients:
        yield rights.name
        for danger in rights.dangers:
            yield f"  ! {_danger(danger, session)}"
            yield f"      {_reason(danger.answer, session)}"
        for right in rights.rights:
            yield f"  {right.rule}  {session.path(right.path)}:{right.line}"
            if right.not_at:
                yield "      " + session.say(
                    "cli.permissions.not-at", clients=", ".join(names[client] for client in right.not_at)
                )
    if not clients:
        yield session.say("cli.permissions.none")
