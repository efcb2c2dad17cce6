"""One apply that has many files to write, in both scopes and of both kinds; faults strike at each of its steps."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Self

from aisync_desktop.clients.items import ItemKey, Kind, McpServer, Scope
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.model.status import Health, Status
from aisync_desktop.sync.terms.known import known_of
from tests.simulation.machine import HOME, PROJECT, Image, Machine
from tests.simulation.places import RULES
from tests.simulation.witness import Witness, lines_of
from tests.simulation.world import beginning

LONG = 400.0
_FRESH = {"command": "deno"}
_RULES = HOME / ".claude/CLAUDE.md"


def _edits(disk_data: Callable[[Path], bytes | None]) -> dict[Path, bytes]:
    """Return three edits by hand, after which six files and more are behind; the project's server is allowed."""
    claude, repo = HOME / ".claude.json", PROJECT / ".mcp.json"
    added = b'"mcpServers": {"fresh": {"type": "stdio", "command": "deno"},'
    found = {path: disk_data(path) or b"" for path in (claude, repo)}
    servers = {path: data.replace(b'"mcpServers": {', added, 1) for path, data in found.items()}
    return {**servers, _RULES: RULES.replace(b"tabs", b"spaces")}


@functools.cache
def _edited() -> Image:
    machine = Machine(beginning())
    for path, data in _edits(machine.disk.data).items():
        machine.disk.put(path, data)
    consents = known_of(machine.store.memory()).consents
    said = consents.servers.allowing(Scope(str(PROJECT)), ItemKey(Kind.MCP, "fresh"), McpServer.model_validate(_FRESH))
    machine.store.set_consents(replace(consents, servers=said).payload())
    image = machine.image()
    machine.close()
    return image


class Apply:
    """A machine with everything to do, and what its files were and are to be."""

    def __init__(self) -> None:
        self.machine = Machine(_edited())
        self.witness = Witness(self.machine)
        self.witness.allowed.add(lines_of(_FRESH))
        self.steps: list[tuple[str, Path]] = []
        self.machine.hook = lambda step, path: self.steps.append((step, path))
        self.engine: Engine = self.machine.boot()
        self.engine.recover()
        self.before = self.files()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.machine.close()

    def files(self) -> dict[Path, bytes]:
        return {path: node.data for path, node in self.machine.disk.nodes.items()}

    def status(self) -> Status:
        return self.engine.status()

    def again(self) -> None:
        """Start anew after the process died."""
        self.machine.hook = lambda _step, _path: None
        self.machine.disk.crash()
        self.witness.check_history()
        self.engine = self.machine.boot()
        self.engine.recover()

    def must_complete(self) -> None:
        """Everything is done, kept and closed, and stays so."""
        self.machine.hook = lambda _step, _path: None
        for _ in range(2):
            self.machine.clock.sleep(LONG)
            self.engine.sync("watch")
        assert self.files() == planned()
        assert self.status().health is Health.IN_STEP
        assert self.machine.store.unfinished() == ()
        assert self.machine.store.unfinished_syncs() == ()
        assert not any(self.machine.disk.left.values())
        self.witness.check_history()


@functools.cache
def planned() -> dict[Path, bytes]:
    """Return what all files hold when nothing goes wrong."""
    with Apply() as apply:
        apply.engine.sync("watch")
        return apply.files()


@functools.cache
def steps() -> tuple[tuple[str, Path], ...]:
    """Return all steps of the apply, on the disk and in the database, when nothing goes wrong."""
    with Apply() as apply:
        apply.steps.clear()
        apply.engine.sync("watch")
        return tuple(apply.steps)


def written() -> list[Path]:
    """Return the files that the apply writes."""
    with Apply() as apply:
        return [path for path, data in planned().items() if apply.before.get(path) != data]
