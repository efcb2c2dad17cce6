"""Servers of every shape that tells dialects apart, in the two files where a user would have written them.

Each is the probe under a name of its own, so that a client which connects shows what really arrives. Claude's file
says what its dialect can; what it has no field for stands in Codex's.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from tests.oracles.sandbox import PORT

# What the clients find in their environment; ORACLE_UNSET is what they do not find.
ENVIRONMENT = {"ORACLE_WORD": "word-value", "ORACLE_PHRASE": "two words"}
_REFERENCE = re.compile(r"\$\{(\w+)(?::-([^}]*))?\}")


def expanded(value: Any) -> Any:
    """Return a neutral value as it must arrive: its references resolved from the client's environment."""
    if isinstance(value, str):
        return _REFERENCE.sub(lambda found: ENVIRONMENT.get(found[1], found[2] or ""), value)
    if isinstance(value, list):
        return [expanded(each) for each in value]
    if isinstance(value, dict):
        return {name: expanded(each) for name, each in value.items()}
    return value


def claude_servers(probe: Path) -> dict[str, dict[str, Any]]:
    """Return what stands in Claude's file."""

    def stdio(name: str, *arguments: str, **more: Any) -> dict[str, Any]:
        command = {"type": "stdio", "command": sys.executable}
        return {name: command | {"args": [str(probe), "stdio", name, *arguments]} | more}

    def remote(name: str, headers: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
        entry = {"type": "http", "url": f"http://127.0.0.1:{PORT}/{name}"} | more
        return {name: entry | ({"headers": headers} if headers else {})}

    return {
        **stdio("plain"),
        **stdio("spaces", "two words", 'it\'s "quoted"', "back\\slash", "--flag=a b"),
        **stdio("empty-argument", "", "last"),
        **stdio("unicode", "한글 ünïcode 🙂", env={"ORACLE_GREETING": "안녕"}),
        **stdio("dollars", "$ORACLE_WORD", "100$", "$$", "$(id)", "`id`", "%ORACLE_WORD%", "~"),
        **stdio("braces", "{ORACLE_WORD}", "{env:ORACLE_WORD}", "{file:/etc/hostname}"),
        **stdio("double-braces", "${{ ORACLE_WORD }}"),
        **stdio("env-literal", env={"ORACLE_MODE": "fast", "ORACLE_EMPTY": ""}),
        **stdio("env-bare-name", env={"ORACLE_NAME": "ORACLE_WORD"}),
        **stdio("env-same", env={"ORACLE_WORD": "${ORACLE_WORD}"}),
        **stdio("env-other", env={"ORACLE_OTHER": "${ORACLE_PHRASE}"}),
        **stdio("env-mixed", env={"ORACLE_MIXED": "a/${ORACLE_WORD}/b"}),
        **stdio("env-default", env={"ORACLE_D": "${ORACLE_UNSET:-fallback}", "ORACLE_E": "${ORACLE_WORD:-fallback}"}),
        **stdio("args-reference", "${ORACLE_PHRASE}"),
        **stdio("args-mixed", "--word=${ORACLE_WORD}"),
        **stdio("timeout", timeout=45000),
        **stdio("odd name.x"),
        **remote("http"),
        **remote("http-timeout", timeout=45000),
        **remote("header-literal", {"X-Oracle": "a plain value"}),
        **remote("header-reference", {"X-Oracle": "${ORACLE_WORD}"}),
        **remote("header-bearer", {"Authorization": "Bearer ${ORACLE_WORD}"}),
        **remote("header-mixed", {"X-Oracle": "v1.${ORACLE_WORD}"}),
        **remote("header-default", {"X-Oracle": "${ORACLE_UNSET:-fallback}"}),
        **remote("url-reference", url=f"http://127.0.0.1:{PORT}/${{ORACLE_WORD}}"),
        **remote("sse", type="sse"),
        **remote("sse-header", {"X-Oracle": "a plain value"}, type="sse"),
        **remote("ws", type="ws", url=f"ws://127.0.0.1:{PORT}/ws"),
    }


def codex_servers(probe: Path, folder: Path) -> dict[str, dict[str, Any]]:
    """Return what stands in Codex's file."""

    def stdio(name: str, **more: Any) -> dict[str, Any]:
        return {name: {"command": sys.executable, "args": [str(probe), "stdio", name], **more}}

    def remote(name: str, **more: Any) -> dict[str, Any]:
        return {name: {"url": f"http://127.0.0.1:{PORT}/{name}", **more}}

    return {
        **stdio("off", enabled=False),
        **remote("off-http", enabled=False),
        **stdio("folder", cwd=str(folder)),
        **stdio("only-tools", enabled_tools=["ping_tool"]),
        **stdio("hidden-tools", disabled_tools=["danger_tool"]),
        **remote("only-tools-http", enabled_tools=["ping_tool"]),
        **stdio("startup-timeout", startup_timeout_sec=20),
    }


def write_sources(home: Path, probe: Path, folder: Path) -> None:
    """Write both files."""
    claude = {"numStartups": 3, "hasCompletedOnboarding": True, "mcpServers": claude_servers(probe)}
    (home / ".claude.json").write_text(json.dumps(claude, indent=2, ensure_ascii=False), encoding="utf-8")
    lines = ["# my codex"]
    for name, entry in codex_servers(probe, folder).items():
        lines += ["", f"[mcp_servers.{name}]"]
        lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items()]
    (home / ".codex").mkdir()
    (home / ".codex" / "config.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
