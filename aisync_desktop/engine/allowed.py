"""What is allowed: every client's own answer to a request, and the rule of the file that gives it.

All files of a client are asked together, the user's and the project's, and those that are not kept in step. A mode in
which nothing is asked any more counts before every rule but a denying one.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from aisync_desktop.connectors.descriptor import DialectName, PermissionsEndpoint
from aisync_desktop.connectors.dialects.base import Line, Verdict
from aisync_desktop.connectors.lens import MAIN
from aisync_desktop.connectors.permissions import PermissionLens
from aisync_desktop.core.errors import WorldError
from aisync_desktop.core.items import Scope
from aisync_desktop.core.messages import text
from aisync_desktop.core.permissions import Action, Request, Surrounding, Tool
from aisync_desktop.core.values import KeyPath, Value
from aisync_desktop.documents.protocol import Missing
from aisync_desktop.engine.doctor.finding import spotted
from aisync_desktop.engine.endpoints import EndpointState
from aisync_desktop.engine.known import known_of
from aisync_desktop.engine.rule_secrets import rule_shown
from aisync_desktop.engine.surroundings import Surroundings

_ANCHORED = frozenset({Tool.READ, Tool.EDIT})  # a pattern of paths means what it does from its own file


class Answer(BaseModel):
    """What one client does with a request; without a `rule` that is what it does by itself, or in its `mode`."""

    model_config = ConfigDict(frozen=True)
    client: str
    name: str
    action: Action
    rule: str = ""
    mode: str = ""
    path: str = ""
    line: int = 0
    column: int = 0


class _Said(NamedTuple):
    state: EndpointState
    lens: PermissionLens
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Rulebook:
    """All that one client's files say of permissions."""

    client: str
    name: str
    said: tuple[_Said, ...]
    where: Surrounding

    def answer(self, request: Request) -> Answer:
        """Return what the client does."""
        verdict, said = self._verdict(request)
        mode = self._open_mode()
        if mode and verdict.action is not Action.DENY:
            state, value = mode
            return Answer(client=self.client, name=self.name, action=Action.ALLOW, mode=value, path=str(state.path))
        if verdict.line is None or said is None:
            return Answer(client=self.client, name=self.name, action=verdict.action)
        path, at = spotted(said.state, verdict.line.spot)
        place = {"line": at.line, "column": at.column} if at else {}
        rule = rule_shown(verdict.line.spelled)
        return Answer.model_validate(
            {"client": self.client, "name": self.name, "action": verdict.action, "rule": rule, "path": path, **place}
        )

    def _verdict(self, request: Request) -> tuple[Verdict, _Said | None]:
        """Return the strictest that a rule says; what nothing is said of is asked, if the client asks at all."""
        said = [one for one in self.said if request.tool in one.lens.dialect.tools]
        groups = [[one] for one in said] if request.tool in _ANCHORED else _by_dialect(said)
        found = [(self._asked(group, request), group) for group in groups]
        ruled = [(verdict, group) for verdict, group in found if verdict.line is not None]
        if not ruled:
            return min((verdict for verdict, _ in found), key=_strictness, default=Verdict(Action.ASK)), None
        verdict, group = max(ruled, key=lambda one: _strictness(one[0]))
        return verdict, next((one for one in group if any(line is verdict.line for line in one.lines)), None)

    def _asked(self, group: list[_Said], request: Request) -> Verdict:
        lines = [line for one in group for line in one.lines]
        return group[0].lens.dialect.verdict(lines, request, self.where)

    def _open_mode(self) -> tuple[EndpointState, str] | None:
        return next(_open_modes(self.said), None)


def _strictness(verdict: Verdict) -> int:
    return verdict.action.strictness


def _by_dialect(said: Iterable[_Said]) -> list[list[_Said]]:
    """Join what one engine evaluates together; where the first rule counts, the project's come first."""
    groups = dict[DialectName, list[_Said]]()
    for one in said:
        dialect = one.lens.endpoint.dialect
        group = groups.setdefault(dialect, [])
        group.insert(0 if dialect is DialectName.FIRST_MATCH else len(group), one)
    return list(groups.values())


def _open_modes(said: Iterable[_Said]) -> Iterator[tuple[EndpointState, str]]:
    for one in said:
        endpoint = one.lens.endpoint
        document = one.state.documents.get(MAIN)
        if document is not None:
            found = ((_shown(document.get(way)), opening) for way, opening in _modes(endpoint).items())
            yield from ((one.state, value) for value, opening in found if value in opening)


def _modes(endpoint: PermissionsEndpoint) -> dict[KeyPath, tuple[str, ...]]:
    """Return the ways to the settings that can open everything, and what stands there then."""
    others: dict[KeyPath, tuple[str, ...]] = {(name,): opening for name, opening in endpoint.also_open.items()}
    return {endpoint.mode: endpoint.open_modes, **others} if endpoint.mode else others


def _shown(value: Value | Missing) -> str:
    return json.dumps(value) if isinstance(value, bool) else "" if isinstance(value, Missing) else str(value)


def rulebooks(world: Surroundings, root: str = "") -> tuple[Rulebook, ...]:
    """Look at the permissions of every client that is here, in a project if one is named."""
    with closing(world.reader()) as reader:
        surveyor = world.permissions(reader, world.safe(reader))
        projects = [scope for scope in known_of(reader.memory()).projects if scope.root == root] or [Scope(root)]
        survey = surveyor.survey(projects if root else ())
    where = Surrounding(root or str(world.home), str(world.home))
    books = dict[str, list[_Said]]()
    for state in survey.endpoints:
        if isinstance(state.lens, PermissionLens) and state.problem is None:
            books.setdefault(state.client, []).append(
                _Said(state, state.lens, state.lens.dialect.lines(state.documents))
            )
    return tuple(Rulebook(client, said[0].state.name, tuple(said), where) for client, said in sorted(books.items()))


def answers(world: Surroundings, client: str, tool: str, argument: str, root: str = "") -> tuple[Answer, ...]:
    """Return what a client would do, or every one that is here and has rules."""
    books = rulebooks(world, root)
    if client and all(book.client != client for book in books):
        world.catalog().require(client)
        raise NoRulesError(client)
    asked = [book for book in books if client in {"", book.client}]
    return tuple(book.answer(request_of(tool, argument, book.where)) for book in asked)


class NoRulesError(WorldError):
    """A client is not here, or has no permissions in a file that we know of."""

    def __init__(self, client: str) -> None:
        super().__init__(
            text("allowed.no-rules"), text("allowed.no-rules.message", client=client), text("allowed.no-rules.next")
        )


def request_of(tool: str, argument: str, where: Surrounding) -> Request:
    """Return a request as people put it: `bash`, a path from the working folder, a bare host."""
    known = {"bash": Tool.SHELL, "write": Tool.EDIT, "web": Tool.FETCH}
    kind = known.get(tool) or Tool(tool)
    if kind not in _ANCHORED:
        return Request(kind, argument)
    home = posixpath.join(where.home, argument[2:]) if argument.startswith("~/") else argument
    return Request(kind, posixpath.normpath(posixpath.join(where.root, home)))
