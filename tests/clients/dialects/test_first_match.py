"""Lists of permission rules of which the first that matches counts."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.dialects.base import Conditional
from aisync_desktop.clients.lens import MAIN
from aisync_desktop.documents.protocol import Document
from aisync_desktop.permissions.language import Action, Request, Subject, Tool
from tests.clients.dialects import laws
from tests.permission_corpus import WHERE

ENGINE = laws.engine("first-match", root=["amp.permissions"])
COMMENTED = """{
  "amp.permissions": [
    // never
    { "tool": "Bash", "action": "reject", "matches": { "cmd": "rm *" } },
    // reading
    { "tool": "Bash", "action": "allow", "matches": { "cmd": ["git log*", "git status"] } },
    { "tool": "mcp__gh__*", "action": "ask" }, // github
    { "tool": "*", "action": "ask" }
  ]
}
"""


def rules(*entries: object) -> Document:
    return laws.document(json.dumps({"amp.permissions": entries}))


def bash(action: str, *commands: str) -> dict[str, object]:
    return {"tool": "Bash", "action": action, "matches": {"cmd": commands[0] if len(commands) == 1 else commands}}


@pytest.mark.parametrize(
    ("entries", "line", "expected"),
    [
        ([bash("allow", "git *")], "git status", "allow"),
        ([bash("allow", "git *")], "git", "ask"),
        ([bash("allow", "git *")], "git status && rm x", "allow"),
        ([bash("allow", "git *")], "git x $(rm y)", "allow"),
        ([bash("allow", "git *")], "A=1 git x", "ask"),
        ([bash("allow", "ZD * x")], "ZD y/z x", "allow"),
        ([bash("allow", "ZD * x")], "zd y x", "ask"),
        ([bash("allow", "ZD * x")], "ZD y\nz x", "ask"),
        ([bash("allow", "zq?")], "zqa", "ask"),
        ([bash("allow", "npm test", "yarn t*")], "yarn two", "allow"),
        ([bash("reject", "rm *"), bash("allow", "*")], "rm x; git s", "deny"),
        ([bash("allow", "*"), bash("reject", "rm *")], "rm x", "allow"),
        ([bash("ask", "/^docker .*$/")], "docker run", "ask"),
        ([bash("allow", "/^(a+)+$/")], "aaaa", "ask"),  # not judged
        ([bash("reject", "/^(a+)+$/")], "b", "deny"),
        ([{"tool": "Bas?", "action": "allow"}], "x", "allow"),
        ([{"tool": "Bash", "action": "allow", "context": "subagent"}], "x", "ask"),
        ([{"tool": "Bash", "action": "allow", "matches": {"cmd": "x", "cwd": "/y"}}], "x", "ask"),
        ([{"tool": "Bash", "action": "delegate", "to": "/bin/true"}], "x", "ask"),
    ],
)
def test_a_command_line_is_one_text(entries: list[object], line: str, expected: str) -> None:
    assert laws.action_of(ENGINE, rules(*entries), line) == expected


@pytest.mark.parametrize(
    ("entry", "request_", "expected"),
    [
        ({"tool": "mcp__gh__danger*", "action": "reject"}, Request(Tool.MCP, "gh.danger_x"), "deny"),
        ({"tool": "mcp__gh__danger*", "action": "reject"}, Request(Tool.MCP, "gh.get"), "allow"),
        ({"tool": "mcp__*", "action": "ask"}, Request(Tool.MCP, "gh.get"), "ask"),
        ({"tool": "Read", "action": "ask"}, Request(Tool.READ, "/x"), "ask"),
        ({"tool": "x", "action": "ask"}, Request(Tool.EDIT, "/x"), "allow"),
    ],
)
def test_other_tools_go_by_their_names(entry: object, request_: Request, expected: str) -> None:
    assert laws.action_of(ENGINE, rules(entry), request_.argument, request_.tool) == expected


def test_rules_mean_subjects_or_nothing_that_others_know() -> None:
    assert laws.shown(ENGINE, laws.document(COMMENTED)) == {
        "reject Bash rm *": "shell ~ rm *",
        "allow Bash git log*": "shell ~ git log*",
        "allow Bash git status": "shell = git status",
        "ask mcp__gh__*": "mcp: gh",
        "ask *": "permission.default",
    }
    odd = rules({"tool": "Bash", "action": "delegate"}, bash("allow", "/^x+$/"), {"tool": "finder", "action": "ask"})
    assert list(laws.shown(ENGINE, odd).values()) == ["permission.pattern", "permission.pattern", "permission.tool"]


def test_a_rule_behind_a_wider_one_is_shadowed() -> None:
    held = rules({"tool": "Bash", "action": "allow"}, bash("reject", "rm *"))
    assert laws.shown(ENGINE, held)["reject Bash rm *"] == "permission.shadowed"


def test_only_a_rule_about_all_of_a_tool_that_denies_is_more_than_a_default() -> None:
    held = rules(
        bash("allow", "git *"),
        *({"tool": tool, "action": "reject"} for tool in ("Bash", "Read")),
        {"tool": "mcp__*", "action": "ask"},
    )
    shown = laws.shown(ENGINE, held)
    assert list(shown.values())[1:] == ["permission.default", "read", "permission.default"]
    refused = ENGINE.refusal(Subject(Tool.SHELL), Action.ASK)
    assert refused is not None
    assert refused.code == "loss.permission-action"


def test_an_allowance_covers_no_second_command() -> None:
    held = laws.document(laws.written(ENGINE, laws.document("{}"), allow="shell: git push"))
    lines = [
        "git push",
        "git push origin",
        "git pushx",
        "git push; rm x",
        "git push $(rm x)",
        "git push > x",
        "X=1 git push",
    ]
    assert [laws.action_of(ENGINE, held, line) for line in lines] == ["allow"] * 2 + ["ask"] * 5


def test_a_refusal_sees_the_command_wherever_it_stands() -> None:
    held = laws.document(laws.written(ENGINE, laws.document("{}"), deny="shell: git push"))
    for line in (
        "git  push",
        "a && git push x",
        "timeout 5 git push",
        "bash -c 'git push'",
        "a $(git push)",
        "X=1 git push",
    ):
        assert laws.action_of(ENGINE, held, line) == "deny", line
    assert laws.action_of(ENGINE, held, "git pushy; agit push") == "ask"


def test_refusals_go_first_and_allowances_before_the_rest() -> None:
    asked = laws.written(ENGINE, laws.document(COMMENTED), ask="mcp: gh.get", deny="shell: git push")
    order = list(laws.shown(ENGINE, laws.document(asked)).values())
    assert order.index("shell: git push") < order.index("shell ~ git log*") < order.index("permission.default")
    allowed = laws.document(laws.written(ENGINE, laws.document(COMMENTED), allow="mcp: x"))
    order = list(laws.shown(ENGINE, allowed).values())
    assert order.index("mcp: x") < order.index("permission.default")


def test_one_of_several_patterns_goes_alone() -> None:
    after = laws.written(ENGINE, laws.document(COMMENTED), none="shell = git status")
    assert after == COMMENTED.replace(', "git status"', "")


@given(laws.SUBJECTS, laws.ACTIONS)
def test_what_is_written_is_read_back_and_goes_without_a_trace(subject: Subject, action: Action) -> None:
    laws.check_round_trip(ENGINE, subject, action)
    laws.check_round_trip(ENGINE, subject, action, laws.document(COMMENTED))


@given(laws.SUBJECTS, laws.ACTIONS)
def test_what_is_refused_would_not_be_read_back(subject: Subject, action: Action) -> None:
    laws.check_refusal(ENGINE, subject, action)


@given(laws.SUBJECTS, laws.ACTIONS)
def test_a_new_rule_leaves_the_others_and_their_comments_alone(subject: Subject, action: Action) -> None:
    held = laws.document(COMMENTED)
    before = {line.subject: line.action for line in ENGINE.lines({MAIN: held}) if line.subject}
    if ENGINE.refusal(subject, action) or subject in before:
        return
    after = ENGINE.write({MAIN: held}, {subject: action})
    found = {line.subject: line.action for line in ENGINE.lines(after) if line.subject}
    assert found.get(subject) is action
    if subject.matcher.value:  # what is about a whole tool takes over what is narrower
        assert {one: found.get(one) for one in before} == before


_SCALARS = st.one_of(st.none(), st.text(max_size=4), st.sampled_from(["allow", "reject", "Bash", "*", "/(/", "mcp__"]))
_ENTRY = st.dictionaries(
    st.sampled_from(["tool", "action", "matches", "context", "x"]),
    st.one_of(
        _SCALARS, st.lists(_SCALARS), st.dictionaries(st.sampled_from(["cmd", "y"]), _SCALARS | st.lists(_SCALARS))
    ),
)


@given(st.one_of(_SCALARS, st.lists(st.one_of(_SCALARS, _ENTRY))), laws.SUBJECTS)
def test_nothing_that_stands_there_is_too_strange(held: object, subject: Subject) -> None:
    document = laws.document(json.dumps({"amp.permissions": held}))
    lines = ENGINE.lines({MAIN: document})
    for request in (Request(Tool.SHELL, "git push; rm x"), Request(Tool.MCP, "")):
        ENGINE.verdict(lines, request, WHERE)
    ENGINE.write({MAIN: document}, {subject: None})


def test_every_request_can_be_judged() -> None:
    laws.check_whole_corpus(ENGINE, laws.document(COMMENTED))


def test_no_pattern_takes_long() -> None:
    held = rules(bash("reject", "a*" * 2000 + "b"), bash("ask", "/" + "(a*)*" * 50 + "b/"))
    assert laws.action_of(ENGINE, held, "a" * 50_000) == "ask"


def test_a_rule_that_would_take_over_another_one_is_hindered() -> None:
    assert isinstance(ENGINE, Conditional)
    held = laws.document(COMMENTED)
    why = ENGINE.hindrance({MAIN: held}, Subject.parse("mcp: gh"), Action.ASK)
    assert why is None
    before = rules(bash("allow", "git *"), {"tool": "Bash", "action": "allow"}, bash("reject", "rm *"))
    assert ENGINE.hindrance({MAIN: before}, Subject.parse("shell: rm"), Action.ASK) is not None
    assert ENGINE.room({MAIN: held}, Subject.parse("shell")) == {MAIN: held}
