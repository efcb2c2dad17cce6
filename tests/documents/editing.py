"""What must hold for an edit of any document, whatever its format."""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Iterator
from random import Random
from typing import Any

from aisync_desktop.documents.protocol import Append, Document, Edit, InsertBefore, Remove, Rename, SetValue
from aisync_desktop.kernel.values import KeyPath

NEW_KEY = "brand new"


def seeded(seed: int | str) -> Random:
    """Return the source of one run of random texts."""
    return Random(seed)


def paths(value: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Yield the paths of everything in a value."""
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths(inner, (*path, index))


def at(value: Any, path: KeyPath) -> Any:
    """Return what is at a path that exists."""
    for key in path:
        value = value[key]
    return value


def after(value: Any, edit: Edit) -> Any:
    """Return the value after an edit whose place exists, by plain assignment."""
    if isinstance(edit, SetValue) and not edit.path:
        return edit.value
    if isinstance(edit, Append) and not edit.path:
        return [*value, edit.value]
    value = copy.deepcopy(value)
    holder = at(value, edit.path[:-1])
    key: Any = edit.path[-1]
    match edit:
        case SetValue(_, new):
            holder[key] = new
        case Append(_, new):
            holder[key].append(new)
        case Remove():
            del holder[key]
        case Rename(_, name):
            holder[name] = holder.pop(key)
        case InsertBefore(_, new, None):
            holder.insert(key, new)
        case InsertBefore(_, new, name):
            at_place = list(holder).index(key)
            members = [*holder.items()]
            holder.clear()
            holder.update([*members[:at_place], (name, new), *members[at_place:]])
    return value


def equal(one: Any, other: Any) -> bool:
    """Whether two values are equal with their types."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(equal, one, other))
    if isinstance(one, float) and math.isnan(one):
        return math.isnan(other)
    return bool(one == other)


def is_subsequence(small: bytes, large: bytes) -> bool:
    """Whether the one can be made from the other by taking bytes out."""
    rest = iter(large)
    return all(byte in rest for byte in small)


def pick(rng: Random, value: Any, kind: type) -> KeyPath | None:
    """Return the path of some container of a kind."""
    found = [path for path in paths(value) if isinstance(at(value, path), kind)]
    return rng.choice(found) if found else None


def scalar(rng: Random, *, null: bool = True) -> Any:
    """Return some scalar."""
    plain = ["new", "with space", 'q"\\', "", "한글 é", 0, -5, 1.5, True, False, "a: b # c", "[x]", "- y", "1", "null"]
    return rng.choice([*plain, None] if null else plain)


def fresh(rng: Random, *, null: bool = True) -> Any:
    """Return some value to be set."""
    if rng.random() < 0.5:
        return scalar(rng, null=null)
    server = {"command": "npx", "args": ["-y", scalar(rng, null=null)], "env": {"A": "b"}, "n": scalar(rng, null=null)}
    return rng.choice([server, {"only": {"deep": 1}}, ["p", 2], [], {}])


def check_undone(document: Document, added: Document, back: Edit) -> None:
    """An addition only adds bytes, and taking it out again gives the original."""
    before = document.dump()
    assert is_subsequence(before, added.dump())
    assert added.edit(back).dump() == before, (before, added.dump())


def check_only_the_value_changed(document: Document, edited: Document, path: KeyPath) -> None:
    """Where one scalar replaced another within a line, all before it and all after its line is as it was."""
    place = document.locate(path)
    assert place is not None
    before, after_edit = (one.dump().decode("utf-8-sig") for one in (document, edited))
    lines = before.split("\n")
    start = sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1
    assert after_edit[:start] == before[:start], (before, after_edit)
    assert after_edit.endswith(before[start + len(lines[place.line - 1]) - place.column + 1 :]), (before, after_edit)
    comments = re.compile(r"c\d+c")
    assert comments.findall(after_edit) == comments.findall(before), (before, after_edit)
