"""What happens to the program as a whole, as events for its feed."""

from __future__ import annotations

from typing import Literal

from pydantic import JsonValue

from aisync_desktop.kernel.event import Event

PROGRAM_FEED = "program"  # what the feed is called by whoever reads it


class SettingChanged(Event):
    """A setting (the target) has another value; None is its default again."""

    type: Literal["setting-changed"] = "setting-changed"
    value: JsonValue = None
