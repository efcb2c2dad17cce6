"""A database that is lost while an engine runs, and what the engine has in memory: enough to go on with a new one.

History is not among it: older versions are lost with the old file, or stay in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from aisync_desktop.clients.items import Scope, UnifiedConfig, to_payload
from aisync_desktop.database.writer import Displaced
from aisync_desktop.files.protocol import ABSENT, content_hash
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.problem import Problem
from aisync_desktop.kernel.values import Value
from aisync_desktop.secrets.keys import KeyRef
from aisync_desktop.secrets.safe import Kept
from aisync_desktop.sync.applying.journal import recorded
from aisync_desktop.sync.applying.pausing import Pause
from aisync_desktop.sync.looking.survey import Survey
from aisync_desktop.sync.store import records
from aisync_desktop.sync.store.reads import ADOPTED_AT, CONSENTS, DATA_KEY, PAUSE, PROJECTS, REACH, RENAMES
from aisync_desktop.sync.store.rescue import Rescued
from aisync_desktop.sync.store.store import Store
from aisync_desktop.sync.terms.known import Known, ScopeMemory

_SOME_CONTENT = content_hash(b"")  # of a file that was there, and is not


@dataclass(frozen=True)
class Remembered:
    """The memory of an engine, its settings, and what its safe keeps under which key."""

    known: Known
    settings: Mapping[str, object]
    pause: Pause | None = None
    secrets: tuple[Kept, ...] = ()
    key: KeyRef | None = None

    def beside(self, rescued: Rescued) -> Rescued:
        """Return what could be read of a file with what is remembered, which is the newer."""
        secrets = {one.reference: one for one in (*rescued.secrets, *(self.secrets if self.key else ()))}
        return replace(
            rescued,
            facts={**rescued.facts, **self._facts()},
            secrets=tuple(secrets.values()),
        )

    def _facts(self) -> dict[str, Value]:
        known = self.known
        facts: dict[str, Value] = {
            PROJECTS: [scope.root for scope in known.projects],
            REACH: known.coverage.payload(),
            CONSENTS: known.consents.payload(),
            RENAMES: known.renames(),
            PAUSE: self.pause.stored if self.pause else None,
        }
        if known.adopted_at:
            facts[ADOPTED_AT] = known.adopted_at.isoformat()
        if self.key:
            facts[DATA_KEY] = {"id": self.key.id, "place": self.key.place.value}
        return facts


def write_again(known: Known, store: Store, survey: Survey) -> None:
    """Write what was agreed, and what is asked, into a new database; the clients are registered there."""
    for scope, memory in known.memories.items():
        unified, named = UnifiedConfig.of(scope, memory.unified), str(scope)
        start = records.SyncStart(
            named,
            "rescue",
            "start",
            records.NewSnapshot(unified.hash(), unified.payload(), "start") if memory.unified else None,
            bases=tuple(records.BaseUpdate(of, named, to_payload(base)) for of, base in memory.bases.items()),
            endpoints=tuple(_seen(scope, memory, survey)),
        )
        store.finish_sync(store.begin_sync(start), records.SyncEnd(records.SyncStatus.DONE))
    store.put_decisions([recorded(one) for memory in known.memories.values() for one in memory.questions])


def _seen(scope: Scope, memory: ScopeMemory, survey: Survey) -> Iterator[records.EndpointSeen]:
    """Yield the files that were there, as they are now; one that is away since is still expected."""
    for state in survey.of(scope):
        for file in state.files.values():
            if file.path in memory.seen:
                held = _SOME_CONTENT if file.hash == ABSENT else file.hash
                yield records.EndpointSeen(state.client, str(scope), str(file.path), state.kind.value, held)


def displaced_notice(displaced: Displaced) -> Problem:
    """Return how it is told that the database was away from its place."""
    theirs = displaced.theirs
    message = text("store.displaced.replaced", name=theirs.name) if theirs else text("store.displaced.deleted")
    title, next_step = text("store.displaced"), text("store.displaced.next")
    return Problem(title=title, message=message, next_step=next_step, path=str(theirs or ""))
