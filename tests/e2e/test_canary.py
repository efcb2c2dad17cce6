"""No secret of any shape is in anything that we write, print or answer, whatever the user does.

Clients' files are full of known secrets; every feature is used; then all that we left is searched: every file of ours
(the database also opened and its snapshots unpacked), every line printed, every answer of the API.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from aisync_desktop.cli.app import app
from aisync_desktop.cli.faults import report_bug
from aisync_desktop.clients.loader import load_catalog
from aisync_desktop.program.world import World
from aisync_desktop.service.client import AppClient
from aisync_desktop.sync.store.reader import Reader
from tests.helpers import canaries
from tests.helpers.canaries import Searcher
from tests.helpers.clients import Clients
from tests.helpers.program import endpoint, running, until

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and flock as POSIX has them")


class Witness:
    """Uses the program and remembers all that it said."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.own = home / ".aisync"
        self.exports = home / "exports"
        self.exports.mkdir()
        self.said: dict[str, bytes] = {}

    def run(self, *words: str, stdin: str = "", good: bool = True) -> str:
        """Run a command, as lines and where it can as JSON."""
        done = CliRunner().invoke(app, words, input=stdin)
        self.said[f"{len(self.said)} aisync {' '.join(words)}"] = done.output.encode() + done.stderr.encode()
        assert not good or done.exit_code in {0, 3}, (words, done.output, done.exception)
        return done.stdout

    def both(self, *words: str) -> Any:
        """Run a reading command for people and for programs."""
        self.run(*words)
        return json.loads(self.run(*words, "--json"))

    def export(self, kind: str, form: str) -> None:
        """Export into a file."""
        self.run("export", kind, "--format", form, "-o", str(self.exports / f"{kind}.{form}"), "--force")

    def ask(self, method: str, path: str, body: object = None) -> None:
        """Ask the running app."""
        headers = {"Authorization": f"Bearer {self.run('token').strip()}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = Request(endpoint()["url"] + path, data, headers, method=method)  # noqa: S310 - our own server
        try:
            with urlopen(request, timeout=30) as answer:  # noqa: S310 - our own server
                has_an_end = answer.headers.get_content_type() != "text/event-stream"
                told = answer.read() if has_an_end else answer.read1()
        except HTTPError as error:
            told = error.read()
        self.said[f"{len(self.said)} {method} {path}"] = told

    def left(self) -> dict[str, bytes]:
        """Return everything that was written or said, by where."""
        folders = (self.own, self.exports)
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        found = {str(path): path.read_bytes() for path in files} | self.said
        databases = [path for path in files if path.read_bytes()[:15] == b"SQLite format 3"]
        return found | {f"rows of {path}": _rows(path) for path in databases} | {"snapshots": self._snapshots()}

    def _snapshots(self) -> bytes:
        with closing(Reader.of(World.real(os.environ))) as reader:
            found = [reader.snapshot(info.id) for info in reader.snapshots(limit=1000)]
            return repr([(one.payload, one.diff) for one in found if one]).encode()


def _rows(path: Path) -> bytes:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        return "\n".join(db.iterdump()).encode()


@pytest.fixture
def clients(isolated_home: Path) -> Clients:
    """The four clients, with canaries in what is ours, in what is not, and in rules."""
    made = Clients.make(isolated_home)
    claude = json.loads(made.paths["claude-code"].read_text())
    claude["mcpServers"] |= canaries.servers()
    claude["primaryApiKey"] = canaries.ELSEWHERE
    made.paths["claude-code"].write_text(json.dumps(claude, ensure_ascii=False, indent=2))
    rules = made.home / ".claude" / "CLAUDE.md"
    rules.parent.mkdir(exist_ok=True)
    rules.write_text(f"# Mine\n\nUse the token {canaries.IN_RULES} for the API.\n")
    return made


@pytest.fixture
def witness(isolated_home: Path, monkeypatch: pytest.MonkeyPatch) -> Witness:
    """A witness; what a hundred commands in one process would do a hundred times alike is done once."""
    monkeypatch.setattr("typer.testing._get_command", cache(get_command))
    monkeypatch.setattr("aisync_desktop.clients.loader.load_catalog", cache(load_catalog))
    return Witness(isolated_home)


@pytest.fixture
def project(isolated_home: Path) -> Path:
    root = isolated_home / "repo"
    (root / ".git").mkdir(parents=True)
    entry = {"p": {"command": "x", "env": {"TOKEN": canaries.IN_PROJECT}}}
    (root / ".mcp.json").write_text(json.dumps({"mcpServers": entry}))
    return root


def look_at_everything(witness: Witness) -> None:
    """Use every command that only reads."""
    for words in (
        ("status",),
        ("clients",),
        ("items",),
        ("plan",),
        ("decisions",),
        ("history",),
        ("logs",),
        ("doctor",),
    ):
        witness.both(*words)
    witness.both("secrets", "list")
    witness.both("secrets", "check")
    witness.both("settings", "get")
    newest = witness.both("history")["snapshots"]
    for one in newest[:3]:
        witness.both("show", str(one["id"]))
    of_user = witness.both("history", "--scope", "user")["snapshots"]
    if len(of_user) > 1:
        witness.both("diff", str(of_user[-1]["id"]), str(of_user[0]["id"]))
    for path in Clients(witness.home).paths.values():
        for version in witness.both("history", "--file", str(path))["versions"][:2]:
            witness.run("show", "--version", str(version["id"]), good=False)


def take_out_everything(witness: Witness) -> None:
    """Export and back up in every form."""
    for kind in ("logs", "snapshots", "audit"):
        for form in ("csv", "json", "ndjson"):
            witness.export(kind, form)
    witness.run("backup", str(witness.exports / "backup.sqlite3"), "--force")


def decide_all(witness: Witness, take: str) -> None:
    while found := json.loads(witness.run("decisions", "--json"))["decisions"]:
        witness.run("decide", found[0]["id"], "--take", take)


def reference_of(witness: Witness, item: str, field: str) -> str:
    return str(json.loads(witness.run("secrets", "get-ref", item, field, "--json"))["references"][0])


def change(witness: Witness, clients: Clients, project: Path) -> None:
    """Do all that changes something, with the app or without."""
    decide_all(witness, "copy")
    reference = reference_of(witness, "shaped", "env.GITHUB")
    witness.run("secrets", "set", reference, stdin=canaries.ROTATED)
    witness.run("secrets", "remove", reference, "--yes")
    witness.run("secrets", "set", canaries.ROTATED, stdin="x", good=False)
    clients.replace("codex", canaries.FLAG, f"{canaries.FLAG}-new")
    clients.replace("rovodev", canaries.FLAG, f"{canaries.FLAG}-other")
    witness.run("sync")
    decide_all(witness, "base")
    witness.run("project", "add", str(project), "--yes")
    clients.paths["qwen-code"].write_bytes(b'{"mcpServers": {"broken": "' + canaries.BROKEN.encode() + b"\n")
    witness.run("sync")
    look_at_everything(witness)
    witness.run("undo")
    first = witness.both("history")["snapshots"][-1]["id"]
    witness.run("rollback", str(first))
    witness.run("off", "rovodev")
    witness.run("on", "rovodev")


def test_no_secret_is_in_what_we_write_print_or_answer(witness: Witness, clients: Clients, project: Path) -> None:
    look_at_everything(witness)
    witness.run("init", "--yes")
    change(witness, clients, project)
    take_out_everything(witness)
    witness.run("undo", "--all", "--yes")
    assert Searcher().hits(witness.left()) == []
    assert len(witness.said) > 60  # it did look


def test_no_secret_leaves_the_running_app(witness: Witness, clients: Clients, project: Path) -> None:
    with running("--headless", "--port", "0", AISYNC_LOG_LEVEL="debug"):
        until(lambda: AppClient.find(World.real(os.environ).places) is not None)
        witness.run("init", "--yes")
        change(witness, clients, project)
        for path in _routes(witness):
            witness.ask("GET", path)
        reference = reference_of(witness, "bearer", "headers.Authorization")
        witness.ask("PUT", f"/api/v1/secrets/{reference}", {"value": canaries.ROTATED, "more": canaries.FLAG})
        witness.ask("PUT", f"/api/v1/secrets/{canaries.FLAG}", {"value": canaries.ROTATED})
        witness.ask("PUT", f"/api/v1/secrets/{reference}", {"value": canaries.ROTATED})
        witness.ask("POST", "/api/v1/logs/export", {"format": "csv"})
        take_out_everything(witness)
    assert Searcher().hits(witness.left()) == []


def _routes(witness: Witness) -> Iterator[str]:
    """Yield every route that can be read, with the ids that there are."""
    witness.ask("GET", "/openapi.json")
    told = next(data for where, data in reversed(witness.said.items()) if "openapi" in where)
    routes = [path for path, methods in json.loads(told)["paths"].items() if "get" in methods]
    assert len(routes) > 8
    for path in routes:
        yield path.replace("{number}", "1").replace("{decision}", "1")


def test_no_secret_is_in_the_report_of_a_fault(
    witness: Witness, clients: Clients, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fault of ours may happen with a secret in hand, whether it looks like one or like nothing."""
    witness.run("init", "--yes")

    def broken(*given: object, **named: object) -> None:
        raise ValueError(f"{canaries.NAMED['API_PASSWORD']!r} {canaries.SHAPED['github']} {canaries.FLAG}")

    monkeypatch.setattr("aisync_desktop.sync.planning.planner.Drafts.add", broken)
    with pytest.raises(ValueError, match="back") as caught:
        CliRunner().invoke(app, ["sync"], catch_exceptions=False)
    report_bug(caught.value)
    told = capsys.readouterr()
    witness.said["the report"] = (told.out + told.err).encode()
    assert list((witness.own / "log").glob("crash-*.txt"))
    assert Searcher().hits(witness.left()) == []


@pytest.mark.parametrize("canary", canaries.ALL)
def test_the_search_finds_a_canary_in_each_spelling(canary: str) -> None:
    import base64
    import urllib.parse

    raw = canary.encode()
    contents = {
        "plain": b"x" + raw + b"y",
        "json": json.dumps({"a": canary}).encode(),
        "url": urllib.parse.quote(f"https://x/?a={canary}", safe="").encode(),
        **{f"base64 {shift}": base64.b64encode(b"ab"[:shift] + raw + b"and more") for shift in range(3)},
    }
    assert {hit.where for hit in Searcher().hits(contents)} == contents.keys()
