"""A home with the servers of every shape, one real client, and AISync between them, used as its user uses it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from tests.helpers.program import aisync, answer
from tests.oracles.clients import RealClient, Report
from tests.oracles.sandbox import Ran, Sandbox
from tests.oracles.shapes import ENVIRONMENT, claude_servers, codex_servers, expanded, write_sources

_COMPLAINT = re.compile(
    r"warn|invalid|unrecogni[sz]ed|malformed|not valid|could not|failed to (?:parse|load|read)", re.IGNORECASE
)
_TRIES = 4
_SERVER = "mcp/"
_SOURCES = ("claude-code", "codex")


@dataclass(frozen=True)
class World:
    """One test's machine."""

    box: Sandbox
    client: RealClient

    def prepare(self) -> None:
        """Put the files there that the user had before AISync."""
        write_sources(self.box.home, self.box.probe, self.box.folder)
        if self.client.id not in _SOURCES:
            self.write(self.client.content)

    def write(self, content: str) -> None:
        """Replace the client's file."""
        path = self.box.home / self.client.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")

    def content(self) -> str:
        """Return what the client's file holds."""
        return (self.box.home / self.client.file).read_text(encoding="utf-8")

    def begin(self) -> None:
        """Let AISync write, after having looked at what it says that it will write."""
        if not self.expected:
            raise AssertionError("AISync means to write nothing")
        done = aisync("init", "--yes", "--prefer", "claude-code")
        assert (done.returncode, done.stderr) == (0, "")

    @cached_property
    def plan(self) -> Any:
        """The plan before anything is written."""
        return answer("plan")

    @cached_property
    def _sources(self) -> dict[str, dict[str, dict[str, Any]]]:
        return {
            "claude-code": claude_servers(self.box.probe),
            "codex": codex_servers(self.box.probe, self.box.folder),
        }

    @cached_property
    def own(self) -> dict[str, dict[str, Any]]:
        """The servers that the client had before, in neutral words."""
        return {name: _neutral(entry) for name, entry in self._sources.get(self.client.id, {}).items()}

    @cached_property
    def expected(self) -> dict[str, dict[str, Any]]:
        """What the client must hold according to the plan: what it had and what is written."""
        changes = [change for target in self.plan["targets"] for change in target["changes"] if self._is_mine(target)]
        return self.own | {
            change["item"].removeprefix(_SERVER): change["after"] for change in changes if _is_server(change)
        }

    @cached_property
    def lost(self) -> set[str]:
        """The servers of which the plan says that this client cannot have them."""
        mine = [loss for loss in self.plan["losses"] if self._is_mine(loss) and _is_server(loss) and not loss["field"]]
        return {loss["item"].removeprefix(_SERVER) for loss in mine} - self.own.keys()

    def _is_mine(self, entry: Mapping[str, Any]) -> bool:
        return bool(entry["client"] == self.client.id)

    @property
    def everything(self) -> set[str]:
        """The names of all servers."""
        return {name for servers in self._sources.values() for name in servers}

    def run(self, *words: str) -> Ran:
        """Run the client's program."""
        return self.box.run(*words, environment=ENVIRONMENT | dict(self.client.environment or {}))

    def own_command(self, template: tuple[str, ...], *more: str, **values: str) -> None:
        """Run a command of the client's that changes its file."""
        ran = self.run(self.client.program, *(word.format(**values) for word in template), *more)
        assert ran.code == 0, ran.said

    def report(self) -> Report:
        """Return what the client says of its servers; it must not complain of its file."""
        for check in self.client.checks:
            self._run_without_complaint(*check)
        return self.client.report(self._run_without_complaint(*self.client.listing))

    def _run_without_complaint(self, *words: str) -> Ran:
        ran = self.run(*words)
        assert (ran.code, self._complaints(ran)) == (0, []), ran.said
        return ran

    def _complaints(self, ran: Ran) -> list[str]:
        """Return the lines in which the client finds fault with its file."""
        return [
            line for line in ran.said.splitlines() if _COMPLAINT.search(line) and not re.search(self.client.noise, line)
        ]

    def reached(self, awaited: Collection[str] = ()) -> dict[str, list[dict[str, Any]]]:
        """Make the client speak with its servers and return what arrived, by the server's name or path.

        A client that is busy may end before it has started all of them: it gets further tries while one is awaited.
        """
        self.box.forget()
        arrived: dict[str, list[dict[str, Any]]] = {}
        for _ in range(_TRIES):
            for command in self.client.contact or (self.client.listing,):
                self.run(*command)
            arrived = self._arrived()
            if arrived.keys() >= set(awaited):
                break
        return arrived

    def _arrived(self) -> dict[str, list[dict[str, Any]]]:
        arrived: dict[str, list[dict[str, Any]]] = {}
        for note in self.box.arrived():
            arrived.setdefault(note.get("server") or note["path"], []).append(note)
        return arrived


def _is_server(entry: Mapping[str, Any]) -> bool:
    """Return whether a change or a loss is a server's: a server's filters and modes are permissions, too."""
    return str(entry["item"]).startswith(_SERVER)


def _neutral(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry of a source in neutral words, which the sources' words nearly are."""
    words = ("command", "args", "env", "url", "headers", "cwd", "enabled")
    transport = entry.get("type") or ("stdio" if "command" in entry else "http")
    neutral = {"transport": transport} | {word: entry[word] for word in words if word in entry}
    if "startup_timeout_sec" in entry:
        neutral["startup_timeout_ms"] = entry["startup_timeout_sec"] * 1000
    return neutral


def said_alike(said: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a client ought to say in the words that it uses, to be compared with what it says."""
    full = {"args": [], "env": {}, "headers": {}, "enabled": True, "cwd": None, **wanted}
    full["line"] = full.get("url") or " ".join([full["command"], *full["args"]])
    return {word: expanded(full.get(word)) for word in said}


def address(server: Mapping[str, Any], name: str) -> str:
    """Return where a server's notes stand in the record: its name, or its path."""
    return urlsplit(expanded(server["url"])).path if "url" in server else name


def as_it_arrived(notes: list[dict[str, Any]], server: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what arrived in the words of the item, as far as it tells; for a request, of each request."""
    if "url" in server:
        names = {name.lower(): name for name in server.get("headers", {})}
        return [{"headers": {names[k]: v for k, v in note["headers"].items() if k in names}} for note in notes]
    found = []
    for note in notes:
        environment = {name: note["environment"].get(name) for name in server.get("env", {})}
        found.append({"args": note["arguments"], "env": environment, "cwd": note["folder"]})
    return found
