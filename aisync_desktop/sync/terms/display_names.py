"""Names from clients' files as they can be shown: short, without secrets, and without what could move a terminal."""

from __future__ import annotations

from aisync_desktop.kernel.texts import visible
from aisync_desktop.secrets.shapes import hide_tokens

_LONGEST = 60


def shown(name: str) -> str:
    """Return a name from a client's file as it can be shown: anybody may have written it."""
    return visible(hide_tokens(name), _LONGEST)
