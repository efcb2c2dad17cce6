"""Launching: an entry that has AISync start the server, in the place of one that holds its secrets.

`aisync exec NAME` stands there for command and arguments, and the secret variables are left out; all other fields are
the client's and ours as ever. Such an entry *reads* as the item itself: what it does not say is taken to be what was
agreed on, so that it never looks like a change or a deletion. What it says in the file is its *spelling*
(`EndpointState.spelled`): documents are edited from spelling to spelling and read back as such, everything before that
(guards, merge, questions) and after it (bases) knows the items only. The survey cannot tell, as it remembers nothing;
so `launched_entries.py` does it once for each look, with the memory at hand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import field
from pathlib import PurePath
from typing import NamedTuple

from aisync_desktop.clients.items import USER, Item, ItemKey, Items, McpServer, Scope, Transport, item_of
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import Value
from aisync_desktop.secrets.detect import find_secrets
from aisync_desktop.secrets.seal import contains_sealed
from aisync_desktop.sync.terms.consents import Consents, secrets_to_copy
from aisync_desktop.sync.terms.starting_servers import unsettled

_NAME = re.compile(r"[\w@:/+][\w@.:/+ -]*")  # no option, nothing that a client would expand
_ACTED_UPON = re.compile(r"[$%{}`\"]")
_MODULES = (("-P", "-m", "aisync_desktop"), ("-m", "aisync_desktop"))
_PROGRAM = "aisync"
_VERB = "exec"
_SAID = ("command", "args")  # by the launcher instead


@dataclass(frozen=True)
class Launcher:
    """How our program is started on this machine."""

    command: str
    words: tuple[str, ...] = ()

    def entry(self, key: ItemKey, scope: Scope) -> tuple[str, ...]:
        """Return the command line that stands in an entry: whose item it is is said, whatever folder it starts in."""
        where = ("--project", scope.root) if scope.root else ("--scope", "user")
        return (self.command, *self.words, _VERB, key.name, *where)


def is_launcher(key: ItemKey, scope: Scope, item: Item) -> bool:
    """Whether an entry has a program of ours start this very item; another path to it is as good as ours."""
    if not isinstance(item, McpServer) or _VERB not in item.args:  # said first, as it is asked of every entry
        return False
    if item.transport is not Transport.STDIO or not item.command:
        return False
    of_module = next((words for words in _MODULES if item.args[: len(words)] == words), ())
    words = item.args[len(of_module) :]
    plain = (_VERB, key.name)
    named = PurePath(item.command.replace("\\", "/")).name.casefold().startswith(_PROGRAM)
    return bool(of_module or named) and words in {plain, Launcher("").entry(key, scope)[1:]}


class Seen(NamedTuple):
    """Items as they are meant, the spelling of what is launched, and the launchers of what is not known (yet)."""

    items: dict[ItemKey, Item]
    spelled: dict[ItemKey, Item]
    unknown: frozenset[ItemKey]


@dataclass(frozen=True)
class Launching:
    """What is known of the launchers of one endpoint.

    `meant` is what their entries stand for; `started`, what they start, are the items that all agreed on.
    """

    launcher: Launcher = field(default_factory=lambda: Launcher(_PROGRAM))
    scope: Scope = USER
    label: str = ""
    meant: Items = field(default_factory=dict)
    consents: Consents = field(default_factory=Consents)
    started: Items = field(default_factory=dict)

    def seen(self, items: Items) -> Seen:
        """Return what a file says with the entries of launchers read as the items that they start."""
        meanings = {key: self._meaning(key, item) for key, item in items.items()}
        return Seen(
            {key: meaning for key, meaning in meanings.items() if meaning is not None},
            {key: item for key, item in items.items() if meanings[key] is not None and meanings[key] is not item},
            frozenset(key for key, meaning in meanings.items() if meaning is None),
        )

    def _meaning(self, key: ItemKey, item: Item) -> Item | None:
        if not isinstance(item, McpServer) or item.transport is not Transport.STDIO:
            return item
        meant = self.meant.get(key)
        if is_launcher(key, self.scope, item):
            return read_as(key, item, meant) if is_stdio(meant) else None
        return self._with_unsaid(key, item, meant)

    def _with_unsaid(self, key: ItemKey, item: McpServer, meant: Item | None) -> Item:
        """Return an entry that was a launcher, and was edited, with the secrets that it never held."""
        if not isinstance(meant, McpServer) or not self.consents.launch:
            return item
        unsaid = {
            name: value
            for name, value in meant.env.items()
            if name not in item.env
            and contains_sealed(value)
            and self.consents.launches(key, [("env", name)], self.label, self.scope)
        }
        return _with_env(key, item, {**item.env, **unsaid}) if unsaid else item

    def form(self, key: ItemKey, wanted: Item, present: Item | None, *, anew: bool = False) -> McpServer | None:
        """Return how an item is spelled where a launcher is to stand, or stands; None where the item itself is written.

        A launcher stays as it is as long as it has secrets to hand over. `anew`: the user has just said so.
        """
        stands = present is not None and is_launcher(key, self.scope, present)
        if not isinstance(wanted, McpServer) or not (stands or anew or self.consents.launch):
            return None
        if not self._is_launchable(key, wanted):
            return None
        if stands and not anew and isinstance(present, McpServer):
            line = (present.command or "", *present.args)
            return _spelling(key, wanted, line, {name for name in present.env if _equal(present, wanted, name)})
        missing = secrets_to_copy(present, wanted)
        if anew or (missing and self.consents.launches(key, missing, self.label, self.scope)):
            return _spelling(key, wanted, self.launcher.entry(key, self.scope), ())
        return None

    def _is_launchable(self, key: ItemKey, item: McpServer) -> bool:
        """Whether an item's secrets are all in variables, nothing else of it is, and its name fits a command line."""
        secret = {name for name, value in item.fields().items() if contains_sealed(value)}
        line = self.launcher.entry(key, self.scope)
        plain = _NAME.fullmatch(key.name) and not any(map(_ACTED_UPON.search, line))
        settled = secret == {"env"} and is_stdio(item) and not unsettled(str(self.scope), item.fields())
        return settled and bool(plain) and not find_secrets({"args": [*line]})


def is_stdio(item: Item | None) -> bool:
    """Whether there is an item, and something to be started."""
    return isinstance(item, McpServer) and item.transport is Transport.STDIO and bool(item.command)


def read_as(key: ItemKey, launcher: Item, meant: Item | None) -> Item:
    """Return what a launcher's entry says, with what it does not say as it is meant."""
    said, meaning = McpServer.of(launcher), McpServer.of(meant or launcher)
    unsaid = {name: value for name, value in meaning.env.items() if contains_sealed(value) and name not in said.env}
    fields = {name: value for name, value in said.fields().items() if name not in _SAID}
    fields |= {name: value for name, value in meaning.fields().items() if name in _SAID}
    return _with_env(key, item_of(key, fields), {**said.env, **unsaid})


def _spelling(key: ItemKey, wanted: McpServer, line: tuple[str, ...], kept: Collection[str]) -> McpServer:
    """Return an item with a launcher's line, without its secrets but for the variables that the entry has itself."""
    env = {name: value for name, value in wanted.env.items() if name in kept or not contains_sealed(value)}
    fields: dict[str, Value] = {**wanted.fields(), "command": line[0], "args": [*line[1:]]}
    return McpServer.of(_with_env(key, item_of(key, fields), env))


def _with_env(key: ItemKey, item: Item, env: Mapping[str, str]) -> Item:
    return item_of(key, {**item.fields(), "env": dict(env)})


def _equal(one: McpServer, other: McpServer, name: str) -> bool:
    return one.env.get(name) == other.env.get(name)
