"""Taking a value out of a document without leaving empty containers behind."""

from __future__ import annotations

from aisync_desktop.core.values import KeyPath
from aisync_desktop.documents.protocol import Document, Remove


def without(document: Document, path: KeyPath, kept: int = 0) -> Document:
    """Return a document without a value, and without what held nothing else, but for the first steps of the way."""
    while len(path) > kept + 1:
        parent = document.get(path[:-1])
        if not isinstance(parent, dict | list) or len(parent) > 1:
            break
        path = path[:-1]
    return document.edit(Remove(path))
