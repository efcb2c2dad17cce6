"""Who goes back where something is refused is asked first, or says it at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aisync_desktop.cli.output import Output
from tests.cli.conftest import run
from tests.helpers.clients import Clients


@pytest.fixture
def denying(isolated_home: Path) -> Path:
    """The file of a client that refuses a command, as all do since the last change."""
    Clients.make(isolated_home)
    settings = isolated_home / ".claude" / "settings.json"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text('{"permissions": {"deny": []}}')
    assert run("init", "--yes").exit_code == 0
    settings.write_text(json.dumps({"permissions": {"deny": ["Bash(git push:*)"]}}))
    assert run("sync").exit_code == 0
    return settings


def test_an_undo_asks_before_it_allows_what_is_refused(denying: Path) -> None:
    done = run("undo", stdin="n\n")
    assert (done.exit_code, "git push" in denying.read_text()) == (1, True)
    assert "Refused now, and not any more after it: shell: git push" in done.stderr
    assert "--allow-loosening" in done.stderr
    assert run("undo", stdin="y\n").exit_code == 0
    assert "git push" not in denying.read_text()


def test_the_word_is_for_the_step_that_was_told_of_and_no_other(denying: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = denying.read_text()

    def agrees(_out: Output, _question: str) -> bool:
        denying.write_text(told.replace("Bash(git push:*)", 'Bash(git push:*)", "Bash(rm:*)'))
        assert run("sync").exit_code == 0
        return True

    monkeypatch.setattr(Output, "agrees", agrees)
    done = run("undo", stdin="y\n")
    assert (done.exit_code, "Bash(rm:*)" in denying.read_text()) == (1, True)


@pytest.mark.parametrize("said", ["", "\n"])
def test_who_says_nothing_does_not_agree_and_json_has_the_reason(denying: Path, said: str) -> None:
    done = run("undo", "--json", stdin=said)
    assert (done.exit_code, json.loads(done.stdout)["error"]["code"]) == (1, "undo.loosens")
    assert ("[y/N]" in done.stderr) is bool(said)
    assert "git push" in denying.read_text()


def test_the_word_can_be_given_at_once_and_what_was_undone_is_done_again(denying: Path) -> None:
    assert run("undo", "--allow-loosening").exit_code == 0
    assert "git push" not in denying.read_text()
    assert run("redo").exit_code == 0
    assert "git push" in denying.read_text()
    assert run("rollback", "1", "--allow-loosening").exit_code == 0
    assert "git push" not in denying.read_text()
