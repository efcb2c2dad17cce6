"""The last good version: what a file held before it could not be read any more, or was gone.

It is put back as a whole. What is put back is planned as if the file held that version now, and as if it said what was
agreed: it is edited where that has moved on since, and nothing that it says is taken for a change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from aisync_desktop.clients.items import UnifiedConfig
from aisync_desktop.files.protocol import Reading, content_hash
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.texts import encodable
from aisync_desktop.sync.looking.survey import Survey, Surveyor
from aisync_desktop.sync.planning.drafting import Target
from aisync_desktop.sync.planning.planner import Plan, ScopePlan, make_plan
from aisync_desktop.sync.planning.whole_files import LAST_GOOD, as_found, holding, roles_at
from aisync_desktop.sync.store.reads import Reads
from aisync_desktop.sync.store.records import VersionRecord
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.known import Known
from aisync_desktop.sync.terms.plan_terms import PlanTerms

_VERSIONS = 50  # to look back


def _words(code: str) -> tuple[Text, Text, Text]:
    return text(f"remedy.{code}"), text(f"remedy.{code}.message"), text(f"remedy.{code}.next")


class NotLookedAfterError(WorldError):
    """The file is none of those that are kept in step."""

    def __init__(self, path: str) -> None:
        title, message, next_step = (
            text("remedy.not-ours"),
            text("remedy.not-ours.message"),
            text("remedy.not-ours.next"),
        )
        super().__init__(title, message, next_step, Path(path))


class NothingWrongError(WorldError):
    """The file can be read: there is nothing to put right."""

    def __init__(self, path: Path) -> None:
        super().__init__(*_words("fine"), path)


class NoGoodVersionError(WorldError):
    """History has no version of the file that can be read, or not the one that the user was shown."""

    def __init__(self, path: Path) -> None:
        super().__init__(*_words("none"), path)


class FileMovedOnError(WorldError):
    """The file, or what its link leads to, is another one than the user was shown."""

    def __init__(self, path: Path) -> None:
        super().__init__(*_words("moved-on"), path)


def states_with(path: str, survey: Survey) -> list[EndpointState]:
    """Return the endpoints, of one scope, that a file is a part of."""
    found = [state for state in survey.endpoints if any(_is(file.path, path) for file in state.files.values())]
    if not found:
        raise NotLookedAfterError(path)
    return [state for state in found if state.scope == found[0].scope]


def path_in(path: str, states: list[EndpointState]) -> Path:
    """Return the path as it was looked at."""
    return next(file.path for state in states for file in state.files.values() if _is(file.path, path))


def _is(path: Path, told: str) -> bool:
    return encodable(str(path)) == told


@dataclass(frozen=True)
class LastGood:
    """The version that is put back, and the plan that does it; `over` names what is there now, and where that is."""

    version: VersionRecord
    plan: ScopePlan
    survey: Survey
    over: str

    @property
    def whole(self) -> Plan:
        """All that is written."""
        return Plan((self.plan,))


def last_good(told: str, survey: Survey, known: Known, terms: PlanTerms, surveyor: Surveyor, store: Reads) -> LastGood:
    """Find the newest version of a file that its clients can read, and plan to put it back."""
    sharing = states_with(told, survey)
    path = path_in(told, sharing)
    reading = _broken(path, sharing)
    for version, data in _versions(path, reading, store):
        try:
            then = [holding(state, path, data, surveyor) for state in sharing]
        except WorldError:
            continue
        over = store.name(content_hash(f"{reading.real_path}\0{reading.hash}".encode(errors="surrogateescape")))
        return LastGood(version, _planned(reading, data, then, survey, known, terms, surveyor), survey, over)
    raise NoGoodVersionError(path)


def _broken(path: Path, sharing: list[EndpointState]) -> Reading:
    """Return what a file holds now; a WorldError where that can be read as it should, or not even be looked at."""
    files = [state.files[role] for state in sharing for role in roles_at(state, path)]
    problems = [one for one in (*(file.problem for file in files), *(state.problem for state in sharing)) if one]
    reading = next((file.reading for file in files if file.reading), None)
    if reading is None:
        raise next(iter(problems), NoGoodVersionError(path))
    if not problems and reading.data and not reading.data.isspace():
        raise NothingWrongError(path)
    return reading


def _versions(path: Path, now: Reading, store: Reads) -> Iterator[tuple[VersionRecord, bytes]]:
    """Yield what it held before, newest first; that it was empty, or what it is now, is nothing to put back."""
    for version in store.versions(str(path), limit=_VERSIONS):
        data = store.blob(version.hash) if version.size else b""
        if data.strip() and data != now.data:
            yield version, data


def _planned(
    now: Reading,
    data: bytes,
    then: list[EndpointState],
    survey: Survey,
    known: Known,
    terms: PlanTerms,
    surveyor: Surveyor,
) -> ScopePlan:
    """Plan to put these bytes back, edited as everything else is kept in step, and nothing besides."""
    scope, ids = then[0].scope, {state.id for state in then}
    states = {(state.scope, state.id): state for state in then}
    foreseen = replace(survey, endpoints=tuple(states.get((one.scope, one.id), one) for one in survey.endpoints))
    plan = make_plan(foreseen, known, surveyor, replace(terms, restored=frozenset(states)))
    of_scope = next(one for one in plan.scopes if one.scope == scope)
    mine = [as_found(one, survey) for one in of_scope.targets if not ids.isdisjoint(one.endpoints)]
    if not any(one.path == now.path for one in mine):
        mine.append(_as_it_was(now, data, then, survey))
    memory = known.of(scope)
    touched = {of for one in mine for of in one.endpoints}
    same = UnifiedConfig.of(scope, memory.unified)
    return ScopePlan(
        scope=scope,
        before=same,
        after=same,
        targets=tuple(sorted(mine, key=lambda one: (one.turn, one.path))),
        afters={of: dict(of_scope.afters.get(of, memory.bases.get(of, {}))) for of in touched},
        event=LAST_GOOD,
        keeps_questions=True,
    )


def _as_it_was(now: Reading, data: bytes, then: list[EndpointState], survey: Survey) -> Target:
    """Return the file with exactly these bytes."""
    first, path = then[0], now.path
    file = first.files[roles_at(first, path)[0]]
    ids = tuple(one.id for one in then)
    return as_found(Target(first.client, file, now, data, file.document, ids, ()), survey)
