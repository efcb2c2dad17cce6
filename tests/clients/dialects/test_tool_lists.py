"""Lists of what runs unasked, by tool, which take the place of lists that are not in the file."""

from __future__ import annotations

import pytest
from hypothesis import given

from aisync_desktop.clients.dialects.base import Conditional
from aisync_desktop.clients.lens import MAIN
from aisync_desktop.documents.protocol import Document
from aisync_desktop.permissions.language import Action, Request, Subject, Tool
from tests.clients.dialects import laws
from tests.permission_corpus import WHERE

DIALECT = laws.engine("tool-lists", lists={"shell": ["terminalAllowlist"], "mcp": ["mcpAllowlist"]})
BOTH = laws.document('{\n  // mine\n  "mcpAllowlist": [],\n  "terminalAllowlist": [],\n  "autoRun": {}\n}\n')


def terminal(*entries: str) -> Document:
    return laws.document(f'{{"terminalAllowlist": [{", ".join(f"{chr(34)}{one}{chr(34)}" for one in entries)}]}}')


def tools(*entries: str) -> Document:
    return laws.document(terminal(*entries).dump().decode().replace("terminal", "mcp"))


@pytest.mark.parametrize(
    ("entry", "line", "expected"),
    [
        ("git", "git status", "allow"),
        ("git", "gitk", "ask"),
        ("git", "Git status", "ask"),
        ("git status", "git status -s", "allow"),
        ("git status", "git stash", "ask"),
        ("npm:install*", "npm install", "allow"),
        ("npm:install*", "npm install express", "allow"),
        ("npm:install*", "npm run x", "ask"),
        ("git", "git status && git diff", "allow"),
        ("git", "git status; rm x", "ask"),
        ("git", "git log > out.txt", "ask"),
        ("git", "git log > /dev/null", "allow"),
        ("git", "A=1 git log", "ask"),
        ("git", "git log $(rm x)", "ask"),
        ("git", "", "ask"),
        ("g*", "git log", "ask"),  # whether an entry without a colon is a pattern is not known
    ],
)
def test_a_command_runs_unasked_if_it_begins_as_an_entry_says(entry: str, line: str, expected: str) -> None:
    assert laws.action_of(DIALECT, terminal(entry), line) == expected


@pytest.mark.parametrize(
    ("entry", "called", "expected"),
    [
        ("github:get_issue", "github.get_issue", "allow"),
        ("GitHub:get_issue", "github.Get_Issue", "allow"),
        ("github:*", "github.anything", "allow"),
        ("github:list_*", "github.list_issues", "allow"),
        ("github:list_*", "github.get_issue", "ask"),
        ("*:get_issue", "other.get_issue", "allow"),
        ("*:*", "any.thing", "allow"),
        ("github", "github.get_issue", "ask"),
    ],
)
def test_a_tool_runs_unasked_if_its_server_and_name_are_meant(entry: str, called: str, expected: str) -> None:
    assert laws.action_of(DIALECT, tools(entry), called, Tool.MCP) == expected
    assert laws.action_of(DIALECT, tools(entry), called, Tool.FETCH) == "ask"


def test_entries_mean_subjects_or_nothing_that_others_know() -> None:
    commands = ("git", "npm:install*", "npm:test", "docker:*", "g*", "a b:c", "npm:x:y", "ls?")
    assert list(laws.shown(DIALECT, terminal(*commands)).values()) == [
        "shell: git",
        "shell ~ npm install*",
        "shell = npm test",
        "shell: docker",
        *["permission.pattern"] * 4,
    ]
    called = ("gh:*", "gh:x", "gh:list_*", "*:*", "*:x", "gh", "g*:x")
    assert list(laws.shown(DIALECT, tools(*called)).values()) == [
        "mcp: gh",
        "mcp: gh.x",
        "mcp ~ gh.list_*",
        "mcp",
        *["permission.pattern"] * 3,
    ]


def test_a_list_that_is_not_there_is_not_made_for_it_would_hide_the_clients_own() -> None:
    begun = terminal("git")
    subject = Subject.parse("mcp: gh")
    assert isinstance(DIALECT, Conditional)
    why = DIALECT.hindrance({MAIN: begun}, subject, Action.ALLOW)
    assert why is not None
    assert why.code == "loss.permission-elsewhere"
    assert DIALECT.hindrance({MAIN: begun}, Subject.parse("shell: ls"), Action.ALLOW) is None
    assert laws.written(DIALECT, begun, allow="mcp: gh") == begun.dump().decode()
    room = DIALECT.room({MAIN: begun}, subject)
    assert DIALECT.hindrance(room, subject, Action.ALLOW) is None
    assert DIALECT.room(room, subject) is room


def test_a_list_that_is_emptied_stays_for_the_clients_own_would_count_again() -> None:
    assert laws.written(DIALECT, terminal("git"), none="shell: git") == terminal().dump().decode()
    assert laws.written(DIALECT, terminal("git", "git:*", "ls"), deny="shell: git") == terminal("ls").dump().decode()


@given(laws.SUBJECTS, laws.ACTIONS)
def test_what_is_written_is_read_back_and_goes_without_a_trace(subject: Subject, action: Action) -> None:
    laws.check_round_trip(DIALECT, subject, action, BOTH)


@given(laws.SUBJECTS, laws.ACTIONS)
def test_what_is_refused_would_not_be_read_back(subject: Subject, action: Action) -> None:
    found = [(one.subject, one.action) for one in DIALECT.lines(DIALECT.write({MAIN: BOTH}, {subject: action}))]
    assert (found == [(subject, action)]) is (DIALECT.refusal(subject, action) is None)


@pytest.mark.parametrize(
    "held", ["{}", "[]", "1", '{"mcpAllowlist": {"a": 1}}', '{"terminalAllowlist": [1, null, ""]}']
)
def test_nothing_that_stands_there_is_too_strange(held: str) -> None:
    lines = DIALECT.lines({MAIN: laws.document(held)})
    assert [line.subject for line in lines if line.subject] == []
    assert DIALECT.verdict(lines, Request(Tool.SHELL, "ls"), WHERE).action is Action.ASK


def test_every_request_can_be_judged() -> None:
    laws.check_whole_corpus(DIALECT, terminal("git", "npm:*", ":", "a:b*", "*"))
    laws.check_whole_corpus(DIALECT, tools("github:*", ":", "*:x"))
