"""The real clients: how each is started, asked what it reads, and made to speak with its servers.

A report is what a client says of its servers, in the neutral words of an item, as far as it says it. Where it prints
lines for people, `line` is the command with its arguments, or the address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import pytest

from tests.oracles.sandbox import PORT, Ran

Report: TypeAlias = dict[str, dict[str, Any]]
Command: TypeAlias = tuple[str, ...]

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_LINE = re.compile(
    r"^(?:[✓✗○⛔…!●] )?(?P<name>[^:\n]+): (?P<line>.*?)(?: \((?P<kind>\w+)\))? - (?P<state>.+)$", re.MULTILINE
)
_DROID_LINE = re.compile(r"^ {2}(?P<name>\S+) {2}(?P<kind>\w+) {2}(?P<state>.+?) {2}\[user\]$", re.MULTILINE)
_KINDS = {"local": "stdio", "command": "stdio", "streamable_http": "http", "streamableHttp": "http"}


@dataclass(frozen=True)
class RealClient:
    """One client at the version that is pinned for it."""

    id: str  # as AISync knows it
    package: str  # npm's
    file: str  # where it keeps its servers, below the home
    content: str  # what that file holds before anything is added
    listing: Command
    report: Callable[[Ran], Report]
    add_stdio: Command  # to be followed by the server's command and arguments
    add_http: Command
    arguments: tuple[str, ...] = ("two words", "--flag=a b")  # what an added server gets
    contact: tuple[Command, ...] = ()  # what makes it speak with every server that is on, where the listing does not
    checks: tuple[Command, ...] = ()  # commands of its own that find fault with its file
    remove: Command = ("mcp", "remove")
    expands: bool = False  # whatever it is asked to add, it writes values in the place of all references
    noise: str = r"(?!)"  # lines that complain of the sandbox and not of the file
    environment: Mapping[str, str] | None = None

    @property
    def program(self) -> str:
        """The name of its program."""
        return self.listing[0]


def _kind(word: str) -> str:
    return _KINDS.get(word, word.lower())


def _state(word: str) -> bool | str:
    """Return whether a server is on; a state that tells neither is returned as it is, and will be no match."""
    found = re.search(r"connected|disabled|blocked", word.lower())
    return found[0] == "connected" if found else word


def _lines(ran: Ran) -> Report:
    return {
        found["name"]: {
            "transport": _kind(found["kind"] or "stdio"),
            "line": found["line"],
            "enabled": _state(found["state"]),
        }
        for found in _LINE.finditer(_ANSI.sub("", ran.said))
    }


def _lines_without_state(ran: Ran) -> Report:
    """Read a list that tries servers which are off, too, or such that it cannot reach here (web sockets)."""
    return {name: {key: said[key] for key in ("transport", "line")} for name, said in _lines(ran).items()}


def _droid(ran: Ran) -> Report:
    return {
        found["name"]: {"transport": _kind(found["kind"]), "enabled": _state(found["state"])}
        for found in _DROID_LINE.finditer(ran.out)
    }


def _codex(ran: Ran) -> Report:
    return {entry["name"]: _codex_server(entry) for entry in json.loads(ran.out)}


def _codex_server(entry: dict[str, Any]) -> dict[str, Any]:
    said = entry["transport"]
    server: dict[str, Any] = {"transport": _kind(said["type"]), "enabled": entry["enabled"]}
    if entry["tool_timeout_sec"] is not None:
        server["timeout_ms"] = round(entry["tool_timeout_sec"] * 1000)
    if entry["startup_timeout_sec"] is not None:
        server["startup_timeout_ms"] = round(entry["startup_timeout_sec"] * 1000)
    if server["transport"] == "stdio":
        passed = {name: f"${{{name}}}" for name in said["env_vars"]}
        return server | {
            "command": said["command"],
            "args": said["args"],
            "env": (said["env"] or {}) | passed,
            "cwd": said["cwd"],
        }
    headers = (said["http_headers"] or {}) | {
        name: f"${{{variable}}}" for name, variable in (said["env_http_headers"] or {}).items()
    }
    if said["bearer_token_env_var"]:
        headers["Authorization"] = f"Bearer ${{{said['bearer_token_env_var']}}}"
    return server | {"url": said["url"], "headers": headers}


def _plain(entry: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return the fields that many clients name as we do."""
    words = ("command", "args", "env", "url", "headers", "cwd")
    return {name: entry[name] for name in words if name in entry} | more


def _copilot(ran: Ran) -> Report:
    return {
        name: _plain(entry, transport=_kind(entry["type"]), enabled=entry["enabled"])
        for name, entry in json.loads(ran.out)["mcpServers"].items()
    }


def _amp(ran: Ran) -> Report:
    return {entry["name"]: _plain(entry["spec"]) for entry in json.loads(ran.out)}


def _cline(ran: Ran) -> Report:
    return {
        entry["name"]: {"transport": _kind(entry["transportType"]), "enabled": not entry["disabled"]}
        for entry in json.loads(ran.out)
    }


def _opencode(ran: Ran) -> Report:
    report: Report = {}
    for name, entry in json.loads(ran.out).get("mcp", {}).items():
        said = {key: value for key, value in _plain(entry).items() if key not in {"command", "headers"}}
        if entry["type"] == "local":
            command, *arguments = entry["command"]
            said |= {"transport": "stdio", "command": command, "args": arguments}
            said["env"] = entry.get("environment", {})
        report[name] = said | {"enabled": entry.get("enabled", True)}
    return report


_MODEL = f"http://127.0.0.1:{PORT}/v1"
_CODEX_MODEL = (
    f'model_providers.probe={{name="probe",base_url="{_MODEL}",wire_api="responses",'
    "stream_max_retries=0,request_max_retries=0}"
)
_HEADER = "X-Oracle: a plain value"
_FIELD = "X-Oracle=a plain value"
_VARIABLE = "ORACLE_ADDED=a plain value"
_NO_SERVERS = '{\n  "mcpServers": {}\n}\n'

CLIENTS = (
    RealClient(
        id="claude-code",
        package="@anthropic-ai/claude-code",
        file=".claude.json",
        content=_NO_SERVERS,
        listing=("claude", "mcp", "list"),
        report=_lines_without_state,
        add_stdio=("mcp", "add", "--scope", "user", "{name}", "--env", _VARIABLE, "--"),
        add_http=("mcp", "add", "--scope", "user", "--transport", "http", "{name}", "{url}", "--header", _HEADER),
        remove=("mcp", "remove", "--scope", "user"),
    ),
    RealClient(
        id="codex",
        package="@openai/codex",
        file=".codex/config.toml",
        content="# mine\n",
        listing=("codex", "mcp", "list", "--json"),
        report=_codex,
        contact=(
            ("codex", "exec", "--skip-git-repo-check", "-c", "model_provider=probe", "-c", _CODEX_MODEL, "hello"),
        ),
        checks=(("codex", "app-server", "--strict-config", "--print-startup-config"),),
        add_stdio=("mcp", "add", "{name}", "--env", _VARIABLE, "--"),
        add_http=("mcp", "add", "{name}", "--url", "{url}", "--bearer-token-env-var", "ORACLE_WORD"),
        noise="could not create PATH aliases",
    ),
    RealClient(
        id="qwen-code",
        package="@qwen-code/qwen-code",
        file=".qwen/settings.json",
        content='{\n\t// mine\n\t"$version": 4\n}\n',
        listing=("qwen", "mcp", "list"),
        report=_lines_without_state,
        contact=(("qwen", "-p", "hello", "--auth-type", "openai"),),
        environment={"OPENAI_BASE_URL": _MODEL, "OPENAI_API_KEY": "dummy", "OPENAI_MODEL": "probe"},
        add_stdio=("mcp", "add", "--env", _VARIABLE, "--scope", "user", "{name}"),
        add_http=("mcp", "add", "--transport", "http", "--header", _HEADER, "--scope", "user", "{name}", "{url}"),
        expands=True,
    ),
    RealClient(
        id="gemini-cli",
        package="@google/gemini-cli",
        file=".gemini/settings.json",
        content='{\n  // mine\n  "security": {"folderTrust": {"enabled": false}}\n}\n',
        listing=("gemini", "mcp", "list"),
        report=_lines,
        add_stdio=("mcp", "add", "--env", _VARIABLE, "--scope", "user", "{name}"),
        add_http=("mcp", "add", "--transport", "http", "--header", _HEADER, "--scope", "user", "{name}", "{url}"),
        expands=True,
        remove=("mcp", "remove", "--scope", "user"),
    ),
    RealClient(
        id="copilot-cli",
        package="@github/copilot",
        file=".copilot/mcp-config.json",
        content=_NO_SERVERS,
        listing=("copilot", "mcp", "list", "--json"),
        report=_copilot,
        contact=(("copilot", "-p", "hello", "--allow-all-tools"),),
        environment={"COPILOT_OFFLINE": "true", "COPILOT_PROVIDER_BASE_URL": _MODEL, "COPILOT_MODEL": "probe"},
        add_stdio=("mcp", "add", "{name}", "--env", _VARIABLE, "--"),
        add_http=("mcp", "add", "--transport", "http", "--header", _HEADER, "{name}", "{url}"),
    ),
    RealClient(
        id="opencode",
        package="opencode-ai",
        file=".config/opencode/opencode.json",
        content='{\n  // mine\n  "mcp": {}\n}\n',
        listing=("opencode", "debug", "config"),
        report=_opencode,
        contact=(("opencode", "mcp", "list"),),
        add_stdio=("mcp", "add", "{name}", "--env", _VARIABLE, "--"),
        add_http=("mcp", "add", "{name}", "--url", "{url}", "--header", _FIELD),
        remove=(),  # it has no such command
    ),
    RealClient(
        id="cline",
        package="cline",
        file=".cline/data/settings/cline_mcp_settings.json",
        content=_NO_SERVERS,
        listing=("cline", "config", "mcp", "--json"),
        report=_cline,
        contact=(
            ("cline", "auth", "-p", "openai", "-k", "dummy", "-b", _MODEL, "-m", "probe"),
            ("cline", "--json", "say hello please"),
        ),
        add_stdio=("mcp", "add", "--yes", "{name}", "--"),  # it cannot be told an environment
        add_http=("mcp", "add", "--yes", "--transport", "http", "--header", _HEADER, "{name}", "{url}"),
    ),
    RealClient(
        id="amp",
        package="@ampcode/cli",
        file=".config/amp/settings.json",
        content="{\n  // mine\n}\n",
        listing=("amp", "mcp", "list", "--json"),
        report=_amp,
        contact=(("amp", "mcp", "doctor"),),
        environment={"AMP_API_KEY": "dummy", "AMP_URL": f"http://127.0.0.1:{PORT}"},
        add_stdio=("mcp", "add", "{name}", "--env", _VARIABLE, "--"),
        add_http=("mcp", "add", "{name}", "--header", _FIELD, "{url}"),
        noise="from Amp account",
    ),
    RealClient(
        id="droid",
        package="droid",
        file=".factory/mcp.json",
        content=_NO_SERVERS,
        listing=("droid", "mcp", "list"),
        report=_droid,
        add_stdio=("mcp", "add", "{name}", "--env", _VARIABLE, "--"),
        arguments=("two", "--flag=a"),  # it splits them at spaces
        add_http=("mcp", "add", "--type", "http", "--header", _HEADER, "--no-oauth", "{name}", "{url}"),
    ),
    RealClient(
        id="qoder-cli",
        package="@qoder-ai/qodercli",
        file=".qoder/settings.json",
        content="{\n  // mine\n}\n",
        listing=("qodercli", "mcp", "list"),
        report=_lines,
        add_stdio=("mcp", "add", "--scope", "user", "{name}", "--env", _VARIABLE, "--"),
        add_http=("mcp", "add", "--scope", "user", "--transport", "http", "{name}", "{url}", "--header", _HEADER),
        remove=("mcp", "remove", "--scope", "user"),
    ),
)


def only(*ids: str) -> pytest.MarkDecorator:
    """Let a test have these clients, instead of all of them in turn."""
    chosen = [client for client in CLIENTS if client.id in ids]
    return pytest.mark.parametrize("client", chosen, ids=[client.id for client in chosen], indirect=True)
