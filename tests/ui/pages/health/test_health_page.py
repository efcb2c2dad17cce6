"""The check-up: what was found, what a repair would write, and that it is done only once that is agreed to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from aisync_desktop.clients.items import USER
from aisync_desktop.clients.loader import Catalog
from aisync_desktop.documents.protocol import Location
from aisync_desktop.kernel.messages import text
from aisync_desktop.service.operations.answer import SyncAnswer
from aisync_desktop.service.operations.repairing import (
    DoctorRequest,
    FindingReport,
    Findings,
    RepairPreview,
    RepairPreviewRequest,
    RepairReport,
    RepairRequest,
    finding_report,
    repair_report,
)
from aisync_desktop.sync.applying.repairs import Cure, Repair, chosen
from aisync_desktop.sync.planning.planner import Plan
from aisync_desktop.sync.reports.doctor import Finding, Severity
from aisync_desktop.sync.reports.plan_report import plan_report
from aisync_desktop.sync.terms.errors import NotWritingError
from aisync_desktop.ui.language import Languages
from aisync_desktop.ui.pages.health.checkup_view import CheckupView
from aisync_desktop.ui.pages.health.page import HealthPage
from aisync_desktop.ui.theme import Appearance
from tests.ui.frames import FakeFrame
from tests.ui.samples import IN_STEP, LAST, WAITING

pytestmark = pytest.mark.usefixtures("languages")

PRIVATE = Repair(Cure.PRIVATE, text("doctor.repair.private", file="/h/<b>x</b>.json"), USER, path="/h/x.json")
LAUNCH = Repair(Cure.LAUNCH, text("doctor.repair.launch", item="s", file="x.json"), USER, unasked=False)
BACK = Repair(Cure.REFERENCE_BACK, text("doctor.repair.reference-back", item="s"), USER, decision="7")


def _finding(severity: Severity, name: str, *repairs: Repair) -> FindingReport:
    message = text("documents.malformed")
    step = text("doctor.leak.next", id=name)
    at = Location(3, 1)
    return finding_report(Finding(severity, message, step, "codex", "user", f"/h/{name}", at, tuple(repairs)))


INFO = _finding(Severity.INFO, "i.json")
WARNING = _finding(Severity.WARNING, "<b>w</b>\u202e.json", PRIVATE, LAUNCH)
ERROR = _finding(Severity.ERROR, "e.json", BACK)


@pytest.fixture
def window(qtbot: QtBot) -> CheckupView:
    made = CheckupView()
    made.resize(760, 560)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def _said(window: CheckupView) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.text()]


def test_findings_are_grouped_the_worst_first_with_place_and_next_step(window: CheckupView) -> None:
    window.set_findings([INFO, WARNING, ERROR])
    said = _said(window)
    groups = [said.index(group) for group in ("Errors (1)", "Warnings (1)", "Worth knowing (1)")]
    assert groups == sorted(groups)
    assert "codex · /h/e.json:3" in said
    assert any("aisync decide e.json" in line for line in said)
    assert len(window.cards) == 3


def test_what_comes_from_files_is_plain_text_in_one_line(window: CheckupView) -> None:
    window.set_findings([WARNING])
    labels = [label for label in window.findChildren(QLabel) if "<b>" in label.text()]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    assert "codex · /h/<b>w</b>\\u202e.json:3" in _said(window)
    assert "&lt;b&gt;" in window.cards[0].buttons[PRIVATE.id].toolTip()


def test_where_nothing_was_found_it_says_so(window: CheckupView) -> None:
    assert "Nothing was found." not in _said(window)
    window.set_findings([])
    assert "Nothing was found." in _said(window)
    assert not window.all.isVisible()


def test_each_repair_has_a_button_that_can_be_reached_by_keys(window: CheckupView, qtbot: QtBot) -> None:
    window.set_findings([WARNING])
    buttons = window.cards[0].buttons
    assert [button.text() for button in buttons.values()] == ["Make private…", "Have AISync start it…"]
    assert all(button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in buttons.values())
    assert buttons[LAUNCH.id].accessibleDescription()
    with qtbot.waitSignal(window.repair_wanted) as told:
        QTest.keyClick(buttons[LAUNCH.id], Qt.Key.Key_Space)
    assert told.args == [(LAUNCH.id,)]


def test_of_hundreds_of_findings_those_are_made_that_one_comes_to(window: CheckupView, qtbot: QtBot) -> None:
    window.set_findings([_finding(Severity.WARNING, f"w{number}", LAUNCH) for number in range(60)])
    assert len(window.cards) < 30

    area = window.findChild(QScrollArea)
    assert area is not None
    bar = area.verticalScrollBar()

    def all_there() -> bool:
        bar.setValue(bar.maximum())
        return len(window.cards) == 60

    window.work()
    qtbot.waitUntil(all_there)
    assert not any(button.isEnabled() for card in window.cards for button in card.buttons.values())
    window.rest()
    assert all(button.isEnabled() for card in window.cards for button in card.buttons.values())


def test_all_that_need_no_question_are_offered_where_there_are_any(window: CheckupView, qtbot: QtBot) -> None:
    window.set_findings([_finding(Severity.WARNING, "w", LAUNCH)])
    assert not window.all.isVisible()
    window.set_findings([WARNING])
    with qtbot.waitSignal(window.repair_wanted) as told:
        window.all.click()
    assert told.args == [()]


def test_while_something_goes_on_nothing_more_can_be_asked_for(window: CheckupView) -> None:
    window.set_findings([WARNING])
    window.work()
    buttons = [window.again, window.all, *window.cards[0].buttons.values()]
    assert not any(button.isEnabled() for button in buttons)
    window.set_findings([WARNING])
    assert all(button.isEnabled() for button in buttons)


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_word_of_the_window_is_cut_off(
    look: str, language: str, window: CheckupView, languages: Languages, appearance: Appearance, qtbot: QtBot
) -> None:
    appearance.use(look)
    window.set_findings([INFO, WARNING, ERROR])
    languages.use(language)
    qtbot.waitUntil(lambda: all(card.width() > 500 for card in window.cards))
    for button in window.findChildren(QPushButton):
        assert not button.isVisible() or button.width() >= button.sizeHint().width()
    for label in window.findChildren(QLabel):
        assert not label.isVisible() or label.height() >= label.heightForWidth(label.width())


class Bench:
    """The page with an engine and looks of its own; `found` is what a look finds."""

    def __init__(self, qtbot: QtBot) -> None:
        self.found: tuple[FindingReport, ...] = (WARNING,)
        self.looked, self.told = 0, list[tuple[str, ...]]()
        self.writes: tuple[str, ...] = ("/h/x.json",)
        self.error: Exception | None = None
        self.around = FakeFrame(self._answer)
        self.asks, self.prompter = self.around.asks, self.around.prompter
        self.page = HealthPage(self.around.frame)
        qtbot.addWidget(self.page)
        with qtbot.waitExposed(self.page):
            self.page.show()

    @property
    def window(self) -> CheckupView:
        return self.page.view

    def press(self, repair: Repair) -> None:
        self.window.cards[0].buttons[repair.id].click()

    def _answer(self, request: object) -> object:
        match request:
            case DoctorRequest():
                self.looked += 1
                return Findings(findings=self.found)
            case RepairPreviewRequest():
                return RepairPreview(
                    repairs=self._chosen(request.ids), writes=self.writes, plan=plan_report(Plan(), Catalog(()))
                )
            case RepairRequest():
                return self._run(request)
        raise TypeError(request)

    def _chosen(self, ids: tuple[str, ...]) -> tuple[RepairReport, ...]:
        """Refuse what is not offered, as those who look for repairs do."""
        offered = [repair for finding in self.found for repair in finding.repairs]
        known = {repair.id: repair for repair in (PRIVATE, LAUNCH, BACK)}
        return tuple(map(repair_report, chosen((known[one.id] for one in offered), ids)))

    def _run(self, request: RepairRequest) -> SyncAnswer:
        if self.error:
            raise self.error
        self.told.append(request.ids)
        return SyncAnswer(written=self.writes, failed=(), status=WAITING)


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def test_it_opens_with_a_look_of_now(bench: Bench) -> None:
    assert (bench.looked, len(bench.window.cards)) == (1, 1)
    bench.found = ()
    bench.page.hide()
    bench.page.show()
    assert (bench.looked, bench.window.cards) == (2, [])


def test_what_would_be_written_is_shown_and_done_only_if_agreed_to(bench: Bench) -> None:
    bench.prompter.answer = False
    bench.press(PRIVATE)
    (question,) = bench.prompter.asked
    assert question.text == "Make /h/<b>x</b>.json private (mode 0600)."
    assert "/h/x.json" in question.detail
    assert bench.told == []
    assert bench.window.cards[0].buttons[PRIVATE.id].isEnabled()


def test_a_repair_that_was_agreed_to_is_done_told_and_looked_at(bench: Bench, qtbot: QtBot) -> None:
    bench.press(PRIVATE)
    assert bench.told == [(PRIVATE.id,)]
    assert "Repaired" in bench.window.said.text()
    assert bench.looked == 2
    with qtbot.waitSignal(bench.around.actions.undo_requested) as told:
        bench.window.undo.click()
    assert told.args == [LAST.snapshot]
    assert not bench.window.undo.isVisible()


def test_where_no_file_was_written_there_is_nothing_to_undo(bench: Bench) -> None:
    bench.writes = ()
    bench.press(PRIVATE)
    assert "No file has to be written." in bench.prompter.asked[0].detail
    assert not bench.window.undo.isVisible()


def test_what_was_repaired_cannot_be_undone_from_here_once_something_else_was_done(bench: Bench) -> None:
    bench.press(PRIVATE)
    bench.page.set_status(WAITING)  # the repair's own
    assert bench.window.undo.isVisible()
    bench.page.set_status(WAITING.model_copy(update={"last": LAST.model_copy(update={"writes": 9})}))
    assert not bench.window.undo.isVisible()


def test_it_looks_again_once_something_was_written_while_it_is_open(bench: Bench) -> None:
    bench.page.set_status(WAITING)
    bench.page.set_status(WAITING.model_copy(update={"sequence": 7}))
    assert bench.looked == 2
    bench.page.hide()
    bench.page.set_status(IN_STEP)
    assert bench.looked == 2


def test_what_was_repaired_elsewhere_is_not_asked_about(bench: Bench) -> None:
    bench.found = (_finding(Severity.WARNING, "w", LAUNCH),)
    bench.window.all.click()
    assert (bench.prompter.asked, bench.told, bench.looked) == ([], [], 2)
    bench.found = (INFO,)
    bench.press(LAUNCH)
    assert (bench.prompter.asked, bench.told) == ([], [])
    assert "Nothing to repair" in bench.window.said.text()


def test_all_that_need_no_question_are_those_that_were_shown(bench: Bench) -> None:
    bench.window.all.click()
    assert bench.told == [(PRIVATE.id,)]


def test_a_long_list_of_files_does_not_outgrow_the_screen(bench: Bench) -> None:
    bench.writes = tuple(f"/h/{number}.json" for number in range(100))
    bench.press(PRIVATE)
    detail = bench.prompter.asked[0].detail.splitlines()
    assert "… and 88 more" in detail
    assert len(detail) < 20


def test_a_refusal_is_told_and_another_try_is_possible(bench: Bench) -> None:
    bench.error = NotWritingError(paused=True)
    bench.press(PRIVATE)
    assert "Syncing is paused" in bench.window.said.text()
    assert not bench.window.undo.isVisible()
    assert bench.window.cards[0].buttons[PRIVATE.id].isEnabled()


def test_a_look_that_came_late_does_not_replace_a_newer_one(bench: Bench) -> None:
    bench.asks.held = []
    bench.window.again.click()
    bench.window.look_wanted.emit()
    old, new = bench.asks.held
    new()
    bench.found = ()
    old()
    assert len(bench.window.cards) == 1
