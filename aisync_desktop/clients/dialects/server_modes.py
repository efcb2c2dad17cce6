"""The dialect of approval modes in the entries of MCP servers: one for a server, and one for each of its tools.

A tool's own mode counts before its server's, and what is taken out of the list of tools before both: measured.
"approve" runs, "prompt" asks. "writes" and "auto" ask or run by what the server says of its tools, so neither can be
said elsewhere; a server's "approve" cannot either while one of its tools has such a mode.

The lists of tools (`enabled_tools`, `disabled_tools`) are fields of the server's own item, which other clients have as
well. They are evaluated here but never written, and so a tool cannot be denied here: said in both kinds, each change
would be made twice. Nor is an entry ever made: one that is nothing but modes keeps the client from starting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum

from aisync_desktop.clients.descriptor import PermissionsEndpoint
from aisync_desktop.clients.dialects.base import Line, Verdict, Wanted, in_order
from aisync_desktop.clients.dialects.tidy import has_way, without
from aisync_desktop.clients.lens import MAIN, Documents, Spot
from aisync_desktop.documents.protocol import Document, Missing, SetValue
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.values import KeyPath, Value
from aisync_desktop.permissions.language import Action, Matcher, Request, Subject, Surrounding, Tool, subject_of

_OFF, _ONLY = "disabled_tools", "enabled_tools"
_OF_SERVER, _OF_TOOL, _TOOLS = "default_tools_approval_mode", "approval_mode", "tools"
_ACTIONS = {"approve": Action.ALLOW, "prompt": Action.ASK, "writes": Action.ASK, "auto": Action.ASK}
_MODES = {Action.ALLOW: "approve", Action.ASK: "prompt"}


class _Rank(IntEnum):
    """What counts before what."""

    LIST = 0
    TOOL = 1
    SERVER = 2


@dataclass(frozen=True)
class _Line(Line):
    rank: _Rank = _Rank.SERVER
    server: str = ""
    tool: str = ""  # none: all of them
    but: frozenset[str] = frozenset()  # but for these

    def is_about(self, server: str, tool: str) -> bool:
        """Whether a tool is meant."""
        return server == self.server and self.tool in ("", tool) and tool not in self.but

    @property
    def is_unsayable(self) -> bool:
        """Whether it is a mode that other clients do not know."""
        return self.rank is not _Rank.LIST and self.subject is None


class Engine:
    """The dialect at one endpoint."""

    tools = frozenset({Tool.MCP})

    def __init__(self, endpoint: PermissionsEndpoint) -> None:
        self._root = endpoint.root

    def lines(self, documents: Documents) -> tuple[Line, ...]:
        """Return the modes, and what is taken away by lists."""
        return tuple(
            line
            for role in sorted(documents)
            for name, entry in _entries(documents[role], self._root).items()
            for line in _Entry(name, entry, Spot(role, (*self._root, name))).lines()
        )

    def refusal(self, subject: Subject, action: Action) -> Text | None:
        """Return why a mode cannot say this."""
        if subject.tool not in self.tools:
            return text("loss.permission-tool")
        if subject.matcher is not Matcher.IS:
            return text("loss.permission-matcher")
        return None if action in _MODES else text("loss.permission-hidden")

    def hindrance(self, documents: Documents, subject: Subject, action: Action) -> Text | None:
        """Return why a document cannot take a mode: no such server, or one mode would open what another closes."""
        entry = _entries(documents[MAIN], self._root).get(subject.server)
        if entry is None:
            return text("loss.permission-server", server=subject.server)
        if not has_way(documents[MAIN], (*self._root, subject.server, _TOOLS, subject.mcp_tool)):
            return text("permission.unread")
        there = [line for line in self.lines(documents) if isinstance(line, _Line) and line.server == subject.server]
        if any(line.tool == subject.mcp_tool and line.is_unsayable for line in there):
            return text("permission.condition")
        other = next((line for line in there if _clashes(line, subject, action)), None)
        return text("loss.permission-order", rule=other.spelled) if other else None

    def room(self, documents: Documents, subject: Subject) -> Documents:
        """Return documents that have the server."""
        there = documents[MAIN].get((*self._root, subject.server))
        if not subject.server or not isinstance(there, Missing):
            return documents
        return {**documents, MAIN: documents[MAIN].edit(SetValue((*self._root, subject.server), {}))}

    def write(self, documents: Documents, wanted: Wanted) -> Documents:
        """Return the documents with these subjects as they are wanted, at the servers that are there."""
        document = documents[MAIN]
        for subject, action in in_order(wanted):
            sayable = subject.tool in self.tools and subject.matcher is Matcher.IS
            if sayable and subject.server in _entries(document, self._root):
                document = self._written(document, subject, action)
        return {**documents, MAIN: document}

    def _written(self, document: Document, subject: Subject, action: Action | None) -> Document:
        entry = (*self._root, subject.server)
        own = (_TOOLS, subject.mcp_tool, _OF_TOOL) if subject.mcp_tool else (_OF_SERVER,)
        if action is None:
            is_said = any(line.subject == subject for line in self.lines({MAIN: document}))
            return without(document, (*entry, *own), len(entry)) if is_said else document
        can_be = action in _MODES and has_way(document, (*entry, *own))
        return document.edit(SetValue((*entry, *own), _MODES[action])) if can_be else document

    def verdict(self, lines: Sequence[Line], request: Request, where: Surrounding) -> Verdict:
        """Return what the client does with a request."""
        del where
        server, _, tool = request.argument.partition(".")
        about = [line for line in lines if isinstance(line, _Line) and line.is_about(server, tool)]
        if request.tool not in self.tools or not about:
            return Verdict(Action.ASK)
        line = min(about, key=lambda one: one.rank)
        return Verdict(line.action, line)


def _entries(document: Document, root: KeyPath) -> Mapping[str, dict[str, Value]]:
    found = document.get(root)
    entries = found.items() if isinstance(found, dict) else ()
    return {name: entry for name, entry in entries if isinstance(entry, dict)}


@dataclass(frozen=True)
class _Entry:
    """One server's entry, and where it stands."""

    name: str
    entry: Mapping[str, Value]
    spot: Spot

    def lines(self) -> Iterator[_Line]:
        """Yield what it says of its tools: the lists, the server's mode, the tools' modes."""
        yield from self._lists()
        tools = [line for name, mode, way in self._modes() for line in self._mode(name, mode, way)]
        is_held = any(line.is_unsayable for line in tools)
        for line in self._mode("", self.entry.get(_OF_SERVER), (_OF_SERVER,)):
            opens = line.action is Action.ALLOW and is_held
            yield replace(line, meaning=text("permission.condition")) if opens else line
        yield from tools

    def _modes(self) -> Iterator[tuple[str, Value, KeyPath]]:
        tools = self.entry.get(_TOOLS)
        for name, said in tools.items() if isinstance(tools, dict) else ():
            if isinstance(said, dict) and name:
                yield name, said.get(_OF_TOOL), (_TOOLS, name, _OF_TOOL)

    def _mode(self, tool: str, mode: Value, way: KeyPath) -> Iterator[_Line]:
        if not isinstance(mode, str) or mode not in _ACTIONS:
            return
        name = f"{self.name}.{tool}" if tool else self.name
        subject = subject_of(Tool.MCP, Matcher.IS, name)
        meaning: Subject | Text = subject or text("permission.pattern")
        if subject and (subject.server, subject.mcp_tool) != (self.name, tool):
            meaning = text("permission.pattern")
        if mode not in _MODES.values():
            meaning = text("permission.condition")
        rank = _Rank.TOOL if tool else _Rank.SERVER
        yield _Line(_ACTIONS[mode], self._spelled(way, mode), meaning, self._at(way), rank, self.name, tool)

    def _lists(self) -> Iterator[_Line]:
        hidden = text("permission.hidden")
        for at, tool in enumerate(_names(self.entry.get(_OFF))):
            way = (_OFF, at)
            yield _Line(Action.DENY, self._spelled((_OFF,), tool), hidden, self._at(way), _Rank.LIST, self.name, tool)
        if _ONLY in self.entry:
            only = frozenset(_names(self.entry[_ONLY]))
            spelled = self._spelled((_ONLY,), ", ".join(sorted(only)))
            yield _Line(Action.DENY, spelled, hidden, self._at((_ONLY,)), _Rank.LIST, self.name, but=only)

    def _spelled(self, way: KeyPath, value: str) -> str:
        return f"{'.'.join(map(str, (self.name, *way)))} = {value}"

    def _at(self, way: KeyPath) -> Spot:
        return Spot(self.spot.role, (*self.spot.path, *way))


def _names(listed: Value) -> list[str]:
    return [name for name in listed if isinstance(name, str) and name] if isinstance(listed, list) else []


def _clashes(line: _Line, subject: Subject, action: Action) -> bool:
    """Whether a mode that counts first would open what the other one closes, or is not known to close it."""
    if line.rank is _Rank.SERVER:
        asks = line.action is Action.ASK and not line.is_unsayable
        return bool(subject.mcp_tool) and action is Action.ALLOW and asks
    if line.rank is _Rank.LIST or subject.mcp_tool:
        return False
    return line.is_unsayable if action is Action.ALLOW else line.action is Action.ALLOW
