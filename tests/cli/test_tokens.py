"""`aisync token`, in this process: without an app."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aisync_desktop.secrets.met import met
from tests.cli.conftest import answer, one_line, run

SECRET = re.compile(r"aisync_[0-9a-f]{12}_[A-Za-z0-9_-]{43}")
Entries = dict[tuple[str, str], str]


def test_alone_it_prints_the_owners_token(isolated_home: Path) -> None:
    (shown,) = run("token").stdout.splitlines()
    assert answer("token") == {"token": shown}
    assert (isolated_home / ".aisync" / "state" / "api-token").read_text() == shown


def test_a_new_one_is_shown_once_and_listed_without_its_secret(isolated_home: Path) -> None:
    made = run("token", "new", "ci", "--may", "write", "--may", "read", "--for", "2h")
    (secret,) = made.stdout.splitlines()
    assert SECRET.fullmatch(secret)
    assert made.stderr == "aisync: This is shown only now: AISync does not keep it.\n"
    (listed,) = answer("token", "list")["tokens"]
    assert (listed["name"], listed["scopes"], listed["made_by"]) == ("ci", ["read", "write"], "cli")
    told = run("token", "list").stdout
    assert re.fullmatch(r"ci  read, write  until [\d-]+ [\d:]+  made by cli\nNo password is set\.\n", told)
    kept = b"".join(path.read_bytes() for path in (isolated_home / ".aisync").rglob("*") if path.is_file())
    assert secret.rpartition("_")[2].encode() not in kept
    assert secret in met()  # so that no report of a fault of ours holds it


def test_one_may_read_for_90_days_where_nothing_is_said_or_until_it_is_revoked(isolated_home: Path) -> None:
    made = run("token", "new", "ci", "--json")
    assert '"scopes": [\n    "read"\n  ]' in made.stdout
    run("token", "new", "ever", "--for", "ever")
    assert "ever  read  until it is revoked  made by cli" in run("token", "list").stdout
    assert [one["expires_at"] is None for one in answer("token", "list")["tokens"]] == [False, True]


def test_another_secret_and_taking_it_back(isolated_home: Path) -> None:
    first = run("token", "new", "ci").stdout
    again = run("token", "rotate", "ci").stdout
    assert SECRET.fullmatch(again.strip())
    assert again != first
    assert run("token", "revoke", "ci").stdout == "Revoked: ci\n"
    assert run("token", "list").stdout == "No other program has a token.\nNo password is set.\n"
    assert "There is no such token" in one_line("token", "revoke", "ci")
    assert "There is no such token" in one_line("token", "rotate", "ci")


def test_two_do_not_share_a_name(isolated_home: Path) -> None:
    run("token", "new", "ci")
    assert "aisync token rotate ci" in one_line("token", "new", "ci")


@pytest.mark.parametrize(
    "name",
    ["", "..", "../x", "a/b", "CI", "é", "한국", "a b", "-a", "a-", "a--b", "x" * 51, "\u202ea", "a\nb", "login_"],
)
def test_a_name_is_small_letters_digits_and_hyphens(isolated_home: Path, name: str) -> None:
    assert run("token", "new", "--", name).exit_code == 1
    assert answer("token", "list")["tokens"] == []


@pytest.mark.parametrize("duration", ["", "0d", "3651d", "99999d", "1y", "-1d", "d", "for ever"])
def test_a_duration_is_minutes_hours_or_days(isolated_home: Path, duration: str) -> None:
    assert run("token", "new", "ci", "--for", duration).exit_code == 2


def test_one_whose_time_is_over_is_listed_as_such(isolated_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.helpers.clock import LeapingClock

    run("token", "new", "ci", "--for", "1m")
    clock = LeapingClock()
    clock.sleep(60)
    monkeypatch.setattr("aisync_desktop.program.world.SystemClock", lambda: clock)
    assert "its time was over at" in run("token", "list").stdout


def test_the_password_is_read_and_kept_by_what_it_is_known_by(isolated_home: Path, memory_keyring: Entries) -> None:
    done = run("token", "password", stdin="correct horse\n")
    assert (done.exit_code, done.stdout) == (
        0,
        "The password is set; tokens that another one gave out are over.\n",
    )
    assert "A password is set that gives out tokens for an hour." in run("token", "list").stdout
    (kept,) = [value for (_, name), value in memory_keyring.items() if name == "admin-password"]
    assert "correct" not in kept
    assert run("token", "password", "--remove").exit_code == 0
    assert not any(name == "admin-password" for _, name in memory_keyring)
    assert answer("token", "list")["password"] is False


def test_who_types_a_password_types_it_twice(
    isolated_home: Path, memory_keyring: Entries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aisync_desktop.cli.output.has_terminal", lambda: True)
    done = run("token", "password", stdin="correct horse\ncorrect horse\n")
    assert (done.exit_code, "correct" in done.output) == (0, False)


def test_a_password_that_is_short_or_that_no_keyring_takes_is_refused(isolated_home: Path) -> None:
    assert "password" in one_line("token", "password", stdin="short\n")
    assert "keyring" in one_line("token", "password", stdin="correct horse\n")
    assert answer("token", "list")["password"] is False


def test_no_assistant_makes_one_and_what_it_would_take_back_waits(
    isolated_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("token", "new", "ci")
    monkeypatch.setattr("aisync_desktop.service.who_asks.assistant_above", lambda _world: "codex")
    for words in (("new", "more"), ("rotate", "ci")):
        assert "Only a person can do this" in one_line("token", *words)
    assert "Only a person can do this" in one_line("token", "password", stdin="correct horse\n")
    assert run("token", "revoke", "ci").exit_code == 3
    assert [one["name"] for one in answer("token", "list")["tokens"]] == ["ci"]


def test_there_are_only_so_many(isolated_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aisync_desktop.service.operations.tokens.MOST", 2)
    assert [run("token", "new", name).exit_code for name in ("a", "b")] == [0, 0]
    assert "There may be 2 at once" in one_line("token", "new", "c")
