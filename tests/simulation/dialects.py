"""How the simulated world reads and edits the clients' files: naively, with the standard library, never with a lens.

What a file says is `Servers`: by name, the few fields that all four clients know. `read` gives None for a file that a
client would refuse. Edits by hand touch the text where they can; a client's own edit writes the whole file anew.
"""

from __future__ import annotations

import json
import random
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Server = dict[str, Any]
Servers = dict[str, Server]
_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
_FIELDS = ("command", "args", "env", "url")


@dataclass(frozen=True)
class Dialect:
    """One way to write servers down."""

    root: str
    url: str
    constants: dict[str, str]
    comment: str
    toml: bool = False
    switch: str = ""  # "flag" in the entry, or "list" of those that are off

    def parse(self, data: bytes) -> dict[str, Any] | None:
        """Return all that a file says; None where the client would refuse it."""
        try:
            text = data.decode()
            found = tomllib.loads(text) if self.toml else json.loads(_COMMENT.sub("", text))
        except ValueError:
            return None
        return found if isinstance(found, dict) and isinstance(found.get(self.root, {}), dict) else None

    def read(self, data: bytes | None) -> Servers | None:
        """Return a file's servers; None where there is nothing to trust."""
        whole = self.parse(data) if data and not data.isspace() else None
        if whole is None:
            return None
        off = whole.get("mcp", {}).get("excluded", []) if self.switch == "list" else []
        return {name: self._server(entry, on=name not in off) for name, entry in whole.get(self.root, {}).items()}

    def _server(self, entry: Server, *, on: bool) -> Server:
        said = {name: entry.get(self.url if name == "url" else name) for name in _FIELDS}
        server = {name: value for name, value in said.items() if value}
        return {**server, "on": on and entry.get("enabled", True)}

    def beside(self, data: bytes) -> dict[str, Any]:
        """Return what a file says besides servers and switches."""
        whole = self.parse(data) or {}
        return {name: value for name, value in whole.items() if name not in {self.root, "mcp"}}

    def comments(self, data: bytes) -> list[str]:
        """Return the comment lines."""
        return [line for line in data.decode().splitlines() if line.lstrip().startswith(self.comment)]

    def entry(self, server: Server) -> dict[str, Any]:
        """Return a server as this client spells it."""
        fields = {self.url if name == "url" else name: value for name, value in server.items() if name in _FIELDS}
        constants = {} if "url" in server else self.constants
        kind = {"type": "http"} if "url" in server and "type" in self.constants else {}
        kind |= {"transport": "http"} if "url" in server and "transport" in self.constants else {}
        off = {"enabled": False} if self.switch == "flag" and not server.get("on", True) else {}
        return {**constants, **kind, **fields, **off}

    def rewritten(self, data: bytes, change: Callable[[dict[str, Any]], None], rng: random.Random) -> bytes:
        """Change a file as a client does that parses it, drops the comments and writes it anew."""
        whole = self.parse(data) or {}
        entries = whole.setdefault(self.root, {})
        change(entries)
        if self.toml:
            return _toml(whole, self.root).encode()
        indent = rng.choice([None, 1, 2, 4, "\t"])
        return (json.dumps(whole, indent=indent, sort_keys=rng.random() < 0.3) + rng.choice(["", "\n"])).encode()

    def edited(self, data: bytes, name: str, server: Server | None, rng: random.Random) -> bytes:
        """Add, change or remove one entry by hand, in place of the old text; like a client where that is too hard."""
        old = self.parse(data) or {}
        wanted = dict(old.get(self.root, {}))
        if server is None:
            wanted.pop(name, None)
        else:
            wanted[name] = self.entry(server)
        by_hand = self._by_hand(data.decode(), name, wanted.get(name)).encode()
        now = self.parse(by_hand)
        if now is not None and now.get(self.root, {}) == wanted:
            return by_hand

        def change(entries: dict[str, Any]) -> None:
            entries.clear()
            entries.update(wanted)

        return self.rewritten(data, change, rng)

    def _by_hand(self, text: str, name: str, entry: dict[str, Any] | None) -> str:
        if self.toml:
            table = re.compile(rf"^\[{self.root}\.{name}(?:\.\w+)?\]\n(?:(?!\[).*\n?)*", re.MULTILINE)
            if entry is None or table.search(text):
                new = "" if entry is None else _table(self.root, name, entry)
                first = iter([new])
                return table.sub(lambda _: next(first, ""), text)
            return text.rstrip("\n") + "\n\n" + _table(self.root, name, entry)
        return _json_by_hand(text, self.root, name, entry)


def _json_by_hand(text: str, root: str, name: str, entry: dict[str, Any] | None) -> str:
    found = re.search(rf'"{name}"\s*:\s*', text)
    if found is None:
        opened = re.search(rf'"{root}"\s*:\s*\{{', text)
        if opened is None or entry is None:
            return text
        comma = "" if re.match(r"\s*\}", text[opened.end() :]) else ","
        return f'{text[: opened.end()]}"{name}": {json.dumps(entry)}{comma}{text[opened.end() :]}'
    try:
        _, end = json.JSONDecoder().raw_decode(text, found.end())
    except ValueError:
        return text
    if entry is not None:
        return text[: found.end()] + json.dumps(entry) + text[end:]
    after = re.compile(r"\s*,").match(text, end)
    return text[: found.start()] + text[after.end() if after else end :]


def _toml(whole: dict[str, Any], root: str) -> str:
    plain = [f"{name} = {json.dumps(value)}\n" for name, value in whole.items() if not isinstance(value, dict)]
    others = [
        f"\n[{name}]\n" + "".join(f"{key} = {json.dumps(one)}\n" for key, one in value.items())
        for name, value in whole.items()
        if isinstance(value, dict) and name != root
    ]
    return "".join([*plain, *others, *("\n" + _table(root, name, entry) for name, entry in whole[root].items())])


def _table(root: str, name: str, entry: dict[str, Any]) -> str:
    lines = [f"{key} = {_toml_value(value)}\n" for key, value in entry.items()]
    return f"[{root}.{name}]\n" + "".join(lines)


def _toml_value(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {json.dumps(one)}" for key, one in value.items()) + " }"
    return json.dumps(value)


CLAUDE = Dialect("mcpServers", "url", {"type": "stdio"}, "//")
CODEX = Dialect("mcp_servers", "url", {}, "#", toml=True, switch="flag")
QWEN = Dialect("mcpServers", "httpUrl", {}, "//", switch="list")
ROVODEV = Dialect("mcpServers", "url", {"transport": "stdio"}, "//")
