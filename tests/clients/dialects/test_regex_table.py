r"""A level for every tool, and regular expressions for commands."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.descriptor import DialectName
from aisync_desktop.clients.dialects.regex_table import Engine
from aisync_desktop.clients.dialects.simple_regex import head_of, simple, spelled
from aisync_desktop.documents.protocol import Format
from aisync_desktop.permissions.language import Action, Matcher, Request, Subject, Tool
from tests.helpers.dialect_laws import ACTIONS, SUBJECTS, check_round_trip, content, endpoint, one, opaque, said, wanted
from tests.permission_corpus import COMMANDS, REQUESTS, WHERE

ENGINE = Engine(endpoint(DialectName.REGEX_TABLE, Format.YAML, root=["toolPermissions"]))
GENERATED = r"""version: 1

toolPermissions:
  default: ask
  tools:
    create_file: ask
    delete_file: ask
    move_file: ask
    find_and_replace_code: ask
    open_files: allow
    expand_code_chunks: allow
    expand_folder: allow
    grep: allow
  bash:
    default: ask
    commands:
    - command: ls(\s.*)?
      permission: allow
    # where am I
    - command: pwd
      permission: allow
    runInSandbox: false
    env: {}
  allowedExternalPaths: []
"""
PUSH = r"""toolPermissions:
  bash:
    commands:
      - {command: 'git push(\s.*)?', permission: deny} # never
      - {command: 'git(\s.*)?', permission: allow}
      - {command: '(a|b)+x', permission: deny}
"""
ODD = """\
toolPermissions:
  tools: 3
  default: maybe
  bash:
    commands:
      - 7
      - {command: [x], permission: deny}
      - {command: x}
"""
FILES = ["version: 1 # mine\n", GENERATED, PUSH, ODD, "toolPermissions:\n  bash:\n    default: deny\n"]


def table(*entries: tuple[str, str], default: str = "ask") -> str:
    listed = "".join(f"      - {{command: '{command}', permission: {level}}}\n" for command, level in entries)
    return f"toolPermissions:\n  bash:\n    default: {default}\n    commands:\n{listed or '      []'}"


def ask(file: str, command: str, tool: Tool = Tool.SHELL) -> str:
    verdict = ENGINE.verdict(ENGINE.lines(one(Format.YAML, file)), Request(tool, command), WHERE)
    return f"{verdict.action.value}: {verdict.line.spelled}" if verdict.line else verdict.action.value


def hindrance(file: str, subject: str, action: Action) -> str | None:
    why = ENGINE.hindrance(one(Format.YAML, file), Subject.parse(subject), action)
    return why.code if why else None


def test_entries_are_permissions_and_levels_are_defaults() -> None:
    documents = one(Format.YAML, GENERATED)
    assert said(ENGINE, documents) == [("shell: ls", "allow"), ("shell = pwd", "allow")]
    assert set(opaque(ENGINE, documents).values()) == {"permission.default"}
    assert "bash.default" in opaque(ENGINE, documents)


@pytest.mark.parametrize(
    ("pattern", "subject"),
    [
        ("npm test", "shell = npm test"),
        (r"npm test(\s.*)?", "shell: npm test"),
        ("npm test( .*)?", "shell: npm test"),
        (r"^npm test(?:\s+.*)?$", "shell: npm test"),
        ("^npm test$", "shell = npm test"),
        (r"python3\.12(\s.*)?", "shell: python3.12"),
        ("git .*", "shell ~ git *"),
        (r"git .* main", "shell ~ git * main"),
        (r"npm\ run\ test\-all", "shell = npm run test-all"),
        ("python3.12", None),
        ("(ls|pwd)", None),
        (r"rm\s+-rf.*", None),
        (r"a.*(\s.*)?", None),
        ("", None),
        ("$", None),
        (r"(\s.*)?", None),
        ("echo 'a'", None),
        ("a\\", None),
    ],
)
def test_only_simple_expressions_have_a_meaning(pattern: str, subject: str | None) -> None:
    read = simple(pattern)
    assert (read.subject() if read else None) == (Subject.parse(subject) if subject else None)


@pytest.mark.parametrize(
    ("file", "command", "answer"),
    [
        (GENERATED, "ls", r"allow: ls(\s.*)?"),
        (GENERATED, "ls -la x", r"allow: ls(\s.*)?"),
        (GENERATED, "lsof", "ask: bash.default"),
        (GENERATED, "pwd -P", "ask: bash.default"),
        (GENERATED, "ls && pwd", r"allow: ls(\s.*)?"),
        (GENERATED, "ls; rm x", "ask: bash.default"),
        (GENERATED, "ls $(rm x)", "ask"),
        (GENERATED, "ls > x", "ask"),
        (GENERATED, "ls '$(rm x)'", "ask"),
        (GENERATED, "X=1 ls", "ask"),
        (GENERATED, "ls & pwd", "ask"),
        (GENERATED, "ls; }", "ask"),
        (PUSH, "git push -f", r"deny: git push(\s.*)?"),
        (PUSH, "git status", "ask"),  # another expression may match it, too
        (PUSH, "ls && git push", r"deny: git push(\s.*)?"),
        (table(("ls", "deny"), default="allow"), "pwd", "allow: bash.default"),
        (table(("ls", "deny"), default="allow"), "pwd > x", "allow: bash.default"),
        (table(("ls", "deny"), default="allow"), "ls > x", "ask"),
        (table(("ls", "deny"), default="deny"), "X=1 ls", "deny: bash.default"),
        (table(("l[s]", "allow"), default="deny"), "ls", "ask"),
        (table(("l[s]", "ask")), "ls", "ask: bash.default"),
        (table(("ls", "allow"), default="allow"), "ls; }", "allow: bash.default"),
        ("toolPermissions: {default: deny}", "ls", "deny: default"),
        ("", "ls", "ask"),
    ],
)
def test_what_is_known_of_commands(file: str, command: str, answer: str) -> None:
    assert ask(file, command) == answer


def test_levels_of_tools_count_for_files_of_the_project() -> None:
    inside = f"{WHERE.root}/a"
    assert ask(GENERATED, inside, Tool.READ) == "allow: tools.open_files"
    assert ask(GENERATED, inside, Tool.EDIT) == "ask: tools.create_file"
    assert ask(GENERATED, "/etc/passwd", Tool.READ) == "ask"
    assert ask(GENERATED.replace("grep: allow", "grep: ask"), inside, Tool.READ) == "ask"
    assert ask("toolPermissions: {default: deny}", inside, Tool.READ) == "deny: default"
    assert ask(GENERATED, "github.get_issue", Tool.MCP) == "ask"


@pytest.mark.parametrize(
    ("subject", "action", "why"),
    [
        ("shell: git push", Action.ALLOW, "loss.permission-order"),
        ("shell: git commit", Action.DENY, "loss.permission-order"),
        ("shell = npm test", Action.ALLOW, "loss.permission-order"),  # one expression begins with anything
        ("shell = git push", Action.DENY, "loss.permission-order"),
        ("shell: npm", Action.DENY, None),
    ],
)
def test_nothing_is_added_beside_an_entry_that_may_count_instead(subject: str, action: Action, why: str | None) -> None:
    assert hindrance(PUSH, subject, action) == why


def test_an_entry_is_written_as_the_client_writes_them() -> None:
    written = ENGINE.write(one(Format.YAML, GENERATED), wanted(**{"shell: npm run": "deny", "shell = pwd": "ask"}))
    assert r"""    - command: ls(\s.*)?
      permission: allow
    # where am I
    - command: pwd
      permission: ask
    - command: npm run(\s.*)?
      permission: deny
    runInSandbox""" in content(written)


def test_what_is_allowed_has_no_other_blank_than_the_space() -> None:
    allowed = content(ENGINE.write(one(Format.YAML, ""), wanted(**{"shell: foo": "allow"})))
    assert (ask(allowed, "foo a"), ask(allowed, "foo\ta"), ask(allowed, "foo\u00a0a")) == (
        "allow: foo( .*)?",
        "ask",
        "ask",
    )
    denied = content(ENGINE.write(one(Format.YAML, allowed), wanted(**{"shell: foo": "deny"})))
    assert ask(denied, "foo\ta") == r"deny: foo(\s.*)?"
    again = ENGINE.write(one(Format.YAML, denied), wanted(**{"shell: foo": "allow"}))
    assert content(again) == allowed


def test_in_a_new_file_the_strictest_stand_first() -> None:
    written = ENGINE.write(one(Format.YAML, ""), wanted(**{"shell: git": "allow", "shell: git push": "deny"}))
    assert said(ENGINE, written) == [("shell: git push", "deny"), ("shell: git", "allow")]


def test_what_is_said_twice_is_said_once_afterwards() -> None:
    twice = one(Format.YAML, table(("ls", "allow"), ("pwd", "ask"), ("^ls$", "deny")))
    assert said(ENGINE, ENGINE.write(twice, wanted(**{"shell = ls": "ask"}))) == [
        ("shell = ls", "ask"),
        ("shell = pwd", "ask"),
    ]
    assert said(ENGINE, ENGINE.write(twice, wanted(**{"shell = ls": None}))) == [("shell = pwd", "ask")]


@given(st.sampled_from(FILES), SUBJECTS, ACTIONS)
def test_what_is_not_refused_is_said_and_can_go_again(file: str, subject: Subject, action: Action) -> None:
    check_round_trip(ENGINE, one(Format.YAML, file), subject, action)


@given(st.sampled_from(FILES), st.dictionaries(SUBJECTS, ACTIONS, max_size=3), st.sampled_from(REQUESTS))
def test_every_request_has_a_verdict_by_a_line_that_is_there(
    file: str, permissions: dict[Subject, Action], request_: Request
) -> None:
    lines = ENGINE.lines(ENGINE.write(one(Format.YAML, file), permissions))
    verdict = ENGINE.verdict(lines, request_, WHERE)
    assert (verdict.line in lines) if verdict.line else verdict.action is Action.ASK


@given(
    SUBJECTS.filter(lambda one: one.tool is Tool.SHELL and one.matcher is not Matcher.ALL),
    ACTIONS,
    st.sampled_from(COMMANDS),
)
def test_a_simple_expression_matches_what_the_real_one_does(subject: Subject, action: Action, command: str) -> None:
    for text in (command, subject.pattern, subject.pattern + " x", subject.pattern.replace("*", command)):
        read = simple(spelled(subject, action))
        assert read
        assert read.subject() == subject
        assert read.matches(text) == (re.fullmatch(spelled(subject, action), text) is not None)
        assert read.begins(text.replace("\n", "")) == (
            re.match(spelled(subject, action), text.replace("\n", "")) is not None
        )


@given(st.text(alphabet=r"ab .*()\s?+^$|{}'", max_size=12), st.text(alphabet="ab .\n", max_size=8))
def test_what_is_taken_for_simple_matches_as_the_real_one(pattern: str, text: str) -> None:
    read = simple(pattern)
    if read:
        unchained = re.compile(pattern.removesuffix("$") if not pattern.endswith(r"\$") else pattern)
        assert read.matches(text) == (unchained.fullmatch(text) is not None)
    try:
        found = re.match(pattern, text)
    except re.error:
        return
    assert not found or found.start() or text.startswith(head_of(pattern))


def test_the_longest_expression_is_matched_at_once() -> None:
    read = simple("a" + ".*a" * 400 + "b")
    assert read
    assert not read.matches("a" * 40_000)
