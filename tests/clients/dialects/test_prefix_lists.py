"""Three lists in which a pattern without `*` is a prefix: what was measured with the client, and the laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.descriptor import DialectName
from aisync_desktop.clients.dialects.prefix_lists import Engine
from aisync_desktop.clients.dialects.prefix_shell import fits, normalized, pieces
from aisync_desktop.documents.protocol import Format
from aisync_desktop.permissions.language import Action, Matcher, Request, Subject, Tool
from tests.helpers.dialect_laws import ACTIONS, SUBJECTS, check_round_trip, endpoint, one, opaque, said
from tests.helpers.permission_tables import COMMANDS, FILES, WHERE, config, verdicts
from tests.permission_corpus import REQUESTS

ENGINE = Engine(endpoint(DialectName.PREFIX_LISTS, Format.JSON, root=["permissions"]))


# A: runs, p: is asked about, D: is denied. The columns are COMMANDS, or FILES.
@pytest.mark.parametrize(
    ("lists", "row"),
    [
        ({"allow": ["Bash(foo a)"]}, "p A A p p p p A A p A A A p p p p"),
        ({"allow": ["Bash(foo:*)"]}, "A A A p p p p A A p A A A p p A p"),
        ({"allow": ["Bash(foo)"]}, "A A A p p p p A A p A A A p p A p"),
        ({"allow": ["Bash(foo*)"]}, "A A A A p p p A A p A A A p p A p"),
        ({"allow": ["Bash"], "deny": ["Bash(foo:*)"]}, "D D D A D D D D D A D D D A A D A"),
        ({"allow": ["Bash"], "ask": ["run_shell_command(foo:*)"]}, "p p p A p p p p p A p p p A A p A"),
        ({"allow": ["Bash"], "deny": ["Bash(foo a)"]}, "A D D A D D D D D A D D D A A A A"),
        ({"allow": ["Bash(foo:*)"], "deny": ["Bash(bar:*)"]}, "A A A p D D D A A p A A A p p A p"),
    ],
)
def test_commands_do_what_was_measured(lists: dict[str, list[str]], row: str) -> None:
    assert verdicts(ENGINE, lists, Tool.SHELL, COMMANDS) == row


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        (".env", "D....."),
        ("./.env", "D....."),
        ("**/.env", "DD...."),
        ("/secrets/**", "....D."),
        ("secrets/**", "....D."),
        ("*.ts", "......"),
        ("**/*.ts", "..DD.."),
        ("//home/*/project/secrets/**", "....D."),
        ("//**/.env", "DD...."),
        ("~/project/src/**", "..D..."),
        ("secrets", "......"),
    ],
)
def test_denied_files_are_those_that_were_measured(rule: str, row: str) -> None:
    assert verdicts(ENGINE, {"deny": [f"Read({rule})"]}, Tool.READ, FILES).replace("A", ".").replace(" ", "") == row


@pytest.mark.parametrize(("rule", "row"), [("Edit(src/**)", "..A..."), ("Edit", "AAAAAA")])
def test_allowed_files_are_those_that_were_measured(rule: str, row: str) -> None:
    assert verdicts(ENGINE, {"allow": [rule]}, Tool.EDIT, FILES).replace("p", ".").replace(" ", "") == row


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("a && b || c; d & e | f |& g\nh", ["a", "b", "c", "d", "e", "f", "g", "h"]),
        ("a 'b; c' \"d && e\" \\; f", ["a 'b; c' \"d && e\" \\; f"]),
        ("a $(b; c)", ["a $(b", "c)"]),
        ("a 2>&1 &> x & b", ["a 2>&1 &> x", "b"]),
        ("a # b; c", ["a # b", "c"]),
        ("a # b's", ["a # b's"]),
        ("a;", ["a;"]),
        ("| a", ["| a"]),
        ("", [""]),
    ],
)
def test_a_line_is_split_at_operators_outside_quotes(line: str, found: list[str]) -> None:
    assert pieces(line) == found


@pytest.mark.parametrize(
    ("piece", "command"),
    [
        ("X=1 Y='2 3' foo  'a b' \"c\"", "foo a b c"),
        ("foo $X ${Y}z \"$X\" '$X'", "foo  z  $X"),
        ("foo *.ts a\\*", "foo glob glob"),
        ("foo > x 2>&1", "foo > x 2 >& 1"),
        ("foo $(bar)", "foo $ ( bar )"),
        ("foo a#b c", "foo a"),
        ("foo ${}", "foo ${}"),
        ("foo a\\ b", "foo a b"),
    ],
)
def test_a_command_loses_variables_and_quotes(piece: str, command: str) -> None:
    assert normalized(piece) == command


@pytest.mark.parametrize(
    ("pattern", "command", "matches"),
    [
        ("foo *", "foo", True),
        ("foo * b", "foo b", True),
        ("foo * b", "foo a b", True),
        ("foo * b", "foob", False),
        ("foo* b", "foox b", True),
        ("* a", "foo a", True),
        ("* a", "a", False),
        ("*foo", "a foo", True),
        ("a*a*a*b", "a" * 400, False),
    ],
)
def test_stars_stand_for_any_text_and_are_optional_after_a_space(pattern: str, command: str, *, matches: bool) -> None:
    assert fits(pattern, command) is matches


def test_rules_become_subjects_as_far_as_they_mean_the_same_elsewhere() -> None:
    rules = [
        *("Bash", "ShellTool(npm test)", "run_shell_command(git push:*)", "Bash(git * main)", "Bash(echo $X)"),
        *("Read(src/**)", "Read(.env)", "Edit", "Edit(/src/**)", "Write", "WebFetch(example.com)", "Skill(x)"),
        *("mcp__github", "mcp__git__get_*", "mcp__*", "Bash(x"),
    ]
    documents = config({"allow": rules})
    assert [subject for subject, _ in said(ENGINE, documents)] == [
        *("shell", "shell: npm test", "shell: git push", "shell ~ git * main", "read: ./src/**", "edit"),
        *("edit: ./src/**", "fetch: example.com", "mcp: github", "mcp ~ git.get_*", "mcp"),
    ]
    assert opaque(ENGINE, documents) == {
        **dict.fromkeys(("Bash(echo $X)", "Read(.env)"), "permission.pattern"),
        **dict.fromkeys(("Write", "Skill(x)"), "permission.tool"),
        "Bash(x": "permission.unread",
    }


def test_a_host_means_those_below_it_and_a_server_all_its_tools() -> None:
    lists = {"allow": ["WebFetch(domain:example.com)", "mcp__git", "mcp__a__get_*"]}
    hosts = ["https://example.com/x", "https://a.example.com", "https://notexample.com", "https://example.com@b.org"]
    assert verdicts(ENGINE, lists, Tool.FETCH, hosts) == "A A p p"
    assert verdicts(ENGINE, lists, Tool.MCP, ["git.x", "github.x", "a.get_x", "a.put"]) == "A p A p"


def test_a_mode_that_opens_everything_leaves_what_is_denied() -> None:
    said_so = {"mode": ["tools", "approvalMode"], "open_modes": ["yolo"]}
    engine = Engine(endpoint(DialectName.PREFIX_LISTS, Format.JSON, root=["permissions"], **said_so))
    rules = '{"deny": ["Bash(rm:*)", "Edit(.env)"], "ask": ["Bash(mv)"]}'
    text = f'{{"tools": {{"approvalMode": "yolo"}}, "permissions": {rules}}}'
    lines = engine.lines(one(Format.JSON, text))
    requests = [Request(Tool.SHELL, line) for line in ("rm x", "mv x", "ls")]
    requests += [Request(Tool.EDIT, path) for path in (FILES[0], "/etc/x")]
    assert [engine.verdict(lines, request, WHERE).action.value[0] for request in requests] == ["d", "a", "a", "d", "a"]


PATHS = st.sampled_from(
    ["./src", "./**/src/**", "./**", "**/.env", "**/a/**", "/etc/**", "/**", "~/x", "./*.ts", "~/**"]
)
PATH_SUBJECTS = st.builds(
    lambda tool, path: Subject(tool, Matcher.IS, path), st.sampled_from([Tool.READ, Tool.EDIT]), PATHS
)


@given(SUBJECTS | PATH_SUBJECTS, ACTIONS)
def test_what_is_not_refused_comes_back_as_it_was_written(subject: Subject, action: Action) -> None:
    for text in ("{}\n", '{"permissions": {"allow": ["Write"], "deny": ["Bash(x)", "Read(.env)"]}}'):
        check_round_trip(ENGINE, one(Format.JSON, text), subject, action)


def test_an_exact_command_is_refused_and_so_are_allowed_files_that_may_be_folders() -> None:
    assert ENGINE.refusal(Subject.parse("shell = a"), Action.DENY)
    assert ENGINE.refusal(Subject.parse("edit: ./a"), Action.ALLOW)
    assert ENGINE.refusal(Subject.parse("edit: ./a"), Action.DENY) is None


@given(st.text(max_size=30), ACTIONS)
def test_any_rule_has_a_meaning_or_a_reason_and_can_be_evaluated(rule: str, action: Action) -> None:
    for spelled in (rule, f"Bash({rule})", f"Read({rule})", f"WebFetch(domain:{rule})", f"mcp__{rule}"):
        lines = ENGINE.lines(config({action.value: [spelled]}))
        for request in REQUESTS[::61]:
            assert ENGINE.verdict(lines, request, WHERE).action in Action


def test_everything_in_the_corpus_is_answered() -> None:
    lists = {"allow": ["Bash(foo:*)"], "deny": ["Bash(bar * a)", "Read(**/.env)"], "ask": ["mcp__*"]}
    lines = ENGINE.lines(config(lists))
    assert {ENGINE.verdict(lines, request, WHERE).action for request in REQUESTS} == set(Action)


@pytest.mark.parametrize(
    "piece", ["a ", "a;", "$(", "`", "'", '"', '\\"', "'a", "foo && ", "<<E\n", "(", "a*", "&", "\\"]
)
def test_long_lines_are_answered(piece: str) -> None:
    lines = ENGINE.lines(config({"allow": ["Bash(foo:*)"], "deny": ["Bash(*a*a*a*b)"]}))
    assert ENGINE.verdict(lines, Request(Tool.SHELL, piece * 3_000), WHERE).action in Action
