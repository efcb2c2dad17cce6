"""Rules with priorities, as the client's own engine evaluates them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.descriptor import DialectName
from aisync_desktop.clients.dialects.base import Conditional
from aisync_desktop.clients.dialects.priority import Engine
from aisync_desktop.documents.protocol import Format
from aisync_desktop.permissions.language import Action, Request, Subject, Tool
from tests.helpers.dialect_laws import ACTIONS, SUBJECTS, check_round_trip, content, endpoint, one, opaque, said, wanted
from tests.permission_corpus import COMMANDS, REQUESTS, WHERE

ENGINE = Engine(endpoint(DialectName.PRIORITY, Format.TOML, root=["rule"]))


def rule(decision: str = "allow", priority: int = 100, tool: object = "run_shell_command", **more: object) -> str:
    said = {"toolName": tool, "decision": decision, "priority": priority, **more}
    return "[[rule]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in said.items()) + "\n"


PLAIN = "# mine\n" + rule("deny", commandPrefix="rm -rf", denyMessage="never")
SEVERAL = rule("allow", 950, commandPrefix=["git status", "git log"]) + rule("ask_user", 10, "*") + PLAIN
FILES = ["", "# mine\n", PLAIN, SEVERAL, "rule = 3\n[x]\na = 1\n", "[[safety_checker]]\npriority = 1\n"]


def ask(file: str, argument: str, tool: Tool = Tool.SHELL) -> str:
    return ENGINE.verdict(ENGINE.lines(one(Format.TOML, file)), Request(tool, argument), WHERE).action.value


def hindrance(file: str, subject: str, action: Action) -> str | None:
    why = ENGINE.hindrance(one(Format.TOML, file), Subject.parse(subject), action)
    return why.code if why else None


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        (rule(commandPrefix="git status"), "shell: git status"),
        (rule(commandRegex='npm test"'), "shell = npm test"),
        (rule(commandRegex="git "), "shell ~ git *"),
        (rule("deny", commandRegex='git .* main"'), "shell ~ git * main"),
        (rule("deny"), "shell"),
        (rule("ask_user", tool=["write_file", "replace"]), "edit"),
        (rule(tool=["read_file", "read_many_files", "search_file_content"]), "read"),
        (rule(tool="web_fetch"), "fetch"),
        (rule(tool="*", mcpName="*"), "mcp"),
        (rule(tool="*", mcpName="github"), "mcp: github"),
        (rule(tool="get_issue", mcpName="github"), "mcp: github.get_issue"),
        (rule(commandPrefix="git", modes=["default", "autoEdit", "yolo"]), "shell: git"),
        (rule(commandPrefix="git", allowRedirection=True), "shell: git"),
    ],
)
def test_what_rules_mean(line: str, subject: str) -> None:
    assert [name for name, _ in said(ENGINE, one(Format.TOML, line))] == [subject]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (rule(), "permission.default"),
        (rule("ask_user"), "permission.default"),
        (rule("deny", tool="*"), "permission.default"),
        (rule(tool="activate_skill"), "permission.tool"),
        (rule(tool=["write_file"]), "permission.tool"),
        (rule(commandPrefix="git "), "permission.pattern"),
        (rule(commandPrefix='echo "'), "permission.pattern"),
        (rule(commandRegex='git .* main"'), "permission.pattern"),
        (rule(commandRegex="git (push|pull)"), "permission.pattern"),
        (rule(commandRegex="^git"), "permission.pattern"),
        (rule(argsPattern="x"), "permission.pattern"),
        (rule(tool="get_*", mcpName="github"), "permission.pattern"),
        (rule(tool="search", mcpName="*"), "permission.pattern"),
        (rule(tool="mcp_github_*"), "permission.tool"),
        (rule("deny", commandPrefix="git", modes=["plan"]), "permission.condition"),
        (rule(commandPrefix="git", interactive=True), "permission.condition"),
        (rule(commandPrefix="git", subagent="x"), "permission.condition"),
        (rule(tool=""), "permission.unread"),
    ],
)
def test_what_cannot_be_said_elsewhere(line: str, why: str) -> None:
    assert list(opaque(ENGINE, one(Format.TOML, line)).values()) == [why]


@pytest.mark.parametrize(
    "broken",
    [
        rule("maybe"),
        rule(priority=1000),
        rule(priority=-1),
        rule(tool=3),
        "[[rule]]\ndecision = 'deny'\npriority = 1\nmcpName = 'x'\n",
        rule(modes=["always"]),
        rule(interactive="yes"),
        rule(priority=True),
    ],
)
def test_a_rule_that_the_client_does_not_accept_takes_the_whole_file_with_it(broken: str) -> None:
    file = rule("deny", commandPrefix="foo") + broken
    assert set(opaque(ENGINE, one(Format.TOML, file)).values()) == {"permission.unread"}
    assert ask(file, "foo") == "ask"
    assert hindrance(file, "shell: bar", Action.DENY) == "permission.unread"
    assert content(ENGINE.write(one(Format.TOML, file), wanted(**{"shell: bar": "deny"}))) == file


def test_a_rule_of_no_beginnings_is_none() -> None:
    assert not ENGINE.lines(one(Format.TOML, rule(commandPrefix=[])))
    assert list(opaque(ENGINE, one(Format.TOML, rule(commandPrefix="")))) == [
        'allow: toolName = "run_shell_command", commandPrefix = "", priority = 100'
    ]


def test_the_highest_number_counts_and_of_equal_ones_the_first() -> None:
    assert ask(rule("deny", 5, commandPrefix="foo") + rule("allow", 6, commandPrefix="foo a"), "foo a") == "allow"
    assert ask(rule("deny", 5, commandPrefix="foo") + rule("allow", 5, commandPrefix="foo a"), "foo a") == "deny"


def test_a_rule_that_a_less_strict_one_always_overrides_means_nothing() -> None:
    file = rule("deny", 5, commandPrefix="foo a") + rule("allow", 6, commandPrefix="foo")
    assert said(ENGINE, one(Format.TOML, file)) == [("shell: foo", "allow")]
    assert list(opaque(ENGINE, one(Format.TOML, file)).values()) == ["permission.shadowed"]
    assert len(said(ENGINE, one(Format.TOML, file.replace("= 6", "= 4")))) == 2


# A, D as a rule says, p where it asks; the same as the client's own engine answers (tests/oracles).
FORMS = (
    *(
        "foo",
        "foo a",
        "foobar",
        "foo a && bar",
        "bar; foo a",
        "X=1 foo",
        "timeout 5 foo",
        "foo  a",
        "foo > x",
        "/abs/foo",
    ),
    *("bash -c 'foo a'", "bar $(foo a)", "foo 'a b'", "foo $(", 'sh -c "foo; bar"', "> x foo", "foo a\r", "foo &"),
)


@pytest.mark.parametrize(("decision", "measured"), [("allow", "AApppppAppppApppAA"), ("deny", "DDpDDppDDpDDDDDpDD")])
def test_forms_of_a_command_as_the_client_answers(decision: str, measured: str) -> None:
    letters = {"allow": "A", "ask": "p", "deny": "D"}
    assert "".join(letters[ask(rule(decision, commandPrefix="foo"), form)] for form in FORMS) == measured


def test_each_command_is_judged_by_itself() -> None:
    both = rule(commandPrefix=["foo", "bar"]) + rule("deny", 990, commandPrefix="bar x")
    assert (ask(both, "foo a && bar"), ask(both, "foo $(bar x)"), ask(both, "foo; baz")) == ("allow", "deny", "ask")


def test_a_rule_may_allow_redirections() -> None:
    assert ask(rule(commandPrefix="foo", allowRedirection=True), "foo > x") == "allow"


def test_a_rule_of_which_it_is_not_known_what_it_matches_leaves_nothing_sure() -> None:
    unknown = rule("deny", 990, commandRegex="(a|b)+")
    assert ask(unknown + rule(commandPrefix="foo"), "foo") == "ask"
    assert ask(unknown + rule("deny", commandPrefix="foo"), "foo") == "deny"
    assert ask(rule("deny", 5, commandRegex="(a|b)+") + rule(commandPrefix="foo"), "foo") == "allow"


@pytest.mark.parametrize(
    ("file", "tool", "argument", "answer"),
    [
        (rule(tool="*", mcpName="github"), Tool.MCP, "github.get_issue", "allow"),
        (rule(tool="*", mcpName="github"), Tool.MCP, "github2.get_issue", "ask"),
        (rule("deny", tool="get_issue", mcpName="github"), Tool.MCP, "github.get_issue", "deny"),
        (rule("deny", tool="mcp_github_*"), Tool.MCP, "github.x", "deny"),
        (rule("deny", tool="mcp_*"), Tool.MCP, "a.x", "deny"),
        (rule("deny", tool="*", mcpName="*"), Tool.MCP, "a.x", "deny"),
        (rule("deny", tool="get_*", mcpName="a"), Tool.MCP, "a.get_x", "ask"),
        (rule("deny", tool="*"), Tool.FETCH, "https://example.com", "deny"),
        (rule(tool=["replace", "write_file"]), Tool.EDIT, f"{WHERE.root}/a.py", "allow"),
        (rule(tool=["replace", "write_file"]), Tool.EDIT, f"{WHERE.root}/package.json", "ask"),
        (rule("deny", tool="write_file"), Tool.EDIT, f"{WHERE.root}/a.py", "ask"),
        (rule("deny", tool="write_file", argsPattern="x"), Tool.EDIT, f"{WHERE.root}/a.py", "ask"),
        (rule("deny", tool=["read_file", "read_many_files", "grep_search"]), Tool.READ, "/a", "deny"),
        (rule(tool="*", mcpName="a", modes=["plan"]), Tool.MCP, "a.b", "ask"),
        (rule(), Tool.SHELL, "foo", "allow"),
        (rule(), Tool.SHELL, "sudo foo", "ask"),
    ],
)
def test_what_happens_to_calls_of_other_tools(file: str, tool: Tool, argument: str, answer: str) -> None:
    assert ask(file, argument, tool) == answer


@pytest.mark.parametrize(
    ("file", "subject", "action", "number"),
    [
        ("", "shell: foo", "allow", 950),
        ("", "shell: foo", "ask", 970),
        ("", "shell: foo", "deny", 990),
        (rule("deny", 100, commandPrefix="foo a"), "shell: foo", "allow", 99),
        (rule("deny", 100, commandPrefix="bar"), "shell: foo", "allow", 950),
        (rule("allow", 995, commandPrefix="foo"), "shell: foo a", "deny", 996),
        (rule("ask_user", 960, "*"), "shell: foo", "allow", 961),
        (rule("deny", 100, commandPrefix="foo") + rule("deny", 50, commandRegex="x+"), "shell: foo a", "ask", 49),
        (rule("deny", 100, mcpName="s", tool="t"), "mcp: s", "allow", 99),
    ],
)
def test_a_rule_gets_a_number_at_which_it_has_its_effect(file: str, subject: str, action: str, number: int) -> None:
    documents = ENGINE.write(one(Format.TOML, file), wanted(**{subject: action}))
    line = next(line for line in ENGINE.lines(documents) if str(line.subject) == subject)
    assert (line.action.value, line.spelled.rpartition("= ")[2]) == (action, str(number))
    assert hindrance(file, subject, Action(action)) is None


def test_where_there_is_no_such_number_nothing_is_written() -> None:
    assert isinstance(ENGINE, Conditional)
    file = rule("allow", 500, commandPrefix="foo") + rule("deny", 100, commandPrefix="foo a")
    assert hindrance(file, "shell: foo a b", Action.ASK) == "loss.permission-order"
    assert content(ENGINE.write(one(Format.TOML, file), wanted(**{"shell: foo a b": "ask"}))) == file
    assert hindrance(rule("allow", 999, commandPrefix="foo"), "shell: foo a", Action.DENY) == "loss.permission-order"


def test_a_new_file_is_written_as_people_write_it() -> None:
    documents = ENGINE.write(one(Format.TOML, ""), wanted(**{"shell: git push": "deny", "mcp: github": "allow"}))
    assert (
        content(documents)
        == """\
[[rule]]
toolName = "run_shell_command"
commandPrefix = "git push"
decision = "deny"
priority = 990

[[rule]]
mcpName = "github"
toolName = "*"
decision = "allow"
priority = 950
"""
    )


def test_a_level_for_all_commands_can_only_be_denied() -> None:
    reasons = [ENGINE.refusal(Subject(Tool.SHELL), action) for action in Action]
    assert [why.code if why else None for why in reasons] == ["loss.permission-action", "loss.permission-action", None]


def test_a_beginning_leaves_a_rule_of_several_and_the_last_one_takes_it_along() -> None:
    documents = one(Format.TOML, SEVERAL)
    without = ENGINE.write(documents, wanted(**{"shell: git log": None}))
    assert content(without) == SEVERAL.replace('["git status", "git log"]', '["git status"]')
    gone = ENGINE.write(without, wanted(**{"shell: git status": None}))
    assert "git" not in content(gone)
    assert not any(line.action is Action.ALLOW for line in ENGINE.lines(gone))


def test_another_action_is_another_rule() -> None:
    documents = ENGINE.write(one(Format.TOML, PLAIN), wanted(**{"shell: rm -rf": "ask"}))
    assert said(ENGINE, documents) == [("shell: rm -rf", "ask")]


@given(st.sampled_from(FILES), SUBJECTS, ACTIONS)
def test_what_is_not_refused_is_said_and_can_go_again(file: str, subject: Subject, action: Action) -> None:
    if ENGINE.hindrance(one(Format.TOML, file), subject, action) is None:
        check_round_trip(ENGINE, one(Format.TOML, file), subject, action)


@given(st.sampled_from(FILES), st.dictionaries(SUBJECTS, ACTIONS, max_size=4), st.sampled_from(REQUESTS))
def test_every_request_has_a_verdict_by_a_line_that_is_there(
    file: str, permissions: dict[Subject, Action], request_: Request
) -> None:
    lines = ENGINE.lines(ENGINE.write(one(Format.TOML, file), permissions))
    verdict = ENGINE.verdict(lines, request_, WHERE)
    assert (verdict.line in lines) if verdict.line else verdict.action is Action.ASK


@given(st.dictionaries(SUBJECTS, ACTIONS, min_size=1, max_size=6))
def test_what_is_written_together_has_the_effect_of_the_strictest(permissions: dict[Subject, Action]) -> None:
    lines = ENGINE.lines(ENGINE.write(one(Format.TOML, ""), permissions))
    sayable = {subject: action for subject, action in permissions.items() if not ENGINE.refusal(subject, action)}
    assert {line.subject: line.action for line in lines} == sayable
    for subject, action in sayable.items():
        if subject.tool is Tool.SHELL and action is Action.DENY:
            command = subject.pattern.replace("*", "") or "x"
            assert ENGINE.verdict(lines, Request(Tool.SHELL, command), WHERE).action is Action.DENY


def test_deep_commands_are_judged_in_time() -> None:
    deep = "foo " + "$(foo " * 60 + ")" * 60
    assert ask(rule("deny", commandPrefix="bar"), deep) == "ask"
    assert {ask(SEVERAL, command) for command in COMMANDS} <= {"ask", "allow", "deny"}
