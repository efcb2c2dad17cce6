"""One primitive change of a YAML text: from a step to the splices that make it.

Blocks are edited by whole lines: a new line goes in before the line ending of the last one, so that it takes nothing
from what follows, and a removal takes the same bytes out again. Flow collections follow the rules of all brackets.
What has an anchor, an alias, a merge key or a tag on it is refused: a change there could be seen elsewhere.
"""

from __future__ import annotations

import re

from aisync_desktop.documents import yaml_style as style
from aisync_desktop.documents.brackets import Box, Brackets, Member
from aisync_desktop.documents.errors import EditRefusedError
from aisync_desktop.documents.source import Splice, eol_of, location, spliced
from aisync_desktop.documents.values import Delete, Insert, Push, Rekey, Replace, Step, Wedge
from aisync_desktop.documents.yaml_tree import Entry, Kind, Node
from aisync_desktop.kernel.values import KeyPath, Value

_REST = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?=\r?\n|\Z)")
_BLANK_REST = re.compile(r"[ \t]*(?=\r?\n|\Z)")
_BLANK_LINES = re.compile(r"[ \t]*\r?\n(?:[ \t]*\r?\n)*(?=[ \t]*[^ \t\r\n]|\Z)")
_BLANK_LINE = re.compile(r"\r?\n(?:[ \t]*\r?\n|[ \t]+\Z)")
_COLON = re.compile(r"[ \t]*:")
_GAP_COMMENT = re.compile(r"#[^\n]*")


def edited(text: str, root: Node, step: Step) -> str:
    """Return the text after one step."""
    edit = _YamlEdit(text, root)
    match step:
        case Replace(path, value):
            return spliced(text, edit.replace(path, value))
        case Insert(parent, key, value):
            return spliced(text, edit.insert(parent, key, value))
        case Push(parent, value):
            return spliced(text, edit.push(parent, value))
        case Delete(path):
            return spliced(text, edit.delete(path))
        case Rekey(path, key):
            return spliced(text, edit.rekey(path, key))
        case Wedge():
            raise EditRefusedError("shape")


class _YamlEdit:
    """The tree of one text and what can be done to it."""

    def __init__(self, text: str, root: Node) -> None:
        self.text = text
        self.root = root
        self._eol = eol_of(text)

    # finding

    def _chain(self, path: KeyPath) -> list[Node]:
        """Return the nodes on a path from the root on; none but the last may be shared with another place."""
        chain = [self.root]
        for key in path:
            index = chain[-1].find(key)
            if index is None or chain[-1].marked:
                raise self._refused("anchor", chain[-1].start)
            chain.append(chain[-1].entries[index].node)
        return chain

    def _holder(self, path: KeyPath) -> Node:
        """Return the container at a path."""
        node = self._chain(path)[-1]
        if node.marked:
            raise self._refused("anchor", node.start)
        return node

    def _free(self, node: Node) -> Node:
        if node.shared:
            raise self._refused("anchor", node.start)
        return node

    def _index(self, holder: Node, key: str | int) -> int:
        index = holder.find(key)
        if index is None:
            raise self._refused("anchor", holder.start)  # the value has it, the text has not: it was merged in
        return index

    def _refused(self, reason: str, place: int) -> EditRefusedError:
        return EditRefusedError(reason, location(self.text, place))

    # the five steps

    def replace(self, path: KeyPath, value: Value) -> list[Splice]:
        """Put a value in place of another one."""
        chain = self._chain(path)
        node = self._free(chain[-1])
        if any(one.flow for one in chain[:-1]):
            old = self.text[node.start : node.end]
            written = style.flow(value) if _is_full(value) else style.scalar(value, old, flow=True)
            return [self._within_line(path, chain, written)]
        if not node.flow and node.kind is not Kind.SCALAR:
            return self._replace_block(path, chain, value)
        if not path and node.start == node.end:
            return [self._into_empty(node, self._block(value, 0))]
        if _is_full(value):
            return self._open_block(path, chain, value)
        return [self._replace_scalar(path, chain, value)]

    def insert(self, parent: KeyPath, key: str, value: Value) -> list[Splice]:
        """Add a member to a map."""
        holder = self._holder(parent)
        if holder.flow:
            return self._flow(holder).insertion(self._box(holder), lambda _: style.flow_member(key, value))
        return self._add_lines(holder, self._style().member(key, value))

    def push(self, parent: KeyPath, value: Value) -> list[Splice]:
        """Add an element to a list."""
        holder = self._holder(parent)
        if holder.flow:
            return self._flow(holder).insertion(self._box(holder), lambda _: style.flow(value))
        return self._add_lines(holder, self._style().element(value))

    def delete(self, path: KeyPath) -> list[Splice]:
        """Take out a member or an element."""
        chain = self._chain(path)
        holder = self._holder(path[:-1])
        index = self._index(holder, path[-1])
        self._free(chain[-1])
        if holder.flow:
            return self._flow(holder).removal(self._box(holder), index)
        if len(holder.entries) == 1:
            empty: Value = {} if holder.kind is Kind.MAP else []
            return self._replace_block(path[:-1], chain[:-1], empty)
        return [self._without_lines(holder, index)]

    def rekey(self, path: KeyPath, key: str) -> list[Splice]:
        """Rename a member."""
        holder = self._holder(path[:-1])
        entry = holder.entries[self._index(holder, path[-1])]
        if sum(one.key == path[-1] for one in holder.entries) > 1:
            raise self._refused("duplicate-key", entry.start)
        old = self.text[entry.start : entry.key_end]
        if old[:1] in {"&", "*", "!", ""} or not _COLON.match(self.text, entry.key_end):
            raise self._refused("anchor", entry.start)
        return [Splice(entry.start, entry.key_end, style.scalar(key, old, flow=holder.flow))]

    # scalars and blocks

    def _replace_scalar(self, path: KeyPath, chain: list[Node], value: Value) -> Splice:
        """Put a scalar or an empty collection in place of a scalar or a flow collection."""
        node = chain[-1]
        if node.is_block_scalar and isinstance(value, str) and "\n" in self.text[node.end :]:
            lines = style.literal(value, self._content_indent(node, self._column_of(path, chain)))
            if lines:
                return Splice(node.start, node.end, self._eol.join(lines))
        return self._within_line(path, chain, style.scalar(value, self.text[node.start : node.end]))

    def _within_line(self, path: KeyPath, chain: list[Node], written: str) -> Splice:
        """Put a text in place of a node; an empty one stands right behind its colon or dash."""
        node = chain[-1]
        if path and isinstance(path[-1], str):
            self._colon(chain[-2].entries[self._index(chain[-2], path[-1])])
        bare = node.start == node.end and self.text[node.start - 1 : node.start] in {":", "-"}
        return Splice(node.start, node.end, " " + written if bare else written)

    def _open_block(self, path: KeyPath, chain: list[Node], value: Value) -> list[Splice]:
        """Put a collection in place of a scalar: below its key, unless a comment or brackets keep it on the line."""
        node = chain[-1]
        if node.entries or not _BLANK_REST.match(self.text, node.end):
            return [self._within_line(path, chain, style.flow(value))]
        if not path:
            return [Splice(node.start, node.end, self._block(value, 0))]
        holder = chain[-2]
        index = self._index(holder, path[-1])
        if holder.kind is Kind.LIST:
            column = self._column(self._dash(holder, index)) + len("- ")
            return [self._within_line(path, chain, self._block(value, column))]
        colon = self._colon(holder.entries[index])
        if self.text[colon : node.start].strip():
            return [self._within_line(path, chain, style.flow(value))]
        indent = " " * self._column(holder.entries[index].start)
        lines = (self._eol + indent + line for line in self._style().below(value))
        return [Splice(colon, node.end, "".join(lines))]

    def _into_empty(self, node: Node, written: str) -> Splice:
        """Put a value at the end of a text that has none, but maybe comments and a document start."""
        end = len(self.text)
        if any(line.strip() and not line.lstrip().startswith("#") for line in self.text[node.start :].splitlines()):
            raise self._refused("shape", node.start)
        return Splice(end, end, ("" if self.text[-1:] in {"", "\n"} else self._eol) + written + self._eol)

    def _replace_block(self, path: KeyPath, chain: list[Node], value: Value) -> list[Splice]:
        """Put a value in place of a block collection."""
        node = chain[-1]
        end = self._line_rest(node.end)
        if _is_full(value):
            column = self._column(node.start)
            indent = max(column, self._column_of(path, chain) + (isinstance(value, dict) and len(path) > 0))
            return [Splice(node.start, end, " " * (indent - column) + self._block(value, indent))]
        head = self._head(path, chain)
        same_line = not head or self._line_start(head) == self._line_start(node.start)
        head_end = node.start if same_line else self._line_rest(head)
        if node.start <= head_end:
            return [Splice(node.start, end, style.scalar(value))]
        return [Splice(head, head, " " + style.scalar(value)), Splice(head_end, end, "")]

    def _head(self, path: KeyPath, chain: list[Node]) -> int:
        """Return the offset behind the colon or dash that a node belongs to, 0 for the root."""
        if not path:
            return 0
        holder, index = chain[-2], self._index(chain[-2], path[-1])
        return self._dash(holder, index) + 1 if holder.kind is Kind.LIST else self._colon(holder.entries[index])

    def _block(self, value: Value, column: int) -> str:
        """Return the lines of a collection of which the first one begins at a column that is reached already."""
        return (self._eol + " " * column).join(self._style().block(value))

    # whole lines

    def _add_lines(self, holder: Node, lines: list[str]) -> list[Splice]:
        """Add the lines of a member behind the last one, or before it if that is a text that would change."""
        last = len(holder.entries) - 1
        start = self._entry_start(holder, last)
        before = self.text[self._line_start(start) : start]
        if "\t" in before:
            raise self._refused("tab", start)
        indent = " " * len(before)
        node = holder.entries[last].node
        if self._keeps_line_ends(node) and (found := _BLANK_LINES.match(self.text, self._last_leaf(node).end)):
            return [Splice(found.end(), found.end(), "".join(indent + line + self._eol for line in lines))]
        if not self._open_ended(node):
            end = self._line_rest(holder.entries[last].end)
            return [Splice(end, end, "".join(self._eol + indent + line for line in lines))]
        if holder.kind is Kind.LIST or before.strip():
            raise self._refused("shape", start)
        place = self._lines_start(holder, last)
        return [Splice(place, place, "".join(indent + line + self._eol for line in lines))]

    def _without_lines(self, holder: Node, index: int) -> Splice:
        """Return the splice that takes out a member with its lines."""
        start = self._entry_start(holder, index)
        entry = holder.entries[index]
        if self.text[self._line_start(start) : start].strip(" "):
            return self._without_first(holder, index, start)
        first, end = self._lines_start(holder, index), self._line_rest(entry.end)
        if index and self._keeps_line_ends(holder.entries[index - 1].node) and _BLANK_LINE.match(self.text, end):
            raise self._refused("shape", start)  # the blank line would become a part of that text
        if first == 0:
            feed = self.text.find("\n", end)
            return Splice(0, feed + 1 if feed >= 0 else end, "")
        if end == len(self.text) and index and self._last_leaf(holder.entries[index - 1].node).is_block_scalar:
            return Splice(first, end, "")  # the line ending before is a part of that text
        return Splice(first - (2 if self.text[first - 2 : first] == "\r\n" else 1), end, "")

    def _without_first(self, holder: Node, index: int, start: int) -> Splice:
        """Take out a first member that shares its line with the dash of what holds it: the next one moves up."""
        if index > 0:
            raise self._refused("shape", start)
        following = self._entry_start(holder, 1)
        if self.text[holder.entries[0].end : following].strip():
            raise self._refused("shape", start)
        return Splice(start, following, "")

    def _lines_start(self, holder: Node, index: int) -> int:
        """Return where the lines of a member begin: with the comment lines right above that are indented like it."""
        start = self._line_start(self._entry_start(holder, index))
        indent = " " * (self._entry_start(holder, index) - start)
        while index > 0:
            above = self._line_start(start - 1)
            if above < holder.entries[index - 1].end or not self.text.startswith(indent + "#", above):
                break
            start = above
        return start

    def _entry_start(self, holder: Node, index: int) -> int:
        if holder.kind is Kind.LIST:
            return self._dash(holder, index)
        self._colon(holder.entries[index])
        return holder.entries[index].start

    def _dash(self, holder: Node, index: int) -> int:
        """Return where the dash of an element stands: in the column of the first one."""
        column = self._column(holder.start)
        line = self._line_start(holder.entries[index].node.start)
        while index > 0 and line > holder.start:
            if self.text[line : line + column].strip(" ") == "" and self.text[line + column : line + column + 1] == "-":
                return line + column
            line = self._line_start(line - 1)
        return holder.start

    def _colon(self, entry: Entry) -> int:
        """Return the offset behind the colon of a member; a member of another form is left alone."""
        found = _COLON.match(self.text, entry.key_end)
        if not found:
            raise self._refused("shape", entry.start)
        return found.end()

    def _open_ended(self, node: Node) -> bool:
        """Whether a text after | or > would change if a line followed: it ends the file, or keeps its line ends."""
        leaf = self._last_leaf(node)
        return self._keeps_line_ends(node) or (leaf.is_block_scalar and "\n" not in self.text[leaf.end :])

    def _keeps_line_ends(self, node: Node) -> bool:
        leaf = self._last_leaf(node)
        header = self.text[leaf.start : leaf.end].partition("\n")[0]
        return leaf.is_block_scalar and "+" in header.partition("#")[0]

    def _last_leaf(self, node: Node) -> Node:
        while node.entries and not node.flow:
            node = node.entries[-1].node
        return node

    def _line_start(self, place: int) -> int:
        return self.text.rfind("\n", 0, place) + 1

    def _column(self, place: int) -> int:
        return place - self._line_start(place)

    def _column_of(self, path: KeyPath, chain: list[Node]) -> int:
        """Return the column of the key or dash that a node belongs to."""
        if not path:
            return 0
        return self._column(self._entry_start(chain[-2], self._index(chain[-2], path[-1])))

    def _line_rest(self, place: int) -> int:
        """Return the end of a line behind a place at which only a comment may follow."""
        found = _REST.match(self.text, place)
        if not found:
            raise self._refused("shape", place)
        return found.end()

    def _content_indent(self, node: Node, outer: int) -> int:
        for line in self.text[node.start : node.end].splitlines()[1:]:
            if line.strip():
                return len(line) - len(line.lstrip(" "))
        return outer + 2

    def _style(self) -> style.BlockStyle:
        """Return the indentation in use below keys: that of the first map and of the first list in a map."""
        units: dict[Kind, int] = {}
        nodes = [self.root]
        while nodes and len(units) < len((Kind.MAP, Kind.LIST)):
            node = nodes.pop(0)
            for entry in node.entries if not node.flow else ():
                nodes.append(entry.node)
                deeper = self._column(entry.node.start) - self._column(entry.start)
                if node.kind is Kind.MAP and entry.node.entries and not entry.node.flow and deeper >= 0:
                    units.setdefault(entry.node.kind, deeper)
        return style.BlockStyle(units.get(Kind.MAP, 2), units.get(Kind.LIST, 2))

    # within brackets

    def _box(self, holder: Node) -> Box:
        if self.text[holder.start] not in "[{":
            raise self._refused("shape", holder.start)
        return Box(
            holder.start,
            holder.end,
            tuple(Member(one.key, one.start, one.key_end, one.node.start, one.end) for one in holder.entries),
        )

    def _flow(self, holder: Node) -> Brackets:
        ends = [holder.start + 1, *(one.end for one in holder.entries)]
        starts = [*(one.start for one in holder.entries), holder.end - 1]
        plain = self.text
        for start, end in zip(ends, starts, strict=True):
            gap = _GAP_COMMENT.sub(lambda found: " " * len(found.group()), plain[start:end])
            plain = plain[:start] + gap + plain[end:]
        return Brackets(self.text, plain, inline=True)


def _is_full(value: Value) -> bool:
    return isinstance(value, dict | list) and bool(value)
