"""What the engine would say at the first run, on a machine with six clients."""

from __future__ import annotations

import datetime as dt

from aisync_desktop.clients.items import Kind
from aisync_desktop.kernel.line_diff import diff_lines
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.problem import Problem
from aisync_desktop.sync.applying.questions import Difference, Question, QuestionSide
from aisync_desktop.sync.model.status import ClientState, ClientStatus, Health, Status
from aisync_desktop.sync.reports.changed_items import ChangedItem
from aisync_desktop.sync.reports.consent import AskedGroup, FoundClient, KeptFile, Proposal, ProposedFile
from aisync_desktop.sync.reports.file_edits import Counts, LeftOut

HOME = "/home/mina"
CODEX_BEFORE = """model = "o4"
approval_policy = "on-request"

[mcp_servers.files]
command = "npx"
args = ["@mcp/files"]

# the database of the shop
[mcp_servers.postgres]
command = "uvx"
args = ["postgres-mcp"]
"""
CODEX_AFTER = """model = "o4"
approval_policy = "on-request"

[mcp_servers.files]
command = "npx"
args = ["@mcp/files"]

# the database of the shop
[mcp_servers.postgres]
command = "uvx"
args = ["postgres-mcp", "--access-mode=readonly"]

[mcp_servers.github]
url = "https://api.github.com/mcp/"
bearer_token_env_var = "GITHUB_TOKEN"

[mcp_servers.playwright]
command = "npx"
args = ["@playwright/mcp"]
"""
CURSOR_BEFORE = '{\n  "mcpServers": {}\n}\n'
CURSOR_AFTER = """{
  "mcpServers": {
    "github": {
      "url": "https://api.github.com/mcp/"
    },
    "postgres": {
      "command": "uvx",
      "args": ["postgres-mcp", "--access-mode=readonly"]
    }
  }
}
"""
RULES = "".join(f"- Rule number {number}.\n" for number in range(1, 15))
NAMES = {
    "claude-code": "Claude Code",
    "codex": "Codex CLI",
    "qwen-code": "Qwen Code",
    "cursor": "Cursor",
    "rovodev": "Rovo Dev",
    "gemini-cli": "Gemini CLI",
}


def left_out(client: str, item: str, field: str) -> LeftOut:
    """Return what a client cannot have."""
    return LeftOut(
        client=client,
        name=NAMES[client],
        scope="user",
        item=item,
        kind=Kind.MCP,
        field=field,
        reason=text("loss.field", client=NAMES[client], field=field),
    )


def edit(
    client: str,
    path: str,
    counts: dict[Kind, Counts],
    texts: tuple[str, str],
    losses: tuple[LeftOut, ...] = (),
) -> ProposedFile:
    """Return a file that would be written."""
    lines = tuple(diff_lines(*texts, 3))
    return ProposedFile(
        client=client,
        name=NAMES[client],
        clients=(client,),
        scope="user",
        kinds=tuple(counts),
        path=f"{HOME}/{path}",
        end="",
        creates=not texts[0],
        removes=not texts[1],
        changes=(ChangedItem(item="mcp/github", kind=Kind.MCP, name="github", change="added"),),
        counts=counts,
        added=sum(line.sign == "+" for line in lines),
        removed=sum(line.sign == "-" for line in lines),
        lines=lines,
        hidden=False,
        left_out=losses,
        items=1,
    )


MCP, RULE, PERMISSION = Kind.MCP, Kind.RULES, Kind.PERMISSIONS
_JSON = (CURSOR_BEFORE, CURSOR_AFTER)
FILES = (
    edit("claude-code", ".claude.json", {MCP: Counts(added=2)}, _JSON),
    edit(
        "codex",
        ".codex/config.toml",
        {MCP: Counts(added=2, changed=1)},
        (CODEX_BEFORE, CODEX_AFTER),
        (left_out("codex", "mcp/playwright", "tools"),),
    ),
    edit("codex", ".codex/AGENTS.md", {RULE: Counts(added=14)}, ("# Codex\n", f"# Codex\n{RULES}")),
    edit("qwen-code", ".qwen/settings.json", {MCP: Counts(added=2), PERMISSION: Counts(added=5)}, _JSON),
    edit("qwen-code", ".qwen/QWEN.md", {RULE: Counts(added=14)}, ("", RULES)),
    edit(
        "cursor",
        ".cursor/mcp.json",
        {MCP: Counts(added=4)},
        _JSON,
        (left_out("cursor", "mcp/postgres", "startup_timeout"), left_out("cursor", "mcp/github", "tool_timeout")),
    ),
    edit("rovodev", ".rovodev/mcp.json", {MCP: Counts(added=4)}, _JSON),
    edit("gemini-cli", ".gemini/settings.json", {MCP: Counts(added=2), PERMISSION: Counts(added=3)}, _JSON),
)
BROKEN = Problem(
    title=text("documents.malformed"),
    message=text("documents.expected.comma", line=12, column=3),
    next_step=text("documents.malformed.next"),
    path=f"{HOME}/.cursor/mcp.json",
)
CLIENTS = tuple(
    FoundClient(
        client=client,
        name=name,
        files=tuple(file.path for file in FILES if file.client == client),
        items=4,
        program="",
        on=True,
        problems=(),
        kinds={MCP: 2 + number, RULE: number % 2, PERMISSION: 3 * (number % 3)},
    )
    for number, (client, name) in enumerate(NAMES.items())
)
STAYS = tuple(
    KeptFile(client="claude-code", name="Claude Code", path=f"{HOME}/.claude/{name}", kinds=(RULE,))
    for name in ("CLAUDE.md", "settings.json", "a.md", "b.md", "c.md")
)
_AT = dt.datetime(2026, 3, 1, 12, 30, tzinfo=dt.UTC)


def _side(take: str, minutes: int, fields: dict[str, object]) -> QuestionSide:
    at = _AT + dt.timedelta(minutes=minutes)
    return QuestionSide.model_validate({"take": take, "name": NAMES[take], "written_at": at, "fields": fields})


POSTGRES = Question(
    id="029a",
    kind="conflict",
    item="mcp/postgres",
    scope="user",
    summary=text("decision.conflict", item="postgres", clients="Claude Code, Codex CLI"),
    revision="r1",
    choices=("claude-code", "codex", "merged"),
    sides=(
        _side("claude-code", 5, {"command": "uvx", "args": ["postgres-mcp", "--access-mode=readonly"]}),
        _side("codex", 1, {"command": "uvx", "args": ["postgres-mcp"]}),
    ),
    differences=(
        Difference(
            field="args",
            sides={"claude-code": "postgres-mcp --access-mode=readonly", "codex": "postgres-mcp"},
            clashes=True,
        ),
    ),
)
FILES_SERVER = POSTGRES.model_copy(
    update={
        "id": "11f0",
        "item": "mcp/files",
        "differences": (
            Difference(field="env.LEVEL", sides={"claude-code": "debug", "codex": None}, merged_from="claude-code"),
        ),
    }
)
SECRET = Question(
    id="7c1e",
    kind="secret",
    item="mcp/github",
    scope="user",
    summary=text("decision.secret", item="github"),
    revision="r2",
    choices=("copy", "leave"),
)
ASKED = (
    AskedGroup(
        kind="conflict",
        item_kind="mcp",
        summary=text("decision.conflict", item="postgres", clients="Claude Code, Codex CLI"),
        decisions=(POSTGRES, FILES_SERVER),
    ),
    AskedGroup(kind="secret", item_kind="mcp", summary=text("decision.secret", item="github"), decisions=(SECRET,)),
)
PROPOSAL = Proposal(
    files=FILES,
    stays=STAYS,
    clients=(*CLIENTS[:3], CLIENTS[3].model_copy(update={"problems": (BROKEN,)}), *CLIENTS[4:]),
    asked=ASKED,
    losses=3,
    questions=3,
    problems=1,
    agreed="what-was-shown",
)
CALM = PROPOSAL.model_copy(update={"asked": (), "questions": 0, "clients": CLIENTS, "problems": 0})
ALIKE = CALM.model_copy(update={"files": (), "agreed": "nothing"})
NOBODY = CALM.model_copy(update={"files": (), "clients": (), "stays": ()})
_ABSENT = ("Amp", "Crush", "Goose", "Kiro", "opencode", "Windsurf", "Zed")
NEW = Status(
    health=Health.NEW,
    headline=text("status.new", clients=6),
    clients=tuple(ClientStatus(id=name.lower(), name=name, scope="user", state=ClientState.ABSENT) for name in _ABSENT),
)
