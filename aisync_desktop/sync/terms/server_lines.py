"""The lines of a server for people: what would be started or connected to, as it stands in the file.

What a repository says is not trusted, so each value is spelled as JSON, what is not printed as its number, and what is
too long with the number of characters that are left out. Values of secrets are sealed before they come here.
"""

from __future__ import annotations

from collections.abc import Iterator

from aisync_desktop.clients.items import Item, McpServer, Transport
from aisync_desktop.kernel.texts import visible
from aisync_desktop.kernel.told_apart import told_apart
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.model.diff import FieldPath, flatten
from aisync_desktop.sync.terms.server_consents import LINES

_LONGEST_VALUE = 1_000
_LONGEST_NAME = 100
_MOST = 60


def server_lines(item: Item, before: Item | None = None) -> tuple[str, ...]:
    """Return a server's lines; where it was another one before, with what they said then."""
    lines = tuple(_lines(item, before if isinstance(before, McpServer) else None))
    return lines if len(lines) <= _MOST else (*lines[:_MOST], f"… +{len(lines) - _MOST}")


def _lines(item: Item, before: McpServer | None) -> Iterator[str]:
    now, then = _said(item), _said(before) if before else {}
    for path in sorted({**then, **now}, key=_place):
        name, told = visible(".".join(path), _LONGEST_NAME), [each[path] for each in (then, now) if path in each]
        shown = told_apart(told, _LONGEST_VALUE)
        if before is None or then.get(path) == now.get(path):
            yield f"{name}: {shown[-1]}"
        else:
            yield f"{name}: {shown[0] if path in then else '-'} -> {shown[-1] if path in now else '-'}"


def _said(item: Item) -> dict[FieldPath, Value]:
    """Return the lines by field; that a server is started needs no word of its own."""
    flat = {path: value for path, value in flatten(item.fields()).items() if path[0] in LINES}
    return {path: value for path, value in flat.items() if (path, value) != (("transport",), Transport.STDIO.value)}


def _place(path: FieldPath) -> tuple[int, FieldPath]:
    return LINES.index(path[0]), path
