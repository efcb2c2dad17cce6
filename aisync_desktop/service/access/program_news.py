"""Whether what was read of the program's database may say something else by now, as is asked with each request.

Whoever changes it is in this process while the app runs (the engine's thread), and tells of it on the bus before
anybody is answered. Another file may have its name by now, too (rescued, written anew).
"""

from __future__ import annotations

from aisync_desktop.database.in_place import Identity, identity
from aisync_desktop.kernel.bus import Fed
from aisync_desktop.program.events import PROGRAM_FEED
from aisync_desktop.program.world import World


class ProgramNews:
    """Tells of changes since it was asked last, and the first time in any case; of one thread."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._news = world.bus.subscribe(lambda: None, Fed)
        self._asked = False
        self._file: Identity = None

    def came(self) -> bool:
        """Whether there may be something new."""
        before, self._asked, self._file = (self._asked, self._file), True, identity(self._world.program_database)
        taken = self._news.take()
        is_told = bool(taken.missed) or any(one == Fed(PROGRAM_FEED) for one in taken.events)
        return is_told or before != (self._asked, self._file)
