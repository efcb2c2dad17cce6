from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from pytestqt.qtbot import QtBot

from aisync_desktop.sync.model.status import ClientState
from aisync_desktop.ui.client_model import ClientModel, Column
from aisync_desktop.ui.language import Languages
from tests.ui.samples import CLAUDE, CODEX, GONE, PROBLEM, QWEN

pytestmark = pytest.mark.usefixtures("languages")

_Role = Qt.ItemDataRole


def _row(model: ClientModel, row: int, role: _Role = _Role.DisplayRole) -> list[object]:
    return [model.index(row, column).data(role) for column in Column]


def _filled() -> ClientModel:
    model = ClientModel()
    model.set_clients((CLAUDE, CODEX, QWEN, GONE))
    return model


def test_it_is_a_well_behaved_model(qtmodeltester: Any) -> None:
    model = _filled()
    qtmodeltester.check(model)
    model.set_clients(())
    qtmodeltester.check(model)


def test_a_row_tells_client_state_items_losses_and_files() -> None:
    model = _filled()
    assert _row(model, 1) == ["Codex CLI", "Catching up", "9", "2", "/h/.codex/config.toml"]
    assert _row(model, 0)[Column.LOSSES] == "-"
    assert isinstance(model.index(0, Column.STATE).data(_Role.DecorationRole), QIcon)


def test_files_at_home_are_told_from_there(isolated_home: Path) -> None:
    model = ClientModel()
    model.set_clients([CLAUDE.model_copy(update={"paths": (str(isolated_home / "x" / "y.json"),)})])
    assert model.index(0, Column.FILES).data() == str(Path("~/x/y.json"))


def test_a_project_is_told_by_its_folder() -> None:
    assert _row(_filled(), 2)[Column.CLIENT] == "Qwen & Code · /h/shop"


def test_what_is_wrong_with_a_client_is_its_tooltip_and_what_a_screen_reader_says() -> None:
    model = _filled()
    index = model.index(2, Column.STATE)
    assert PROBLEM.next_step.english() in index.data(_Role.AccessibleDescriptionRole)
    assert PROBLEM.next_step.english() in index.data(_Role.ToolTipRole)


def test_a_path_that_looks_like_html_stays_text_in_the_tooltip() -> None:
    model = ClientModel()
    model.set_clients([CLAUDE.model_copy(update={"paths": ("/h/<img src=x>",)})])
    assert "&lt;img src=x&gt;" in model.index(0, Column.FILES).data(_Role.ToolTipRole)


def test_a_change_of_one_client_touches_its_row_only(qtbot: QtBot) -> None:
    model = _filled()
    changed = CODEX.model_copy(update={"state": ClientState.IN_STEP})
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as told:
        model.set_clients((CLAUDE, changed, QWEN, GONE))
    assert [index.row() for index in told.args[:2]] == [1, 1]
    with qtbot.assertNotEmitted(model.dataChanged):
        model.set_clients((CLAUDE, changed, QWEN, GONE))


def test_another_list_of_clients_resets_the_table(qtbot: QtBot) -> None:
    model = _filled()
    with qtbot.waitSignal(model.modelReset):
        model.set_clients((CLAUDE,))
    assert model.rowCount() == 1


def test_it_speaks_the_new_language(qtbot: QtBot, languages: Languages) -> None:
    model = _filled()
    languages.use("ko")
    with qtbot.waitSignals([model.headerDataChanged, model.dataChanged]):
        model.retranslate()
    horizontal = Qt.Orientation.Horizontal
    assert [model.headerData(c, horizontal) for c in Column] == ["클라이언트", "상태", "항목", "손실", "파일"]
    assert _row(model, 0)[Column.STATE] == "일치"
