"""Qt's objects that only the garbage collector finds are taken apart in the main thread, whatever others do."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from aisync_desktop.service.live.collector import Collector
from tests.helpers.patience import PATIENCE

_PLENTY = 200_000  # enough for the collector's own measure, at all ages


class _Knot(QObject):
    """Holds itself: only the collector takes it apart, and it tells in which thread that was."""

    def __init__(self, gone_in: list[int]) -> None:
        super().__init__()
        self.knot = self
        self.destroyed.connect(lambda: gone_in.append(threading.get_ident()), Qt.ConnectionType.DirectConnection)


def _age(collector: Collector, rounds: int) -> None:
    """Make and forget so much that the turn of the old comes, several times."""
    for _ in range(rounds):
        kept = [[number] for number in range(1_000)]
        collector.collect()
        del kept


def _make_old_knot(gone_in: list[int]) -> None:
    knot = _Knot(gone_in)
    gc.collect(1)
    del knot


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    del qtbot
    owner = QObject()
    yield Collector(owner)
    gc.enable()


def test_what_another_thread_makes_sets_off_no_collection_there(collector: Collector, qtbot: QtBot) -> None:
    del collector
    gone_in: list[int] = []
    for _ in range(10):
        _Knot(gone_in)
    made: list[list[int]] = []
    maker = threading.Thread(target=lambda: made.extend([number] for number in range(_PLENTY)))
    maker.start()
    maker.join(PATIENCE)
    assert gone_in == []
    qtbot.waitUntil(lambda: len(gone_in) == 10)
    assert set(gone_in) == {threading.get_ident()}


def test_the_old_are_looked_through_in_their_turn(collector: Collector) -> None:
    gone_in: list[int] = []
    _make_old_knot(gone_in)
    _age(collector, 200)
    assert gone_in == [threading.get_ident()]


class _Told:
    """A garbage collector that counts what it is told to, and has so many old objects."""

    def __init__(self, old: int) -> None:
        self.old, self.counts, self.looked = old, (1_000, 11, 11), list[int]()

    def get_count(self) -> tuple[int, int, int]:
        return self.counts

    def get_objects(self, generation: int) -> list[None]:
        return [None] * self.old if generation == 2 else []

    def collect(self, generation: int = 2) -> None:
        self.looked.append(generation)


def test_the_old_are_looked_through_once_there_are_a_quarter_more(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = _Told(100)
    monkeypatch.setattr("aisync_desktop.service.live.collector.gc", told)
    for told.old in (100, 125, 126, 157, 158):
        collector.collect()
    assert told.looked == [2, 1, 2, 1, 2]
    told.counts = (1_000, 10, 11)
    collector.collect()
    assert told.looked[-1] == 0


def test_of_a_few_new_things_nothing_is_looked_through(collector: Collector) -> None:
    gc.collect()
    before = gc.get_stats()[0]["collections"]
    collector.collect()
    assert gc.get_stats()[0]["collections"] == before
