from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from aisync_desktop.service.operations.answer import SyncAnswer
from aisync_desktop.service.operations.previews import AnswerPreview, DecisionPreviewRequest
from aisync_desktop.service.operations.program import SettingChange, Settings, SettingsRequest
from aisync_desktop.service.operations.standing import DecisionRequest
from aisync_desktop.service.operations.switching import SwitchRequest
from aisync_desktop.service.operations.syncing import DecideRequest
from aisync_desktop.sync.applying.questions import Question, proposal_question
from aisync_desktop.sync.model.status import DecisionStatus, Status
from aisync_desktop.sync.terms.agent_proposals import proposed
from aisync_desktop.sync.terms.errors import NoItemError, NoSuchDecisionError, NotWritingError
from aisync_desktop.ui.pages.decisions.card import DecisionCard
from aisync_desktop.ui.pages.decisions.card_keeper import CardKeeper, Settled
from tests.ui.asks import FakeAsks
from tests.ui.clashes import POSTGRES, PREVIEW
from tests.ui.questions import MASS, PROPOSED, RULES, SERVERS, WIDER
from tests.ui.samples import IN_STEP, LAST, WAITING

pytestmark = pytest.mark.usefixtures("languages")


class Engine:
    """Answers what a keeper asks, and notes it."""

    def __init__(self, question: Question | None = POSTGRES) -> None:
        self.question = question
        self.questions: dict[str, Question] = {}
        self.asked: list[Any] = []
        self.written: tuple[str, ...] = ("/a", "/b", "/a")
        self.error: Exception | None = None
        self.unfit: Exception | None = None

    def of(self, kind: type) -> list[Any]:
        return [request for request in self.asked if isinstance(request, kind)]

    def __call__(self, request: Any) -> Any:
        self.asked.append(request)
        match request:
            case DecisionRequest():
                question = self.questions.get(request.decision, self.question)
                if question is None:
                    raise NoSuchDecisionError(request.decision)
                return question
            case DecisionPreviewRequest():
                return self._preview()
            case SettingsRequest() | SettingChange():
                return Settings(settings={"policy_mcp": "merge,ask", "policy_rules": "merge,ask", "priority": ""})
            case DecideRequest() | SwitchRequest():
                if self.error is not None:
                    raise self.error
                last = LAST.model_copy(update={"snapshot": 12})
                return SyncAnswer(written=self.written, failed=(), status=WAITING.model_copy(update={"last": last}))
        raise AssertionError(request)

    def _preview(self) -> AnswerPreview:
        if self.unfit is not None:
            raise self.unfit
        return PREVIEW


class Kept:
    """A card with its keeper, and all that the keeper tells."""

    def __init__(self, engine: Engine, qtbot: QtBot) -> None:
        self.engine, self.card = engine, DecisionCard()
        self.asks = FakeAsks(engine)
        self.keeper = CardKeeper(self.asks, self.card)
        self.settled: list[Settled] = []
        self.gone: list[Question | None] = []
        self.refused: list[Exception] = []
        self.keeper.settled.connect(self.settled.append)
        self.keeper.gone.connect(self.gone.append)
        self.keeper.refused.connect(self.refused.append)
        qtbot.addWidget(self.card)
        self.card.show()


@pytest.fixture
def keep(qtbot: QtBot) -> Callable[[Engine], Kept]:
    def keep(engine: Engine) -> Kept:
        kept = Kept(engine, qtbot)
        kept.keeper.open("7")
        return kept

    return keep


def _asking(*questions: DecisionStatus, sequence: int = 2) -> Status:
    return WAITING.model_copy(update={"decisions": questions, "sequence": sequence})


def test_each_choice_is_looked_up_anew_and_what_it_would_do_is_shown(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine())
    assert not kept.engine.of(DecisionPreviewRequest)
    assert not kept.keeper.can_be_given
    kept.card.take_column(2)
    kept.card.take_column(3)
    looked = kept.engine.of(DecisionPreviewRequest)
    assert [(one.take, one.fields, one.revision) for one in looked] == [
        ("merged", {"args": "codex"}, "r1"),
        ("merged", {"args": "cursor"}, "r1"),
    ]
    assert kept.card.preview == PREVIEW
    assert kept.keeper.can_be_given


def test_what_was_superseded_is_not_shown(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine())
    kept.asks.held = []
    kept.card.take_column(2)
    kept.card.take_column(3)
    first, second = kept.asks.held
    second()
    kept.card.show_preview(None)
    first()
    assert kept.card.preview is None


def test_an_answer_goes_to_the_engine_with_what_was_shown_and_is_told(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine())
    kept.card.take_column(2)
    kept.keeper.give()
    (decided,) = kept.engine.of(DecideRequest)
    assert (decided.decision, decided.take, decided.fields) == ("7", "merged", {"args": "codex"})
    assert (decided.revision, decided.agreed) == ("r1", "what-was-shown")
    assert kept.settled == [Settled("7", "postgres: 2 files written", snapshot=12, title="postgres")]
    assert not kept.keeper.decision


def test_nothing_is_given_while_nothing_is_chosen(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine())
    kept.keeper.give()
    assert not kept.engine.of(DecideRequest)


def test_what_was_before_can_be_kept_without_choosing(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine())
    kept.keeper.keep_as_before()
    (decided,) = kept.engine.of(DecideRequest)
    assert (decided.take, decided.revision, decided.agreed) == ("base", "r1", "")


def test_clients_can_each_keep_their_own(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine())
    kept.keeper.keep_different()
    (switch,) = kept.engine.of(SwitchRequest)
    assert (switch.what, switch.scope, switch.on) == ("mcp/postgres", "user", False)
    assert kept.settled == [Settled("7", "postgres: each client keeps its own", title="postgres")]


def test_a_client_can_be_preferred_here_and_from_now_on(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine())
    assert not kept.keeper.can_prefer()
    kept.keeper.set_status(_asking(POSTGRES))
    assert [side.take for side in kept.keeper.can_prefer()] == ["codex"]  # the other one is no client that is there
    kept.keeper.prefer("codex")
    (decided,) = kept.engine.of(DecideRequest)
    assert (decided.take, decided.fields) == ("merged", {"args": "codex"})
    changes = [(one.name, one.value) for one in kept.engine.of(SettingChange)]
    assert changes == [("priority", "codex"), ("policy_mcp", "merge,priority,ask")]
    assert [one.decision for one in kept.settled] == ["7"]


def test_of_a_text_the_whole_is_taken_from_who_is_preferred(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine(RULES))
    kept.keeper.set_status(_asking(RULES))
    assert [side.take for side in kept.keeper.can_prefer()] == ["claude-code"]
    kept.keeper.prefer("claude-code")
    (decided,) = kept.engine.of(DecideRequest)
    assert (decided.take, decided.fields) == ("claude-code", {})


def test_a_refusal_is_told_on_the_card_which_shows_the_question_of_now(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine(MASS))
    kept.engine.error = NotWritingError(paused=True)
    kept.engine.question = MASS.model_copy(update={"revision": "r2"})
    kept.keeper.give()
    assert kept.card.question is not None
    assert kept.card.question.revision == "r2"
    assert kept.keeper.can_be_given
    assert not kept.settled


def test_a_card_follows_its_question(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine())
    kept.card.take_column(2)
    kept.engine.question = POSTGRES.model_copy(update={"revision": "r2"})
    kept.keeper.set_status(_asking(POSTGRES))
    assert kept.card.question == kept.engine.question
    assert kept.card.answer().fields == {"args": "codex"}
    assert kept.engine.of(DecisionPreviewRequest)[-1].revision == "r2"


def test_a_question_that_is_settled_elsewhere_is_gone(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine())
    kept.keeper.set_status(_asking(POSTGRES))
    assert not kept.gone
    kept.keeper.set_status(IN_STEP)
    assert kept.gone == [POSTGRES]
    kept.keeper.set_status(IN_STEP)
    assert len(kept.gone) == 1


def test_a_question_that_is_another_one_by_now_is_shown_in_its_place(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine())
    kept.engine.question = POSTGRES.model_copy(update={"id": "8"})
    kept.keeper.set_status(_asking(kept.engine.question))
    assert kept.card.question == kept.engine.question
    assert not kept.gone


def test_a_question_that_is_gone_already_is_refused(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine(None))
    assert [type(error) for error in kept.refused] == [NoSuchDecisionError]
    assert kept.gone == [None]


def test_an_answer_to_what_is_gone_is_refused_and_closes_it(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine(MASS))
    kept.engine.error = NoSuchDecisionError("7")
    kept.keeper.give()
    assert kept.refused == [kept.engine.error]
    assert kept.gone == [MASS]


def test_while_the_engine_works_no_second_answer_can_be_given(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine(MASS))
    kept.asks.held = []
    kept.keeper.give()
    kept.keeper.give()
    kept.keeper.keep_as_before()
    kept.keeper.keep_different()
    (run,) = kept.asks.held
    assert kept.keeper.is_busy
    kept.keeper.set_status(IN_STEP)  # told before the answer comes
    assert not kept.gone
    run()
    assert [one.decision for one in kept.settled] == ["7"]
    assert not kept.keeper.is_busy


def test_an_answer_that_is_refused_after_another_question_was_opened_is_told(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine(MASS))
    kept.asks.held = []
    kept.engine.error = NotWritingError(paused=True)
    kept.keeper.give()
    (run,) = kept.asks.held
    kept.asks.held = None
    kept.engine.question = WIDER.model_copy(update={"id": "8"})
    kept.keeper.open("8")
    run()
    assert kept.refused == [kept.engine.error]


def test_a_fault_of_ours_is_reported_and_the_card_can_be_used_again(
    keep: Callable[[Engine], Kept], monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: reported.append(error))
    kept = keep(Engine(MASS))
    kept.engine.error = KeyError("x")
    kept.keeper.give()
    assert reported == [kept.engine.error]
    assert "Something went wrong" in kept.card.error.accessibleName()
    assert kept.keeper.can_be_given


def test_what_is_written_by_hand_is_looked_at_when_the_keys_rest(keep: Callable[[Engine], Kept], qtbot: QtBot) -> None:
    kept = keep(Engine())
    assert kept.card.result is not None
    kept.card.result.by_hand.click()
    kept.card.result.editor.setPlainText('{"command": "uv"}')
    assert not kept.engine.of(DecisionPreviewRequest)
    qtbot.waitUntil(lambda: kept.card.preview is not None)
    (looked,) = kept.engine.of(DecisionPreviewRequest)
    assert (looked.take, looked.edit) == ("merged", '{"command": "uv"}')


def test_what_is_not_understood_cannot_be_given(keep: Callable[[Engine], Kept], qtbot: QtBot) -> None:
    kept = keep(Engine())
    kept.engine.unfit = NoItemError("line 1")
    result = kept.card.result
    assert result is not None
    result.by_hand.click()
    result.editor.setPlainText("{")
    qtbot.waitUntil(lambda: result.is_refused)
    assert not kept.keeper.can_be_given


def test_one_answer_for_all_of_a_kind_goes_to_the_engine_as_such(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine(WIDER))
    others = [WIDER.model_copy(update=change) for change in ({"id": "8"}, {"id": "9", "scope": "project:/h/shop"})]
    kept.keeper.set_status(_asking(WIDER, *others, POSTGRES))
    assert "2 questions" in kept.card.alike.text()
    kept.card.alike.click()
    kept.card.take_column(1)
    kept.keeper.give()
    (decided,) = kept.engine.of(DecideRequest)
    assert (decided.take, decided.alike) == ("copy", True)


def test_only_the_servers_that_are_ticked_are_answered_for(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine(SERVERS))
    kept.card.take_column(1)
    next(iter(kept.card.body.boxes.values())).click()  # type: ignore[union-attr]  # the body of servers
    kept.keeper.give()
    (decided,) = kept.engine.of(DecideRequest)
    assert decided.items == ("web",)


def test_what_an_assistant_asked_for_is_allowed_or_left(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine(PROPOSED))
    kept.keeper.open(PROPOSED.id)
    kept.card.take_column(2)
    kept.keeper.give()
    (decided,) = kept.engine.of(DecideRequest)
    assert (decided.decision, decided.take) == (PROPOSED.id, "leave")


def test_an_answer_that_an_assistant_asks_for_is_shown_with_its_question(keep: Callable[[Engine], Kept]) -> None:
    said = proposed(
        "decide", {"decision": "7", "take": "codex"}, "claude-code", dt.datetime(2026, 1, 31, tzinfo=dt.UTC)
    )
    proposal = proposal_question(said, {})
    engine = Engine()
    engine.questions = {proposal.id: proposal}
    kept = keep(engine)
    kept.keeper.open(proposal.id)
    told = [label.text() for label in kept.card.findChildren(QLabel)]
    assert "postgres was changed in two ways" in told
    assert "debug" in told
    assert kept.card.question == proposal


def test_what_an_assistant_asked_for_is_kept_beside_other_questions(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine(PROPOSED))
    kept.keeper.open(PROPOSED.id)
    kept.keeper.set_status(_asking(PROPOSED, POSTGRES))
    assert kept.card.question == PROPOSED
    assert not kept.card.alike.isVisible()


def test_a_client_can_be_taken_in_every_clash_at_once(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine())
    assert not kept.keeper.can_take_everywhere()
    other = POSTGRES.model_copy(update={"id": "8", "item": "mcp/github"})
    kept.keeper.set_status(_asking(POSTGRES, other, WIDER))
    assert [side.take for side in kept.keeper.can_take_everywhere()] == ["codex", "cursor"]
    kept.keeper.take_everywhere("cursor")
    (decided,) = kept.engine.of(DecideRequest)
    assert (decided.take, decided.alike, decided.fields) == ("cursor", True, {})


def test_nothing_is_answered_while_another_question_is_on_its_way(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine(MASS))
    kept.asks.held = []
    kept.engine.questions = {"8": WIDER.model_copy(update={"id": "8"})}
    kept.keeper.open("8")
    (come,) = kept.asks.held
    for answer in (kept.keeper.give, kept.keeper.keep_as_before, kept.keeper.keep_different):
        answer()
    assert len(kept.asks.held) == 1
    kept.asks.held = None
    come()
    kept.card.take_column(1)
    kept.keeper.give()
    assert [one.decision for one in kept.engine.of(DecideRequest)] == ["8"]


def test_where_nothing_was_written_nothing_older_is_offered_to_be_undone(keep: Callable[[Engine], Kept]) -> None:
    kept = keep(Engine(MASS))
    kept.engine.written = ()
    kept.keeper.give()
    assert kept.settled == [Settled("7", "Codex CLI: 0 files written", title="Codex CLI")]
