"""YAML without a word in it, for files that are not there: PyYAML is imported when something is put into it.

Nearly every machine lacks some client's YAML file, and each look asks what it says: importing PyYAML to learn that it
says nothing was 20 ms of each command.
"""

from __future__ import annotations

from aisync_desktop.documents.protocol import MISSING, Comment, Document, Edit, Location, Missing, Strictness
from aisync_desktop.kernel.values import KeyPath, Value


class EmptyYaml:
    """The document of no bytes: a null."""

    def dump(self) -> bytes:
        """Return the bytes."""
        return b""

    def value(self) -> Value:
        """Return the whole document as plain values."""
        return None

    def get(self, path: KeyPath) -> Value | Missing:
        """Return the value at a path, or MISSING."""
        return MISSING if path else None

    def locate(self, path: KeyPath) -> Location | None:
        """Return where the value at a path begins."""
        return None if path else Location(1, 1)

    def comments(self) -> tuple[Comment, ...]:
        """Return what the text says to people only."""
        return ()

    def numbers(self) -> tuple[str, ...]:
        """Return its numbers as they are spelled."""
        return ()

    def edit(self, *edits: Edit) -> Document:
        """Return the document with the edits done."""
        from aisync_desktop.documents.yaml_document import parse_yaml

        return parse_yaml(b"", Strictness()).edit(*edits)
