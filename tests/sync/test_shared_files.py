"""A file that several clients read belongs to one of them, as long as that one is there."""

from __future__ import annotations

import json
import shutil

from aisync_desktop.clients.items import McpServer
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.opening import open_engine
from tests.helpers.clients import Clients

DESCRIBED = """id = "{name}"
name = "{name}"
verified = "docs"
presence = ["~/.{name}"]
[[endpoints]]
kind = "mcp"
scope = "user"
paths = ["~/shared.json"]
format = "json"
root = ["servers"]
references = "unknown"
reads_only = {reads_only}
[[endpoints.shapes]]
transport = "stdio"
requires = ["command"]
[endpoints.shapes.fields]
command = "command"
args = "{args}"
"""


def test_a_file_that_changes_hands_is_read_as_the_next_client_reads_it(world: World, clients: Clients) -> None:
    folder = world.places.config / "clients"
    folder.mkdir(parents=True)
    for name, args in (("first", "args"), ("second", "words")):
        said = DESCRIBED.format(name=name, args=args, reads_only=str(name == "second").lower())
        (folder / f"{name}.toml").write_text(said)
        (clients.home / f".{name}").mkdir()
    shared = clients.home / "shared.json"
    shared.write_text(json.dumps({"servers": {"s": {"command": "x", "args": ["a"], "words": ["w"]}}}))
    engine = open_engine(world)
    try:
        assert engine.plan().scopes[0].after.mcp["s"] == McpServer(command="x", args=("a",))
        shutil.rmtree(clients.home / ".first")
        assert engine.plan().scopes[0].after.mcp["s"] == McpServer(command="x", args=("w",))
    finally:
        engine.close()
