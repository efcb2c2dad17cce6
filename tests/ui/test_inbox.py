from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from aisync_desktop.kernel.messages import text
from aisync_desktop.ui.inbox import ENTRY_ROLE, InboxModel
from tests.ui.samples import DECISION, IN_STEP, PROBLEM, WAITING

pytestmark = pytest.mark.usefixtures("languages")


def test_it_is_a_well_behaved_model(qtmodeltester: Any) -> None:
    model = InboxModel()
    model.set_status(WAITING)
    qtmodeltester.check(model)
    model.set_status(IN_STEP)
    qtmodeltester.check(model)


def test_decisions_come_first_and_everything_tells_its_next_step() -> None:
    model = InboxModel()
    model.set_status(WAITING)
    decision, problem = (model.index(row, 0).data() for row in range(model.rowCount()))
    assert decision.splitlines() == [
        DECISION.summary.english(),
        "mcp · All projects",
        "Enter or a double click opens it; in a terminal: aisync decide 7",
    ]
    assert problem.splitlines() == [
        PROBLEM.title.english(),
        PROBLEM.message.english(),
        PROBLEM.path,
        PROBLEM.next_step.english(),
    ]


def test_a_decision_about_a_file_that_cannot_be_read_says_so() -> None:
    note = text("decision.unread", clients="Codex CLI")
    model = InboxModel()
    model.set_status(WAITING.model_copy(update={"decisions": (DECISION.model_copy(update={"note": note}),)}))
    assert model.index(0, 0).data().splitlines()[1] == note.english()


def test_a_problem_without_a_path_has_no_empty_line() -> None:
    model = InboxModel()
    model.set_status(WAITING.model_copy(update={"problems": (PROBLEM.model_copy(update={"path": ""}),)}))
    assert "\n\n" not in model.index(1, 0).data()


def test_decisions_and_problems_have_different_signs() -> None:
    model = InboxModel()
    model.set_status(WAITING)
    signs = [model.index(row, 0).data(Qt.ItemDataRole.DecorationRole).cacheKey() for row in (0, 1)]
    assert signs[0] != signs[1]
    assert [model.index(row, 0).data(ENTRY_ROLE).decision for row in (0, 1)] == ["7", ""]


def test_it_is_reset_only_by_news(qtbot: QtBot) -> None:
    model = InboxModel()
    model.set_status(WAITING)
    with qtbot.assertNotEmitted(model.modelReset):
        model.set_status(WAITING.model_copy(update={"sequence": 99}))
