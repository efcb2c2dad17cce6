"""Editing between brackets: members and elements, separated by commas, with comments in between.

JSON objects and arrays, TOML inline tables and arrays, YAML flow collections: one set of rules for all.

Every rule works on two texts of the same length: `text` is what the file holds, `plain` is the same with comments
blanked out, line feeds within block comments too. So a comma or a line feed in `plain` is a
real one, and something that is blank only in `plain` is a comment.

New members follow their neighbours: on a line of their own where the last one is, else on the same line. They go
directly behind the last member's line, so that they never adopt a comment; `removal` is the inverse of `insertion`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple, TypeAlias

from aisync_desktop.documents.source import Splice, eol_of, indent_at
from aisync_desktop.kernel.dataclass import dataclass

_BLANK = " \t\r\n"  # no other white space: it may be the end of a comment

_COMMENT = re.compile(r"//[^\n]*|#[^\n]*|/\*.*?\*/", re.DOTALL)

Render: TypeAlias = "Callable[[str | None], str]"  # the member's text for its indent, or for a place within a line


class Member(NamedTuple):
    """A member of a map or an element of a list (then the key is its index and has no text)."""

    key: str | int
    start: int  # of the key's text
    key_end: int
    value: int  # where the value begins
    end: int


@dataclass(frozen=True)
class Box:
    """A pair of brackets and what is directly in it; both offsets are outside of the brackets."""

    start: int
    end: int
    members: tuple[Member, ...]

    @property
    def inner_start(self) -> int:
        """The offset behind the opening bracket."""
        return self.start + 1

    @property
    def inner_end(self) -> int:
        """The offset of the closing bracket."""
        return self.end - 1

    def find(self, key: str | int) -> Member | None:
        """Return the member of a key: the last one, as parsers do that take duplicates."""
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> dict[str | int, Member]:
        return {one.key: one for one in self.members}


@dataclass(frozen=True)
class Brackets:
    """The text around the brackets, and the style for places that have no neighbour."""

    text: str
    plain: str
    unit: str = "  "  # one level of indentation
    inline: bool = False  # how the first member of an empty pair goes
    space: str = " "  # behind a comma

    def insertion(self, box: Box, render: Render) -> list[Splice]:
        """Return the splices that add a member behind the last one."""
        return self._after_last(box, render) if box.members else self._first(box, render)

    def insertion_before(self, box: Box, index: int, render: Render) -> list[Splice]:
        """Return the splices that add a member before another one, and before the comments that are that one's."""
        start = box.members[index].start
        if not self._begins_line(box, index):
            return [Splice(start, start, render(None) + "," + self.space)]
        place, indent = self._lines_start(box, index), indent_at(self.text, start)
        return [Splice(place, place, eol_of(self.text, box.start) + indent + render(indent) + ",")]

    def removal(self, box: Box, index: int) -> list[Splice]:
        """Return the splices that take a member out, with its comma and the comments that are surely its own."""
        if len(box.members) == 1:
            return self._remove_sole(box)
        if self._has_lines(box, index):
            return self._remove_lines(box, index)
        return self._remove_inline(box, index)

    def on_own_line(self, box: Box, index: int) -> bool:
        """Whether there is a line feed between a member and what precedes it."""
        return "\n" in self.plain[self._previous_end(box, index) : box.members[index].start]

    def _after_last(self, box: Box, render: Render) -> list[Splice]:
        last = box.members[-1]
        comma = self._comma(box, len(box.members) - 1)
        after = comma + 1 if comma >= 0 else last.end
        line_end = self._line_end(after, box.inner_end)
        place = self._content_end(after, line_end)
        behind_line_comment = place > after and line_end < box.inner_end
        if self.on_own_line(box, len(box.members) - 1) or behind_line_comment:
            indent = indent_at(self.text, last.start)
            member = eol_of(self.text, box.start) + indent + render(indent)
        else:
            member = self._space_before(box) + render(None)
        if comma >= 0:
            return [Splice(place, place, member + ",")]
        return [Splice(last.end, last.end, ","), Splice(place, place, member)]

    def _first(self, box: Box, render: Render) -> list[Splice]:
        inside = self.text[box.inner_start : box.inner_end]
        eol, closing = eol_of(self.text, box.start), indent_at(self.text, box.start)
        indent = closing + self.unit
        if inside.strip(_BLANK):
            return self._first_beside_comments(box, render, eol + indent, indent)
        if "\n" not in inside and (inside or self.inline):
            return [Splice(box.inner_start, box.inner_end, inside + render(None) + inside)]
        rest = eol + (inside if "\n" in inside else closing + inside)
        return [Splice(box.inner_start, box.inner_end, eol + indent + render(indent) + rest)]

    def _first_beside_comments(self, box: Box, render: Render, lead: str, indent: str) -> list[Splice]:
        line_end = self._line_end(box.inner_start, box.inner_end)
        place = self._content_end(box.inner_start, line_end)
        if line_end < box.inner_end:
            return [Splice(place, place, lead + render(indent))]
        return [Splice(place, place, " " + render(None))]

    def _remove_sole(self, box: Box) -> list[Splice]:
        member = box.members[0]
        after = self._after(box, 0)
        lead, tail = self.text[box.inner_start : member.start], self.text[after : box.inner_end]
        if lead.strip(_BLANK) or tail.strip(_BLANK):
            return self._remove_lines(box, 0) if self._begins_line(box, 0) else [Splice(*self._trimmed(box, 0), "")]
        if "\n" in lead and "\n" in tail:
            tail = tail[tail.index("\n") + 1 :]
            if "\n" not in tail:
                tail = tail.removeprefix(indent_at(self.text, box.start))
        return [Splice(box.inner_start, box.inner_end, tail)]

    def _remove_lines(self, box: Box, index: int) -> list[Splice]:
        after, limit = self._after(box, index), self._next_start(box, index)
        line_end = self._line_end(after, limit)
        start = self._lines_start(box, index)
        if line_end < limit:
            cut = Splice(start, self._content_end(after, line_end), "")
        elif self._behind_line_comment(self._previous_end(box, index), start):
            cut = Splice(*self._trimmed(box, index), "")
        else:
            cut = Splice(start, after, "")
        return [*self._previous_comma(box, index), cut]

    def _behind_line_comment(self, floor: int, place: int) -> bool:
        """Whether what stands before a place would swallow what is drawn up to it."""
        comments = [found.group() for found in _COMMENT.finditer(self.text, floor, place)]
        return bool(comments) and not comments[-1].startswith("/*")

    def _remove_inline(self, box: Box, index: int) -> list[Splice]:
        comma, limit = self._comma(box, index), self._next_start(box, index)
        if comma >= 0 and index < len(box.members) - 1:
            end = comma + 1
            while end < limit and self.text[end] in " \t":
                end += 1
            return [Splice(box.members[index].start, end, "")]
        return [*self._previous_comma(box, index), Splice(*self._trimmed(box, index), "")]

    def _trimmed(self, box: Box, index: int) -> tuple[int, int]:
        """Return the span of a member with the spaces before it and its comma."""
        start = box.members[index].start
        while self.text[start - 1] in " \t":
            start -= 1
        return start, self._after(box, index)

    def _previous_comma(self, box: Box, index: int) -> list[Splice]:
        """Return the splice for the comma that a last member leaves behind, if it had none itself."""
        if index == 0 or index < len(box.members) - 1 or self._comma(box, index) >= 0:
            return []
        comma = self._comma(box, index - 1)
        return [Splice(comma, comma + 1, "")]

    def _lines_start(self, box: Box, index: int) -> int:
        """Return the line end before a member and before the comment lines right above it.

        Above the first member they are as likely a heading of the whole: those stay.
        """
        floor = self._previous_end(box, index)
        start = self.plain.rindex("\n", floor, box.members[index].start)
        while index > 0:
            above = self.plain.rfind("\n", floor, start)
            line = slice(above + 1, start)
            if above < 0 or self.plain[line].strip(_BLANK) or not self.text[line].strip(_BLANK):
                break
            start = above
        return start - 1 if self.text[start - 1] == "\r" else start

    def _begins_line(self, box: Box, index: int) -> bool:
        start = box.members[index].start
        line = self.plain.rfind("\n", self._previous_end(box, index), start)
        return line >= 0 and not self.text[line:start].strip(_BLANK)

    def _has_lines(self, box: Box, index: int) -> bool:
        """Whether no other member is on the lines of this one."""
        limit = self._next_start(box, index)
        ends_line = self._line_end(self._after(box, index), limit) < limit
        return self._begins_line(box, index) and (ends_line or index == len(box.members) - 1)

    def _previous_end(self, box: Box, index: int) -> int:
        return box.members[index - 1].end if index else box.inner_start

    def _next_start(self, box: Box, index: int) -> int:
        return box.members[index + 1].start if index + 1 < len(box.members) else box.inner_end

    def _comma(self, box: Box, index: int) -> int:
        """Return the offset of the comma behind a member, -1 for none."""
        end, limit = box.members[index].end, self._next_start(box, index)
        return self.plain.find(",", end, limit)

    def _after(self, box: Box, index: int) -> int:
        comma = self._comma(box, index)
        return comma + 1 if comma >= 0 else box.members[index].end

    def _line_end(self, start: int, limit: int) -> int:
        found = self.plain.find("\n", start, limit)
        if found < 0:
            return limit
        return found - 1 if found > start and self.text[found - 1] == "\r" else found

    def _content_end(self, start: int, end: int) -> int:
        return start + len(self.text[start:end].rstrip(_BLANK))

    def _space_before(self, box: Box) -> str:
        if len(box.members) > 1:
            between = self.text[self._comma(box, len(box.members) - 2) + 1 : box.members[-1].start]
            return between if not between.strip(_BLANK) and "\n" not in between else self.space
        return self.space
