"""The lens of MCP servers: the entries of a map in a client's file, each in one of the shapes that its data names.

`write` edits only the fields in which two views differ.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from fnmatch import fnmatchcase

from aisync_desktop.connectors.descriptor import Descriptor, FieldMap, McpEndpoint, References, Shape
from aisync_desktop.connectors.lens import MAIN, Documents, Loss, Projection, View
from aisync_desktop.connectors.references import InexpressibleError, from_neutral, to_neutral, translate
from aisync_desktop.core.diff import difference
from aisync_desktop.core.items import Item, ItemKey, Items, item_of
from aisync_desktop.core.messages import Text, text
from aisync_desktop.core.values import KeyPath, Value
from aisync_desktop.documents.protocol import MISSING, Document, Edit, Missing, Remove, SetValue

# Without these an item would do more at the target than at the source: a server that is off would start, hidden tools
# would show. Where they cannot be said, the item is not written at all.
_ESSENTIAL = frozenset({"enabled", "only_tools", "hidden_tools"})


class ServerLens:
    """MCP servers as entries of a map in one file."""

    def __init__(self, descriptor: Descriptor, endpoint: McpEndpoint) -> None:
        self.client = descriptor.id
        self.endpoint = endpoint
        self.expresses = frozenset(name for shape in endpoint.shapes for name in shape.fields) | {"transport"}
        self._names = re.compile(endpoint.names)
        self._projected: dict[ItemKey, tuple[Item, Projection]] = {}

    def read(self, documents: Documents) -> View:
        """Return what the documents say."""
        document = documents[MAIN]
        entries = document.get(self.endpoint.root)
        if isinstance(entries, Missing) or entries is None:
            return View()
        if not isinstance(entries, dict):
            return View(opaque={ItemKey(self.endpoint.kind, ""): text("lens.root-not-a-map")})
        items: dict[ItemKey, Item] = {}
        opaque: dict[ItemKey, Text] = {}
        for name, entry in entries.items():
            key = ItemKey(self.endpoint.kind, name)
            read = text("lens.switched-off") if self._is_off(document, name) else self._read_entry(key, entry)
            if isinstance(read, Text):
                opaque[key] = read
            else:
                items[key] = read
        return View(items, opaque)

    def _is_off(self, document: Document, name: str) -> bool:
        """Whether a list beside the entries switches this one off: elsewhere it would start."""
        off, only = (
            document.get(path) if path else MISSING for path in (self.endpoint.off_list, self.endpoint.only_list)
        )
        listed = isinstance(off, list) and any(fnmatchcase(name, str(pattern)) for pattern in off)
        return listed or (isinstance(only, list) and not any(fnmatchcase(name, str(pattern)) for pattern in only))

    def _read_entry(self, key: ItemKey, entry: Value) -> Item | Text:
        if not isinstance(entry, dict):
            return text("lens.entry-not-a-map")
        unmapped = sorted(entry.keys() & set(self.endpoint.unmapped))
        if unmapped:
            return text("lens.unmapped", field=unmapped[0])
        shape = next((shape for shape in self.endpoint.shapes if _applies(shape, entry)), None)
        if shape is None:
            return text("lens.unknown-shape")
        try:
            said = {name: _at(entry, to.path) for name, to in shape.fields.items()}
            fields = {
                name: self._read_field(value, shape.fields[name])
                for name, value in said.items()
                if not isinstance(value, Missing)
            }
            return item_of(key, {"transport": shape.transport.value} | fields)
        except InexpressibleError:
            return text("lens.reference-stays")
        except (ValueError, TypeError, OverflowError):  # a pydantic error too, and numbers such as inf
            return text("lens.bad-value")

    def _read_field(self, value: Value, to: FieldMap) -> Value:
        if to.inverted:
            return _opposite(value)
        if to.scale is None:
            return translate(value, self._references(to), to_neutral)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError
        return round(value * to.scale)

    def project(self, key: ItemKey, item: Item) -> Projection:
        """Return the item as far as this endpoint can express it, with the losses, before anything is written."""
        known = self._projected.get(key)
        if known and known[0] is item:  # items are values: the same object has the same projection
            return known[1]
        projection = self._project(key, item)
        self._projected[key] = (item, projection)
        return projection

    def _project(self, key: ItemKey, item: Item) -> Projection:
        shape = self._shape_of(item)
        refusal = self._refusal(key, item, shape)
        if shape is None or refusal is not None:
            return Projection(None, (Loss(self.client, key, "", refusal or text("loss.transport")),))
        said = item.fields()
        lost = sorted(said.keys() - shape.fields.keys() - {"transport"})
        if not lost:
            return Projection(item)
        kept = {name: value for name, value in said.items() if name not in lost}
        losses = tuple(Loss(self.client, key, name, text("loss.field", field=name)) for name in lost)
        return Projection(item_of(key, kept), losses)

    def _refusal(self, key: ItemKey, item: Item, shape: Shape | None) -> Text | None:
        if shape is None:
            return text("loss.transport")
        if not self._names.fullmatch(key.name):
            return text("loss.name")
        said = item.fields()
        essential = sorted(_ESSENTIAL & (said.keys() - shape.fields.keys()))
        if essential:
            return text("loss.essential", field=essential[0])
        try:
            for name in said.keys() & shape.fields.keys():
                self._to_client(said[name], shape.fields[name])
        except InexpressibleError:
            return text("loss.reference")
        return None

    def _shape_of(self, item: Item) -> Shape | None:
        return next((shape for shape in self.endpoint.shapes if shape.transport is item.transport), None)

    def write(self, documents: Documents, before: Items, after: Items) -> Documents:
        """Return the documents edited from one view to another; what is equal in both is not touched."""
        document = documents[MAIN]
        edits: list[Edit] = []
        for key in sorted(before.keys() | after.keys()):
            edits += self._edits(document, key, before.get(key), after.get(key))
        if not edits:
            return documents
        return {**documents, MAIN: document.edit(*edits)}

    def _edits(self, document: Document, key: ItemKey, before: Item | None, after: Item | None) -> list[Edit]:
        path: KeyPath = (*self.endpoint.root, key.name)
        if before == after:
            return []
        if after is None:
            return [Remove(path)]
        if before is None:
            return [SetValue(path, self._new_entry(after))]
        old = self._shape_in(document.get(path), before)
        new = old if before.transport is after.transport else self._shape_of(after)
        if old is None or new is None:
            raise InexpressibleError
        return [*self._reshaped(path, before, after, old, new), *self._changed_fields(path, before, after, new)]

    def _shape_in(self, entry: Value | Missing, item: Item) -> Shape | None:
        """Return the shape that an entry has: of one transport there can be several."""
        if not isinstance(entry, dict):
            return self._shape_of(item)
        return next((shape for shape in self.endpoint.shapes if _applies(shape, entry)), None)

    def _new_entry(self, item: Item) -> dict[str, Value]:
        shape = self._shape_of(item)
        if shape is None:
            raise InexpressibleError
        said = item.fields()
        entry: dict[str, Value] = {}
        for key, constant in shape.constants.items():
            _put(entry, tuple(key.split(".")), constant)
        for name, to in shape.fields.items():
            if name in said:
                _put(entry, to.path, self._to_client(said[name], to))
        return entry

    def _reshaped(self, path: KeyPath, before: Item, after: Item, old: Shape, new: Shape) -> list[Edit]:
        """Return the edits that give an entry another shape, its fields moved along."""
        if old is new:
            return []
        gone = {old.fields[name].key for name in before.fields() if name in old.fields} | {*old.constants, *old.when}
        used = {new.fields[name].key for name in after.fields() if name in new.fields} | {*new.constants, *new.when}
        edits: list[Edit] = [Remove((*path, *key.split("."))) for key in sorted(gone - used)]
        edits += [SetValue((*path, *key.split(".")), value) for key, value in new.constants.items()]
        moved = {
            name: to for name, to in new.fields.items() if name not in old.fields or old.fields[name].key != to.key
        }
        values = {name: value for name, value in after.fields().items() if name in moved}
        edits += [SetValue((*path, *moved[name].path), self._to_client(values[name], moved[name])) for name in values]
        return edits

    def _changed_fields(self, path: KeyPath, before: Item, after: Item, shape: Shape) -> list[Edit]:
        edits: list[Edit] = []
        for changed, value in difference(before.fields(), after.fields()).items():
            to = shape.fields.get(changed[0])
            if to is None:
                continue
            place = (*path, *to.path, *changed[1:])
            edits.append(Remove(place) if value is None else SetValue(place, self._to_client(value, to)))
        return edits

    def reshape_loss(self, documents: Documents, key: ItemKey, before: Item | None, after: Item) -> Loss | None:
        """Return why an entry cannot take another shape: it has fields that we do not know and that may not fit it."""
        if before is None or before.transport is after.transport:
            return None
        entry = documents[MAIN].get((*self.endpoint.root, key.name))
        known = {to.key for shape in self.endpoint.shapes for to in shape.fields.values()}
        known |= {name for shape in self.endpoint.shapes for name in (*shape.constants, *shape.when)}
        unknown = sorted(_unknown(entry, known)) if isinstance(entry, dict) else []
        return Loss(self.client, key, "", text("loss.reshape", field=unknown[0])) if unknown else None

    def _to_client(self, value: Value, to: FieldMap) -> Value:
        if to.inverted:
            return _opposite(value)
        if to.scale is not None and isinstance(value, int | float):
            return value / to.scale if to.scale != 1 else value
        return translate(value, self._references(to), from_neutral)

    def _references(self, to: FieldMap) -> References:
        return to.references or self.endpoint.references


def _applies(shape: Shape, entry: Mapping[str, Value]) -> bool:
    return all(_at(entry, tuple(key.split("."))) is not MISSING for key in shape.requires) and all(
        _kind(_at(entry, tuple(key.split(".")))) in allowed for key, allowed in shape.when.items()
    )


def _kind(value: Value | Missing) -> Value:
    return "" if isinstance(value, Missing) else value


def _at(entry: Mapping[str, Value], path: tuple[str, ...]) -> Value | Missing:
    first, *rest = path
    value = entry.get(first, MISSING)
    if not rest:
        return value
    return _at(value, tuple(rest)) if isinstance(value, dict) else MISSING


def _put(entry: dict[str, Value], path: tuple[str, ...], value: Value) -> None:
    """Set a value inside nested maps, which are made where they are not there."""
    first, *rest = path
    inner = entry.setdefault(first, {}) if rest else None
    if isinstance(inner, dict):
        _put(inner, tuple(rest), value)
    else:
        entry[first] = value


def _unknown(entry: Mapping[str, Value], known: Collection[str], within: str = "") -> Iterator[str]:
    """Yield the keys of an entry that no shape knows, those in the maps on the way to known ones too."""
    for name, value in entry.items():
        key = within + name
        if isinstance(value, dict) and any(one.startswith(f"{key}.") for one in known):
            yield from _unknown(value, known, f"{key}.")
        elif key not in known:
            yield key


def _opposite(value: Value) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return not value
