from __future__ import annotations

import pytest

from aisync_desktop.service.access.throttle import Throttle
from tests.helpers.clock import HandClock

HERE = "127.0.0.1"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def throttle(clock: HandClock) -> Throttle:
    return Throttle(clock)


def waits(throttle: Throttle, clock: HandClock, attempts: int, host: str = HERE) -> list[float]:
    """Return for how long each attempt had to wait until it could be made."""
    found = []
    for _ in range(attempts):
        wait = throttle.begin(host)
        found.append(wait.seconds if wait else 0.0)
        if wait:
            clock.sleep(wait.seconds)
            assert throttle.begin(host) is None
    return found


def test_some_attempts_are_free_and_then_each_waits_longer_up_to_a_border(throttle: Throttle, clock: HandClock) -> None:
    assert waits(throttle, clock, 16) == [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_a_hundred_at_once_are_no_more_than_one_after_the_other(throttle: Throttle) -> None:
    assert [throttle.begin(HERE) is None for _ in range(100)].count(True) == 5


def test_one_that_was_right_is_no_failure_and_forgives_no_other(throttle: Throttle, clock: HandClock) -> None:
    for _ in range(4):
        throttle.begin(HERE)
    assert throttle.begin(HERE) is None
    throttle.take_back(HERE)
    assert throttle.begin(HERE) is None
    assert throttle.begin(HERE) is not None
    assert waits(throttle, clock, 1) == [1]


def test_after_some_time_without_an_attempt_it_is_all_forgotten(throttle: Throttle, clock: HandClock) -> None:
    waits(throttle, clock, 10)
    clock.sleep(900)
    assert waits(throttle, clock, 5) == [0] * 5


def test_who_waits_is_told_what_the_log_has_of_the_attempt_before(throttle: Throttle) -> None:
    for number in range(5):
        throttle.begin(HERE)
        throttle.known_as(HERE, f"id{number}")
    wait = throttle.begin(HERE)
    assert wait is not None
    assert wait.reference == "id4"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.8.7", "::1", "127.255.255.254"])
def test_every_address_of_this_machine_is_the_same_peer(throttle: Throttle, host: str) -> None:
    for _ in range(5):
        throttle.begin(HERE)
    assert throttle.begin(host) is not None


def test_another_peer_does_not_wait_and_only_so_many_are_remembered(throttle: Throttle) -> None:
    for _ in range(5):
        throttle.begin("10.0.0.1")
    assert throttle.begin("10.0.0.2") is None
    assert throttle.begin("testclient") is None
    for number in range(2_000):
        throttle.begin(f"host{number}")
    assert len(throttle._peers) <= 1_000
    assert throttle.begin("10.0.0.1") is None
