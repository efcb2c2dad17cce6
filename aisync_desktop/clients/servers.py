"""The lens of MCP servers: the entries of a map or a list in a client's file, and the lists that switch them off.

What an entry says is the business of `entries`, what a list of names says that of `switches`; here they are put
together. `write` edits only what differs between two views.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from aisync_desktop.clients.descriptor import Descriptor, McpEndpoint
from aisync_desktop.clients.entries import Entries, fits
from aisync_desktop.clients.entry_shapes import Shape
from aisync_desktop.clients.items import Item, ItemKey, Items, McpServer, Renamed, item_of
from aisync_desktop.clients.lens import MAIN, Documents, Loss, NoRootError, Projection, Spot, View
from aisync_desktop.clients.nested import unknown_keys
from aisync_desktop.clients.switches import HOLDS, Switch, Switches, beside
from aisync_desktop.documents.protocol import Append, Document, Edit, Missing, Remove, Rename, SetValue
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.values import KeyPath, Value

# Without these an item would do more at the target than at the source: a server that is off would start, hidden tools
# would show. Where they cannot be said, the item is not written at all.
_ESSENTIAL = frozenset({"enabled", "only_tools", "hidden_tools"})


class Stranger(NamedTuple):
    """A key in an entry that the client is not known to use."""

    item: ItemKey
    way: tuple[str, ...]
    spot: Spot


class _Place(NamedTuple):
    """Where an entry stands, and what it is."""

    name: str
    path: KeyPath
    entry: Value


class ServerLens:
    """MCP servers as entries of a map, or a list, in one file."""

    def __init__(self, descriptor: Descriptor, endpoint: McpEndpoint) -> None:
        self.client = descriptor.id
        self.endpoint = endpoint
        self._listed = frozenset({"enabled"}) if endpoint.off else frozenset()
        # Where a client has no switch, what is there is on: that much every client says.
        self.expresses = frozenset({"enabled"}).union(*(shape.says for shape in endpoint.shapes))
        self.left_open = endpoint.left_open
        self._entries = Entries(endpoint)
        self._names = re.compile(endpoint.names)
        self._heard: dict[ItemKey, tuple[str, McpServer | Text]] = {}
        self._projected: dict[ItemKey, tuple[Item, Projection]] = {}

    def read(self, documents: Documents) -> View:
        """Return what the documents say."""
        document = documents[MAIN]
        self._refuse_other_roots(document)
        switches = Switches(self.endpoint, documents)
        items: dict[ItemKey, Item] = {}
        opaque: dict[ItemKey, Text] = {}
        for name, _, entry in self._places(document):
            key = ItemKey(self.endpoint.kind, name)
            read = text("lens.twice") if key in items or key in opaque else self._read(key, entry, switches)
            if isinstance(read, Text):
                opaque[key] = read
                items.pop(key, None)
            else:
                items[key] = read
        self._heard = {key: self._heard[key] for key in (*items, *opaque) if key in self._heard}
        return View(items, opaque)

    def _refuse_other_roots(self, document: Document) -> None:
        """Refuse a file in which the entries stand elsewhere: to us it would be one without any."""
        there = document.get(self.endpoint.root)
        container = list if self.endpoint.container == "list" else dict
        if not isinstance(there, Missing) and there is not None and not isinstance(there, container):
            raise NoRootError("lens.root-not-a-map")
        if self.endpoint.bare and isinstance(there, Missing) and self._is_bare(document.value()):
            raise NoRootError("lens.bare")

    def _is_bare(self, whole: Value) -> bool:
        members = whole.values() if isinstance(whole, dict) else ()
        return any(isinstance(entry, dict) and self._entries.shape_in(entry) for entry in members)

    def _places(self, document: Document) -> Iterator[_Place]:
        """Yield the entries; what has no name in a list cannot be spoken of and is left alone."""
        root = self.endpoint.root
        there = document.get(root)
        if isinstance(there, dict):
            yield from (_Place(name, (*root, name), entry) for name, entry in there.items())
        elif isinstance(there, list):
            for at, entry in enumerate(there):
                name = entry.get(self.endpoint.name_key) if isinstance(entry, dict) else None
                if isinstance(name, str):
                    yield _Place(name, (*root, at), entry)

    def _place(self, document: Document, name: str) -> _Place | None:
        """Return where one entry stands, if it does."""
        if self.endpoint.container == "list":
            return next((place for place in self._places(document) if place.name == name), None)
        path = (*self.endpoint.root, name)
        entry = document.get(path)
        return None if isinstance(entry, Missing) else _Place(name, path, entry)

    def _read(self, key: ItemKey, entry: Value, switches: Switches) -> McpServer | Text:
        read = self._hear(key, entry)
        switch = switches.of(key.name, None if isinstance(read, Text) else read)
        if switch in HOLDS:
            return text(HOLDS[switch])
        if switch is Switch.ON or isinstance(read, Text):
            return read
        return McpServer.model_validate({**read.fields(), "enabled": False})  # a copy would keep what `fields` cached

    def _hear(self, key: ItemKey, entry: Value) -> McpServer | Text:
        """Return what an entry says; most are as they were at the last look, and then it is the same object."""
        spelled = repr(entry)  # unlike ==, it tells 1 from True
        known = self._heard.get(key)
        if known and known[0] == spelled:
            return known[1]
        read = self._entries.read(key, entry)
        self._heard[key] = (spelled, read)
        return read

    def project(self, key: ItemKey, item: Item) -> Projection:
        """Return the item as far as this endpoint can express it, with the losses, before anything is written."""
        known = self._projected.get(key)
        if known and known[0] is item:  # items are values: the same object has the same projection
            return known[1]
        projection = self._project(key, McpServer.of(item))
        self._projected[key] = (item, projection)
        return projection

    def _project(self, key: ItemKey, item: McpServer) -> Projection:
        shape = self._entries.newest(item.transport)
        refusal = self._refusal(key, item, shape)
        if shape is None or refusal is not None:
            if not item.enabled and self._project(key, _switched_on(key, item)).item is not None:
                return Projection(None, (Loss(self.client, key, "", text("loss.parked")),), parks=True)
            return Projection(None, (Loss(self.client, key, "", refusal or text("loss.transport")),))
        said = {**item.fields(), "transport": shape.transport.value}
        unsaid = sorted(said.keys() - shape.says - self._listed)
        unfit = sorted(name for name, to in shape.fields.items() if name in said and not fits(said[name], to))
        if not unsaid and not unfit:
            return Projection(item if item.transport is shape.transport else item_of(key, said))
        kept = {name: value for name, value in said.items() if name not in (*unsaid, *unfit)}
        losses = [Loss(self.client, key, name, text("loss.field", field=name)) for name in unsaid]
        losses += [Loss(self.client, key, name, text("loss.number", field=name)) for name in unfit]
        return Projection(item_of(key, kept), tuple(losses))

    def _refusal(self, key: ItemKey, item: McpServer, shape: Shape | None) -> Text | None:
        if shape is None:
            return text("loss.transport")
        if not self._names.fullmatch(key.name):
            return text("loss.name")
        said = item.fields()
        essential = sorted(_ESSENTIAL & (said.keys() - shape.says - self._listed))
        if essential:
            return text("loss.essential", field=essential[0])
        return self._entries.refusal(shape, said)

    def reshape_loss(self, documents: Documents, key: ItemKey, before: Item | None, after: Item) -> Loss | None:
        """Return why what is there cannot take the new item: a list holds it off, or its entry may not fit it."""
        wanted = McpServer.of(after)
        reason = self._hold(documents, key, wanted)
        if reason is None and before is not None and McpServer.of(before).transport is not wanted.transport:
            reason = self._misfit(documents[MAIN], key)
        return Loss(self.client, key, "", reason) if reason else None

    def _hold(self, documents: Documents, key: ItemKey, after: McpServer) -> Text | None:
        if not (self.endpoint.off or self.endpoint.only or self.endpoint.hides):
            return None
        switches = Switches(self.endpoint, documents)
        switch = switches.of(key.name, after)
        if switch in HOLDS:
            return text(HOLDS[switch])
        return None if switches.takes_names() or not self._by_list(after) else text("loss.essential", field="enabled")

    def where(self, documents: Documents, key: ItemKey, field: tuple[str, ...] = ()) -> Spot | None:
        """Return where an entry stands, or what says a field in it."""
        place = self._place(documents[MAIN], key.name)
        if place is None:
            return None
        inner = self._entries.place_of(place.entry, field) if isinstance(place.entry, dict) else ()
        return Spot(MAIN, (*place.path, *inner))

    def strangers(self, documents: Documents) -> Iterator[Stranger]:
        """Yield the keys in entries that the client is not known to use."""
        known = self._entries.known()
        for name, path, entry in self._places(documents[MAIN]):
            ways = unknown_keys(entry, known) if isinstance(entry, dict) else ()
            yield from (Stranger(ItemKey(self.endpoint.kind, name), way, Spot(MAIN, (*path, *way))) for way in ways)

    def known(self) -> frozenset[str]:
        """Return every key of an entry that means something to the client."""
        return self._entries.known()

    def maps(self, path: KeyPath) -> bool:
        """Tell whether a key of a file says a field of ours, or a part of one, in its entry or in others."""
        root = self.endpoint.root
        way = path[len(root) + 1 :] if path[: len(root)] == root else ()  # the name is between them
        return bool(way) and self._entries.maps(way)

    def says_apart(self, item: Item) -> bool:
        """Tell whether a list says that a server is off."""
        return self.endpoint.off is not None and self._by_list(McpServer.of(item))

    def can_say_apart(self, documents: Documents) -> bool:
        """Tell whether the list has a place."""
        return Switches(self.endpoint, documents).has_place()

    def park_loss(self, documents: Documents, key: ItemKey) -> Loss | None:
        """Return why an entry cannot be taken out while it is off: we could not make it again as it is."""
        reason = self._misfit(documents[MAIN], key)
        return Loss(self.client, key, "enabled", reason) if reason else None

    def _misfit(self, document: Document, key: ItemKey) -> Text | None:
        """Return which field of an entry we do not know: it may not fit another transport."""
        place = self._place(document, key.name)
        unknown = self._entries.unknown_field(place.entry) if place and isinstance(place.entry, dict) else None
        return text("loss.reshape", field=unknown) if unknown else None

    def write(self, documents: Documents, before: Items, after: Items, renamed: Renamed = frozenset()) -> Documents:
        """Return the documents edited from one view to another; what is equal in both is not touched."""
        changed = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
        if not changed:
            return documents
        edits = {MAIN: self._entry_edits(documents[MAIN], changed, before, after, renamed)}
        if self.endpoint.off:
            role = self.endpoint.off.beside
            wanted = {key.name: key in after and self._by_list(McpServer.of(after[key])) for key in changed}
            called = {old.name: new.name for old, new in renamed}
            edits[role] = [*edits.get(role, []), *Switches(self.endpoint, documents).edits(wanted, called)]
        edited = {role: beside(self.endpoint, documents, role).edit(*each) for role, each in edits.items() if each}
        return {**documents, **edited}

    def _by_list(self, item: McpServer) -> bool:
        """Whether a list must name the server: it is off, and its entry has no field for that."""
        shape = self._entries.newest(item.transport)
        return not item.enabled and shape is not None and "enabled" not in shape.fields

    def _entry_edits(
        self, document: Document, changed: list[ItemKey], before: Items, after: Items, renamed: Renamed
    ) -> list[Edit]:
        """Return the edits of the entries: in place first, then what goes, from the end on, then what comes.

        A name is given once what goes went: another entry may have had it until then.
        """
        places = {place.name: place.path for place in self._places(document)}
        called = {old: new for old, new in renamed if old in before and new in after}
        edits: list[Edit] = []
        for key in changed:
            now = called.get(key, key)
            if key in before and now in after:
                one, other = McpServer.of(before[key]), McpServer.of(after[now])
                edits += self._entries.edits(document, places[key.name], one, other)
        gone = {key.name for key in changed if key not in after and key not in called}
        removals = [Remove(path) for name, path in reversed(places.items()) if name in gone]
        names = [
            edit
            for old, new in sorted(called.items())
            for edit in self._naming(document, places[old.name], _after(removals, places[old.name]), new.name)
        ]
        new = [key for key in changed if key not in before and key not in called.values()]
        return [*edits, *removals, *names, *self._additions(document, new, after)]

    def _naming(self, document: Document, there: KeyPath, path: KeyPath, name: str) -> Iterator[Edit]:
        """Yield the edits that give an entry its name, by which it may call itself inside, too."""
        inner = self.endpoint.name_key
        if inner and not isinstance(document.get((*there, inner)), Missing):
            yield SetValue((*path, inner), name)
        if self.endpoint.container == "map":
            yield Rename(path, name)

    def _additions(self, document: Document, new: list[ItemKey], after: Items) -> list[Edit]:
        entries = [(key.name, self._entries.new(key.name, McpServer.of(after[key]))) for key in new]
        root = self.endpoint.root
        if self.endpoint.container == "map":
            return [SetValue((*root, name), entry) for name, entry in entries]
        begun = isinstance(document.get(root), list)
        return [
            Append(root, entry) if begun or at else SetValue(root, [entry]) for at, (_, entry) in enumerate(entries)
        ]


def _after(removals: Iterable[Remove], path: KeyPath) -> KeyPath:
    """Return where an entry of a list is once those before it went; in a map it stays where it is."""
    *above, at = path
    if not isinstance(at, int):
        return path
    before = sum(1 for one in removals if isinstance(one.path[-1], int) and one.path[-1] < at)
    return (*above, at - before)


def _switched_on(key: ItemKey, item: McpServer) -> McpServer:
    return McpServer.of(item_of(key, {name: value for name, value in item.fields().items() if name != "enabled"}))
