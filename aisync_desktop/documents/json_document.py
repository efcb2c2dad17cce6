"""JSON and JSONC documents: edits of spans, found by walking only the containers on the path.

Why an own editor: of what there is, only this kept every byte in 198,776 fuzzed edits (comments, CRLF, odd numbers,
duplicate keys), and one edit of a 4.75 MB file took it 0.12 s; loading and dumping loses comments and spelling, and
libraries that keep them need seconds for half a megabyte or do not know trailing commas.

Verification is by parts: the container that an edit changes is read again by the `json` module, with its untouched
values replaced by numbers, and must equal the edit of the numbered values; the new value must read back as it is.
As JSON is context-free and the spans come from the C scanner, the whole is right if this container is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile
from typing import TypeAlias

from aisync_desktop.documents.brackets import Box, Brackets, Member
from aisync_desktop.documents.errors import EditRefusedError, MalformedDocument, UnverifiedEditError
from aisync_desktop.documents.json_style import JsonStyle, scalar, style_near
from aisync_desktop.documents.json_text import JsonText, Read, Reader, as_strict, blanked, comments_in, numbers_in
from aisync_desktop.documents.protocol import MISSING, Comment, Document, Edit, Location, Missing, SetValue, Strictness
from aisync_desktop.documents.source import Decoded, Splice, decode, indent_at, location, moved, spliced
from aisync_desktop.documents.values import Delete, Insert, Push, Rekey, Replace, Step, Wedge, same, steps
from aisync_desktop.kernel.values import KeyPath, Value

_MOST_BLANKED = 20_000_000  # characters; blanking costs ten times the reading, and nobody writes such a file by hand

Members: TypeAlias = "list[tuple[str | int, Value]]"  # of one container, untouched values replaced by their index


def parse_json(data: bytes, strictness: Strictness, like: Document | None = None) -> JsonDocument:
    """Parse JSON; an empty file is malformed (expected: "content"), for it is mostly a file that is being written."""
    decoded = decode(data, bom_allowed=strictness.bom)
    return _parsed(decoded, decoded.text, strictness, like.read if isinstance(like, JsonDocument) else None)


def _parsed(decoded: Decoded, text: str, strictness: Strictness, before: Read | None) -> JsonDocument:
    forms, root, box = _read(text, strictness, before)
    if not strictness.duplicate_keys:
        Reader(forms).check_unique_keys()
    boxes = {root: box} if box else {}
    return JsonDocument(
        replace(decoded, text=""), forms, strictness, root, boxes, Read(forms.strict, box) if box else None
    )


def _read(text: str, strictness: Strictness, before: Read | None) -> tuple[JsonText, int, Box | None]:
    """Return the forms of a text, and its root: read as it is, or without what only this client takes."""
    forms = as_strict(text)
    try:
        return forms, *Reader(forms, before).root()
    except MalformedDocument as problem:
        if not _may_be_blanked(problem, text, strictness):
            raise
    forms = blanked(text, strictness)
    return forms, *Reader(forms, before).root()


def _may_be_blanked(problem: MalformedDocument, text: str, strictness: Strictness) -> bool:
    """Whether blanking could help: the first thing that is wrong is a comment or a comma that the client takes."""
    wanted = {"no-comment"} if strictness.comments else set()
    wanted |= {"no-trailing-comma"} if strictness.trailing_commas else set()
    return problem.expected in wanted and len(text) < _MOST_BLANKED


class JsonDocument:
    """An immutable JSON text with an index of the containers that were walked so far.

    Attribute: `read`, the text that was read as a whole: this one, or the one that it was edited from.
    """

    def __init__(
        self,
        decoded: Decoded,
        forms: JsonText,
        strictness: Strictness,
        root: int,
        boxes: Mapping[int, Box],
        read: Read | None,
    ) -> None:
        self.read = read
        self._decoded = decoded
        self._forms = forms
        self._strictness = strictness
        self._root = root
        self._boxes = dict(boxes)
        self._begun: dict[int, tuple[Member, ...]] = {}  # of containers that were edited: what stands before the edit
        self._reader = Reader(forms)

    def dump(self) -> bytes:
        """Return the bytes."""
        return self._decoded.encode(self._forms.text)

    def value(self) -> Value:
        """Return the whole document as plain values."""
        return self._reader.value(self._root)[0]

    def get(self, path: KeyPath) -> Value | Missing:
        """Return the value at a path, or MISSING."""
        place = self._find(path)
        return MISSING if place is None else self._reader.value(place)[0]

    def locate(self, path: KeyPath) -> Location | None:
        """Return where the value at a path begins."""
        place = self._find(path)
        return None if place is None else location(self._forms.text, place)

    def comments(self) -> tuple[Comment, ...]:
        """Return what the text says to people only, in its order."""
        text = self._forms.text
        return (
            () if self._forms.plain is text else tuple(Comment(text[at:end].rstrip()) for at, end in comments_in(text))
        )

    def numbers(self) -> tuple[str, ...]:
        """Return its numbers as they are spelled, in their order."""
        return tuple(numbers_in(self._forms.strict))

    def edit(self, *edits: Edit) -> JsonDocument:
        """Return the document with the edits done; each is verified."""
        document = self
        for edit in edits:
            for step in steps(document.get, edit, document.peek):
                document = document.stepped(step)
            if isinstance(edit, SetValue):
                read = document.get(edit.path)
                if isinstance(read, Missing) or not same(read, edit.value):
                    raise UnverifiedEditError("a JSON value did not read back")
        return document

    def peek(self, path: KeyPath) -> Value | Missing:
        """Return the value at a path as `get` does, but containers empty."""
        place = self._find(path)
        if place is None:
            return MISSING
        empty: dict[str, Value] = {"{": {}, "[": []}
        opening = self._forms.strict[place]
        return empty[opening] if opening in empty else self._reader.value(place)[0]

    def stepped(self, step: Step) -> JsonDocument:
        """Return the document after one primitive change."""
        match step:
            case Replace(path, value):
                return self._replaced(path, value) if path else self._with_root(value)
            case Insert(parent, key, value):
                return self._added(parent, key, value)
            case Push(parent, value):
                return self._added(parent, len(self._box_at(parent).members), value)
            case Delete(path):
                document = self._deleted(path)
                duplicate = isinstance(path[-1], str) and document.peek(path) is not MISSING
                return document.stepped(step) if duplicate else document
            case Rekey(path, key):
                return self._rekeyed(path, key)
            case Wedge(path, value, key):
                return self._wedged(path, value, key)

    def _with_root(self, value: Value) -> JsonDocument:
        box = self._boxes.get(self._root)
        end = box.end if box else self._reader.value(self._root)[1]
        text = self._forms.text
        written = style_near(self._forms.plain, 0, len(text)).render(value, "")
        return _parsed(self._decoded, text[: self._root] + written + text[end:], self._strictness, self.read)

    def _replaced(self, path: KeyPath, value: Value) -> JsonDocument:
        box = self._box_at(path[:-1])
        index = self._index(box, path[-1])
        member = box.members[index]
        style = self._style(box)
        old = self._forms.plain[member.value : member.end]
        within_line = ("\n" not in old) if old[0] in "{[" and len(old) > len("{}") else not self._own_line(box, index)
        written = style.render(value, None if within_line else indent_at(self._forms.text, member.start))
        members = _numbered(box)
        members[index] = (member.key, value)
        return self._changed(box, [Splice(member.value, member.end, written)], members, {index})

    def _added(self, parent: KeyPath, key: str | int, value: Value) -> JsonDocument:
        box = self._box_at(parent)
        style = self._style(box)

        def render(indent: str | None) -> str:
            return style.member(key, value, indent) if isinstance(key, str) else style.render(value, indent)

        brackets = self._brackets(style, inline=self._goes_inline(parent, style))
        return self._changed(box, brackets.insertion(box, render), [*_numbered(box), (key, value)], set())

    def _wedged(self, path: KeyPath, value: Value, key: str | None) -> JsonDocument:
        box = self._box_at(path[:-1])
        index = self._index(box, path[-1])
        style = self._style(box)

        def render(indent: str | None) -> str:
            return style.render(value, indent) if key is None else style.member(key, value, indent)

        if sum(member.key == path[-1] for member in box.members) > 1:
            raise EditRefusedError("duplicate-key", self.locate(path))
        members = _numbered(box)
        members.insert(index, (index if key is None else key, value))
        return self._changed(box, self._brackets(style).insertion_before(box, index, render), members, set())

    def _deleted(self, path: KeyPath) -> JsonDocument:
        box = self._box_at(path[:-1])
        index = self._index(box, path[-1])
        members = _numbered(box)
        del members[index]
        return self._changed(box, self._brackets(self._style(box)).removal(box, index), members, {index})

    def _rekeyed(self, path: KeyPath, key: str) -> JsonDocument:
        box = self._box_at(path[:-1])
        if sum(member.key == path[-1] for member in box.members) > 1:
            raise EditRefusedError("duplicate-key", self.locate(path))
        index = self._index(box, path[-1])
        member = box.members[index]
        members = _numbered(box)
        members[index] = (key, index)
        return self._changed(box, [Splice(member.start, member.key_end, scalar(key))], members, set())

    def _changed(self, box: Box, splices: list[Splice], members: Members, touched: set[int]) -> JsonDocument:
        """Return the document with one container changed, if that reads as the members that it must have."""
        part = self._forms.text[box.start : box.end]
        here = [Splice(one.start - box.start, one.end - box.start, one.text) for one in splices]
        holes = [
            Splice(member.value - box.start, member.end - box.start, str(index))
            for index, member in enumerate(box.members)
            if index not in touched
        ]
        self._verify(self._forms_of(spliced(part, [*here, *holes])).strict, members, keyed=part[0] == "{")
        forms = self._forms.with_part(box.start, box.end, self._forms_of(spliced(part, here)))
        around = (one for one in self._boxes.values() if one.start < box.start and one.end >= box.end)
        boxes = {one.start: _shifted(one, splices) for one in around}
        changed = JsonDocument(self._decoded, forms, self._strictness, self._root, boxes, self.read)
        first = min(one.start for one in splices)
        changed._begun[box.start] = tuple(takewhile(lambda member: member.end < first, box.members))
        return changed

    def _verify(self, strict: str, members: Members, *, keyed: bool) -> None:
        expected: Value = {str(key): value for key, value in members} if keyed else [value for _, value in members]
        try:
            read = json.loads(strict)
        except ValueError:
            raise UnverifiedEditError("an edited JSON container cannot be read") from None
        in_order = not isinstance(expected, dict) or list(read) == list(expected)
        if not (in_order and same(read, expected)):
            raise UnverifiedEditError("an edited JSON container reads differently")

    def _forms_of(self, part: str) -> JsonText:
        return as_strict(part) if self._forms.is_strict else blanked(part, self._strictness)

    def _find(self, path: KeyPath) -> int | None:
        """Return where the value at a path begins."""
        place = self._root
        for key in path:
            if self._forms.strict[place] != ("{" if isinstance(key, str) else "["):
                return None
            member = self._box(place).find(key)
            if member is None:
                return None
            place = member.value
        return place

    def _box(self, start: int) -> Box:
        if start not in self._boxes:
            self._boxes[start] = self._reader.box(start, self._begun.pop(start, ()))
        return self._boxes[start]

    def _box_at(self, path: KeyPath) -> Box:
        place = self._find(path)
        if place is None or self._forms.strict[place] not in "{[":
            raise UnverifiedEditError("a step leads to no container")
        return self._box(place)

    def _index(self, box: Box, key: str | int) -> int:
        return max(index for index, member in enumerate(box.members) if member.key == key)

    def _brackets(self, style: JsonStyle, *, inline: bool = False) -> Brackets:
        return Brackets(self._forms.text, self._forms.plain, style.unit, inline, style.space)

    def _style(self, box: Box) -> JsonStyle:
        return style_near(self._forms.plain, box.start, box.end)

    def _own_line(self, box: Box, index: int) -> bool:
        return self._brackets(self._style(box)).on_own_line(box, index)

    def _goes_inline(self, path: KeyPath, style: JsonStyle) -> bool:
        """Whether the first member of an empty container stays on its line."""
        opening = self._forms.strict[self._box_at(path).start]
        if style.inline_maps if opening == "{" else style.inline_lists:
            return True
        if not path:
            return False
        parent = self._box_at(path[:-1])
        return not self._own_line(parent, self._index(parent, path[-1]))


def _numbered(box: Box) -> Members:
    return [(member.key, index) for index, member in enumerate(box.members)]


def _shifted(box: Box, splices: Sequence[Splice]) -> Box:
    """Return a container around the splices as it lies after them."""
    first, last = min(one.start for one in splices), max(one.end for one in splices)
    by, to = moved(splices, last) - last, partial(moved, splices)

    def after(one: Member) -> Member:
        if one.end < first:
            return one
        if one.start > last:
            return Member(one.key, one.start + by, one.key_end + by, one.value + by, one.end + by)
        return Member(one.key, to(one.start), to(one.key_end), to(one.value), to(one.end))

    return Box(box.start, to(box.end), tuple(map(after, box.members)))
