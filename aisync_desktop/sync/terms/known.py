"""What the engine remembers: by scope the unified items and every endpoint's base; to and from the store's records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from aisync_desktop.clients.items import USER, ItemKey, Items, Renamed, Scope, from_payload
from aisync_desktop.database.errors import understood
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.model.renames import LastSaid, renames
from aisync_desktop.sync.store.records import Memory
from aisync_desktop.sync.terms.consents import Consents
from aisync_desktop.sync.terms.coverage import Coverage
from aisync_desktop.sync.terms.open_questions import OpenQuestion, Said, questions_of

if TYPE_CHECKING:
    from aisync_desktop.sync.store.reads import Reads
    from aisync_desktop.sync.terms.endpoints import EndpointState  # what only reads the database starts without it


@dataclass(frozen=True)
class ScopeMemory:
    """The memory of one scope.

    `seen` are the files that were there when it was last written down, `questions` those that were open then; `renamed`
    are the new names of items that some endpoint still has under the old one.
    """

    unified: Items = field(default_factory=dict)
    bases: Mapping[str, Items] = field(default_factory=dict)
    seen: frozenset[Path] = frozenset()
    renamed: Renamed = frozenset()
    questions: tuple[OpenQuestion, ...] = ()

    def renaming(self, renamed: Renamed) -> ScopeMemory:
        """Return the memory with more new names, and without those that all endpoints have by now."""
        pending = frozenset(
            (old, new) for old, new in self.renamed | renamed if any(old in base for base in self.bases.values())
        )
        return self if pending == self.renamed else replace(self, renamed=pending)

    def said(self, endpoint: str) -> Said:
        """Return what an endpoint said last of the items that open questions are about."""
        return {key: item for one in self.questions for key, item in one.said.get(endpoint, {}).items()}

    def last_said(self, endpoint: str) -> LastSaid:
        """Return the same, with the names that were new then."""
        about = [(one.decision.renamed, one.said[endpoint]) for one in self.questions if endpoint in one.said]
        known = ((pair, said) for renamed, said in about for pair in renamed)
        renamed = frozenset((old, new) for (old, new), said in known if said.get(new) and said.get(old, new) is None)
        return LastSaid(self.said(endpoint), renamed)

    def base(self, endpoint: str) -> Items:
        """Return what an endpoint agreed on last."""
        return self.bases.get(endpoint, {})

    def renames_at(self, state: EndpointState) -> dict[ItemKey, ItemKey]:
        """Return the new name of every item that has another one at an endpoint than it had there, by the old one."""
        return renames(self.base(state.id), state.view.items, state.view.opaque, self.last_said(state.id))


@dataclass(frozen=True)
class Known:
    """The memory of all scopes, as core's values."""

    adopted_at: dt.datetime | None = None
    projects: tuple[Scope, ...] = ()
    memories: Mapping[Scope, ScopeMemory] = field(default_factory=dict)
    coverage: Coverage = field(default_factory=Coverage)
    consents: Consents = field(default_factory=Consents)

    @property
    def adopted(self) -> bool:
        """Whether the user has agreed that we write."""
        return self.adopted_at is not None

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """The scopes that are kept in step."""
        return (USER, *self.projects)

    @property
    def asked_of(self) -> frozenset[tuple[Scope, str]]:
        """The endpoints that said something of what is asked about, by scope."""
        asked = [(scope, one) for scope, memory in self.memories.items() for one in memory.questions]
        return frozenset((scope, endpoint) for scope, one in asked for endpoint in one.said)

    def of(self, scope: Scope) -> ScopeMemory:
        """Return the memory of a scope, which may be a new one."""
        return self.memories.get(scope, ScopeMemory())

    def remembering(self, scope: Scope, memory: ScopeMemory) -> Known:
        """Return the memory with that of one scope replaced."""
        return replace(self, memories={**self.memories, scope: memory})

    def agreed(self, scope: Scope, bases: Mapping[str, Items]) -> Known:
        """Return the memory with some endpoints' bases replaced."""
        memory = self.of(scope)
        return self.remembering(scope, replace(memory, bases={**memory.bases, **bases}))

    def carrying(self, scope: Scope, renamed: Renamed) -> Known:
        """Return the memory in which renamed items have kept what was set and allowed for them."""
        coverage, consents = self.coverage.carried(scope, renamed), self.consents.carried(scope, renamed)
        return replace(self, coverage=coverage, consents=consents).remembering(scope, self.of(scope).renaming(renamed))

    def renames(self) -> dict[str, Value]:
        """Return, in the JSON-able form that is stored, the new names that have not come everywhere yet."""
        pending = {str(scope): memory.renamed for scope, memory in self.memories.items() if memory.renamed}
        return {scope: [[str(old), str(new)] for old, new in sorted(pairs)] for scope, pairs in pending.items()}

    def placed(self, scope: Scope, path: Path, *, there: bool) -> Known:
        """Return the memory after a file was written, or taken away."""
        memory = self.of(scope)
        seen = memory.seen | {path} if there else memory.seen - {path}
        return self.remembering(scope, replace(memory, seen=seen))


def recall(reads: Reads) -> Known:
    """Read what the store remembers; what makes no sense is damage of the database."""
    with understood(reads.path):
        return known_of(reads.memory())


def known_of(memory: Memory) -> Known:
    """Read the store's memory."""
    projects = tuple(Scope(root) for root in memory.projects)
    questions = questions_of((one.payload, one.created_at) for one in memory.questions)
    memories = {scope: _of_scope(memory, scope, questions) for scope in (USER, *projects)}
    return Known(memory.adopted_at, projects, memories, Coverage.parse(memory.reach), Consents.parse(memory.consents))


def _of_scope(memory: Memory, scope: Scope, questions: Iterable[OpenQuestion]) -> ScopeMemory:
    snapshot = memory.snapshots.get(str(scope))
    return ScopeMemory(
        from_payload(snapshot.payload) if snapshot else {},
        {endpoint: from_payload(payload) for (endpoint, of), payload in memory.bases.items() if of == str(scope)},
        frozenset(Path(path) for of, path in memory.present if of == str(scope)),
        _renamed(memory.renames, scope),
        tuple(one for one in questions if one.decision.scope == scope),
    )


_STORED = TypeAdapter(dict[str, list[tuple[str, str]]])


def _renamed(stored: object, scope: Scope) -> Renamed:
    """Read what `Known.renames` wrote of a scope; what cannot be read says nothing."""
    try:
        pairs = _STORED.validate_python(stored or {}).get(str(scope), [])
        return frozenset((ItemKey.parse(old), ItemKey.parse(new)) for old, new in pairs)
    except ValueError:
        return frozenset()
