"""How much is tried: a little at the desk, more in `make check` and CI, all of it in `make deep`.

What is played from many cases alike finds little in a second run by the same person on the same day. The desk plays a
few of them, others with every commit; whatever it leaves out is played before a change goes in.
"""

from __future__ import annotations

import os
from enum import Enum

_CHOICE = "HYPOTHESIS_PROFILE"


class Effort(Enum):
    """How much; the value is also the name of hypothesis's profile."""

    DESK = "desk"
    CHECK = "check"
    DEEP = "deep"


def effort() -> Effort:
    """Return what was chosen; who chose nothing sits at a desk, unless it is a CI machine."""
    return Effort(os.environ.get(_CHOICE) or ("check" if os.environ.get("CI") else "desk"))


def choose(chosen: Effort) -> None:
    """Choose for this process and those that it starts, unless somebody chose."""
    os.environ.setdefault(_CHOICE, chosen.value)


def tries(*, desk: int, check: int, deep: int) -> int:
    """Return one of the three numbers."""
    return {Effort.DESK: desk, Effort.CHECK: check, Effort.DEEP: deep}[effort()]
