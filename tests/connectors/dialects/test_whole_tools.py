"""Lists of tools' names, of which one counts before the others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.connectors.dialects.base import Dialect
from aisync_desktop.connectors.lens import MAIN
from aisync_desktop.core.permissions import Action, Request, Subject, Tool
from aisync_desktop.documents.parse import empty
from aisync_desktop.documents.protocol import Document, Format
from tests.connectors.dialects import laws
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


@given(laws.SUBJECTS, laws.ACTIONS, st.sampled_from([NAMES, PATTERNS, ALLOWED]))
def test_what_is_refused_would_not_be_read_back(subject: Subject, action: Action, dialect: Dialect) -> None:
    begun = empty(Format.JSON if dialect is ALLOWED else Format.YAML)
    found = [(one.subject, one.action) for one in dialect.lines(dialect.write({MAIN: begun}, {subject: action}))]
    assert (found == [(subject, action)]) is (dialect.refusal(subject, action) is None)


@pytest.mark.parametrize("text", ["", "user: 1\n", "user:\n  always_allow: x\n", "user: [1]\n", "allow: {a: b}\n"])
def test_nothing_that_stands_there_is_too_strange(text: str) -> None:
    for dialect in (NAMES, PATTERNS):
        assert dialect.lines({MAIN: yaml(text)}) == ()
        assert dialect.verdict((), Request(Tool.MCP, ""), WHERE).action is Action.ASK


def test_every_request_can_be_judged() -> None:
    laws.check_whole_corpus(NAMES, NAMED)
    laws.check_whole_corpus(PATTERNS, yaml("allow: ['Bash(foo *)', '*']\n"))
