from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from aisync_desktop.kernel.messages import text
from aisync_desktop.sync.reports.file_edits import LeftOut
from aisync_desktop.ui.file_edits_view import FileEditsView
from aisync_desktop.ui.parts.diff import DiffView
from aisync_desktop.ui.parts.label import Label
from tests.ui.clashes import PREVIEW

pytestmark = pytest.mark.usefixtures("languages")

_FIRST, _SECOND = PREVIEW.files[:2]


@pytest.fixture
def view(qtbot: QtBot) -> FileEditsView:
    view = FileEditsView()
    qtbot.addWidget(view)
    view.show()
    return view


def test_one_file_is_unfolded_and_several_are_not(view: FileEditsView) -> None:
    view.set_files([_FIRST])
    assert [shown.is_open() for shown in view.files.values()] == [True]
    view.set_files([_SECOND, PREVIEW.files[2]])
    assert [shown.is_open() for shown in view.files.values()] == [False, False]


def test_what_was_unfolded_stays_so(view: FileEditsView) -> None:
    view.set_files([_FIRST, _SECOND])
    view.files[_SECOND.path].open()
    view.set_files([_SECOND, _FIRST.model_copy(update={"added": 2})])
    assert view.files[_SECOND.path].is_open()
    assert not view.files[_FIRST.path].is_open()


def test_a_file_is_named_with_its_client_and_whether_it_comes_or_goes(view: FileEditsView) -> None:
    view.set_files([_FIRST.model_copy(update={"creates": True}), _SECOND.model_copy(update={"removes": True})])
    assert [shown.accessibleName() for shown in view.files.values()] == [
        "Claude Code: /h/.claude.json (new file)",
        "Codex CLI: /h/.codex/config.toml (removed)",
    ]


def test_what_is_hidden_or_left_out_is_said(view: FileEditsView) -> None:
    left = LeftOut.model_validate(
        {
            "client": "codex",
            "name": "Codex CLI",
            "scope": "user",
            "item": "mcp/postgres",
            "kind": "mcp",
            "field": "cwd",
            "reason": text("loss.permission-wider-left"),
        }
    )
    view.set_files([_FIRST.model_copy(update={"hidden": True, "left_out": (left,)})])
    said = [label.text() for label in view.findChildren(Label)]
    assert "Secrets are shown as dots." in said
    assert any(words.startswith("cwd is left out: ") for words in said)


def test_of_hundreds_of_files_the_first_are_made_and_no_lines_of_what_is_folded(view: FileEditsView) -> None:
    view.set_files([_FIRST.model_copy(update={"path": f"/h/{number}.json"}) for number in range(400)])
    assert len(view.files) < 30
    assert view.findChildren(DiffView) == []
