"""An event: what happened, as an immutable value; who asked for it and when is put beside it by the feed.

Names, paths, words and numbers only: no secret, and nothing of what a file holds, is ever in one.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, JsonValue


class Event(BaseModel):
    """The root of all events; each kind says its own `type`, which never changes its meaning."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    type: str
    target: str = ""  # what it is about

    def detail(self) -> dict[str, JsonValue]:
        """Return what more there is to say, as plain values."""
        return self.model_dump(mode="json", exclude={"type", "target"})
