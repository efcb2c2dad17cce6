"""Observation: what every endpoint of every client holds right now, read once and remembered by content hash.

A survey only looks. An endpoint that cannot be read, parsed or trusted has a `problem` and takes no part: it is never
written and never taken for "all deleted". A file that several clients read is looked at, and written, as one endpoint;
the descriptor that does not say `reads_only` owns it, or the first reader that has no other place for the kind.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path

from aisync_desktop.clients.descriptor import (
    Approvals,
    Descriptor,
    Endpoint,
    FileModel,
    McpEndpoint,
    PermissionsEndpoint,
    RulesEndpoint,
    Spared,
)
from aisync_desktop.clients.items import USER, Item, ItemKey, Kind, Scope, item_of
from aisync_desktop.clients.lens import MAIN, Lens, View
from aisync_desktop.clients.lenses import lens_of
from aisync_desktop.clients.loader import Catalog, catalog_of
from aisync_desktop.clients.paths import Whereabouts
from aisync_desktop.clients.whereabouts import program_of, whereabouts, within
from aisync_desktop.documents.parse import empty, parse
from aisync_desktop.documents.protocol import Document, Format, SetValue, Strictness
from aisync_desktop.files.programs import own_program, packaged_version
from aisync_desktop.files.protocol import ABSENT, Disk, Reading
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import Remedy, WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.problem import Problem, problem_of
from aisync_desktop.kernel.versions import is_before, numbers_of
from aisync_desktop.program.world import World
from aisync_desktop.secrets.references import references
from aisync_desktop.secrets.safe import OpenSafe
from aisync_desktop.secrets.seal import seal, unseal
from aisync_desktop.sync.looking.approvals import Approved, approved_in
from aisync_desktop.sync.looking.one_scope import KeptApart
from aisync_desktop.sync.looking.permission_secrets import without_secrets
from aisync_desktop.sync.store.reads import Reads
from aisync_desktop.sync.terms.endpoints import EndpointState, FileState
from aisync_desktop.sync.terms.launchers import Launcher

_log = logging.getLogger(__name__)
FingerprintKey = Callable[[], bytes]
Values = Callable[[str], str | None]  # of secrets, by reference; a WorldError where one cannot be had now
_Parsed = tuple[Path, Format, Strictness]


@dataclass(frozen=True)
class Survey:
    """All endpoints of the clients that are on this machine, the clients that are not, and what is wrong besides."""

    endpoints: tuple[EndpointState, ...]
    absent: tuple[Descriptor, ...] = ()
    notices: tuple[Problem, ...] = ()
    approved: Mapping[Scope, tuple[Approved, ...]] = field(default_factory=dict)  # what clients were told of projects

    @property
    def names(self) -> Mapping[str, str]:
        """What clients are called, by their ids."""
        absent = {descriptor.id: descriptor.name for descriptor in self.absent}
        return absent | {state.client: state.name for state in self.endpoints}

    def of(self, scope: Scope) -> tuple[EndpointState, ...]:
        """Return the endpoints of one scope."""
        return tuple(state for state in self.endpoints if state.scope == scope)


class ReaderFaultError(WorldError):
    """We could not make sense of a file, by a fault of ours."""

    actions = (Remedy.OPEN_FILE,)

    def __init__(self, path: Path, kind: str) -> None:
        super().__init__(
            text("engine.reader-fault"),
            text("engine.reader-fault.message", kind=kind),
            text("engine.reader-fault.next"),
            path,
        )


class ProjectGoneError(WorldError):
    """The folder of a project is not there: a disk that is not mounted looks the same, so nothing follows from it."""

    actions = (Remedy.TRY_AGAIN,)

    def __init__(self, root: Path) -> None:
        super().__init__(
            text("engine.project-gone"), text("engine.project-gone.message"), text("engine.project-gone.next"), root
        )


@dataclass(frozen=True, eq=False)
class _Place:
    """An endpoint of a descriptor, before anything was looked at."""

    descriptor: Descriptor
    lens: Lens

    @property
    def template(self) -> tuple[Kind, str, str]:
        """What two places have in common that are one file."""
        endpoint = self.lens.endpoint
        return endpoint.kind, endpoint.scope, endpoint.paths[-1]

    @property
    def owns(self) -> bool:
        return not self.lens.endpoint.reads_only


@dataclass(frozen=True)
class _Group:
    """The places of a scope that are one file: as what it is known, whose it is, and how it and the others read it."""

    id: str
    client: str
    lens: Lens
    readers: tuple[Lens, ...]
    shared: str


def _spared(place: _Place) -> Spared | None:
    endpoint = place.lens.endpoint
    return endpoint.spared if isinstance(endpoint, RulesEndpoint) else None


def _without_import(place: _Place) -> _Place | None:
    """Return the place of the file that is imported, as of a client that reads it by itself."""
    endpoint = place.lens.endpoint
    if not isinstance(endpoint, RulesEndpoint) or endpoint.spared is None:
        return None
    return _Place(place.descriptor, lens_of(place.descriptor, endpoint.read_by_itself()))


def is_synced(endpoint: Endpoint) -> bool:
    """Whether an endpoint is kept in step; the others are looked at only to know what a client does."""
    return not (isinstance(endpoint, PermissionsEndpoint) and endpoint.consulted)


class Surveyor:
    """Looks at the endpoints; parses a file again only when its bytes are others than at the last look."""

    @classmethod
    def of(
        cls, world: World, store: Reads, safe: OpenSafe, looks_at: Callable[[Endpoint], bool] = is_synced
    ) -> Surveyor:
        """Return what looks at the clients' files of a world."""
        known = (catalog_of(world), world.disk, world.environ, world.home)
        return cls(*known, store.fingerprint_key, safe.get, looks_at)

    def __init__(
        self,
        catalog: Catalog,
        disk: Disk,
        environ: Mapping[str, str],
        home: Path,
        fingerprint_key: FingerprintKey,
        values: Values,
        looks_at: Callable[[Endpoint], bool] = is_synced,
    ) -> None:
        self.catalog = catalog
        self.home = home
        self.launcher = Launcher(*own_program())
        self._disk = disk
        self._here = whereabouts(disk, environ, home)
        self._fingerprint_key = fingerprint_key
        self._values = values
        self.literals: dict[str, str] = {}  # by reference; in memory only, never shown
        self.silent: set[str] = set()  # the references whose values were asked for and cannot be had now
        self._inner: dict[Path, tuple[Path, ...]] = {}  # of a folder: the ones inside it that have files of it
        self.earlier: dict[Path, Document] = {}  # what a file held before others wrote it, until somebody takes it
        self._documents: dict[_Parsed, tuple[str, Document]] = {}
        self._seals: dict[Lens, dict[ItemKey, tuple[Item, Item]]] = {}  # what was read, and it sealed
        self._views: dict[tuple[str, Scope, Lens], tuple[tuple[str, ...], View]] = {}
        self._seen: dict[tuple[str, Scope], EndpointState] = {}  # as of the last look
        self._places = tuple(
            _Place(descriptor, lens_of(descriptor, endpoint))
            for descriptor in catalog.descriptors
            for endpoint in descriptor.endpoints
            if looks_at(endpoint)
        )
        self._kept_apart = KeptApart()
        self._spared = {place: made for place in self._places if (made := _without_import(place))}
        templates = [place.template for place in (*self._places, *self._spared.values())]
        self._readings: dict[Path, Reading] = {}
        self._earlier_readings: dict[Path, Reading] = {}  # of the look before
        self._groups: dict[tuple[Scope, frozenset[str], frozenset[_Place]], tuple[_Group, ...]] = {}
        self._within: dict[Scope, Whereabouts] = {}
        self._signs: dict[str, tuple[Path, ...]] = {}  # by the client's id: what is there where it is installed
        self._bound: dict[tuple[Lens, str], Lens] = {}
        self._shared = frozenset(template for template in templates if templates.count(template) > 1)

    def paths(self, projects: Iterable[Scope] = ()) -> tuple[Path, ...]:
        """Return every path whose change matters, of absent clients too (they may be installed any moment)."""
        found = (
            path
            for scope in (USER, *projects)
            for place in self._places
            if place.lens.endpoint.scope == _word(scope)
            for file in (place.lens.endpoint, *place.lens.endpoint.beside.values())
            for path in self._in(scope).candidates(file)
        )
        stores = (store for descriptor in self.catalog.descriptors for store in descriptor.approvals)
        known = dict.fromkeys([*found, *(path for store in stores for path in self._here.candidates(store))])
        return (*known, *(inner for path in known for inner in self._inner.get(path, ())))

    def notices(self) -> tuple[Problem, ...]:
        """Return what is wrong with descriptors: each disables only itself."""
        return tuple(problem_of(error) for error in self.catalog.errors)

    def survey(
        self,
        projects: Iterable[Scope] = (),
        expected: Collection[tuple[Scope, str]] = (),
        only: Collection[Path] | None = None,
    ) -> Survey:
        """Look at everything; at `expected` endpoints also where their clients seem not to be on this machine any more.

        To take away its file may be to take away all that there was of a client. Where `only` some files are to be
        looked at, as right after we wrote them, the others count as they were at the last look.
        """
        here = [descriptor for descriptor in self.catalog.descriptors if self._present(descriptor)]
        scopes = (USER, *projects)
        self.confine(scopes[1:])
        self._earlier_readings, self._readings = self._readings, self._still_known(only)
        self.silent.clear()
        gone = [scope for scope in scopes if scope.root and not self._disk.exists(Path(scope.root))]
        ids = frozenset(descriptor.id for descriptor in here)
        states = [state for scope in scopes if scope not in gone for state in self._look_at(scope, ids)]
        missed = self._missed(ids, {*expected} - {(state.scope, state.id) for state in states})
        known = ids | {state.client for state in missed}
        absent = tuple(descriptor for descriptor in self.catalog.descriptors if descriptor.id not in known)
        notices = tuple(problem_of(ProjectGoneError(Path(scope.root))) for scope in gone)
        approved = {scope: tuple(approved_in(scope, here, self._here, self._store)) for scope in scopes if scope.root}
        return Survey(self._kept_apart.of((*states, *missed)), absent, notices, approved)

    def _still_known(self, only: Collection[Path] | None) -> dict[Path, Reading]:
        """Return what need not be read again: what is none of these files, under whatever name."""
        if only is None:
            return {}
        real = {*only, *(self._readings[path].real_path for path in only if path in self._readings)}
        return {path: one for path, one in self._readings.items() if real.isdisjoint((path, one.real_path))}

    def _store(self, path: Path, model: Approvals) -> FileState:
        """Look at a client's trust store; where there is none it says nothing."""
        return self._file(path, model, None, made=False)

    def confine(self, projects: Iterable[Scope]) -> None:
        """Let nothing of projects lead out of their roots; the home folder, if asked about, is not bound."""
        roots = (Path(scope.root) for scope in projects)
        self._disk.confine(root for root in roots if not self.home.is_relative_to(root))

    def _missed(self, here: frozenset[str], expected: Collection[tuple[Scope, str]]) -> list[EndpointState]:
        """Return endpoints that are looked for, of clients that are not here any more."""
        every = frozenset(descriptor.id for descriptor in self.catalog.descriptors)
        scopes = {scope for scope, _ in expected if not scope.root or self._disk.exists(Path(scope.root))}
        found = (state for scope in sorted(scopes) for state in self._look_at(scope, every))
        return [state for state in found if (state.scope, state.id) in expected and state.client not in here]

    def _present(self, descriptor: Descriptor) -> bool:
        if descriptor.id not in self._signs:
            signs = (self._here.resolve(sign) for sign in descriptor.presence)
            self._signs[descriptor.id] = tuple(sign for sign in signs if sign is not None)
        return any(map(self._disk.exists, self._signs[descriptor.id]))

    def _in(self, scope: Scope) -> Whereabouts:
        if scope not in self._within:
            self._within[scope] = within(self._here, scope)
        return self._within[scope]

    def _look_at(self, scope: Scope, here: frozenset[str]) -> Iterator[EndpointState]:
        """Yield the endpoints of a scope: one for each file, however many clients read it."""
        spared = frozenset(place for place in self._spared if scope.root and self._reads_by_itself(place, scope))
        if (scope, here, spared) not in self._groups:
            self._groups[scope, here, spared] = tuple(self._grouped(scope, here, spared))
        for group in self._groups[scope, here, spared]:
            path = self._in(scope).find(group.lens.endpoint)
            if path is not None:
                yield self._look(group, scope, path)

    def _reads_by_itself(self, place: _Place, scope: Scope) -> bool:
        """Tell whether a client reads, in a project as it is now, what its own file would only import."""
        rule, root = _spared(place), Path(scope.root)
        users = {self._here.find(one) for one in place.descriptor.endpoints if one.scope == "user" and not one.folder}
        others = {folder / name for folder in (root, *root.parents) for name in rule.without} if rule else set[Path]()
        if rule is None or any(map(self._disk.exists, others - users)):
            return False
        program = program_of(place.descriptor, self._here)
        version = packaged_version(program, place.descriptor.packages) if program else ""
        return bool(numbers_of(version)) and not is_before(version, rule.since)

    def _grouped(self, scope: Scope, here: frozenset[str], spared: frozenset[_Place]) -> Iterator[_Group]:
        """Yield the files of a scope that have an owner and a place here, each with the clients that read it."""
        ids: set[str] = set()
        known = (self._spared[place] if place in spared else place for place in self._places)
        mine = [place for place in known if place.descriptor.id in here]
        files: dict[tuple[Kind, str, str], list[_Place]] = {}
        places = [place for place in mine if place.lens.endpoint.scope == _word(scope)]
        for place in places:
            files.setdefault(place.template, []).append(place)
        for template, same in files.items():
            owner = next((place for place in same if place.owns), None) or _adopter(same, places)
            if owner is not None and self._in(scope).candidates(owner.lens.endpoint):
                readers = tuple(self._lens(place, scope) for place in same if place is not owner)
                shared = _short(template[2]) if template in self._shared else ""
                known_as = _fresh_id(owner, shared, ids)
                yield _Group(known_as, owner.descriptor.name, self._lens(owner, scope), readers, shared)

    def _lens(self, place: _Place, scope: Scope) -> Lens:
        """Return a place's lens as it is meant in a scope; most mean the same in all of them."""
        lens = place.lens
        if not isinstance(lens.endpoint, McpEndpoint) or lens.endpoint.in_project(scope.root) is lens.endpoint:
            return lens
        if (lens, scope.root) not in self._bound:
            self._bound[lens, scope.root] = lens_of(place.descriptor, lens.endpoint, scope.root)
        return self._bound[lens, scope.root]

    def _look(self, group: _Group, scope: Scope, path: Path) -> EndpointState:
        """Look at one endpoint; while its files hold what they held at the last look, it is the same object."""
        known = self._seen.get((group.id, scope))
        if known and (known.lens is not group.lens or known.path != path or known.readers != group.readers):
            known = None
        files: dict[str, FileState] = {}
        view, problem = View(), None
        try:
            files = self._files(scope, group.lens.endpoint, path, known.files if known else {})
            if known and _same_files(files, known.files):
                return known
            problem = next((file.problem for file in files.values() if file.problem), None)
            view = View() if problem else self._seen_view(group, scope, files)
        except WorldError as error:
            problem = _about(error, path)
        except Exception as error:  # noqa: BLE001 - a fault of ours in one file must not stop the others
            _log.exception("could not read a file")
            problem = ReaderFaultError(path, type(error).__name__)
        readers = group.shared, group.readers
        state = EndpointState(group.id, group.client, scope, group.lens, path, files, *readers, view, problem)
        if problem is None:
            self._seen[group.id, scope] = state
        return state

    def _files(
        self, scope: Scope, endpoint: Endpoint, path: Path, known: Mapping[str, FileState]
    ) -> dict[str, FileState]:
        if endpoint.folder:
            names = self._disk.names(path, endpoint.folder)
            self._inner[path] = tuple({(path / name).parent for name in names} - {path})
            return {name: self._file(path / name, endpoint, known.get(name)) for name in names}
        files = {MAIN: self._file(path, endpoint, known.get(MAIN))}
        for role, model in endpoint.beside.items():
            place = self._in(scope).find(model)
            if place:
                files[role] = self._file(place, model, known.get(role), made=False)
        return files

    def _file(self, path: Path, model: FileModel, known: FileState | None, *, made: bool = True) -> FileState:
        """Look at one file; where there is none it is seen as the one that would be made, or not at all."""
        try:
            reading = self._reading(path)
            if known is not None and known.reading is reading:
                return known
        except WorldError as error:
            return FileState(path, model, problem=_about(error, path))
        state = FileState(path, model, reading)
        try:
            return replace(state, document=self._document(state)) if made or state.hash else state
        except WorldError as error:
            return replace(state, problem=_about(error, path))

    def _reading(self, path: Path) -> Reading:
        """Read a file once in each survey, however many endpoints have a part in it."""
        if path not in self._readings:
            reading, before = self._disk.look(path), self._earlier_readings.get(path)
            self._readings[path] = before if before is not None and before == reading else reading
        return self._readings[path]

    def _document(self, state: FileState) -> Document | None:
        if state.reading is None:
            return None
        cached = (state.path, state.model.format, state.model.accepts)
        known = self._documents.get(cached)
        if known is None or known[0] != state.hash:
            if known is not None and known[0] != ABSENT and state.may_say_more:
                self.earlier.setdefault(state.path, known[1])
            document = self.parse(state.model, state.reading.data, known[1] if known else None)
            known = self._documents[cached] = (state.hash, document)
        return known[1]

    def parse(self, model: FileModel, data: bytes | None, like: Document | None = None) -> Document:
        """Return the document of these bytes; of no file, the one that we would make (documents/parse.py: `like`)."""
        if data is not None:
            return parse(data, model.format, model.accepts, like)
        extra = [SetValue((key,), value) for key, value in model.create.items()]
        document = empty(model.format)
        return document.edit(*extra) if extra else document

    def _seen_view(self, group: _Group, scope: Scope, files: Mapping[str, FileState]) -> View:
        cached = (group.id, scope, group.lens)  # who owns a shared file may be gone, and another reads it otherwise
        hashes = tuple(f"{role}:{file.hash}" for role, file in sorted(files.items()))
        known = self._views.get(cached)
        if known is None or known[0] != hashes:
            documents = {role: file.document for role, file in files.items() if file.document is not None}
            known = self._views[cached] = (hashes, self.view(group.lens, documents))
        return known[1]

    def view(self, lens: Lens, documents: Mapping[str, Document]) -> View:
        """Read documents' items with every literal secret sealed: past this line no secret is in clear."""
        view = lens.read(documents)
        if lens.endpoint.kind is Kind.PERMISSIONS:
            return without_secrets(view, self._fingerprint_key)
        known = self._seals.get(lens, {})
        seals = {key: (item, self._sealed(key, item, known.get(key))) for key, item in view.items.items()}
        self._seals[lens] = seals
        return View({key: sealed for key, (_, sealed) in seals.items()}, view.opaque)

    def _sealed(self, key: ItemKey, item: Item, known: tuple[Item, Item] | None) -> Item:
        if known and known[0] is item:  # items are values: the same object has the same secrets
            return known[1]
        fields, spots = seal(item.fields(), self._fingerprint_key)
        self.literals.update((spot.reference, spot.literal) for spot in spots)
        return item_of(key, fields) if spots else item

    def unsealed(self, key: ItemKey, item: Item) -> Item:
        """Return an item with its secrets in clear, as far as they were seen in some file or are in the safe."""
        for reference in references(item.fields()) - self.literals.keys():
            self._recall(reference)
        return item_of(key, unseal(item.fields(), self.literals))

    def missing(self, key: ItemKey, item: Item, lens: Lens) -> str:
        """Return why an item cannot be written with its secrets, as a code of a message; "" where it can."""
        clear = self.unsealed(key, item)
        left = references(clear.fields())
        if not left:
            return "" if lens.project(key, clear).item == clear else "loss.secret-unsayable"
        return "loss.secret-unknown" if left.isdisjoint(self.silent) else "loss.secret-locked"

    def _recall(self, reference: str) -> None:
        self.silent.discard(reference)
        try:
            value = self._values(reference)
        except WorldError:  # told as a loss where it is missed
            self.silent.add(reference)
        else:
            self.literals |= {} if value is None else {reference: value}

    def learn(self, file: FileState, content: str, document: Document) -> None:
        """Take over what a file holds now that was written as planned: no need to parse it again."""
        self._documents[file.path, file.model.format, file.model.accepts] = (content, document)


def _about(error: WorldError, path: Path) -> WorldError:
    """Return an error with the file that it is about: who reads bytes does not know where they are from."""
    error.path = error.path or path
    return error


def _word(scope: Scope) -> str:
    return "project" if scope.root else "user"


def _same_files(some: Mapping[str, FileState], others: Mapping[str, FileState]) -> bool:
    """Whether they are the very same objects."""
    return some.keys() == others.keys() and all(file is others[role] for role, file in some.items())


def _adopter(same: list[_Place], places: list[_Place]) -> _Place | None:
    """Return the reader who takes the file as its own: one that has no other place for such items."""

    def homeless(place: _Place) -> bool:
        kind = place.lens.endpoint.kind
        mine = (other for other in places if other.descriptor is place.descriptor and other.lens.endpoint.kind is kind)
        folder = bool(place.lens.endpoint.folder)
        return not any(other.owns and bool(other.lens.endpoint.folder) is folder for other in mine)

    return next((place for place in same if homeless(place)), None)


def _short(template: str) -> str:
    return template.removeprefix("./")


def _fresh_id(place: _Place, shared: str, taken: set[str]) -> str:
    """Return a name that stays the same whatever else is installed."""
    endpoint = place.lens.endpoint
    own = place.descriptor.id if endpoint.kind is Kind.MCP else f"{place.descriptor.id}/{endpoint.kind}"
    wanted = shared or own
    if endpoint.folder or wanted in taken:
        wanted = f"{wanted}/{_short(endpoint.paths[-1])}"
    taken.add(wanted)
    return wanted
