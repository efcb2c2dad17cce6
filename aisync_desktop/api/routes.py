"""The routes of the operations, made from their list: each takes what its request takes, and answers what its run does.

An engine request waits for the engine without holding a thread; the others have a thread of their own meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from inspect import Parameter, Signature
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError, create_model
from pydantic.fields import FieldInfo

from aisync_desktop.service.facade import Facade, ask_engine
from aisync_desktop.service.operations.listed import OPERATIONS
from aisync_desktop.service.operations.operation import Operation
from aisync_desktop.service.operations.request import AppRequest, EngineRequest, Request

_ANSWER_SECONDS = 30
_BODY = "body"


def operation_routes(facade: Facade) -> APIRouter:
    """Return a route for each operation."""
    routes = APIRouter()
    for operation in OPERATIONS:
        routes.add_api_route(
            operation.path,
            _endpoint(operation, facade),
            methods=[operation.method],
            name=operation.name,
            operation_id=operation.name,
            description=operation.request.__doc__,
            response_model=operation.answer,
        )
    return routes


def _endpoint(operation: Operation, facade: Facade) -> Callable[..., Awaitable[BaseModel]]:
    async def endpoint(**given: Any) -> BaseModel:
        return await _answer(_asked(operation, given), facade)

    endpoint.__signature__ = Signature(_parameters(operation))  # type: ignore[attr-defined]  # what FastAPI looks at
    return endpoint


async def _answer(request: Any, facade: Facade) -> BaseModel:
    answer: BaseModel
    match request:
        case EngineRequest():
            answer = await asyncio.wait_for(
                asyncio.wrap_future(ask_engine(facade, facade.world, request)),  # type: ignore[arg-type]  # it has a run
                _ANSWER_SECONDS,
            )
        case AppRequest():
            answer = await run_in_threadpool(request.run, facade)  # type: ignore[attr-defined]
        case _:
            answer = await run_in_threadpool(request.run, facade.world)
    return answer


def _asked(operation: Operation, given: Mapping[str, Any]) -> Request:
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
    found = [_parameter(name, field, Path(description=field.description)) for name, field in in_path.items()]
    if operation.by_query:
        return [
            *found,
            *(_parameter(name, field, Query(description=field.description)) for name, field in others.items()),
        ]
    return [*found, _body(operation, others)] if others else found


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
