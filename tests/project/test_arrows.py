from __future__ import annotations

import runpy

import pytest

from tests.project.test_layers import FLOORS

_ROOMS = [room for floor in FLOORS for room in floor]


@pytest.fixture
def rows(capsys: pytest.CaptureFixture[str]) -> dict[str, list[str]]:
    """What `python -m tools.arrows` prints: by room its cells, one for each room from the ground up."""
    runpy.run_module("tools.arrows", run_name="__main__")
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.split() == [line.split()[0] for line in lines]
    return {room: cells for _, room, *cells in map(str.split, lines)}


def test_every_room_has_a_row_and_a_column_from_the_ground_up(rows: dict[str, list[str]]) -> None:
    assert [*rows] == _ROOMS
    assert {len(cells) for cells in rows.values()} == {len(_ROOMS)}


def test_arrows_lead_down_alone_but_for_the_command_that_starts_the_app(rows: dict[str, list[str]]) -> None:
    up = [
        (room, _ROOMS[to])
        for at, room in enumerate(_ROOMS)
        for to, cell in enumerate(rows[room])
        if to >= at and cell != "."
    ]
    assert up == [("cli", "app")]
    assert rows[_ROOMS[0]] == ["."] * len(_ROOMS)
    assert int(rows["files"][_ROOMS.index("kernel")]) > 0
