"""Who calls: the owner, whose token is a file, or a program with a token of its own; and how a route asks for them.

A token that is good is never made to wait, whatever others try: nobody guesses 256 bits. Who shows a wrong one is
answered ever later, so that neither log nor processor is theirs.
"""

from __future__ import annotations

import hmac
import math
from collections.abc import Callable
from typing import Annotated, Any, TypeAlias

from fastapi import Depends, Request, Security
from fastapi.responses import JSONResponse
from fastapi.security import HTTPBearer, OAuth2PasswordBearer, SecurityScopes
from starlette.datastructures import Headers
from starlette.types import Scope

from aisync_desktop.api.problems import Refusals
from aisync_desktop.kernel.access import EVERYTHING, Access, Grant
from aisync_desktop.kernel.actors import API, token_actor
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.service.access.errors import AccessMissingError, SlowDownError, UnknownTokenError
from aisync_desktop.service.access.known_tokens import KnownTokens
from aisync_desktop.service.access.throttle import Throttle, Wait
from aisync_desktop.service.facade import Facade

AUTH = "/api/v1/auth/token"
_STATE = "aisync_asker"
_MEANINGS = {
    Access.READ: "Look at everything but secrets.",
    Access.WRITE: "Have things done that any program may; what only a person settles waits for one.",
    Access.PERSON: "Do what only a person settles.",
    Access.INGEST: "Send in what assistants tell of their own work; nothing else.",
}


@dataclass(frozen=True)
class Asker:
    """Who asks: the name by which the audit trail knows them ("" for the owner), what they may, and until when."""

    token: str = ""
    grant: Grant = EVERYTHING
    lasts: Callable[[], bool] = lambda: True

    def actor(self, assistant: str, way: str = API) -> str:
        """Return the name of who asks; what a program says of itself is not taken for the owner's word."""
        return token_actor(self.token, assistant) if self.token else assistant or way

    def require(self, access: Access) -> None:
        """Refuse who may not ask for this."""
        if access not in self.grant.access:
            raise AccessMissingError(access)


class Callers:
    """Tells who shows a token, and answers who shows none that is good; of the server's thread."""

    def __init__(self, facade: Facade, owners: Callable[[], str], refusals: Refusals) -> None:
        self._refusals = refusals
        self._owners = owners  # asked for with each request: its file may say another one by now
        self._tokens = KnownTokens(facade.world)
        self._guesses = Throttle(facade.world.clock)

    def asker(self, headers: Headers) -> Asker | None:
        """Return who shows a token that is good."""
        scheme, _, given = headers.get("authorization", "").partition(" ")
        shown = given.strip() if scheme.lower() == "bearer" else ""
        return self._known(shown) if shown else None

    def _known(self, shown: str) -> Asker | None:
        is_owners = hmac.compare_digest(shown.encode(), self._owners().encode())
        token = self._tokens.find(shown)
        if is_owners:
            return Asker(lasts=lambda: self._known(shown) is not None)
        return Asker(token.name, token.grant, lambda: self._known(shown) is not None) if token else None

    def refused(self, scope: Scope, headers: Headers) -> JSONResponse:
        """Answer who has shown none that is good; who has shown none at all has not guessed."""
        error = UnknownTokenError()
        if "authorization" not in headers:
            return self._refusals.answer(401, error, challenge(headers))
        wait = self._guesses.begin(host_of(scope))
        if wait is not None:
            return slow_down(wait, self._refusals)
        reference = self._refusals.write_down(401, error.code)
        self._guesses.known_as(host_of(scope), reference)
        return self._refusals.known_as(reference, 401, error, challenge(headers))


def host_of(scope: Scope) -> str:
    """Return from where somebody calls."""
    return str((scope.get("client") or ("",))[0])


def slow_down(wait: Wait, refusals: Refusals) -> JSONResponse:
    """Answer who is to wait, by the id under which the log has what led to that, if it has that already."""
    seconds = math.ceil(wait.seconds)
    error = SlowDownError(seconds)
    reference = wait.reference or refusals.write_down(429, error.code)
    return refusals.known_as(reference, 429, error, {"Retry-After": str(seconds)})


def challenge(headers: Headers) -> dict[str, str]:
    """Return how a token is to be shown; where one was, that it is not good."""
    wrong = ', error="invalid_token"' if "authorization" in headers else ""
    return {"WWW-Authenticate": f'Bearer realm="AISync"{wrong}'}


def lacking(access: Access) -> dict[str, str]:
    """Return what a token would need."""
    return {"WWW-Authenticate": f'Bearer realm="AISync", error="insufficient_scope", scope="{access.value}"'}


def mark(scope: Scope, asker: Asker) -> None:
    """Have the routes know who asks."""
    scope[_STATE] = asker


def name_of(scope: Scope) -> str:
    """Return who asks, for the log; "" where nobody need have shown a token."""
    asker: Asker | None = scope.get(_STATE)
    return asker.actor("") if asker else ""


# For the description alone: the guard has checked the token already.
_SHOWN = HTTPBearer(
    auto_error=False, scheme_name="token", description="The owner's token, or one of `aisync token new`."
)
_GIVEN = OAuth2PasswordBearer(
    AUTH,
    auto_error=False,
    scheme_name="password",
    scopes={one.value: meaning for one, meaning in _MEANINGS.items()},
    description="A token for an hour, for the password that `aisync token password` sets.",
)


def _asker(
    request: Request,
    needed: SecurityScopes,
    _shown: Annotated[object, Depends(_SHOWN)],
    _given: Annotated[object, Depends(_GIVEN)],
) -> Asker:
    """Return who asks, if they may; what is a person's alone is proposed by who may only write."""
    asker: Asker = request.scope[_STATE]
    access = Access(needed.scopes[-1])
    if access is not Access.PERSON or Access.WRITE not in asker.grant.access:
        asker.require(access)
    return asker


def _whoever(request: Request, _shown: Annotated[object, Depends(_SHOWN)]) -> Asker:
    """Return who asks, whatever they may."""
    asker: Asker = request.scope[_STATE]
    return asker


def asker_for(access: Access) -> Any:
    """Return the type of a parameter of a route that only those may call who may do this."""
    return Annotated[Asker, Security(_asker, scopes=[access.value])]


Shows: TypeAlias = Annotated[Asker, Depends(_whoever)]
Reads: TypeAlias = Annotated[Asker, Security(_asker, scopes=[Access.READ.value])]
