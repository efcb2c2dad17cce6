"""Maps of permissions of which the last entry that matches counts."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.dialects.base import Conditional, strictest
from aisync_desktop.clients.lens import MAIN
from aisync_desktop.documents.protocol import Document
from aisync_desktop.permissions.language import Action, Request, Subject, Tool
from tests.clients.dialects import laws
from tests.permission_corpus import WHERE

ENGINE = laws.engine("last-match", root=["permission"])
COMMENTED = """{
  // mine
  "permission": {
    "*": "allow", // all of it
    "bash": {
      "*": "ask",
      // reading
      "git log *": "allow",
      // never
      "git push *": "deny", "rm *": "deny"
    },
    "edit": "ask"
  }
}
"""


def rules(permission: object) -> Document:
    return laws.document(json.dumps({"permission": permission}))


def of_bash(*pairs: tuple[str, str]) -> Document:
    return rules({"bash": dict(pairs)})


@pytest.mark.parametrize(
    ("pairs", "line", "expected"),
    [
        ([("*", "ask"), ("git *", "allow")], "git status", "allow"),
        ([("*", "ask"), ("git *", "allow")], "git", "allow"),
        ([("git *", "allow"), ("*", "ask")], "git status", "ask"),  # the order counts
        ([("git *", "allow")], "rm x", "allow"),  # what no rule is about
        ([("*", "deny"), ("git *", "allow")], "git status && rm x", "deny"),
        ([("*", "deny"), ("git *", "allow")], "git status && git log", "allow"),
        ([("*", "ask"), ("git *", "allow")], "git x $(rm y)", "ask"),
        ([("*", "ask"), ("git *", "allow")], "X=1 git x", "ask"),
        ([("*", "ask"), ("git *", "allow")], "git log > file", "allow"),
        ([("*", "ask"), ("git *", "allow")], "cd x && git log", "allow"),
        ([("rm *", "deny")], "timeout 5 rm x", "allow"),
        ([("rm *", "deny")], "export X=1; rm x", "deny"),
        ([("g?t *", "deny")], "got x", "deny"),
        ([("1", "deny"), ("*", "allow"), ("0", "deny")], "1", "allow"),  # whole numbers go first
        ([("*", "allow")], "echo 'not closed", "ask"),
        ([("*", "deny")], "echo 'not closed", "ask"),  # seen to run
    ],
)
def test_a_command_is_judged_as_the_client_does(pairs: list[tuple[str, str]], line: str, expected: str) -> None:
    assert laws.action_of(ENGINE, of_bash(*pairs), line) == expected


@pytest.mark.parametrize(
    ("permission", "request_", "expected"),
    [
        ({"read": {"src/*": "deny"}}, Request(Tool.READ, f"{WHERE.root}/src/a/b"), "deny"),
        ({"read": {"src/*": "deny"}}, Request(Tool.READ, f"{WHERE.root}/lib/src/a"), "allow"),
        ({}, Request(Tool.READ, f"{WHERE.root}/.env"), "ask"),
        ({}, Request(Tool.READ, f"{WHERE.root}/.env.example"), "allow"),
        ({}, Request(Tool.EDIT, "/etc/passwd"), "ask"),
        ({"external_directory": {"/etc/*": "allow"}}, Request(Tool.EDIT, "/etc/passwd"), "allow"),
        ({"edit": "deny"}, Request(Tool.EDIT, f"{WHERE.root}/a"), "deny"),
        ({"webfetch": {"*": "deny", "https://a.org/*": "allow"}}, Request(Tool.FETCH, "https://a.org/x"), "allow"),
        ({"webfetch": {"*a.org*": "deny"}}, Request(Tool.FETCH, "a.org"), "deny"),
        ({"*": "ask", "gh_*": "allow"}, Request(Tool.MCP, "gh.get"), "allow"),
        ({"gh_*": "allow", "*": "deny"}, Request(Tool.MCP, "gh.get"), "deny"),
        ("ask", Request(Tool.SHELL, "ls"), "ask"),
    ],
)
def test_other_tools_are_judged_as_the_client_does(permission: object, request_: Request, expected: str) -> None:
    assert laws.action_of(ENGINE, rules(permission), request_.argument, request_.tool) == expected


def test_rules_mean_subjects_or_nothing_that_others_know() -> None:
    held = {
        "*": "allow",
        "bash": {"*": "ask", "git push *": "deny", "npm test": "allow", "ls -? *": "allow", "git * main": "deny"},
        "read": {"*": "allow", "*.env": "ask", "src/*": "deny", ".env*": "allow", "a": "allow", "../x": "deny"},
        "edit": "ask",
        "webfetch": {"https://a.org/*": "allow", "*b.org*": "deny"},
        "gh_get_issue": "allow",
        "gh_*": "ask",
        "a_get_*": "deny",
        "doom_loop": "ask",
        "grep": "ask",
        "task": {"general": "deny"},
    }
    assert laws.shown(ENGINE, rules(held)) == {
        "* = allow": "permission.default",
        "bash = ask": "permission.default",
        "bash: git push * = deny": "shell: git push",
        "bash: npm test = allow": "shell = npm test",
        "bash: ls -? * = allow": "permission.pattern",
        "bash: git * main = deny": "shell ~ git * main",
        "read = allow": "permission.default",
        "read: *.env = ask": "read: **/*.env",
        "read: src/* = deny": "read: ./src/**",
        "read: .env* = allow": "read: ./.env*",
        "read: a = allow": "permission.pattern",
        "read: ../x = deny": "permission.pattern",
        "edit = ask": "permission.default",
        "webfetch: https://a.org/* = allow": "fetch: a.org",
        "webfetch: *b.org* = deny": "fetch: b.org",
        "gh_get_issue = allow": "mcp: gh.get_issue",
        "gh_* = ask": "mcp: gh",
        "a_get_* = deny": "mcp ~ a.get_*",
        "doom_loop = ask": "permission.tool",
        "grep = ask": "permission.tool",
        "task: general = deny": "permission.tool",
    }


def test_a_rule_that_a_wider_one_takes_over_is_shadowed() -> None:
    held = of_bash(("git push *", "deny"), ("git *", "allow"))
    assert laws.shown(ENGINE, held)["bash: git push * = deny"] == "permission.shadowed"
    assert laws.shown(ENGINE, of_bash(("git *", "allow"), ("*", "ask")))["bash: git * = allow"] == "shell: git"


def test_an_allowance_goes_behind_the_default_and_before_what_denies() -> None:
    added = laws.written(ENGINE, laws.document(COMMENTED), allow="shell ~ git * main")
    assert added == COMMENTED.replace("      // never\n", '      "git * main": "allow",\n      // never\n')


def test_only_a_catch_all_that_denies_is_more_than_a_default() -> None:
    held = rules({"bash": {"git *": "allow", "*": "deny"}, "edit": {"*": "deny", "src/*": "ask"}, "webfetch": "deny"})
    shown = laws.shown(ENGINE, held)
    assert [shown[name] for name in ("bash = deny", "edit = deny", "webfetch = deny")] == [
        "shell",
        "permission.default",
        "fetch",
    ]
    refused = ENGINE.refusal(Subject(Tool.SHELL), Action.ASK)
    assert refused is not None
    assert refused.code == "loss.permission-action"


def test_a_denial_goes_behind_what_it_overrides() -> None:
    added = laws.document(laws.written(ENGINE, laws.document(COMMENTED), deny="shell: git log"))
    assert laws.action_of(ENGINE, added, "git log") == "deny"
    assert laws.action_of(ENGINE, added, "git status") == "ask"


def test_what_is_wanted_otherwise_is_moved_to_where_it_counts() -> None:
    changed = laws.document(laws.written(ENGINE, laws.document(COMMENTED), allow="shell: rm"))
    assert laws.action_of(ENGINE, changed, "rm x") == "allow"
    assert "// never" in changed.dump().decode()
    denied = laws.document(laws.written(ENGINE, laws.document(COMMENTED), deny="edit"))
    assert denied.get(("permission", "edit")) == "deny"


def test_one_word_for_everything_becomes_the_default() -> None:
    assert json.loads(laws.written(ENGINE, rules("ask"), allow="shell: git")) == {
        "permission": {"*": "ask", "bash": {"git *": "allow"}}
    }
    assert json.loads(laws.written(ENGINE, rules({"bash": "ask"}), allow="shell: git")) == {
        "permission": {"bash": {"*": "ask", "git *": "allow"}}
    }


@given(laws.SUBJECTS, laws.ACTIONS)
def test_what_is_written_is_read_back_and_goes_without_a_trace(subject: Subject, action: Action) -> None:
    laws.check_round_trip(ENGINE, subject, action)


@given(laws.SUBJECTS, laws.ACTIONS)
def test_what_is_refused_would_not_be_read_back(subject: Subject, action: Action) -> None:
    refused = ENGINE.refusal(subject, action)
    written = ENGINE.write({MAIN: laws.document("{}")}, {subject: action})
    found = [(line.subject, line.action) for line in ENGINE.lines(written)]
    assert (found == [(subject, action)]) is (refused is None)


@given(laws.SUBJECTS, laws.ACTIONS)
def test_a_new_rule_leaves_the_others_and_their_comments_alone(subject: Subject, action: Action) -> None:
    held = laws.document(COMMENTED)
    before = {line.subject: line.action for line in ENGINE.lines({MAIN: held}) if line.subject}
    assert isinstance(ENGINE, Conditional)
    if ENGINE.refusal(subject, action) or subject in {*before, Subject(Tool.SHELL), Subject(Tool.EDIT)}:
        return
    if ENGINE.hindrance({MAIN: held}, subject, action):  # whole numbers go before the default
        return
    after = ENGINE.write({MAIN: held}, {subject: action})
    found = {line.subject: line.action for line in ENGINE.lines(after) if line.subject}
    assert {one: found.get(one) for one in before} == before
    assert found.get(subject) is action
    if subject.tool is not Tool.EDIT:  # its one word becomes a default beside patterns
        assert ENGINE.write(after, {subject: None})[MAIN].dump() == held.dump()


_ANY = st.recursive(
    st.one_of(st.none(), st.booleans(), st.text(max_size=5), st.sampled_from(["allow", "ask", "deny"])),
    lambda inner: st.dictionaries(st.one_of(st.text(max_size=6), st.sampled_from(["bash", "*", "a_*", "1"])), inner),
    max_leaves=8,
)


@given(_ANY, laws.SUBJECTS)
def test_nothing_that_stands_there_is_too_strange(held: object, subject: Subject) -> None:
    document = rules(held)
    lines = ENGINE.lines({MAIN: document})
    assert all(document.get(line.spot.path) == line.action.value for line in lines)
    for request in (Request(Tool.SHELL, "git push; rm x"), Request(Tool.READ, ""), Request(Tool.MCP, "")):
        ENGINE.verdict(lines, request, WHERE)


def test_every_request_can_be_judged() -> None:
    laws.check_whole_corpus(ENGINE, laws.document(COMMENTED))


def test_no_pattern_takes_long() -> None:
    held = of_bash(("a*" * 2000 + "b", "deny"), ("?" * 5000, "deny"), ("*" * 5000, "ask"))
    assert laws.action_of(ENGINE, held, "a" * 50_000) == "ask"


def test_a_rule_that_would_have_no_effect_is_hindered() -> None:
    assert isinstance(ENGINE, Conditional)
    held = rules({"bash": {"git *": "allow"}, "*": "allow"})
    subject = Subject.parse("shell: git push")
    why = ENGINE.hindrance({MAIN: held}, subject, Action.DENY)
    assert why is not None
    assert (why.code, why.params) == ("loss.permission-order", {"rule": "* = allow"})
    assert ENGINE.hindrance({MAIN: laws.document(COMMENTED)}, subject, Action.ASK) is None
    assert ENGINE.room({MAIN: held}, subject) == {MAIN: held}


@given(laws.SUBJECTS, laws.ACTIONS)
def test_what_is_not_hindered_counts(subject: Subject, action: Action) -> None:
    assert isinstance(ENGINE, Conditional)
    held = rules({"edit": "ask", "gh_*": "deny", "*": "ask", "bash": {"git *": "deny", "*": "allow", "rm *": "deny"}})
    if ENGINE.refusal(subject, action) or ENGINE.hindrance({MAIN: held}, subject, action):
        return
    found = strictest(ENGINE.lines(ENGINE.write({MAIN: held}, {subject: action})))
    assert found[subject].action is action
