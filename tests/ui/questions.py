"""Questions as the engine asks them, for the tests of the card."""

from __future__ import annotations

import datetime as dt

from aisync_desktop.kernel.messages import text
from aisync_desktop.sync.applying.questions import Question, QuestionSide, proposal_question
from aisync_desktop.sync.terms.agent_proposals import proposed

_AT = dt.datetime(2026, 3, 1, 12, 30, tzinfo=dt.UTC)
_BASE = {
    "transport": "stdio",
    "command": "npx",
    "args": ["-y", "<b>x</b>"],
    "env": {"TOKEN": "secret:0123456789abcdef"},
}

CLAUDE_SIDE = QuestionSide(
    take="claude-code",
    name="Claude & Code",
    path="/h/.claude.json",
    written_at=_AT,
    fields={**_BASE, "command": "bunx"},
    changed=("command",),
)
CODEX_SIDE = QuestionSide(
    take="codex",
    name="Codex CLI",
    path="/h/.codex/config.toml",
    fields={**_BASE, "command": "deno"},
    changed=("command",),
)
SERVER = Question(
    id="7",
    kind="conflict",
    item="mcp/github",
    scope="user",
    summary=text("decision.conflict", item="github", clients="Claude & Code, Codex CLI"),
    revision="r1",
    choices=("claude-code", "codex", "base", "merged"),
    base=_BASE,
    sides=(CLAUDE_SIDE, CODEX_SIDE),
    merged=_BASE,
    draft=_BASE,
)
RULES = SERVER.model_copy(
    update={
        "item": "rules/shared",
        "base": {"text": "one\ntwo\n"},
        "sides": (
            CLAUDE_SIDE.model_copy(update={"fields": {"text": "one\nzwei\n"}, "changed": ("text",)}),
            CODEX_SIDE.model_copy(update={"fields": None, "changed": ()}),
        ),
        "merged": None,
        "draft": {"text": "one\nzwei\n"},
    }
)
MASS = SERVER.model_copy(
    update={
        "kind": "mass-deletion",
        "item": "mcp/*",
        "summary": text("decision.mass-deletion", client="Codex CLI", count=2, items="files, github"),
        "choices": ("codex", "base"),
        "base": None,
        "sides": (CODEX_SIDE.model_copy(update={"fields": None}),),
        "merged": None,
        "draft": None,
        "gone": ("files", "github"),
    }
)
RESET = MASS.model_copy(update={"choices": ("codex", "base", "restore")})
STALE = SERVER.model_copy(update={"kind": "stale", "choices": ("codex", "base"), "sides": (CODEX_SIDE,)})
LEAK = STALE.model_copy(update={"kind": "leak"})
SECRET = SERVER.model_copy(update={"kind": "secret", "choices": (), "base": None, "sides": (CODEX_SIDE,)})
RENAME = SERVER.model_copy(
    update={
        "kind": "rename",
        "summary": text("decision.rename", item="github", names="gh (Claude & Code), hub (Codex CLI)"),
        "choices": ("claude-code", "codex", "base"),
        "sides": (
            CLAUDE_SIDE.model_copy(update={"renamed": "g&h", "fields": _BASE, "changed": ()}),
            CODEX_SIDE.model_copy(update={"renamed": "hub", "fields": _BASE, "changed": ()}),
        ),
        "merged": None,
        "draft": None,
    }
)
WIDER = SERVER.model_copy(
    update={
        "kind": "wider",
        "item": "permissions/shell: git push",
        "summary": text("decision.wider.allow", item="shell: git push"),
        "choices": ("copy", "leave"),
        "base": None,
        "sides": (
            CODEX_SIDE.model_copy(
                update={"examples": ("git push\nrm -rf <b>x</b>", "echo \u202ex"), "unsandboxed": True}
            ),
            QuestionSide(take="rovodev", name="Rovo Dev", fields={"action": "allow"}),
        ),
        "merged": None,
        "draft": None,
    }
)
UNKNOWN = SERVER.model_copy(update={"kind": "novel", "choices": ("codex", "base", "both & more"), "merged": None})

SERVERS = SERVER.model_copy(
    update={
        "kind": "project-servers",
        "item": "mcp/*",
        "scope": "project:/h/repo",
        "summary": text("decision.project-servers", project="repo", count=2, items="<b>db</b>, web"),
        "choices": ("allow", "leave"),
        "base": None,
        "sides": (
            QuestionSide(
                take="<b>db</b>",
                name="<b>db</b>",
                path="/h/repo/.mcp.json",
                fields=_BASE,
                lines=('command: "sh"', 'args: ["-c", "' + "x" * 900 + '"]'),
            ),
            QuestionSide(
                take="web", name="web", fields={"url": "https://a.example"}, lines=('url: "https://a.example"',)
            ),
        ),
        "merged": None,
        "draft": None,
    }
)
PROPOSED = proposal_question(
    proposed("project-add", {"path": "/home/me/<b>shop</b>"}, "claude-code", dt.datetime(2026, 1, 31, tzinfo=dt.UTC)),
    {"claude-code": "Claude Code"},
)

EVERY = {
    "proposal": PROPOSED,
    "server": SERVER,
    "rules": RULES,
    "mass": MASS,
    "reset": RESET,
    "rename": RENAME,
    "stale": STALE,
    "leak": LEAK,
    "secret": SECRET,
    "servers": SERVERS,
    "wider": WIDER,
    "unknown": UNKNOWN,
}
