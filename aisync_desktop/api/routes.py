"""The routes of the operations, made from their list: each takes what its request takes, and answers what its run does.

An engine request waits for the engine without holding a thread; the others have a thread of their own meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from inspect import Parameter, Signature
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Body, Header, Path, Query
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator, BaseModel, ValidationError, create_model
from pydantic.fields import FieldInfo

from aisync_desktop.api.callers import Asker, asker_for
from aisync_desktop.api.problems import CALLERS, documented, marked
from aisync_desktop.kernel.access import Access, Grant
from aisync_desktop.kernel.actors import API, NO_ASSISTANT
from aisync_desktop.service.client import ASSISTANT_HEADER, WAY_HEADER
from aisync_desktop.service.facade import Facade, ask_engine
from aisync_desktop.service.operations.listed import OPERATIONS
from aisync_desktop.service.operations.operation import Operation
from aisync_desktop.service.operations.request import AppRequest, EngineRequest, Request
from aisync_desktop.service.proposals import propose

_ANSWER_SECONDS = 30
_BODY, _ASKER, _BY, _WAY = "body", "aisync_asker", "aisync_assistant", "aisync_way"
_LONGEST_NAME = 100
_NAMES = r"^[a-z0-9-]*$"  # what a description may call a client: it is shown in the question, and is no text to read
T = TypeVar("T")


def operation_routes(facade: Facade) -> APIRouter:
    """Return a route for each operation."""
    routes = APIRouter()
    for operation in OPERATIONS:
        routes.add_api_route(
            _path(operation),
            _endpoint(operation, facade),
            methods=[operation.method],
            name=operation.name,
            operation_id=operation.name,
            description=operation.request.__doc__,
            response_model=operation.answer,
            responses={**(marked() if operation.method == "GET" else {}), **documented(*_refusals(operation))},
        )
    return routes


def _refusals(operation: Operation) -> set[int]:
    """Return what may be answered instead of what is asked for, by what the operation is."""
    request = operation.request
    found = {*CALLERS, 409}
    if request.model_fields:
        found.add(404)  # what it names
    if issubclass(request, EngineRequest):
        found.add(504)
        if operation.access is Access.PERSON and not request.for_a_person_now:
            found.add(202)
    return found


def _path(operation: Operation) -> str:
    """Return where a route is; a name at its end may hold whatever it likes, a slash too, or be no name at all."""
    named = operation.path.removesuffix("}")
    name = named.rpartition("{")[2]
    free = named != operation.path and operation.request.model_fields[name].annotation is str
    return f"{named}:path}}" if free else operation.path


def _endpoint(operation: Operation, facade: Facade) -> Callable[..., Awaitable[BaseModel]]:
    async def endpoint(**given: Any) -> BaseModel:
        asker: Asker = given.pop(_ASKER)
        assistant = given.pop(_BY, "")
        by = asker.actor(assistant, given.pop(_WAY, API))
        request = _asked(operation, given)
        if operation.access is Access.PERSON and (assistant or Access.PERSON not in asker.grant.access):
            if request.for_a_person_now:
                asker.require(Access.PERSON)
            raise await _waiting(facade.submit(lambda engine: propose(engine, operation, request, by)))
        return await _answer(request, facade, by, asker.grant)

    endpoint.__signature__ = Signature(_parameters(operation))  # type: ignore[attr-defined]  # what FastAPI looks at
    return endpoint


async def _answer(request: Any, facade: Facade, by: str, grant: Grant) -> BaseModel:
    answer: BaseModel
    match request:
        case EngineRequest():
            answer = await _waiting(ask_engine(facade, facade.world, request, by, grant))  # type: ignore[arg-type]  # it has a run
        case AppRequest():
            answer = await run_in_threadpool(request.run, facade)  # type: ignore[attr-defined]
        case _:
            answer = await run_in_threadpool(request.run, facade.world)
    return answer


async def _waiting(answer: Future[T]) -> T:
    return await asyncio.wait_for(asyncio.wrap_future(answer), _ANSWER_SECONDS)


def _asked(operation: Operation, given: Mapping[str, Any]) -> Any:
    """Return the request of what came in the path, the query or the body."""
    body = given.get(_BODY)
    said = {name: value for name, value in given.items() if name != _BODY}
    said |= {name: getattr(body, name) for name in body.model_fields_set} if isinstance(body, BaseModel) else {}
    try:
        return operation.request.model_validate(said)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from error


def _parameters(operation: Operation) -> list[Parameter]:
    fields = operation.request.model_fields
    in_path = {name: fields[name] for name in operation.in_path}
    others = {name: field for name, field in fields.items() if name not in in_path}
    found = [Parameter(_ASKER, Parameter.KEYWORD_ONLY, annotation=asker_for(operation.access))]
    found += [_parameter(name, field, Path(description=field.description)) for name, field in in_path.items()]
    if operation.access is not Access.READ:
        found += [_asker(operation), _way()]
    if operation.by_query:
        return [
            *found,
            *(_parameter(name, field, Query(description=field.description)) for name, field in others.items()),
        ]
    return [*found, _body(operation, others)] if others else found


def _asker(operation: Operation) -> Parameter:
    """Return who asks, where that is an assistant: then what only a person settles waits for one (202)."""
    waits = " Then it is not done, but waits for a person." if operation.access is Access.PERSON else ""
    place = Header(
        alias=ASSISTANT_HEADER,
        max_length=_LONGEST_NAME,
        pattern=_NAMES,
        description=f"The assistant that asks, if one does: small letters, digits and hyphens, as in its id.{waits}",
    )
    annotation: Any = Annotated[str, place, AfterValidator(_as_nobody_else)]
    return Parameter(_BY, Parameter.KEYWORD_ONLY, default="", annotation=annotation)


def _way() -> Parameter:
    """Return by which way somebody asks, for the audit trail: the command line says so itself."""
    place = Header(alias=WAY_HEADER, description="By which way it is asked for: the command line says so itself.")
    return Parameter(_WAY, Parameter.KEYWORD_ONLY, default=API, annotation=Annotated[Literal["api", "cli"], place])


def _as_nobody_else(by: str) -> str:
    """Refuse the names by which the audit trail knows the user and this program."""
    if by in NO_ASSISTANT:
        raise ValueError("not an assistant")
    return by


def _parameter(name: str, field: FieldInfo, place: Any) -> Parameter:
    default = Parameter.empty if field.is_required() else field.default
    annotation: Any = Annotated.__class_getitem__((field.annotation, *field.metadata, place))  # type: ignore[attr-defined]
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _body(operation: Operation, fields: Mapping[str, FieldInfo]) -> Parameter:
    """Return the body as a parameter; it may be left out where it need not say anything."""
    model: type[BaseModel] = operation.request
    if operation.in_path:
        told: dict[str, Any] = {name: (field.annotation, field) for name, field in fields.items()}
        model = create_model(f"{model.__name__}Body", __base__=Request, __doc__=model.__doc__, **told)
    needed = any(field.is_required() for field in fields.values())
    default = Parameter.empty if needed else model()
    return Parameter(_BODY, Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[model, Body()])
