"""Edits of plain values: what every editor must arrive at, and the small steps in which it gets there.

`applied` is the meaning of an edit, without any text; every editor's result is compared with it (`same`).
`steps` breaks an edit down to primitive changes of one container each, so that a value that is set anew changes
only where it differs: an equal value changes nothing, a changed field leaves its neighbours' comments alone.
A null where a container is needed counts as missing, for that is how people leave a section empty.
"""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Iterator
from typing import TypeAlias

from aisync_desktop.documents.errors import EditRefusedError
from aisync_desktop.documents.protocol import MISSING, Append, Edit, InsertBefore, Missing, Remove, Rename, SetValue
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import KeyPath, Value

MAX_DEPTH = 256  # levels of nesting; far above any real file, far below what exhausts a recursive parser


@dataclass(frozen=True)
class Replace:
    """Put a value in place of one that is there."""

    path: KeyPath
    value: Value


@dataclass(frozen=True)
class Insert:
    """Add a member to a map that is there and lacks the key."""

    parent: KeyPath
    key: str
    value: Value


@dataclass(frozen=True)
class Push:
    """Add an element to the end of a list that is there."""

    parent: KeyPath
    value: Value


@dataclass(frozen=True)
class Delete:
    """Take out a member or element that is there."""

    path: KeyPath


@dataclass(frozen=True)
class Rekey:
    """Rename a member that is there to a key that is free."""

    path: KeyPath
    key: str


@dataclass(frozen=True)
class Wedge:
    """Add a member, or an element, before an existing one."""

    path: KeyPath
    value: Value
    key: str | None


Step: TypeAlias = Replace | Insert | Push | Delete | Rekey | Wedge
Look: TypeAlias = "Callable[[KeyPath], Value | Missing]"


def lookup(value: Value, path: KeyPath) -> Value | Missing:
    """Return what is at a path, or MISSING."""
    found: Value | Missing = value
    for key in path:
        found = _child(found, key)
    return found


def _child(value: Value | Missing, key: str | int) -> Value | Missing:
    if isinstance(value, dict) and isinstance(key, str):
        return value.get(key, MISSING)
    if isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
        return value[key]
    return MISSING


def copied(value: Value) -> Value:
    """Return a copy that shares nothing that can be changed."""
    if isinstance(value, dict):
        return {key: copied(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [copied(inner) for inner in value]
    return value


def depth(value: Value) -> int:
    """Return how many containers are nested in each other; the innermost may not count.

    The collector's view of the containers, for it walks them in C: a large file is to be read in a tenth of a second.
    It leaves out maps that hold only scalars, hence the one level. What is beyond MAX_DEPTH is not counted out.
    """
    level: list[object] = [value] if isinstance(value, (dict, list)) else []
    levels = 0
    while level and levels <= MAX_DEPTH:
        levels += 1
        level = list(filter(gc.is_tracked, gc.get_referents(*level)))
    return levels


def same(one: Value, other: Value) -> bool:
    """Whether two values are equal with their types: 1, 1.0 and true differ, NaN is itself, key order is nothing."""
    pairs: list[tuple[Value, Value]] = [(one, other)]
    while pairs:
        left, right = pairs.pop()
        if isinstance(left, dict) and isinstance(right, dict):
            if left.keys() != right.keys():
                return False
            pairs += [(left[key], right[key]) for key in left]
        elif isinstance(left, list) and isinstance(right, list):
            if len(left) != len(right):
                return False
            pairs += zip(left, right, strict=True)
        elif not _same_scalar(left, right):
            return False
    return True


def _same_scalar(left: Value, right: Value) -> bool:
    if type(left) is not type(right):
        return False
    if isinstance(left, float | dt.date | dt.time):
        return repr(left) == repr(right)  # NaN, the sign of zero and UTC offsets count
    return left == right


def applied(value: Value, edit: Edit) -> Value:
    """Return the value after the edit; what is not on the path is shared with the old one."""
    before = value
    for step in steps(lambda path: lookup(before, path), edit):
        value = _applied_step(value, step)
    return value


def _applied_step(value: Value, step: Step) -> Value:
    match step:
        case Replace(path, new):
            return _at(value, path, lambda _: new)
        case Insert(parent, key, new):
            return _at(value, parent, lambda old: {**_map(old), key: new})
        case Push(parent, new):
            return _at(value, parent, lambda old: [*_list(old), new])
        case Delete(path):
            return _at(value, path[:-1], lambda old: _without(old, path[-1]))
        case Rekey(path, key):
            return _at(value, path[:-1], lambda old: {(key if k == path[-1] else k): v for k, v in _map(old).items()})
        case Wedge(path, new, name):
            return _at(value, path[:-1], lambda old: _wedged(old, path[-1], new, name))


def _wedged(value: Value, before: str | int, new: Value, key: str | None) -> Value:
    if isinstance(before, int):
        elements = _list(value)
        return [*elements[:before], new, *elements[before:]]
    members: dict[str, Value] = {}
    for name, inner in _map(value).items():
        members |= {str(key): new, name: inner} if name == before else {name: inner}
    return members


def _at(value: Value, path: KeyPath, change: Callable[[Value], Value]) -> Value:
    if not path:
        return change(value)
    key, rest = path[0], path[1:]
    if isinstance(key, str):
        old = _map(value)
        return {**old, key: _at(old[key], rest, change)}
    elements = _list(value)
    return [*elements[:key], _at(elements[key], rest, change), *elements[key + 1 :]]


def _without(value: Value, key: str | int) -> Value:
    if isinstance(key, int):
        elements = _list(value)
        return [*elements[:key], *elements[key + 1 :]]
    return {name: inner for name, inner in _map(value).items() if name != key}


def _map(value: Value) -> dict[str, Value]:
    if not isinstance(value, dict):
        raise EditRefusedError("not-a-map")
    return value


def _list(value: Value) -> list[Value]:
    if not isinstance(value, list):
        raise EditRefusedError("not-a-list")
    return value


def steps(get: Look, edit: Edit, peek: Look | None = None) -> list[Step]:
    """Return the primitive changes that make up an edit of the document whose values `get` looks up.

    `peek` may return an empty container for a full one: for documents in which looking costs as much as is seen.
    """
    peek = peek or get
    match edit:
        case SetValue(path, value):
            _check_depth(path, value)
            return _set_steps(get, peek, path, value)
        case Append(path, value):
            _check_depth(path, value)
            return _append_steps(peek, path, value)
        case Remove(path):
            if not path:
                raise EditRefusedError("whole-document")
            return [] if peek(path) is MISSING else [Delete(path)]
        case Rename(path, key):
            return _rename_steps(peek, path, key)
        case InsertBefore(path, value, key):
            _check_depth(path[:-1], value)
            return _insert_steps(peek, path, value, key)


def _check_depth(path: KeyPath, value: Value) -> None:
    if len(path) + depth(value) > MAX_DEPTH:
        raise EditRefusedError("depth")


def _set_steps(get: Look, peek: Look, path: KeyPath, value: Value) -> list[Step]:
    if peek(path) is not MISSING and not isinstance(old := get(path), Missing):
        return list(differences(path, old, value))
    return _new_member(peek, path, value)


def _new_member(peek: Look, path: KeyPath, value: Value) -> list[Step]:
    parent = _deepest(peek, path)
    key, rest = path[len(parent)], path[len(parent) + 1 :]
    holder = peek(parent)
    if isinstance(key, str) and isinstance(holder, dict):
        return [Insert(parent, key, _nested(rest, value))]
    if holder is None:
        return [Replace(parent, _nested((key, *rest), value))]
    raise EditRefusedError("not-a-map" if isinstance(key, str) else "no-such-element")


def _append_steps(peek: Look, path: KeyPath, value: Value) -> list[Step]:
    old = peek(path)
    if isinstance(old, list):
        return [Push(path, value)]
    if old is None:
        return [Replace(path, [value])]
    if old is MISSING:
        return _new_member(peek, path, [value])
    raise EditRefusedError("not-a-list")


def _rename_steps(peek: Look, path: KeyPath, key: str) -> list[Step]:
    if not path or not isinstance(path[-1], str) or peek(path) is MISSING:
        raise EditRefusedError("no-such-member")
    if path[-1] == key:
        return []
    if peek((*path[:-1], key)) is not MISSING:
        raise EditRefusedError("key-taken")
    return [Rekey(path, key)]


def _insert_steps(peek: Look, path: KeyPath, value: Value, key: str | None) -> list[Step]:
    if not path or peek(path) is MISSING:
        raise EditRefusedError("no-such-member")
    if isinstance(path[-1], str) is not isinstance(key, str):
        raise EditRefusedError("not-a-list" if key is None else "not-a-map")
    if key is not None and peek((*path[:-1], key)) is not MISSING:
        raise EditRefusedError("key-taken")
    return [Wedge(path, value, key)]


def _deepest(peek: Look, path: KeyPath) -> KeyPath:
    """Return the longest proper beginning of a path at which there is something."""
    for length in range(len(path) - 1, 0, -1):
        if peek(path[:length]) is not MISSING:
            return path[:length]
    return ()


def _nested(keys: KeyPath, value: Value) -> Value:
    for key in reversed(keys):
        if not isinstance(key, str):
            raise EditRefusedError("no-such-element")
        value = {key: value}
    return value


def differences(path: KeyPath, old: Value, new: Value) -> Iterator[Step]:
    """Yield the steps from one value at a path to another: additions first, so that no container runs empty between."""
    if same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key, value in new.items():
            if key in old:
                yield from differences((*path, key), old[key], value)
            else:
                yield Insert(path, key, value)
        yield from (Delete((*path, key)) for key in old if key not in new)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _list_differences(path, old, new)
    else:
        yield Replace(path, new)


def _list_differences(path: KeyPath, old: list[Value], new: list[Value]) -> Iterator[Step]:
    """Yield element edits where lists of one length hold maps, removals and additions at the end where that is all."""
    if len(old) == len(new) and all(isinstance(a, dict) and isinstance(b, dict) for a, b in zip(old, new, strict=True)):
        for index, (left, right) in enumerate(zip(old, new, strict=True)):
            yield from differences((*path, index), left, right)
        return
    kept = _kept(old, new)
    if not kept and old:
        yield Replace(path, new)
        return
    yield from (Push(path, value) for value in new[len(kept) :])
    yield from (Delete((*path, index)) for index in reversed(range(len(old))) if index not in kept)


def _kept(old: list[Value], new: list[Value]) -> set[int]:
    """Return the indexes of old elements that, in their order, are the beginning of the new list."""
    kept: set[int] = set()
    for index, value in enumerate(old):
        if len(kept) < len(new) and same(value, new[len(kept)]):
            kept.add(index)
    return kept
