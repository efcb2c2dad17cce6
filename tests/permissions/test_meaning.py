"""What subjects mean, in both directions: what an allowance is about, and what a refusal is about."""

import pytest

from aisync_desktop.permissions.language import Action, Request, Subject, Surrounding, Tool
from aisync_desktop.permissions.meaning import is_about
from tests.permission_corpus import REQUESTS, WHERE

ALLOWED = ["foo a", "foo a b", "foo 'a' b", "foo a > /dev/null", "foo a && foo a -v", "foo a 2>&1"]
NOT_ALLOWED = [
    "foo",
    "foo b",
    "foobar a",
    "foo a; bar",
    "foo a | bar",
    "foo a $(bar)",
    "foo a `bar`",
    "X=1 foo a",
    "timeout 5 foo a",
    "/usr/bin/foo a",
    "foo a > out",
    "foo a $HOME",
    "foo a <(bar)",
    "foo a; f() { bar; }",
    "",
]
STOPPED = [
    *ALLOWED,
    "bar; foo a",
    "bar $(foo a)",
    "X=1 foo a",
    "timeout 5 foo a",
    "/usr/bin/foo a",
    "foo a > out",
    "bash -c 'foo a'",
    "sudo sh -c 'bar && nice foo a'",
    "if true; then foo a; fi",
]


def about(subject: str, action: Action, argument: str, where: Surrounding = WHERE) -> bool:
    found = Subject.parse(subject)
    return is_about(found, action, Request(found.tool, argument), where)


@pytest.mark.parametrize("line", ALLOWED)
def test_an_allowance_is_about_lines_of_nothing_else(line: str) -> None:
    assert about("shell: foo a", Action.ALLOW, line)


@pytest.mark.parametrize("line", NOT_ALLOWED)
def test_an_allowance_is_about_nothing_that_does_more(line: str) -> None:
    assert not about("shell: foo a", Action.ALLOW, line)


@pytest.mark.parametrize("line", STOPPED)
@pytest.mark.parametrize("action", [Action.ASK, Action.DENY])
def test_a_refusal_is_about_every_line_that_runs_it_anywhere(line: str, action: Action) -> None:
    assert about("shell: foo a", action, line)


@pytest.mark.parametrize("line", ["foo", "foo b", "bar foo a", "foobar a", "echo 'foo a'"])
def test_a_refusal_is_not_about_lines_that_only_name_it(line: str) -> None:
    assert not about("shell: foo a", Action.DENY, line)


@pytest.mark.parametrize(
    ("subject", "argument", "is_so"),
    [
        ("shell = foo", "foo", True),
        ("shell = foo", "foo a", False),
        ("shell ~ foo*", "foobar a", True),
        ("read: **/.env", "/home/user/project/a/.env", True),
        ("read: **/.env", "/home/user/project/.envrc", False),
        ("read: ./src/**", "/home/user/project/src/a/b.ts", True),
        ("read: ./src", "/home/user/project/src/a", True),
        ("read: ./src/**", "/home/user/project/src/../x", False),
        ("edit: ~/.ssh/**", "/home/user/.ssh/id", True),
        ("edit", "/etc/x", True),
        ("fetch: example.com", "https://EXAMPLE.com:8080/x", True),
        ("fetch: example.com", "https://example.com@evil.org/", False),
        ("fetch: *.example.com", "https://a.b.example.com", True),
        ("fetch: *.example.com", "https://example.com", False),
        ("mcp: github", "github.get_issue", True),
        ("mcp: github.get_issue", "github.get_issues", False),
        ("mcp ~ github.get_*", "github.get_issue", True),
        ("mcp ~ github.get_*", "other.get_issue", False),
    ],
)
def test_subjects_of_every_sort(subject: str, argument: str, is_so: bool) -> None:
    assert about(subject, Action.ALLOW, argument) is is_so


def test_whatever_is_allowed_of_commands_is_stopped_by_the_same_words() -> None:
    lines = [request.argument for request in REQUESTS if request.tool is Tool.SHELL]
    for subject in ("shell: foo", "shell: foo a", "shell = foo a", "shell ~ foo*"):
        assert [line for line in lines if about(subject, Action.ALLOW, line) > about(subject, Action.DENY, line)] == []
