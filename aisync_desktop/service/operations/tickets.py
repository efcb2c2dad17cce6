"""Tickets for the status page: one is shown once, within a minute, and a token for the page is given for it.

A ticket stands in the address of a page, where a token should not: it allows nothing by itself, and is soon used up. It
is kept as a token that may do nothing.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from aisync_desktop.kernel.access import Access
from aisync_desktop.program.tokens import NewSecret, Token
from aisync_desktop.secrets.met import meet
from aisync_desktop.service.access.errors import TooMuchAskedError, UnknownTokenError
from aisync_desktop.service.operations.request import EngineRequest
from aisync_desktop.service.operations.tokens import MadeToken, made_token, room_for

if TYPE_CHECKING:
    from aisync_desktop.program.world import World
    from aisync_desktop.sync.answering.engine import Engine

_VALID = dt.timedelta(minutes=1)
PAGE_LASTS = dt.timedelta(hours=12)
_PAGE = frozenset({Access.READ, Access.WRITE, Access.PERSON})


class Ticket(BaseModel):
    """What to put behind the address of the status page, as `#ticket=`."""

    model_config = ConfigDict(frozen=True)
    ticket: str = Field(repr=False)
    expires_at: dt.datetime


class TicketRequest(EngineRequest):
    """A ticket for the status page of the local API: whoever shows it first, within a minute, acts there as you do."""

    for_a_person_now: ClassVar[bool] = True

    def run(self, engine: Engine, world: World) -> Ticket:
        """Make it."""
        now = world.clock.now()
        if not engine.grant.covers(_PAGE, now + PAGE_LASTS):
            raise TooMuchAskedError
        until = now + _VALID
        secret = NewSecret.make()
        ticket = Token(
            secret.id,
            f"ticket-{secret.id}",
            secret.digest,
            frozenset(),
            engine.tokens.asker,
            engine.grant.token,
            login=True,
            made_at=now,
            expires_at=until,
        )
        engine.tokens.add(ticket, room_for(engine, now))
        meet(secret.value)
        return Ticket(ticket=secret.value, expires_at=until)


class TicketUse(EngineRequest):
    """The token that the page gets for its ticket, which is good for nothing any more."""

    name: str

    def run(self, engine: Engine, world: World) -> MadeToken:
        """Give it."""
        now = world.clock.now()
        ticket = next((one for one in engine.tokens.all if one.name == self.name), None)
        if ticket is None or ticket.access or ticket.is_over(now):
            raise UnknownTokenError
        secret = NewSecret.make()
        token = Token(
            secret.id,
            f"page-{secret.id}",
            secret.digest,
            _PAGE,
            ticket.made_by,
            ticket.parent,
            login=True,
            made_at=now,
            expires_at=now + PAGE_LASTS,
        )
        engine.tokens.add(token, [ticket, *room_for(engine, now)])
        return made_token(token, secret)
