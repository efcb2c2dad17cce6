"""What was observed: files, and the endpoints that are made of them.

An endpoint is one client's, or one that several clients read ("shared": one file, many readers, written once). It has
its own file under the role MAIN and may have others beside it; an endpoint that is a folder has one file per item.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from functools import cached_property
from pathlib import Path

from aisync_desktop.clients.descriptor import FileModel
from aisync_desktop.clients.items import Item, ItemKey, Items, Kind, Scope
from aisync_desktop.clients.lens import MAIN, Documents, Lens, View
from aisync_desktop.documents.protocol import Document, Format
from aisync_desktop.files.protocol import ABSENT, ClientLock, Reading
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import Text
from aisync_desktop.sync.terms.launchers import Launching, read_as

_LARGEST_TEXT = 1_000_000


@dataclass(frozen=True)
class FileState:
    """One file as it was observed."""

    path: Path
    model: FileModel
    reading: Reading | None = None
    document: Document | None = None
    problem: WorldError | None = None

    @property
    def hash(self) -> str:
        """The content hash as of the last look; that of no file where it could not be read."""
        return self.reading.hash if self.reading else ABSENT

    @property
    def may_say_more(self) -> bool:
        """Whether it may hold text beside its values that is worth a look: a client's large state is not."""
        small = self.reading is not None and self.reading.size <= _LARGEST_TEXT
        return small and (
            self.model.format in {Format.TOML, Format.YAML}
            or (self.model.format is Format.JSON and self.model.accepts.comments)
        )

    @property
    def lock(self) -> ClientLock | None:
        """The lock that the client takes for this file."""
        return ClientLock(**self.model.lock.model_dump()) if self.model.lock else None


@dataclass(frozen=True)
class EndpointState:
    """One endpoint as it was observed."""

    id: str  # what its base is known by
    name: str  # of the client
    scope: Scope
    lens: Lens
    path: Path
    files: Mapping[str, FileState]
    shared: str = ""  # what the file is called where it belongs to no client alone
    readers: tuple[Lens, ...] = ()  # how other clients read the same file
    view: View = field(default_factory=View)
    problem: WorldError | None = None
    held: frozenset[ItemKey] = frozenset()  # opaque by our own will (guards.py)
    repaired: frozenset[ItemKey] = frozenset()  # taken to be as agreed on, whatever is there: to be written anew
    barred: frozenset[ItemKey] = frozenset()  # for other clients only: to be taken out
    launching: Launching = field(default_factory=Launching)
    spelled: Mapping[ItemKey, Item] = field(default_factory=dict)  # what stands there for items that are launched

    @property
    def client(self) -> str:
        """The id of the client whose descriptor says how to write it."""
        return self.lens.client

    @property
    def kind(self) -> Kind:
        """The kind of its items."""
        return self.lens.endpoint.kind

    @cached_property
    def clients(self) -> frozenset[str]:
        """Every client that reads it."""
        return frozenset({self.client, *(lens.client for lens in self.readers)})

    @property
    def label(self) -> str:
        """What people call it: the client, or the file where it is shared."""
        return self.shared or self.client

    @cached_property
    def documents(self) -> Documents:
        """Its documents by role."""
        return {role: file.document for role, file in self.files.items() if file.document is not None}

    @cached_property
    def raw(self) -> Items:
        """Its items as they are spelled: what documents are edited from."""
        return {key: self.spelled.get(key, item) for key, item in self.view.items.items()}

    def expressed(self, key: ItemKey, wanted: Item) -> Item | None:
        """Return an item as far as the endpoint can say it, in the way in which it stands there."""
        form = self.launching.form(key, wanted, self.raw.get(key))
        said = self.lens.project(key, form or wanted).item
        return read_as(key, said, wanted) if form and said else said

    def holding(self, keys: Iterable[ItemKey], why: Text) -> EndpointState:
        """Return it as one that says nothing about some items."""
        held = dict.fromkeys(keys, why)
        if not held:
            return self
        items = {key: item for key, item in self.view.items.items() if key not in held}
        return replace(self, view=View(items, {**self.view.opaque, **held}), held=self.held | held.keys())

    def trying(self, key: ItemKey, item: Item | None) -> EndpointState:
        """Return it with documents in which one item is as it would be written; what was observed stays."""
        present = self.view.items.get(key)
        if item == present:
            return self
        before, after = ({key: one} if one else {} for one in (present, item))
        documents = self.lens.write(self.documents, before, after)
        files = {role: replace(file, document=documents.get(role, file.document)) for role, file in self.files.items()}
        return replace(self, files=files)

    @property
    def in_folder(self) -> bool:
        """Whether each item has a file of its own."""
        return bool(self.lens.endpoint.folder)

    def file(self, role: str) -> FileState:
        """Return the file of a role; in a folder, one that does not exist yet."""
        found = self.files.get(role)
        if found is not None:
            return found
        path = self.path / role
        absent = Reading(path, path, None, ABSENT)
        return FileState(path, self.lens.endpoint, absent)

    @property
    def main(self) -> FileState | None:
        """The file under the role MAIN; a folder has none."""
        return self.files.get(MAIN)
