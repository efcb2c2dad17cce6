"""A look at everything that writes nothing, anywhere; it works beside a running app."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from aisync_desktop.clients.items import Scope
from aisync_desktop.database.errors import understood
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.program.world import World
from aisync_desktop.secrets.safe import OpenSafe
from aisync_desktop.sync.looking.survey import Surveyor
from aisync_desktop.sync.planning.look import Looked, Looking
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.terms.known import Known, recall
from aisync_desktop.sync.terms.plan_terms import SecretRepairs

if TYPE_CHECKING:
    from aisync_desktop.sync.model.status import Status
    from aisync_desktop.sync.reports.file_edits import FileEdit
    from aisync_desktop.sync.terms.agent_proposals import AgentProposal


@dataclass(frozen=True)
class Preview:
    """What was found, the status that says so, and what assistants asked for."""

    looked: Looked
    status: Status
    proposals: tuple[AgentProposal, ...]


@dataclass(frozen=True)
class _Ground:
    """What a look is made from, as long as the databases are open."""

    reader: Reader
    safe: OpenSafe
    surveyor: Surveyor
    known: Known
    looking: Looking


def look(world: World, prefer: str = "", project: Scope | None = None, mending: SecretRepairs | None = None) -> Looked:
    """Look, with one more project if one is given, and with what the doctor's repairs would do."""
    with _opened(world, project) as ground:
        ground.surveyor.catalog.require(prefer)
        return ground.looking.look(ground.known, prefer, mending=mending)


def look_at_edits(world: World, prefer: str = "", project: Scope | None = None) -> tuple[Looked, tuple[FileEdit, ...]]:
    """Look, and return every file that would be written, too, with its bytes as a diff; of one scope, if named."""
    from aisync_desktop.sync.reports.file_edits import PlannedEdits  # a plain plan has no time for it
    from aisync_desktop.sync.reports.plan_report import only_in

    with _opened(world, project) as ground:
        ground.surveyor.catalog.require(prefer)
        looked = ground.looking.look(ground.known, prefer)
        plan = only_in(looked.plan, project)
        return looked, PlannedEdits(plan, looked.survey, ground.surveyor, ground.surveyor.literals.values()).edits()


def preview(world: World) -> Preview:
    """Look, and say how things stand."""
    from aisync_desktop.sync.applying.journal import last_activity  # a status takes more than a look does
    from aisync_desktop.sync.applying.pausing import stored_pause
    from aisync_desktop.sync.applying.secret_notes import notes_of
    from aisync_desktop.sync.applying.status_report import build_status
    from aisync_desktop.sync.looking.client_sessions import outdated
    from aisync_desktop.sync.terms.agent_proposals import proposals_of

    with _opened(world, None) as ground:
        looked = ground.looking.look(ground.known)
        last, pause = last_activity(ground.reader), stored_pause(ground.reader.pause())
        notes = notes_of(ground.reader, ground.safe.known()) if looked.keyring else ()
        with understood(ground.reader.path):
            proposals = proposals_of(ground.reader.proposals())
    now = world.clock.now()
    pause = pause.at(now) if pause and pause.at(now).lasts(now) else None
    status = build_status(
        looked.survey,
        looked.plan,
        adopted=ground.known.adopted,
        last=last,
        pause=pause,
        notices=ground.surveyor.notices(),
        outdated=outdated(looked.survey, looked.since),
        notes=notes,
        proposals=proposals,
    )
    return Preview(looked, status, proposals)


@contextmanager
def _opened(world: World, project: Scope | None) -> Iterator[_Ground]:
    with closing(Reader.of(world)) as reader, closing(ProgramReader.of(world)) as program:
        known = recall(reader)
        if project is not None:
            world = world.apart()
            known = replace(known, projects=tuple(dict.fromkeys((*known.projects, project))))
        safe = world.safe(reader)
        surveyor = Surveyor.of(world, reader, safe)
        looking = Looking(reader, program, surveyor, world.clock, world.environ, world.processes)
        yield _Ground(reader, safe, surveyor, known, looking)
