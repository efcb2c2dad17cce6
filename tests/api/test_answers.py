"""What all answers have in common, whatever was asked: HEAD, what has not changed, compression."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from aisync_desktop.api.server import ApiServer
from aisync_desktop.service.token_file import bearer_token
from tests.helpers.facade import FakeFacade
from tests.helpers.patience import PATIENCE

_STATUS = "/api/v1/sync/status"
_LARGE = "/openapi.json"


def test_who_has_an_answer_already_is_told_so_in_few_words(client: TestClient, facade: FakeFacade) -> None:
    first = client.get(_STATUS)
    mark = first.headers["etag"]
    assert mark.startswith('W/"')
    for known in (mark, mark.removeprefix("W/"), f'"other", {mark}', "*"):
        same = client.get(_STATUS, headers={"If-None-Match": known})
        assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", mark)
        assert "content-type" not in same.headers
    assert facade.status is not None
    facade.status = facade.status.model_copy(update={"items": 4})
    changed = client.get(_STATUS, headers={"If-None-Match": mark})
    assert (changed.status_code, changed.json()["items"]) == (200, 4)
    assert changed.headers["etag"] != mark


def test_nobody_else_is_given_what_was_kept(client: TestClient) -> None:
    answer = client.get(_STATUS)
    assert answer.headers["cache-control"] == "private, no-cache"
    assert {"authorization", "accept-language"} <= set(answer.headers["vary"].lower().split(", "))


def test_a_refusal_and_what_is_done_have_no_mark(client: TestClient) -> None:
    assert "etag" not in client.get(f"{_STATUS}?no=1").headers
    assert "etag" not in client.post("/api/v1/window/show", headers={"If-None-Match": "*"}).headers


@pytest.mark.parametrize("path", ["/", "/healthz", _LARGE, _STATUS, "/api/v1/nothing"])
def test_head_is_answered_as_get_is_without_the_body(path: str, client: TestClient) -> None:
    whole, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers == whole.headers


def test_a_large_answer_is_compressed_for_who_can_read_that(client: TestClient) -> None:
    plain = client.get(_LARGE, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    packed = client.get(_LARGE, headers={"Accept-Encoding": "br, gzip;q=0.5"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content) / 4
    assert packed.content == plain.content
    assert packed.headers["etag"] == plain.headers["etag"]
    assert "content-encoding" not in client.get(_LARGE, headers={"Accept-Encoding": "gzip;q=0"}).headers


def test_what_is_small_or_must_not_be_kept_is_not_compressed(client: TestClient) -> None:
    for path in ("/healthz", "/"):
        assert "content-encoding" not in client.get(path, headers={"Accept-Encoding": "gzip"}).headers
    page = client.get("/", headers={"If-None-Match": "*"})
    assert (page.status_code, "etag" in page.headers) == (200, False)


def test_the_stream_is_told_of_and_not_begun(client: TestClient) -> None:
    for _ in range(3):
        head = client.head("/api/v1/events")
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-type"].startswith("text/event-stream")
        assert "etag" not in head.headers


@pytest.mark.parametrize("accepted", ["gzip", "GZIP ; Q=1", "x-gzip", "br,gzip;q=0.001"])
def test_gzip_is_taken_where_it_is_named(accepted: str, client: TestClient) -> None:
    assert client.get(_LARGE, headers={"Accept-Encoding": accepted}).headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("accepted", ["", "*", "br", "gzip;q=0", "gzip;q=0.000", "gzippy"])
def test_gzip_is_not_taken_where_it_is_not(accepted: str, client: TestClient) -> None:
    assert "content-encoding" not in client.get(_LARGE, headers={"Accept-Encoding": accepted}).headers


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ApiServer]:
    made = ApiServer(FakeFacade(), tmp_path, 0)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def kept(server: ApiServer) -> Iterator[HTTPConnection]:
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)) as connection:
        yield connection


def test_a_kept_connection_goes_on_after_answers_without_a_body(kept: HTTPConnection, tmp_path: Path) -> None:
    shown = {"Authorization": f"Bearer {bearer_token(tmp_path)}"}

    def ask(method: str, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
        kept.request(method, path, headers=shown | {name.replace("_", "-"): value for name, value in headers.items()})
        answer = kept.getresponse()
        return answer, answer.read()

    whole, body = ask("GET", _LARGE, Accept_Encoding="gzip")
    assert json.loads(gzip.decompress(body))["openapi"]
    assert ask("HEAD", _LARGE)[1] == b""
    assert ask("GET", _LARGE, If_None_Match=str(whole.getheader("ETag")))[0].status == 304
    assert ask("HEAD", "/api/v1/events")[0].getheader("Content-Type", "").startswith("text/event-stream")
    assert ask("GET", _STATUS)[0].status == 200
