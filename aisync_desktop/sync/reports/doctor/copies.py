"""Copies of a file, which clients, editors and people keep, and the secrets that stay in them.

Only a few are looked at, the newest first, and no large ones.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from aisync_desktop.clients.items import Kind
from aisync_desktop.clients.lens import MAIN
from aisync_desktop.clients.whereabouts import whereabouts
from aisync_desktop.documents.parse import parse
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.program.world import World
from aisync_desktop.secrets.detect import find_secrets
from aisync_desktop.secrets.shapes import token_spans
from aisync_desktop.sync.applying.repairs import making_private
from aisync_desktop.sync.reports.doctor.finding import Finding, Severity, found
from aisync_desktop.sync.terms.endpoints import EndpointState

_HABITS = ("{}~", "{}.bak*", "{}.old", "{}.orig", "{}.save", "{}.backup*")
_MOST = 10  # copies of one file
_OTHERS, _HAS_MODES = 0o077, os.name == "posix"


def in_copies(state: EndpointState, world: World) -> Iterator[Finding]:
    """Yield the copies of a file of servers that hold secrets."""
    if state.kind is not Kind.MCP or state.in_folder:
        return
    severity = Severity.ERROR if state.scope.root else Severity.WARNING
    for copy in world.disk.copies(_places(state, world), _MOST):
        if _has_secrets(state, copy.data):
            repairs = (making_private(copy.path, state.scope),) if copy.mode & _OTHERS and _HAS_MODES else ()
            yield replace(found(severity, "copy", state, copy.path, file=state.path.name), repairs=repairs)


def _places(state: EndpointState, world: World) -> tuple[Path, ...]:
    """Return the globs of copies: what the client keeps, and what habit leaves beside any file."""
    beside = (state.path.with_name(habit.format(_plain(state.path.name))) for habit in _HABITS)
    here = whereabouts(world.disk, world.environ, world.home, state.scope)
    return (*here.meant(state.lens.endpoint.backups), *beside)


def _plain(name: str) -> str:
    """Return a name as a glob that means nothing but it."""
    return "".join(f"[{each}]" if each in "[*?" else each for each in name)


def _has_secrets(state: EndpointState, data: bytes) -> bool:
    """Tell whether there are secrets, by the items or, in what cannot be read as such, by their shape."""
    model = state.lens.endpoint
    try:
        view = state.lens.read({MAIN: parse(data, model.format, model.accepts)})
        if any(find_secrets(item.fields()) for item in view.items.values()):
            return True
    except WorldError:
        pass  # half a file, or one of another form: its text tells
    return any(True for _ in token_spans(data.decode(errors="replace")))
