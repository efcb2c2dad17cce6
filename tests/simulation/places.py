"""The files of the simulated world: who keeps what where, and what they hold before AISync has seen them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.simulation.dialects import CLAUDE, CODEX, QWEN, ROVODEV, Dialect
from tests.simulation.machine import HOME, PROJECT


@dataclass(frozen=True)
class Place:
    """One file of one client; `dialect` is None for a text of rules."""

    path: Path
    scope: str
    dialect: Dialect | None
    first: bytes | None = None
    beside: Path | None = None  # holds a part of the truth: what cannot be read there holds this one up


USER = "user"
REPO = str(PROJECT)
RULES = b"# Rules\n\nUse tabs.\n\nTest first.\n\nBe kind.\n"

SERVER_FILES = (
    Place(
        HOME / ".claude.json",
        USER,
        CLAUDE,
        b'{\n  "numStartups": 12,\n  "mcpServers": {\n    "github": {\n      "type": "stdio",\n      "command": "npx",'
        b'\n      "args": ["-y", "gh"]\n    }\n  },\n  "projects": { "/x": {"1": 1.0} }\n}\n',
    ),
    Place(
        HOME / ".codex/config.toml",
        USER,
        CODEX,
        b'# my codex\nmodel = "o3" # best\n\n[mcp_servers.files]\n# by hand\ncommand = "uvx"\nargs = ["f"]\n',
    ),
    Place(
        HOME / ".qwen/settings.json",
        USER,
        QWEN,
        b'{\r\n\t// mine\r\n\t"mcpServers": {},\r\n\t"$version": 4,\r\n\t"ui": {"theme": "x"}\r\n}\r\n',
    ),
    Place(HOME / ".rovodev/mcp.json", USER, ROVODEV, b'{\n  "mcpServers": {}\n}\n'),
    Place(
        PROJECT / ".mcp.json",
        REPO,
        CLAUDE,
        b'{"mcpServers": {"db": {"type": "stdio", "command": "uvx"}}}\n',
        beside=HOME / ".claude.json",
    ),
    Place(PROJECT / ".codex/config.toml", REPO, CODEX, b'sandbox = "on"\n'),
)
RULE_FILES = (
    Place(HOME / ".claude/CLAUDE.md", USER, None, RULES),
    Place(HOME / ".codex/AGENTS.md", USER, None),
    Place(HOME / ".qwen/QWEN.md", USER, None),
    Place(HOME / ".rovodev/AGENTS.md", USER, None),
    Place(PROJECT / "AGENTS.md", REPO, None, RULES),
)
PLACES = {place.path: place for place in (*SERVER_FILES, *RULE_FILES)}
