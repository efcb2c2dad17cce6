"""Lists of names beside the entries that switch servers off: read, and edited by exact names only.

What a pattern or a signature switches off, or a list of the only servers that are on leaves out, is held: no edit of
one name would switch it on. So is a server of which a map beside the entries hides tools.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from enum import Enum
from fnmatch import fnmatchcase

from aisync_desktop.clients.descriptor import McpEndpoint, NameList
from aisync_desktop.clients.items import McpServer, Transport
from aisync_desktop.clients.lens import MAIN, Documents
from aisync_desktop.documents.parse import empty
from aisync_desktop.documents.protocol import MISSING, Append, Document, Edit, Missing, Remove, SetValue
from aisync_desktop.kernel.values import KeyPath, Value

_NO_TOOL_NAME = re.compile("[^A-Za-z0-9_-]")  # what becomes an underscore where the name begins that of a tool
_PLACEHOLDER = re.compile(r"\{(command|args)\}")


class Switch(Enum):
    """What the lists say of one server."""

    ON = "on"
    OFF = "off"  # it is named
    HELD = "held"
    HIDDEN = "hidden"  # tools of it are


HOLDS = {Switch.HELD: "lens.switched-off", Switch.HIDDEN: "lens.tools-hidden"}  # what is said of those left alone


class Switches:
    """The lists of one endpoint as they stand in its documents."""

    def __init__(self, endpoint: McpEndpoint, documents: Documents) -> None:
        self._names = endpoint.off
        self._documents = documents
        self._off = _listed(endpoint.off, documents)
        self._only = _listed(endpoint.only, documents)
        self._hides = documents[MAIN].get(endpoint.hides) if endpoint.hides else None
        self._silent = not (
            isinstance(self._off, list) or isinstance(self._only, list) or isinstance(self._hides, dict)
        )

    def of(self, name: str, item: McpServer | None) -> Switch:
        """Return what the lists say of a server; its item is None where it cannot be read."""
        if self._silent:
            return Switch.ON
        if self._hides_tools_of(name):
            return Switch.HIDDEN
        if isinstance(self._only, list) and not _matches(name, self._only):
            return Switch.HELD
        off = self._off if isinstance(self._off, list) else []
        if _matches(name, [pattern for pattern in off if pattern != name]) or self._signed(item, off):
            return Switch.HELD
        return Switch.OFF if name in off else Switch.ON

    def _hides_tools_of(self, name: str) -> bool:
        tools = self._hides if isinstance(self._hides, dict) else {}
        prefix = _NO_TOOL_NAME.sub("_", name) + "_"
        return any(shown is False and _can_begin(pattern, prefix) for pattern, shown in tools.items())

    def _signed(self, item: McpServer | None, off: list[Value]) -> bool:
        if self._names is None or not self._names.signature or item is None or item.transport is not Transport.STDIO:
            return False
        said = {"command": item.command or "", "args": " ".join(item.args)}
        return _PLACEHOLDER.sub(lambda found: said[found[1]], self._names.signature) in off

    def takes_names(self) -> bool:
        """Tell whether a name can be added: there is a list, or none yet."""
        return self._off is None or isinstance(self._off, Missing | list)

    def has_place(self) -> bool:
        """Tell whether the client has made the map that its list belongs in."""
        if self._names is None or not self._names.within:
            return True
        document = self._documents.get(self._names.beside)
        return document is not None and isinstance(document.get(self._names.within), dict)

    def edits(self, wanted: Mapping[str, bool], called: Mapping[str, str]) -> list[Edit]:
        """Return the edits of the list's document after which it names these servers, or does not.

        What is `called` otherwise by now (new names by the old ones) is so where it stands.
        """
        if self._names is None:
            return []
        there = self._off if isinstance(self._off, list) else []
        stays = {old: new for old, new in called.items() if old in there and wanted.get(new) and new not in there}
        named = {each for each in there if isinstance(each, str)}
        gone = {name for name, off in wanted.items() if not off and name not in stays} & named
        new = [name for name in sorted(wanted) if wanted[name] and name not in (*there, *stays.values())]
        path = self._names.way
        if gone and not new and gone.issuperset(map(str, there)) and not self._names.stays:
            return [Remove(_emptied(self._documents[self._names.beside], path, len(self._names.within)))]
        edits: list[Edit] = [
            SetValue((*path, at), stays[each])
            for at, each in enumerate(there)
            if isinstance(each, str) and each in stays
        ]
        edits += [Remove((*path, at)) for at in reversed(range(len(there))) if there[at] in gone]
        if new and not isinstance(self._off, list):
            edits.append(SetValue(path, [new.pop(0)]))
        return edits + [Append(path, name) for name in new]


def beside(endpoint: McpEndpoint, documents: Documents, role: str) -> Document:
    """Return the document of a role; a file that is not there begins empty."""
    return documents[role] if role in documents else empty(endpoint.beside[role].format)


def _listed(names: NameList | None, documents: Documents) -> Value | Missing:
    if names is None:
        return None
    document = documents.get(names.beside)
    return MISSING if document is None else document.get(names.way)


def _matches(name: str, patterns: Collection[Value]) -> bool:
    return any(fnmatchcase(name, str(pattern)) for pattern in patterns)


def _can_begin(pattern: str, prefix: str) -> bool:
    """Tell whether something that begins so can match a pattern; rather once too often."""
    plain = re.split(r"[*?]", pattern, maxsplit=1)[0]
    return plain.startswith(prefix) or (plain != pattern and prefix.startswith(plain))


def _emptied(document: Document, path: tuple[str, ...], made: int) -> KeyPath:
    """Return the way to what holds nothing but the list at a path: an emptied list does not stay behind.

    The first steps, as many as are made by the client, stay.
    """
    while len(path) > made + 1:
        parent = document.get(path[:-1])
        if not isinstance(parent, dict) or len(parent) > 1:
            break
        path = path[:-1]
    return path
