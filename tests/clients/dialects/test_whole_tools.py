"""Lists of tools' names, of which one counts before the others."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.dialects.base import Conditional, Dialect
from aisync_desktop.clients.lens import MAIN
from aisync_desktop.documents.parse import empty
from aisync_desktop.documents.protocol import Document, Format
from aisync_desktop.permissions.language import Action, Request, Subject, Tool
from tests.clients.dialects import laws
from tests.permission_corpus import WHERE

NAMES = laws.engine(
    "whole-tools",
    Format.YAML,
    root=["user"],
    lists={"deny": ["never_allow"], "allow": ["always_allow"], "ask": ["ask_before"]},
    tools={"shell": "developer__shell", "mcp": "{server}__{tool}"},
    complete=True,
)
PATTERNS = laws.engine(
    "whole-tools",
    Format.YAML,
    lists={"deny": ["exclude"], "ask": ["ask"], "allow": ["allow"]},
    tools={"shell": "Bash", "read": "Read", "fetch": "Fetch"},
    patterns=True,
)
ALLOWED = laws.engine(
    "whole-tools", lists={"allow": ["permissions", "allowed_tools"]}, tools={"shell": "bash", "read": "view"}
)
PARTS = laws.engine(
    "whole-tools",
    lists={"deny": ["options", "disabled_tools"], "allow": ["permissions", "allowed_tools"]},
    stops=["shell"],
    tools={"shell": "bash:execute", "read": "view:read", "fetch": "fetch:fetch", "mcp": "mcp_{server}_{tool}:execute"},
    unasked={"read": ["./"], "shell": ["ls", "env", "git log"]},
)
TEMPLATE = """# cn tool permissions

# Tools that are automatically allowed without prompting
allow: []

# Tools that require user confirmation before execution
ask: []

# Tools that are completely excluded (model won't know they exist)
exclude: []
"""


def yaml(text: str) -> Document:
    return laws.document(text, Format.YAML)


NAMED = yaml(
    "user:\n  always_allow:\n  - gh__get_issue\n  - both\n  ask_before:\n  - developer__shell\n  - both\n"
    "  never_allow:\n  - gh__delete\nsmart_approve:\n  always_allow: []\n  ask_before:\n  - x\n  never_allow: []\n"
)


@pytest.mark.parametrize(
    ("tool", "argument", "expected"),
    [
        (Tool.MCP, "gh.get_issue", "allow"),
        (Tool.MCP, "gh.delete", "deny"),
        (Tool.MCP, "gh.other", "ask"),
        (Tool.SHELL, "ls", "ask"),
        (Tool.READ, "/x", "ask"),
    ],
)
def test_names_are_compared_whole(tool: Tool, argument: str, expected: str) -> None:
    assert laws.action_of(NAMES, NAMED, argument, tool) == expected


def test_names_mean_subjects_or_nothing_that_others_know() -> None:
    assert laws.shown(NAMES, NAMED) == {
        "never_allow: gh__delete": "mcp: gh.delete",
        "always_allow: gh__get_issue": "mcp: gh.get_issue",
        "always_allow: both": "permission.tool",
        "ask_before: developer__shell": "shell",
        "ask_before: both": "permission.shadowed",
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [("npm test", "allow"), ("npm test x", "ask"), ("ls -l; rm x", "allow"), ("rm x", "deny"), ("a; rm x", "ask")],
)
def test_a_pattern_is_about_the_whole_line(line: str, expected: str) -> None:
    held = yaml("allow: [Bash(npm test), 'Bash(ls*)', Read]\nexclude: ['Bash(rm *)', 'mcp__*']\n")
    assert laws.action_of(PATTERNS, held, line) == expected
    assert list(laws.shown(PATTERNS, held).values()) == [
        "shell ~ rm *",
        "permission.tool",
        "shell = npm test",
        "shell ~ ls*",
        "read",
    ]


def test_no_pattern_is_written_that_would_allow_a_second_command() -> None:
    assert PATTERNS.refusal(Subject.parse("shell ~ ls *"), Action.ALLOW) is not None
    assert PATTERNS.refusal(Subject.parse("shell = npm test"), Action.ALLOW) is None
    assert NAMES.refusal(Subject.parse("shell = npm test"), Action.ALLOW) is not None


def test_a_client_that_only_allows_cannot_be_told_to_deny() -> None:
    refused = ALLOWED.refusal(Subject.parse("shell"), Action.DENY)
    assert refused is not None
    assert refused.code == "loss.permission-action"
    assert (
        laws.action_of(ALLOWED, laws.document('{"permissions": {"allowed_tools": ["view", "bash:x"]}}'), "ls") == "ask"
    )


def parts(*, allowed: list[str] | None = None, disabled: list[str] | None = None) -> Document:
    """Return a file that allows some tools and takes some away."""
    held = {"options": {"disabled_tools": disabled or []}, "permissions": {"allowed_tools": allowed or []}}
    return laws.document(json.dumps(held))


@pytest.mark.parametrize(
    ("allowed", "disabled", "tool", "argument", "expected"),
    [
        (["bash"], [], Tool.SHELL, "rm -rf x", "allow"),
        (["bash:execute"], [], Tool.SHELL, "rm -rf x", "allow"),
        (["bash:read"], [], Tool.SHELL, "rm -rf x", "ask"),
        (["bash"], ["bash"], Tool.SHELL, "rm -rf x", "deny"),
        (["bash"], ["bash:execute"], Tool.SHELL, "rm -rf x", "allow"),  # no name of a tool
        ([], ["bash"], Tool.SHELL, "ls", "deny"),
        (["view"], [], Tool.READ, "/etc/passwd", "allow"),
        (["view"], ["view"], Tool.READ, "/etc/passwd", "ask"),  # others read as well: nothing is known
        (["fetch:fetch"], ["fetch"], Tool.FETCH, "example.com", "ask"),
        (["edit", "write", "multiedit"], [], Tool.EDIT, "/home/user/project/a", "ask"),
        (["mcp_gh_get_issue"], [], Tool.MCP, "gh.get_issue", "allow"),
        (["mcp_gh_get_issue:execute"], [], Tool.MCP, "gh.get_issue", "allow"),
        (["mcp_gh_get_issue"], ["mcp_gh_get_issue"], Tool.MCP, "gh.get_issue", "allow"),  # only its own are taken away
        (["mcp_gh"], [], Tool.MCP, "gh.get_issue", "ask"),
    ],
)
def test_what_is_taken_away_counts_first_as_far_as_the_name_is_all_of_a_tool(
    allowed: list[str], disabled: list[str], tool: Tool, argument: str, expected: str
) -> None:
    held = parts(allowed=allowed, disabled=disabled)
    assert laws.action_of(PARTS, held, argument, tool) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ls", "allow"),
        ("ls -la /etc", "allow"),
        ("LS -la", "allow"),
        ("git log --oneline", "allow"),
        ("ls > out.txt", "allow"),
        ("env rm -rf x", "allow"),  # it goes by the first words only
        ("ls & rm -rf x", "allow"),
        ("ls; rm x", "ask"),
        ("ls $(rm x)", "ask"),
        ("lsof", "ask"),
        ("git push", "ask"),
        ("", "ask"),
    ],
)
def test_what_a_client_runs_unasked_is_told_by_no_line(line: str, expected: str) -> None:
    verdict = PARTS.verdict((), Request(Tool.SHELL, line), WHERE)
    assert (verdict.action.value, verdict.line) == (expected, None)


def test_files_of_the_project_are_read_unasked() -> None:
    outside = (f"{WHERE.root}x/a", "/etc/passwd")
    assert laws.action_of(PARTS, parts(), f"{WHERE.root}/a", Tool.READ) == "allow"
    assert {laws.action_of(PARTS, parts(), path, Tool.READ) for path in outside} == {"ask"}
    assert laws.action_of(PARTS, parts(), f"{WHERE.root}/a", Tool.EDIT) == "ask"


def test_a_part_of_a_tool_that_is_taken_away_is_no_denial_elsewhere_and_no_allowance() -> None:
    held = parts(allowed=["view:read", "bash", "mcp_gh_x"], disabled=["view", "grep", "mcp_gh_x"])
    assert laws.shown(PARTS, held) == {
        "disabled_tools: view": "permission.part",
        "disabled_tools: grep": "permission.tool",
        "disabled_tools: mcp_gh_x": "permission.unread",
        "allowed_tools: view:read": "permission.shadowed",
        "allowed_tools: bash": "shell",
        "allowed_tools: mcp_gh_x": "mcp: gh.x",
    }


def test_what_a_part_that_is_taken_away_would_hide_is_not_written_beside_it() -> None:
    assert isinstance(PARTS, Conditional)
    documents = {MAIN: parts(disabled=["view"])}
    why = PARTS.hindrance(documents, Subject.parse("read"), Action.ALLOW)
    assert why is not None
    assert (why.code, why.params["rule"]) == ("loss.permission-order", "disabled_tools: view")
    assert PARTS.hindrance(documents, Subject.parse("fetch"), Action.ALLOW) is None
    assert PARTS.hindrance({MAIN: parts(disabled=["bash"])}, Subject.parse("shell"), Action.ALLOW) is None


@pytest.mark.parametrize(
    ("spelled", "action", "code"),
    [
        ("shell", Action.DENY, ""),
        ("shell", Action.ASK, "loss.permission-action"),
        ("shell: rm", Action.DENY, "loss.permission-matcher"),
        ("read", Action.DENY, "loss.permission-action"),
        ("fetch", Action.DENY, "loss.permission-action"),
        ("mcp: gh.x", Action.DENY, "loss.permission-action"),
        ("mcp: gh.get_issue", Action.ALLOW, ""),
        ("mcp: my_server.x", Action.ALLOW, "loss.permission-matcher"),  # it would be read as `my.server_x`
        ("mcp: gh", Action.ALLOW, "loss.permission-matcher"),
        ("edit", Action.ALLOW, "loss.permission-tool"),
        ("edit", Action.DENY, "loss.permission-tool"),
    ],
)
def test_what_the_name_of_a_tool_cannot_say_is_refused(spelled: str, action: Action, code: str) -> None:
    why = PARTS.refusal(Subject.parse(spelled), action)
    assert (why.code if why else "") == code


def test_an_allowance_in_the_longer_spelling_is_the_same_and_goes_with_the_shorter() -> None:
    held = parts(allowed=["bash:execute", "edit", "bash"])
    assert (
        laws.document(laws.written(PARTS, held, allow="shell")).value()
        == parts(allowed=["bash:execute", "edit"]).value()
    )
    assert laws.document(laws.written(PARTS, held, none="shell")).value() == parts(allowed=["edit"]).value()
    denied = laws.document(laws.written(PARTS, held, deny="shell"))
    assert denied.value() == parts(allowed=["edit"], disabled=["bash"]).value()


def test_the_clients_own_template_is_filled_and_emptied() -> None:
    filled = laws.written(PATTERNS, yaml(TEMPLATE), allow="read", deny="shell ~ rm *")
    assert filled == TEMPLATE.replace("allow: []", "allow: [Read]").replace("exclude: []", "exclude: [Bash(rm *)]")
    emptied = PATTERNS.write({MAIN: yaml(filled)}, {Subject.parse("read"): None, Subject.parse("shell ~ rm *"): None})
    assert emptied[MAIN].dump().decode() == TEMPLATE


def test_a_client_that_wants_all_lists_gets_them() -> None:
    begun = laws.written(NAMES, empty(Format.YAML), deny="mcp: gh.x")
    assert yaml(begun).value() == {"user": {"never_allow": ["gh__x"], "always_allow": [], "ask_before": []}}


@given(laws.SUBJECTS, laws.ACTIONS)
def test_what_is_written_is_read_back_and_goes_without_a_trace(subject: Subject, action: Action) -> None:
    laws.check_round_trip(NAMES, subject, action, NAMED)
    laws.check_round_trip(PATTERNS, subject, action, yaml(TEMPLATE))
    laws.check_round_trip(ALLOWED, subject, action)
    laws.check_round_trip(PARTS, subject, action)
    laws.check_round_trip(PARTS, subject, action, laws.document('{"options": {"debug": true}, "mcp": {}}'))


@given(laws.SUBJECTS, laws.ACTIONS, st.sampled_from([NAMES, PATTERNS, ALLOWED, PARTS]))
def test_what_is_refused_would_not_be_read_back(subject: Subject, action: Action, dialect: Dialect) -> None:
    begun = empty(Format.JSON if dialect in (ALLOWED, PARTS) else Format.YAML)
    found = [(one.subject, one.action) for one in dialect.lines(dialect.write({MAIN: begun}, {subject: action}))]
    assert (found == [(subject, action)]) is (dialect.refusal(subject, action) is None)


@pytest.mark.parametrize("text", ["", "user: 1\n", "user:\n  always_allow: x\n", "user: [1]\n", "allow: {a: b}\n"])
def test_nothing_that_stands_there_is_too_strange(text: str) -> None:
    for dialect in (NAMES, PATTERNS):
        assert dialect.lines({MAIN: yaml(text)}) == ()
        assert dialect.verdict((), Request(Tool.MCP, ""), WHERE).action is Action.ASK


def test_every_request_can_be_judged() -> None:
    laws.check_whole_corpus(NAMES, NAMED)
    laws.check_whole_corpus(PARTS, parts(allowed=["view", "mcp_a_b"], disabled=["fetch", "edit"]))
    laws.check_whole_corpus(PATTERNS, yaml("allow: ['Bash(foo *)', '*']\n"))
