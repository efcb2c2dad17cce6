"""The commands of `aisync`. Reading ones look for themselves; the others ask the running app, or take the lock.

Nothing heavy is imported here: each command imports what it needs, and Qt comes only with `run`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from typer.main import get_command_name
from typer.models import CommandInfo, TyperInfo

from aisync_desktop import __version__
from aisync_desktop.cli import going_back
from aisync_desktop.cli.common import Json, Yes, minutes_in, open_session
from aisync_desktop.cli.exports import app as exports_app
from aisync_desktop.cli.faults import ended
from aisync_desktop.cli.files import app as files_app
from aisync_desktop.cli.grouped import ROOT_SETTINGS, GroupedCommands, ListedCommands
from aisync_desktop.cli.history import app as history_app
from aisync_desktop.cli.items import app as items_app
from aisync_desktop.cli.logs import app as logs_app
from aisync_desktop.cli.permissions import app as permissions_app
from aisync_desktop.cli.plain import plain_commands
from aisync_desktop.cli.projects import app as projects_app
from aisync_desktop.cli.secrets import app as secrets_app
from aisync_desktop.cli.tokens import app as tokens_app

_LONGEST = 7 * 24 * 60
if TYPE_CHECKING:
    from aisync_desktop.cli.session import Session
    from aisync_desktop.service.operations.program import Settings

app = typer.Typer(cls=GroupedCommands, **ROOT_SETTINGS)
settings_app = typer.Typer(cls=ListedCommands, no_args_is_help=True, help="Read and change settings.")
for command in going_back.COMMANDS:
    app.command()(command)
for verb, command in plain_commands():
    app.command(verb)(command)
app.add_typer(settings_app, name="settings")
app.add_typer(projects_app, name="project")
app.add_typer(files_app, name="file")
app.add_typer(secrets_app, name="secrets")
app.add_typer(tokens_app, name="token")

for noun in (items_app, permissions_app, history_app, logs_app, exports_app):
    app.add_typer(noun)


def start() -> None:
    """Run the command line."""
    sys.exit(ended(lambda: for_word(*sys.argv[1:2])(prog_name="aisync", standalone_mode=False)))


def for_word(word: str = "") -> typer.Typer:
    """Return the part of the command line that a first word is about; all of it, where there is no such word.

    Typer looks at the parameters of every command that it is given, and the others' are 15 ms of each start.
    """
    groups = [group for group in app.registered_groups if _is_about(group, word)]
    commands = [command for command in app.registered_commands if _name(command) == word]
    if not groups and not commands:
        return app
    part = typer.Typer(**ROOT_SETTINGS)
    part.registered_callback, part.info = app.registered_callback, app.info
    part.registered_groups, part.registered_commands = groups, commands
    return part


def _is_about(group: TyperInfo, word: str) -> bool:
    """Whether a word is a group's name or, where it has none, that of a command in it."""
    if isinstance(group.name, str):
        return group.name == word
    return any(_name(command) == word for command in (group.typer_instance or app).registered_commands)


def _name(command: CommandInfo) -> str:
    return command.name or get_command_name(getattr(command.callback, "__name__", ""))


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"aisync {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Keep the configuration of your AI coding assistants in step.

    Without a command: how everything stands, and what to do next.
    """
    if context.invoked_subcommand is None:
        from aisync_desktop.cli.overview import tell

        raise typer.Exit(tell())


@app.command()
def run(
    *,
    headless: Annotated[bool, typer.Option("--headless", help="Run without tray and windows.")] = False,
    background: Annotated[bool, typer.Option("--background", help="Start in the tray, with no window.")] = False,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port of the local API; 0 takes a free one.")
    ] = None,
) -> None:
    """Start the app: watch the clients' files and keep them in step."""
    from aisync_desktop.cli.run import Asked, start

    raise typer.Exit(start(Asked(headless, background, port)))


@app.command()
def status(
    *,
    metrics: Annotated[bool, typer.Option("--metrics", help="Show how the last day's syncs went, in figures.")] = False,
    as_json: Json = False,
) -> None:
    """Show how everything stands."""
    if metrics:
        from aisync_desktop.cli.metrics import tell

        return tell(as_json=as_json)
    from aisync_desktop.service.operations.standing import StatusRequest

    with open_session(as_json=as_json) as session:
        raise typer.Exit(session.show_status(session.ask(StatusRequest())))


@app.command()
def clients(*, as_json: Json = False) -> None:
    """List the clients: what is known of each, and what it keeps where."""
    from aisync_desktop.cli.clients import client_lines
    from aisync_desktop.service.operations.looking import ClientsRequest

    with open_session(as_json=as_json) as session:
        found = session.ask(ClientsRequest())
        session.show(found, client_lines(found, session))


@app.command()
def doctor(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Which repairs; the plain ones.")] = None,
    *,
    repair: Annotated[
        bool, typer.Option("--repair", help="Show what can be repaired, and do it once you agree.")
    ] = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Examine every file: what cannot be read, what is left alone, secrets in the open, servers that cannot start.

    With --repair: take secrets out of files, write references back, make files private. A repair that changes how a
    server is started in your own files, or agrees to what gets its secrets, is only done if you name it.
    """
    from aisync_desktop.cli.clients import finding_lines, findings_exit_code, repair_all
    from aisync_desktop.service.operations.repairing import DoctorRequest

    if ids and not repair:
        raise typer.BadParameter("an ID goes with --repair")
    with open_session(as_json=as_json) as session:
        if repair:
            raise typer.Exit(repair_all(session, tuple(ids or ()), yes=yes))
        found = session.ask(DoctorRequest())
        session.show(found, finding_lines(found.findings, session))
        raise typer.Exit(findings_exit_code(found.findings))


@app.command()
def plan(
    *,
    diff: Annotated[bool, typer.Option("--diff", help="With the bytes that would change in each file.")] = False,
    as_json: Json = False,
) -> None:
    """Show what would be written, what would be left out and what would be asked; write nothing."""
    from aisync_desktop.cli.plans import show_diff, show_plan

    raise typer.Exit(show_diff(as_json=as_json) if diff else show_plan(as_json=as_json))


@app.command()
def init(
    *,
    yes: Yes = False,
    prefer: Annotated[str, typer.Option(metavar="CLIENT", help="This client wins where clients differ.")] = "",
    as_json: Json = False,
) -> None:
    """Look at what is there, show what would be written, and begin once you agree."""
    from aisync_desktop.cli.plans import plan_lines
    from aisync_desktop.service.operations.planning import PlanRequest
    from aisync_desktop.service.operations.syncing import ApplyRequest

    with open_session(as_json=as_json) as session:
        session.known_client(prefer)
        agreed = ""
        if not yes:
            shown = session.ask(PlanRequest(prefer=prefer))
            session.out.show(plan_lines(shown, session))
            session.require_consent("cli.begin")
            agreed = shown.agreed
        request = ApplyRequest(adopt=True, prefer=prefer, agreed=agreed)
        raise typer.Exit(session.show_sync(session.ask(request)))


@app.command()
def pause(
    *,
    duration: Annotated[
        str, typer.Option("--for", metavar="30m|8h|2d", help="How long; until `aisync resume` without it.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Stop writing to the clients' files, for a while or until resumed; what happens meanwhile is caught up with."""
    from aisync_desktop.service.operations.syncing import PauseRequest

    with open_session(as_json=as_json) as session:
        session.show_sync(session.ask(PauseRequest(minutes=_minutes_of(duration))))


def _minutes_of(duration: str) -> int:
    """Return a duration as users type it, in minutes, 0 for none; what is none, or longer than a week, is refused."""
    if not duration:
        return 0
    minutes = minutes_in(duration)
    if not 0 < minutes <= _LONGEST:
        raise typer.BadParameter(f"{duration}: 30m, 8h or 2d, at most 7d", param_hint="--for")
    return minutes


@app.command()
def decisions(*, as_json: Json = False) -> None:
    """List the questions that wait for you: what each side says, and what can be answered."""
    from aisync_desktop.cli.questions import question_lines, questions_exit_code
    from aisync_desktop.service.operations.standing import DecisionsRequest

    with open_session(as_json=as_json) as session:
        found = session.ask(DecisionsRequest())
        session.show(found, question_lines(found.decisions, session))
        raise typer.Exit(questions_exit_code(found.decisions))


@app.command()
def decide(
    decision: Annotated[str, typer.Argument(metavar="ID")],
    *,
    take: Annotated[
        str,
        typer.Option(
            metavar="CLIENT|base|merged|restore|copy|launch|leave|allow",
            help="Whose side to take; “base” is what it was before, “merged” all that does not clash, "
            "“restore” the whole file of a client that was reset. Of what would be copied: copy it, or leave it; "
            "of a secret, too, have AISync launch the server with it. Of a project's new servers: allow them, as their "
            "lines are now, or leave them where they stand.",
        ),
    ],
    edit: Annotated[
        typer.FileText | None,
        typer.Option(
            metavar="FILE", encoding="utf-8", help="With merged: the item by hand, a server as JSON or a rule's text."
        ),
    ] = None,
    alike: Annotated[
        bool, typer.Option("--alike", help="Answer all questions of this kind alike: for all projects, or of one.")
    ] = False,
    items: Annotated[
        list[str] | None,
        typer.Option("--item", metavar="NAME", help="Of a project's new servers, only this one; may be given again."),
    ] = None,
    fields: Annotated[
        list[str] | None,
        typer.Option(
            "--field",
            metavar="FIELD=CLIENT|base",
            help="With merged: whose value a field that differs is to have; may be given again.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Answer a question and write the outcome everywhere."""
    from aisync_desktop.service.operations.syncing import DecideRequest

    if (edit is not None or fields) and take != "merged":
        raise typer.BadParameter("--edit and --field go with --take merged")
    chosen = _chosen(fields or ())
    with open_session(as_json=as_json) as session:
        written, only = _text_in(edit) if edit else "", tuple(items or ())
        request = DecideRequest(decision=decision, take=take, edit=written, alike=alike, items=only, fields=chosen)
        raise typer.Exit(session.show_sync(session.ask(request)))


def _chosen(words: Iterable[str]) -> dict[str, str]:
    """Return fields with whose values they are to have, as they were named on the command line."""
    chosen = dict(word.partition("=")[::2] for word in words)
    if not all(chosen.values()):
        raise typer.BadParameter("--field is to be FIELD=CLIENT, or FIELD=base")
    return chosen


def _text_in(file: typer.FileText) -> str:
    """Return what a file holds that was named on the command line."""
    try:
        return file.read()
    except UnicodeDecodeError as error:
        raise typer.BadParameter(f"{file.name} is not text in UTF-8") from error


@app.command(name="exec")
def exec_(
    server: Annotated[str, typer.Argument(metavar="SERVER", help="The server's name.")],
    *,
    scope: Annotated[
        str, typer.Option("--scope", metavar="user|PROJECT", help="The user's own server, or a project's.")
    ] = "",
    project: Annotated[str, typer.Option("--project", metavar="ROOT", help="The server of this project.")] = "",
) -> None:
    """Become a server, with its secrets from the safe in the environment: what clients start.

    Without an option it is the server of the project that the working folder is in, else the user's own.
    """
    from aisync_desktop.cli.exec import start, wanted

    raise typer.Exit(start(wanted(server, scope, project)))


@app.command(name="open")
def open_(
    page: Annotated[str, typer.Argument(help="A page, or a place on it: “decisions/ID”, “permissions”.")] = "",
    *,
    web: Annotated[bool, typer.Option("--web", help="Open the status page in the browser instead.")] = False,
    as_json: Json = False,
) -> None:
    """Bring the window of the running app to the front; --web opens its status page in the browser."""
    from aisync_desktop.kernel.messages import text
    from aisync_desktop.service.operations.program import ShowWindow

    with open_session(as_json=as_json) as session:
        if web:
            from aisync_desktop.cli.web import open_page

            raise typer.Exit(open_page(session))
        session.known_page(page)
        answer = session.ask(ShowWindow(route=page))
        session.show(answer, [] if answer.shown else [session.out.say(text("cli.no-window"))])
        raise typer.Exit(0 if answer.shown else 1)


class ShellName(StrEnum):
    """The shells of cli/completion.py, which `--help` does not wait for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


@app.command()
def completion(
    shell: Annotated[ShellName, typer.Argument(metavar="SHELL", help="The shell to complete commands in.")],
) -> None:
    """Print what has a shell complete commands, options and names at Tab.

    bash: source <(aisync completion bash); zsh: source <(aisync completion zsh); fish: aisync completion fish | source;
    PowerShell: aisync completion powershell | Out-String | Invoke-Expression. In the shell's start-up file it is there
    in every terminal.
    """
    from aisync_desktop.cli.completion import tell

    raise typer.Exit(tell([shell.value]) or 0)


@settings_app.command("get")
def settings_get(
    name: Annotated[str, typer.Argument(help="A setting; all without it.")] = "", *, as_json: Json = False
) -> None:
    """Show one setting or all."""
    from aisync_desktop.service.operations.program import SettingsRequest

    with open_session(as_json=as_json) as session:
        session.known_setting(name)
        _show_settings(session, session.ask(SettingsRequest(name=name)))


@settings_app.command("set")
def settings_set(name: str, value: str, *, as_json: Json = False) -> None:
    """Change a setting; the running app takes it over at once or, where it says so, at its next start."""
    from aisync_desktop.kernel.settings import parse_value
    from aisync_desktop.service.operations.program import SettingChange

    with open_session(as_json=as_json) as session:
        session.known_setting(name)
        change = SettingChange.model_validate({"name": name, "value": parse_value(value)})
        _show_settings(session, session.ask(change))


def _show_settings(session: Session, found: Settings) -> None:
    session.show(found, [f"{key} = {value}" for key, value in found.settings.items()])
