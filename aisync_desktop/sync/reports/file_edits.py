"""What a plan would write, file by file, as it is shown before somebody agrees: bytes as a diff, and what is left out.

Each target of the plan is one edit, and nothing else is: what is shown is what is written. Secrets are concealed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import field
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from aisync_desktop.clients.items import ItemKey, Kind, Scope
from aisync_desktop.clients.lens import Loss
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.line_diff import DiffLine, diff_lines
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.permissions.language import Action
from aisync_desktop.sync.looking.survey import Survey
from aisync_desktop.sync.model.diff import Change
from aisync_desktop.sync.planning.drafting import ReadBack, Target
from aisync_desktop.sync.planning.effects import Loosened, changes_in, loosened_by
from aisync_desktop.sync.planning.planner import Plan, ScopePlan
from aisync_desktop.sync.reports.changed_items import ChangedItem, changed_item
from aisync_desktop.sync.reports.concealing import Concealer
from aisync_desktop.sync.terms.endpoints import EndpointState

_CONTEXT = 3
_MOST = 2_000  # changed lines in one place that are told
_LONGEST = 2_000  # characters of a line: a file may be one line of megabytes


class _Report(BaseModel):
    model_config = ConfigDict(frozen=True)


class Counts(_Report):
    """How much of a kind changes: items, or of rules the lines of text."""

    added: int = 0
    changed: int = 0
    removed: int = 0


class LeftOut(_Report):
    """What a client cannot have of an item, and why; `field` is empty where it cannot have the item."""

    client: str
    name: str
    scope: str
    item: str
    kind: Kind
    field: str
    reason: Text


class Behind(_Report):
    """A file that is not brought in step now, and why."""

    client: str
    name: str
    scope: str
    path: str
    why: Text
    next_step: Text


class Loosening(_Report):
    """What a client would be allowed that it is refused now, or asked about; of a server the `tools` that open.

    `before` and `after` are the actions of a permission ("" where nothing is said of it). It `takes_back_a_denial`
    where something is refused now, and not only unsaid or asked about.
    """

    client: str
    name: str
    path: str
    item: str
    before: str = ""
    after: str = ""
    tools: tuple[str, ...] = ()
    takes_back_a_denial: bool = False


class FileEdit(_Report):
    """A file that would be written: whose it is, what changes in it, and its bytes as a diff.

    `end` is where it really is, behind links. `hidden` says that a secret was concealed.
    """

    client: str
    name: str
    clients: tuple[str, ...]
    scope: str
    kinds: tuple[Kind, ...]
    path: str
    end: str
    creates: bool
    removes: bool
    changes: tuple[ChangedItem, ...]
    counts: dict[Kind, Counts]
    added: int
    removed: int
    lines: tuple[DiffLine, ...]
    hidden: bool
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True)
class PlannedEdits:
    """A plan with what it was made from; `literals` are the secrets that were met in other files, never shown."""

    plan: Plan
    survey: Survey
    read_back: ReadBack
    literals: Collection[str] = field(default=(), repr=False)

    def edits(self, about: Collection[ItemKey] | None = None) -> tuple[FileEdit, ...]:
        """Return every file that is written; what is left out of all items, or only of those that it is `about`."""
        return tuple(self._edit(scope, target, about) for scope in self.plan.scopes for target in scope.targets)

    def left_out(self, about: Collection[ItemKey] | None = None) -> tuple[LeftOut, ...]:
        """Return what clients cannot have of all items, or of those that it is `about`."""
        return tuple(
            self._left_out(scope, loss)
            for scope in self.plan.scopes
            for loss in scope.losses
            if about is None or loss.key in about
        )

    def behind(self, kinds: Collection[Kind], scopes: Collection[Scope]) -> tuple[Behind, ...]:
        """Return the files of some kinds and scopes that cannot be read or written, or are left alone."""
        problems = (
            _behind(state, error.message, error.next_step)
            for scope in self.plan.scopes
            for state, error in scope.problems
            if state.kind in kinds and state.scope in scopes
        )
        off = {(scope.scope, endpoint) for scope in self.plan.scopes for endpoint in scope.left_out}
        alone = (
            _behind(state, text("preview.off"), text("preview.off.next"))
            for state in self.survey.endpoints
            if (state.scope, state.id) in off and state.kind in kinds and state.scope in scopes
        )
        return (*problems, *alone)

    def loosens(self) -> tuple[Loosening, ...]:
        """Return what clients would be allowed by it that they are not allowed now."""
        return tuple(map(self._loosening, loosened_by(self.plan, self.survey, self.read_back)))

    def _states(self, scope: ScopePlan, target: Target) -> list[EndpointState]:
        found = {state.id: state for state in self.survey.of(scope.scope)}
        return [found[endpoint] for endpoint in target.endpoints if endpoint in found]

    def _edit(self, scope: ScopePlan, target: Target, about: Collection[ItemKey] | None) -> FileEdit:
        states = self._states(scope, target)
        clients = frozenset(client for state in states for client in state.clients) | {target.client}
        changes = changes_in(target, states, self.read_back)
        kinds = tuple(sorted({state.kind for state in states} | {change.key.kind for change in changes}))
        lines, hidden = self._lines(target)
        added, removed = (sum(line.count or 1 for line in lines if line.sign == sign) for sign in "+-")
        told = {Kind.RULES: Counts(added=added, removed=removed)} if kinds == (Kind.RULES,) else {}
        return FileEdit(
            client=target.client,
            name=_name(states, target.client),
            clients=tuple(sorted(clients)),
            scope=str(scope.scope),
            kinds=kinds,
            path=str(target.path),
            end=str(target.elsewhere or ""),
            creates=target.expected.absent,
            removes=target.data is None,
            changes=tuple(map(changed_item, changes)),
            counts={**_counts(changes), **told},
            added=added,
            removed=removed,
            lines=lines,
            hidden=hidden,
            left_out=tuple(
                self._left_out(scope, loss)
                for loss in scope.losses
                if loss.client in clients and loss.key.kind in kinds and (about is None or loss.key in about)
            ),
        )

    @cached_property
    def _concealer(self) -> Concealer:
        documents = (one for target in self.plan.targets for one in (target.file.document, target.document))
        return Concealer(self.literals, documents)

    def _lines(self, target: Target) -> tuple[tuple[DiffLine, ...], bool]:
        """Return what changes in a file, line by line, and whether a secret was concealed in it."""
        before, after = _texts(target.expected.data, target.data)
        old = self._concealer.of(before, target.file.document)
        new = self._concealer.of(after, target.document)
        lines = tuple(diff_lines(before, after, _CONTEXT, _MOST, (old, new), _LONGEST))
        return lines, old.hidden or new.hidden

    def _left_out(self, scope: ScopePlan, loss: Loss) -> LeftOut:
        states = (state for state in self.survey.of(scope.scope) if state.client == loss.client)
        return LeftOut(
            client=loss.client,
            name=next((state.name for state in states), loss.client),
            scope=str(scope.scope),
            item=str(loss.key),
            kind=loss.key.kind,
            field=loss.field,
            reason=loss.reason,
        )

    def _loosening(self, found: Loosened) -> Loosening:
        target = found.target
        states = [state for state in self.survey.endpoints if state.id in target.endpoints]
        return Loosening(
            client=target.client,
            name=_name(states, target.client),
            path=str(target.path),
            item=str(found.key),
            before=_action(found.before),
            after=_action(found.after),
            tools=found.tools,
            takes_back_a_denial=found.takes_back_a_denial,
        )


def _texts(before: bytes | None, after: bytes | None) -> tuple[str, str]:
    """Return what files held and will hold as texts; the ends of lines do not show where all of them are alike."""
    texts = [(data or b"").decode("utf-8-sig", "backslashreplace") for data in (before, after)]
    if all(text.count("\r\n") == text.count("\n") for text in texts):
        texts = [text.replace("\r\n", "\n") for text in texts]
    return texts[0], texts[1]


def _name(states: Sequence[EndpointState], client: str) -> str:
    return next((state.shared or state.name for state in states), client)


def _behind(state: EndpointState, why: Text, next_step: Text) -> Behind:
    return Behind(
        client=state.client,
        name=state.shared or state.name,
        scope=str(state.scope),
        path=str(state.path),
        why=why,
        next_step=next_step,
    )


def _counts(changes: Iterable[Change]) -> dict[Kind, Counts]:
    """Return how many items of each kind are added, changed and removed."""
    found = [changed_item(change) for change in changes]
    return {
        kind: Counts(**{word: sum(one.change == word for one in mine) for word in ("added", "changed", "removed")})
        for kind in Kind
        if (mine := [one for one in found if one.kind is kind])
    }


def _action(action: Action | None) -> str:
    return action.value if action else ""
