"""Patience with whoever guesses: some attempts are free, and then each one has to wait for longer than the last.

An attempt counts as failed from its beginning on, so that a hundred at once are no more than one after the other; one
that goes well is taken back. Time is the monotonic clock's: no clock that is set lets anybody go on sooner.
"""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from dataclasses import dataclass  # noqa: TID251 - one that changes

from aisync_desktop.kernel.dataclass import dataclass as value
from aisync_desktop.kernel.ports import Clock

_FREE = 5
_FIRST, _LONGEST = 1.0, 300.0  # seconds to wait
_FORGOTTEN_AFTER = 900.0  # seconds without another attempt
_MOST_PEERS = 1_000
_THIS_MACHINE = "this machine"


@value(frozen=True, slots=True)
class Wait:
    """For how many seconds to wait, and under which id the log has the attempt that led to it."""

    seconds: float
    reference: str


@dataclass
class _Peer:
    failures: int = 0
    until: float = 0.0
    last: float = 0.0
    reference: str = ""


class Throttle:
    """Counts attempts by peer; of one thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._peers: OrderedDict[str, _Peer] = OrderedDict()

    def begin(self, host: str) -> Wait | None:
        """Begin an attempt; where it has to wait, it has not begun."""
        now, peer = self._clock.monotonic(), self._peer(host)
        if now < peer.until:
            return Wait(peer.until - now, peer.reference)
        if now - peer.last >= _FORGOTTEN_AFTER:
            peer.failures = 0
        peer.failures += 1
        peer.last = now
        if peer.failures >= _FREE:
            peer.until = now + min(_FIRST * 2.0 ** min(peer.failures - _FREE, 30), _LONGEST)
        return None

    def known_as(self, host: str, reference: str) -> None:
        """Remember under which id the log has the last attempt, for who has to wait because of it."""
        self._peer(host).reference = reference

    def take_back(self, host: str) -> None:
        """Have the last attempt not be a failure; those before it are, whoever made them."""
        peer = self._peer(host)
        peer.failures = max(0, peer.failures - 1)
        peer.until = 0.0

    def _peer(self, host: str) -> _Peer:
        """Return what is known of a peer; of too many, the one that was here longest ago is forgotten."""
        name = _THIS_MACHINE if _is_this_machine(host) else host
        found = self._peers.setdefault(name, _Peer())
        self._peers.move_to_end(name)
        if len(self._peers) > _MOST_PEERS:
            self._peers.popitem(last=False)
        return found


def _is_this_machine(host: str) -> bool:
    """Whether it is loopback: there are sixteen million of these addresses, for anybody to call from."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
