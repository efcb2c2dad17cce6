"""`aisync project`: which folders are kept in step beside the user's own files."""

from __future__ import annotations

from typing import Annotated

import typer

from aisync_desktop.cli.common import Json, open_session
from aisync_desktop.cli.grouped import ListedCommands

app = typer.Typer(cls=ListedCommands, no_args_is_help=True, help="Keep the files of a project in step, too.")
Folder = Annotated[str, typer.Argument(metavar="PATH", help="The root folder of the project.")]


@app.command("add")
def add(
    path: Folder,
    *,
    yes: Annotated[
        bool,
        typer.Option("--yes", "-y", help="Begin without asking; servers that the project brings still wait for you."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Show what would be written in a project, and keep it in step once you agree.

    Servers that the project brings come into its other files once you have allowed their lines: at once, or by
    `aisync decide`. Of a project that is known, what was left where it stands is asked about again.
    """
    from aisync_desktop.cli.plans import plan_lines
    from aisync_desktop.cli.questions import asking_about_servers
    from aisync_desktop.service.operations.planning import PlanRequest
    from aisync_desktop.service.operations.switching import ProjectAddition

    with open_session(as_json=as_json) as session:
        scope = session.project(path)
        if not yes:
            found = session.ask(PlanRequest(project=scope.root))
            session.out.show(plan_lines(found, session))
            session.require_consent("cli.begin")
        done = session.ask(ProjectAddition(path=scope.root))
        if not yes:
            done = asking_about_servers(session, done, str(scope))
        raise typer.Exit(session.show_sync(done))


@app.command("list")
def list_projects(*, as_json: Json = False) -> None:
    """List the projects that are kept in step."""
    from aisync_desktop.service.operations.looking import ProjectsRequest

    with open_session(as_json=as_json) as session:
        found = session.ask(ProjectsRequest())
        session.show(found, [project.path for project in found.projects] or [session.say("cli.projects.none")])


@app.command("remove")
def remove(path: Folder, *, as_json: Json = False) -> None:
    """Leave a project alone from now on; its files stay as they are."""
    from os.path import realpath  # as the folder was written down

    from aisync_desktop.service.operations.switching import ProjectRemoval

    with open_session(as_json=as_json) as session:
        raise typer.Exit(session.show_sync(session.ask(ProjectRemoval(path=realpath(path)))))
