"""What the API's description says is true: whoever asks for whatever, with whatever token, is answered as it says.

The cases are made from the description itself, some as it wants them and some that it rules out. An answer that it does
not tell of, by status, form, headers or fields, is a defect, as is every 5xx.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core.result import Ok

from aisync_desktop.api.server import ApiServer
from aisync_desktop.kernel.access import Access
from aisync_desktop.program.world import World
from aisync_desktop.service.token_file import bearer_token
from tests.helpers.clients import Clients
from tests.helpers.effort import tries
from tests.helpers.facade import RealFacade

_CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
_ENDLESS = "/api/v1/events"  # test_events.py has it
_EFFORT = settings(
    max_examples=tries(desk=20, check=100, deep=3_400), deadline=None, suppress_health_check=list(HealthCheck)
)
# With no token, with one for one thing alone, and as the owner.
_SCOPES = ["nothing", *(access.value for access in Access), "everything"]


@pytest.fixture
def _no_http_is_asked_for() -> Iterator[None]:
    """Let the server say that something was no HTTP: an address without an end is one of the cases."""
    log = logging.getLogger("uvicorn.error")

    def is_worth_it(record: logging.LogRecord) -> bool:
        return "Invalid HTTP" not in record.getMessage()

    log.addFilter(is_worth_it)
    yield
    log.removeFilter(is_worth_it)


@pytest.fixture
def server(_no_http_is_asked_for: None, isolated_home: Path, tmp_path: Path) -> Iterator[ApiServer]:
    Clients.make(isolated_home)
    facade = RealFacade(World.real(os.environ), adopt=True)
    made = ApiServer(facade, tmp_path, 0)
    made.start()
    yield made
    made.stop()
    facade.close()


@pytest.fixture
def address(server: ApiServer) -> str:
    return f"http://127.0.0.1:{server.port}"


@pytest.fixture
def owner(server: ApiServer, tmp_path: Path) -> dict[str, str]:
    return {"Authorization": f"Bearer {bearer_token(tmp_path)}"}


@pytest.mark.sweep
@pytest.mark.alike(desk=2)
@pytest.mark.parametrize("scope", _SCOPES)
def test_every_answer_is_one_that_the_description_tells_of(scope: str, address: str, owner: dict[str, str]) -> None:
    told = requests.get(f"{address}/openapi.json", headers=owner, timeout=30).json()
    schema = schemathesis.openapi.from_dict(told)
    found = [one.ok() for one in schema.get_all_operations() if isinstance(one, Ok)]
    operations = [one for one in found if one.path != _ENDLESS]
    checks = schemathesis.checks.CHECKS.get_by_names(list(_CHECKS))
    shown = shows(scope, address, owner)
    session = requests.Session()

    @settings(_EFFORT)
    @given(data=st.data())
    def play(data: st.DataObject) -> None:
        operation = data.draw(st.sampled_from(operations), label="operation")
        mode = data.draw(st.sampled_from(list(GenerationMode)))
        case = data.draw(operation.as_strategy(generation_mode=mode))
        answer = case.call(base_url=address, session=session, headers=shown)
        case.validate_response(answer, checks=checks)

    play()


def shows(scope: str, address: str, owner: dict[str, str]) -> dict[str, str]:
    """Return what shows a token for this alone."""
    if scope == "nothing":
        return {}
    if scope == "everything":
        return owner
    asked = {"name": f"of-this-test-{scope}", "scopes": [scope]}
    made = requests.post(f"{address}/api/v1/tokens", json=asked, headers=owner, timeout=30)
    return {"Authorization": f"Bearer {made.json()['token']}"}
