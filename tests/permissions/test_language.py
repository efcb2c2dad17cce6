"""The permission language: every subject has one spelling, and what has no meaning is no subject."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.items import ItemKey, Kind, Permission, item_of
from aisync_desktop.permissions.language import Action, Matcher, NoSubjectError, Subject, Tool, strictness, subject_of

SPELLED = [
    "shell",
    "shell = npm test",
    "shell: git push",
    "shell ~ git * main",
    "read: **/.env",
    "edit",
    "edit: ./src/**",
    "read: ~/.ssh",
    "fetch: *.example.com",
    "mcp: github",
    "mcp: github.get_issue",
    "mcp ~ github.get_*",
]
UNSOUND = [
    "",
    "bash: x",
    "shell:git",
    "shell: ",
    "shell: a  b",
    "shell: foo $(x)",
    "shell = a;b",
    "shell ~ no-star",
    "read = x",
    "read: relative",
    "fetch: https://x",
    "fetch: EXAMPLE.com",
    "mcp: a.b.c",
    "mcp ~ *",
    "read: ./a\nb",
]


@pytest.mark.parametrize("spelled", SPELLED)
def test_a_subject_is_spelled_as_it_is_read(spelled: str) -> None:
    assert str(Subject.parse(spelled)) == spelled


@pytest.mark.parametrize("spelled", UNSOUND)
def test_what_has_no_meaning_is_no_subject(spelled: str) -> None:
    with pytest.raises(NoSubjectError):
        Subject.parse(spelled)


@given(st.sampled_from(Tool), st.sampled_from(Matcher), st.text(max_size=12))
def test_whatever_is_a_subject_comes_back(tool: Tool, matcher: Matcher, pattern: str) -> None:
    subject = subject_of(tool, matcher, pattern)
    assert subject is None or Subject.parse(str(subject)) == subject


@given(st.text(max_size=20))
def test_any_text_is_a_subject_or_refused(spelled: str) -> None:
    with contextlib.suppress(NoSubjectError):
        assert str(Subject.parse(spelled)) == spelled


def test_a_permission_is_an_item_whose_name_is_its_subject() -> None:
    key = ItemKey(Kind.PERMISSIONS, "shell: git push")
    item = item_of(key, {"action": "deny"})
    assert item == Permission(action=Action.DENY)
    assert item.fields() == {"action": "deny"}


def test_silence_is_stricter_than_allowing_and_less_than_asking() -> None:
    assert [strictness(one) for one in (Action.ALLOW, None, Action.ASK, Action.DENY)] == [0, 1, 2, 3]
