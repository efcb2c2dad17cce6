"""What happens to the program as a whole, as events for its feed."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import JsonValue

from aisync_desktop.kernel.access import Access
from aisync_desktop.kernel.event import Event

PROGRAM_FEED = "program"  # what the feed is called by whoever reads it


class SettingChanged(Event):
    """A setting (the target) has another value; None is its default again."""

    type: Literal["setting-changed"] = "setting-changed"
    value: JsonValue = None


class TokenMade(Event):
    """A token (the target is its name) was made: for what, and until when."""

    type: Literal["token-made"] = "token-made"
    access: tuple[Access, ...]
    expires_at: dt.datetime | None


class TokenRotated(Event):
    """A token has another secret; the old one is good for nothing."""

    type: Literal["token-rotated"] = "token-rotated"


class TokenRevoked(Event):
    """A token is good for nothing any more."""

    type: Literal["token-revoked"] = "token-revoked"


class PasswordSet(Event):
    """There is another password by which tokens are given out."""

    type: Literal["password-set"] = "password-set"


class PasswordRemoved(Event):
    """There is no password any more by which tokens are given out."""

    type: Literal["password-removed"] = "password-removed"
