"""The tokens that the running app knows, as its database has them with each request.

A database that cannot be read knows no token: the owner's own, which is a file, is good all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.program.tokens import Token, id_in, is_secret_of
from aisync_desktop.program.world import World
from aisync_desktop.service.access.program_news import ProgramNews


class KnownTokens:
    """Finds the token that a secret is of; of one thread."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._news = ProgramNews(world)
        self._by_id: Mapping[str, Token] | None = None

    def find(self, secret: str) -> Token | None:
        """Return the token, if there is one by now whose time is not over."""
        id_ = id_in(secret)
        token = self._known().get(id_) if id_ else None
        good = is_secret_of(secret, token)
        return token if good and token and not token.is_over(self._world.clock.now()) else None

    def _known(self) -> Mapping[str, Token]:
        if self._news.came() or self._by_id is None:
            self._by_id = None  # whatever happens now: what was known is not good any more
            self._by_id = self._read()
        return self._by_id or {}

    def _read(self) -> Mapping[str, Token] | None:
        try:
            with closing(ProgramReader.of(self._world)) as reader:
                return {one.id: one for one in reader.tokens()}
        except WorldError:  # the engine tells of it
            return None
