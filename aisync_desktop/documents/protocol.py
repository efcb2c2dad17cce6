"""The one protocol of all formats: an immutable document, edits as values, and what can go wrong.

A document is a value: `edit` returns a new one and leaves the old one alone. An edit touches only the spans that it
must; everything outside them is the same bytes. `parse` either gives a whole document or raises MalformedDocument.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol, Self, TypeAlias

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import KeyPath, Value


class Format(StrEnum):
    """The formats that a descriptor can name."""

    JSON = "json"  # JSON and JSONC: the strictness says what the client's parser takes
    TOML = "toml"
    YAML = "yaml"
    MARKDOWN = "markdown"  # body plus frontmatter
    EXEC_RULES = "exec-rules"  # Codex exec-policy


@dataclass(frozen=True)
class Strictness:
    """What the client's own parser accepts; what it would refuse is malformed to us as well (never write it)."""

    comments: bool = False
    trailing_commas: bool = False
    bom: bool = True
    duplicate_keys: bool = True  # last one wins, as in most JSON parsers
    frontmatter: bool = True  # Markdown begins with a map in YAML or TOML; if the client has its own way, all is body


@dataclass(frozen=True)
class SetValue:
    """Put a value at a path; missing parents are made, an existing value is replaced in place."""

    path: KeyPath
    value: Value


@dataclass(frozen=True)
class Remove:
    """Take the member or element at a path out, with the comment lines that belong to it."""

    path: KeyPath


@dataclass(frozen=True)
class Rename:
    """Give the member at a path another key, in place."""

    path: KeyPath
    key: str


@dataclass(frozen=True)
class Append:
    """Add an element to the end of the list at a path."""

    path: KeyPath
    value: Value


@dataclass(frozen=True)
class InsertBefore:
    """Add a member or an element before the one at a path, for clients to whom order means something. Only JSON can."""

    path: KeyPath
    value: Value
    key: str | None = None  # of the new member; none in a list


Edit: TypeAlias = SetValue | Remove | Rename | Append | InsertBefore


class Missing:
    """The type of MISSING: no value at a path (a null is a value)."""

    _instance: Missing | None = None

    def __new__(cls) -> Self:
        """Return the one instance, so that identity can be compared."""
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance  # type: ignore[return-value]

    def __repr__(self) -> str:
        """Name it in assertion messages."""
        return "MISSING"


MISSING = Missing()


@dataclass(frozen=True)
class Location:
    """A place in a document for people: both numbers start at 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Comment:
    """A comment as it is written; `section` is the top-level table that it is in or above, where a format has such."""

    text: str
    section: str = ""


class Document(Protocol):
    """A parsed file. Values that come out are copies: changing them changes nothing."""

    def dump(self) -> bytes:
        """Return the bytes: those that were parsed, but for the spans that were edited."""
        ...

    def value(self) -> Value:
        """Return the whole document as plain values."""
        ...

    def get(self, path: KeyPath) -> Value | Missing:
        """Return the value at a path, or MISSING."""
        ...

    def locate(self, path: KeyPath) -> Location | None:
        """Return where the value at a path begins, for messages."""
        ...

    def comments(self) -> tuple[Comment, ...]:
        """Return what the text says to people only, in its order."""
        ...

    def numbers(self) -> tuple[str, ...]:
        """Return its numbers as they are spelled, in their order."""
        ...

    def edit(self, *edits: Edit) -> Document:
        """Return the document with the edits done in their order, verified by an independent parser."""
        ...
