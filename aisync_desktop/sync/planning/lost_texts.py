"""Lost texts: a client wrote its file anew and dropped the comments, or spelled its numbers otherwise.

The surveyor knows what the file held before; that version is kept, and the user is asked whether to put the text back,
or a setting answers for all. Put back is the earlier text, edited to say what the file says now, so that nothing that
was changed since is undone. It is offered only if it reads as the same items. Who left other comments alone was a
person, who meant it; a file of which a client keeps its own state in plain JSON has no comments and takes no part.

Keys that are no part of an item go the same way: a writer that drops what it does not know drops them. They are offered
only where the file shows such a writer, and not put back unasked where that might have been an editor that formats.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from aisync_desktop.clients.items import ItemKey
from aisync_desktop.clients.servers import ServerLens
from aisync_desktop.documents.lost_keys import keys_gone, with_keys
from aisync_desktop.documents.lost_text import Lost, as_spelled, edited_back, lost
from aisync_desktop.documents.protocol import Document
from aisync_desktop.documents.values import same
from aisync_desktop.files.protocol import content_hash
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.ports import Clock
from aisync_desktop.kernel.values import KeyPath
from aisync_desktop.sync.looking.survey import Survey, Surveyor
from aisync_desktop.sync.model.taking import BASE
from aisync_desktop.sync.planning.drafting import Target
from aisync_desktop.sync.planning.planner import Plan, ScopePlan
from aisync_desktop.sync.store.reads import Reads
from aisync_desktop.sync.terms.decisions import LOST_TEXT, MASS_DELETION, Decision
from aisync_desktop.sync.terms.endpoints import EndpointState, FileState
from aisync_desktop.sync.terms.known import Known

if TYPE_CHECKING:
    from aisync_desktop.sync.store.store import Store  # who only looks imports no writer

ASK, RESTORE, ACCEPT = "ask", "restore", "accept"
_AGAIN_AT_MOST = 2
_SOON_SECONDS = 600.0  # a client that drops text again within this time fights for it
_ACTOR = "unknown"


@dataclass(frozen=True)
class _Loss:
    """What a file lacks of an earlier version, as of the content of `hash`."""

    before: Document
    hash: str
    lost: Lost


class LostTexts:
    """The memory of files that lack text of an earlier version; who only looks has one, too, for a moment."""

    def __init__(self, store: Reads, surveyor: Surveyor, clock: Clock) -> None:
        self._store = store
        self._surveyor = surveyor
        self._clock = clock
        self._losses: dict[Path, _Loss] = {}
        self._stored: dict[str, str] = {}  # by path, the name of the earlier version, as the store knows it
        self._open: dict[str, str] | None = None  # of these, those whose files were not seen yet; None: not read yet
        self._wanted: set[Path] = set()  # the user said to put it back
        self._times: dict[Path, tuple[int, float]] = {}  # how often in a row text was dropped, and when last
        self._seen: set[Path] = set()  # files of which a version is to be kept when all is done
        self._recalled: set[Path] = set()

    def asking(self, plan: Plan, survey: Survey, policy: str) -> Plan:
        """Return the plan with what is to be asked, or put back, about texts that were lost."""
        self._look(survey, policy)
        if not self._losses:
            return plan
        return Plan(tuple(self._in_scope(scope, survey, policy) for scope in plan.scopes))

    def settle(self, decision: Decision, take: str, survey: Survey) -> None:
        """Take the user's answer: the text is put back with the next plan that can read the file, or let go."""
        path = _asked_about(decision, survey) if decision.kind == LOST_TEXT else None
        if path is None:
            return
        if take == BASE:
            self._wanted.add(path)
        else:
            self._let_go(path)

    def forget(self) -> None:
        """Let everything go: the files are about to be what the user wants."""
        self._read_stored()
        self._surveyor.earlier.clear()
        self._open = {}
        for path in tuple(self._losses):
            self._let_go(path)

    def recall(self, survey: Survey) -> bool:
        """Compare files, at their first look, with their newest version in history; return whether one is another.

        What differs is told by the size, so that most starts need no keys.
        """
        found = False
        for _, file in _places(survey):
            if file.path in self._recalled:
                continue
            self._recalled.add(file.path)
            newest = next(iter(self._store.versions(str(file.path), limit=1)), None)
            if newest and newest.size and file.reading and newest.size != file.reading.size:
                found |= self._remember(file, newest.hash)
        return found

    def keep(self, store: Store) -> None:
        """Put the earlier versions into history, and write down which they are."""
        texts = {str(path): loss.before.dump() for path, loss in self._losses.items()}
        names = {**(self._open or {}), **{path: store.name(content_hash(data)) for path, data in texts.items()}}
        if names == self._stored:
            return
        for path, data in texts.items():
            if names[path] != self._stored.get(path):
                store.keep_version(path, data, reason="lost-text", actor=_ACTOR)
        store.set_lost_texts(names)
        self._stored = names

    def keep_seen(self, store: Store, survey: Survey, known: Known, kept: Mapping[Path, str]) -> None:
        """Put what files hold now into history, where others changed text that the next writer may drop.

        Not while their items wait to be settled: who undoes the answer goes back to before the question. `kept` are the
        hashes of what a sync has put there last.
        """
        for state, file in _places(survey):
            if file.path in self._seen and file.reading and _is_agreed(survey, state, file, known):
                if kept.get(file.path) != file.hash:
                    store.keep_version(str(file.path), file.reading.data, reason="seen", actor=state.client)
                self._seen.discard(file.path)

    def _look(self, survey: Survey, policy: str) -> None:
        """Measure anew what changed since the last look."""
        for state, file in _places(survey):
            self._resume(file)
            known, before = self._losses.get(file.path), self._surveyor.earlier.pop(file.path, None)
            if before is not None:
                self._seen.add(file.path)
            if known is not None and known.hash != file.hash:
                self._measure(survey, state, file, known.before)
            elif known is None and before is not None and self._measure(survey, state, file, before):
                self._count(file.path)
            if policy == ACCEPT and file.path in self._losses:
                self._let_go(file.path)

    def _resume(self, file: FileState) -> None:
        """Go on with what was open when the last run ended."""
        name = self._read_stored().pop(str(file.path), None)
        if name is not None:
            self._remember(file, name)

    def _read_stored(self) -> dict[str, str]:
        """Return what was open when the last run ended, of files that were not seen yet."""
        if self._open is None:
            self._stored = self._store.lost_texts()
            self._open = dict(self._stored)
        return self._open

    def _remember(self, file: FileState, name: str) -> bool:
        try:
            before = self._surveyor.parse(file.model, self._store.blob(name))
        except WorldError:
            return False
        self._surveyor.earlier[file.path] = before
        return True

    def _measure(self, survey: Survey, state: EndpointState, file: FileState, before: Document) -> bool:
        """Take note of what a file lacks, if it can be put back and no person took it out."""
        found = self._lacking(survey, state, file, before)
        fresh = file.path not in self._losses
        if found and (found.bare or not fresh) and self._reads_the_same(survey, state, file, found):
            self._losses[file.path] = _Loss(before, file.hash, found)
            return True
        self._losses.pop(file.path, None)
        self._wanted.discard(file.path)
        return False

    def _lacking(self, survey: Survey, state: EndpointState, file: FileState, before: Document) -> Lost:
        now = file.document
        if now is None:
            return Lost()
        gone = keys_gone(before.value(), now.value())
        return lost(before, now, self._strange(survey, state, file, before, gone)) if gone else lost(before, now)

    def _strange(
        self, survey: Survey, state: EndpointState, file: FileState, before: Document, gone: tuple[KeyPath, ...]
    ) -> tuple[KeyPath, ...]:
        """Return those of the keys that are no part of any item: with them, all items read the same.

        A key that went with the transport that it belonged to reads as nothing, too, and is none of them.
        """
        lenses = [one.lens for one in _sharing(survey, state, file) if one.path == file.path]
        servers = [lens for lens in lenses if isinstance(lens, ServerLens)]
        gone = tuple(key for key in gone if not any(lens.maps(key) for lens in servers))

        def strange(keys: tuple[KeyPath, ...]) -> bool:
            whole = edited_back(before, file.document, keys) if file.document else None
            return self._reads_the_same(survey, state, file, Lost(whole=whole, keys=keys))

        return gone if strange(gone) else tuple(key for key in gone if strange((key,)))

    def _count(self, path: Path) -> None:
        now = self._clock.monotonic()
        times, last = self._times.get(path, (0, now))
        self._times[path] = (times + 1 if now - last <= _SOON_SECONDS else 1, now)

    def _let_go(self, path: Path) -> None:
        self._losses.pop(path, None)
        self._read_stored().pop(str(path), None)
        self._wanted.discard(path)
        self._seen.add(path)  # what is there now is what the next start compares with

    def _in_scope(self, plan: ScopePlan, survey: Survey, policy: str) -> ScopePlan:
        for state, file in _places(replace(survey, endpoints=survey.of(plan.scope))):
            loss = self._losses.get(file.path)
            if loss is None or not _is_settled(plan, state):
                continue
            target = self._target(plan, survey, state, file, loss) if self._is_due(file.path, policy) else None
            if target is not None:
                targets = (*(one for one in plan.targets if one.path != file.path), target)
                plan = replace(plan, targets=tuple(sorted(targets, key=lambda one: (one.turn, one.path))))
            else:
                plan = self._with_question(plan, state, file, loss.lost)
        return plan

    def _is_due(self, path: Path, policy: str) -> bool:
        sure = self._losses[path].lost.sure
        restores = sure and policy == RESTORE and self._times.get(path, (0, 0.0))[0] <= _AGAIN_AT_MOST
        return restores or path in self._wanted

    def _with_question(self, plan: ScopePlan, state: EndpointState, file: FileState, found: Lost) -> ScopePlan:
        key, label = ItemKey(state.kind, file.path.name), {state.label: None}
        summary = _summary(state, file, found)
        decision = Decision(LOST_TEXT, state.scope, key, summary, label, kept=True, endpoint=state.id)
        return replace(plan, decisions=tuple(sorted((*plan.decisions, decision), key=lambda one: one.id)))

    def _target(
        self, plan: ScopePlan, survey: Survey, state: EndpointState, file: FileState, loss: _Loss
    ) -> Target | None:
        """Return the file with its text put back; where it is to be edited anyhow, with that edit."""
        planned = next((one for one in plan.targets if one.path == file.path), None)
        if planned is None and file.reading is not None and loss.lost.whole is not None:
            whole = loss.lost.whole
            return Target(state.client, file, file.reading, whole.dump(), whole, (), ())
        if planned is None or planned.document is None:
            return planned
        edited = replace(file, document=planned.document)
        found = lost(loss.before, planned.document, loss.lost.keys)
        if found.whole is None or not self._reads_the_same(survey, state, edited, found):
            return planned
        return replace(planned, data=found.whole.dump(), document=found.whole)

    def _reads_the_same(self, survey: Survey, state: EndpointState, file: FileState, found: Lost) -> bool:
        """Whether everybody who has a part in the file reads the same in it with the text put back."""
        now = file.document
        if now is None or found.whole is None:
            return False
        try:
            then = self._surveyor.parse(file.model, found.whole.dump())
            views = all(
                self._view(one, file, now) == self._view(one, file, then) for one in _sharing(survey, state, file)
            )
        except WorldError:
            return False
        said = then.value()
        return views and same(with_keys(said, as_spelled(said, now.value()), found.keys), said)

    def _view(self, state: EndpointState, file: FileState, document: Document) -> object:
        mine = {role for role, one in state.files.items() if one.path == file.path}
        return self._surveyor.view(state.lens, {**state.documents, **dict.fromkeys(mine, document)})


def _asked_about(decision: Decision, survey: Survey) -> Path | None:
    """Return the file of which text was lost; it may be one that cannot be read now."""
    states = (state for state in survey.of(decision.scope) if state.id == decision.endpoint)
    paths = (path for state in states for path in (state.path, *(file.path for file in state.files.values())))
    return next((path for path in paths if path.name == decision.key.name), None)


def _is_settled(plan: ScopePlan, state: EndpointState) -> bool:
    """Whether an endpoint takes part, and no greater question is open: whether the client was reset."""
    resets = {decision.endpoint for decision in plan.decisions if decision.kind == MASS_DELETION}
    return state.id in plan.bases and state.id not in resets


def _sharing(survey: Survey, state: EndpointState, file: FileState) -> Iterator[EndpointState]:
    for other in survey.of(state.scope):
        if other.problem is None and any(one.path == file.path for one in other.files.values()):
            yield other


def _is_agreed(survey: Survey, state: EndpointState, file: FileState, known: Known) -> bool:
    """Whether a file says of the items what was agreed."""
    bases = known.of(state.scope).bases
    return all(one.view.items == bases.get(one.id, {}) for one in _sharing(survey, state, file))


def _places(survey: Survey) -> Iterator[tuple[EndpointState, FileState]]:
    """Yield each file that may hold text beside its values, once, with the endpoint that is asked about."""
    done: set[Path] = set()
    for state in survey.endpoints:
        for file in () if state.problem or state.in_folder else state.files.values():
            if file.path not in done and file.may_say_more and file.reading and file.reading.data:
                done.add(file.path)
                yield state, file


def _summary(state: EndpointState, file: FileState, found: Lost) -> Text:
    if found.keys:
        what = "both" if found.comments else "keys"
        keys, comments = len(found.keys), len(found.comments)
        return text(f"decision.lost-text.{what}", client=state.name, keys=keys, comments=comments, file=file.path.name)
    count = len(found.comments) or len(found.numbers)
    what = "comments" if found.comments else "numbers"
    return text(f"decision.lost-text.{what}", client=state.name, count=count, file=file.path.name)
