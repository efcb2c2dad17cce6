"""The tokens that the running app knows, as its database has them with each request.

Whoever makes one or takes it back is in this process while the app runs (the engine's thread), and tells it on the bus
before anybody is answered. Where another file has the database's name by now (rescued, written anew), that is read. One
that cannot be read knows no token: the owner's own, which is a file, is good all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

from aisync_desktop.database.in_place import Identity, identity
from aisync_desktop.kernel.bus import Fed
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.program.events import PROGRAM_FEED
from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.program.tokens import Token, id_in, is_secret_of
from aisync_desktop.program.world import World


class KnownTokens:
    """Finds the token that a secret is of; of one thread."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._news = world.bus.subscribe(lambda: None, Fed)
        self._by_id: Mapping[str, Token] | None = None
        self._read_from: Identity = None

    def find(self, secret: str) -> Token | None:
        """Return the token, if there is one by now whose time is not over."""
        id_ = id_in(secret)
        token = self._known().get(id_) if id_ else None
        good = is_secret_of(secret, token)
        return token if good and token and not token.is_over(self._world.clock.now()) else None

    def _known(self) -> Mapping[str, Token]:
        taken, there = self._news.take(), identity(self._world.program_database)
        is_old = taken.missed or any(one == Fed(PROGRAM_FEED) for one in taken.events) or there != self._read_from
        if self._by_id is None or is_old:
            self._by_id = None  # whatever happens now: what was known is not good any more
            self._by_id = self._read()
            self._read_from = there
        return self._by_id or {}

    def _read(self) -> Mapping[str, Token] | None:
        try:
            with closing(ProgramReader.of(self._world)) as reader:
                return {one.id: one for one in reader.tokens()}
        except WorldError:  # the engine tells of it
            return None
