"""Going back: the plan that puts endpoints back to what their files held before.

A file is put back byte for byte, unless something in it that is not ours has changed since (clients keep their own
state beside our items): then only the items are put back, edited in as always, and the rest stays as it is now. What a
file held counts as agreed as far as it is what the snapshot says; anything else is measured as a change again. An
endpoint whose past is not known keeps its base, and the next plan brings it to what the goal says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TypeAlias

from aisync_desktop.clients.items import Item, ItemKey, Items, Permission, Renamed, Scope, UnifiedConfig
from aisync_desktop.clients.lens import MAIN, Documents, View
from aisync_desktop.documents.protocol import Document
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.model.merge import Merged
from aisync_desktop.sync.model.renames import renames
from aisync_desktop.sync.planning.drafting import Drafts, ReadBack, Target
from aisync_desktop.sync.planning.planner import ScopePlan, base_after
from aisync_desktop.sync.terms.consents import secrets_to_copy
from aisync_desktop.sync.terms.endpoints import EndpointState, FileState
from aisync_desktop.sync.terms.known import ScopeMemory

Contents: TypeAlias = Mapping[Path, "bytes | None"]  # what files held; None: there was none


@dataclass(frozen=True)
class Goal:
    """What to go back to: the unified items, what files held, and how the way is written down.

    Where `agreed` is not set, what is put back is no new agreement but an edit like any other (of one client's files).
    `renamed` are the names of then with those of now.
    """

    unified: Items
    contents: Contents
    event: str
    restored: int | None = None
    agreed: bool = True
    renamed: Renamed = frozenset()


@dataclass(frozen=True)
class _Past:
    """An endpoint as it was; `spelled` are the entries of launchers."""

    state: EndpointState
    files: Mapping[str, FileState]
    data: Mapping[str, bytes | None]
    documents: Documents
    view: View
    spelled: Items
    called: Renamed = frozenset()  # as of the goal

    @property
    def raw(self) -> Items:
        """The items as they were spelled."""
        return {**self.view.items, **self.spelled}

    @property
    def renamed(self) -> Renamed:
        """The new names of what is there by now under another one."""
        then, now = self.raw, self.state.raw
        told = {
            (old, new) for old, new in self.called if old in then and old not in now and new in now and new not in then
        }
        return frozenset(told or renames(then, now, self.state.view.opaque).items())

    @property
    def lasting(self) -> Items:
        """The items, as they are spelled now, that were there then and still are."""
        new = {new for _, new in self.renamed}
        return {key: item for key, item in self.state.raw.items() if key in new or key in self.raw}

    def meant(self, spelled: Items) -> Items:
        """Return what items mean that are spelled so."""
        return self.state.launching.seen(spelled).items

    @property
    def paths(self) -> frozenset[Path]:
        return frozenset(file.path for file in self.files.values())


def restoring(
    scope: Scope, states: Iterable[EndpointState], memory: ScopeMemory, goal: Goal, read_back: ReadBack
) -> ScopePlan:
    """Return the plan that goes back in one scope; endpoints that cannot be read now are left alone."""
    usable = [state for state in states if state.problem is None]
    pasts = {past.state.id: past for state in usable if (past := _past(state, goal, read_back))}
    exact = _exact(pasts.values())
    items_of = {state.id: _wanted(state, pasts.get(state.id), read_back) for state in usable}
    drafts = Drafts(read_back)
    for state in usable:
        wanted = state.raw if state.id in exact else items_of[state.id]
        past = pasts.get(state.id)
        called = past.renamed if past and state.id not in exact else frozenset()
        back = frozenset((new, old) for old, new in called if new not in wanted and old in wanted)
        drafts.add(state, wanted, () if state.id in exact else _revealed(state, wanted), back)
    targets = [*drafts.finish(), *_targets(exact.values())]
    ends = {of: exact[of].view.items if of in exact else past.meant(items_of[of]) for of, past in pasts.items()}
    agreed = {of: _agreed(past.state, ends[of], memory, goal) for of, past in pasts.items()}
    afters = {of: drafts.base_after(pasts[of].state, after, memory.bases.get(of, {})) for of, after in agreed.items()}
    written = {of for target in targets for of in target.endpoints}
    return ScopePlan(
        scope=scope,
        before=UnifiedConfig.of(scope, memory.unified),
        after=UnifiedConfig.of(scope, goal.unified),
        targets=tuple(sorted(targets, key=lambda target: (target.turn, target.path))),
        problems=tuple(drafts.problems),
        bases={of: after for of, after in afters.items() if of not in written},
        afters=afters,
        ends=ends,
        event=goal.event,
        restored=goal.restored,
        marked=bool(targets) and goal.restored is not None,
        keeps_questions=True,
    )


def _past(state: EndpointState, goal: Goal, read_back: ReadBack) -> _Past | None:
    """Return what an endpoint held, if that is known and can be read; a launcher stood for what the goal says."""
    contents = goal.contents
    launching = replace(state.launching, meant={**state.launching.meant, **goal.unified})
    state = replace(state, launching=launching)
    files = {**state.files, **_gone_since(state, contents)}
    known = {role: file for role, file in files.items() if file.path in contents}
    if not known or any(file.reading is None for file in known.values()):
        return None
    data = {role: contents[file.path] for role, file in known.items()}
    try:
        then = {role: _parsed(role, file, data[role], read_back) for role, file in known.items()}
        others = {role: document for role, document in state.documents.items() if role not in known}
        documents = {**others, **{role: document for role, document in then.items() if document is not None}}
        view, spelled = _seen(state, documents, read_back)
        past = _Past(state, known, data, documents, view, spelled, goal.renamed)
        return past if _only_items_differ(past) else _of_own_files(past, read_back)
    except WorldError:
        return None


def _of_own_files(past: _Past, read_back: ReadBack) -> _Past:
    """Return it without the files beside that say the same of the items now: they may say much else to others."""
    for role in past.files.keys() - {MAIN} if not past.state.in_folder else ():
        documents = {of: document for of, document in past.documents.items() if of != role}
        if role in past.state.documents:
            documents[role] = past.state.documents[role]
        if _seen(past.state, documents, read_back) == (past.view, past.spelled):
            files = {of: file for of, file in past.files.items() if of != role}
            past = replace(past, files=files, documents=documents)
    return past


def _seen(state: EndpointState, documents: Documents, read_back: ReadBack) -> tuple[View, Items]:
    """Return what documents said, and the spelling of what was launched; unknown launchers are left alone."""
    view = _holding_alike(state, read_back.view(state.lens, documents))
    seen = state.launching.seen(view.items)
    unknown = dict.fromkeys(seen.unknown, text("lens.launcher"))
    return View(seen.items, {**view.opaque, **unknown}), seen.spelled


def _holding_alike(state: EndpointState, view: View) -> View:
    """Return the view as one that says nothing about what the endpoint is held from saying now."""
    items = {key: item for key, item in view.items.items() if key not in state.held}
    return View(items, {**view.opaque, **{key: state.view.opaque[key] for key in state.held}})


def _gone_since(state: EndpointState, contents: Contents) -> dict[str, FileState]:
    """Return the files of a folder that it had and has no more."""
    pattern = state.lens.endpoint.folder
    if not pattern:
        return {}
    inside = [path for path in contents if path.is_relative_to(state.path)]
    roles = {path.relative_to(state.path).as_posix(): path for path in inside}
    shape = pattern.removeprefix("**/")
    fitting = [role for role in roles if fnmatchcase(Path(role).name, shape) and (shape != pattern or "/" not in role)]
    return {role: state.file(role) for role in fitting if role not in state.files}


def _parsed(role: str, file: FileState, data: bytes | None, read_back: ReadBack) -> Document | None:
    """Return the document of old bytes; where there was no file, an endpoint's own is seen as the one to be made."""
    return read_back.parse(file.model, data) if data is not None or role == MAIN else None


def _exact(pasts: Iterable[_Past]) -> dict[str, _Past]:
    """Return the endpoints whose files can be put back byte for byte; a file of several needs all of them to agree."""
    found = list(pasts)
    exact = {past.state.id: past for past in found if _only_items_differ(past, _beside(past, found))}
    while True:
        edited = {path for past in found if past.state.id not in exact for path in past.paths}
        torn = [of for of, past in exact.items() if not edited.isdisjoint(past.paths)]
        if not torn:
            return exact
        for of in torn:
            del exact[of]


def _beside(past: _Past, others: Iterable[_Past]) -> list[_Past]:
    """Return the endpoints that have a part in the same files: what they say is not the rest, either."""
    return [other for other in others if other is not past and not other.paths.isdisjoint(past.paths)]


def _only_items_differ(past: _Past, beside: Iterable[_Past] = ()) -> bool:
    """Whether nothing but what items say has changed since: nor what their entries hold besides, which is not ours."""
    state, others = past.state, tuple(beside)
    if past.view.opaque.keys() != state.view.opaque.keys() or (state.in_folder and state.held):
        return False
    try:
        every = (past, *others)
        now = _rest([_Part(one.state, one.state.documents, one.state.raw, one.lasting) for one in every])
        then = _rest([_Part(one.state, one.documents, one.raw, one.lasting, one.renamed) for one in every])
    except WorldError:
        return False
    return now == then


def rest_of(state: EndpointState, documents: Documents, items: Items) -> dict[str, Value]:
    """Return what documents say beside the endpoint's items, empty containers aside; of a folder nothing is left."""
    return {} if state.in_folder else _rest([_Part(state, documents, items)])


@dataclass(frozen=True)
class _Part:
    """What documents of an endpoint say, and the items that they are to say for a comparison."""

    state: EndpointState
    documents: Documents
    items: Items
    wanted: Items = field(default_factory=dict)
    renamed: Renamed = frozenset()

    def written(self, documents: Documents) -> Documents:
        return self.state.lens.write(documents, self.items, self.wanted, self.renamed)


def _rest(parts: Sequence[_Part]) -> dict[str, Value]:
    """Return what the documents of the first say once its items, and those of others in the same files, are alike."""
    first, *others = parts
    rest = dict(first.written(first.documents))
    for other in others:
        roles = {file.path: role for role, file in other.state.files.items()}
        mine = first.state.files.items()
        same = {role: roles[file.path] for role, file in mine if role in rest and file.path in roles}
        left = other.written({**other.documents, **{theirs: rest[role] for role, theirs in same.items()}})
        rest.update({role: left[theirs] for role, theirs in same.items() if theirs in left})
    return {role: _without_empty(document.value()) for role, document in rest.items()}


def _without_empty(value: Value) -> Value:
    if not isinstance(value, dict):
        return value
    inner = {key: _without_empty(each) for key, each in value.items()}
    return {key: each for key, each in inner.items() if each not in ({}, [])}


def _targets(exact: Iterable[_Past]) -> Iterator[Target]:
    """Yield the files to be put back; one of several endpoints is written once."""
    parts: dict[Path, list[tuple[str, _Past]]] = {}
    for past in exact:
        for role, file in past.files.items():
            parts.setdefault(file.path, []).append((role, past))
    for sharing in parts.values():
        role, past = next((part for part in sharing if part[0] == MAIN), sharing[0])
        file, data = past.files[role], past.data[role]
        if file.reading is not None and data != file.reading.data:
            document = past.documents.get(role) if data is not None else None
            endpoints = tuple(other.state.id for _, other in sharing)
            private = any(_brings_secrets(other) for _, other in sharing)
            yield Target(past.state.client, file, file.reading, data, document, endpoints, (), private=private)


def _brings_secrets(past: _Past) -> bool:
    """Whether a secret comes back that is not there now: the file may have become open to others since."""
    now = past.state.raw
    return any(secrets_to_copy(now.get(key), item) for key, item in past.raw.items())


def _wanted(state: EndpointState, past: _Past | None, read_back: ReadBack) -> Items:
    """Return the items to be edited in, as they are spelled; a secret that cannot be had any more cannot be."""
    now = state.raw
    if past is None:
        return now
    wanted = dict[ItemKey, Item]()
    for key, item in past.raw.items():
        if key in state.view.opaque:
            continue
        present = now.get(key)
        if not secrets_to_copy(present, item) or not read_back.missing(key, item, state.lens):
            wanted[key] = item
        elif present is not None:
            wanted[key] = present
    return wanted


def _revealed(state: EndpointState, wanted: Items) -> list[ItemKey]:
    """Return the items that are written with secrets that the endpoint had, and has no more."""
    return [key for key, item in wanted.items() if secrets_to_copy(state.raw.get(key), item)]


def _agreed(state: EndpointState, items: Items, memory: ScopeMemory, goal: Goal) -> dict[ItemKey, Item]:
    """Return the new base: of what the endpoint will hold, that which the goal says; the rest is a change again."""
    if not goal.agreed:
        return dict(memory.bases.get(state.id, {}))
    base = base_after(items, state, memory, Merged({}))
    held = {key: item for key, item in base.items() if key in state.held}
    known = {
        key: (item, state.lens.project(key, goal.unified[key]).item)
        for key, item in base.items()
        if key in goal.unified
    }
    return {key: _base_of(item, meant) for key, (item, meant) in known.items()} | held


def _base_of(item: Item, meant: Item | None) -> Item:
    """Return what counts as agreed: what was meant, unless the endpoint was never given it (a secret needs consent)."""
    if isinstance(item, Permission) and isinstance(meant, Permission):  # nor what would loosen it
        return item if item.action.strictness > meant.action.strictness else meant
    return item if meant is None or secrets_to_copy(item, meant) else meant
