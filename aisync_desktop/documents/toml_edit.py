"""One primitive change of a TOML text: from a step to the splices that make it.

What is written as a table stays one: pairs go under their header, new tables behind the last one of their group, with
a blank line in between if the file has such lines. What is written within a line or with dots stays that way.

Comment lines directly above a statement belong to it, unless they are the first thing in the file or in a table: there
they may be a heading of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from aisync_desktop.documents import toml_style as style
from aisync_desktop.documents.brackets import Box, Brackets, Member
from aisync_desktop.documents.errors import EditRefusedError, UnverifiedEditError
from aisync_desktop.documents.protocol import Location
from aisync_desktop.documents.source import Splice, eol_of, indent_at, location, spliced
from aisync_desktop.documents.toml_scan import Entry, Kind, Scanned, box_at, rescan, without_comments
from aisync_desktop.documents.values import Delete, Insert, Push, Rekey, Replace, Step, Wedge
from aisync_desktop.kernel.values import KeyPath, Value


def edited(scanned: Scanned, step: Step) -> Scanned:
    """Return a text after one step."""
    return rescan(scanned, _edited(_TomlEdit(scanned), step))


def _edited(edit: _TomlEdit, step: Step) -> str:
    match step:
        case Replace(path, value):
            return edit.replace(path, value)
        case Insert(parent, key, value):
            return edit.insert(parent, key, value)
        case Push(parent, value):
            return edit.push(parent, value)
        case Delete(path):
            return edit.delete(path)
        case Rekey(path, key):
            return edit.rekey(path, key)
        case Wedge():
            raise EditRefusedError("shape")


def place_of(scanned: Scanned, path: KeyPath) -> int | None:
    """Return where the value at a path begins, or the first statement of a table."""
    edit = _TomlEdit(scanned)
    found = edit.inline_value(path)
    if found is not None:
        return found[0]
    return next((entry.segments[0].start for entry in edit.entries if _within(entry, path)), None)


class _TomlEdit:
    """The entries of one text and what can be done to them."""

    def __init__(self, scanned: Scanned) -> None:
        self._scanned = scanned
        self.text, self.entries = scanned
        self._eol = eol_of(self.text)
        self._headers = [index for index, one in enumerate(self.entries) if one.is_header]

    def _after(self, text: str) -> _TomlEdit:
        """Return the next text, after a part of a step."""
        return _TomlEdit(rescan(self._scanned, text))

    # values within a pair

    def inline_value(self, path: KeyPath) -> tuple[int, Entry] | None:
        """Return where a value begins that is written in a pair, and the pair; None for tables."""
        for entry in self.entries:
            if entry.kind is Kind.PAIR and path[: len(entry.path)] == entry.path:
                place: int | None = entry.value[0]
                for key in path[len(entry.path) :]:
                    place = None if place is None else self._member(place, key)
                return None if place is None else (place, entry)
        return None

    def _member(self, place: int, key: str | int) -> int | None:
        if self.text[place] != ("{" if isinstance(key, str) else "["):
            return None
        member = box_at(self.text, place).find(key)
        return member.value if member else None

    def _box(self, path: KeyPath) -> tuple[Box, Brackets] | None:
        """Return the array or inline table at a path, with what is needed to edit it."""
        found = self.inline_value(path)
        if found is None:
            return None
        place, entry = found
        if self.text[place] not in "[{":
            raise EditRefusedError("shape", location(self.text, place))
        plain = without_comments(self.text, *entry.value)
        return box_at(self.text, place), Brackets(self.text, plain, inline=True)

    # the five steps

    def replace(self, path: KeyPath, value: Value) -> str:
        """Put a value in place of another one; a table that becomes something else moves among the pairs."""
        if not path:
            raise EditRefusedError("not-a-map")
        inner = self._box(path[:-1])
        if inner is not None:
            member = self._found(inner[0], path[-1])
            return self._with_value(member.value, member.end, value)
        found = self.inline_value(path)
        if found is not None:
            return self._with_value(*found[1].value, value)
        if not isinstance(path[-1], str):
            raise EditRefusedError("shape", self._near(path))
        elements = any(entry.kind is Kind.ELEMENT and entry.path[:-1] == path for entry in self.entries)
        rest = self._after(self.delete(path))
        if elements and _is_of_tables(value):
            return rest.pushed(path, value)
        return rest.insert(path[:-1], path[-1], value)

    def insert(self, parent: KeyPath, key: str, value: Value) -> str:
        """Add a member to a map, in the way in which that is written."""
        inner = self._box(parent)
        if inner is not None:
            member = f"{style.key(key)} = {style.inline(value)}"
            return spliced(self.text, inner[1].insertion(inner[0], lambda _: member))
        sibling = self._last_dotted(parent)
        if sibling is not None:
            return self._beside_dotted(sibling, parent, key, value)
        if isinstance(value, dict):
            return self._with_tables(parent, (*parent, key), "[%s]", value)
        if _is_of_tables(value):
            return self.pushed((*parent, key), value)
        return self._with_pair(parent, f"{style.key(key)} = {style.inline(value)}")

    def push(self, parent: KeyPath, value: Value) -> str:
        """Add an element to an array or a table to an array of tables."""
        inner = self._box(parent)
        if inner is not None:
            return spliced(self.text, inner[1].insertion(inner[0], lambda _: style.inline(value)))
        if not isinstance(value, dict):
            raise EditRefusedError("shape", self._near(parent))
        return self._with_tables(parent, parent, "[[%s]]", value)

    def pushed(self, parent: KeyPath, values: list[Value]) -> str:
        """Add tables to an array of tables."""
        rest = self
        for value in values:
            rest = rest._after(rest.push(parent, value))
        return rest.text

    def delete(self, path: KeyPath) -> str:
        """Take out a member, an element or a table with all that is in it."""
        inner = self._box(path[:-1])
        if inner is not None:
            box, brackets = inner
            return spliced(self.text, brackets.removal(box, box.members.index(self._found(box, path[-1]))))
        rest = self._after(self._without(path))
        if isinstance(path[-1], int) and not rest.holds(path[:-1]):
            return rest.insert(path[:-2], str(path[-2]), [])
        return rest.text

    def holds(self, path: KeyPath) -> bool:
        """Whether any statement is about this path."""
        return any(_within(entry, path) for entry in self.entries)

    def rekey(self, path: KeyPath, key: str) -> str:
        """Rename a member wherever its key is written."""
        inner = self._box(path[:-1])
        if inner is not None:
            member = self._found(inner[0], path[-1])
            return spliced(self.text, [Splice(member.start, member.key_end, style.key(key))])
        level = len(path) - 1
        spans = (one for entry in self.entries if _within(entry, path) for one in entry.segments if one.level == level)
        return spliced(self.text, [Splice(one.start, one.end, style.key(key)) for one in spans])

    # parts of the steps

    def _found(self, box: Box, key: str | int) -> Member:
        member = box.find(key)
        if member is None:
            raise UnverifiedEditError("a step leads to no TOML member")
        return member

    def _near(self, path: KeyPath) -> Location | None:
        place = place_of(self._scanned, path)
        return None if place is None else location(self.text, place)

    def _with_value(self, start: int, end: int, value: Value) -> str:
        return spliced(self.text, [Splice(start, end, style.like(self.text[start:end], value))])

    def _last_dotted(self, parent: KeyPath) -> int | None:
        """Return the last pair whose dotted key makes the table at a path."""
        for index in reversed(range(len(self.entries))):
            entry = self.entries[index]
            if entry.kind is Kind.PAIR and _within(entry, parent) and entry.segments[0].level < len(parent):
                return index
        return None

    def _beside_dotted(self, sibling: int, parent: KeyPath, key: str, value: Value) -> str:
        segments = self.entries[sibling].segments
        last = next(one for one in segments if one.level == len(parent) - 1)
        prefix = self.text[segments[0].start : last.end]
        return self._pair_after(sibling, f"{prefix}.{style.key(key)} = {style.inline(value)}")

    def _with_pair(self, parent: KeyPath, pair: str) -> str:
        """Put a pair where the pairs of its table are; a table that only its sub-tables make gets a header."""
        header = next((i for i in self._headers if self.entries[i].path == parent), -1)
        pairs = [i for i, one in enumerate(self.entries) if one.kind is Kind.PAIR and one.section == header]
        if header >= 0 or (not parent and pairs):
            return self._pair_after(pairs[-1] if pairs else header, pair)
        if not parent:
            return self._as_first(pair)
        lines = [f"[{style.dotted(_names(parent))}]", pair]
        first = next((i for i in self._headers if _within(self.entries[i], parent)), None)
        if first is None:
            return self._section_after(self._group_end(parent), lines)
        start = self.entries[self._comments_above(first)].start
        block = "".join(line + self._eol for line in [*lines, ""])
        return spliced(self.text, [Splice(start, start, block)])

    def _pair_after(self, index: int, pair: str) -> str:
        return self._lines_after(index, [indent_at(self.text, self.entries[index].segments[0].start) + pair])

    def _as_first(self, pair: str) -> str:
        """Put the first pair of the file before its first table, in a paragraph of its own."""
        header = next(iter(self._headers), len(self.entries))
        before = self._last_content(self._comments_above(header))
        return self._lines_after(before, [*([""] if before >= 0 else []), pair])

    def _with_tables(self, group: KeyPath, path: KeyPath, header: str, value: dict[str, Value]) -> str:
        """Put a table behind the last one of a group, or at the end of the file."""
        anchor = self._group_end(group)
        blank = [""] if self._blank_after(anchor) else []
        return self._section_after(anchor, style.table_lines(_names(path), header, value, blank))

    def _group_end(self, group: KeyPath) -> int:
        """Return the last entry of the tables at and below a path, or of the nearest path above it that has some."""
        while group:
            last = next((i for i in reversed(self._headers) if _within(self.entries[i], group)), None)
            if last is not None:
                return self._section_end(last)
            group = group[:-1]
        return self._last_content(len(self.entries))

    def _section_after(self, anchor: int, lines: list[str]) -> str:
        return self._lines_after(anchor, [*([""] if anchor >= 0 and self._blank_after(anchor) else []), *lines])

    def _lines_after(self, index: int, lines: list[str]) -> str:
        """Put lines behind an entry, or (-1) at the top with a blank line behind them."""
        if index < 0:
            return "".join(line + self._eol for line in lines) + (self._eol if self.text else "") + self.text
        place = self.entries[index].end
        ends_line = self.text[place - 1] == "\n"
        block = "".join(line + self._eol if ends_line else self._eol + line for line in lines)
        return spliced(self.text, [Splice(place, place, block)])

    def _blank_after(self, anchor: int) -> bool:
        """Whether a blank line goes between an entry and a new table behind it."""
        if anchor < 0 or self.entries[anchor].kind is Kind.COMMENT:
            return True
        if anchor + 1 < len(self.entries):
            return self.entries[anchor + 1].kind is Kind.BLANK
        above = self._comments_above(self._headers[-1]) if self._headers else 0
        return above == 0 or self.entries[above - 1].kind is Kind.BLANK

    def _last_content(self, before: int) -> int:
        """Return the last entry before an index that is not blank, or -1."""
        return next((i for i in reversed(range(before)) if self.entries[i].kind is not Kind.BLANK), -1)

    def _comments_above(self, index: int) -> int:
        while index > 0 and self.entries[index - 1].kind is Kind.COMMENT:
            index -= 1
        return index

    def _section_end(self, header: int) -> int:
        """Return the last entry of a section: its last statement and the comments right below, if no table's own."""
        after = next((i for i in self._headers if i > header), len(self.entries))
        last = max(i for i in range(header, after) if self.entries[i].is_statement)
        below = last + 1
        while below < len(self.entries) and self.entries[below].kind is Kind.COMMENT:
            below += 1
        if below < len(self.entries) and self.entries[below].is_header:
            return last
        return below - 1

    def _own_start(self, index: int) -> int:
        """Return the first entry that belongs to a statement: the comments above it, unless they are a heading."""
        first = self._comments_above(index)
        heading = first == 0 or (self.entries[index].kind is Kind.PAIR and self.entries[first - 1].is_header)
        return index if heading else first

    def _without(self, path: KeyPath) -> str:
        """Return the text without the statements of a path, their comments and the blank lines that they leave."""
        gone = {i for i in self._headers if _within(self.entries[i], path)}
        spans = [(self._own_start(i), self._section_end(i)) for i in gone]
        spans += [
            (self._own_start(i), i)
            for i, one in enumerate(self.entries)
            if one.kind is Kind.PAIR and _within(one, path) and one.section not in gone
        ]
        removed: set[int] = set()
        for first, last in sorted(spans, reverse=True):
            removed.update(range(first, last + 1))
            removed.update(self._stranded_blank(first, last, removed))
        return self._joined(removed)

    def _stranded_blank(self, first: int, last: int, removed: set[int]) -> Iterator[int]:
        """Yield the blank line that would double another one, or begin or end the file."""
        below = next((i for i in range(last + 1, len(self.entries)) if i not in removed), None)
        blank_below = below is not None and self.entries[below].kind is Kind.BLANK
        if first > 0 and self.entries[first - 1].kind is Kind.BLANK and (below is None or blank_below):
            yield first - 1
        elif first == 0 and below is not None and blank_below:
            yield below

    def _joined(self, removed: set[int]) -> str:
        kept = [self.text[one.start : one.end] for i, one in enumerate(self.entries) if i not in removed]
        if kept and not self.text.endswith("\n"):
            kept[-1] = kept[-1].removesuffix("\n").removesuffix("\r")
        return "".join(kept)


def _is_of_tables(value: Value) -> TypeGuard[list[Value]]:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _within(entry: Entry, path: KeyPath) -> bool:
    return entry.is_statement and entry.path[: len(path)] == path


def _names(path: KeyPath) -> tuple[str, ...]:
    return tuple(one for one in path if isinstance(one, str))
