from __future__ import annotations

import pytest

from aisync_desktop.kernel.messages import text
from aisync_desktop.sync.model.status import Done, Health, ItemChange, Status
from aisync_desktop.ui.shell.notes import DECISIONS, PROBLEMS, NoteTaker
from tests.ui.samples import (
    ADDED,
    ASKED,
    DECISION,
    IN_STEP,
    LAST,
    NEW,
    OTHER_DECISION,
    PROBLEM,
    QWEN,
    WAITING,
    with_health,
)

pytestmark = pytest.mark.usefixtures("languages")


def _taker(status: Status = IN_STEP) -> NoteTaker:
    taker = NoteTaker()
    taker.take(status)
    return taker


def test_what_already_waits_at_the_start_is_told_but_old_syncs_are_not() -> None:
    assert [note.key for note in NoteTaker().take(WAITING).show] == [DECISIONS, PROBLEMS]


def test_before_the_user_agreed_to_anything_nothing_is_told() -> None:
    assert not NoteTaker().take(NEW.model_copy(update={"problems": (PROBLEM,)})).show


def test_the_same_status_is_told_once() -> None:
    taker = _taker(WAITING)
    assert taker.take(WAITING.model_copy(update={"sequence": 2})).show == ()


def test_one_more_decision_replaces_the_note_with_the_new_count() -> None:
    another = DECISION.model_copy(update={"id": "8", "summary": text("decision.secret", item="slack")})
    (note,) = _taker(WAITING).take(WAITING.model_copy(update={"decisions": (DECISION, another)})).show
    assert (note.key, note.title, note.important) == (DECISIONS, "2 questions wait for you", True)
    assert "slack" in note.body


def test_a_problem_is_told_with_its_next_step() -> None:
    (note,) = _taker().take(IN_STEP.model_copy(update={"problems": (PROBLEM,)})).show
    assert note.title == "The file cannot be read"
    assert PROBLEM.next_step.english() in note.body
    assert note.route == "home"


def test_a_problem_names_its_file_and_its_client_and_leads_to_it() -> None:
    (note,) = _taker().take(IN_STEP.model_copy(update={"problems": (PROBLEM,), "clients": (QWEN,)})).show
    assert note.title == "Qwen & Code: The file cannot be read"
    assert note.body.startswith("/h/.qwen/settings.json: A comma or the closing bracket is missing in line 12")
    assert note.route == "clients/qwen-code"


def test_several_problems_at_once_are_one_note_with_a_line_each() -> None:
    other = PROBLEM.model_copy(update={"path": "/h/other.json"})
    (note,) = _taker().take(IN_STEP.model_copy(update={"problems": (PROBLEM, other), "clients": (QWEN,)})).show
    assert (note.key, note.title, note.route) == (PROBLEMS, "2 problems", "home")
    assert note.body.splitlines() == ["Qwen & Code: The file cannot be read", "The file cannot be read"]


def test_a_question_leads_to_its_card_and_of_several_new_ones_to_the_list() -> None:
    (note,) = _taker().take(ASKED).show
    assert (note.title, note.route) == ("1 question waits for you", f"decisions/{DECISION.id}")
    both = ASKED.model_copy(update={"decisions": (DECISION, OTHER_DECISION)})
    (note,) = _taker().take(both).show
    assert (note.title, note.route) == ("2 questions wait for you", DECISIONS)
    (note,) = _taker(ASKED).take(both).show
    assert note.route == f"decisions/{OTHER_DECISION.id}"


def test_a_change_is_told_by_its_name_which_its_undo_has_too() -> None:
    (note,) = _taker().take(IN_STEP.model_copy(update={"last": ADDED})).show
    assert (note.title, note.change, note.undo) == (*["github added in Codex CLI"] * 2, 7)
    assert note.route == "history/7"


def test_what_has_no_name_offers_no_undo() -> None:
    (note,) = _taker().take(IN_STEP.model_copy(update={"last": LAST.model_copy(update={"snapshot": 7})})).show
    assert (note.title, note.undo) == ("3 files brought in step", 0)


def test_an_engine_that_stopped_is_told_even_without_a_problem() -> None:
    stopped = with_health(Health.ERROR).model_copy(update={"headline": text("status.error")})
    (note,) = _taker().take(stopped).show
    assert note.important
    assert note.body == "Syncing has stopped because of an error"


def test_what_is_settled_may_go() -> None:
    assert set(_taker(WAITING).take(IN_STEP).withdraw) == {DECISIONS, PROBLEMS}
    assert set(_taker(WAITING).take(WAITING).withdraw) == set()


def test_syncs_of_one_client_add_up_until_the_user_saw_them() -> None:
    taker = _taker()
    titles = []
    for minute, writes in ((1, 3), (2, 4), (3, 1)):
        last = LAST.model_copy(update={"at": LAST.at.replace(minute=minute), "writes": writes})
        (note,) = taker.take(IN_STEP.model_copy(update={"last": last})).show
        titles.append(note.title)
        if minute == 2:
            taker.closed(note.key)
    assert titles == ["3 files brought in step", "7 files brought in step", "1 file brought in step"]


def test_a_sync_is_told_by_the_clients_name_and_never_as_important() -> None:
    (note,) = _taker().take(IN_STEP.model_copy(update={"last": LAST})).show
    assert note.body == "Claude Code: 2 items synced, 3 files written."
    assert not note.important


def test_a_sync_that_wrote_nothing_is_not_told() -> None:
    idle = LAST.model_copy(update={"writes": 0})
    assert not _taker().take(IN_STEP.model_copy(update={"last": idle})).show


GONE = tuple(ItemChange(item=item, done=Done.REMOVED) for item in ("mcp/github", "rules/ts.md"))


def test_what_was_deleted_everywhere_is_told_with_a_way_back() -> None:
    last = LAST.model_copy(update={"changes": GONE, "snapshot": 7, "writes": 5})
    (note,) = _taker().take(IN_STEP.model_copy(update={"last": last})).show
    assert (note.title, note.important, note.undo) == ("2 items deleted everywhere", True, 7)
    assert note.body.endswith("github, ts.md")
