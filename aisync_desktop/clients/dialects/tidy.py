"""Where a value can be put into a document, and taking it out without leaving empty containers behind.

An empty list says nothing, so that nobody can tell afterwards whether it stood there before the first rule came into
it: `{}` and `{"allow": []}` are the same file once there is a rule. The list that is emptied goes, since most were
made for the rule; what stood empty before a write stays, and what is filled again by the same write keeps its place.
"""

from __future__ import annotations

from collections.abc import Iterable

from aisync_desktop.documents.protocol import Document, Missing, Remove
from aisync_desktop.kernel.values import KeyPath, Value


def has_way(document: Document, path: KeyPath) -> bool:
    """Whether there are maps on the way to a value, or nothing as yet."""
    ways = (document.get(path[:length]) for length in range(1, len(path)))
    return all(there is None or isinstance(there, dict | Missing) for there in ways)


def without(document: Document, path: KeyPath, kept: int = 0) -> Document:
    """Return a document without a value, and without what held nothing else, but for the first steps of the way."""
    while len(path) > kept + 1:
        parent = document.get(path[:-1])
        if not isinstance(parent, dict | list) or len(parent) > 1:
            break
        path = path[:-1]
    return document.edit(Remove(path))


def tidied(before: Document, after: Document, ways: Iterable[KeyPath]) -> Document:
    """Return a document without the containers that a write has emptied, and without what held nothing else."""
    for way in ways:
        if is_empty(after.get(way)) and not is_empty(before.get(way)):
            after = without(after, way)
    return after


def is_empty(held: Value | Missing) -> bool:
    """Whether this is a container with nothing in it."""
    return isinstance(held, dict | list) and not held
