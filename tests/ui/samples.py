"""Statuses as the engine publishes them, for every test of the interface."""

from __future__ import annotations

import datetime as dt

from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.problem import Problem
from aisync_desktop.sync.model.status import (
    Activity,
    ClientState,
    ClientStatus,
    DecisionStatus,
    Done,
    Health,
    ItemChange,
    Status,
)

CANARY = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
CLAUDE = ClientStatus(
    id="claude-code", name="Claude Code", scope="user", state=ClientState.IN_STEP, items=12, paths=("/h/.claude.json",)
)
CODEX = ClientStatus(
    id="codex",
    name="Codex CLI",
    scope="user",
    state=ClientState.BEHIND,
    items=9,
    losses=2,
    paths=("/h/.codex/config.toml",),
)
PROBLEM = Problem(
    title=text("documents.malformed"),
    message=text("documents.expected.comma", line=12, column=3),
    next_step=text("documents.malformed.next"),
    path="/h/.qwen/settings.json",
)
QWEN = ClientStatus(
    id="qwen-code",
    name="Qwen & Code",
    scope="project:/h/shop",
    state=ClientState.UNREADABLE,
    paths=("/h/shop/.qwen/settings.json",),
    problem=PROBLEM,
)
GONE = ClientStatus(id="rovodev", name="Rovo Dev", scope="user", state=ClientState.ABSENT)
OTHER_DECISION = DecisionStatus(
    id="8", kind="conflict", item="mcp/files", scope="user", summary=text("decision.secret", item="files")
)
DECISION = DecisionStatus(
    id="7", kind="secret", item="mcp/github", scope="user", summary=text("decision.secret", item="github")
)
LAST = Activity(
    at=dt.datetime(2026, 3, 1, 12, 30, tzinfo=dt.UTC),
    origin="claude-code",
    summary=text("activity.synced", items=2, files=3),
    writes=3,
)

ADDED = LAST.model_copy(
    update={"changes": (ItemChange(item="mcp/github", done=Done.ADDED),), "snapshot": 7, "origin": "codex"}
)

IN_STEP = Status(
    health=Health.IN_STEP,
    headline=text("status.in-step"),
    line=text("status.in-step.line", items=12, clients=2),
    items=12,
    clients=(CLAUDE, CODEX.model_copy(update={"state": ClientState.IN_STEP})),
    adopted=True,
)
WAITING = Status(
    health=Health.DECISION,
    headline=text("status.decision", count=1),
    line=text("status.unreadable", count=1),
    trouble=text("status.unreadable", count=1),
    items=12,
    clients=(CLAUDE, CODEX, QWEN, GONE),
    decisions=(DECISION,),
    problems=(PROBLEM,),
    last=LAST,
    adopted=True,
    sequence=1,
)
ASKED = WAITING.model_copy(
    update={"problems": (), "trouble": None, "last": None, "line": text("status.else-in-step", items=12, clients=2)}
)
PAUSED = IN_STEP.model_copy(
    update={
        "health": Health.PAUSED,
        "headline": text("status.paused"),
        "line": text("status.paused.line"),
        "paused": True,
        "pause": text("status.paused"),
    }
)
NEW = Status(health=Health.NEW, headline=text("status.new", clients=2), clients=(CLAUDE, CODEX))


def with_health(health: Health) -> Status:
    """Return a status with this health."""
    return IN_STEP.model_copy(update={"health": health})
