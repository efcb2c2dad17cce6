from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

import aisync_desktop
from aisync_desktop.kernel.errors import Remedy, WorldError
from aisync_desktop.kernel.messages import Text, fill, text
from aisync_desktop.kernel.problem import problem_of
from aisync_desktop.kernel.texts import visible
from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP
from aisync_desktop.message_rooms import MESSAGE_ROOMS
from tests.helpers.messages import sentences, templates

PACKAGE = Path(aisync_desktop.__file__).parent
CALL = re.compile(r'(?<![\w.])[tT]ext\(\s*"([a-z0-9.-]+)"')


def codes_in_use() -> set[str]:
    """Return the codes that are written out where a Text is made."""
    return {code for file in PACKAGE.rglob("*.py") for code in CALL.findall(file.read_text(encoding="utf-8"))}


def test_every_code_in_use_has_a_template() -> None:
    used = codes_in_use()
    assert used
    assert used <= templates().keys()


def test_every_room_with_sentences_is_asked_for_them() -> None:
    files = PACKAGE.rglob("messages.py")
    assert {".".join(file.parent.relative_to(PACKAGE.parent).parts) for file in files} == MESSAGE_ROOMS.keys()


def test_a_room_is_asked_for_the_words_with_which_its_codes_begin() -> None:
    words = {room: tuple(sorted({code.partition(".")[0] for code in said})) for room, said in sentences().items()}
    assert words == MESSAGE_ROOMS


def test_no_two_rooms_say_the_same_code() -> None:
    rooms = Counter(code for said in sentences().values() for code in said)
    assert [code for code, count in rooms.items() if count > 1] == []


@pytest.mark.parametrize("code", ["no.such.code", "status.no-such-state", "", "os.path"])
def test_an_unknown_code_fails_at_once(code: str) -> None:
    with pytest.raises(KeyError):
        text(code)


def in_a_new_process(script: str) -> list[str]:
    """Run a script that knows no room yet; return what it prints, a line each."""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_a_stored_text_is_shown_where_nobody_met_the_room_that_said_it() -> None:
    script = """
import sys
from aisync_desktop.kernel.messages import Text
print(Text("status.in-step.line", {"items": 2, "clients": 3}).english())
print(*sorted(name for name in sys.modules if name.startswith("aisync_desktop.sync.")))
"""
    shown, loaded = in_a_new_process(script)
    assert shown == "2 items in 3 clients"
    rooms = "aisync_desktop.sync.applying", "aisync_desktop.sync.model"
    assert loaded.split() == sorted(name for room in rooms for name in (room, f"{room}.messages"))


def test_who_says_nothing_loads_no_sentence() -> None:
    script = """
import sys
import aisync_desktop.cli.app, aisync_desktop.cli.exec, aisync_desktop.app, aisync_desktop.api.app
import aisync_desktop.sync.answering.engine, aisync_desktop.ui.shell.desktop
print(*(name for name in sys.modules if name.startswith("aisync_desktop.") and name.endswith(".messages")))
"""
    assert in_a_new_process(script) == ["aisync_desktop.kernel.messages"]


def test_templates_belong_to_one_context() -> None:
    with pytest.raises(ValueError, match="other"):
        QT_TRANSLATE_NOOP("other", "text")


@given(st.text())
def test_a_parameter_is_put_in_as_it_is_seen(value: str) -> None:
    made = text("plain", text=value).english()
    assert made.isprintable()
    assert made == value or not value.isprintable() or visible(value) != value


@pytest.mark.parametrize("value", ["{name}", "%s", "C:\\new", "<b>", "\ud55c\uae00"])
def test_a_parameter_is_never_interpreted(value: str) -> None:
    assert text("plain", text=value).english() == value


@pytest.mark.parametrize(("count", "said"), [(0, "0 files are"), (1, "1 file is"), (2, "2 files are")])
def test_a_noun_agrees_with_its_count(count: int, said: str) -> None:
    assert fill("{count} {count:file is|files are}", {"count": count}) == said


def test_a_particle_follows_what_is_shown_of_a_parameter() -> None:
    assert fill("“{item:”을/”를} {count:은/는}", {"item": "npm", "count": 2}) == "“npm”을 2는"


def test_a_text_survives_json_and_counts_as_equal() -> None:
    made = text("status.in-step.line", items=2, clients=3)
    adapter = TypeAdapter(Text)
    again = adapter.validate_json(adapter.dump_json(made))
    assert len({made, again}) == 1
    assert again.render(lambda _: "항목 {items}개") == "항목 2개"


def test_an_error_is_one_line_that_names_the_path_once() -> None:
    parts = text("engine.vanished"), text("engine.vanished.message"), text("engine.vanished.next")
    error = WorldError(*parts, path=Path("/x/y"))
    assert str(error).count("/x/y") == 1
    named = WorldError(parts[0], text("plain", text="see /x/y"), parts[2], path=Path("/x/y"))
    assert str(named).count("/x/y") == 1
    assert "\n" not in str(error)


def test_a_problem_says_what_the_error_said() -> None:
    error = WorldError(text("engine.vanished"), text("engine.vanished.message"), text("engine.vanished.next"))
    problem = problem_of(error)
    assert (problem.title, problem.message, problem.next_step, problem.path) == (
        error.title,
        error.message,
        error.next_step,
        "",
    )


def test_a_problem_offers_what_its_error_says_can_be_done() -> None:
    class LockedError(WorldError):
        actions = (Remedy.MAKE_WRITABLE, Remedy.TRY_AGAIN)

    error = LockedError(text("engine.vanished"), text("engine.vanished.message"), text("engine.vanished.next"))
    assert problem_of(error).model_dump(mode="json")["actions"] == ["make-writable", "try-again"]
