"""Observation: what every endpoint of every client holds right now, read once and remembered by content hash.

A survey only looks. An endpoint that cannot be read, parsed or trusted has a `problem` and takes no part: it is never
written and never taken for "all deleted".
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from aisync_desktop.connectors.descriptor import Descriptor
from aisync_desktop.connectors.lens import MAIN, Lens, View
from aisync_desktop.connectors.lenses import lens_of
from aisync_desktop.connectors.loader import Catalog
from aisync_desktop.connectors.paths import first_path, resolve
from aisync_desktop.core.errors import WorldError
from aisync_desktop.core.items import USER, Item, ItemKey, Scope, item_of
from aisync_desktop.core.messages import text
from aisync_desktop.core.problems import problem_of
from aisync_desktop.core.status import Problem
from aisync_desktop.documents.parse import empty, parse
from aisync_desktop.documents.protocol import Document, SetValue
from aisync_desktop.files.protocol import ABSENT, ClientLock, Disk, Reading
from aisync_desktop.secrets.seal import seal

_log = logging.getLogger(__name__)
FingerprintKey = Callable[[], bytes]


@dataclass(frozen=True)
class EndpointState:
    """One endpoint as it was observed."""

    lens: Lens
    name: str
    path: Path
    scope: Scope = USER
    reading: Reading | None = None
    document: Document | None = None
    view: View | None = None
    problem: WorldError | None = None

    @property
    def client(self) -> str:
        """The client's id."""
        return self.lens.client

    @property
    def hash(self) -> str:
        """The content hash as of the last look; that of no file where it could not be read."""
        return self.reading.hash if self.reading else ABSENT

    @property
    def lock(self) -> ClientLock | None:
        """The lock that the client takes for this file."""
        lock = self.lens.endpoint.lock
        return ClientLock(**lock.model_dump()) if lock else None


@dataclass(frozen=True)
class Survey:
    """All endpoints of the clients that are on this machine, and the clients that are not."""

    endpoints: tuple[EndpointState, ...]
    absent: tuple[Descriptor, ...] = ()


class ReaderFaultError(WorldError):
    """We could not make sense of a file, by a fault of ours."""

    def __init__(self, path: Path, kind: str) -> None:
        super().__init__(
            text("engine.reader-fault"),
            text("engine.reader-fault.message", kind=kind),
            text("engine.reader-fault.next"),
            path,
        )


class Surveyor:
    """Looks at the endpoints; parses a file again only when its bytes are others than at the last look."""

    def __init__(
        self, catalog: Catalog, disk: Disk, environ: Mapping[str, str], home: Path, fingerprint_key: FingerprintKey
    ) -> None:
        self.catalog = catalog
        self._disk = disk
        self._environ = environ
        self._home = home
        self._fingerprint_key = fingerprint_key
        self._seen: dict[tuple[str, Path], EndpointState] = {}
        self._lenses = {
            descriptor.id: tuple(lens_of(descriptor, endpoint) for endpoint in descriptor.endpoints)
            for descriptor in catalog.descriptors
        }

    def paths(self) -> tuple[Path, ...]:
        """Return every path whose change matters, of absent clients too (they may be installed any moment)."""
        found = (self._path(lens) for lenses in self._lenses.values() for lens in lenses)
        return tuple(path for path in found if path)

    def notices(self) -> tuple[Problem, ...]:
        """Return what is wrong with descriptors: each disables only itself."""
        return tuple(problem_of(error) for error in self.catalog.errors)

    def survey(self) -> Survey:
        """Look at everything."""
        here = [descriptor for descriptor in self.catalog.descriptors if self._present(descriptor)]
        absent = tuple(descriptor for descriptor in self.catalog.descriptors if descriptor not in here)
        states = (self._look(descriptor.name, lens) for descriptor in here for lens in self._lenses[descriptor.id])
        return Survey(tuple(state for state in states if state), absent)

    def _present(self, descriptor: Descriptor) -> bool:
        signs = (resolve(sign, self._environ, self._home) for sign in descriptor.presence)
        return any(sign is not None and self._disk.exists(sign) for sign in signs)

    def _path(self, lens: Lens) -> Path | None:
        return first_path(lens.endpoint.paths, self._environ, self._home)

    def _look(self, name: str, lens: Lens) -> EndpointState | None:
        path = self._path(lens)
        if path is None:
            return None
        unread = EndpointState(lens, name, path)
        reading: Reading | None = None
        try:
            reading = self._disk.read(path)
            known = self._seen.get((lens.client, path))
            if known and known.reading and known.reading.hash == reading.hash:
                return replace(known, reading=reading)
            state = self._parse(unread, reading)
        except WorldError as error:
            return replace(unread, reading=reading, problem=error)
        except Exception as error:  # noqa: BLE001 - a fault of ours in one file must not stop the others
            _log.exception("could not read a file")
            return replace(unread, reading=reading, problem=ReaderFaultError(path, type(error).__name__))
        self._seen[lens.client, path] = state
        return state

    def _parse(self, unread: EndpointState, reading: Reading) -> EndpointState:
        document = self.parse(unread.lens, reading.data)
        return replace(unread, reading=reading, document=document, view=self.view(unread.lens, document))

    def parse(self, lens: Lens, data: bytes | None) -> Document:
        """Return the document of these bytes; of no file, the one that we would make."""
        if data is not None:
            return parse(data, lens.endpoint.format, lens.endpoint.accepts)
        extra = [SetValue((key,), value) for key, value in lens.endpoint.create.items()]
        document = empty(lens.endpoint.format)
        return document.edit(*extra) if extra else document

    def view(self, lens: Lens, document: Document) -> View:
        """Read a document's items with every literal secret sealed: past this line no secret is in clear."""
        view = lens.read({MAIN: document})
        return View({key: self._sealed(key, item) for key, item in view.items.items()}, view.opaque)

    def _sealed(self, key: ItemKey, item: Item) -> Item:
        fields, spots = seal(item.fields(), self._fingerprint_key)
        return item_of(key, fields) if spots else item

    def learn(self, client: str, path: Path, content: str, document: Document, view: View) -> None:
        """Take over what a file holds now that was written as planned: no need to parse it again."""
        known = self._seen.get((client, path))
        if known and known.reading:
            reading = replace(known.reading, hash=content)
            self._seen[client, path] = replace(known, reading=reading, document=document, view=view)

    def read_back(self, lens: Lens, data: bytes) -> View:
        """Read bytes as the client would: what a plan means to write must come back from this."""
        return self.view(lens, self.parse(lens, data))
