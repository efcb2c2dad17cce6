"""The consent: what was found, every file that would be written with its diff, and what is asked before that.

Its `agreed` names the files and what changes in them: whoever was shown it gives it back with the user's word, and if
by then anything else would be written, nothing is, and it is shown again. A client that only goes on writing its own
state into a listed file changes nothing about it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from pydantic import BaseModel, ConfigDict

from aisync_desktop.clients.items import USER, Kind
from aisync_desktop.clients.whereabouts import program_of, whereabouts
from aisync_desktop.files.protocol import ABSENT
from aisync_desktop.kernel.messages import Text
from aisync_desktop.kernel.problem import Problem, problem_of
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.beginning import Proposed
from aisync_desktop.sync.applying.questions import Question, question_of
from aisync_desktop.sync.planning.look import Looked
from aisync_desktop.sync.reports.file_edits import FileEdit, LeftOut, PlannedEdits
from aisync_desktop.sync.terms.decisions import Decision
from aisync_desktop.sync.terms.endpoints import EndpointState


class _Report(BaseModel):
    model_config = ConfigDict(frozen=True)


class ProposedFile(FileEdit):
    """A file that would be written; `items` is how many items change in it."""

    items: int


class KeptFile(_Report):
    """A file that is read and stays as it is."""

    client: str
    name: str
    path: str
    kinds: tuple[Kind, ...]


class FoundClient(_Report):
    """A client on this machine: its program ("" where none is on the PATH), its files, and the items in them.

    One that is not `on` takes no part.
    """

    client: str
    name: str
    program: str
    files: tuple[str, ...]
    items: int
    kinds: dict[Kind, int]
    on: bool
    problems: tuple[Problem, ...]


class AskedGroup(_Report):
    """Questions of one kind, which can be answered alike."""

    kind: str
    item_kind: Kind
    summary: Text
    decisions: tuple[Question, ...]


class Proposal(_Report):
    """All that would be written, what was found, what stays as it is, and what is asked."""

    files: tuple[ProposedFile, ...]
    stays: tuple[KeptFile, ...] = ()
    clients: tuple[FoundClient, ...] = ()
    asked: tuple[AskedGroup, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    losses: int
    questions: int
    problems: int
    agreed: str


def proposal_of(proposed: Proposed, planned: PlannedEdits, world: World) -> Proposal:
    """Return what was proposed, and the edits of its plan, as a value for every face."""
    looked, plan = proposed.looked, proposed.plan
    files = tuple(ProposedFile(**dict(one), items=len(one.changes)) for one in planned.edits())
    return Proposal(
        files=files,
        stays=tuple(_kept(looked, {one.path for one in files})),
        clients=tuple(_clients(looked, world)),
        asked=tuple(_asked(looked)),
        left_out=planned.left_out(),
        losses=len(plan.losses),
        questions=len(plan.decisions),
        problems=len(plan.problems),
        agreed=proposed.agreed,
    )


def _kept(looked: Looked, written: set[str]) -> Iterator[KeptFile]:
    """Yield the files that are there, can be read and are not written."""
    out = {(scope.scope, endpoint) for scope in looked.plan.scopes for endpoint in scope.left_out}
    taking_part = [one for one in looked.survey.endpoints if not one.problem and (one.scope, one.id) not in out]
    files = ((str(file.path), state) for state in taking_part for file in state.files.values() if file.hash != ABSENT)
    for path, states in groupby(sorted(files, key=lambda one: (one[0], one[1].id)), key=lambda one: one[0]):
        if path not in written:
            every = [state for _, state in states]
            kinds = tuple(sorted({state.kind for state in every}))
            first = every[0]
            yield KeptFile(client=first.client, name=first.shared or first.name, path=path, kinds=kinds)


def _clients(looked: Looked, world: World) -> Iterator[FoundClient]:
    absent = {descriptor.id for descriptor in looked.survey.absent}
    here = whereabouts(world.disk, world.environ, world.home)
    for descriptor in looked.catalog.descriptors:
        if descriptor.id in absent:
            continue
        states = [one for one in looked.survey.of(USER) if descriptor.id in one.clients]
        kinds = Counter(state.kind for state in states for _ in state.view.items)
        yield FoundClient(
            client=descriptor.id,
            name=descriptor.name,
            program=str(program_of(descriptor, here) or ""),
            files=tuple(dict.fromkeys(_paths(states))),
            items=kinds.total(),
            kinds=dict(kinds),
            on=(USER, descriptor.id) not in looked.known.coverage.off,
            problems=tuple(problem_of(state.problem) for state in states if state.problem),
        )


def _paths(states: Iterable[EndpointState]) -> Iterator[str]:
    return (str(file.path) for state in states for file in state.files.values() if file.hash != ABSENT)


def _asked(looked: Looked) -> Iterator[AskedGroup]:
    """Yield the questions that are one to whoever answers them alike; what most are about comes first."""
    groups: dict[tuple[str, Kind, str, str], list[Decision]] = {}
    for one in looked.plan.decisions:
        groups.setdefault((one.kind, one.key.kind, one.summary.code, str(one.scope)), []).append(one)
    for (kind, item_kind, _, _), alike in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        questions = tuple(question_of(one, looked.survey, looked.known, looked.terms) for one in alike)
        yield AskedGroup(kind=kind, item_kind=item_kind, summary=alike[0].summary, decisions=questions)
