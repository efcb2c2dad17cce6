"""What is allowed: every client's own answer to a request, and the rule of the file that gives it.

All files of a client are asked together, the user's and the project's, and those that are not kept in step. What the
client's modes make of what its rules say is told in `modes`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from aisync_desktop.clients.descriptor import Confined, DialectName, PermissionsEndpoint
from aisync_desktop.clients.dialects.base import Line, Verdict
from aisync_desktop.clients.items import Scope
from aisync_desktop.clients.loader import catalog_of
from aisync_desktop.clients.permissions import PermissionLens
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.permissions.language import Action, Request, Surrounding, Tool
from aisync_desktop.program.world import World
from aisync_desktop.sync.looking.permission_secrets import rule_shown
from aisync_desktop.sync.looking.survey import Surveyor
from aisync_desktop.sync.reports.client_modes import Stance, is_ruled, stance_of
from aisync_desktop.sync.reports.doctor.finding import spotted
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.known import recall
from aisync_desktop.sync.terms.projects import require_absolute

_ANCHORED = frozenset({Tool.READ, Tool.EDIT})  # a pattern of paths means what it does from its own file


class Answer(BaseModel):
    """What one client does with a request; without a `rule` that is what it does by itself, or in its `mode`.

    Where it is allowed, the client's sandbox can confine it; where it is asked, a model can be the `judge` and not you.
    """

    model_config = ConfigDict(frozen=True)
    client: str
    name: str
    action: Action
    confined: Confined = Confined.NO
    judge: Literal["you", "model"] = "you"
    rule: str = ""
    mode: str = ""
    path: str = ""
    line: int = 0
    column: int = 0

    @property
    def limits(self) -> Text | None:
        """What there is to know besides: what confines it, or who is asked."""
        if self.confined:
            return text(f"allowed.confined.{self.confined}")
        return text("allowed.judged") if self.judge == "model" else None


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
    stance: Stance

    def answer(self, request: Request) -> Answer:
        """Return what the client does."""
        verdict, said = self._verdict(request)
        action, mode = self.stance.becomes(verdict, request, self.where)
        answer = Answer(client=self.client, name=self.name, action=action)
        if mode is not None:
            confined = mode.confined if action is Action.ALLOW else Confined.NO
            judge: Literal["you", "model"] = "model" if mode.judged and action is Action.ASK else "you"
            told = {"confined": confined, "judge": judge, **self.stance.named(mode)._asdict()}
            answer = answer.model_copy(update=told)
        if answer.mode or verdict.line is None or said is None:
            return answer
        path, at = spotted(said.state, verdict.line.spot)
        place = {"line": at.line, "column": at.column} if at else {}
        return answer.model_copy(update={"rule": rule_shown(verdict.line.spelled), "path": path, **place})

    @property
    def rules(self) -> Iterator[tuple[EndpointState, Line]]:
        """The rules in all files, and where each stands."""
        return ((one.state, line) for one in self.said for line in one.lines)

    def _verdict(self, request: Request) -> tuple[Verdict, _Said | None]:
        """Return the strictest that a rule says; what nothing is said of is asked, if the client asks at all."""
        said = [one for one in self.said if request.tool in one.lens.dialect.tools]
        groups = [[one] for one in said] if request.tool in _ANCHORED else _by_dialect(said)
        found = [(self._asked(group, request), group) for group in groups]
        ruled = [(verdict, group) for verdict, group in found if is_ruled(verdict)]
        if not ruled:
            return min((verdict for verdict, _ in found), key=_strictness, default=Verdict(Action.ASK)), None
        verdict, group = max(ruled, key=lambda one: _strictness(one[0]))
        return verdict, next((one for one in group if any(line is verdict.line for line in one.lines)), None)

    def _asked(self, group: list[_Said], request: Request) -> Verdict:
        lines = [line for one in group for line in one.lines]
        return group[0].lens.dialect.verdict(lines, request, self.where)


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


def rulebooks(world: World, root: str = "") -> tuple[Rulebook, ...]:
    """Look at the permissions of every client that is here, in a project if one is named."""
    if root:
        require_absolute(root)
    with closing(Reader.of(world)) as reader:
        projects = [scope for scope in recall(reader).projects if scope.root == root]
        if not projects:
            world, projects = world.apart(), [Scope(root)]
        surveyor = Surveyor.of(world, reader, world.safe(reader), lambda one: isinstance(one, PermissionsEndpoint))
        survey = surveyor.survey(projects if root else ())
    where = Surrounding(root or str(world.home), str(world.home))
    found = dict[str, list[EndpointState]]()
    for state in survey.endpoints:
        if isinstance(state.lens, PermissionLens) and state.problem is None:
            found.setdefault(state.client, []).append(state)
    return tuple(_rulebook(client, states, where) for client, states in sorted(found.items()))


def _rulebook(client: str, states: Sequence[EndpointState], where: Surrounding) -> Rulebook:
    heard, stance = stance_of(states, where)
    return Rulebook(client, states[0].name, tuple(_said(state) for state in heard), where, stance)


def _said(state: EndpointState) -> _Said:
    """Return what a file says; a mode that its dialect takes for a line is looked at elsewhere."""
    lens = state.lens
    if not isinstance(lens, PermissionLens):
        raise TypeError(state.kind)
    lines = lens.dialect.lines(state.documents)
    return _Said(state, lens, tuple(line for line in lines if line.spot.path != (lens.endpoint.mode or None)))


def answers(world: World, client: str, tool: str, argument: str, root: str = "") -> tuple[Answer, ...]:
    """Return what a client would do, or every one that is here and has rules."""
    books = rulebooks(world, root)
    if client and all(book.client != client for book in books):
        catalog_of(world).require(client)
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
