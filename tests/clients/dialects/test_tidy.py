"""What is left where rules come and go: nothing that we made, and what stood empty before a write as it stood."""

from __future__ import annotations

import json

import pytest

from aisync_desktop.clients.dialects.base import Dialect
from aisync_desktop.clients.lens import MAIN
from aisync_desktop.permissions.language import Action, Subject
from tests.clients.dialects import laws

LISTS = laws.engine("lists", root=["permissions"])
TOKENS = laws.engine("two-lists", root=["permissions"], lists={"deny": ["deny"], "allow": ["allow"]})
COMPLETE = laws.engine("two-lists", root=["permissions"], lists={"deny": ["deny"], "allow": ["allow"]}, complete=True)
SWITCHES = laws.engine("switches", lists={"shell": ["switches"]})
ONE, OTHER = Subject.parse("shell: one"), Subject.parse("shell: other")


def written(dialect: Dialect, text: str, wanted: dict[Subject, Action | None]) -> str:
    return dialect.write({MAIN: laws.document(text)}, wanted)[MAIN].dump().decode()


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        (LISTS, '{\n  "permissions": {\n    "allow": ["Bash(one:*)"], // mine\n    "deny": []\n  },\n  "x": 1\n}\n'),
        (TOKENS, '{\n  "permissions": {\n    "allow": ["Shell(one)"], // mine\n    "x": []\n  },\n  "x": 1\n}\n'),
        (COMPLETE, '{\n  "permissions": {\n    "allow": ["Shell(one)"], // mine\n    "deny": []\n  },\n  "x": 1\n}\n'),
        (SWITCHES, '{\n  "switches": { "one": false }, // mine\n  "x": 1\n}\n'),
    ],
)
def test_what_is_emptied_and_filled_by_one_write_keeps_its_place(dialect: Dialect, text: str) -> None:
    action = Action.ASK if dialect is SWITCHES else Action.ALLOW
    after = written(dialect, text, {ONE: None, OTHER: action})
    assert json.dumps(laws.document(after).value()) == json.dumps(laws.document(text.replace("one", "other")).value())
    assert "// mine" in after


@pytest.mark.parametrize("dialect", [LISTS, TOKENS])
def test_a_list_that_stood_empty_stays_where_another_one_goes(dialect: Dialect) -> None:
    begun = '{\n  "permissions": {\n    "deny": []\n  }\n}\n'
    assert written(dialect, begun, {ONE: None}) == begun


@pytest.mark.parametrize(
    ("dialect", "text"),
    [(LISTS, '{"permissions": {"allow": ["Bash(one:*)"]}}'), (TOKENS, '{"permissions": {"allow": ["Shell(one)"]}}')],
)
def test_a_list_that_is_emptied_goes_with_what_held_nothing_else(dialect: Dialect, text: str) -> None:
    assert written(dialect, text, {ONE: None}) == "{}"


def test_a_client_that_wants_all_lists_keeps_what_else_stands_beside_them() -> None:
    text = '{"permissions": {"allow": ["Shell(one)"], "deny": [], "x": 1}}'
    assert written(COMPLETE, text, {ONE: None}) == text.replace('"Shell(one)"', "")
    assert written(COMPLETE, text.replace(', "x": 1', ""), {ONE: None}) == "{}"
