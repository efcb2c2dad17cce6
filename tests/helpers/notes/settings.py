"""The settings of the wing of notes."""

from __future__ import annotations

from pydantic import Field

from aisync_desktop.kernel.settings import Section


class NotesSettings(Section):
    """How many notes are kept."""

    notes_limit: int = Field(3, ge=1, description="Notes that are kept at most.")
