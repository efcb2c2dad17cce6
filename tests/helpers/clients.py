"""The four clients' files in a scratch home, as a test edits and reads them: by hand, in each client's own dialect."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

CLAUDE = """{
  "numStartups": 12,
  "mcpServers": {
    "github": {
      "type": "stdio",
      "command": "npx",
      "args": ["-y", "server-github"]
    }
  },
  "projects": {}
}
"""
CODEX = """# my codex
model = "o3" # best

[mcp_servers.files]
command = "uvx"
args = ["mcp-files", "/tmp"]
"""
QWEN = '{\r\n\t// mine\r\n\t"mcpServers": {},\r\n\t"$version": 4\r\n}\r\n'
ROVO = '{\n  "mcpServers": {}\n}\n'


@dataclass(frozen=True)
class Clients:
    """A home folder with the four clients' user files."""

    home: Path

    @classmethod
    def make(cls, home: Path) -> Self:
        clients = cls(home)
        for path, content in zip(clients.paths.values(), (CLAUDE, CODEX, QWEN, ROVO), strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode())
        return clients

    @property
    def paths(self) -> dict[str, Path]:
        return {
            "claude-code": self.home / ".claude.json",
            "codex": self.home / ".codex" / "config.toml",
            "qwen-code": self.home / ".qwen" / "settings.json",
            "rovodev": self.home / ".rovodev" / "mcp.json",
        }

    def bytes(self) -> dict[str, bytes]:
        return {client: path.read_bytes() for client, path in self.paths.items()}

    def servers(self, client: str) -> dict[str, Any]:
        """Return what a client's own parser sees of its servers."""
        text = self.paths[client].read_text(encoding="utf-8")
        if client == "codex":
            found: dict[str, Any] = tomllib.loads(text).get("mcp_servers", {})
            return found
        plain = re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE)
        servers: dict[str, Any] = json.loads(plain)["mcpServers"]
        return servers

    def commands(self) -> dict[str, dict[str, str]]:
        """Return, by client, each server's command: what must agree everywhere."""
        return {
            client: {name: entry.get("command", "") for name, entry in sorted(self.servers(client).items())}
            for client in self.paths
        }

    def replace(self, client: str, old: str, new: str) -> None:
        """Edit a file as an editor does: a new file under the old name."""
        path = self.paths[client]
        text = path.read_bytes().decode()
        if old not in text:
            raise AssertionError(f"{old!r} is not in {path}")
        fresh = path.with_name(path.name + ".new")
        fresh.write_bytes(text.replace(old, new, 1).encode())
        fresh.replace(path)

    def add(self, client: str, name: str, command: str = "npx") -> None:
        """Add a server as a user would, in the client's dialect."""
        if client == "codex":
            path = self.paths[client]
            with path.open("a", encoding="utf-8") as file:
                file.write(f'\n[mcp_servers.{name}]\ncommand = "{command}"\n')
            return
        text = self.paths[client].read_bytes().decode()
        comma = "" if '"mcpServers": {}' in text else ","
        self.replace(client, '"mcpServers": {', f'"mcpServers": {{"{name}": {{"command": "{command}"}}{comma}')
