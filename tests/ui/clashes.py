"""A server that two clients changed, as the design draws it, and what an answer to it would write."""

from __future__ import annotations

import datetime as dt

from aisync_desktop.kernel.line_diff import DiffLine
from aisync_desktop.kernel.messages import text
from aisync_desktop.service.operations.previews import AnswerPreview
from aisync_desktop.sync.applying.questions import Difference, Question, QuestionSide
from aisync_desktop.sync.reports.file_edits import FileEdit

_BASE = {
    "transport": "stdio",
    "command": "uvx",
    "args": ["postgres-mcp", "--access-mode=restricted"],
    "env": {"LOG_LEVEL": "info", "DATABASE_URI": "${DATABASE_URI}"},
}
_CODEX = {**_BASE, "args": ["postgres-mcp", "--access-mode=readonly", "--verbose"]}
_CURSOR = {
    **_BASE,
    "args": ["postgres-mcp", "--access-mode=unrestricted"],
    "env": {**_BASE["env"], "LOG_LEVEL": "debug"},  # type: ignore[dict-item]  # a mapping it is
}
_RESULT = {**_CODEX, "env": _CURSOR["env"]}
CODEX = QuestionSide(
    take="codex",
    name="Codex CLI",
    path="/h/.codex/config.toml",
    written_at=dt.datetime(2026, 3, 1, 12, 10, tzinfo=dt.UTC),
    fields=_CODEX,
    changed=("args",),
)
CURSOR = QuestionSide(
    take="cursor",
    name="Cursor",
    path="/h/.cursor/mcp.json",
    written_at=dt.datetime(2026, 3, 1, 12, 12, tzinfo=dt.UTC),
    fields=_CURSOR,
    changed=("args", "env.LOG_LEVEL"),
)
POSTGRES = Question(
    id="7",
    kind="conflict",
    item="mcp/postgres",
    scope="user",
    summary=text("decision.conflict", item="postgres", clients="Codex CLI, Cursor"),
    revision="r1",
    asked_at=dt.datetime(2026, 3, 1, 12, 12, tzinfo=dt.UTC),
    choices=("codex", "cursor", "base", "merged"),
    base=_BASE,
    sides=(CODEX, CURSOR),
    merged={**_BASE, "env": _CURSOR["env"]},
    draft={**_BASE, "env": _CURSOR["env"]},
    differences=(
        Difference(
            field="args",
            base='["postgres-mcp", "--access-mode=restricted"]',
            sides={
                "codex": '["postgres-mcp", "--access-mode=readonly", "--verbose"]',
                "cursor": '["postgres-mcp", "--access-mode=unrestricted"]',
            },
            clashes=True,
            spans={"codex": ((32, 53),), "cursor": ((32, 44),)},
        ),
        Difference(
            field="env.LOG_LEVEL",
            base="info",
            sides={"codex": "info", "cursor": "debug"},
            merged_from="cursor",
            spans={"cursor": ((0, 5),)},
        ),
    ),
)
_LINES = (
    DiffLine(sign=" ", text="[mcp_servers.postgres]", old=12, new=12),
    DiffLine(sign="-", text='args = ["postgres-mcp", "--access-mode=restricted"]', old=13, spans=((38, 48),)),
    DiffLine(
        sign="+", text='args = ["postgres-mcp", "--access-mode=readonly", "--verbose"]', new=13, spans=((38, 46),)
    ),
)


def edit(client: str, name: str, path: str) -> FileEdit:
    """Return what one file would be."""
    told = {"client": client, "name": name, "clients": (client,), "scope": "user", "kinds": ("mcp",), "path": path}
    said = {"end": "", "creates": False, "removes": False, "counts": {"mcp": {"changed": 1}}, "added": 1, "removed": 1}
    changes = ({"item": "mcp/postgres", "kind": "mcp", "name": "postgres", "change": "changed"},)
    return FileEdit.model_validate(
        {**told, **said, "changes": changes, "lines": _LINES, "hidden": False, "left_out": ()}
    )


PREVIEW = AnswerPreview(
    result=_RESULT,
    item="mcp/postgres",
    files=(
        edit("claude-code", "Claude Code", "/h/.claude.json"),
        edit("codex", "Codex CLI", "/h/.codex/config.toml"),
        edit("qwen-code", "Qwen Code", "/h/.qwen/settings.json"),
        edit("cursor", "Cursor", "/h/.cursor/mcp.json"),
    ),
    settles=("7",),
    agreed="what-was-shown",
)
