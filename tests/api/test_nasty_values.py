"""Whatever a caller with the token sends to whatever route, the answer is never a fault of ours."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aisync_desktop.api.app import make_app
from aisync_desktop.program.world import World
from tests.api.conftest import BASE, TOKEN
from tests.helpers.alike import spread
from tests.helpers.clients import Clients
from tests.helpers.effort import tries
from tests.helpers.facade import RealFacade
from tests.helpers.fresh_seeds import first_fresh_seed

_LONG = "ab/" * 1_700
_TEXTS = [
    "", " ", "user", "project:", "project:/", f"project:/{_LONG}", "/", f"/{_LONG}", "..", "~", "mcp/github", "codex",
    "a\0b", "/a\0b", "project:/a\0b", "\ud800", "/\udfff", "\u202e", "\x1b[31m", "é" * 3_000, "%00", "{", "9" * 400,
    "-1", "0", "1e400", "nan", "true", "shell", "github.x", "git status", "$(", "'", "((((", "2026-01-01T00:00:00Z",
    "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "secret-0123456789abcdef",
]  # fmt: skip
_NUMBERS = [0, -1, 1, 2**31, 2**53, 2**63 - 1, 2**63, -(2**63) - 1, 2**64, 10**400, 1.5, -0.0]
_WORST: list[Any] = [
    "",
    f"/{_LONG}",
    f"project:/{_LONG}",
    "/a\0b",
    "project:/a\0b",
    "/\udfff",
    "x" * 300,
    "\udfff",
    *_NUMBERS,
    True,
    [],
    {},
]
_TRIED = spread(_WORST, tries(desk=6, check=len(_WORST), deep=len(_WORST)), first_fresh_seed())
_FITTING: dict[str, Any] = {
    "to": "snapshot", "snapshot": 1, "client": "codex", "take": "codex", "path": "/", "what": "codex", "enabled": True,
    "name": "port", "value": "x", "kind": "logs", "format": "json", "rows": 1, "tool": "shell", "argument": "ls",
}  # fmt: skip
_ATOMS = st.sampled_from([*_TEXTS, *_NUMBERS, None, True, False]) | st.text(max_size=20) | st.integers()
_ANYTHING = st.recursive(
    _ATOMS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_TEXTS), inner, max_size=3),
    max_leaves=5,
)
_WORDS = st.sampled_from([*_TEXTS, *map(str, _NUMBERS)]) | st.text(max_size=20)


@pytest.fixture
def caller(isolated_home: Path) -> Iterator[TestClient]:
    Clients.make(isolated_home)
    facade = RealFacade(World.real(os.environ), adopt=True)
    with TestClient(make_app(facade, lambda: TOKEN), base_url=BASE, raise_server_exceptions=False) as made:
        yield made
    facade.close()


def _described(caller: TestClient) -> dict[str, Any]:
    app = caller.app
    assert isinstance(app, FastAPI)
    return app.openapi()


def _routes(caller: TestClient) -> list[tuple[str, str, dict[str, Any]]]:
    """Return all but the stream, which has no end: test_events.py tries what it may be given."""
    paths: dict[str, dict[str, Any]] = _described(caller)["paths"]
    every = ((method, path, spec) for path, methods in paths.items() for method, spec in methods.items())
    return [one for one in every if "text/event-stream" not in one[2]["responses"].get("200", {}).get("content", {})]


def _fields(caller: TestClient, spec: dict[str, Any]) -> dict[str, dict[str, Any]]:
    content = spec.get("requestBody", {}).get("content", {}).get("application/json", {})
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    fields: dict[str, dict[str, Any]] = _described(caller)["components"]["schemas"].get(name, {}).get("properties", {})
    return fields


def _body(caller: TestClient, spec: dict[str, Any]) -> st.SearchStrategy[object]:
    """Return bodies of a route: anything, or what has its fields with anything, or something fitting, in them."""
    fields = _fields(caller, spec)
    known = {field: st.sampled_from(about["enum"]) | _ANYTHING for field, about in fields.items() if "enum" in about}
    return _ANYTHING | st.fixed_dictionaries(
        {}, optional={field: known.get(field, _ATOMS | st.lists(_ATOMS, max_size=2)) for field in fields}
    )


@settings(max_examples=tries(desk=20, check=200, deep=200), deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_value_whatever_is_a_fault_of_ours(caller: TestClient, data: st.DataObject) -> None:
    method, path, spec = data.draw(st.sampled_from(_routes(caller)))
    parameters = spec.get("parameters", [])
    filled, query = path, {}
    for parameter in parameters:
        word = data.draw(_WORDS).encode("utf-8", "surrogatepass")
        if parameter["in"] == "path":
            filled = filled.replace(f"{{{parameter['name']}}}", quote(word, safe=""))
        elif parameter["required"] or data.draw(st.booleans()):
            query[parameter["name"]] = quote(word, safe="")
    address = "?".join([filled, "&".join(f"{name}={word}" for name, word in query.items())]).rstrip("?")
    body = data.draw(_body(caller, spec)) if "requestBody" in spec else None
    _call(caller, method, address, body)


def _call(caller: TestClient, method: str, address: str, body: object) -> None:
    content = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    answer = caller.request(method.upper(), address, content=content, headers=headers)
    assert answer.status_code < 500, (method, address[:300], str(body)[:300], answer.text[:300])


def test_no_field_has_a_value_that_is_a_fault_of_ours(caller: TestClient) -> None:
    """Each field of each body in turn, the others as they should be."""
    for method, path, spec in _routes(caller):
        fields = _fields(caller, spec)
        whole = {field: _FITTING[field] for field in fields if field in _FITTING}
        address = path.replace("{client}", "codex").replace("{decision}", "1").replace("{reference}", "secret-0")
        for field in fields:
            for value in _TRIED:
                _call(caller, method, address, {**whole, field: value})
                if fields[field].get("type") == "array":
                    _call(caller, method, address, {**whole, field: [value]})


def test_no_parameter_has_a_value_that_is_a_fault_of_ours(caller: TestClient) -> None:
    for method, path, spec in _routes(caller):
        for parameter in spec.get("parameters", []):
            for value in map(str, _TRIED):
                word = quote(value.encode("utf-8", "surrogatepass"), safe="")
                filled = path.replace(f"{{{parameter['name']}}}", word)
                others = [
                    f"{one['name']}={_FITTING.get(one['name'], '')}" for one in spec["parameters"] if one["required"]
                ]
                query = [f"{parameter['name']}={word}"] if parameter["in"] == "query" else []
                _call(caller, method, "?".join([filled, "&".join([*others, *query])]), None)
