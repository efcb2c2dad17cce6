"""Commands that only ask for one operation: they are made from the list, and say how everything stands afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import typer

from aisync_desktop.cli.common import Json, open_session
from aisync_desktop.service.operations.listed import OPERATIONS
from aisync_desktop.service.operations.operation import Operation


def plain_commands() -> Iterator[tuple[str, Callable[..., None]]]:
    """Yield each with its name."""
    for operation in OPERATIONS:
        if operation.verb:
            yield operation.verb, _command(operation)


def _command(operation: Operation) -> Callable[..., None]:
    def command(*, as_json: Json = False) -> None:
        with open_session(as_json=as_json) as session:
            raise typer.Exit(session.show_sync(session.ask(operation.request())))  # type: ignore[call-overload]

    command.__doc__ = operation.about
    return command
