"""The bus wakes and never waits: whoever is slow misses something, is told so, and delays nobody."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.kernel.bus import Bus, Fed, Subscription, Taken
from tests.helpers.logfail import ExpectLog


@dataclass(frozen=True)
class Rang:
    bell: int


class Sleeper:
    """Counts how often it is woken, and takes nothing by itself."""

    def __init__(self) -> None:
        self.woken = 0

    def wake(self) -> None:
        self.woken += 1


def test_whoever_subscribed_hears_of_it_in_order() -> None:
    bus, one, two = Bus(), Sleeper(), Sleeper()
    first, second = bus.subscribe(one.wake), bus.subscribe(two.wake)
    bus.publish(Rang(1))
    bus.publish(Fed("sync"))
    assert first.take() == second.take() == Taken((Rang(1), Fed("sync")))
    assert first.take() == Taken()
    assert (one.woken, two.woken) == (1, 1)


def test_only_what_was_asked_for_wakes() -> None:
    bus, sleeper = Bus(), Sleeper()
    heard = bus.subscribe(sleeper.wake, Fed)
    bus.publish(Rang(1))
    assert (sleeper.woken, heard.take()) == (0, Taken())
    bus.publish(Fed("sync"))
    assert (sleeper.woken, heard.take()) == (1, Taken((Fed("sync"),)))


def test_what_was_published_before_is_not_heard_of() -> None:
    bus = Bus()
    bus.publish(Rang(1))
    assert bus.subscribe(Sleeper().wake).take() == Taken()


def test_whoever_has_closed_hears_no_more() -> None:
    bus, sleeper = Bus(), Sleeper()
    gone = bus.subscribe(sleeper.wake)
    gone.close()
    bus.publish(Rang(1))
    assert (sleeper.woken, gone.take(), gone.closed) == (0, Taken(), True)
    there = bus.subscribe(sleeper.wake)
    bus.publish(Rang(2))
    assert (gone.take(), there.take()) == (Taken(), Taken((Rang(2),)))


def test_one_that_cannot_be_woken_hinders_nobody(expect_log: ExpectLog) -> None:
    def fail() -> None:
        raise RuntimeError("its loop is closed")

    bus, sleeper = Bus(), Sleeper()
    bus.subscribe(fail)
    heard = bus.subscribe(sleeper.wake)
    with expect_log("ERROR", "could not be woken"):
        bus.publish(Rang(1))
    assert heard.take() == Taken((Rang(1),))


@given(st.lists(st.one_of(st.integers(), st.none()), max_size=60), st.integers(1, 5))
def test_what_is_taken_and_what_was_missed_is_all_that_was_published(steps: list[int | None], room: int) -> None:
    """None is a take. What is heard are the newest, as many as there is room for; nothing is counted twice."""
    bus, sleeper = Bus(), Sleeper()
    heard = bus.subscribe(sleeper.wake, room=room)
    waiting: list[object] = []
    expected_wakes = 0
    for step in steps:
        if step is None:
            taken = heard.take()
            assert taken == Taken(tuple(waiting[-room:]), max(0, len(waiting) - room))
            waiting = []
        else:
            expected_wakes += not waiting
            bus.publish(Rang(step))
            waiting.append(Rang(step))
    assert sleeper.woken == expected_wakes


@given(st.integers(1, 4), st.integers(1, 40), st.integers(1, 16))
def test_from_many_threads_nothing_is_lost_without_a_word(threads: int, each: int, room: int) -> None:
    """One takes when it is woken, as readers do: all that was published, by its own count and what it was told."""
    bus, awake, done = Bus(), threading.Semaphore(0), threading.Event()
    heard: Subscription = bus.subscribe(awake.release, room=room)
    found: list[Taken] = []

    def listen() -> None:
        while awake.acquire() and not done.is_set():
            found.append(heard.take())

    def ring(which: int) -> None:
        for bell in range(each):
            bus.publish(Rang(which * each + bell))

    listener = threading.Thread(target=listen)
    listener.start()
    ringers = [threading.Thread(target=ring, args=(which,)) for which in range(threads)]
    for ringer in ringers:
        ringer.start()
    for ringer in ringers:
        ringer.join()
    done.set()
    awake.release()
    listener.join()
    found.append(heard.take())
    events = [event for taken in found for event in taken.events]
    assert len(events) + sum(taken.missed for taken in found) == threads * each
    assert len(set(events)) == len(events)
    for which in range(threads):
        mine = [event.bell for event in events if isinstance(event, Rang) and event.bell // each == which]
        assert mine == sorted(mine)
