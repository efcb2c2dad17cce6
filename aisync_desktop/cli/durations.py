"""Durations as users type them: `30m`, `8h`, `2d`; a bare number means minutes."""

from __future__ import annotations

import re

import typer

_DURATION = re.compile(r"([1-9][0-9]{0,4})([mhd]?)")
_MINUTES = {"": 1, "m": 1, "h": 60, "d": 24 * 60}
_LONGEST = 7 * 24 * 60


def minutes_of(duration: str) -> int:
    """Return a duration in minutes, 0 for none; what is not one, or is longer than a week, is refused."""
    if not duration:
        return 0
    found = _DURATION.fullmatch(duration.strip())
    minutes = int(found[1]) * _MINUTES[found[2]] if found else 0
    if not 0 < minutes <= _LONGEST:
        raise typer.BadParameter(f"{duration}: 30m, 8h or 2d, at most 7d", param_hint="--for")
    return minutes
