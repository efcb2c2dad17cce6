"""Approval modes in the entries of servers: the client must start with what we wrote, and know every key of it."""

from __future__ import annotations

import json

from aisync_desktop.clients.descriptor import DialectName
from aisync_desktop.clients.dialects.server_modes import Engine
from aisync_desktop.documents.protocol import Format
from aisync_desktop.permissions.language import Action, Subject
from tests.helpers.dialect_laws import content, endpoint, one
from tests.oracles.clients import RealClient, only
from tests.oracles.sandbox import Sandbox

ENGINE = Engine(endpoint(DialectName.SERVER_MODES, Format.TOML, root=["mcp_servers"]))
FILES = (
    '# mine\n[mcp_servers.s]\ncommand = "x" # run\n\n[mcp_servers.s.env]\nA = "b"\n\n[features]\n',
    '[mcp_servers]\ns = { command = "x", args = ["a"] }\n',
    'mcp_servers.s.url = "http://127.0.0.1:8765/s"\nmcp_servers.s.tools.u.approval_mode = "auto"\n',
)
STEPS: tuple[dict[str, Action | None], ...] = (
    {"mcp: s": Action.ALLOW, "mcp: s.t": Action.ASK, "mcp: s.other_tool": Action.ALLOW, "mcp: absent": Action.ALLOW},
    {"mcp: s": Action.ASK, "mcp: s.t": Action.ALLOW},
    {"mcp: s.t": None, "mcp: s": None},
    {"mcp: s.other_tool": None},
)


@only("codex")
def test_the_client_starts_with_every_file_and_knows_every_key(client: RealClient, box: Sandbox) -> None:
    path = box.home / client.file
    path.parent.mkdir()
    for file in FILES:
        documents = one(Format.TOML, file)
        for step in STEPS:
            documents = ENGINE.write(documents, {Subject.parse(name): action for name, action in step.items()})
            path.write_text(content(documents), encoding="utf-8")
            for check in client.checks:
                ran = box.run(*check)
                assert ran.code == 0, (content(documents), ran.said)
            listed = box.run(*client.listing)
            assert [server["name"] for server in json.loads(listed.out)] == ["s"]
        assert content(documents) == file
