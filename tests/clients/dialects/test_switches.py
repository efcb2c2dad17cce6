"""Maps that switch the approval of commands on and off."""

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

ROOT = "chat.tools.terminal.autoApprove"
ENGINE = laws.engine("switches", lists={"shell": [ROOT]})
COMMENTED = """{
  // mine
  "editor.fontSize": 12,
  "chat.tools.terminal.autoApprove": {
    "git status": true, // looking
    "rm": false,
    "/^git (log|show)\\\\b/": true,
    "old": null
  },
}
"""


def switches(**held: object) -> Document:
    return laws.document(json.dumps({ROOT: held}))


@pytest.mark.parametrize(
    ("held", "line", "expected"),
    [
        ({"git": True}, "git status", "allow"),
        ({"git": True}, "gitk", "ask"),
        ({"git": True}, "git-foo", "allow"),
        ({"git": True, "ls": True}, "git x && ls", "allow"),
        ({"git": True}, "git x && ls", "ask"),
        ({"git": True}, "git $(ls)", "ask"),
        ({"git": True}, "X=1 git x", "ask"),
        ({"git": True}, "git x > f", "allow"),
        ({"git": True, "git push": False}, "git push", "ask"),
        ({"/.*/": True}, "anything", "allow"),
        ({"/^(a+)+$/": True}, "aaa", "ask"),
        ({"bin/test.sh": True}, "./bin/test.sh x", "allow"),
        ({"": True}, "ls", "ask"),
        ({"git": None}, "git", "ask"),
        ({"git": {"approve": True}}, "git x", "allow"),
        ({"/^git log.*$/": {"approve": True, "matchCommandLine": True}}, "git log | head", "allow"),
        ({"/^git log.*$/": {"approve": False, "matchCommandLine": True}, "/.*/": True}, "git log", "ask"),
    ],
)
def test_a_command_is_judged_as_the_client_does(held: dict[str, object], line: str, expected: str) -> None:
    assert laws.action_of(ENGINE, switches(**held), line) == expected


def test_switches_mean_subjects_or_nothing_that_others_know() -> None:
    assert laws.shown(ENGINE, laws.document(COMMENTED)) == {
        "rm: false": "shell: rm",
        "git status: true": "shell: git status",
        "/^git (log|show)\\b/: true": "permission.pattern",
    }


def test_an_allowance_covers_no_second_command_and_no_file() -> None:
    held = laws.document(laws.written(ENGINE, laws.document("{}"), allow="shell: git push"))
    lines = ["git push", "git push x", "git push; rm", "git push > x", "git pushx", "X=1 git push", "git push $(rm)"]
    assert [laws.action_of(ENGINE, held, line) for line in lines] == ["allow"] * 2 + ["ask"] * 5


def test_nothing_can_be_denied() -> None:
    refused = ENGINE.refusal(Subject.parse("shell: rm"), Action.DENY)
    assert refused is not None
    assert refused.code == "loss.permission-action"


def test_a_question_is_asked_in_the_clients_own_way_and_comments_stay() -> None:
    added = laws.written(ENGINE, laws.document(COMMENTED), ask="shell: git push")
    assert added == COMMENTED.replace('"old": null\n', '"old": null,\n    "git push": false\n')
    changed = laws.written(ENGINE, laws.document(COMMENTED), ask="shell: git status")
    assert changed == COMMENTED.replace('"git status": true', '"git status": false')


@given(laws.SUBJECTS, laws.ACTIONS)
def test_what_is_written_is_read_back_and_goes_without_a_trace(subject: Subject, action: Action) -> None:
    laws.check_round_trip(ENGINE, subject, action)
    laws.check_round_trip(ENGINE, subject, action, laws.document(COMMENTED))


@given(laws.SUBJECTS, laws.ACTIONS)
def test_what_is_refused_would_not_be_read_back(subject: Subject, action: Action) -> None:
    laws.check_refusal(ENGINE, subject, action)


_VALUES = st.one_of(
    st.none(), st.booleans(), st.text(max_size=3), st.dictionaries(st.sampled_from(["approve", "x"]), st.booleans())
)


@given(
    st.one_of(
        _VALUES, st.dictionaries(st.one_of(st.text(max_size=4), st.sampled_from(["/(/", "//", "/.*/i"])), _VALUES)
    )
)
def test_nothing_that_stands_there_is_too_strange(held: object) -> None:
    lines = ENGINE.lines({MAIN: laws.document(json.dumps({ROOT: held}))})
    for request in (Request(Tool.SHELL, "git push; rm x"), Request(Tool.SHELL, ""), Request(Tool.READ, "")):
        ENGINE.verdict(lines, request, WHERE)


def test_every_request_can_be_judged() -> None:
    laws.check_whole_corpus(ENGINE, laws.document(COMMENTED))
