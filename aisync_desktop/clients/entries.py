"""One entry of a client's file <-> the fields of an item, by the shapes that the data names.

Written, an entry is a set of spots: the way to each value inside it, and the value in the client's own words. What two
versions of an item differ in is what their spots differ in, so that an edit touches these alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias, cast

from aisync_desktop.clients.descriptor import McpEndpoint
from aisync_desktop.clients.entry_shapes import FieldMap, References, Shape, key_path
from aisync_desktop.clients.indirections import joined, name_of, said_beside, spot_beside, twins
from aisync_desktop.clients.items import Fields, ItemKey, McpServer, Transport, item_of
from aisync_desktop.clients.nested import Member, at, put, unknown_keys
from aisync_desktop.clients.references import InexpressibleError, from_neutral, to_neutral, translate
from aisync_desktop.documents.protocol import MISSING, Append, Document, Edit, Missing, Remove, SetValue
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.values import KeyPath, Value

_SHELL_PLAIN = re.compile(r"[A-Za-z0-9_@%+=:,./-]+")
_LIKE_A_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*")


@dataclass(frozen=True)
class Unsayable:
    """A value that has no form in the client's words; where it stands already it can stay."""

    value: Value
    reason: Text


Said: TypeAlias = "Value | Unsayable"
Spots: TypeAlias = "dict[tuple[str, ...], Said]"


class Entries:
    """How one endpoint spells an entry."""

    def __init__(self, endpoint: McpEndpoint) -> None:
        self._endpoint = endpoint

    def newest(self, transport: Transport) -> Shape | None:
        """Return the shape that a new entry gets: one of this transport alone, or else one that leaves it open."""
        shapes = self._endpoint.shapes
        own = next((shape for shape in shapes if shape.transport is transport), None)
        return own or next((shape for shape in shapes if transport in shape.also), None)

    def shape_in(self, entry: Mapping[str, Value]) -> Shape | None:
        """Return the shape that an entry has: of one transport there can be several."""
        return next((shape for shape in self._endpoint.shapes if _applies(shape, entry)), None)

    def read(self, key: ItemKey, entry: Value) -> McpServer | Text:
        """Return the item that an entry says, or why it cannot be said elsewhere."""
        if not isinstance(entry, dict):
            return text("lens.entry-not-a-map")
        unmapped = sorted(name for name in self._endpoint.unmapped if entry.get(name) not in (None, []))
        if unmapped:
            return text("lens.unmapped", field=unmapped[0])
        shape = self.shape_in(entry)
        if shape is None:
            return text("lens.unknown-shape")
        try:
            return McpServer.of(item_of(key, self._fields(shape, entry)))
        except InexpressibleError:
            return text("lens.reference-stays")
        except (ValueError, TypeError, OverflowError):  # a pydantic error too, and numbers such as inf
            return text("lens.bad-value")

    def _fields(self, shape: Shape, entry: Mapping[str, Value]) -> dict[str, Value]:
        fields: dict[str, Value] = {"transport": shape.transport.value}
        for name, to in shape.fields.items():
            value = self._field(entry, to)
            if not isinstance(value, Missing):
                fields[name] = value
        if shape.argv:
            fields["command"], *args = self._argv(at(entry, key_path(shape.argv)))
            fields["args"] = list(args)
        return fields

    def _argv(self, value: Value | Missing) -> list[Value]:
        if not isinstance(value, list) or not value:
            raise TypeError
        return [translate(each, lambda each: to_neutral(each, self._endpoint.references)) for each in value]

    def _field(self, entry: Mapping[str, Value], to: FieldMap) -> Value | Missing:
        value = at(entry, to.path)
        if not isinstance(value, Missing):
            value = self._plain(value, to)
        indirect = said_beside(entry, to)
        if not indirect:
            return value
        plain = {} if isinstance(value, Missing) else value
        if not isinstance(plain, dict):
            raise TypeError
        return joined(plain, indirect, to)

    def _plain(self, value: Value, to: FieldMap) -> Value | Missing:
        if to.inverted:
            return _opposite(value)
        if to.scale is not None:
            return _number(value, to)
        if to.everything is not None and value == list(to.everything):
            return MISSING
        if _means_everything(value, to):
            raise ValueError
        if to.refuses and isinstance(value, dict) and any(re.fullmatch(to.refuses, name) for name in value):
            raise InexpressibleError
        return translate(value, lambda each: _heard(each, to, self._references(to)))

    def refusal(self, shape: Shape, fields: Fields) -> Text | None:
        """Return why an item cannot be said in an entry of this shape."""
        said = self._spots(shape, fields).values()
        return next((value.reason for value in said if isinstance(value, Unsayable)), None)

    def _spots(self, shape: Shape, fields: Fields) -> Spots:
        spots: Spots = {}
        for name, to in shape.fields.items():
            value = fields.get(name, MISSING)
            if isinstance(value, dict):
                spots.update(self._map_spots(to, value))
            elif not isinstance(value, Missing):
                spots[to.path] = self._said(value, to)
            elif to.always:
                spots[to.path] = self._said(_default(name), to) if to.everything is None else list(to.everything)
        if shape.argv:
            args = fields.get("args", [])
            line = [fields.get("command", ""), *(args if isinstance(args, list) else [])]
            spots[key_path(shape.argv)] = self._said(line, FieldMap(key=shape.argv))
        return spots

    def _map_spots(self, to: FieldMap, values: Mapping[str, Value]) -> Iterator[tuple[tuple[str, ...], Said]]:
        twice = twins(values, to)
        for name, value in values.items():
            spot = spot_beside(to, name, value)
            if to.refuses and re.fullmatch(to.refuses, name):
                yield (*to.path, name), Unsayable(value, text("loss.refused-name"))
            elif spot and twice:
                yield spot[0], Unsayable(value, text("loss.reference"))
            else:
                yield spot or ((*to.path, name), self._said(value, to))

    def _said(self, value: Value, to: FieldMap) -> Said:
        if to.inverted:
            return _opposite(value)
        if to.scale is not None and isinstance(value, int | float):
            said = value / to.scale if to.scale != 1 else value
            return round(said) if to.whole else said
        if to.everything is not None and (value == list(to.everything) or _means_everything(value, to)):
            return Unsayable(value, text("loss.everything"))
        try:
            return translate(value, lambda each: _told(each, to, self._references(to)))
        except InexpressibleError as error:
            return Unsayable(value, error.reason)

    def new(self, name: str, item: McpServer) -> dict[str, Value]:
        """Return the entry of an item that was not there."""
        shape = self.newest(item.transport)
        if shape is None:
            raise InexpressibleError
        entry: dict[str, Value] = {self._endpoint.name_key: name} if self._endpoint.name_key else {}
        for place, constant in _constants(shape).items():
            put(entry, place, constant)
        for place, value in self._spots(shape, item.fields()).items():
            put(entry, place, _sayable(value))
        return entry

    def edits(self, document: Document, path: KeyPath, before: McpServer, after: McpServer) -> list[Edit]:
        """Return the edits that lead the entry at a path from one item to another; it keeps its shape if it can."""
        entry = document.get(path)
        old = self.shape_in(entry) if isinstance(entry, dict) else None
        new = old if before.transport is after.transport else self.newest(after.transport)
        if not isinstance(entry, dict) or old is None or new is None:
            raise InexpressibleError
        there, wanted = self._spots(old, before.fields()), self._spots(new, after.fields())
        whole: set[tuple[str, ...]] = set()
        if old is not new:
            whole = _left_behind(entry, old, new)
            wanted = {**_constants(new), **wanted}
        gone = [*sorted(whole), *(place for place in there if place not in wanted and not _is_in(place, whole))]
        changed = {
            place: _sayable(value) for place, value in wanted.items() if place not in there or there[place] != value
        }
        return [*_removals(entry, path, gone), *_settings(entry, path, changed)]

    def unknown_field(self, entry: Mapping[str, Value]) -> str | None:
        """Return a key of an entry that no shape knows: it may not fit an entry of another shape."""
        unknown = min(unknown_keys(entry, self._meant()), default=None)
        return ".".join(unknown) if unknown else None

    def known(self) -> frozenset[str]:
        """Return every key that means something to the client, as far as its descriptor tells."""
        return self._meant().union(self._endpoint.unmapped, self._endpoint.knows)

    def maps(self, way: KeyPath) -> bool:
        """Whether some shape of an entry says a field of ours there, be it not the shape that the entry has."""
        meant = (key_path(key) for key in self._meant() if key)
        return any(one[: len(way)] == way[: len(one)] for one in meant)

    def _meant(self) -> frozenset[str]:
        return frozenset({self._endpoint.name_key}).union(*(shape.keys for shape in self._endpoint.shapes))

    def place_of(self, entry: Mapping[str, Value], field: tuple[str, ...]) -> tuple[str, ...]:
        """Return the way to what says a field in an entry, as far as there is one."""
        shape = self.shape_in(entry)
        to = shape.fields.get(field[0]) if shape and field else None
        keys = to.keys if to else (shape.argv,) if shape and shape.argv and field else ()
        ways = [way for key in keys for way in ((*key_path(key), *field[1:]), key_path(key))]
        return next((way for way in ways if not isinstance(at(entry, way), Missing)), ())

    def _references(self, to: FieldMap) -> References:
        return to.references or self._endpoint.references


def fits(value: Value, to: FieldMap) -> bool:
    """Tell whether a number of ours is one that the client takes: a rounded one would be another one."""
    if to.scale is None or isinstance(value, bool) or not isinstance(value, int | float):
        return True
    said = value / to.scale
    return not (to.whole and said != int(said)) and _within(said, to)


def _within(said: float, to: FieldMap) -> bool:
    return (to.least is None or said >= to.least) and (to.most is None or said <= to.most)


def _number(value: Value, to: FieldMap) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | float) or to.scale is None:
        raise TypeError
    if (to.whole and value != int(value)) or not _within(value, to):
        raise ValueError
    return round(value * to.scale)


def _means_everything(value: Value, to: FieldMap) -> bool:
    """Tell whether a list holds, among others, the element that means all of them."""
    return to.everything is not None and isinstance(value, list) and any(each in to.everything for each in value)


def _default(name: str) -> Value:
    default: Value | tuple[Value, ...] = McpServer.model_fields[name].get_default(call_default_factory=True)
    return list(default) if isinstance(default, tuple) else default


def _heard(value: str, to: FieldMap, references: References) -> str:
    _refuse_what_is_acted_upon(value, to)
    return to_neutral(value, references)


def _told(value: str, to: FieldMap, references: References) -> str:
    said = from_neutral(value, references)
    _refuse_what_is_acted_upon(said, to)
    return said


def _refuse_what_is_acted_upon(said: str, to: FieldMap) -> None:
    if to.shell and not _SHELL_PLAIN.fullmatch(said):
        raise InexpressibleError(text("loss.shell"))
    if to.bare_names and _LIKE_A_VARIABLE.fullmatch(said):
        raise InexpressibleError(text("loss.bare-name"))


def _left_behind(entry: Mapping[str, Value], old: Shape, new: Shape) -> set[tuple[str, ...]]:
    """Return the places of an entry that mean nothing any more in its new shape, be they empty.

    A map that held nothing else goes as a whole: some clients refuse even an empty one.
    """
    wrong = {key for key, allowed in new.when.items() if _kind(at(entry, key_path(key))) not in allowed}
    gone = {key_path(key) for key in (old.keys - new.keys) | (wrong - new.constants.keys())}
    gone |= {place[:-1] for place in gone if len(place) > 1 and _holds_only(entry, place[:-1], gone)}
    return {place for place in gone if not _is_in(place[:-1], gone)}


def _holds_only(entry: Mapping[str, Value], place: tuple[str, ...], gone: set[tuple[str, ...]]) -> bool:
    inside = at(entry, place)
    return isinstance(inside, dict) and all((*place, name) in gone for name in inside)


def _is_in(place: tuple[str, ...], whole: set[tuple[str, ...]]) -> bool:
    return any(place[:length] in whole for length in range(1, len(place) + 1))


def _sayable(value: Said) -> Value:
    if isinstance(value, Unsayable):
        raise InexpressibleError(value.reason)
    return value


def _constants(shape: Shape) -> dict[tuple[str, ...], Value]:
    return {key_path(key): cast("Value", value) for key, value in shape.constants.items()}  # JSON values are values


def _removals(entry: Mapping[str, Value], path: KeyPath, gone: Collection[tuple[str, ...]]) -> Iterator[Edit]:
    members: dict[tuple[str, ...], list[str]] = {}
    for place in gone:
        if isinstance(place[-1], Member):
            members.setdefault(place[:-1], []).append(place[-1])
        elif not isinstance(at(entry, place), Missing):
            yield Remove((*path, *place))
    for place, names in members.items():
        listed = at(entry, place)
        there = [name_of(each) for each in listed] if isinstance(listed, list) else []
        if set(there) <= set(names):
            yield Remove((*path, *place))
        else:
            yield from (Remove((*path, *place, at)) for at in reversed(range(len(there))) if there[at] in names)


def _settings(entry: Mapping[str, Value], path: KeyPath, changed: Mapping[tuple[str, ...], Value]) -> Iterator[Edit]:
    begun: set[tuple[str, ...]] = set()
    for place, value in changed.items():
        if not isinstance(place[-1], Member):
            yield SetValue((*path, *place), value)
        elif place[:-1] in begun or isinstance(at(entry, place[:-1]), list):
            yield Append((*path, *place[:-1]), value)
        else:
            begun.add(place[:-1])
            yield SetValue((*path, *place[:-1]), [value])


def _applies(shape: Shape, entry: Mapping[str, Value]) -> bool:
    return all(at(entry, key_path(key)) is not MISSING for key in shape.requires) and all(
        _kind(at(entry, key_path(key))) in allowed for key, allowed in shape.when.items()
    )


def _kind(value: Value | Missing) -> Value:
    return "" if isinstance(value, Missing) else value


def _opposite(value: Value) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return not value
