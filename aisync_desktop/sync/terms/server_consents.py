"""What the user said about servers that a project brought along, remembered for exactly their lines, as direnv does.

The lines of a server are what is started, or connected to, and with what: command, args, env, cwd, url, headers.
Whoever can change a file of a project (a colleague, a git pull, an assistant) can change them; so what was allowed, or
left where it stands, is kept as a fingerprint of the lines, and other lines are asked about again. Values of secrets
are sealed before they come here: a fingerprint holds none in clear.

`approved` are the approvals in clients' own trust stores that have been taken over (approvals.py), with what they were
bound to: each counts once, for the lines as they were then, or an approval by name would cover whatever comes after.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import field, replace
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict

from aisync_desktop.clients.items import Item, ItemKey, Kind, McpServer, Renamed, Scope
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import Value

LINES = ("transport", "command", "args", "cwd", "url", "env", "headers")
_END = "\0"  # of a scope's name, which is a path
Fingerprints: TypeAlias = Mapping[str, frozenset[str]]  # by scope and item


class StoredServers(BaseModel):
    """The form that is stored."""

    model_config = ConfigDict(extra="ignore")
    allowed: dict[str, list[str]] = {}
    left: dict[str, list[str]] = {}
    approved: dict[str, dict[str, str]] = {}


@dataclass(frozen=True)
class ServerConsents:
    """The lines that were allowed and those that were left, and the approvals of clients that were taken over."""

    allowed: Fingerprints = field(default_factory=dict)
    left: Fingerprints = field(default_factory=dict)
    approved: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # by scope and client: by name

    @classmethod
    def of(cls, stored: StoredServers) -> ServerConsents:
        """Read what `payload` wrote."""
        return cls(_sets(stored.allowed), _sets(stored.left), stored.approved)

    def payload(self) -> dict[str, Value]:
        """Return the JSON-able form that is stored."""
        return {
            "allowed": {place: [*sorted(lines)] for place, lines in sorted(self.allowed.items())},
            "left": {place: [*sorted(lines)] for place, lines in sorted(self.left.items())},
            "approved": {place: dict(sorted(names.items())) for place, names in sorted(self.approved.items())},
        }

    def allows(self, scope: Scope, key: ItemKey, item: McpServer) -> bool:
        """Whether exactly these lines were allowed."""
        return fingerprint_of(item) in self.allowed.get(_place(scope, key), ())

    def leaves(self, scope: Scope, key: ItemKey, item: McpServer) -> bool:
        """Whether exactly these lines are to stay where they stand."""
        return fingerprint_of(item) in self.left.get(_place(scope, key), ())

    def allowing(self, scope: Scope, key: ItemKey, item: Item | None) -> ServerConsents:
        """Return it once these lines are allowed."""
        if not scope.root or not isinstance(item, McpServer):
            return self
        place, lines = _place(scope, key), fingerprint_of(item)
        return replace(self, allowed=_with(self.allowed, place, lines), left=_without(self.left, place, lines))

    def leaving(self, scope: Scope, key: ItemKey, item: McpServer) -> ServerConsents:
        """Return it once these lines are to stay where they stand."""
        return replace(self, left=_with(self.left, _place(scope, key), fingerprint_of(item)))

    def withdrawn(self, scope: Scope, key: ItemKey, item: McpServer) -> ServerConsents:
        """Return it without the word for these lines."""
        return replace(self, allowed=_without(self.allowed, _place(scope, key), fingerprint_of(item)))

    def asking_again(self, scope: Scope) -> ServerConsents:
        """Return it as one in which nothing of a scope was left: all of that is asked again."""
        return replace(
            self,
            left={
                place: lines for place, lines in self.left.items() if not place.startswith(f"{scope}{_END}{Kind.MCP}/")
            },
        )

    def carried(self, scope: Scope, renamed: Renamed) -> ServerConsents:
        """Return it with what was said of a name said of the new ones of the item, too."""

        def now(said: Fingerprints) -> Fingerprints:
            for old, new in renamed:
                for lines in said.get(_place(scope, old), ()):
                    said = _with(said, _place(scope, new), lines)
            return said

        return replace(self, allowed=now(self.allowed), left=now(self.left))

    def taken_over(self, scope: Scope, client: str) -> Mapping[str, str] | None:
        """Return the approvals of a client that were taken over, by name; None where nobody has looked yet."""
        return self.approved.get(_store(scope, client))

    def taking_over(self, scope: Scope, client: str, approvals: Mapping[str, str]) -> ServerConsents:
        """Return it with these as the approvals of a client that were taken over."""
        return replace(self, approved={**self.approved, _store(scope, client): dict(approvals)})


def fingerprint_of(item: McpServer) -> str:
    """Return the fingerprint of a server's lines: another one as soon as anything else is started or connected to."""
    said = item.fields()
    return hashlib.sha256(json.dumps([said.get(name) for name in LINES], sort_keys=True).encode()).hexdigest()


def same_lines(one: Item | None, other: Item | None) -> bool:
    """Whether two servers are, and have the same lines."""
    both = isinstance(one, McpServer) and isinstance(other, McpServer)
    return both and all(getattr(one, name) == getattr(other, name) for name in LINES)


def _place(scope: Scope, key: ItemKey) -> str:
    return f"{scope}{_END}{key}"


def _store(scope: Scope, client: str) -> str:
    return f"{scope}{_END}{client}"


def _sets(stored: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    return {place: frozenset(lines) for place, lines in stored.items()}


def _with(said: Fingerprints, place: str, lines: str) -> Fingerprints:
    known = said.get(place, frozenset())
    return said if lines in known else {**said, place: known | {lines}}


def _without(said: Fingerprints, place: str, lines: str) -> Fingerprints:
    if lines not in said.get(place, ()):
        return said
    left = {**said, place: said[place] - {lines}}
    return {of: every for of, every in left.items() if every}
