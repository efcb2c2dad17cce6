"""From wishes to targets: documents edited in memory, file by file, and read back before anything is written.

Several endpoints may have a part in one file; each edits what the ones before it left, and the file is written once.
A file whose new bytes would not give every endpoint what was meant is not written, and they are told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Protocol

from aisync_desktop.connectors.descriptor import FileModel
from aisync_desktop.connectors.lens import Documents, Lens, View
from aisync_desktop.core.diff import Change, diff
from aisync_desktop.core.errors import WorldError
from aisync_desktop.core.items import Item, ItemKey, Items
from aisync_desktop.core.messages import text
from aisync_desktop.documents.protocol import Document
from aisync_desktop.engine.endpoints import EndpointState, FileState
from aisync_desktop.files.protocol import ABSENT, ClientLock, Reading, content_hash


class ReadBack(Protocol):
    """How new bytes are read again, as the client would: what was meant must come back."""

    def parse(self, model: FileModel, data: bytes | None) -> Document:
        """Return the document of these bytes."""
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

    def parse(self, model: FileModel, data: bytes | None) -> Document:
        """Return the document of these bytes."""
        return self._asked().parse(model, data)

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

    @cached_property
    def hash(self) -> str:
        """The content hash of what it will hold."""
        return ABSENT if self.data is None else content_hash(self.data)

    @property
    def lock(self) -> ClientLock | None:
        """The lock that the client takes for it."""
        return self.file.lock


class NotFaithfulError(WorldError):
    """The edited bytes do not read back as what was meant; nothing is written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            text("engine.not-faithful"), text("engine.not-faithful.message"), text("engine.not-faithful.next"), path
        )


@dataclass(frozen=True)
class _Draft:
    """What an endpoint means to hold, as it is spelled."""

    state: EndpointState
    wish: Items
    changes: tuple[Change, ...]


class Drafts:
    """The edits of one scope, as they come together."""

    def __init__(self, states: Iterable[EndpointState], read_back: ReadBack) -> None:
        self._states = tuple(states)
        self._read_back = read_back
        self._drafts: dict[str, _Draft] = {}
        self._edited: dict[Path, Document | None] = {}
        self._writers: dict[Path, list[tuple[_Draft, FileState]]] = {}
        self._private: set[Path] = set()
        self.problems: list[tuple[EndpointState, WorldError]] = []

    def add(self, state: EndpointState, wish: dict[ItemKey, Item], revealed: Iterable[ItemKey] = ()) -> None:
        """Edit an endpoint's documents towards its wish, as it is spelled; the revealed get their secrets in clear."""
        draft = _Draft(state, wish, diff(state.raw, wish))
        self._drafts[state.id] = draft
        if not draft.changes:
            return
        before = self._now(state)
        clear = {key: self._read_back.unsealed(key, wish[key]) for key in revealed}
        try:
            after = state.lens.write(before, state.raw, {**wish, **clear})
        except WorldError as error:
            self._give_up(draft, error)
            return
        for role in sorted({role for role in before.keys() | after.keys() if before.get(role) is not after.get(role)}):
            file = state.file(role)
            self._edited[file.path] = after.get(role)
            self._writers.setdefault(file.path, []).append((draft, file))
            self._private |= {file.path} if clear else set()

    def _now(self, state: EndpointState) -> dict[str, Document]:
        """Return an endpoint's documents with the edits so far."""
        documents = {role: self._edited.get(file.path, file.document) for role, file in state.files.items()}
        return {role: document for role, document in documents.items() if document is not None}

    def finish(self) -> tuple[Target, ...]:
        """Verify, and return the files to be replaced, in the order in which to do it."""
        self._back_out()
        targets = [self._target(path, writers) for path, writers in self._writers.items()]
        return tuple(sorted((one for one in targets if one), key=lambda target: (target.turn, target.path)))

    def _back_out(self) -> None:
        """Take back the edits of files that do not read back as meant, until all that is left does."""
        while True:
            wrong = [draft for draft in self._drafts.values() if self._touched(draft) and not self._faithful(draft)]
            if not wrong:
                return
            for draft in wrong:
                for path in {file.path for file in self._files(draft)} & self._writers.keys():
                    del self._edited[path], self._writers[path]
                self._give_up(draft, NotFaithfulError(draft.state.path))

    def _give_up(self, draft: _Draft, error: WorldError) -> None:
        self.problems.append((draft.state, error))
        self._drafts[draft.state.id] = replace(draft, wish=draft.state.raw, changes=())

    def _files(self, draft: _Draft) -> list[FileState]:
        known = list(draft.state.files.values())
        return known + [file for writers in self._writers.values() for by, file in writers if by.state is draft.state]

    def _touched(self, draft: _Draft) -> bool:
        return bool(draft.changes) or any(file.path in self._edited for file in self._files(draft))

    def _faithful(self, draft: _Draft) -> bool:
        state = draft.state
        made = {_role(state, file): file for file in self._files(draft)} if state.in_folder else {}
        roles = {**state.files, **made}
        documents = {role: self._reread(file) for role, file in roles.items()}
        try:
            back = self._read_back.view(state.lens, {role: one for role, one in documents.items() if one is not None})
        except WorldError:
            return False
        items = {key: item for key, item in back.items.items() if key not in state.held}
        return items == draft.wish and back.opaque.keys() - state.held == state.view.opaque.keys() - state.held

    def _reread(self, file: FileState) -> Document | None:
        """Return what the client will read: new bytes are parsed anew."""
        if file.path not in self._edited:
            return file.document
        document = self._edited[file.path]
        return self._read_back.parse(file.model, document.dump()) if document is not None else None

    def _target(self, path: Path, writers: list[tuple[_Draft, FileState]]) -> Target | None:
        file, document = writers[0][1], self._edited[path]
        data = document.dump() if document is not None else None
        if file.reading is None or data == file.reading.data:
            return None
        changes = {change.key: change for draft, _ in writers for change in draft.changes}
        return Target(
            client=writers[0][0].state.client,
            file=file,
            expected=file.reading,
            data=data,
            document=document,
            endpoints=tuple(draft.state.id for draft, _ in writers),
            changes=tuple(changes.values()),
            turn=_turn(path, [draft for draft, _ in writers]),
            private=path in self._private,
        )


def _role(state: EndpointState, file: FileState) -> str:
    return file.path.relative_to(state.path).as_posix()


def _turn(path: Path, drafts: Iterable[_Draft]) -> int:
    """Return when a file's turn comes, so that no item is half there in between.

    A new entry comes after what the files beside it say of it; what goes, goes before.
    """
    if not any(path == draft.state.path for draft in drafts):
        return 1
    return 0 if any(change.after is None for draft in drafts for change in draft.changes) else 2
