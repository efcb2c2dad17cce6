"""From YAML text to a tree of nodes that know their values and their places, out of the parser's events.

Not `compose`: it hides where aliases stand and recurses in C. Here nesting is counted while the parser runs, so that
neither a deep text nor aliases of aliases can exhaust us. Keys are their text (`1: x` has the key "1").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import field
from enum import Enum, auto
from typing import Any

import yaml

from aisync_desktop.documents.errors import MalformedDocument
from aisync_desktop.documents.source import location
from aisync_desktop.documents.values import MAX_DEPTH
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import Value

MERGE_KEY = "<<"
_MAX_NODES = 2_000_000  # what aliases repeat counts each time
_TAG = "tag:yaml.org,2002:"
_COLLECTION_TAGS = {"map": _TAG + "map", "list": _TAG + "seq"}
_COMPUTED = frozenset(_TAG + name for name in ("null", "bool", "int", "float", "timestamp"))
_BLANK = " \t\r\n"
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[^\r\n]*", re.MULTILINE)
_LINE = re.compile(r"[^\n]*\n?")
_EXPECTED = (  # parts of libyaml's messages
    ("expected ',' or", "comma"),
    ("while scanning a quoted scalar", "string-end"),
    ("escape", "escape"),
    ("could not find expected ':'", "colon"),
)

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # some builds of PyYAML come without libyaml


class Kind(Enum):
    """What a node is."""

    SCALAR = auto()
    MAP = auto()
    LIST = auto()


@dataclass
class Node:
    """A value in the text; `end` is behind its last character, for a block behind that of its last child."""

    kind: Kind
    start: int
    end: int
    value: Value
    text: str = ""  # of a scalar, without quotes
    flow: bool = False  # within brackets, or a scalar that is no block
    marked: bool = False  # has an anchor or a tag, or is an alias
    shared: bool = False  # that, or something in it
    merges: bool = False  # a merge key
    weight: int = 1
    levels: int = 1
    entries: list[Entry] = field(default_factory=list)

    @property
    def is_block_scalar(self) -> bool:
        """Whether this is a text after | or >."""
        return self.kind is Kind.SCALAR and not self.flow

    def find(self, key: str | int) -> int | None:
        """Return the index of the member of a key, the last one of several."""
        return next((i for i in reversed(range(len(self.entries))) if self.entries[i].key == key), None)


@dataclass
class Entry:
    """A member of a map, or an element of a list (then the key has no text)."""

    key: str | int
    start: int
    key_end: int
    node: Node

    @property
    def end(self) -> int:
        """Where the entry ends; an empty value may be before the end of its key."""
        return max(self.key_end, self.node.end)


@dataclass
class _Frame:
    """A container that is being read."""

    node: Node
    anchor: str | None
    key: Node | None = None
    merged: list[dict[str, Value]] = field(default_factory=list)


def build(text: str) -> Node:
    """Return the root node of the one document in a text; an empty text is a null at its end."""
    return _Builder(text).run()


def comments_in(text: str, root: Node) -> Iterator[str]:
    """Yield each comment: what begins like one, and is no part of a scalar."""
    done = 0
    for start, end in [*sorted(_words(text, root)), (len(text), len(text))]:
        yield from (found.group() for found in _COMMENT.finditer(text, done, start))
        done = max(done, end)


def numbers_in(text: str, root: Node) -> Iterator[str]:
    """Yield the numbers among the values, as they are spelled; what an alias repeats is spelled once."""
    for node in _values(root):
        if isinstance(node.value, int | float) and not isinstance(node.value, bool) and not node.marked:
            yield text[node.start : node.end]


def _values(root: Node) -> Iterator[Node]:
    """Yield the node and all in it."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += (entry.node for entry in reversed(node.entries))


def _words(text: str, root: Node) -> Iterator[tuple[int, int]]:
    """Yield the places of keys and scalars; of a text after | or >, without the line that these stand in."""
    for node in _values(root):
        yield from ((entry.start, entry.key_end) for entry in node.entries)
        if node.is_block_scalar:
            head = _LINE.match(text, node.start)
            yield min(head.end() if head else node.end, node.end), node.end
        elif node.kind is Kind.SCALAR:
            yield node.start, node.end


class _Builder:
    """Takes the parser's events."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._loader = Loader("")
        self._anchors: dict[str, Node] = {}
        self._open: list[_Frame] = []
        self._root: Node | None = None

    def run(self) -> Node:
        try:
            events: Iterable[Any] = yaml.parse(self._text, Loader=Loader)
            for event in events:
                self._take(event, event.start_mark.index, event.end_mark.index)
        except yaml.MarkedYAMLError as error:
            mark: Any = error.problem_mark or error.context_mark
            place = mark.index if mark else len(self._text)
            tab = self._text[place : place + 1] == "\t"
            expected = "no-tab" if tab else _expected(error)
        except yaml.reader.ReaderError as error:
            place, expected = int(error.position), "no-control-character"
        else:
            return self._root or Node(Kind.SCALAR, len(self._text), len(self._text), None, flow=True)
        raise self._error(place, expected)  # not within the handler: the parser's error may hold a part of the text

    def _take(self, event: Any, start: int, end: int) -> None:
        match event:
            case yaml.ScalarEvent():
                self._add(self._scalar(event, start, end), event.anchor)
            case yaml.AliasEvent():
                self._add(self._alias(str(event.anchor), start, end), None)
            case yaml.MappingStartEvent():
                self._begin(event, Node(Kind.MAP, start, end, {}, flow=bool(event.flow_style)), "map")
            case yaml.SequenceStartEvent():
                self._begin(event, Node(Kind.LIST, start, end, [], flow=bool(event.flow_style)), "list")
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._finish(end)
            case yaml.DocumentStartEvent() if self._root is not None:
                raise self._error(start, "one-document")

    def _scalar(self, event: Any, start: int, end: int) -> Node:
        tag = event.tag
        if tag in {None, "!"}:
            tag = self._loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        node = Node(Kind.SCALAR, start, end, event.value, event.value, flow=event.style not in {"|", ">"})
        node.marked = node.shared = bool(event.anchor or event.tag)
        node.merges = tag == _TAG + "merge"
        if tag in _COMPUTED:
            node.value = self._computed(tag, event.value, start)
        elif tag != _TAG + "str" and not node.merges:
            raise self._error(start, "plain-tag")
        if not node.flow:
            node.end = start + len(self._text[start:end].rstrip(_BLANK))
        return node

    def _computed(self, tag: str, text: str, start: int) -> Value:
        try:
            value: Value = self._loader.yaml_constructors[tag](self._loader, yaml.ScalarNode(tag, text))
        except (ValueError, KeyError, AttributeError, OverflowError, yaml.YAMLError):
            pass  # a 13th month, a number of 5,000 digits, !!int on a word
        else:
            return value
        raise self._error(start, "value")

    def _alias(self, anchor: str, start: int, end: int) -> Node:
        target = self._anchors.get(anchor)
        if target is None:  # not there, or not finished: a value that holds itself
            raise self._error(start, "known-anchor")
        node = Node(target.kind, start, end, target.value, target.text, flow=True, marked=True, shared=True)
        node.weight, node.levels = target.weight, target.levels
        return node

    def _begin(self, event: Any, node: Node, kind: str) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise self._error(node.start, "less-depth")
        if event.tag not in {None, "!", _COLLECTION_TAGS[kind]}:
            raise self._error(node.start, "plain-tag")
        node.marked = node.shared = bool(event.anchor or event.tag)
        self._open.append(_Frame(node, event.anchor))

    def _add(self, node: Node, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = node
        if not self._open:
            self._root = node
            return
        frame = self._open[-1]
        if frame.node.kind is Kind.LIST:
            self._append(frame.node, Entry(len(frame.node.entries), node.start, node.start, node))
        elif frame.key is None:
            if node.kind is not Kind.SCALAR:
                raise self._error(node.start, "key")
            frame.key = node
            frame.node.shared |= node.shared
        else:
            key, frame.key = frame.key, None
            if key.merges:
                frame.merged += self._mergeable(node)
                node.shared = True
            self._append(frame.node, Entry(MERGE_KEY if key.merges else key.text, key.start, key.end, node))

    def _append(self, holder: Node, entry: Entry) -> None:
        node = entry.node
        holder.entries.append(entry)
        holder.shared |= node.shared
        holder.weight += node.weight
        holder.levels = max(holder.levels, node.levels + 1)
        if node.merges:
            raise self._error(node.start, "plain-tag")
        if holder.weight > _MAX_NODES or holder.levels > MAX_DEPTH + 1:
            raise self._error(node.start, "less-depth")

    def _mergeable(self, node: Node) -> list[dict[str, Value]]:
        """Return what a merge key brings in, the strongest last."""
        values = [node.value] if isinstance(node.value, dict) else node.value
        if not isinstance(values, list):
            raise self._error(node.start, "value")
        found = [one for one in reversed(values) if isinstance(one, dict)]
        if len(found) != len(values):
            raise self._error(node.start, "value")
        return found

    def _finish(self, end: int) -> None:
        frame = self._open.pop()
        node = frame.node
        if node.flow:
            node.end = end
        elif node.entries:
            node.end = node.entries[-1].end
        if node.kind is Kind.LIST:
            node.value = [entry.node.value for entry in node.entries]
        else:
            value: dict[str, Value] = {}
            for merged in frame.merged:
                value |= merged
            own = (one for one in node.entries if not (one.key == MERGE_KEY and one.node.shared and frame.merged))
            node.value = value | {str(one.key): one.node.value for one in own}
        self._add(node, frame.anchor)

    def _error(self, place: int, expected: str) -> MalformedDocument:
        return MalformedDocument(location(self._text, min(place, len(self._text))), expected)


def _expected(error: yaml.MarkedYAMLError) -> str:
    message = f"{error.context} {error.problem}"
    return next((code for part, code in _EXPECTED if part in message), "syntax")
