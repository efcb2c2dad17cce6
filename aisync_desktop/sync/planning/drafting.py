"""From what endpoints should hold to files: documents edited in memory and read back, as the clients would read them.

Several endpoints may have a part in one file: each edits what the ones before it left, and the file is written once.
After each edit all endpoints of the file are judged together: each must read as it is to be, or as it was where its
turn has not come yet. What stands inside an entry that another endpoint edits (approval modes, lists of tools) may go
along with that entry: it is `carried`, and is seen as the client's own change at the next look.

What a document refuses, or what would not read back, is held back alone: the changes are tried all at once, and halved
until those are found that do not go. Everything else is written; who is held back is told with the item's name.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeAlias

from aisync_desktop.clients.descriptor import FileModel
from aisync_desktop.clients.items import Item, ItemKey, Items, Renamed
from aisync_desktop.clients.lens import Documents, Lens, View
from aisync_desktop.documents.errors import UnverifiedEditError
from aisync_desktop.documents.protocol import Document
from aisync_desktop.files.protocol import ABSENT, ClientLock, Reading, content_hash
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import Remedy, WorldError
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.values import KeyPath
from aisync_desktop.sync.model.diff import Change, diff
from aisync_desktop.sync.terms.endpoints import EndpointState, FileState

_log = logging.getLogger(__name__)
_Unit: TypeAlias = "frozenset[ItemKey]"  # what goes together: an item, or one with the name that it had before


class ReadBack(Protocol):
    """How new bytes are read again, as the client would: what was meant must come back."""

    def parse(self, model: FileModel, data: bytes | None, like: Document | None = None) -> Document:
        """Return the document of these bytes; what is the same in one that is `like` it need not be read again."""
        ...

    def view(self, lens: Lens, documents: Documents) -> View:
        """Return what documents say."""
        ...

    def unsealed(self, key: ItemKey, item: Item) -> Item:
        """Return an item with its secrets in clear, as far as they are known."""
        ...

    def missing(self, key: ItemKey, item: Item, lens: Lens) -> str:
        """Return why an item cannot be written with its secrets, as a code of a message; "" where it can."""
        ...


class Asked:
    """Reads back as another does, and knows whether it was asked to."""

    def __init__(self, read_back: ReadBack) -> None:
        self._read_back = read_back
        self.anything = False

    def _asked(self) -> ReadBack:
        self.anything = True
        return self._read_back

    def parse(self, model: FileModel, data: bytes | None, like: Document | None = None) -> Document:
        """Return the document of these bytes."""
        return self._asked().parse(model, data, like)

    def view(self, lens: Lens, documents: Documents) -> View:
        """Return what documents say."""
        return self._asked().view(lens, documents)

    def unsealed(self, key: ItemKey, item: Item) -> Item:
        """Return an item with its secrets in clear, as far as they are known."""
        return self._asked().unsealed(key, item)

    def missing(self, key: ItemKey, item: Item, lens: Lens) -> str:
        """Return why an item cannot be written with its secrets, as a code of a message."""
        return self._asked().missing(key, item, lens)


@dataclass(frozen=True)
class Target:
    """One file to be replaced: what it must still hold, what it will hold (None: no file), and what that changes."""

    client: str
    file: FileState
    expected: Reading
    data: bytes | None
    document: Document | None
    endpoints: tuple[str, ...]
    changes: tuple[Change, ...]
    turn: int = 0
    private: bool = False  # a secret comes into it: nobody else may read it from now on

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.file.path

    @property
    def elsewhere(self) -> Path | None:
        """Where its bytes really are, if its path goes over a link."""
        return self.expected.real_path if self.expected.real_path != self.path else None

    @cached_property
    def hash(self) -> str:
        """The content hash of what it will hold."""
        return ABSENT if self.data is None else content_hash(self.data)

    @property
    def lock(self) -> ClientLock | None:
        """The lock that the client takes for it."""
        return self.file.lock


class HeldBackError(WorldError):
    """One item cannot be written into a file as the file is; the file keeps what it says of it, and all else goes on.

    Attributes: keys: the item, or its old and its new name.
    """

    actions = (Remedy.OPEN_FILE,)

    def __init__(self, path: Path, keys: _Unit, why: Text) -> None:
        names = ", ".join(sorted(key.name for key in keys))
        super().__init__(text("engine.held-back", item=names), why, text("engine.held-back.next"), path)
        self.keys = keys


@dataclass
class _Draft:
    """What an endpoint means to hold, as it is spelled, and by now: what it will, `done` once its turn was."""

    state: EndpointState
    wanted: dict[ItemKey, Item]
    revealed: frozenset[ItemKey] = frozenset()
    renamed: Renamed = frozenset()
    done: bool = False
    reached: dict[ItemKey, Item] = field(default_factory=dict)
    carried: frozenset[ItemKey] = frozenset()

    @property
    def changes(self) -> tuple[Change, ...]:
        """What its turn changed."""
        return diff(self.state.raw, self.reached) if self.done else ()

    def known(self) -> frozenset[ItemKey]:
        """Return the items that it has, or is to have."""
        return frozenset(self.reached if self.done else {**self.state.raw, **self.wanted})

    def is_of(self, path: Path) -> bool:
        """Whether it has a part in a file."""
        return any(file.path == path for file in self.state.files.values())

    def may_be(self, key: ItemKey) -> tuple[Item | None, ...]:
        """Return what its documents may say of an item at present."""
        if self.done:
            return (self.reached.get(key),)
        return (self.state.raw.get(key), self.wanted.get(key))

    def units(self) -> list[_Unit]:
        """Return what is to be changed, each with what it cannot go without."""
        moved = [change.key for change in diff(self.state.raw, self.wanted)]
        pairs = [frozenset(pair) for pair in sorted(self.renamed)]
        alone = [frozenset({key}) for key in moved if not any(key in pair for pair in pairs)]
        return [*pairs, *alone]

    def with_units(self, units: Iterable[_Unit]) -> dict[ItemKey, Item]:
        """Return what it would hold with these changes only."""
        items = dict(self.state.raw)
        for key in (key for unit in units for key in unit):
            if key in self.wanted:
                items[key] = self.wanted[key]
            else:
                items.pop(key, None)
        return items


@dataclass(frozen=True)
class _Edited:
    """Files as they would be: their documents, who made each so, and where the entries stand that were edited."""

    documents: Mapping[Path, Document | None] = field(default_factory=dict)
    files: Mapping[Path, FileState] = field(default_factory=dict)
    writers: Mapping[Path, tuple[str, ...]] = field(default_factory=dict)  # the ids of endpoints
    places: frozenset[tuple[Path, KeyPath]] = frozenset()

    def of(self, state: EndpointState) -> Mapping[str, FileState]:
        """Return the files of an endpoint by role, those that it makes in its folder too."""
        if not state.in_folder:
            return state.files
        made = (file for path, file in self.files.items() if state.id in self.writers[path])
        return {**state.files, **{_role(state, file): file for file in made}}

    def documents_of(self, state: EndpointState) -> dict[str, Document]:
        """Return an endpoint's documents as they would be."""
        found = {role: self.documents.get(file.path, file.document) for role, file in self.of(state).items()}
        return {role: document for role, document in found.items() if document is not None}

    def changed(self, since: _Edited) -> frozenset[Path]:
        """Return the files that are others than before."""
        then = since.documents
        return frozenset(path for path, document in self.documents.items() if then.get(path) is not document)

    def touches(self, state: EndpointState, changed: Collection[Path]) -> bool:
        """Whether one of these files is an endpoint's."""
        if state.in_folder and any(state.id in self.writers.get(path, ()) for path in changed):
            return True
        return any(file.path in changed for file in state.files.values())


_Judged: TypeAlias = "dict[str, frozenset[ItemKey]]"  # by the endpoint's id: what goes, or comes, with others' entries


class Drafts:
    """The edits of one scope, as they come together."""

    def __init__(self, read_back: ReadBack) -> None:
        self._read_back = read_back
        self._drafts: dict[str, _Draft] = {}
        self._now = _Edited()
        self._private: set[Path] = set()
        self._reread: dict[Path, tuple[Document, Document]] = {}  # new documents, and what their bytes read as
        self.problems: list[tuple[EndpointState, HeldBackError]] = []

    def add(
        self,
        state: EndpointState,
        wanted: Mapping[ItemKey, Item],
        revealed: Iterable[ItemKey] = (),
        renamed: Renamed = frozenset(),
    ) -> None:
        """Say what an endpoint is to hold, as it is spelled; the revealed get their secrets in clear.

        `renamed` are old names with new ones: such an entry keeps its place, and all that it has besides.
        """
        self._drafts[state.id] = _Draft(state, dict(wanted), frozenset(revealed), renamed)

    def finish(self) -> tuple[Target, ...]:
        """Edit and verify, and return the files to be replaced, in the order in which to do it."""
        for draft in self._drafts.values():
            units = draft.units()
            draft.reached = draft.with_units(self._settled(draft, self._now, units, ()) if units else ())
            draft.done = True
        targets = (self._target(path) for path in self._now.documents)
        return tuple(sorted((one for one in targets if one), key=lambda target: (target.turn, target.path)))

    def held_back(self, state: EndpointState) -> frozenset[ItemKey]:
        """Return the items that an endpoint keeps as they are, since what was meant cannot be written there."""
        return frozenset(key for of, error in self.problems if of.id == state.id for key in error.keys)

    def carried(self, state: EndpointState) -> frozenset[ItemKey]:
        """Return the items of an endpoint that go, or come, with entries that another endpoint of the file edits."""
        return self._drafts[state.id].carried

    def base_after(self, state: EndpointState, meant: Items, base: Items) -> dict[ItemKey, Item]:
        """Return what is agreed once all is written: where it was not written as it was meant, the old base stays."""
        untold = self.held_back(state) | self.carried(state)
        told = {key: item for key, item in meant.items() if key not in untold}
        return told | {key: item for key, item in base.items() if key in self.held_back(state)}

    # One endpoint's turn.

    def _settled(
        self, draft: _Draft, start: _Edited, units: Sequence[_Unit], before: tuple[_Unit, ...]
    ) -> tuple[_Unit, ...]:
        """Take over as many changes as go, after those that went `before`; return all that went."""
        tried = (*before, *units)
        why = self._try(draft, start, tried)
        if why is None:
            return tried
        if len(units) == 1:
            self.problems.append((draft.state, HeldBackError(draft.state.path, units[0], why)))
            return before
        half = len(units) // 2
        return self._settled(draft, start, units[half:], self._settled(draft, start, units[:half], before))

    def _try(self, draft: _Draft, start: _Edited, units: Collection[_Unit]) -> Text | None:
        """Make some changes of an endpoint; return why they cannot be made, and then nothing is changed."""
        unfaithful = text("engine.held-back.not-faithful")
        try:
            edited = self._edited(draft, start, units)
            judged = self._judged(draft, draft.with_units(units), start, edited)
        except WorldError as error:
            return error.message
        except UnverifiedEditError:
            _log.exception("an edit did not come out as it was meant")
            return unfaithful
        if judged is None:
            return unfaithful
        self._now = edited
        for of, carried in judged.items():
            self._drafts[of].carried = carried
        if any(key in draft.revealed for unit in units for key in unit):
            self._private |= {path for path, writers in edited.writers.items() if draft.state.id in writers}
        return None

    def _edited(self, draft: _Draft, start: _Edited, units: Collection[_Unit]) -> _Edited:
        """Return the files after some changes of an endpoint."""
        state, wanted = draft.state, draft.with_units(units)
        clear = {key: self._read_back.unsealed(key, wanted[key]) for key in draft.revealed & wanted.keys()}
        renamed = frozenset(pair for pair in draft.renamed if frozenset(pair) in units)
        before = start.documents_of(state)
        after = state.lens.write(before, state.raw, {**wanted, **clear}, renamed)
        roles = sorted(role for role in before.keys() | after.keys() if before.get(role) is not after.get(role))
        files = {state.file(role).path: state.file(role) for role in roles}
        return _Edited(
            {**start.documents, **{state.file(role).path: after.get(role) for role in roles}},
            {**files, **start.files},
            {**start.writers, **{path: (*start.writers.get(path, ()), state.id) for path in files}},
            start.places | _places(state, (before, after), (key for unit in units for key in unit)),
        )

    def _judged(self, draft: _Draft, wanted: Items, start: _Edited, edited: _Edited) -> _Judged | None:
        """Judge all endpoints that have a part in the edited files; None where one would not read as it must."""
        judged: _Judged = {}
        changed = edited.changed(start)
        for other in self._drafts.values():
            if other is not draft and not edited.touches(other.state, changed):
                continue
            view = self._read_again(other.state, edited)
            may_be: dict[ItemKey, tuple[Item | None, ...]]
            if other is draft:
                may_be, places = {key: (wanted.get(key),) for key in wanted.keys() | view.items.keys()}, start.places
            else:
                may_be, places = {key: other.may_be(key) for key in other.known() | view.items.keys()}, edited.places
            odd = _odd_keys(other.state, view, may_be)
            if any(not _stands_in(places, other.state, (start, edited), key) for key in odd):
                return None
            judged[other.state.id] = odd
        return judged

    def _read_again(self, state: EndpointState, edited: _Edited) -> View:
        """Return what the client will read: new bytes are parsed anew."""
        found = {role: self._document(file, edited) for role, file in edited.of(state).items()}
        return self._read_back.view(state.lens, {role: one for role, one in found.items() if one is not None})

    def _document(self, file: FileState, edited: _Edited) -> Document | None:
        if file.path not in edited.documents:
            return file.document
        document = edited.documents[file.path]
        if document is None:
            return None
        known = self._reread.get(file.path)
        if known is None or known[0] is not document:
            read = self._read_back.parse(file.model, document.dump(), document)
            known = self._reread[file.path] = (document, read)
        return known[1]

    # The files, once all had their turns.

    def _target(self, path: Path) -> Target | None:
        file, document = self._now.files[path], self._now.documents[path]
        data = document.dump() if document is not None else None
        if file.reading is None or data == file.reading.data:
            return None
        writers = [self._drafts[of] for of in self._now.writers[path]]
        taken_along = [one for one in self._drafts.values() if one.carried and one not in writers and one.is_of(path)]
        changes = {change.key: change for draft in writers for change in draft.changes}
        return Target(
            client=writers[0].state.client,
            file=file,
            expected=file.reading,
            data=data,
            document=self._document(file, self._now),
            endpoints=tuple(draft.state.id for draft in (*writers, *taken_along)),
            changes=tuple(changes.values()),
            turn=_turn(path, writers),
            private=path in self._private,
        )


def _odd_keys(
    state: EndpointState, view: View, may_be: Mapping[ItemKey, tuple[Item | None, ...]]
) -> frozenset[ItemKey]:
    """Return what is read otherwise than it may be, and what can be read although it could not, or the other way."""
    read = {key for key, allowed in may_be.items() if view.items.get(key) not in allowed}
    return frozenset(read | (view.opaque.keys() ^ state.view.opaque.keys())) - state.held


def _places(
    state: EndpointState, versions: Iterable[Documents], keys: Iterable[ItemKey]
) -> frozenset[tuple[Path, KeyPath]]:
    """Return where items stand, in one version or the other; one that is a whole file has no place in it."""
    every = tuple(versions)
    spots = [state.lens.where(documents, key) for key in keys for documents in every]
    return frozenset((state.file(spot.role).path, spot.path) for spot in spots if spot and spot.path)


def _stands_in(
    places: Collection[tuple[Path, KeyPath]], state: EndpointState, versions: Iterable[_Edited], key: ItemKey
) -> bool:
    """Whether an item is said inside of one of these places, in one version or the other."""
    spots = _places(state, (edited.documents_of(state) for edited in versions), [key])
    return any(path == of and way[: len(place)] == place for path, way in spots for of, place in places)


def _role(state: EndpointState, file: FileState) -> str:
    return file.path.relative_to(state.path).as_posix()


def _turn(path: Path, drafts: Iterable[_Draft]) -> int:
    """Return when a file's turn comes, so that no item is half there in between.

    A new entry comes after what the files beside it say of it; what goes, goes before.
    """
    if not any(path == draft.state.path for draft in drafts):
        return 1
    return 0 if any(change.after is None for draft in drafts for change in draft.changes) else 2
