"""What the wing of notes tells at a glance."""

from __future__ import annotations

from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.settings import load
from aisync_desktop.kernel.status import StatusSection
from aisync_desktop.program.world import World
from tests.helpers.notes.settings import NotesSettings
from tests.helpers.notes.store import notes


class NotesStatus(StatusSection):
    """The section, with a field of the wing's own."""

    kept: tuple[str, ...]


def section(world: World) -> NotesStatus | None:
    """Say how many notes there are, if there is any; an urgent one needs the user."""
    found = notes(world)
    if not found:
        return None
    limit = load(NotesSettings, {}, world.environ).notes_limit
    return NotesStatus(
        headline=text("notes.kept", count=len(found), limit=limit),
        needs_user=any(urgent for _, urgent in found),
        kept=tuple(note for note, _ in found),
    )
