"""`aisync file`: what can be done at once about one file: its last good version comes back, or it may be written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from aisync_desktop.cli.common import Json, Yes, open_session, user_path
from aisync_desktop.cli.grouped import ListedCommands

if TYPE_CHECKING:
    from aisync_desktop.service.operations.remedies import RestorePreview

app = typer.Typer(
    cls=ListedCommands, no_args_is_help=True, help="Put a file right that cannot be read, or not be written."
)
File = Annotated[str, typer.Argument(metavar="FILE", help="A file that is kept in step.")]


@app.command("restore")
def restore(path: File, *, yes: Yes = False, as_json: Json = False) -> None:
    """Put back the last version of a file that can be read; `aisync undo` brings back what is there now."""
    from aisync_desktop.service.operations.remedies import RestoreFileRequest, RestorePreviewRequest

    with open_session(as_json=as_json) as session:
        file = str(user_path(path))
        version, over = 0, ""
        if not yes:
            found = session.ask(RestorePreviewRequest(path=file))
            session.out.show(_edit_lines(found))
            session.require_consent("cli.restore-file")
            version, over = found.version, found.over
        raise typer.Exit(session.show_sync(session.ask(RestoreFileRequest(path=file, version=version, over=over))))


@app.command("make-writable")
def make_writable(path: File, *, as_json: Json = False) -> None:
    """Let yourself write to a file that is write-protected; what waited for that is written."""
    from aisync_desktop.service.operations.remedies import WritableRequest

    with open_session(as_json=as_json) as session:
        raise typer.Exit(session.show_sync(session.ask(WritableRequest(path=str(user_path(path))))))


def _edit_lines(found: RestorePreview) -> Iterable[str]:
    for file in found.files:
        yield file.path
        yield from (f"  {line.sign} {line.text}" for line in file.lines)
