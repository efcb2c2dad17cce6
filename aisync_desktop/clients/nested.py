"""Values inside an entry by their way from it: through maps, and at last into a map or a list of names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from aisync_desktop.documents.protocol import MISSING, Missing
from aisync_desktop.kernel.values import Value


class Member(str):
    """The last step of a spot: this name is an element of the list there."""

    __slots__ = ()


def at(entry: Mapping[str, Value], path: tuple[str, ...]) -> Value | Missing:
    """Return the value there, or MISSING."""
    first, *rest = path
    value = entry.get(first, MISSING)
    if not rest:
        return value
    return at(value, tuple(rest)) if isinstance(value, dict) else MISSING


def put(entry: dict[str, Value], place: tuple[str, ...], value: Value) -> None:
    """Set a value inside nested maps, or add it to a list, which are made where they are not there."""
    first, *rest = place
    if not rest:
        entry[first] = value
        return
    inner = entry.setdefault(first, [] if isinstance(rest[0], Member) else {})
    if isinstance(inner, list):
        inner.append(value)
    elif isinstance(inner, dict):
        put(inner, tuple(rest), value)


def unknown_keys(
    entry: Mapping[str, Value], known: Collection[str], within: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    """Yield the ways to the keys of an entry that are not known, those in the maps on the way to known ones too."""
    for name, value in entry.items():
        way = (*within, name)
        key = ".".join(way)
        if isinstance(value, dict) and any(one.startswith(f"{key}.") for one in known):
            yield from unknown_keys(value, known, way)
        elif key not in known:
            yield way
