"""A run that was cut off between two files: what it had written is ours, whatever is edited before the next start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.protocol import Keep, Reading, Replaced
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.model.status import Health
from tests.helpers.clients import Clients
from tests.helpers.clock import LeapingClock
from tests.helpers.one_by_one import OneByOne

ALL = ["claude-code", "codex", "qwen-code", "rovodev"]
Edit = Callable[[Clients], None]


class _Dying(OneByOne, RealDisk):
    """A disk at which the process dies as soon as one file is written."""

    last: Path

    def replace(self, expected: Reading, data: bytes, *, keep: Keep, **more: object) -> Replaced:
        replaced = RealDisk.replace(self, expected, data, keep=keep, **more)  # type: ignore[arg-type]
        if expected.path == self.last:
            raise KeyboardInterrupt
        return replaced


def _cut_off(world: World, clients: Clients, edit: Edit, last: str = "codex") -> None:
    """Agree; then edit something, and die when it has come to that client."""
    first = open_engine(world)
    first.adopt("user")
    first.close()
    edit(clients)
    disk = _Dying(LeapingClock())
    disk.last = clients.paths[last]
    dying = open_engine(replace(world, disk=disk))
    with pytest.raises(KeyboardInterrupt):
        dying.sync("watch")
    dying.close()


def _go_on(world: World, clients: Clients, left: set[str]) -> None:
    engine = open_engine(world)
    assert engine.recover() > 0
    engine.sync("user", patient=False)
    assert {client: set(clients.servers(client)) for client in clients.paths} == dict.fromkeys(clients.paths, left)
    assert engine.status().health is Health.IN_STEP
    engine.close()


def _add(clients: Clients) -> None:
    clients.add("qwen-code", "fresh")


def _change(clients: Clients) -> None:
    clients.replace("qwen-code", '"uvx"', '"uv"')


def _without_fresh(clients: Clients) -> None:
    clients.replace("qwen-code", '"fresh": {"command": "npx"},', "")


def _without_files(clients: Clients) -> None:
    text = clients.paths["qwen-code"].read_bytes().decode()
    start = text.index('"files"')
    end = text.index("}", start) + 1
    comma = text[end:].startswith(",")
    clients.replace("qwen-code", text[start : end + comma], "")
    if not comma:
        before = text[:start].rstrip()
        clients.replace("qwen-code", before, before.removesuffix(","))


@pytest.mark.parametrize(
    ("edit", "undone", "left"),
    [(_add, _without_fresh, {"files", "github"}), (_change, _without_files, {"github"})],
    ids=["new", "changed"],
)
@pytest.mark.parametrize("touched", [False, True])
def test_what_was_written_already_is_no_edit_that_outlives_a_deletion(
    world: World, clients: Clients, edit: Edit, undone: Edit, left: set[str], *, touched: bool
) -> None:
    _cut_off(world, clients, edit)
    undone(clients)
    if touched:  # something else in the file that was written already
        clients.replace("codex", 'model = "o3"', 'model = "o4"')
    _go_on(world, clients, left)


def test_what_was_edited_in_a_written_file_since_is_an_edit(world: World, clients: Clients) -> None:
    _cut_off(world, clients, _add)
    clients.add("codex", "own")
    _go_on(world, clients, {"files", "github", "fresh", "own"})


@pytest.mark.parametrize("last", ["claude-code", "qwen-code", "rovodev"])
def test_what_was_taken_out_while_it_is_off_is_no_deletion(world: World, clients: Clients, last: str) -> None:
    def switched_off(clients: Clients) -> None:
        clients.replace("codex", 'command = "uvx"', 'command = "uv"\nenabled = false')

    _cut_off(world, clients, switched_off, last)
    engine = open_engine(world)
    assert engine.recover() > 0
    engine.sync("user", patient=False)
    assert (clients.servers("codex")["files"]["command"], "enabled = false" in clients.paths["codex"].read_text()) == (
        "uv",
        True,
    )
    clients.replace("codex", "\nenabled = false", "")
    engine.sync("user", patient=False)
    assert {client: found["files"] for client, found in clients.commands().items()} == dict.fromkeys(ALL, "uv")
    engine.close()
