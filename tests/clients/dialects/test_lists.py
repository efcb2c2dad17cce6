"""Three lists in which a pattern without `*` is exact: what was measured with the client, and the laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.descriptor import DialectName
from aisync_desktop.clients.dialects.lists import Engine
from aisync_desktop.clients.lens import NoRootError
from aisync_desktop.documents.protocol import Format
from aisync_desktop.permissions.language import Action, Matcher, Request, Subject, Surrounding, Tool, subject_of
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
from tests.helpers.permission_tables import COMMANDS, FILES, WHERE, config, verdicts
from tests.permission_corpus import REQUESTS

USER = Engine(endpoint(DialectName.LISTS, Format.JSON, root=["permissions"], paths=["$X/settings", "~/.own/settings"]))
PROJECT = Engine(
    endpoint(DialectName.LISTS, Format.JSON, root=["permissions"], scope="project", paths=["./.own/settings"])
)


# A: runs, p: is asked about, D: is denied. The columns are COMMANDS, or FILES.
@pytest.mark.parametrize(
    ("lists", "row"),
    [
        ({"allow": ["Bash(foo a)"]}, "p A p p p p p p A A p p A p p p p"),
        ({"allow": ["Bash(foo:*)"]}, "A A A p p p p p A A A A A p p p A"),
        ({"allow": ["Bash(foo *)"]}, "A A A p p p p p A A A A A p p p A"),
        ({"allow": ["Bash(foo*)"]}, "A A A A p p p p A A A A A p p p A"),
        ({"allow": ["Bash"], "deny": ["Bash(foo:*)"]}, "D D D A D D D D D D D D D D A D D"),
        ({"allow": ["Bash"], "ask": ["Bash(foo:*)"]}, "p p p A p p p p p p p p p p A p p"),
        ({"allow": ["Bash"], "deny": ["Bash(foo a)"]}, "A D A A D D D D D D A D D D A A A"),
        ({"allow": ["Bash(foo)"]}, "A p p p p p p p p p p p p p p p p"),
        ({"allow": ["Bash(foo:*)"], "deny": ["Bash(bar:*)"]}, "A A A p D D D p A A A A A p p D A"),
        ({"allow": ["Bash(foo:*)", "Bash(bar:*)"]}, "A A A p A A A p A A A A A p p p A"),
        ({"allow": ["Bash(*)"], "deny": ["Bash(foo * b)"]}, "A A D A A A A A A A D A A A A A A"),
    ],
)
def test_commands_do_what_was_measured(lists: dict[str, list[str]], row: str) -> None:
    assert verdicts(USER, lists, Tool.SHELL, COMMANDS) == row


@pytest.mark.parametrize(
    ("rule", "user", "project"),
    [
        (".env", "DD....", "DD...."),
        ("./.env", "DD....", "DD...."),
        ("**/.env", "DD....", "DD...."),
        ("/.env", "......", "D....."),
        ("//**/.env", "DD....", "DD...."),
        ("~/project/.env", "D.....", "D....."),
        ("/secrets/**", "......", "....D."),
        ("secrets/**", "....DD", "....DD"),
        ("secrets/*", "....D.", "....D."),
        ("//home/*/project/secrets/**", "....D.", "....D."),
        ("*.ts", "..DD..", "..DD.."),
        ("**/*.ts", "..DD..", "..DD.."),
        ("/**/*.ts", "......", "..DD.."),
        ("src", "..DD..", "..DD.."),
        ("src/", "..DD..", "..DD.."),
        ("/src", "......", "..D..."),
        ("pkg/src/**", "...D..", "...D.."),
        ("src/a.ts", "..D...", "..D..."),
        ("**", "DDDDDD", "DDDDDD"),
        ("*", "DDDDDD", "DDDDDD"),
        ("~/**", "DDDDDD", "DDDDDD"),
    ],
)
def test_denied_files_are_those_that_were_measured(rule: str, user: str, project: str) -> None:
    for engine, row in ((USER, user), (PROJECT, project)):
        found = verdicts(engine, {"deny": [f"Read({rule})"]}, Tool.READ, FILES)
        assert found.replace("A", ".").replace(" ", "") == row


@pytest.mark.parametrize(
    ("rules", "user", "project"),
    [
        (["Edit(.env)"], "AA....", "AA...."),
        (["Edit(src/**)"], "..A...", "..A..."),
        (["Edit(/src/**)"], "......", "..A..."),
        (["Edit(src)"], "..AA..", "..AA.."),
        (["Edit(**/src/**)"], "..AA..", "..AA.."),
        (["Edit(/**)"], "......", "AAAAAA"),
        (["Edit(//**)"], "AAAAAA", "AAAAAA"),
        (["Edit(~/**)"], "AAAAAA", "AAAAAA"),
        (["Write(src/**)"], "......", "......"),
        (["Edit"], "......", "......"),
    ],
)
def test_allowed_files_are_those_that_were_measured(rules: list[str], user: str, project: str) -> None:
    for engine, row in ((USER, user), (PROJECT, project)):
        found = verdicts(engine, {"allow": rules}, Tool.EDIT, FILES)
        assert found.replace("p", ".").replace(" ", "") == row


@pytest.mark.parametrize(
    ("line", "allowed"),
    [
        ("NODE_ENV=test LANG=C foo", True),
        ("NODE_ENV='a b' foo", False),
        ("LANG=C X=1 foo", False),
        ("foo && ls -la | wc", True),
        ("foo && ls /etc", False),
        ("foo && git status", True),
        ("foo && git push", False),
        ("X=$(foo a)", True),
        ("if foo; then foo a; else foo; fi", True),
        ("for x in *; do foo; done", True),
        ("for x in a; do foo $x; done", False),
        ("(foo)", False),
        ("{ foo; }", False),
        ("foo &", False),
        ("foo a*", True),
        ("foo {a,b}", False),
        ("foo $((1+1))", True),
        ("foo < in.txt 2>&1 > /dev/null", True),
        ("foo < ../in.txt", False),
        ("foo <<'E'\n$(bar)\nE", True),
        ("foo <<E\na\nE", False),
        ("foo a\rb", False),
        ("foo a\u00a0b", False),
        ("foo a\\ b", False),
        ("'fo'o 'a && b'", True),
        ("xargs -n1 foo", False),
        ("xargs timeout 5 foo", False),
        ("timeout -k 3 5s nice -n 5 foo", True),
        ("sudo foo", False),
    ],
)
def test_an_allowed_prefix_takes_simple_commands_only(line: str, *, allowed: bool) -> None:
    row = verdicts(USER, {"allow": ["Bash(foo:*)"]}, Tool.SHELL, [line])
    assert row == ("A" if allowed else "p")


@pytest.mark.parametrize(
    ("line", "denied"),
    [
        ("sudo -u me foo a", True),
        ("env -u X Y=1 foo a", True),
        ("exec -a x foo a", True),
        ("/opt/x/foo a", True),
        ("~/foo a", True),
        ("foo a $X", True),
        ("foo $X a", True),
        ('foo a "$X"', False),
        ("foo  'a' > x", True),
        ("foo 'a b'", False),
        ("X=`foo a`", True),
        ("cat <<E\n$(foo a)\nE", True),
        ("cat <<'E'\nfoo a\nE", False),
        ("case x in x) foo a;; esac", True),
        ("f() { foo a; }; f", True),
        ("until foo a; do bar; done", True),
        ("eval foo a", False),
        ("xargs -0 foo a", False),
        ("find . -exec foo a \\;", False),
        ("bash -c 'foo a'", False),
        ("`foo a`", False),
    ],
)
def test_a_denied_command_is_found_where_the_client_finds_it(line: str, *, denied: bool) -> None:
    row = verdicts(USER, {"allow": ["Bash"], "deny": ["Bash(foo a)"]}, Tool.SHELL, [line])
    assert row == ("D" if denied else "A")


# By lines in which backticks name a command, or something is expanded; the columns are what DENIED denies.
DENIED = ("foo a", "foo:*", "*foo*", "foo * a")
BACKTICKS = {
    "(foo; foo a) && `foo`": "DDDA",
    "{ bar; foo a; } && `x`": "DDDA",
    "timeout 5 foo a; `x`": "DDDA",
    "foo a && `x` && bar": "DDDA",
    "`x`; foo a": "AADA",
    "`x` && (bar; foo a)": "AADA",
    "`x`; timeout 5 foo a": "AADA",
    "`x`; bar/foo a": "DDDA",
    "! `x`; foo a": "AADA",
    "(`x` y); foo a": "AADA",
    "if `x`; then foo a; fi": "AADA",
    "`x``y`; foo a": "AADA",
    "`x`\nfoo a": "DDDA",
    "`x` y; foo a": "DDDA",
    "`x` 2>&1; foo a": "DDDA",
    "`x` `y` X=1 foo a": "DDDA",
    "`x $(foo a)`; bar": "DDDA",
    "`x` $(foo a)": "DDDA",
    "bar <(`x`; foo a)": "DDDA",
    "`foo a` && bar": "ADDA",
    "`bar; foo a`": "ADDA",
    'bar "$(`x`; foo a)"': "ppDp",
    'bar "$(`x`)"; foo a': "DDDp",
    "X=$( (`x`) )": "pppp",
}
EXPANDED = {
    "foo a $(x)": "DDDA",
    "foo $X a": "DDDD",
    "foo $(x) a": "ADDD",
    "foo `x` a": "ADDD",
    "foo <(x) a": "ADDD",
    "timeout 5 $(x) foo a": "AADA",
    "timeout 5 foo $(x) a": "ADDD",
    "foo $((1)) a": "DDDD",
}


# What is compared as a whole with patterns, too; all of it measured with DENIED_WHOLE.
DENIED_WHOLE = "foo * b"
INTRICATE = [
    "foo | bar b",
    "foo |& bar b",
    "X=1 foo | bar b",
    "timeout 5 foo | bar b",
    "foo > x; bar b",
    "foo; y <(z); bar b",
    "foo; y $'x'; bar b",
    'foo; y "$X"; bar b',
    "foo; y ${X}; bar b",
    "foo; X=$Y; bar b",
    "foo; X=$Y z; bar b",
    "foo; y {a,b}; bar b",
    "foo; for i in $X; do y; done; bar b",
    "foo; for i in x; do y $i; done; bar b",
    "foo; if x > y; then z; fi; bar b",
    "foo; exec y; bar b",
    "foo; time -p y; bar b",
    "foo; eval y; bar b",
    "foo; find . -exec y; bar b",
    "foo; source y; bar b",
    "foo; alias x=y; bar b",
    "foo; cd x && git y; bar b",
    "foo; case x in x) y;; esac; bar b",
    "foo; y=(1); bar b",
    "foo $X\nbar b",
]
PLAIN = [
    "foo; bar b",
    "foo && bar b",
    "foo || bar b",
    "foo & bar b",
    "foo\nbar b",
    "foo 2>/dev/null; bar b",
    "foo 2>&1; bar b",
    "foo < x; bar b",
    "foo; y $((1)); bar b",
    "foo; y $((1+1)); bar b",
    "foo; X=1 y; bar b",
    "foo; bash -c y; bar b",
    "foo; cd x; bar b",
    "foo; y *; bar b",
    "foo; sudo y; bar b",
    "foo; while x; do y; done; bar b",
    "! foo | bar b",
    "foo | (bar b)",
    "foo <<E | bar b\nx\nE",
    "foo 2>&1 | bar > b b; x",
]


@pytest.mark.parametrize(("lines", "letter"), [(INTRICATE, "D"), (PLAIN, "A")], ids=["intricate", "plain"])
def test_a_line_that_is_more_than_a_list_is_compared_as_a_whole_too(lines: list[str], letter: str) -> None:
    lists = {"allow": ["Bash"], "deny": [f"Bash({DENIED_WHOLE})"]}
    row = verdicts(USER, lists, Tool.SHELL, lines)
    assert dict(zip(lines, row.replace(" ", ""), strict=True)) == dict.fromkeys(lines, letter)


@pytest.mark.parametrize("line", BACKTICKS)
def test_what_stands_before_backticks_that_name_a_command_is_looked_at_and_what_follows_is_hidden(line: str) -> None:
    assert denied(line) == BACKTICKS[line]


@pytest.mark.parametrize("line", EXPANDED)
def test_a_variable_may_vanish_from_a_command_and_a_substitution_at_its_end_only(line: str) -> None:
    assert denied(line) == EXPANDED[line]


def denied(line: str) -> str:
    rules = [{"allow": ["Bash"], "deny": [f"Bash({pattern})"]} for pattern in DENIED]
    return "".join(verdicts(USER, lists, Tool.SHELL, [line]) for lists in rules)


@pytest.mark.parametrize(
    ("lists", "stopped"),
    [
        (
            {"deny": ["Read(.env)"]},
            "cat .env|head -n1 .env|foo < .env|cp .env x|timeout 5 cat ~/project/.env|cat pkg/.env",
        ),
        (
            {"deny": ["Edit(src/**)"]},
            "echo x > src/a|tee src/a|touch src/a|sed -i s/a/b/ src/a|cp a src/b|foo 2> src/a",
        ),
        ({"deny": ["Read", "Edit"]}, ""),
        ({"ask": ["Read(.env)"]}, ""),
    ],
)
def test_denied_files_are_denied_to_commands_that_name_them(lists: dict[str, list[str]], stopped: str) -> None:
    lines = (
        "cat .env|head -n1 .env|foo < .env|cp .env x|timeout 5 cat ~/project/.env|cat pkg/.env|cat $X|foo .env|cat a"
    )
    lines += "|echo x > src/a|tee src/a|touch src/a|sed -i s/a/b/ src/a|cp a src/b|foo 2> src/a|cat src/a|cp src/a b"
    row = verdicts(USER, {"allow": ["Bash"], **lists}, Tool.SHELL, lines.split("|")).split(" ")
    assert [line for line, letter in zip(lines.split("|"), row, strict=True) if letter != "A"] == list(
        filter(None, stopped.split("|"))
    )


@pytest.mark.parametrize(
    ("lists", "row"),
    [
        ({"ask": ["Bash(foo a:*)"], "deny": ["Bash(foo*)"]}, "D p D D p p"),
        ({"ask": ["Bash(foo a)"], "deny": ["Bash(foo:*)"]}, "D p D D p p"),
        ({"ask": ["Bash(foo a:*)"], "deny": ["Bash(foo a)"]}, "p D p D D D"),
        ({"ask": ["Bash(foo *)"], "deny": ["Bash(timeout:*)"]}, "p p p p D p"),
        ({"allow": ["Bash(foo a:*)"], "deny": ["Bash(foo*)"]}, "D D D D D D"),
        ({"allow": ["Bash(foo a)"], "ask": ["Bash(foo:*)"]}, "p p p p p p"),
    ],
)
def test_a_rule_that_names_a_command_asks_even_where_a_pattern_denies(lists: dict[str, list[str]], row: str) -> None:
    lines = ["foo", "foo a", "foo a b", "foo $(foo a)", "timeout 5 foo a", "X=1 foo a"]
    assert verdicts(USER, lists, Tool.SHELL, lines) == row


@pytest.mark.parametrize(
    ("line", "by_name", "by_prefix"),
    [
        ("exec foo a", True, False),
        ("time -p foo a", True, False),
        ("sudo foo a", True, True),
        ("env -i foo a", True, True),
        ("xargs -n1 foo", True, True),
        ("X=1 foo", True, True),
        ("foo $(bar)", True, False),
        ("foo a; bar", True, False),
        ("(foo a)", False, False),
        ("foo a &", False, False),
        ("foo a > x", False, False),
    ],
)
def test_a_rule_that_is_the_whole_line_allows_more_than_a_prefix(line: str, *, by_name: bool, by_prefix: bool) -> None:
    first = line.split(maxsplit=1)[0]
    for rule, allowed in ((line, by_name), (f"{first}:*", by_prefix)):
        assert verdicts(USER, {"allow": [f"Bash({rule})"]}, Tool.SHELL, [line]) == ("A" if allowed else "p")


def test_rules_become_subjects_as_far_as_they_mean_the_same_elsewhere() -> None:
    rules = [
        *("Bash", "Bash(npm test)", "Bash(git push:*)", "Bash(git log *)", "Bash(git * main)", "Bash(echo $X)"),
        *(
            "Read(.env)",
            "Read(//etc/x)",
            "Read(~/.ssh)",
            "Read(a[b])",
            "Edit",
            "Write",
            "Edit(src/**)",
            "Edit(/src/**)",
        ),
        *("WebFetch", "WebFetch(domain:*.example.com)", "WebFetch(domain:*)", "WebSearch", "Skill(x)"),
        *(
            "mcp__github",
            "mcp__github__*",
            "mcp__git__get_x",
            "mcp__git__get_*",
            "mcp__*",
            "Bash(x",
            "run_shell_command(x)",
        ),
    ]
    documents = config({"allow": rules})
    assert [subject for subject, _ in said(PROJECT, documents)] == [
        *("shell", "shell = npm test", "shell: git push", "shell: git log", "shell ~ git * main"),
        *("read: ./**/.env", "read: /etc/x", "read: ~/.ssh", "edit: ./src/**", "edit: ./src/**"),
        *("fetch", "fetch: *.example.com", "mcp: github", "mcp: github", "mcp: git.get_x", "mcp ~ git.get_*"),
    ]
    assert opaque(PROJECT, documents) == {
        **dict.fromkeys(("Bash(echo $X)", "Read(a[b])", "Edit", "WebFetch(domain:*)"), "permission.pattern"),
        **dict.fromkeys(("Write", "WebSearch", "Skill(x)", "run_shell_command(x)"), "permission.tool"),
        **dict.fromkeys(("mcp__*", "Bash(x"), "permission.unread"),
    }


def test_a_path_of_the_users_file_is_from_the_folder_of_that_file() -> None:
    assert said(USER, config({"deny": ["Read(/x)", "Read(src/**)", "mcp__*"]})) == [
        *(("read: ~/.own/x", "deny"), ("read: ./**/src/**", "deny"), ("mcp", "deny")),
    ]


def test_a_subject_is_written_beside_what_is_there_and_replaces_its_own_lines() -> None:
    text = '{\n  "permissions": {\n    "allow": ["Bash(x:*)", "Write"],\n    "deny": ["Bash(x *)"]\n  }\n}\n'
    documents = one(Format.JSON, text)
    before = content(documents)
    after = USER.write(documents, wanted(**{"shell: x": "ask"}))
    assert said(USER, after) == [("shell: x", "ask")]
    assert '"allow": ["Write"]' in content(after)
    assert content(USER.write(documents, wanted(**{"shell: y": None}))) == before


def test_a_mode_that_opens_everything_comes_after_what_is_denied_and_asked() -> None:
    open_endpoint = endpoint(
        DialectName.LISTS, Format.JSON, root=["permissions"], mode=["permissions", "defaultMode"], open_modes=["bypass"]
    )
    engine = Engine(open_endpoint)
    lists = {"deny": ["Bash(rm:*)", "Read(.env)"], "ask": ["Bash(mv:*)"], "defaultMode": "bypass"}
    assert verdicts(engine, lists, Tool.SHELL, ["rm x", "mv x", "touch x"]) == "D p A"
    assert verdicts(engine, lists, Tool.READ, ["/etc/x", "/home/user/project/.env"]) == "A D"
    assert verdicts(engine, lists, Tool.MCP, ["a.b"]) == "A"


@pytest.mark.parametrize("text", ['{"permissions": []}', '{"permissions": {"allow": "x"}}'])
def test_what_the_client_takes_for_invalid_is_not_read(text: str) -> None:
    with pytest.raises(NoRootError):
        USER.lines(one(Format.JSON, text))


PATHS = st.sampled_from(
    ["./src", "./**/src/**", "./**", "**/.env", "**/a/b", "/etc/**", "/**", "~/x", "./a/*.ts", "~/**"]
)
PATH_SUBJECTS = st.builds(
    lambda tool, path: Subject(tool, Matcher.IS, path), st.sampled_from([Tool.READ, Tool.EDIT]), PATHS
)


@given(SUBJECTS | PATH_SUBJECTS, ACTIONS, st.sampled_from([USER, PROJECT]))
def test_what_is_not_refused_comes_back_as_it_was_written(subject: Subject, action: Action, engine: Engine) -> None:
    for text in ("{}\n", '{"permissions": {"allow": ["Write"], "deny": ["Bash(x)", "Read(.env)"]}}'):
        check_round_trip(engine, one(Format.JSON, text), subject, action)


@given(st.text(max_size=30), ACTIONS)
def test_any_rule_has_a_meaning_or_a_reason_and_can_be_evaluated(rule: str, action: Action) -> None:
    for spelled in (rule, f"Bash({rule})", f"Read({rule})", f"WebFetch(domain:{rule})", f"mcp__{rule}"):
        lines = USER.lines(config({action.value: [spelled]}))
        for request in REQUESTS[::61]:
            assert USER.verdict(lines, request, WHERE).action in Action


def test_everything_in_the_corpus_is_answered() -> None:
    lines = USER.lines(config({"allow": ["Bash(foo:*)"], "deny": ["Bash(* a)", "Read(**/.env)"], "ask": ["mcp__*"]}))
    assert {USER.verdict(lines, request, Surrounding()).action for request in REQUESTS} == set(Action)


@pytest.mark.parametrize("piece", ["a ", "a;", "$(", "`", "'", "foo && ", "<<E\n", "(", "a*"])
def test_long_lines_are_answered(piece: str) -> None:
    lines = USER.lines(config({"allow": ["Bash(foo:*)"], "deny": ["Bash(*a*a*a*b)"]}))
    assert USER.verdict(lines, Request(Tool.SHELL, piece * 3_000), WHERE).action in Action


def test_no_subject_is_refused_that_a_rule_can_say() -> None:
    for spelled in (
        "shell",
        "shell = npm test",
        "shell: git",
        "read",
        "edit",
        "fetch: a.b",
        "mcp: a.b",
        "read: **/.env",
    ):
        assert PROJECT.refusal(Subject.parse(spelled), Action.DENY) is None
    assert USER.refusal(Subject.parse("read: ./src"), Action.DENY)
    assert subject_of(Tool.MCP) is not None
    assert USER.refusal(Subject(Tool.MCP), Action.ALLOW)
