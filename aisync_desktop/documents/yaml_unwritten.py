"""YAML that nobody has written yet, for files that are not there: PyYAML is imported when there is more to it.

Nearly every machine lacks some client's YAML file, and each look asks what it would say: nothing, or the few values
that the client wants in a new file. Importing PyYAML to learn that was 20 ms of each command.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from aisync_desktop.documents.protocol import Comment, Document, Edit, Location, Missing, SetValue, Strictness
from aisync_desktop.documents.values import applied, copied, lookup
from aisync_desktop.kernel.values import KeyPath, Value


class UnwrittenYaml:
    """The document of no bytes, a null, or what it becomes by values that it begins with."""

    def __init__(self, beginning: Sequence[Edit] = ()) -> None:
        self._beginning = beginning
        self._value: Value = None
        for edit in beginning:
            self._value = applied(self._value, edit)

    def dump(self) -> bytes:
        """Return the bytes."""
        return self._written.dump() if self._beginning else b""

    def value(self) -> Value:
        """Return the whole document as plain values."""
        return copied(self._value)

    def get(self, path: KeyPath) -> Value | Missing:
        """Return the value at a path, or MISSING."""
        found = lookup(self._value, path)
        return found if isinstance(found, Missing) else copied(found)

    def locate(self, path: KeyPath) -> Location | None:
        """Return where the value at a path begins."""
        return self._written.locate(path)

    def comments(self) -> tuple[Comment, ...]:
        """Return what the text says to people only."""
        return ()

    def numbers(self) -> tuple[str, ...]:
        """Return its numbers as they are spelled."""
        return self._written.numbers() if self._beginning else ()

    def edit(self, *edits: Edit) -> Document:
        """Return the document with the edits done; those that it begins with are written when they are asked for."""
        if not self._beginning and all(map(_is_plain, edits)):
            return UnwrittenYaml(edits)
        return self._written.edit(*edits)

    @cached_property
    def _written(self) -> Document:
        from aisync_desktop.documents.yaml_document import parse_yaml

        return parse_yaml(b"", Strictness()).edit(*self._beginning)


def _is_plain(edit: Edit) -> bool:
    """Whether an edit sets a word or a number at the top, which cannot fail."""
    return isinstance(edit, SetValue) and len(edit.path) == 1 and isinstance(edit.value, str | int)
