"""Tokens for other programs: making them, another secret for one, taking them back.

The secret of a token is in one answer, to a person who asks for it now: none of these waits as a proposal with one.
"""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from aisync_desktop.kernel.access import Access, in_order
from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.program.tokens import NewSecret, Token
from aisync_desktop.secrets.met import meet
from aisync_desktop.service.access.errors import (
    NoSuchTokenError,
    TokenExistsError,
    TooManyTokensError,
    TooMuchAskedError,
)
from aisync_desktop.service.operations.request import EngineRequest, LookRequest

if TYPE_CHECKING:
    from aisync_desktop.program.world import World
    from aisync_desktop.sync.answering.engine import Engine

MOST = 1_000  # tokens
_DAY = 24 * 60  # minutes
_LONGEST = 10 * 366 * _DAY
_LONGEST_NAME = 50
LOGIN = dt.timedelta(hours=1)  # that a token for a password lasts

Scopes = Annotated[
    tuple[Access, ...],
    Field(min_length=1, max_length=len(Access), description="What it may do; none of these brings another along."),
]


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class TokenReport(_Answer):
    """A token, without its secret: `expired` by the clock of now; `login` says that it was given out for a password."""

    name: str
    scopes: tuple[Access, ...]
    made_by: str
    made_at: dt.datetime
    expires_at: dt.datetime | None
    expired: bool
    login: bool


class Tokens(_Answer):
    """The tokens that there are, the oldest first, and whether a password is set that gives some out."""

    tokens: tuple[TokenReport, ...]
    password: bool


class MadeToken(_Answer):
    """A new secret: it is shown this once."""

    name: str
    token: str = Field(repr=False)
    scopes: tuple[Access, ...]
    expires_at: dt.datetime | None


class Revoked(_Answer):
    """The names of the tokens that are good for nothing any more: one, and those that were made with it."""

    revoked: tuple[str, ...]


class TokensRequest(LookRequest):
    """The tokens that other programs have; no secret is among it."""

    def run(self, world: World) -> Tokens:
        """Look them up."""
        now = world.clock.now()
        with closing(ProgramReader.of(world)) as reader:
            found, password = reader.tokens(), reader.has_password()
        return Tokens(tokens=tuple(_report(one, now) for one in found), password=password)


class TokenAddition(EngineRequest):
    """Make a token for another program: its secret is in the answer, and nowhere else.

    It lasts for some minutes, 90 days where nothing is said, and until it is revoked where that is null. One that is
    made with a token may no more, and lasts no longer, than that; where nothing is said, just as long at the most.
    """

    for_a_person_now: ClassVar[bool] = True

    name: str = Field(max_length=_LONGEST_NAME, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    scopes: Scopes = (Access.READ,)
    minutes: int | None = Field(90 * _DAY, ge=1, le=_LONGEST)

    def run(self, engine: Engine, world: World) -> MadeToken:
        """Do it."""
        now = world.clock.now()
        until = None if self.minutes is None else now + dt.timedelta(minutes=self.minutes)
        if until and engine.grant.until and "minutes" not in self.model_fields_set:
            until = min(until, engine.grant.until)
        return add_token(engine, self.name, frozenset(self.scopes), now, until)


class TokenRotation(EngineRequest):
    """Give a token another secret; the old one, and what was made with it, is good for nothing from then on.

    Who asks with a token gets that of itself, and of what was made with it: any other's would be good after it is over.
    """

    for_a_person_now: ClassVar[bool] = True

    name: str

    def run(self, engine: Engine, world: World) -> MadeToken:
        """Do it."""
        del world
        token = _named(self.name, engine)
        mine = engine.grant.token
        if mine and token.id != mine and token not in engine.tokens.made_with(mine):
            raise TooMuchAskedError
        secret = NewSecret.make(token.id)
        engine.tokens.rotate(token, secret.digest)
        return made_token(token, secret)


class TokenRevocation(EngineRequest):
    """Take a token back, and those that were made with it: from the next call on they are good for nothing."""

    name: str

    def run(self, engine: Engine, world: World) -> Revoked:
        """Do it."""
        del world
        gone = engine.tokens.revoke(_named(self.name, engine))
        return Revoked(revoked=tuple(one.name for one in gone))


def add_token(
    engine: Engine,
    name: str,
    access: frozenset[Access],
    now: dt.datetime,
    until: dt.datetime | None,
    *,
    login: bool = False,
) -> MadeToken:
    """Make a token; those that were for a while, and whose time is over, go meanwhile."""
    if not engine.grant.covers(access, until):
        raise TooMuchAskedError
    gone = room_for(engine, now)
    secret = NewSecret.make()
    name = name or f"login-{secret.id}"
    if any(one.name == name for one in engine.tokens.all if one not in gone):
        raise TokenExistsError(name)
    parent = engine.grant.token
    token = Token(secret.id, name, secret.digest, access, engine.tokens.asker, parent, login, now, until)
    engine.tokens.add(token, gone)
    return made_token(token, secret)


def room_for(engine: Engine, now: dt.datetime) -> list[Token]:
    """Return what may go when another token is made, those that were for a while and are over; refuse too many."""
    known = engine.tokens.all
    gone = [one for one in known if (one.login or one.parent) and one.is_over(now)]
    if len(known) - len(gone) >= MOST:
        raise TooManyTokensError(MOST)
    return gone


def _named(name: str, engine: Engine) -> Token:
    for one in engine.tokens.all:
        if one.name == name:
            return one
    raise NoSuchTokenError(name)


def made_token(token: Token, secret: NewSecret) -> MadeToken:
    """Return what is told of a new secret, once."""
    meet(secret.value)
    told = {"name": token.name, "scopes": in_order(token.access), "expires_at": token.expires_at}
    return MadeToken(**told, token=secret.value)


def _report(token: Token, now: dt.datetime) -> TokenReport:
    return TokenReport(
        name=token.name,
        scopes=in_order(token.access),
        made_by=token.made_by,
        made_at=token.made_at,
        expires_at=token.expires_at,
        expired=token.is_over(now),
        login=token.login,
    )
