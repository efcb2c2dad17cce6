"""Where a value can be put into a document, and taking it out without leaving empty containers behind."""

from __future__ import annotations

from aisync_desktop.core.values import KeyPath
from aisync_desktop.documents.protocol import Document, Missing, Remove


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
