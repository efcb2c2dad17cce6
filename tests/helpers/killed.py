"""kill -9 at a call, within one process: nothing that comes after it happens, not even what catches every error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest


class Killed(BaseException):
    """The process is gone, in the middle of what it did."""


@contextmanager
def killed_at(place: str) -> Iterator[None]:
    """Have the block end where it comes to a function of ours."""

    def die(*_: object, **__: object) -> None:
        raise Killed

    with pytest.MonkeyPatch.context() as killing:
        killing.setattr(f"aisync_desktop.{place}", die)
        with pytest.raises(Killed):
            yield
