"""Every operation answers the same, whoever asks for it: a command with and without the app, HTTP, a window.

Each way begins with the same files and the same databases: they are put back in between.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import jsonschema  # type: ignore[import-untyped]  # it brings no types; it comes with check-jsonschema
import pytest
from fastapi.testclient import TestClient

from aisync_desktop.api.app import make_app
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.values import Value
from aisync_desktop.program.world import World
from aisync_desktop.service.asking import Asking
from aisync_desktop.service.client import ASSISTANT_HEADER, AppClient, _refusal
from aisync_desktop.service.live.asking import LiveAsking
from aisync_desktop.service.operations.listed import OPERATIONS, operation_of
from aisync_desktop.service.operations.operation import Operation
from aisync_desktop.service.operations.request import AppRequest, Request
from aisync_desktop.service.operations.secrets import SecretsRequest
from aisync_desktop.service.operations.tokens import TokenAddition
from aisync_desktop.sync.answering.opening import open_engine
from tests.cli.conftest import run
from tests.helpers.clients import Clients
from tests.helpers.facade import RealFacade
from tests.helpers.project import ROOT

BASE, TOKEN = "http://127.0.0.1:8377", "t0ken"
SECRET = "sk-" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6"
_ANEW = {
    "at",
    "created_at",
    "timestamp",
    "sequence",
    "since",
    "written_at",
    "expires_at",
    "token",
    "ticket",
    "own",
}  # another each time

# By name: what its request says, and the command that asks for it. Where two words in braces stand, something of the
# world goes there. Without a command: a part of what another one does ("" is told why).
ASKED: dict[str, tuple[dict[str, Any], tuple[str, ...] | str]] = {
    "status": ({}, ("status",)),
    "status-told": ({"language": "ko"}, "“status” asks for it where the app runs"),
    "metrics": ({}, ("status", "--metrics")),
    "decisions": ({}, ("decisions",)),
    "decisions-answered": ({"limit": 5}, "a window shows them beside the open ones"),
    "decision": ({"decision": "{decision}"}, "“decisions” shows all of it"),
    "decision-preview": ({"decision": "{decision}", "take": "codex"}, "a window shows it before “decide” is asked"),
    "plan": ({}, ("plan",)),
    "plan-diff": ({}, ("plan", "--diff")),
    "proposal": ({}, "“init” shows the plan instead"),
    "undo-preview": ({}, "a window shows it before “undo” is asked for"),
    "redo-preview": ({}, "a window shows it before “redo” is asked for"),
    "rollback-preview": ({"snapshot": 1, "client": "codex"}, "a window shows it before “rollback” is asked for"),
    "clients": ({}, ("clients",)),
    "items": ({"kind": "mcp", "scope": "user"}, ("items", "--kind", "mcp", "--scope", "user")),
    "permissions": ({}, ("permissions",)),
    "allowed": (
        {"client": "claude-code", "tool": "shell", "argument": "rm x"},
        ("allowed", "claude-code", "shell", "rm x"),
    ),
    "doctor": ({}, ("doctor",)),
    "repair-preview": ({}, "“doctor --repair” asks with it"),
    "secrets": ({}, ("secrets", "list")),
    "secret-check": ({}, ("secrets", "check")),
    "secret-references": (
        {"item": "mcp/token", "field": "env.TOKEN"},
        ("secrets", "get-ref", "mcp/token", "env.TOKEN"),
    ),
    "tokens": ({}, ("token", "list")),
    "projects": ({}, ("project", "list")),
    "settings": ({"name": "port"}, ("settings", "get", "port")),
    "history": ({"limit": 1}, ("history", "--limit", "1")),
    "changes": ({"limit": 5}, "“history” shows them as snapshots"),
    "snapshot": ({"snapshot": 2}, ("show", "2")),
    "difference": ({"before": 1, "after": 2}, ("diff", "1", "2")),
    "versions": ({"path": "{codex}"}, ("history", "--file", "{codex}")),
    "version": ({"version": 1}, ("show", "--version", "1")),
    "logs": ({"client": "codex"}, ("logs", "--client", "codex")),
    "sync": ({}, ("sync",)),
    "pause": ({"minutes": 90}, ("pause", "--for", "90m")),
    "resume": ({}, ("resume",)),
    "apply": ({"adopt": True}, ("init", "--yes")),
    "decide": (
        {"decision": "{decision}", "take": "codex"},
        ("decide", "{decision}", "--take", "codex"),
    ),
    "restore-preview": ({"path": "{broken}"}, "“file restore” asks with it"),
    "restore-file": ({"path": "{broken}"}, ("file", "restore", "{broken}", "--yes")),
    "make-writable": ({"path": "{protected}"}, ("file", "make-writable", "{protected}")),
    "repair": ({"path": "{PATH}"}, ("doctor", "--repair", "--yes")),
    "rollback": ({"snapshot": 1, "client": "codex"}, ("rollback", "1", "--client", "codex")),
    "undo": ({}, ("undo",)),
    "redo": ({}, ("redo",)),
    "leave": ({}, ("undo", "--all", "--yes")),
    "switch": ({"what": "mcp/fresh", "on": False}, ("off", "mcp/fresh")),
    "switch-client": ({"client": "codex", "enabled": False}, "“off” and “on” are for whatever can be switched"),
    "pin": ({"item": "mcp/fresh", "clients": ["codex", "qwen-code"]}, ("pin", "mcp/fresh", "codex", "qwen-code")),
    "project-add": ({"path": "{shop}"}, ("project", "add", "--yes", "{shop}")),
    "project-remove": ({"path": "{yard}"}, ("project", "remove", "{yard}")),
    "keyring-open": ({}, "a window asks for it before the first consent"),
    "secret-set": ({"reference": "{reference}", "value": SECRET + "x"}, "it is read from the standard input"),
    "secret-remove": ({"reference": "{reference}", "used": True}, ("secrets", "remove", "{reference}", "--yes")),
    "token-new": (
        {"name": "ci", "scopes": ["read", "write"]},
        ("token", "new", "ci", "--may", "read", "--may", "write"),
    ),
    "token-rotate": ({"name": "old"}, ("token", "rotate", "old")),
    "token-revoke": ({"name": "old"}, ("token", "revoke", "old")),
    "ticket-new": ({}, "“open --web” asks for one"),
    "password-set": ({"password": SECRET}, "it is read from the standard input"),
    "password-remove": ({}, ("token", "password", "--remove")),
    "setting-set": ({"name": "port", "value": 8400}, ("settings", "set", "port", "8400")),
    "export-record": ({"kind": "logs", "format": "csv", "path": "/x", "rows": 1}, "“export” says it of itself"),
    "show-window": ({"route": "decisions"}, "a command that finds no app refuses"),
}
REFUSED: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "decide": ({"decision": "none", "take": "codex"}, ("decide", "none", "--take", "codex")),
    "rollback": ({"snapshot": 99}, ("rollback", "99")),
    "rollback-preview": ({"snapshot": 99}, ("rollback", "99")),
    "snapshot": ({"snapshot": 99}, ("show", "99")),
    "version": ({"version": 99}, ("show", "--version", "99")),
    "restore-preview": ({"path": "{codex}"}, ("file", "restore", "{codex}")),
    "restore-file": ({"path": "/none"}, ("file", "restore", "/none", "--yes")),
    "make-writable": ({"path": "/etc/hosts"}, ("file", "make-writable", "/etc/hosts")),
    "pin": ({"item": "mcp/none", "clients": ["codex"]}, ("pin", "mcp/none", "codex")),
    "project-add": ({"path": "/etc"}, ("project", "add", "--yes", "/etc")),
    "setting-set": ({"name": "port", "value": "x"}, ("settings", "set", "port", "x")),
    "token-new": ({"name": "old"}, ("token", "new", "old")),
    "token-rotate": ({"name": "none"}, ("token", "rotate", "none")),
    "token-revoke": ({"name": "none"}, ("token", "revoke", "none")),
    "allowed": ({"client": "amp", "tool": "read", "argument": "x"}, ("allowed", "amp", "read", "x")),
}


@dataclass
class Stage:
    """A home with something in it of everything, that can be put back to how it was."""

    home: Path
    words: dict[str, str]

    def fill(self, said: Any) -> Any:
        """Put what the world has into what is said of it."""
        if isinstance(said, str):
            return self.words.get(said, said)
        if isinstance(said, Mapping):
            return {name: self.fill(one) for name, one in said.items()}
        return [self.fill(one) for one in said] if isinstance(said, list | tuple) else said

    def put_back(self) -> None:
        """Have everything as it was kept; our own folder is in the home, too."""
        shutil.rmtree(self.home)
        shutil.copytree(self._kept, self.home, symlinks=True)

    def keep(self) -> None:
        """Keep everything as it is."""
        shutil.copytree(self.home, self._kept, symlinks=True)

    @property
    def _kept(self) -> Path:
        return self.home.with_name(f"{self.home.name}.kept")


@pytest.fixture(autouse=True)
def _there_is_a_keyring_for_the_password(request: pytest.FixtureRequest) -> None:
    if "password" in request.node.name:
        request.getfixturevalue("memory_keyring")


@pytest.fixture
def stage(isolated_home: Path) -> Stage:
    clients = Clients.make(isolated_home)
    shop, yard = isolated_home / "shop", isolated_home / "yard"
    for folder in (shop, yard):
        folder.mkdir()
    (isolated_home / ".claude").mkdir(exist_ok=True)
    (isolated_home / ".claude" / "settings.json").write_text('{"permissions": {"deny": ["Bash(rm:*)"]}}')
    token = f'"token": {{"command": "t", "env": {{"TOKEN": "{SECRET}"}}}}'
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{token},')
    engine = open_engine(World.real(os.environ))
    engine.adopt("user")
    clients.add("codex", "fresh")
    engine.sync("watch")
    engine.add_project(str(yard))
    clients.add("codex", "again")
    engine.sync("watch")
    engine.undo()
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    clients.replace("codex", 'command = "npx"', 'command = "deno"')
    engine.sync("watch")
    clients.paths["rovodev"].write_text("{")
    clients.paths["qwen-code"].chmod(0o444)
    asked = {one.item: one.id for one in engine.status().decisions}
    TokenAddition(name="old").run(engine, World.real(os.environ))
    engine.close()
    (secret,) = Asking(World.real(os.environ)).ask(SecretsRequest()).secrets
    words = {"{decision}": asked["mcp/github"], "{codex}": str(clients.paths["codex"]), "{shop}": str(shop)}
    words |= {"{broken}": str(clients.paths["rovodev"]), "{protected}": str(clients.paths["qwen-code"])}
    made = Stage(
        isolated_home, {**words, "{yard}": str(yard), "{reference}": secret.reference, "{PATH}": os.environ["PATH"]}
    )
    made.keep()
    return made


def _operation(name: str) -> Operation:
    return next(one for one in OPERATIONS if one.name == name)


def _request(name: str, said: dict[str, Any]) -> Any:
    return _operation(name).request.model_validate(said)


class _OverHttp(AppClient):
    """The command line's client of the app, whose calls go to the application itself."""

    def __init__(self, caller: TestClient) -> None:
        super().__init__("127.0.0.1", 0, TOKEN)
        self._caller = caller

    def call(self, method: str, path: str, body: Value = None, timeout: float = 30, by: str = "") -> Value:
        del timeout
        headers = {"Authorization": f"Bearer {TOKEN}"} | ({ASSISTANT_HEADER: by} if by else {})
        answer = self._caller.request(method, path, json=body, headers=headers)
        if answer.status_code >= 400 or answer.status_code == 202:
            raise _refusal(answer.status_code, answer.json())
        return cast("Value", answer.json())


Way = Callable[[Request, tuple[str, ...] | None], Any]


def _alone(request: Request, _: object) -> Any:
    return Asking(World.real(os.environ)).ask(cast("Any", request)).model_dump(mode="json")


def _by_command(_: object, words: tuple[str, ...]) -> Any:
    done = run(*words, "--json")
    return json.loads(done.stdout) | {"exit": done.exit_code}


@pytest.fixture
def ways(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> dict[str, Way]:
    """What can be asked, each beginning anew."""
    app: list[AppClient] = []
    monkeypatch.setattr(Asking, "app", lambda _: next(iter(app), None))

    def with_app(ask: Callable[[RealFacade, _OverHttp], Any]) -> Any:
        facade = RealFacade(World.real(os.environ))
        with TestClient(make_app(facade, lambda: TOKEN), base_url=BASE) as caller:
            app.append(_OverHttp(caller))
            try:
                return ask(facade, cast("_OverHttp", app[0]))
            finally:
                app.clear()
                facade.close()

    def by_http(request: Request, _: object) -> Any:
        return with_app(lambda _, client: client.ask(request).model_dump(mode="json"))

    def by_window(request: Request, _: object) -> Any:
        def ask(facade: RealFacade, _: object) -> Any:
            asks = LiveAsking(facade, facade.world)
            try:
                return asks.ask(cast("Any", request)).result(30).model_dump(mode="json")
            finally:
                asks.stop()

        return with_app(ask)

    def by_command_of_the_app(request: Request, words: tuple[str, ...] | None) -> Any:
        return with_app(lambda *_: _by_command(request, words or ()))

    def anew(way: Way) -> Way:
        def ask(request: Request, words: tuple[str, ...] | None) -> Any:
            stage.put_back()
            return way(request, words)

        return ask

    return {
        "http": anew(by_http),
        "alone": anew(_alone),
        "window": anew(by_window),
        "command": anew(cast("Way", _by_command)),
        "command of the app": anew(by_command_of_the_app),
    }


def _same(answer: Any) -> Any:
    """Return an answer without what is another one each time."""
    if isinstance(answer, dict):
        return {name: _same(one) for name, one in answer.items() if name not in _ANEW}
    return [_same(one) for one in answer] if isinstance(answer, list) else answer


def test_each_operation_is_asked_for_here_and_nothing_else() -> None:
    assert {operation.name for operation in OPERATIONS} == ASKED.keys()
    assert len({(operation.method, operation.path) for operation in OPERATIONS}) == len(OPERATIONS)
    assert all(operation_of(operation.request) is operation for operation in OPERATIONS)


@pytest.mark.alike(desk=10)
@pytest.mark.parametrize("name", ASKED)
def test_it_answers_the_same_whoever_asks(name: str, stage: Stage, ways: dict[str, Way]) -> None:
    said, words = stage.fill(ASKED[name][0]), ASKED[name][1]
    request = _request(name, said)
    told = {"http": ways["http"](request, None)}
    if not isinstance(request, AppRequest):
        told["window"] = ways["window"](request, None)
    if name != "show-window":  # without an app there is none
        told["alone"] = ways["alone"](request, None)
    if not isinstance(words, str):
        for way in ("command", "command of the app"):
            told[way] = ways[way](request, tuple(stage.fill(words)))
            assert told[way].pop("exit") in {0, 3}
    schema = json.loads((ROOT / "docs" / "operations" / f"{name}.json").read_text(encoding="utf-8"))
    for answer in told.values():
        jsonschema.validate({"request": request.model_dump(mode="json"), "answer": answer}, schema)
    first = _same(told.pop("http"))
    for way, answer in told.items():
        assert _same(answer) == first, way


def _refused(way: Way, request: Request) -> tuple[str, ...]:
    with pytest.raises(WorldError) as refused:
        way(request, None)
    error = refused.value
    return (error.title.code.removesuffix(".title"), error.message.english(), error.next_step.english(), error.where)


@pytest.mark.alike(desk=3)
@pytest.mark.parametrize("name", REFUSED)
def test_it_refuses_in_the_same_words_whoever_asks(name: str, stage: Stage, ways: dict[str, Way]) -> None:
    said, words = stage.fill(REFUSED[name][0]), tuple(stage.fill(REFUSED[name][1]))
    request, told = _request(name, said), dict[str, tuple[str, ...]]()
    for way in ("http", "alone", "window"):
        told[way] = _refused(ways[way], request)
    for way in ("command", "command of the app"):
        failed = ways[way](request, words)
        assert failed["exit"] == 1
        told[way] = tuple(failed["error"][part] for part in ("code", "message", "next_step", "path"))
    assert len(set(told.values())) == 1, told


@pytest.mark.parametrize("name", ["", "/", "a/b", "a//b/", "?x=1#y", "é ü", "{decision}"])
def test_a_name_that_is_part_of_a_path_may_be_any(name: str, ways: dict[str, Way]) -> None:
    request = _request("decide", {"decision": name, "take": "codex"})
    assert _refused(ways["http"], request) == _refused(ways["alone"], request)
