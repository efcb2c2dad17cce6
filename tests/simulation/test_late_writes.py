"""Programs that had files open while they were replaced, and wrote into what was displaced; and then the disk fails."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from aisync_desktop.files.protocol import content_hash
from aisync_desktop.sync.answering.engine import Engine
from tests.helpers.logfail import ExpectLog
from tests.simulation.faults import failing
from tests.simulation.machine import HOME, Machine
from tests.simulation.world import beginning

_CODEX, _QWEN, _ROVODEV = HOME / ".codex/config.toml", HOME / ".qwen/settings.json", HOME / ".rovodev/mcp.json"
_OPENED = b'"mcpServers": {'


def _added(data: bytes, name: bytes) -> bytes:
    return data.replace(_OPENED, _OPENED + b'"%s": {"command": "x"},' % name, 1)


@pytest.fixture
def machine() -> Iterator[Machine]:
    machine = Machine(beginning())
    yield machine
    machine.close()


@pytest.mark.parametrize("step", ["read", "compare", "swap", "look", "sync"])
@pytest.mark.parametrize("broken", [_QWEN, _ROVODEV])
def test_none_of_them_is_lost_when_one_cannot_be_put_back(
    machine: Machine, step: str, broken: Path, expect_log: ExpectLog
) -> None:
    engine = machine.boot()
    engine.recover()
    opened = {path: machine.disk.nodes[path] for path in (_QWEN, _ROVODEV)}
    machine.disk.put(_CODEX, (machine.disk.data(_CODEX) or b"") + b'[mcp_servers.ours]\ncommand = "y"\n')
    engine.sync("watch")
    late = {path: _added(node.data, path.parent.name[1:].encode()) for path, node in opened.items()}
    for path, data in late.items():
        machine.disk.write_into(opened[path], data)
    machine.clock.sleep(1.0)

    fail = failing(errno.EACCES)
    machine.hook = lambda at, path: fail(at, path) if (at, path) == (step, broken) else None
    with expect_log("WARNING", "could not be put back"):
        engine.sync("watch")
    for path, data in late.items():
        kept = {version.hash for version in machine.store.versions(str(path))}
        assert machine.store.name(content_hash(data)) in kept, path
    machine.hook = lambda _step, _path: None
    _come_to_rest(machine, engine)
    for path in (_CODEX, _QWEN, _ROVODEV):
        data = machine.disk.data(path) or b""
        assert all(name in data for name in (b"ours", b"qwen", b"rovodev")), path


def _add_to_codex(machine: Machine, name: str) -> None:
    """Add a server by hand, which displaces all other files."""
    entry = f'[mcp_servers.{name}]\ncommand = "{name}"\n'.encode()
    machine.disk.put(_CODEX, (machine.disk.data(_CODEX) or b"") + entry)


def _all_have(machine: Machine, *names: bytes) -> bool:
    files = [machine.disk.data(path) or b"" for path in (_CODEX, _QWEN, _ROVODEV)]
    return all(name in data for name in names for data in files)


def _come_to_rest(machine: Machine, engine: Engine) -> None:
    for _ in range(3):
        machine.clock.sleep(400.0)
        engine.sync("watch")


def test_one_that_had_the_file_open_through_two_swaps_takes_nothing_back(machine: Machine) -> None:
    engine = machine.boot()
    engine.recover()
    opened = machine.disk.nodes[_QWEN]
    for name in ("first", "second"):
        _add_to_codex(machine, name)
        engine.sync("watch")
    machine.disk.write_into(opened, _added(opened.data, b"theirs"))
    machine.clock.sleep(1.0)
    engine.sync("watch")
    _come_to_rest(machine, engine)
    assert _all_have(machine, b"first", b"second", b"theirs")


def test_one_that_pauses_in_the_middle_is_followed_to_the_end(machine: Machine) -> None:
    engine = machine.boot()
    engine.recover()
    opened = machine.disk.nodes[_QWEN]
    whole = _added(opened.data, b"theirs")
    _add_to_codex(machine, "ours")
    engine.sync("watch")
    for end in (len(whole) // 2, len(whole)):
        machine.disk.write_into(opened, whole[:end])
        machine.clock.sleep(0.5)
        engine.sync("watch")
    _come_to_rest(machine, engine)
    assert _all_have(machine, b"ours", b"theirs")
