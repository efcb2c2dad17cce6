"""`aisync items`: which client holds which item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from aisync_desktop.cli.common import Json, ScopeName, open_session, scope_named

if TYPE_CHECKING:
    from aisync_desktop.cli.session import Session
    from aisync_desktop.sync.reports.matrix import Cell, ItemReport

app = typer.Typer()


class KindName(StrEnum):
    """The kinds of items; the words of clients/, which `--help` does not wait for."""

    MCP = "mcp"
    RULES = "rules"
    PERMISSIONS = "permissions"


@app.command()
def items(
    *,
    kind: Annotated[KindName | None, typer.Option(help="Only items of this kind.")] = None,
    scope: ScopeName = "",
    as_json: Json = False,
) -> None:
    """List the items: which clients hold each as it is meant, which differently, which not, and why."""
    from aisync_desktop.service.operations.looking import ItemsRequest

    with open_session(as_json=as_json) as session:
        asked = {"kind": kind.value if kind else None, "scope": scope_named(scope)}
        found = session.ask(ItemsRequest.model_validate(asked))
        session.show(found, _lines(found.items, session))


def _lines(items: Iterable[ItemReport], session: Session) -> Iterator[str]:
    scope = None
    for item in items:
        if item.scope != scope:
            scope = item.scope
            yield session.place(scope)
        yield f"  {item.kind}/{item.name}" + (f"  ? {item.decision}" if item.decision else "")
        for holding in dict.fromkeys(sorted(cell.holding for cell in item.clients)):
            alike = [cell for cell in item.clients if cell.holding is holding]
            yield f"    {session.say(f'cli.items.{holding.value}')}: {', '.join(map(_shown, alike))}"
        yield from (
            f"      - {cell.name}: {f'{loss.field}: ' if loss.field else ''}{session.out.say(loss.reason)}"
            for cell in item.clients
            for loss in cell.losses
        )
    if scope is None:
        yield session.say("cli.items.none")


def _shown(cell: Cell) -> str:
    return f"{cell.name} ({', '.join(cell.differing)})" if cell.differing else cell.name
