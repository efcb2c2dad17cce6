"""The commands of `aisync`. Reading ones look for themselves; the others ask the running app, or take the lock.

Nothing heavy is imported here: each command imports what it needs, and Qt comes only with `run`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from aisync_desktop import __version__
from aisync_desktop.cli.projects import app as projects_app

if TYPE_CHECKING:
    from aisync_desktop.cli.session import Session

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Keeps the configuration of your AI coding assistants in step.",
)
settings_app = typer.Typer(no_args_is_help=True, help="Read and change settings.")
app.add_typer(settings_app, name="settings")
app.add_typer(projects_app, name="project")

Json = Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Answer every question with yes.")]


def _session(*, as_json: bool = False) -> Session:
    """Begin a command's work; everything that it needs is imported here, so that `--help` stays quick."""
    from aisync_desktop.cli.session import Session  # noqa: PLC0415 - see above

    return Session(as_json=as_json)


def start() -> None:
    """Run the command line; a fault of ours becomes a report and one line, never a traceback in the user's face."""
    try:
        app(prog_name="aisync")
    except Exception as error:  # noqa: BLE001 - the outermost boundary
        from aisync_desktop.cli.faults import report_bug  # noqa: PLC0415 - hopefully never needed

        report_bug(error)
        sys.exit(1)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"aisync {__version__}")
        raise typer.Exit


@app.callback()
def main(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Keep the configuration of your AI coding assistants in step."""


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
    from aisync_desktop.pipeline.qt import import_qt  # noqa: PLC0415 - Qt comes with it

    import_qt()
    from aisync_desktop.app import run_app  # noqa: PLC0415 - after Qt

    with _session() as session:
        raise typer.Exit(run_app(session.world, session.tell, headless=headless, background=background, port=port))


@app.command()
def status(*, as_json: Json = False) -> None:
    """Show how everything stands."""
    with _session(as_json=as_json) as session:
        raise typer.Exit(session.show_status(session.status()))


@app.command()
def clients(*, as_json: Json = False) -> None:
    """List the clients: what is known of each, and what it keeps where."""
    from aisync_desktop.cli.clients import client_lines  # noqa: PLC0415 - only this command shows them

    with _session(as_json=as_json) as session:
        found = session.clients()
        session.out.answer(
            {"clients": [one.model_dump(mode="json") for one in found]}, client_lines(found, session.out)
        )


@app.command()
def doctor(*, as_json: Json = False) -> None:
    """Examine every file: what cannot be read, what is left alone, secrets in the open, servers that cannot start."""
    from aisync_desktop.cli.clients import finding_answer, finding_lines, findings_exit_code  # noqa: PLC0415 - as above

    with _session(as_json=as_json) as session:
        found = session.findings()
        session.out.answer({"findings": [finding_answer(one) for one in found]}, finding_lines(found, session.out))
        raise typer.Exit(findings_exit_code(found))


@app.command()
def plan(*, as_json: Json = False) -> None:
    """Show what would be written, what would be lost and what would be asked; write nothing."""
    from aisync_desktop.cli.plans import plan_answer, plan_exit_code, plan_lines  # noqa: PLC0415 - only this command shows plans

    with _session(as_json=as_json) as session:
        found = session.plan()
        session.out.answer(plan_answer(found), plan_lines(found, session.out))
        raise typer.Exit(plan_exit_code(found))


@app.command()
def init(
    *,
    yes: Yes = False,
    prefer: Annotated[str, typer.Option(metavar="CLIENT", help="This client wins where clients differ.")] = "",
    as_json: Json = False,
) -> None:
    """Look at what is there, show what would be written, and begin once you agree."""
    from aisync_desktop.cli.plans import plan_lines  # noqa: PLC0415 - as above

    with _session(as_json=as_json) as session:
        session.known_client(prefer)
        if not yes:
            typer.echo("\n".join(plan_lines(session.plan(prefer), session.out)), err=as_json)
            typer.confirm(session.say("cli.begin"), abort=True, err=as_json)
        raise typer.Exit(session.show_sync(session.apply(adopt=True, prefer=prefer)))


@app.command()
def sync(*, as_json: Json = False) -> None:
    """Bring everything in step now."""
    with _session(as_json=as_json) as session:
        raise typer.Exit(session.show_sync(session.apply()))


@app.command()
def pause(
    *,
    duration: Annotated[
        str, typer.Option("--for", metavar="30m|8h|2d", help="How long; until `aisync resume` without it.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Stop writing to the clients' files, for a while or until resumed; what happens meanwhile is caught up with."""
    from aisync_desktop.cli.durations import minutes_of  # noqa: PLC0415 - wanted here alone

    with _session(as_json=as_json) as session:
        answer = session.pause(minutes_of(duration))
        session.show_sync(answer)


@app.command()
def resume(*, as_json: Json = False) -> None:
    """End a pause and bring everything in step."""
    with _session(as_json=as_json) as session:
        raise typer.Exit(session.show_sync(session.pause(paused=False)))


@app.command()
def decisions(*, as_json: Json = False) -> None:
    """List what waits for your decision."""
    with _session(as_json=as_json) as session:
        raise typer.Exit(session.show_decisions(session.status()))


@app.command()
def decide(
    decision: Annotated[str, typer.Argument(metavar="ID")],
    *,
    take: Annotated[
        str, typer.Option(metavar="CLIENT|base", help="Whose side to take; base is what was agreed before.")
    ],
    as_json: Json = False,
) -> None:
    """Settle a decision and write the outcome everywhere."""
    with _session(as_json=as_json) as session:
        raise typer.Exit(session.show_sync(session.decide(decision, take)))


@app.command()
def token(*, as_json: Json = False) -> None:
    """Print the bearer token of the local API."""
    with _session(as_json=as_json) as session:
        found = session.token()
        session.out.answer({"token": found}, [found])


@settings_app.command("get")
def settings_get(
    name: Annotated[str, typer.Argument(help="A setting; all without it.")] = "", *, as_json: Json = False
) -> None:
    """Show one setting or all."""
    with _session(as_json=as_json) as session:
        found = session.settings(name)
        session.out.answer({"settings": found}, [f"{key} = {value}" for key, value in found.items()])


@settings_app.command("set")
def settings_set(name: str, value: str, *, as_json: Json = False) -> None:
    """Change a setting; the running app takes it over at once or, where it says so, at its next start."""
    with _session(as_json=as_json) as session:
        found = session.set_setting(name, value)
        session.out.answer({"settings": found}, [f"{key} = {shown}" for key, shown in found.items()])
