"""Rules with priorities, as the client's own policy engine reads and evaluates what we wrote."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

from aisync_desktop.clients.descriptor import DialectName
from aisync_desktop.clients.dialects.priority import Engine
from aisync_desktop.clients.lens import MAIN, Documents
from aisync_desktop.documents.parse import parse
from aisync_desktop.documents.protocol import Format
from aisync_desktop.permissions.language import Action, Request, Subject, Tool
from tests.helpers.dialect_laws import endpoint
from tests.oracles.clients import RealClient, only
from tests.oracles.sandbox import PROGRAMS, Sandbox
from tests.permission_corpus import COMMANDS, MCP_TOOLS, WHERE

ENGINE = Engine(endpoint(DialectName.PRIORITY, Format.TOML, root=["rule"]))
BUNDLE = PROGRAMS / "@google" / "gemini-cli" / "bundle"
ACTIONS = {"allow": Action.ALLOW, "ask_user": Action.ASK, "deny": Action.DENY}
SPELLED = [
    "shell: foo",
    "shell: foo a",
    "shell: bar",
    "shell = foo a",
    "shell ~ foo *",
    "shell ~ * a*",
    "shell: git push",
]
SPELLED += [
    "shell ~ foo [?+é한*",
    "shell",
    "mcp",
    "mcp: github",
    "mcp: github.get_issue",
    "mcp: a_b.c",
    "edit",
    "fetch",
    "read",
]
TOOL_NAMES = [
    "run_shell_command",
    "run_shell_command",
    "*",
    "replace",
    "read_file",
    "mcp_github_*",
    "mcp_*",
    "get_issue",
]
ABOUT: dict[str, list[Any]] = {
    "mcpName": ["github", "*", "files"],
    "commandPrefix": ["foo", "foo a", ["foo b", "baz"], "", [], "foo 'a", 'foo "a'],
    "commandRegex": ["foo", "foo .*a", "(foo|bar) a", 'foo a"', "^foo", "foo.*$", r"foo\\s+a", "", "f.o", "foo.*bar.*"],
    "argsPattern": ["foo", "a", '"command":"foo a"'],
    "modes": [["plan"], ["default", "autoEdit", "yolo"], []],
    "interactive": [True, False],
    "subagent": ["x"],
    "toolAnnotations": [{"readOnlyHint": True}],
    "allowRedirection": [True],
}
FILES = 120


def written_rule(chance: random.Random) -> str:
    """Return a rule as people may have it: odd ones, too, but none that the client refuses."""
    rule: dict[str, Any] = {"toolName": chance.choice(TOOL_NAMES)}
    for key in chance.sample([*ABOUT], chance.randint(0, 2)):
        rule[key] = chance.choice(ABOUT[key])
    rule |= {"decision": chance.choice([*ACTIONS]), "priority": chance.choice([0, 10, 500, 950, 965, 980, 999])}
    return "[[rule]]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in rule.items()) + "\n"


def _toml(value: object) -> str:
    return "{ readOnlyHint = true }" if isinstance(value, dict) else json.dumps(value)


def some_rules(chance: random.Random) -> Documents:
    """Return a file with rules of a user and of ours, some of them taken out again or changed."""
    theirs = "".join(written_rule(chance) for _ in range(chance.choice([0, 1, 2, 5])))
    documents: Documents = {MAIN: parse(theirs.encode(), Format.TOML)}
    for _ in range(chance.randint(1, 7)):
        subject = Subject.parse(chance.choice(SPELLED))
        action = chance.choice([*Action, None])
        if action is None or ENGINE.hindrance(documents, subject, action) is None:
            documents = ENGINE.write(documents, {subject: action})
    return documents


def requests(chance: random.Random) -> list[Request]:
    commands = [Request(Tool.SHELL, command) for command in chance.sample(COMMANDS, 80)]
    files = [Request(Tool.EDIT, f"{WHERE.root}/{name}") for name in ("a.py", "package.json", "x/Dockerfile.dev")]
    tools = [Request(Tool.MCP, name) for name in (*MCP_TOOLS, "github.get_issue", "github.other", "a_b.c")]
    return [
        *commands,
        *files,
        *tools,
        Request(Tool.FETCH, "https://example.com"),
        Request(Tool.READ, f"{WHERE.root}/a.py"),
    ]


def call(request: Request) -> tuple[str, dict[str, str], str | None]:
    match request.tool:
        case Tool.SHELL:
            return "run_shell_command", {"command": request.argument}, None
        case Tool.EDIT:
            return "replace", {"file_path": request.argument}, None
        case Tool.READ:
            return "read_file", {"file_path": request.argument}, None
        case Tool.FETCH:
            return "web_fetch", {"prompt": request.argument}, None
    server, _, tool = request.argument.partition(".")
    return f"mcp_{server}_{tool}", {}, server


def answers(box: Sandbox, asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    files = [box.home / "asked", box.home / "answered"]
    files[0].write_text("".join(json.dumps(one) + "\n" for one in asked), encoding="utf-8")
    script = Path(__file__).with_name("policy.mjs")
    ran = box.run("node", str(script), str(BUNDLE), *map(str, files), patience=150)
    assert ran.code == 0, ran.err
    return [json.loads(line) for line in files[1].read_text(encoding="utf-8").splitlines()]


@only("gemini-cli")
def test_the_client_decides_by_every_file_as_we_do(client: RealClient, box: Sandbox) -> None:
    assert client.id == "gemini-cli"
    chance = random.Random(26)
    documents = [some_rules(chance) for _ in range(FILES)]
    wanted = [requests(chance) for _ in documents]
    asked = [
        {"rules": one[MAIN].dump().decode(), "calls": [call(request) for request in each]}
        for one, each in zip(documents, wanted, strict=True)
    ]
    found: Counter[str] = Counter()
    for one, each, answer in zip(documents, wanted, answers(box, asked), strict=True):
        assert set(answer["errors"]) <= {"rule_validation"}, one[MAIN].dump()  # it reads such rules all the same
        lines = ENGINE.lines(one)
        for request, (decision, by_user) in zip(each, answer["answers"], strict=True):
            verdict = ENGINE.verdict(lines, request, WHERE)
            if verdict.line is None:
                found["left open" if by_user else "its own"] += 1
            else:
                assert verdict.action is ACTIONS[decision], (one[MAIN].dump(), request)
                found["same"] += 1
    assert found["same"] > 2 * found["left open"], found
