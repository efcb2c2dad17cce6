from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from aisync_desktop.clients.items import USER, Item, ItemKey, Kind, McpServer, Permission, Rule, Scope
from aisync_desktop.kernel.messages import text
from aisync_desktop.permissions.language import Action
from aisync_desktop.sync.terms.decisions import CONFLICT, LOST_TEXT, MASS_DELETION, RENAME, WIDER, Decision
from aisync_desktop.sync.terms.open_questions import OpenQuestion, questions_of

SERVER = McpServer(command="x", args=("a",), env={"A": "1"})
KEY, NEW = ItemKey(Kind.MCP, "a"), ItemKey(Kind.MCP, "b")
RULES, RIGHT = ItemKey(Kind.RULES, "shared"), ItemKey(Kind.PERMISSIONS, "shell: x")
SUMMARY = text("decision.conflict", item="a", clients="x, y")
AT = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
SIDES: dict[str, Item | None] = {"x": SERVER, "y": None}


@pytest.mark.parametrize(
    "question",
    [
        OpenQuestion(Decision(CONFLICT, USER, KEY, SUMMARY, SIDES, SERVER), {"x": {KEY: SERVER}, "y": {KEY: None}}),
        OpenQuestion(Decision(CONFLICT, Scope("/p"), RULES, SUMMARY, {"x": Rule(text="t\n")})),
        OpenQuestion(
            Decision(RENAME, USER, KEY, SUMMARY, {"x": SERVER}, SERVER, names={"x": NEW}), {"x": {NEW: SERVER}}
        ),
        OpenQuestion(
            Decision(CONFLICT, USER, NEW, SUMMARY, SIDES, SERVER, was=frozenset({KEY})), {"x": {KEY: None, NEW: SERVER}}
        ),
        OpenQuestion(
            Decision(MASS_DELETION, USER, KEY, SUMMARY, {"x": None}, kept=True, endpoint="x", gone=("a", "b"))
        ),
        OpenQuestion(Decision(LOST_TEXT, USER, KEY, SUMMARY, {"x": None}, kept=True, endpoint="x")),
        OpenQuestion(
            Decision(
                WIDER,
                USER,
                RIGHT,
                SUMMARY,
                {"x": Permission(action=Action.ALLOW)},
                examples={"x": ("one", "two")},
                takes=("copy",),
                unsandboxed=frozenset({"x"}),
            )
        ),
    ],
    ids=lambda question: f"{question.decision.kind} {question.decision.key}",
)
def test_a_question_is_read_as_it_was_written(question: OpenQuestion) -> None:
    stored = json.loads(json.dumps(question.payload()))
    assert questions_of([(stored, None)]) == (question,)


@pytest.mark.parametrize(
    "stored",
    [
        None,
        {"id": "1234", "base": None, "sides": {}},
        {"kind": CONFLICT, "scope": "user", "key": "nothing/a", "summary": {"code": "decision.conflict"}},
        {"kind": CONFLICT, "scope": "user", "key": "mcp/a", "summary": {"code": "no.such"}},
        {"kind": CONFLICT, "scope": "user", "key": "mcp/a", "summary": {"code": "plain"}, "sides": {"x": {"args": 1}}},
    ],
)
def test_what_another_version_wrote_is_asked_anew(stored: object) -> None:
    whole = OpenQuestion(Decision(CONFLICT, USER, KEY, SUMMARY, SIDES))
    assert questions_of([(stored, None), (whole.payload(), AT)]) == (replace(whole, asked_at=AT),)
