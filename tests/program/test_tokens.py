from __future__ import annotations

import datetime as dt

import pytest

from aisync_desktop.kernel.access import EVERYTHING, Access, Grant, in_order
from aisync_desktop.program.tokens import NewSecret, Token, id_in, is_secret_of
from aisync_desktop.secrets.shapes import hide_tokens

NOW = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
READ, WRITE = frozenset({Access.READ}), frozenset({Access.WRITE})


def token(secret: NewSecret, until: dt.datetime | None = None) -> Token:
    return Token(secret.id, "ci", secret.digest, READ, "cli", "", login=False, made_at=NOW, expires_at=until)


def test_a_secret_is_of_its_token_alone() -> None:
    mine, other = NewSecret.make(), NewSecret.make()
    assert id_in(mine.value) == mine.id
    assert is_secret_of(mine.value, token(mine))
    assert not is_secret_of(other.value, token(mine))
    assert not is_secret_of(mine.value, None)


def test_another_secret_of_the_same_token_is_not_the_one_before() -> None:
    mine = NewSecret.make()
    again = NewSecret.make(mine.id)
    assert (again.id, again.value == mine.value) == (mine.id, False)
    assert not is_secret_of(mine.value, token(again))


@pytest.mark.parametrize(
    "shown",
    ["", "t0ken", "aisync_", "aisync_0123456789ab_", "aisync_0123456789ab_" + "é" * 43, "x" * 100_000, "\udfff"],
)
def test_what_is_no_secret_is_of_no_token(shown: str) -> None:
    assert id_in(shown) == ""
    assert not is_secret_of(shown, None)


def test_a_secret_is_shown_nowhere_by_itself() -> None:
    mine = NewSecret.make()
    assert mine.value not in repr(mine)
    assert mine.value not in repr(token(mine))
    assert mine.value.rpartition("_")[2] not in hide_tokens(f"it was {mine.value} that came")


def test_its_time_is_over_at_its_end() -> None:
    mine = token(NewSecret.make(), NOW)
    assert mine.is_over(NOW)
    assert not mine.is_over(NOW - dt.timedelta(microseconds=1))
    assert not token(NewSecret.make()).is_over(NOW)


@pytest.mark.parametrize(
    ("access", "until", "covered"),
    [
        (READ, NOW, True),
        (READ, NOW - dt.timedelta(days=1), True),
        (READ, NOW + dt.timedelta(seconds=1), False),
        (READ, None, False),
        (WRITE, NOW, False),
        (READ | WRITE, NOW, False),
    ],
)
def test_a_grant_covers_what_is_no_more_and_no_longer(
    access: frozenset[Access], until: dt.datetime | None, *, covered: bool
) -> None:
    assert Grant(READ, NOW).covers(access, until) is covered
    assert EVERYTHING.covers(access, until)


def test_what_one_may_is_told_in_one_order() -> None:
    assert in_order(frozenset(Access)) == tuple(Access)
