"""Lists of what is allowed and what is denied: entries that name tools, and entries that are commands."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.dialects.base import Dialect
from aisync_desktop.clients.lens import MAIN
from aisync_desktop.documents.protocol import Document
from aisync_desktop.permissions.language import Action, Request, Subject, Tool
from tests.clients.dialects import laws
from tests.permission_corpus import WHERE

TOKENS = laws.engine("two-lists", root=["permissions"], lists={"deny": ["deny"], "allow": ["allow"]}, complete=True)
BARE = laws.engine(
    "two-lists",
    lists={"deny": ["commandBlocklist"], "ask": ["commandDenylist"], "allow": ["commandAllowlist"]},
    given=["ask"],
    tools={"shell": ""},
)
COMMENTED = """{
  "permissions": {
    "allow": ["Shell(ls)", "Shell(git)"], // mine
    "deny": [
      // never
      "Shell(rm)"
    ]
  }
}
"""


def tokens(allow: list[str], deny: list[str]) -> Document:
    return laws.document(json.dumps({"permissions": {"allow": allow, "deny": deny}}))


def bare(**lists: list[str]) -> Document:
    return laws.document(json.dumps(lists))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("git status", "allow"),
        ("git status && ls", "allow"),
        ("git status && make", "ask"),
        ("git status; rm x", "deny"),
        ("git $(rm x)", "deny"),
        ("X=1 git status", "ask"),
        ("git log > file", "ask"),
        ("git log > /dev/null", "allow"),
        ("curl x", "allow"),
        ("npm run build", "allow"),
        ("npm test", "ask"),
        ("git 'x", "ask"),
    ],
)
def test_tokens_judge_each_command(line: str, expected: str) -> None:
    held = tokens(["Shell(git)", "Shell(ls)", "Shell(curl:*)", "Shell(npm:run *)"], ["Shell(rm)"])
    assert laws.action_of(TOKENS, held, line) == expected


@pytest.mark.parametrize(
    ("tool", "argument", "expected"),
    [
        (Tool.READ, f"{WHERE.root}/src/a/b.ts", "allow"),
        (Tool.READ, f"{WHERE.root}/lib/b.ts", "ask"),
        (Tool.READ, f"{WHERE.root}/.env.local", "deny"),
        (Tool.READ, f"{WHERE.root}/a/.env", "ask"),
        (Tool.EDIT, f"{WHERE.root}/a/x.key", "deny"),
        (Tool.EDIT, "/opt/x.key", "deny"),
        (Tool.EDIT, "/etc/passwd", "deny"),
        (Tool.FETCH, "https://api.github.com/x", "allow"),
        (Tool.FETCH, "https://github.com.evil.org/", "ask"),
        (Tool.MCP, "gh.get", "allow"),
        (Tool.MCP, "gh.delete", "deny"),
        (Tool.MCP, "other.get", "ask"),
    ],
)
def test_tokens_judge_other_tools(tool: Tool, argument: str, expected: str) -> None:
    held = tokens(
        ["Read(src/**)", "WebFetch(*.github.com)", "Mcp(gh, *)"],
        ["Read(.env*)", "Write(**/*.key)", "Write(/etc/*)", "Mcp(gh, delete)"],
    )
    assert laws.action_of(TOKENS, held, argument, tool) == expected


def test_tokens_mean_subjects_or_nothing_that_others_know() -> None:
    held = tokens(
        ["Shell(git)", "Shell(npm:test)", "Shell(git:log *)", "Shell(g*)", "Read(a)", "Read(src/**)", "Todo(x)", "x"],
        [
            "Shell(git:push*)",
            "Shell(*)",
            "Read(.env*)",
            "Write(**)",
            "WebFetch(*.a.org)",
            "Mcp(gh, get_*)",
            "Shell(x y)",
        ],
    )
    assert laws.shown(TOKENS, held) == {
        "deny: Shell(git:push*)": "shell: git push",
        "deny: Shell(*)": "shell",
        "deny: Read(.env*)": "read: ./.env*",
        "deny: Write(**)": "edit",
        "deny: WebFetch(*.a.org)": "fetch: *.a.org",
        "deny: Mcp(gh, get_*)": "mcp ~ gh.get_*",
        "deny: Shell(x y)": "permission.pattern",
        "allow: Shell(git)": "shell: git",
        "allow: Shell(npm:test)": "shell = npm test",
        "allow: Shell(git:log *)": "shell ~ git log *",
        "allow: Shell(g*)": "permission.pattern",
        "allow: Read(a)": "permission.pattern",
        "allow: Read(src/**)": "read: ./src/**",
        "allow: Todo(x)": "permission.tool",
        "allow: x": "permission.tool",
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ls -la /x", "allow"),
        ("/bin/ls", "allow"),
        ("X=1 sudo ls > file", "allow"),
        ("git status -s && ls", "allow"),
        ("git -C x status", "allow"),
        ("git push", "deny"),
        ("git -C x push origin", "deny"),
        ("ls; git  push", "deny"),
        ("timeout 5 git push", "deny"),
        ("bash -c 'ls'", "ask"),
        ("ls $(pwd)", "ask"),
        ("docker run x", "allow"),
        ("git log", "ask"),
        ("git", "ask"),
        ("GIT PUSH", "deny"),
        ("git pushx", "ask"),
        ("mkfs /dev/x", "ask"),
        ("cd x && ls", "allow"),
    ],
)
def test_bare_commands_are_judged_as_the_client_does(line: str, expected: str) -> None:
    held = bare(
        commandAllowlist=["ls -la", "git status", "docker ps", "git push"],
        commandDenylist=["mkfs"],
        commandBlocklist=["git push"],
    )
    assert laws.action_of(BARE, held, line) == expected


def test_bare_commands_mean_what_their_words_come_to() -> None:
    held = bare(
        commandAllowlist=["ls -la", "npm run build", "docker ps", "git", "gh pr list", "a && b"],
        commandDenylist=["rm -rf /", "git push"],
    )
    assert laws.shown(BARE, held) == {
        "commandDenylist: rm -rf /": "permission.pattern",
        "commandDenylist: git push": "shell: git push",
        "commandAllowlist: ls -la": "shell: ls",
        "commandAllowlist: npm run build": "shell: npm run",
        "commandAllowlist: docker ps": "shell: docker",
        "commandAllowlist: git": "permission.pattern",
        "commandAllowlist: gh pr list": "shell: gh pr list",
        "commandAllowlist: a && b": "permission.pattern",
    }


def test_the_list_that_brings_rules_along_is_never_begun_by_us() -> None:
    refused = BARE.refusal(Subject.parse("shell: rm"), Action.ASK)
    assert refused is not None
    assert refused.code == "loss.permission-action"
    assert laws.written(BARE, laws.document("{}"), ask="shell: rm") == "{}"
    held = bare(commandDenylist=["rm", "dd"])
    assert json.loads(laws.written(BARE, held, none="shell: rm")) == {"commandDenylist": ["dd"]}


def test_a_client_that_wants_all_lists_gets_them() -> None:
    assert json.loads(laws.written(TOKENS, laws.document("{}"), deny="shell: rm")) == {
        "permissions": {"deny": ["Shell(rm)"], "allow": []}
    }
    after = laws.written(TOKENS, laws.document(COMMENTED), none="shell: rm")
    assert '"deny": [' in after


def test_what_is_denied_is_no_longer_allowed() -> None:
    after = laws.written(TOKENS, laws.document(COMMENTED), deny="shell: git")
    assert after == COMMENTED.replace(', "Shell(git)"', "").replace(
        '"Shell(rm)"\n', '"Shell(rm)",\n      "Shell(git)"\n'
    )


@given(laws.SUBJECTS, laws.ACTIONS, st.sampled_from([TOKENS, BARE]))
def test_what_is_written_is_read_back_and_goes_without_a_trace(
    subject: Subject, action: Action, dialect: Dialect
) -> None:
    laws.check_round_trip(dialect, subject, action)
    laws.check_round_trip(dialect, subject, action, laws.document(COMMENTED))


@given(laws.SUBJECTS, laws.ACTIONS, st.sampled_from([TOKENS, BARE]))
def test_what_is_refused_would_not_be_read_back(subject: Subject, action: Action, dialect: Dialect) -> None:
    written = dialect.write({MAIN: laws.document("{}")}, {subject: action})
    found = [(line.subject, line.action) for line in dialect.lines(written)]
    assert (found == [(subject, action)]) is (dialect.refusal(subject, action) is None)


_LISTS = st.lists(
    st.one_of(st.none(), st.text(max_size=8), st.sampled_from(["Shell(", "Mcp(a)", "Read(**)", "*:*", ":"]))
)


@given(st.one_of(st.text(max_size=3), st.fixed_dictionaries({"allow": _LISTS, "deny": _LISTS})), _LISTS)
def test_nothing_that_stands_there_is_too_strange(held: object, entries: list[object]) -> None:
    document = laws.document(
        json.dumps({"permissions": held, "commandAllowlist": entries, "commandBlocklist": entries})
    )
    for dialect in (TOKENS, BARE):
        lines = dialect.lines({MAIN: document})
        for request in (Request(Tool.SHELL, "git push; rm x"), Request(Tool.FETCH, "http://["), Request(Tool.READ, "")):
            dialect.verdict(lines, request, WHERE)


def test_every_request_can_be_judged() -> None:
    laws.check_whole_corpus(TOKENS, laws.document(COMMENTED))
    laws.check_whole_corpus(BARE, bare(commandAllowlist=["ls"], commandBlocklist=["foo a"]))


def test_no_entry_takes_long() -> None:
    held = tokens(["Shell(" + "*a" * 3000 + ")"], ["Read(" + "**/*a/" * 200 + "b)"])
    assert laws.action_of(TOKENS, held, "a" * 2_999) == "ask"
    assert laws.action_of(TOKENS, held, WHERE.root + "/a" * 200, Tool.READ) == "ask"
    assert laws.action_of(BARE, bare(commandBlocklist=["a " * 15 + "b"]), "a " * 5_000) == "ask"
