"""A token for a password: OAuth 2.0's password grant, as a form or as JSON.

Whoever calls has shown nothing yet. So nothing is asked of the keyring where no password is set, each attempt counts as
failed before it is looked at, and they are looked at one after the other: scrypt takes memory.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from aisync_desktop.api.callers import AUTH, Shows, host_of, slow_down
from aisync_desktop.api.problems import CALLERS, Refusals, documented
from aisync_desktop.kernel.access import in_order
from aisync_desktop.kernel.actors import API
from aisync_desktop.service.access.errors import WrongPasswordError
from aisync_desktop.service.access.password import check_password, require_password
from aisync_desktop.service.access.throttle import Throttle
from aisync_desktop.service.facade import Facade, ForEngine, ask_engine
from aisync_desktop.service.operations.passwords import GrantedToken, Login, PasswordGrant
from aisync_desktop.service.operations.tickets import PAGE_LASTS, TicketUse
from aisync_desktop.service.operations.tokens import LOGIN, MadeToken

_SECONDS = 30
_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"
TICKET = "/api/v1/auth/ticket"
_TICKET = (
    "The token of the status page, for half a day, for the ticket that is shown as a token: once, and within a minute."
)
_DESCRIPTION = (
    "A token for an hour, for the password that `aisync token password` sets: as OAuth 2.0 has it, as a form or as "
    "JSON. No token is needed for this."
)


def auth_routes(facade: Facade, refusals: Refusals) -> APIRouter:
    """Return the route of tokens for the password."""
    routes = APIRouter()
    door = _Door(facade, refusals)
    schema = PasswordGrant.model_json_schema()
    taken = {"required": True, "content": {media: {"schema": schema} for media in (_FORM, _JSON)}}

    @routes.post(
        AUTH,
        response_model=GrantedToken,
        description=_DESCRIPTION,
        responses=documented(*CALLERS, 409, 504),
        openapi_extra={"requestBody": taken, "security": []},
    )
    async def auth_token(request: Request) -> JSONResponse:
        return await door.give(await _asked(request), host_of(request.scope))

    @routes.post(
        TICKET,
        response_model=GrantedToken,
        description=_TICKET,
        responses=documented(*CALLERS, 409, 504),
    )
    async def auth_ticket(asker: Shows) -> JSONResponse:
        return await door.admit(asker.token)

    return routes


class _Door:
    """Gives out tokens; of the server's thread."""

    def __init__(self, facade: Facade, refusals: Refusals) -> None:
        self._facade = facade
        self._refusals = refusals
        self._guesses = Throttle(facade.world.clock)
        self._turn = asyncio.Lock()

    async def give(self, asked: PasswordGrant, host: str) -> JSONResponse:
        """Give a token out, or tell why not."""
        world = self._facade.world
        given_for = await run_in_threadpool(require_password, world)
        wait = self._guesses.begin(host)
        if wait is not None:
            return slow_down(wait, self._refusals)
        try:
            async with self._turn:
                await run_in_threadpool(check_password, world, asked.password)
            self._guesses.take_back(host)
            return await self._granted(Login(given_for=given_for, scopes=in_order(asked.scopes)), LOGIN)
        except WrongPasswordError as error:
            reference = self._refusals.write_down(401, error.code)
            self._guesses.known_as(host, reference)
            return self._refusals.known_as(reference, 401, error, {"WWW-Authenticate": 'Bearer realm="AISync"'})

    async def admit(self, ticket: str) -> JSONResponse:
        """Give the status page its token, or tell why not."""
        return await self._granted(TicketUse(name=ticket), PAGE_LASTS)

    async def _granted(self, request: ForEngine[MadeToken], lasts: dt.timedelta) -> JSONResponse:
        made = ask_engine(self._facade, self._facade.world, request, API)
        token = await asyncio.wait_for(asyncio.wrap_future(made), _SECONDS)
        seconds = int(lasts.total_seconds())
        told = GrantedToken(access_token=token.token, expires_in=seconds, scope=" ".join(token.scopes))
        return JSONResponse(told.model_dump(mode="json"), headers={"Cache-Control": "no-store"})


async def _asked(request: Request) -> PasswordGrant:
    """Return what is asked for; a password in the address is refused, as addresses are written down."""
    if request.query_params:
        raise _not_understood("query")
    body = await request.body()
    media = request.headers.get("content-type", _FORM).partition(";")[0].strip().lower()
    try:
        given = json.loads(body) if media == _JSON else _form(body)
        return PasswordGrant.model_validate(given)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from error
    except (ValueError, RecursionError) as error:
        raise _not_understood("body") from error


def _form(body: bytes) -> dict[str, str]:
    """Return the fields of a form; one that comes twice is none."""
    pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, strict_parsing=True, errors="strict")
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a field came twice")
    return fields


def _not_understood(place: str) -> RequestValidationError:
    told: dict[str, Any] = {"type": "value_error", "loc": (place,), "msg": "Not understood", "input": None}
    return RequestValidationError([told])
