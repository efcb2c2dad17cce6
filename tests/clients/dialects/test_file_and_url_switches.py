"""Maps that switch questions about files and addresses on and off: there the order counts."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.lens import MAIN
from aisync_desktop.documents.protocol import Document
from aisync_desktop.permissions.language import Action, Request, Subject, Tool
from tests.clients.dialects import laws
from tests.permission_corpus import WHERE

SHELL, EDITS, URLS = (f"chat.tools.{name}.autoApprove" for name in ("terminal", "edits", "urls"))
ENGINE = laws.engine("switches", lists={"shell": [SHELL], "edit": [EDITS], "fetch": [URLS]})
COMMENTED = """{
  // mine
  "chat.tools.edits.autoApprove": {
    "docs/**": true, // ours
    "**/.env": false,
    "**/*.{key,pem}": false
  },
  "chat.tools.urls.autoApprove": {
    "https://docs.example.com": true,
    "https://*.contoso.com/*": false,
    "https://api.example.com/v1": { "approveRequest": true, "approveResponse": false },
  },
}
"""


def edits(**held: object) -> Document:
    return laws.document(json.dumps({EDITS: held}))


def urls(**held: object) -> Document:
    return laws.document(json.dumps({URLS: held}))


@pytest.mark.parametrize(
    ("held", "path", "expected"),
    [
        ({}, "src/a.py", "allow"),
        ({"**/.env": False}, "src/.env", "ask"),
        ({"**/.env": False}, "src/.env/below", "allow"),
        ({"{**/.env,**/.env/**}": False}, "src/.env/below", "ask"),
        ({"**/.env": False, "src/**": True}, "src/.env", "allow"),
        ({"src/**": True, "**/.env": False}, "src/.env", "ask"),
        ({"**/*": False, "src/*": True}, "src/a", "allow"),
        ({"**/*": False, "src/*": True}, "src/a/b", "ask"),
        ({"**/*.{key,pem}": False}, "a.txt", "allow"),
        ({"**/*.{key,pem}": False}, "b/a.pem", "ask"),
        ({"**/*.[kp]*": False}, "a.txt", "ask"),  # what cannot be told counts as a question
        ({"**/*": False, "**/*.[kp]*": True}, "a.key", "ask"),
        ({"{a,b}{c,d}{e,f}{g,h}{i,j}{k,l}{m,n}": False}, "a.txt", "ask"),
        ({"**/*": True}, ".vscode/settings.json", "ask"),
        ({"src": None, "a": "x"}, "src", "allow"),
    ],
)
def test_of_files_the_last_switch_counts(held: dict[str, object], path: str, expected: str) -> None:
    assert laws.action_of(ENGINE, edits(**held), f"{WHERE.root}/{path}", Tool.EDIT) == expected


@pytest.mark.parametrize("path", ["/etc/hosts", f"{WHERE.home}/.bashrc", f"{WHERE.root}x/a", WHERE.root, ""])
def test_outside_the_project_it_always_asks(path: str) -> None:
    assert laws.action_of(ENGINE, edits(**{"**/*": True, "**": True}), path, Tool.EDIT) == "ask"


@pytest.mark.parametrize(
    ("held", "address", "expected"),
    [
        ({}, "https://example.com/", "ask"),
        ({"https://example.com": True}, "https://example.com/a?b", "allow"),
        ({"https://example.com": True}, "https://EXAMPLE.com", "allow"),
        ({"https://example.com": True}, "http://example.com/", "ask"),
        ({"example.com": True}, "http://example.com/", "allow"),
        ({"https://example.com": True}, "https://example.com:8080/", "ask"),
        ({"https://example.com": True}, "https://user@example.com/", "ask"),
        ({"https://example.com": True}, "https://example.com@other.org/", "ask"),
        ({"https://example.com": True}, "https://sub.example.com/", "ask"),
        ({"*": True}, "http://any.org:1/", "allow"),
        ({"*": True, "https://example.com": False}, "https://example.com", "allow"),
        ({"https://example.com": False, "*": True}, "https://example.com:8080", "ask"),
        ({"https://*.example.com": True}, "https://a.example.com", "ask"),  # what cannot be told
        ({"https://*.example.com": False, "*": True}, "https://other.org", "ask"),
        ({"https://example.com": {"approveRequest": True, "approveResponse": True}}, "https://example.com", "allow"),
        ({"https://example.com": {"approveRequest": True}, "*": True}, "https://example.com", "ask"),
        ({"https://example.com": {}, "*": True}, "https://example.com", "allow"),
        ({"*": True}, "https://[", "ask"),
    ],
)
def test_of_addresses_the_first_switch_counts(held: dict[str, object], address: str, expected: str) -> None:
    assert laws.action_of(ENGINE, urls(**held), address, Tool.FETCH) == expected


def test_switches_of_files_mean_subjects_or_nothing_that_others_know() -> None:
    assert laws.shown(
        ENGINE,
        edits(
            **{
                "src/**": True,
                "{src,src/**}": True,
                "src/*": True,
                "src": True,
                "**/tests/**": True,
                "**/*.key": False,
                "{**/.env,**/.env/**}": False,
                "*.{a,b}": False,
                "/etc/**": False,
                "a**b": False,
                "**/*": False,
            }
        ),
    ) == {
        "src/**: true": "edit: ./src/**",
        "{src,src/**}: true": "edit: ./src",
        "src/*: true": "permission.pattern",  # ours would be about what is below as well
        "src: true": "permission.pattern",
        "**/tests/**: true": "permission.pattern",  # ours would reach beyond the project
        "**/*.key: false": "edit: **/*.key",
        "{**/.env,**/.env/**}: false": "edit: **/.env",
        "*.{a,b}: false": "permission.pattern",
        "/etc/**: false": "permission.pattern",
        "a**b: false": "permission.pattern",
        "**/*: false": "edit",
    }
    assert laws.shown(ENGINE, edits(**{"**/*": True})) == {"**/*: true": "edit: ./**"}


def test_switches_of_addresses_mean_subjects_or_nothing_that_others_know() -> None:
    assert laws.shown(
        ENGINE,
        urls(
            **{
                "https://a.com": True,
                "b.com/": False,
                "http://c.com": True,
                "https://d.com/x": True,
                "https://*.e.com": False,
                "https://f.com": {"approveRequest": True, "approveResponse": False},
                "*": True,
            }
        ),
    ) == {
        "https://a.com: true": "fetch: a.com",
        "b.com/: false": "fetch: b.com",
        "http://c.com: true": "permission.pattern",
        "https://d.com/x: true": "permission.pattern",
        "https://*.e.com: false": "permission.pattern",
        "https://f.com: false": "permission.condition",
        "*: true": "fetch",
    }


def test_a_question_that_an_allowance_of_everything_hides_is_none() -> None:
    assert laws.shown(ENGINE, urls(**{"*": True, "https://a.com": False}))["https://a.com: false"] == (
        "permission.shadowed"
    )
    assert laws.shown(ENGINE, edits(**{"**/.env": False, "**/*": True}))["**/.env: false"] == "permission.shadowed"
    asked = laws.document(laws.written(ENGINE, edits(**{"**/.env/**": False, "**/*": True}), ask="edit: **/.env/**"))
    assert list(asked.value()[EDITS]) == ["**/*", "**/.env/**"]  # type: ignore[index, call-overload, arg-type]


def test_what_is_asked_counts_before_what_is_allowed_and_comments_stay() -> None:
    begun = laws.document(COMMENTED)
    asked = laws.written(ENGINE, begun, ask="edit: ./docs/secret/**")
    assert asked == COMMENTED.replace('pem}": false\n', 'pem}": false,\n    "docs/secret/**": false\n')
    allowed = laws.document(laws.written(ENGINE, begun, allow="edit: ./src/**"))
    assert laws.action_of(ENGINE, allowed, f"{WHERE.root}/src/.env", Tool.EDIT) == "ask"
    assert laws.action_of(ENGINE, allowed, f"{WHERE.root}/src/a", Tool.EDIT) == "allow"
    asked = laws.written(ENGINE, urls(**{"*": True}), ask="fetch: example.com")
    assert laws.action_of(ENGINE, laws.document(asked), "https://example.com", Tool.FETCH) == "ask"
    allowed = laws.document(laws.written(ENGINE, laws.document(asked), allow="fetch: example.com"))
    assert list(laws.shown(ENGINE, allowed)) == ["*: true", "https://example.com: true"]


@pytest.mark.parametrize(
    ("spelled", "action", "is_sayable"),
    [
        ("edit", Action.ASK, True),
        ("edit", Action.ALLOW, False),
        ("edit: ./src", Action.ALLOW, True),
        ("edit: **/.env", Action.ASK, True),
        ("edit: **/.env", Action.ALLOW, False),
        ("edit: ~/.ssh", Action.ASK, False),
        ("edit: /etc", Action.ASK, False),
        ("edit: ./a,b", Action.ASK, False),
        ("fetch", Action.ALLOW, True),
        ("fetch: example.com", Action.ALLOW, True),
        ("fetch: *.example.com", Action.ALLOW, False),
        ("fetch: *.example.com", Action.ASK, False),
        ("edit: ./src", Action.DENY, False),
        ("read: ./src", Action.ASK, False),
    ],
)
def test_what_cannot_be_said_without_more_is_refused(spelled: str, action: Action, is_sayable: bool) -> None:
    assert (ENGINE.refusal(Subject.parse(spelled), action) is None) is is_sayable


@given(laws.SUBJECTS, laws.ACTIONS)
def test_what_is_written_is_read_back_and_goes_without_a_trace(subject: Subject, action: Action) -> None:
    laws.check_round_trip(ENGINE, subject, action)
    laws.check_round_trip(ENGINE, subject, action, laws.document(COMMENTED))


@given(laws.SUBJECTS, laws.ACTIONS)
def test_what_is_refused_would_not_be_read_back(subject: Subject, action: Action) -> None:
    laws.check_refusal(ENGINE, subject, action)


@given(laws.SUBJECTS, laws.ACTIONS, laws.ACTIONS)
def test_what_changes_its_action_is_read_back(subject: Subject, first: Action, then: Action) -> None:
    if any(ENGINE.refusal(subject, action) for action in (first, then)):
        return
    changed = ENGINE.write(ENGINE.write({MAIN: laws.document(COMMENTED)}, {subject: first}), {subject: then})
    assert [line.action for line in ENGINE.lines(changed) if line.subject == subject] == [then]


_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=3),
    st.dictionaries(st.sampled_from(["approveRequest", "approveResponse", "x"]), st.booleans()),
)
_KEYS = st.one_of(
    st.text(max_size=4),
    st.sampled_from(["{", "{a,a/**}", "https://", "https://[", "**", "*", "{" * 40 + "a,b}" * 40, "a/../b"]),
)


@given(st.one_of(_VALUES, st.dictionaries(_KEYS, _VALUES)))
def test_nothing_that_stands_there_is_too_strange(held: object) -> None:
    lines = ENGINE.lines({MAIN: laws.document(json.dumps({EDITS: held, URLS: held}))})
    for request in (Request(Tool.EDIT, f"{WHERE.root}/a"), Request(Tool.FETCH, "https://a"), Request(Tool.FETCH, "")):
        ENGINE.verdict(lines, request, WHERE)


def test_every_request_can_be_judged() -> None:
    laws.check_whole_corpus(ENGINE, laws.document(COMMENTED))
