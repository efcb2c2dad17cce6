"""The files that clients themselves wrote (fixtures/), as the servers that the clients read from them."""

from __future__ import annotations

from typing import Any

from aisync_desktop.clients.items import McpServer, Transport

REMOTE = "http://127.0.0.1:8765/"


def probe(name: str, home: str, *more: str, **fields: Any) -> McpServer:
    args = ("/home/dev/scratch/probe.py", "stdio", name, f"/home/dev/scratch/h/{home}/probe.log", *more)
    return McpServer(command="python3", args=args, **fields)


def remote(path: str, transport: Transport = Transport.HTTP, **fields: Any) -> McpServer:
    return McpServer(transport=transport, url=REMOTE + path, **fields)


def of_example_com(headers: dict[str, str]) -> McpServer:
    return McpServer(transport=Transport.HTTP, url="https://e.com", headers=headers)


TOKEN = {"PROBE_A": "${SECRET_TOK}"}
TOKEN_HEADER = {"X-Tok": "${SECRET_TOK}"}
SCRATCH = "/tmp"  # noqa: S108 - what the fixture says
EXAMPLE = "https://example.com/mcp"
WRITTEN_BY_CLIENTS: dict[str, tuple[dict[str, McpServer], dict[str, str]]] = {
    "amp.settings.json": (
        {
            "local1": McpServer(command="python3", args=("server.py",), env=TOKEN),
            "http1": remote("mcp", headers=TOKEN_HEADER),
        },
        {},
    ),
    "auggie.settings.json": (
        {
            "local1": McpServer(command="python3", args=("server.py",), env=TOKEN),
            "http1": remote("mcp", headers={"X-Tok": "abc"}),
        },
        {},
    ),
    "cline.client-written.json": (
        {"local1": McpServer(command="python3", args=("server.py",)), "http1": remote("mcp", headers={"X-Tok": "abc"})},
        {},
    ),
    "cline.mixed-nested-and-flat.json": (
        {
            "sse1": remote("sse", Transport.SSE),
            "flat": McpServer(command="echo", args=("x",), enabled=False, timeout_ms=30_000),
            "flaturl": remote("f", Transport.SSE),
            "zz": McpServer(command="echo", args=("hi",)),
        },
        {"local1": "lens.reference-stays", "http1": "lens.reference-stays"},
    ),
    "droid.mcp.json": (
        {"local1": probe("local1", "droid", env=TOKEN), "http1": remote("mcp", headers=TOKEN_HEADER)},
        {},
    ),
    "qoder-cli.settings.json": (
        {"local1": probe("local1", "qod", env=TOKEN), "http1": remote("mcp", enabled=False)},
        {},
    ),
    "qoder-cli.hand-jsonc-after-mcp-add.jsonc": (
        {
            "l1": probe(
                "l1",
                "qod2",
                "${SECRET_TOK}",
                "${SECRET_TOK}",
                "${NOPE_X:-dflt}",
                "${NOPE_X}",
                "${env:SECRET_TOK}",
                env=TOKEN,
            ),
            "nt": remote("nt", headers={"X-A": "${SECRET_TOK}"}),
            "zz": McpServer(command="echo", args=("hi",)),
        },
        {},
    ),
    "claude-code.dot-claude.json": (
        {
            "u-stdio": McpServer(
                command="node", args=("./srv.js", "--flag", "a b"), env={"API_KEY": "literal", "B": "${TOK}"}
            ),
            "u-http": McpServer(
                transport=Transport.HTTP, url=EXAMPLE, headers={"Authorization": "Bearer ${TOKEN}", "X-Key": "v"}
            ),
        },
        {"u-full": "lens.unmapped"},
    ),
    "codex.after-mcp-add.toml": (
        {
            "c-http": McpServer(transport=Transport.HTTP, url=EXAMPLE, headers={"Authorization": "Bearer ${MY_TOKEN}"}),
            "a.b/c": McpServer(command="echo"),
        },
        {"c-stdio": "lens.reference-stays"},  # its ${TOK} is plain text
    ),
    "codex.imported.toml": (
        {
            "always": McpServer(command="x"),
            "env_same": McpServer(command="x", env={"API_KEY": "${API_KEY}"}),
            "hdr_bearer": of_example_com({"Authorization": "Bearer ${TOKEN}"}),
            "hdr_env": of_example_com({"X-E": "${XE}"}),
            "hh": of_example_com({}),
            "oauth": of_example_com({}),
            "to": McpServer(command="x"),
        },
        {},
    ),
    "continue.hand-read-ok.yaml": (
        {"h1": remote("mcp", headers=TOKEN_HEADER)},
        {"l1": "lens.reference-stays"},  # its ${SECRET_TOK} is plain text
    ),
    "copilot-cli.after-add-to-hand.json": (
        {
            "a": McpServer(command="echo", args=("${SECRET_TOK}",)),  # its `disabled` is ignored
            "b": McpServer(command="echo", args=("hi",)),
        },
        {},
    ),
    "copilot-cli.mcp-config.json": (
        {
            "local1": McpServer(
                command="python3", args=("server.py",), env=TOKEN, timeout_ms=5000, only_tools=("ping_tool",)
            ),
            "http1": remote("mcp", headers=TOKEN_HEADER),
            "sse1": remote("sse", Transport.SSE),
        },
        {},
    ),
    "gemini-cli.hand.jsonc": (
        {
            "hand": McpServer(
                command="python3",
                args=(
                    "/home/dev/scratch/probe.py",
                    "stdio",
                    "hand",
                    "${PROBE_LOG}",
                    "${SECRET_TOK}",
                    "${SECRET_TOK}",
                    "${NOPE_X:-dflt}",
                    "$${SECRET_TOK}",
                    "%SECRET_TOK%",
                    "${env:SECRET_TOK}",
                ),
                env={"PROBE_B": "${SECRET_TOK}", "PROBE_U": "${NOPE_X}", "PROBE_W": "${NOPE_X}"},
            ),
            "weburl": remote("u", headers=TOKEN_HEADER),
            "webhttpurl": remote("h", headers=TOKEN_HEADER),
            "webtype": remote("t"),
            "unknownfield": McpServer(
                command="python3", args=("/home/dev/scratch/probe.py", "stdio", "unk", "${PROBE_LOG}"), cwd=SCRATCH
            ),
        },
        {},
    ),
    "crush.hand.json": (
        {
            "local1": McpServer(
                command="python3",
                args=("server.py", "C:\\dir"),
                env=TOKEN,
                startup_timeout_ms=30_000,
                only_tools=("ping",),
            ),
            "http1": remote("mcp", headers={"Authorization": "Bearer ${SECRET_TOK:-none}"}, enabled=False),
            "sse1": remote("sse", Transport.SSE, hidden_tools=("drop",)),
        },
        {
            "runs": "lens.reference-stays",  # it is the output of a program
            "needs": "lens.reference-stays",
            "oauth": "lens.unmapped",
            "untyped": "lens.unknown-shape",  # the client does not start it
        },
    ),
    "goose.generated.yaml": (
        {"off": remote("off", enabled=False)},
        {"loc": "lens.reference-stays", "web": "lens.reference-stays"},
    ),
    "kilo.client-written.jsonc": (
        {"local1": probe("local1", "kilo", env=TOKEN), "http1": remote("mcp", headers=TOKEN_HEADER)},
        {},
    ),
    "opencode.client-written.jsonc": (
        {
            "local1": probe("local1", "oc", "${SECRET_TOK}", env=TOKEN),
            "http1": remote("mcp", headers=TOKEN_HEADER),
        },
        {},
    ),
    "opencode.hand-then-mcp-add.jsonc": (
        {"zz": McpServer(command="echo", args=("hi",))},
        {"local1": "lens.tools-hidden", "off1": "lens.unmapped", "toggle": "lens.unknown-shape"},
    ),
    "qwen-code.user-settings.json": (
        {
            "u-stdio": McpServer(
                command="node", args=("./srv.js", "--flag", "a b"), env={"API_KEY": "literal", "B": "${TOK}"}
            ),
            "u-http": McpServer(
                transport=Transport.HTTP,
                url=EXAMPLE,
                headers={"Authorization": "Bearer ${TOKEN}"},
                timeout_ms=5000,
                only_tools=("a,b",),
                hidden_tools=("c",),
            ),
        },
        {},
    ),
}
