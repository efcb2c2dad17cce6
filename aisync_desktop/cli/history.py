"""`aisync history`, `show` and `diff`: what was agreed when, what changed, and what a file held."""

from __future__ import annotations

from typing import Annotated

import typer

from aisync_desktop.cli.common import LAST, Force, Json, Limit, ScopeName, open_session, scope_named, user_path

app = typer.Typer()


@app.command()
def history(
    *,
    limit: Limit = 50,
    scope: ScopeName = "",
    file: Annotated[str, typer.Option("--file", metavar="FILE", help="The kept versions of this file instead.")] = "",
    as_json: Json = False,
) -> None:
    """List the changes, newest first: who changed what, when, and which files were written."""
    from aisync_desktop.cli import history_shown as shown

    with open_session(as_json=as_json) as session:
        if file:
            shown.versions(session, str(user_path(file)), limit)
        else:
            shown.snapshots(session, limit, scope_named(scope))


@app.command()
def show(
    snapshot: Annotated[
        int | None, typer.Argument(metavar="SNAPSHOT", min=1, max=LAST, help="A number of “aisync history”.")
    ] = None,
    *,
    version: Annotated[
        int | None,
        typer.Option(
            metavar="ID", min=1, max=LAST, help="What a file had in it instead: a number of “aisync history --file”."
        ),
    ] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Write the version's bytes here, secrets and all.")
    ] = "",
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Show how all stood after a change: what was changed, the files that were written. Or a version of a file."""
    if (snapshot is None) == (version is None) or (output and version is None):
        raise typer.BadParameter("SNAPSHOT | --version ID [-o FILE]")
    from aisync_desktop.cli import history_shown as shown

    with open_session(as_json=as_json) as session:
        if snapshot is not None:
            shown.snapshot(session, snapshot)
        elif version is not None and output:
            shown.take_out(session, version, session.target(user_path(output)), force=force)
        elif version is not None:
            shown.version(session, version)


@app.command()
def diff(
    before: Annotated[int, typer.Argument(metavar="A", min=1, max=LAST, help="A number of “aisync history”.")],
    after: Annotated[
        int | None, typer.Argument(metavar="B", min=1, max=LAST, help="Another one; the latest without it.")
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Show what differs between how all stood after two changes, field by field."""
    from aisync_desktop.cli import history_shown as shown

    with open_session(as_json=as_json) as session:
        shown.difference(session, before, after)
