"""What a client really does with a request, by all that its files say: what examples are checked against.

A rule is compared with its translation apart from everything else (dialects/translation.py). What is told of it must
hold where it stands, beside all other rules of the client: so an example is told only where that is so.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from aisync_desktop.clients.dialects.base import Line
from aisync_desktop.clients.dialects.translation import Said
from aisync_desktop.clients.lens import Documents
from aisync_desktop.clients.permissions import PermissionLens
from aisync_desktop.permissions.language import Action, Request, strictness
from aisync_desktop.sync.terms.endpoints import EndpointState


class _Same:
    """Documents by which they are, not by what they say: those of a file stay the same until it changes."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self._ids = tuple(sorted((role, id(document)) for role, document in documents.items()))

    def __hash__(self) -> int:
        return hash(self._ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._ids == other._ids


def rules_in(states: Iterable[EndpointState]) -> tuple[Said, ...]:
    """Return what files say about permissions, to be asked for."""
    return tuple(_said(one.lens, _Same(one.documents)) for one in states if isinstance(one.lens, PermissionLens))


def ruling(rules: Iterable[Said], request: Request) -> Action | None:
    """Return the strictest that a rule in the files of one client says of a request; None: no rule does."""
    found = (said.ruling(request) for said in rules if request.tool in said.dialect.tools)
    return max((action for action in found if action is not None), key=strictness, default=None)


@lru_cache(maxsize=64)
def _said(lens: PermissionLens, same: _Same) -> Said:
    return _ruled(lens, lens.dialect.lines(same.documents))


@lru_cache(maxsize=64)
def _ruled(lens: PermissionLens, lines: tuple[Line, ...]) -> Said:
    """Return the rules to be asked; a file that changed elsewhere has the same, and what was asked of them is known."""
    return Said(lens.dialect, lines)
