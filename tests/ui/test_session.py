"""A session as a user has it: the real program under a window manager, with a real tray, by keyboard and mouse only.

First run, an edit in an editor that arrives elsewhere, two edits that clash, settled by field, undone, done again; the
language changed from a terminal; the end. What came of it is read from the clients' files and from the program's API.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.desktop import Tray, missing, xembed, xfce
from tests.helpers.program import until
from tests.helpers.session import Session, session
from tests.helpers.trayhost import NOTIFICATIONS, tray_host

_LACKS = missing()

pytestmark = [
    pytest.mark.deep,
    pytest.mark.skipif(bool(_LACKS), reason=f"needs a desktop (`make deep` installs it): {_LACKS}"),
]

_QUESTION = 2  # the entry of the menu that is the first question: above it stand two lines about the state
_TRAYS = pytest.mark.parametrize("tray", [xembed, xfce])


def _first_run(user: Session) -> None:
    """Agree to what would be written, by the button and by its shortcut."""
    user.click("See what will change", "push button")
    user.see("Step 3 of 3: Will change")
    user.press("Control_L", "Return")
    user.click("Go on without", "push button", starts=True)
    user.see("Home")
    until(lambda: user.commands() == {"first"})


@_TRAYS
def test_a_whole_session_by_keyboard_and_mouse(tray: Tray, tmp_path: Path) -> None:
    with session(tmp_path, tray) as user:
        user.start()
        user.await_active("AISync")
        assert user.is_on_screen(user.see("AISync", "frame"))
        _first_run(user)

        user.edit(user.codex, '"first"', '"second"')
        until(lambda: user.commands() == {"second"})
        assert "# keep" in user.codex.read_text()
        user.see("db changed in Codex CLI", starts=True)

        user.edit(user.codex, '"second"', '"codex"')
        user.edit(user.qwen, '"second"', '"qwen"')
        user.click_entry(user.open_menu(), _QUESTION)
        user.click("Command, Codex CLI: codex", "radio button")
        user.click("Use this result", "push button")
        until(lambda: user.commands() == {"codex"})
        until(lambda: user.questions() == 0)
        until(lambda: not user.has_icon())

        user.press("Control_L", "z")
        user.click("Put back 3 files", "push button")
        until(lambda: user.commands() == {"second"})
        user.await_active("AISync")
        user.press("Control_L", "Shift_L", "z")
        user.await_active("Do again: db changed in Codex CLI, Qwen Code")
        user.press("Control_L", "Return")
        until(lambda: user.commands() == {"codex"})

        user.aisync("settings", "set", "language", "ko")
        user.see("홈")
        user.press("Control_L", "q")
        assert user.ended() == 0


def _clash(user: Session) -> None:
    """Have two clients say different things of the same server, while the program runs without a window."""
    user.aisync("init", "--yes")
    user.start("--background")
    until(lambda: user.commands() == {"first"})
    user.edit(user.codex, '"first"', '"codex"')
    user.edit(user.qwen, '"first"', '"qwen"')


@_TRAYS
def test_a_clash_is_settled_in_the_dialog_that_the_tray_opens(tray: Tray, tmp_path: Path) -> None:
    with session(tmp_path, tray) as user:
        _clash(user)
        user.click_entry(user.open_menu(), _QUESTION)
        user.await_active("db was changed in two ways")
        assert user.is_on_screen(user.see("db was changed in two ways", "dialog"))
        user.press("3")  # the third column: what Qwen Code says
        user.see("Writes 2 files in Claude Code and Codex CLI", starts=True)
        user.press("Control_L", "Return")
        until(lambda: user.commands() == {"qwen"})
        until(lambda: not user.has_icon())
        until(lambda: user.windows() == [])


def test_two_clients_at_once_are_told_of_chosen_from_and_in_step(tmp_path: Path) -> None:
    """Scenario B of the product's design, by way of the notification."""
    with session(tmp_path, xembed) as user, tray_host(user.desktop.bus, NOTIFICATIONS) as server:
        _clash(user)
        note = server.expect(event="notify")
        assert note["title"] == "1 question waits for you"
        server.tell(signal="ActionInvoked", signature="us", body=[note["id"], "default"])
        user.await_active("db was changed in two ways")
        user.click("Command, Codex CLI: codex", "radio button")
        user.click("Use this result", "push button")
        until(lambda: user.commands() == {"codex"})
        assert server.expect(event="withdraw")["id"] == note["id"]
        told = server.expect(event="notify")
        assert (told["title"], told["actions"][3]) == ("db: 2 files written", "Undo: db")
        until(lambda: user.status()["headline"]["text"] == "Everything is in step")


def test_a_clash_is_settled_by_what_a_screen_reader_can_do(tmp_path: Path) -> None:
    with session(tmp_path, xembed) as user:
        user.start()
        for step in ("See what will change", "Write 2 files in 2 clients", "Go on without"):
            user.see(step, "push button", starts=True).press()
        until(lambda: user.commands() == {"first"})
        user.edit(user.codex, '"first"', '"codex"')
        user.edit(user.qwen, '"first"', '"qwen"')
        user.see("Decisions, 1 waiting", "radio button").press()
        user.see("Command, Codex CLI: codex", "radio button").press()
        user.see("Use this result", "push button").press()
        until(lambda: user.commands() == {"codex"})
        user.see("Home", "radio button").press()
        user.see("Undo", "push button").press()
        user.see("Put back 3 files", "push button").press()
        until(lambda: user.commands() == {"first"})


def test_each_page_says_to_a_screen_reader_what_can_be_operated(tmp_path: Path) -> None:
    with session(tmp_path, xembed) as user:
        (user.home / ".claude").mkdir()
        (user.home / ".claude/settings.json").write_text('{"permissions": {"allow": ["Bash(git status:*)"]}}')
        user.aisync("init", "--yes")
        user.start()
        window = user.see("AISync", "frame")
        for page in ("Home", "Decisions, 1 waiting", "Permissions", "Health"):
            user.see(page, "radio button").press()
            user.see(page.partition(",")[0], "filler")
            seen = (thing for thing in window.walk() if thing.role != "tree item")  # of whose cells some are empty
            operated = [thing for thing in seen if "focusable" in thing.states]
            assert {"Find or run", page} <= {thing.name for thing in operated}
            assert [thing for thing in operated if not thing.name or thing.role in {"filler", "panel"}] == [], page


def test_a_rule_that_was_edited_is_merged_by_priority_and_the_success_is_told(tmp_path: Path) -> None:
    """Scenario A of the product's design."""
    with session(tmp_path, xfce) as user:
        user.aisync("settings", "set", "policy_rules", "merge,priority")
        user.aisync("settings", "set", "priority", "qwen-code,codex")
        (user.home / ".codex/AGENTS.md").write_text("Be brief.\nTest first.\n")
        user.aisync("init", "--yes")
        user.start()
        user.await_active("AISync")
        rules = [user.home / place for place in (".codex/AGENTS.md", ".qwen/QWEN.md", ".claude/CLAUDE.md")]
        until(lambda: all(path.exists() for path in rules))
        user.edit(rules[0], "Be brief.", "Be very brief.")
        user.edit(rules[1], "Be brief.", "Be precise.")
        until(lambda: {path.read_text() for path in rules} == {"Be precise.\nTest first.\n"})
        user.see("Rules edited in Codex CLI, Qwen Code: ", starts=True)
        assert user.questions() == 0
