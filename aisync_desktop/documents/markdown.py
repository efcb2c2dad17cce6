"""Markdown documents: {"frontmatter": {...} or None, "body": text}.

The frontmatter (YAML between `---`, TOML between `+++`) is a document of its own, so that its comments and spelling
stay; that of a client which has its own way is part of the body (see Strictness). The body is one text with line
feeds, whatever the file's line endings are, so that the same rules in two files compare equal; a new body changes only
the lines that differ, in the line ending of the file.

Why not a Markdown parser: nothing inside the body is ours to understand, and rendering one again changes it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher

from aisync_desktop.documents.errors import EditRefusedError, MalformedDocument
from aisync_desktop.documents.protocol import (
    MISSING,
    Comment,
    Document,
    Edit,
    Location,
    Missing,
    Remove,
    SetValue,
    Strictness,
)
from aisync_desktop.documents.source import Decoded, decode, eol_of
from aisync_desktop.documents.values import lookup, same
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.texts import lines_of
from aisync_desktop.kernel.values import KeyPath, Value

FRONTMATTER, BODY = "frontmatter", "body"
_OPENING = re.compile(r"(---|\+\+\+)[ \t]*\r?\n")


@dataclass(frozen=True)
class _Parts:
    """A text taken apart; without a frontmatter the first three are empty."""

    opening: str
    inner: str
    closing: str
    body: str

    def joined(self) -> str:
        return self.opening + self.inner + self.closing + self.body


def parse_markdown(data: bytes, strictness: Strictness) -> MarkdownDocument:
    """Parse Markdown; an empty file is an empty body."""
    return _parsed(decode(data, bom_allowed=strictness.bom), all_body=not strictness.frontmatter)


def _parsed(decoded: Decoded, *, all_body: bool) -> MarkdownDocument:
    parts = _Parts("", "", "", decoded.text) if all_body else _taken_apart(decoded.text)
    inner = _inner(parts) if parts.opening else None
    if inner is None or not isinstance(inner.value(), dict | None):  # a ruler and some text above another ruler
        return MarkdownDocument(decoded, _Parts("", "", "", decoded.text), None, all_body=all_body)
    return MarkdownDocument(decoded, parts, inner)


def _taken_apart(text: str) -> _Parts:
    opening = _OPENING.match(text)
    if opening:
        closing = re.compile(rf"^{re.escape(opening[1])}[ \t]*(?:\r?\n|\Z)", re.MULTILINE).search(text, opening.end())
        if closing:
            inner = text[opening.end() : closing.start()]
            return _Parts(opening.group(), inner, closing.group(), text[closing.end() :])
    return _Parts("", "", "", text)


def _parse_frontmatter(data: bytes, *, is_toml: bool) -> Document:
    if is_toml:
        from aisync_desktop.documents.toml_document import parse_toml  # most files have no frontmatter

        return parse_toml(data, Strictness())
    from aisync_desktop.documents.yaml_document import parse_yaml

    return parse_yaml(data, Strictness())


def _inner(parts: _Parts) -> Document:
    try:
        return _parse_frontmatter(parts.inner.encode(), is_toml=parts.opening.startswith("+++"))
    except MalformedDocument as error:
        place, expected = Location(error.line + 1, error.column), error.expected
    raise MalformedDocument(place, expected)


class MarkdownDocument:
    """An immutable Markdown text."""

    def __init__(self, decoded: Decoded, parts: _Parts, inner: Document | None, *, all_body: bool = False) -> None:
        self._decoded = decoded
        self._parts = parts
        self._inner = inner
        self._all_body = all_body

    def dump(self) -> bytes:
        """Return the bytes."""
        return self._decoded.encode(self._decoded.text)

    def value(self) -> Value:
        """Return frontmatter and body; an empty frontmatter is an empty map, none at all is None."""
        return {FRONTMATTER: self._frontmatter, BODY: _with_line_feeds(self._parts.body)}

    def get(self, path: KeyPath) -> Value | Missing:
        """Return the value at a path, or MISSING."""
        return lookup(self.value(), path)

    def locate(self, path: KeyPath) -> Location | None:
        """Return where the value at a path begins."""
        if self.get(path) is MISSING:
            return None
        if path[:1] == (FRONTMATTER,) and self._inner is not None:
            place = self._inner.locate(path[1:])
            return place and Location(place.line + 1, place.column)
        head = replace(self._parts, body="").joined()
        return Location(head.count("\n") + 1 if path[:1] == (BODY,) else 1, 1)

    def comments(self) -> tuple[Comment, ...]:
        """Return nothing: all of it is one text."""
        return ()

    def numbers(self) -> tuple[str, ...]:
        """Return nothing: the same."""
        return ()

    def edit(self, *edits: Edit) -> MarkdownDocument:
        """Return the document with the edits done; each is verified."""
        document = self
        for edit in edits:
            document = document.edited(edit)
        return document

    def edited(self, edit: Edit) -> MarkdownDocument:
        """Return the document after one edit."""
        if isinstance(edit, SetValue) and self._says(edit):
            return self
        if isinstance(edit, SetValue) and not edit.path:
            return self._with_all(edit.value)
        if edit.path == (BODY,) and isinstance(edit, SetValue) and isinstance(edit.value, str):
            return self._with_body(edit.value)
        if edit.path == (FRONTMATTER,) and (isinstance(edit, Remove) or getattr(edit, "value", MISSING) is None):
            return self._verified(_Parts("", "", "", self._parts.body), None)
        if edit.path[:1] == (FRONTMATTER,):
            return self._with_frontmatter(edit)
        raise EditRefusedError("value")

    def _says(self, edit: SetValue) -> bool:
        value = self.get(edit.path)
        return not isinstance(value, Missing) and same(value, edit.value)

    def _with_all(self, value: Value) -> MarkdownDocument:
        if not isinstance(value, dict) or not value.keys() <= {FRONTMATTER, BODY}:
            raise EditRefusedError("value")
        edits = (SetValue((key,), value.get(key, "" if key == BODY else None)) for key in (FRONTMATTER, BODY))
        return self.edit(*edits)

    def _with_body(self, body: str) -> MarkdownDocument:
        eol = eol_of(self._decoded.text)
        new_lines = lines_of(_with_line_feeds(body))
        parts = replace(self._parts, body="".join(_rewritten(lines_of(self._parts.body), new_lines, eol)))
        if self._parts.closing and new_lines and not self._parts.closing.endswith("\n"):
            parts = replace(parts, closing=parts.closing + eol)
        return self._verified(parts, self._frontmatter)

    def _with_frontmatter(self, edit: Edit) -> MarkdownDocument:
        if self._inner is None and isinstance(edit, Remove):
            return self
        eol = eol_of(self._decoded.text)
        parts = self._parts if self._parts.opening else replace(self._parts, opening=f"---{eol}", closing=f"---{eol}")
        inner = (self._inner or _inner(parts)).edit(replace(edit, path=edit.path[1:]))
        text = inner.dump().decode()
        if not parts.inner:
            text = text.replace("\n", eol)
        if text and not text.endswith("\n"):
            text += eol
        return self._verified(replace(parts, inner=text), inner.value() or {})

    @property
    def _frontmatter(self) -> Value:
        return None if self._inner is None else self._inner.value() or {}

    def _verified(self, parts: _Parts, frontmatter: Value) -> MarkdownDocument:
        """Return the document of new parts, unless a body would be read as a frontmatter."""
        expected: Value = {FRONTMATTER: frontmatter, BODY: _with_line_feeds(parts.body)}
        try:
            document = _parsed(replace(self._decoded, text=parts.joined()), all_body=self._all_body)
        except MalformedDocument:
            raise EditRefusedError("shape") from None
        if not same(document.value(), expected):
            raise EditRefusedError("shape")
        return document


def _rewritten(old: list[str], new: list[str], eol: str) -> list[str]:
    """Return the new lines, those that were there before in their own line endings."""
    plain = [_with_line_feeds(line) for line in old]
    # What is equal at both ends is equal: by itself, SequenceMatcher takes one blank line for another.
    head = _shared(plain, new)
    tail = _shared(plain[head:][::-1], new[head:][::-1])
    middle = SequenceMatcher(None, plain[head : len(old) - tail], new[head : len(new) - tail], autojunk=False)
    written = old[:head]
    for kind, start, end, new_start, new_end in middle.get_opcodes():
        if kind == "equal":
            written += old[head + start : head + end]
        else:
            written += (line.replace("\n", eol) for line in new[head + new_start : head + new_end])
    return written + old[len(old) - tail :]


def _shared(one: list[str], other: list[str]) -> int:
    """Return how many lines are equal from the first on."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((count for count, (left, right) in pairs if left != right), min(len(one), len(other)))


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n")
