from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from aisync_desktop.kernel.messages import text
from aisync_desktop.sync.reports.file_edits import Behind, LeftOut, Loosening
from aisync_desktop.ui.loosening_words import loosening_words
from aisync_desktop.ui.pages.decisions.card_keeper import Settled
from aisync_desktop.ui.pages.decisions.effect import Effect, effect_words, files_words
from aisync_desktop.ui.pages.decisions.same_fields import SameFields
from aisync_desktop.ui.pages.decisions.toasts import settled_toast
from aisync_desktop.ui.parts.state import State
from tests.ui.clashes import PREVIEW
from tests.ui.frames import FakeFrame

pytestmark = pytest.mark.usefixtures("languages")

_LOOSER = Loosening(
    client="codex", name="Codex CLI", path="/h", item="permissions/shell: rm *", before="deny", after="allow"
)


def test_how_many_files_are_written_is_told() -> None:
    one = PREVIEW.model_copy(update={"files": PREVIEW.files[:1]})
    assert [files_words(each) for each in (PREVIEW, one)] == ["Writes 4 files", "Writes 1 file"]
    assert files_words(PREVIEW.model_copy(update={"files": ()})) == "Writes no file"
    assert files_words(PREVIEW.model_copy(update={"paused": True})) == "Paused: writes 4 files once you go on"


def test_who_follows_later_and_what_is_left_out_is_told() -> None:
    why, then = text("preview.off"), text("preview.off.next")
    late = Behind(client="rovodev", name="Rovo Dev", scope="user", path="/h/r", why=why, next_step=then)
    left = LeftOut.model_validate(
        {
            "client": "cursor",
            "name": "Cursor",
            "scope": "user",
            "item": "mcp/postgres",
            "kind": "mcp",
            "field": "cwd",
            "reason": why,
        }
    )
    said = effect_words(PREVIEW.model_copy(update={"behind": (late,), "left_out": (left,)}))
    assert said.startswith("in Claude Code, Codex CLI, Qwen Code, and Cursor. Rovo Dev: ")
    assert f"Cursor: cwd is left out: {why.english()}" in said
    assert said.endswith("You can undo this in History.")
    assert effect_words(PREVIEW.model_copy(update={"files": ()})) == ""


def test_what_is_allowed_besides_is_told_in_plain_words(qtbot: QtBot) -> None:
    effect = Effect()
    qtbot.addWidget(effect)
    effect.show_preview(PREVIEW.model_copy(update={"loosens": (_LOOSER,)}))
    assert effect.looser.isVisible()
    said = effect.looser.accessibleName()
    assert said == "Allows more in 1 client Codex CLI: shell: rm * (refused → allowed)"
    effect.show_preview(PREVIEW)
    assert not effect.looser.isVisible()


def test_tools_that_open_are_named() -> None:
    tools = _LOOSER.model_copy(update={"item": "mcp/db", "tools": ("drop", "write\u202e")})
    assert loosening_words(tools) == "Codex CLI opens tools of db: drop, write\\u202e"


def test_without_a_preview_there_is_no_effect(qtbot: QtBot) -> None:
    effect = Effect()
    qtbot.addWidget(effect)
    effect.show_preview(None)
    effect.note.acted.emit()
    assert not effect.isVisible()


def test_fields_that_are_the_same_unfold(qtbot: QtBot) -> None:
    same = SameFields({"command": "uvx", "env.TOKEN": "secret:0123456789abcdef"})
    qtbot.addWidget(same)
    same.show()
    assert same.fold.accessibleName() == "2 fields are the same everywhere: Command, TOKEN"
    assert not same.table.isVisible()
    same.fold.click()
    assert same.table.isVisible()


@pytest.mark.parametrize(
    ("settled", "words", "action", "state"),
    [
        (Settled("7", "x: 2 files written", snapshot=3), "x: 2 files written", "Undo", State.OK),
        (Settled("7", "x: 0 files written"), "x: 0 files written", "", State.OK),
        (
            Settled("7", "x: 2 files written", failed=1, snapshot=3),
            "x: 2 files written. 1 file could not be written",
            "",
            State.BAD,
        ),
    ],
)
def test_success_is_told_with_a_way_back_and_failure_stays(
    settled: Settled, words: str, action: str, state: State
) -> None:
    toast = settled_toast(FakeFrame().frame, settled)
    assert (toast.words, toast.action, toast.state, toast.stays) == (words, action, state, state is State.BAD)
