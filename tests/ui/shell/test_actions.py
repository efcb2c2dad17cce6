from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from aisync_desktop.ui.shell.actions import Actions
from tests.ui.samples import IN_STEP

_HOUR = 60


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Be where the clocks are put forward on 29 March 2026 and back on 25 October, both at night."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of this system cannot be set for one program")
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize(
    ("now", "minutes"),
    [
        ("2026-03-28T18:00+01:00", 13 * _HOUR),  # an hour is left out in between
        ("2026-10-24T18:00+02:00", 15 * _HOUR),
        ("2026-06-01T18:00+02:00", 14 * _HOUR),
        ("2026-06-01T00:30+02:00", 31 * _HOUR + 30),
        ("2026-05-31T23:00+00:00", 31 * _HOUR),  # a new day already, here
    ],
)
def test_a_pause_until_tomorrow_ends_at_eight_in_the_morning_whatever_the_clocks_do(
    now: str, minutes: int, qtbot: QtBot
) -> None:
    actions = Actions(lambda: dt.datetime.fromisoformat(now))
    actions.set_status(IN_STEP)
    with qtbot.waitSignal(actions.pause_requested) as asked:
        actions.pause_until_tomorrow.trigger()
    assert asked.args == [minutes]
