"""What becomes of a permission in the dialects that see a command line as a text: never more than it was."""

from __future__ import annotations

import pytest

from aisync_desktop.clients.descriptor import PermissionsEndpoint
from aisync_desktop.clients.dialects.registry import dialect_of
from aisync_desktop.clients.dialects.translation import crossing
from aisync_desktop.clients.lens import MAIN, Documents
from aisync_desktop.clients.loader import load_catalog
from aisync_desktop.documents.parse import empty
from aisync_desktop.documents.protocol import Format
from aisync_desktop.permissions.language import Action, Request, Subject, Surrounding, Tool

_DESCRIBED = {
    descriptor.id: next(one for one in descriptor.endpoints if isinstance(one, PermissionsEndpoint))
    for descriptor in load_catalog().descriptors
    if any(isinstance(one, PermissionsEndpoint) for one in descriptor.endpoints)
}
SOURCE = _DESCRIBED["claude-code"]
COMMANDS = ("shell: git push", "shell: ls", "shell = npm test", "shell ~ git * main", "shell ~ te*")


@pytest.mark.parametrize("client", ["amp", "vscode"])
@pytest.mark.parametrize("spelled", COMMANDS)
def test_an_allowance_allows_nothing_that_it_did_not_allow(client: str, spelled: str) -> None:
    assert crossing(Subject.parse(spelled), Action.ALLOW, [SOURCE], _DESCRIBED[client]).wider == ()


@pytest.mark.parametrize("action", [Action.ASK, Action.DENY])
@pytest.mark.parametrize("spelled", COMMANDS)
def test_a_refusal_stops_all_that_it_stopped_but_words_in_disguise(spelled: str, action: Action) -> None:
    weaker = crossing(Subject.parse(spelled), action, [SOURCE], _DESCRIBED["amp"]).weaker
    assert [one for one in weaker if "\\" not in one and "''" not in one and '""' not in one] == []


@pytest.mark.parametrize(
    ("client", "spelled", "action", "example"),
    [
        ("droid", "shell: ls", Action.ALLOW, "sudo ls"),
        ("opencode", "shell: ls", Action.ALLOW, "ls > out.txt"),
    ],
)
def test_what_a_client_lets_through_besides_is_told(client: str, spelled: str, action: Action, example: str) -> None:
    assert example in crossing(Subject.parse(spelled), action, [SOURCE], _DESCRIBED[client]).wider


def test_a_copy_that_is_wider_already_does_not_make_the_next_one_equal() -> None:
    sources = [SOURCE, _DESCRIBED["qwen-code"]]
    met = crossing(Subject.parse("shell: foo"), Action.ALLOW, sources, _DESCRIBED["qwen-code"])
    assert "foo $(other)" in met.wider


@pytest.mark.parametrize(
    ("client", "allowed", "denied", "example"),
    [
        ("claude-code", "read: ./src/**", "read: ./**/*.ts", "/src/a.ts"),
        ("claude-code", "shell: git", "shell ~ * --force", "git --force"),
        ("amp", "mcp ~ github.get_*", "mcp ~ github.*_issue", "github.get__issue"),
    ],
)
def test_what_two_patterns_meet_in_is_asked_about(client: str, allowed: str, denied: str, example: str) -> None:
    beside, end = frozenset({(Subject.parse(denied), Action.DENY)}), _DESCRIBED[client]
    met = crossing(Subject.parse(allowed), Action.ALLOW, [end], end, beside, frozenset())
    assert any(one.endswith(example) for one in met.wider)


@pytest.mark.parametrize("order", [1, -1])
def test_what_is_denied_with_more_words_or_none_is_not_opened_by_an_allowance(order: int) -> None:
    engine = dialect_of(_DESCRIBED["opencode"])
    documents: Documents = {MAIN: empty(Format.JSON)}
    wanted = [(Subject.parse("shell: foo a"), Action.DENY), (Subject.parse("shell = foo a"), Action.ALLOW)]
    for subject, action in wanted[::order]:
        documents = engine.write(documents, {subject: action})
    request = Request(Tool.SHELL, "foo a")
    assert engine.verdict(engine.lines(documents), request, Surrounding()).action is Action.DENY


@pytest.mark.parametrize(
    ("client", "spelled", "example"),
    [
        ("opencode", "shell: rm", "timeout 5 rm"),
        ("cursor", "shell: rm", "timeout 5 rm"),
        ("droid", "shell: rm", "echo a | xargs rm"),
        ("continue", "shell ~ git * main", "other; git a main"),
    ],
)
def test_what_a_client_does_not_stop_is_told(client: str, spelled: str, example: str) -> None:
    assert example in crossing(Subject.parse(spelled), Action.DENY, [SOURCE], _DESCRIBED[client]).weaker


@pytest.mark.parametrize(
    ("client", "spelled", "action", "code"),
    [
        ("vscode", "shell: rm", Action.DENY, "loss.permission-action"),
        ("cursor", "shell: rm", Action.ASK, "loss.permission-action"),
        ("droid", "shell: docker ps", Action.ALLOW, "loss.permission-matcher"),
        ("droid", "shell = npm test", Action.ALLOW, "loss.permission-matcher"),
        ("goose", "shell: ls", Action.ALLOW, "loss.permission-matcher"),
        ("crush", "shell: ls", Action.ALLOW, "loss.permission-matcher"),
        ("crush", "read", Action.DENY, "loss.permission-action"),
        ("crush", "edit", Action.DENY, "loss.permission-tool"),
        ("opencode", "read: ~/.ssh", Action.DENY, "loss.permission-matcher"),
    ],
)
def test_what_cannot_be_said_is_refused_with_the_reason(client: str, spelled: str, action: Action, code: str) -> None:
    why = dialect_of(_DESCRIBED[client]).refusal(Subject.parse(spelled), action)
    assert why is not None
    assert why.code == code


@pytest.mark.parametrize(
    ("spelled", "action"),
    [
        ("shell", Action.DENY),
        ("fetch", Action.ALLOW),
        ("read", Action.ALLOW),
        ("mcp: gh.x", Action.ALLOW),
    ],
)
def test_a_whole_tool_is_as_much_where_only_whole_tools_have_names(spelled: str, action: Action) -> None:
    assert crossing(Subject.parse(spelled), action, [SOURCE], _DESCRIBED["crush"]) == ((), ())


@pytest.mark.parametrize(
    ("spelled", "action"),
    [
        ("edit: ./src/**", Action.ALLOW),
        ("edit: **/.env", Action.ASK),
        ("edit", Action.ASK),
        ("fetch: example.com", Action.ALLOW),
        ("fetch", Action.ALLOW),
    ],
)
def test_switches_of_files_and_addresses_are_as_much_as_the_rule_that_they_come_from(
    spelled: str, action: Action
) -> None:
    assert crossing(Subject.parse(spelled), action, [SOURCE], _DESCRIBED["vscode"]) == ((), ())
