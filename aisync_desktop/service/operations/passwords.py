"""The password by which the local API gives out tokens for an hour: setting it, taking it back, and asking with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from aisync_desktop.kernel.access import Access
from aisync_desktop.secrets.met import meet
from aisync_desktop.service.access.errors import TooMuchAskedError, WrongPasswordError
from aisync_desktop.service.access.password import LONGEST, SHORTEST, keep_password, remove_password, require_password
from aisync_desktop.service.operations.request import EngineRequest
from aisync_desktop.service.operations.tokens import LOGIN, MadeToken, Scopes, add_token

if TYPE_CHECKING:
    from aisync_desktop.program.world import World
    from aisync_desktop.sync.answering.engine import Engine


class PasswordState(BaseModel):
    """Whether a password is set now."""

    model_config = ConfigDict(frozen=True)
    password: bool


class PasswordValue(EngineRequest):
    """Set the password, or another one: what was given out for the one before is good for nothing from then on."""

    password: str = Field(repr=False, min_length=SHORTEST, max_length=LONGEST)

    def run(self, engine: Engine, world: World) -> PasswordState:
        """Do it: whoever is killed in between has no password, and sets it again.

        It gives out tokens for everything, for ever: who may not do that does not set it.
        """
        if not engine.grant.covers(frozenset(Access), None):
            raise TooMuchAskedError
        meet(self.password)
        engine.tokens.forget_password(for_good=False)
        keep_password(world, self.password)
        engine.tokens.know_password()
        return PasswordState(password=True)


class PasswordRemoval(EngineRequest):
    """Have no password any more: what was given out for it is good for nothing from then on."""

    def run(self, engine: Engine, world: World) -> PasswordState:
        """Do it."""
        engine.tokens.forget_password(for_good=True)
        remove_password(world)
        return PasswordState(password=False)


class Login(EngineRequest):
    """A token for an hour, for whoever gave the password; whether it was right is seen to before.

    That takes its time: `given_for` names the password that it was, and for one that is not set any more none is given.
    """

    given_for: str
    scopes: Scopes = (Access.READ,)

    def run(self, engine: Engine, world: World) -> MadeToken:
        """Make it."""
        if require_password(world) != self.given_for:
            raise WrongPasswordError
        now = world.clock.now()
        return add_token(engine, "", frozenset(self.scopes), now, now + LOGIN, login=True)


class PasswordGrant(BaseModel):
    """What whoever has the password asks with, as OAuth 2.0 has it: as a form, or as JSON.

    `scope` are words with a space between them: read, write, person, ingest; “read” where it is left out. Whose
    `username` it is does not matter: there is one password.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    grant_type: Literal["password"]
    password: str = Field(repr=False, min_length=1, max_length=LONGEST)
    username: str = Field("", max_length=LONGEST)
    scope: str = Field("read", max_length=100, pattern=r"^(read|write|person|ingest)( (read|write|person|ingest))*$")

    @property
    def scopes(self) -> frozenset[Access]:
        """What the token is to be for."""
        return frozenset(map(Access, self.scope.split(" ")))


class GrantedToken(BaseModel):
    """A token that lasts for so many seconds, as OAuth 2.0 has it."""

    model_config = ConfigDict(frozen=True)
    access_token: str = Field(repr=False)
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - a word of OAuth's
    expires_in: int = int(LOGIN.total_seconds())
    scope: str
