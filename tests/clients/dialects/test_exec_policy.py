"""Rules over the words of a command: the table of the facts, and the laws of every dialect."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.descriptor import DialectName
from aisync_desktop.clients.dialects.exec_policy import Engine
from aisync_desktop.clients.lens import Spot
from aisync_desktop.documents.protocol import Format
from aisync_desktop.permissions.language import Action, Request, Subject, Tool
from tests.helpers.dialect_laws import (
    ACTIONS,
    SUBJECTS,
    check_round_trip,
    content,
    endpoint,
    one,
    opaque,
    said,
    wanted,
)
from tests.permission_corpus import COMMANDS, REQUESTS, WHERE

ENGINE = Engine(endpoint(DialectName.EXEC_POLICY, Format.EXEC_RULES))
ALLOW = 'prefix_rule(pattern=["foo"], decision="allow")\n'
DENY = 'prefix_rule(pattern=["foo"], decision="forbidden")\n'
MIXED = """\
# hand-written
prefix_rule(pattern=["git", ["diff","status"]], decision="allow", match=["git diff HEAD"])

prefix_rule(pattern=["rm"], decision="forbidden", justification="no rm")  # never
"""
PROGRAM = """\
def f():
    return 1

prefix_rule(
    pattern = ["a b", "\\u00e9"],
)
network_rule(host="x")"""
FILES = ["", "# mine\n", MIXED, PROGRAM, "x = 1\r\nprefix_rule(pattern=['foo'])\r\n"]


def ask(rules: str, command: str) -> str:
    """Return what the client does with a command: A, D, p where a rule says so, or s (no rule)."""
    verdict = ENGINE.verdict(ENGINE.lines(one(Format.EXEC_RULES, rules)), Request(Tool.SHELL, command), WHERE)
    assert verdict.line is None or verdict.line.action is verdict.action
    if verdict.line is None:
        assert verdict.action is Action.ASK
        return "s"
    return {Action.ALLOW: "A", Action.ASK: "p", Action.DENY: "D"}[verdict.action]


def test_rules_are_lines_one_for_each_command_that_they_name() -> None:
    documents = one(Format.EXEC_RULES, MIXED)
    assert said(ENGINE, documents) == [
        ("shell: git diff", "allow"),
        ("shell: git status", "allow"),
        ("shell: rm", "deny"),
    ]
    assert ENGINE.lines(documents)[1].spot == Spot("", ("rules", 0))


def test_a_rule_without_a_decision_allows() -> None:
    assert said(ENGINE, one(Format.EXEC_RULES, 'prefix_rule(pattern=["foo"])')) == [("shell: foo", "allow")]


@pytest.mark.parametrize(
    "rule",
    [
        'prefix_rule(pattern=["foo"], decision="maybe")',
        "prefix_rule(pattern=[])",
        'prefix_rule(pattern=["foo", []])',
        'prefix_rule(pattern="foo")',
    ],
)
def test_what_the_client_would_not_start_with_is_no_rule(rule: str) -> None:
    assert not ENGINE.lines(one(Format.EXEC_RULES, rule))


def test_words_that_a_shell_would_read_otherwise_are_opaque_and_count() -> None:
    rule = 'prefix_rule(pattern=["foo", "a b"], decision="forbidden")'
    assert opaque(ENGINE, one(Format.EXEC_RULES, rule)) == {rule: "permission.pattern"}
    assert ask(rule, "foo 'a b' c") == "D"
    assert ask(rule, "foo a b") == "s"


def test_a_rule_of_very_many_commands_is_one_line() -> None:
    pattern = ", ".join('["a", "b", "c"]' for _ in range(60))
    rule = f"prefix_rule(pattern=[{pattern}])"
    assert list(opaque(ENGINE, one(Format.EXEC_RULES, rule)).values()) == ["permission.pattern"]
    assert ask(rule, " ".join(["a", "c"] * 30)) == "A"


# foo, foo a, foo a b, foobar, and, then, piped, assigned, assigned, timeout, quoted, two spaces, redirected, absolute,
# bash -c, substituted, xargs
FORMS = (
    *("foo", "foo a", "foo a b", "foobar", "foo a && bar", "foo a; bar", "foo a | bar", "X=1 foo", "NODE_ENV=t foo"),
    *(
        "timeout 5 foo",
        "foo 'a b'",
        "foo  a",
        "foo a >/dev/null",
        "/abs/foo",
        "bash -c 'foo'",
        "bar $(foo)",
        "xargs foo",
    ),
)


@pytest.mark.parametrize(("rules", "measured"), [(ALLOW, "AAAsssssssAAsAsss"), (DENY, "DDDsDDDsssDDsDsss")])
def test_forms_of_a_command_as_they_were_measured(rules: str, measured: str) -> None:
    assert "".join(ask(rules, form) for form in FORMS) == measured


# Told apart by what ran outside of the sandbox, and what was rejected, in sessions of the client with a scripted model.
PLAIN_FORMS = (
    *(
        "foo a\nfoo b",
        "foo ''",
        "foo a;",
        "foo a\\\n b",
        "./foo",
        "sub/foo a",
        "../w/foo",
        "foo é",
        "foo a=b",
        "foo !x",
    ),
    *('foo "a b" c', 'foo a="b c"', "foo -x='y'", "foo a;foo b", "foo %", "foo a,b", "foo @x", "foo a:b", "foo -- a"),
    *("foo +x", "foo 1", 'foo ""', "foo a | foo | foo", "\tfoo a", "foo a\n\n", "foo\ta", "foo 한국어"),
)
OTHER_FORMS = (
    *("foo *", "foo ~/a", "foo {a,b}", "foo $A", 'foo "$A"', "foo a\\ b", "foo a # c", "foo a |& foo", "(foo a)"),
    *("f\\oo a", "'foo' a", '"foo" a', "foo $'a'", "! foo", "foo 2>&1", "if true; then foo; fi", "foo a & foo b"),
    *("foo [a]", "time foo", "{ foo; }", "'foo' a && foo", "foo ./*.x", "foo a?", "foo a#b", "foo ~", "foo ^a"),
)


def test_other_forms_as_they_were_measured() -> None:
    assert {form for form in PLAIN_FORMS if (ask(ALLOW, form), ask(DENY, form)) != ("A", "D")} == set()
    assert {form for form in OTHER_FORMS if (ask(ALLOW, form), ask(DENY, form)) != ("s", "s")} == set()


def test_the_strictest_rule_counts_whatever_the_order() -> None:
    rules = [
        ALLOW,
        'prefix_rule(pattern=["foo", "a"], decision="prompt")\n',
        'prefix_rule(pattern=["foo"], decision="forbidden")\n',
    ]
    for order in (rules, rules[::-1]):
        assert ask("".join(order), "foo a") == "D"
        assert ask("".join(order[:2] if order is rules else order[1:]), "foo a") == "p"


def test_a_line_is_allowed_only_if_a_rule_allows_each_command() -> None:
    both = ALLOW + 'prefix_rule(pattern=["bar"])\n'
    assert ask(both, "foo a && bar") == "A"
    assert ask(both, "foo a && bar && baz") == "s"
    assert ask(both, "foo > x") == "s"


def test_a_rule_for_the_shell_is_about_what_cannot_be_taken_apart() -> None:
    assert ask('prefix_rule(pattern=["bash"])\n', "foo $(bar) > x") == "A"


def test_a_rule_for_an_absolute_program_keeps_those_for_its_name_away() -> None:
    rules = DENY + 'prefix_rule(pattern=["/usr/bin/foo"], decision="allow")\n'
    assert (ask(rules, "/usr/bin/foo a"), ask(rules, "/bin/foo a"), ask(rules, "foo a")) == ("A", "D", "D")


def test_another_action_is_another_decision_of_the_same_rule() -> None:
    before = one(Format.EXEC_RULES, MIXED)
    after = ENGINE.write(before, wanted(**{"shell: rm": "ask"}))
    assert content(after) == MIXED.replace("forbidden", "prompt")


def test_a_command_leaves_a_rule_of_several_with_the_examples_of_it() -> None:
    before = one(Format.EXEC_RULES, MIXED)
    without = ENGINE.write(before, wanted(**{"shell: git diff": None}))
    assert said(ENGINE, without) == [("shell: git status", "allow"), ("shell: rm", "deny")]
    assert "match" not in content(without)
    assert "match" in content(ENGINE.write(before, wanted(**{"shell: git status": None})))


def test_a_command_leaves_a_rule_with_several_choices() -> None:
    before = one(Format.EXEC_RULES, 'prefix_rule(pattern=[["a", "b"], ["c", "d"]], decision="prompt")\n')
    after = ENGINE.write(before, wanted(**{"shell: a c": "deny"}))
    assert said(ENGINE, after) == [
        ("shell: a d", "ask"),
        ("shell: b c", "ask"),
        ("shell: b d", "ask"),
        ("shell: a c", "deny"),
    ]


def test_what_is_said_twice_is_said_once_afterwards() -> None:
    before = one(Format.EXEC_RULES, ALLOW + "# other\n" + DENY + ALLOW)
    assert content(ENGINE.write(before, wanted(**{"shell: foo": "deny"}))) == "# other\n" + DENY
    assert content(ENGINE.write(before, wanted(**{"shell: foo": None}))).strip() in {"", "# other"}


def test_the_rules_of_all_files_of_a_folder_count() -> None:
    documents = {"b.rules": one(Format.EXEC_RULES, DENY)[""], "a.rules": one(Format.EXEC_RULES, ALLOW)[""]}
    lines = ENGINE.lines(documents)
    assert [line.spot.role for line in lines] == ["a.rules", "b.rules"]
    assert ENGINE.verdict(lines, Request(Tool.SHELL, "foo"), WHERE).action is Action.DENY


@given(st.sampled_from(FILES), SUBJECTS, ACTIONS)
def test_what_is_not_refused_is_said_and_can_go_again(file: str, subject: Subject, action: Action) -> None:
    check_round_trip(ENGINE, one(Format.EXEC_RULES, file), subject, action)


@given(st.lists(st.tuples(SUBJECTS, ACTIONS), max_size=5))
def test_every_request_has_a_verdict_by_a_line_that_is_there(permissions: list[tuple[Subject, Action]]) -> None:
    documents = one(Format.EXEC_RULES, "".join(FILES))
    lines = ENGINE.lines(ENGINE.write(documents, dict(permissions)))
    for request in REQUESTS[::7]:
        verdict = ENGINE.verdict(lines, request, WHERE)
        assert (verdict.line in lines) if verdict.line else verdict.action is Action.ASK


@given(st.text(max_size=60), st.sampled_from(FILES))
def test_whatever_a_line_is_it_is_not_allowed_by_accident(command: str, file: str) -> None:
    assert ask(file, command) in {"s", "D", "A"}


def test_without_rules_nothing_is_allowed_and_nothing_denied() -> None:
    assert {ask("", command) for command in COMMANDS} == {"s"}
