"""The event stream: what happens, from where the caller was, until the app or the caller ends."""

from __future__ import annotations

import datetime as dt
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from aisync_desktop.api import events
from aisync_desktop.api.events import Pace
from aisync_desktop.api.server import ApiServer
from aisync_desktop.database.connection import raw
from aisync_desktop.database.errors import DamagedDatabaseError
from aisync_desktop.database.feed import drop_oldest
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.places import Places
from aisync_desktop.kernel.access import Access
from aisync_desktop.kernel.bus import Fed
from aisync_desktop.program.store.store import ProgramStore
from aisync_desktop.program.tokens import NewSecret, Token
from aisync_desktop.program.world import World
from aisync_desktop.service.client import AppClient
from aisync_desktop.service.feeds import FEEDS, Follower
from aisync_desktop.service.status import StatusChanged
from aisync_desktop.service.token_file import bearer_token
from aisync_desktop.sync.store.store import Store
from tests.helpers.clock import LeapingClock
from tests.helpers.event_stream import EventCaller
from tests.helpers.facade import STATUS, FakeFacade
from tests.helpers.logfail import ExpectLog
from tests.helpers.patience import PATIENCE


@pytest.fixture
def world(tmp_path: Path) -> World:
    places = Places(*(tmp_path / name for name in ("config", "state", "cache", "log")))
    places.create()
    return World(places, tmp_path / "home", {}, RealDisk(LeapingClock()), LeapingClock())


@pytest.fixture
def store(world: World) -> Iterator[Store]:
    with closing(Store.open(world.database, world.clock, world.keys())) as made:
        made.feed.on_told = lambda: world.bus.publish(Fed("sync"))
        yield made


@pytest.fixture
def program(world: World, store: Store) -> Iterator[ProgramStore]:
    assert store.path == world.database
    with closing(ProgramStore.open(world.program_database, world.database, world.clock)) as made:
        made.feed.on_told = lambda: world.bus.publish(Fed("program"))
        yield made


@pytest.fixture
def facade(world: World) -> FakeFacade:
    made = FakeFacade()
    made.world = world
    return made


@pytest.fixture
def server(facade: FakeFacade, world: World) -> Iterator[ApiServer]:
    made = ApiServer(facade, world.places.state, 0)
    made.start()
    yield made
    made.stop()


Call = Callable[..., EventCaller]


@pytest.fixture
def call(server: ApiServer, world: World) -> Iterator[Call]:
    with ExitStack() as stack:

        def made(where: str | None = None, *, in_query: bool = False) -> EventCaller:
            token = bearer_token(world.places.state)
            return stack.enter_context(EventCaller(server.port, token, where, in_query=in_query))

        yield made


def test_how_things_stand_comes_first_and_then_what_happens(call: Call, store: Store) -> None:
    store.set_projects(["/before"])
    caller = call()
    assert caller.answer.headers["Content-Type"].startswith("text/event-stream")
    assert caller.status()["items"] == STATUS.items
    store.set_projects(["/before", "/p"])
    heard = caller.event()
    about = {name: value for name, value in heard.data.items() if name != "at"}
    assert heard.type == "project-added"
    assert about == {"feed": "sync", "type": "project-added", "target": "/p", "actor": "user", "detail": {}}
    assert heard.id == caller.where


@pytest.mark.parametrize("in_query", [False, True])
def test_who_comes_again_goes_on_where_it_was(
    call: Call, store: Store, program: ProgramStore, *, in_query: bool
) -> None:
    caller = call()
    caller.status()
    store.set_projects(["/one"])
    assert caller.event().data["target"] == "/one"
    caller.close()
    store.set_projects(["/one", "/two"])
    program.set_setting("port", 1)
    store.set_projects(["/one", "/two", "/three"])
    again = call(caller.where, in_query=in_query)
    found = [again.event().data["target"] for _ in range(3)]
    assert found == ["/two", "/three", "port"]  # in order within each feed
    store.set_projects(["/one"])
    assert {again.event().data["target"] for _ in range(2)} == {"/two", "/three"}


def test_more_than_one_batch_comes_whole(call: Call, store: Store) -> None:
    caller = call()
    caller.status()
    roots = [f"/p{number:03}" for number in range(250)]
    store.set_projects(roots)
    assert [caller.event().data["target"] for _ in roots] == roots


def test_the_status_comes_again_when_it_is_another_one(call: Call, facade: FakeFacade, world: World) -> None:
    caller = call()
    caller.status()
    facade.status = STATUS.model_copy(update={"items": 77})
    world.bus.publish(StatusChanged())
    heard = caller.next()
    assert heard is not None
    assert (heard.type, heard.id, heard.data["items"]) == ("status", "", 77)


def test_a_caller_during_the_start_gets_the_first_status(call: Call, facade: FakeFacade) -> None:
    class Opening:
        def status(self) -> object:
            return STATUS

    facade.status, facade.engine = None, Opening()
    assert call().status()["items"] == STATUS.items


@pytest.mark.parametrize("where", ["nonsense", "sync=ab.5", "sync=ab.5,program=cd.7", "sync=" + "f" * 900])
def test_who_knows_another_feed_is_told_so_and_goes_on(
    call: Call, store: Store, program: ProgramStore, where: str
) -> None:
    store.set_projects(["/one"])
    program.set_setting("port", 1)
    caller = call(where)
    heard = [caller.event(), caller.event()]
    assert {(one.type, one.data["feed"], one.data["why"]) for one in heard} == {
        ("resync", "sync", "anew"),
        ("resync", "program", "anew"),
    }
    assert "," in caller.where
    store.set_projects(["/one", "/two"])
    assert caller.event().data["target"] == "/two"


def test_who_comes_too_late_is_told_so_and_goes_on(call: Call, store: Store) -> None:
    caller = call()
    caller.status()
    store.set_projects(["/one", "/two", "/three"])
    caller.close()
    where = caller.where
    with store.feed.changing() as db:
        drop_oldest(raw(db), 1)
    again = call(where)
    heard = again.event()
    assert (heard.type, heard.data) == ("resync", {"feed": "sync", "why": "dropped"})
    store.set_projects([])
    assert again.event().type == "project-removed"


def test_an_address_that_is_too_long_is_refused(call: Call) -> None:
    assert call("x" * 2_000).answer.status == 422


def test_in_silence_a_comment_comes(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "PACE", Pace(heartbeat=0.01))
    caller = call()
    caller.status()
    heard = [caller.next(), caller.next()]
    assert [one and (one.type, one.id) for one in heard] == [("", ""), ("", "")]


def test_who_only_wants_to_be_woken_is(server: ApiServer, world: World, store: Store) -> None:
    client = AppClient("127.0.0.1", server.port, bearer_token(world.places.state))
    told = b""
    with client.listen() as heard:
        heard.settimeout(0.1)
        for number in range(PATIENCE * 10):  # what is told before the stream has begun is not told on it
            store.set_projects([f"/{number}"])
            with suppress(TimeoutError):
                told += heard.recv(65_536)
            if b"project-added" in told:
                break
    assert b"project-added" in told


def test_the_token_is_needed(server: ApiServer) -> None:
    with EventCaller(server.port, "wrong") as caller:
        assert caller.answer.status == 401


def given_out(program: ProgramStore, world: World, seconds: float | None = None) -> tuple[Token, str]:
    """Have another program have a token for some time; return it, with its secret."""
    secret, now = NewSecret.make(), world.clock.now()
    until = None if seconds is None else now + dt.timedelta(seconds=seconds)
    token = Token(secret.id, "ci", secret.digest, frozenset({Access.READ}), "cli", "", False, now, until)
    program.token_table.add(token)
    return token, secret.value


@pytest.mark.parametrize("how", ["revoked", "rotated"])
def test_a_stream_ends_with_the_token_that_it_was_asked_for_with(
    how: str, server: ApiServer, world: World, program: ProgramStore, call: Call
) -> None:
    owners = call()
    owners.status()
    token, secret = given_out(program, world)
    with EventCaller(server.port, secret) as caller:
        caller.status()
        if how == "revoked":
            program.token_table.revoke(token)
        else:
            program.token_table.rotate(token, "1" * 64)
        caller.until_end()
    with EventCaller(server.port, secret) as again:
        assert again.answer.status == 401
    assert [owners.event().type, owners.event().type] == ["token-made", f"token-{how}"]


def test_a_stream_ends_when_the_time_of_its_token_is_over(
    server: ApiServer, world: World, program: ProgramStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "PACE", Pace(heartbeat=PATIENCE))
    _, secret = given_out(program, world, seconds=0.5)
    with EventCaller(server.port, secret) as caller:
        caller.until_end()


def test_a_stream_ends_with_the_owners_token_where_that_is_another_one(
    call: Call, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "PACE", Pace(heartbeat=0.01))
    caller = call()
    caller.status()
    (world.places.state / "api-token").write_text("another-token", encoding="ascii")
    caller.until_end()


def test_the_end_of_the_server_is_the_end_of_the_stream(facade: FakeFacade, world: World) -> None:
    server = ApiServer(facade, world.places.state, 0)
    server.start()
    callers = [EventCaller(server.port, bearer_token(world.places.state)) for _ in range(2)]
    for caller in callers:
        caller.status()
    server.stop()
    for caller in callers:
        assert caller.until_end() == []
        caller.close()


def test_a_caller_that_has_gone_is_forgotten(
    call: Call, store: Store, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aisync_desktop.api.events.handle_limit", lambda: 1)
    first = call()
    first.status()
    assert call().answer.status == 503
    assert call().answer.headers["Retry-After"] == "60"
    first.close()
    while (again := call()).answer.status == 503:  # until the server has noticed
        pass
    again.status()
    store.set_projects(["/p"])
    assert again.event().data["target"] == "/p"
    world.bus.publish(Fed("sync"))


def test_streams_keep_nobody_else_out_and_are_not_closed_for_being_quiet(
    call: Call, server: ApiServer, world: World, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aisync_desktop.api.connection.handle_limit", lambda: 16)  # four connections
    monkeypatch.setattr("aisync_desktop.api.events.handle_limit", lambda: 16)  # one stream
    caller = call()
    caller.status()
    for _ in range(9):
        with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as other:
            other.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert b" 200 " in other.recv(65536)
    store.set_projects(["/p"])
    assert caller.event().data["target"] == "/p"
    assert world.database.exists()


def test_who_takes_nothing_is_cut_and_the_others_go_on(
    call: Call, server: ApiServer, world: World, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aisync_desktop.api.connection import Connection  # what the server counts in

    cut, end = threading.Event(), Connection.end

    def told(connection: Connection) -> None:
        end(connection)
        cut.set()

    monkeypatch.setattr(Connection, "end", told)
    monkeypatch.setattr(events, "PACE", Pace(heartbeat=PATIENCE, patience=3.0))
    token = bearer_token(world.places.state)
    with socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        slow.settimeout(PATIENCE)
        slow.connect(("127.0.0.1", server.port))
        head = f"GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n"
        slow.sendall(head.encode())
        assert slow.recv(1)
        quick = call()
        quick.status()
        roots = [f"/{'p' * 4_000}{number}" for number in range(4_000)]
        store.set_projects(roots)  # some megabytes, which no buffer takes
        assert [quick.event().data["target"] for _ in roots] == sorted(roots)
        assert cut.wait(PATIENCE)
        got = 0
        with suppress(ConnectionResetError):
            while part := slow.recv(65_536):
                got += len(part)
        assert got < len(roots) * len(roots[0])


def test_who_takes_nothing_does_not_hold_up_the_end(facade: FakeFacade, world: World, store: Store) -> None:
    server = ApiServer(facade, world.places.state, 0)
    server.start()
    with EventCaller(server.port, bearer_token(world.places.state)) as slow:
        slow.status()
        store.set_projects([f"/{'p' * 4_000}{number}" for number in range(4_000)])
        slow.event()
        server.stop()
        server._thread.join(PATIENCE)
        assert not server._thread.is_alive()  # and nothing had to be cancelled for that, which would be in the log


def test_a_database_that_fails_ends_the_stream_and_the_caller_comes_again(
    call: Call, store: Store, world: World, expect_log: ExpectLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = call()
    caller.status()

    def fail(_follower: Follower) -> Iterator[object]:
        raise DamagedDatabaseError(world.database)

    with monkeypatch.context() as broken, expect_log("WARNING", "events ended"):
        broken.setattr(Follower, "follow", fail)
        store.set_projects(["/p"])
        assert caller.until_end() == []
    assert call(caller.where).event().data["target"] == "/p"


def test_it_is_described(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["paths"]["/api/v1/events"]["get"]
    assert {one["name"] for one in described["parameters"]} == {"last-event-id", "after"}
    assert list(described["responses"]["200"]["content"]) == ["text/event-stream"]
    assert "resync" in described["description"]


def test_every_feed_can_be_opened(world: World, store: Store, program: ProgramStore) -> None:
    assert store.path.exists()
    assert program.path.exists()
    follower = Follower(world)
    assert [part.split("=")[0] for part in follower.where.split(",")] == list(FEEDS)
    assert list(follower.follow()) == []


def test_a_feed_that_is_not_there_has_nothing_to_tell_until_it_comes(world: World, store: Store) -> None:
    store.set_projects(["/one"])
    follower = Follower(world)
    assert list(follower.follow()) == []
    with closing(ProgramStore.open(world.program_database, world.database, world.clock)) as program:
        program.set_setting("port", 1)
    ((where, told),) = follower.follow()
    assert (told.feed, where) == ("program", follower.where)
    away = world.database.rename(world.database.with_name("away"))
    assert list(follower.follow()) == []
    away.rename(world.database)
    assert list(follower.follow()) == []
    assert list(Follower(world, where).follow()) == []
