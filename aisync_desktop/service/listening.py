"""Waiting until something happens: a running app says it at once (its event stream), without one a while has to do.

What it says is not read: whoever waits looks for itself, in the feed or the log. So nothing is missed whether the app
is there or not, and what it does not tell of is seen a little later.
"""

from __future__ import annotations

import select
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.client import HTTPException
from socket import socket

from aisync_desktop.files.places import Places
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.ports import Clock
from aisync_desktop.service.client import AppClient

_ALONE_SECONDS = 1.0  # between two looks where nobody says anything
_BESIDE_APP_SECONDS = 5.0  # at most, as not every line of the log is an event
_MANY = 65_536


@contextmanager
def waiting(places: Places, clock: Clock) -> Iterator[Callable[[], None]]:
    """Give what returns when something has happened, or may have."""
    heard = _heard(places)
    if heard is None:
        yield partial(clock.sleep, _ALONE_SECONDS)
        return
    with heard:
        yield _Waiter(heard, clock).wait


def _heard(places: Places) -> socket | None:
    """Return the connection on which the app tells what happens; None where none runs, or none that would."""
    try:
        app = AppClient.find(places)
        return app.listen() if app else None
    except (OSError, HTTPException, WorldError):
        return None


class _Waiter:
    """Waits for what comes on a connection; when it has ended, for a while each time."""

    def __init__(self, heard: socket, clock: Clock) -> None:
        self._heard = heard
        self._clock = clock
        self._lasts = True

    def wait(self) -> None:
        """Return when something has come, or after a while."""
        if not self._lasts:
            self._clock.sleep(_ALONE_SECONDS)
        elif select.select([self._heard], [], [], _BESIDE_APP_SECONDS)[0]:
            self._lasts = False
            with suppress(OSError):
                self._lasts = bool(self._heard.recv(_MANY))
