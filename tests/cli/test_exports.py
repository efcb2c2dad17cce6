from __future__ import annotations

import csv
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from aisync_desktop.files.instance import InstanceLock
from tests.cli.conftest import answer, engine, one_line, run
from tests.helpers.clients import Clients

pytestmark = pytest.mark.skipif(os.name != "posix", reason="file modes as POSIX has them")


def database(home: Path) -> Path:
    return home / ".aisync" / "state" / "aisync.sqlite3"


def recorded(home: Path) -> list[Any]:
    with closing(sqlite3.connect(database(home))) as connection:
        return connection.execute("SELECT kind, format, path, row_count, created_by FROM export ORDER BY id").fetchall()


def test_an_export_is_a_private_file_and_written_down(clients: Clients, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    made = answer("export", "logs", "--format", "csv", "-o", str(target))["export"]
    assert made == {"kind": "logs", "format": "csv", "path": str(target), "rows": 2, "recorded": True}
    assert target.stat().st_mode & 0o777 == 0o600
    with target.open(encoding="utf-8-sig", newline="") as file:
        assert [row["message"] for row in csv.DictReader(file)] == ["synced", "synced"]
    assert recorded(clients.home) == [("logs", "csv", str(target), 2, "cli")]


@pytest.mark.parametrize(("kind", "rows"), [("logs", 2), ("snapshots", 2), ("audit", 3)])
def test_everything_can_be_exported_to_the_standard_output(clients: Clients, kind: str, rows: int) -> None:
    done = run("export", kind, "-o", "-")
    assert (done.exit_code, done.stderr) == (0, "")
    assert len(json.loads(done.stdout)[kind]) == rows
    again = rows + (kind == "audit")  # in which the first export is, too
    assert len(run("export", kind, "--format", "ndjson", "-o", "-").stdout.splitlines()) == again
    assert recorded(clients.home) == [(kind, "json", "", rows, "cli"), (kind, "ndjson", "", again, "cli")]


def test_no_file_is_run_over_unless_asked(clients: Clients, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_text("mine")
    assert "exists" in one_line("export", "logs", "-o", str(target))
    assert target.read_text() == "mine"
    assert run("export", "logs", "-o", str(target), "--force").exit_code == 0
    assert len(json.loads(target.read_text())["logs"]) == 2


def test_logs_are_exported_as_filtered_and_only_they(clients: Clients) -> None:
    assert len(json.loads(run("export", "logs", "--client", "codex", "-o", "-").stdout)["logs"]) == 1
    assert run("export", "audit", "--client", "codex", "-o", "-").exit_code == 2


def test_an_export_that_cannot_be_written_down_is_made_all_the_same(clients: Clients, tmp_path: Path) -> None:
    with InstanceLock(database(clients.home).with_name("aisync.lock")):
        done = run("export", "logs", "-o", str(tmp_path / "out"))
    assert (done.exit_code, len(json.loads((tmp_path / "out").read_text())["logs"])) == (0, 2)
    assert "could not be written down" in done.stderr
    assert recorded(clients.home) == []


def test_a_backup_is_restored_and_what_was_is_kept(clients: Clients, tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    made = answer("backup", str(saved))["backup"]
    assert made == {"path": str(saved), "size": saved.stat().st_size}
    assert saved.stat().st_mode & 0o777 == 0o600
    clients.add("codex", "later")
    with engine() as opened:
        opened.sync("watch")
    assert len(answer("history")["snapshots"]) == 3
    done = answer("restore", str(saved), "--yes")["restore"]
    assert len(answer("history")["snapshots"]) == 2
    with closing(sqlite3.connect(done["kept"])) as old:
        assert old.execute("SELECT count(*) FROM config_snapshot").fetchone() == (3,)
    assert json.loads(run("export", "audit", "-o", "-").stdout)["audit"][0]["action"] == "restored"
    with engine() as opened:
        opened.sync("watch")
    assert all("later" in clients.servers(client) for client in clients.paths)


def test_a_backup_without_a_name_is_among_our_own_files(clients: Clients) -> None:
    done = run("backup")
    (made,) = (clients.home / ".aisync" / "state" / "backups").iterdir()
    assert str(made) in done.stdout
    assert "key" in done.stdout
    assert "exists" in one_line("backup", str(made))
    assert run("backup", str(made), "--force").exit_code == 0


def test_our_own_state_is_never_written_over(clients: Clients, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(database(clients.home))
    before = database(clients.home).read_bytes()
    for place in (database(clients.home), database(clients.home).parent / "new", tmp_path / "link"):
        assert "AISync's own" in one_line("backup", str(place), "--force")
        assert "AISync's own" in one_line("export", "logs", "-o", str(place), "--force")
        assert "AISync's own" in one_line("show", "--version", "1", "-o", str(place), "--force")
    assert database(clients.home).read_bytes() == before


def test_where_nothing_is_there_is_nothing_to_back_up(isolated_home: Path, tmp_path: Path) -> None:
    assert "nothing to back up" in one_line("backup", str(tmp_path / "out"))
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_restored_while_the_app_runs_or_without_a_yes(clients: Clients, tmp_path: Path) -> None:
    run("backup", str(tmp_path / "saved"))
    before = database(clients.home).read_bytes()
    with InstanceLock(database(clients.home).with_name("aisync.lock")):
        assert "already running" in one_line("restore", str(tmp_path / "saved"), "--yes")
    assert run("restore", str(tmp_path / "saved"), stdin="n\n").exit_code == 1
    assert database(clients.home).read_bytes() == before


def test_what_is_no_backup_is_refused(clients: Clients, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("text")
    assert "no backup" in one_line("restore", str(tmp_path / "text"), "--yes")
    run("backup", str(tmp_path / "saved"))
    for key in database(clients.home).parent.glob("data-*.key"):
        key.rename(tmp_path / "key")
    assert "which is not here" in one_line("restore", str(tmp_path / "saved"), "--yes")


def test_a_backup_with_a_passphrase_is_taken_back_without_the_key(clients: Clients, tmp_path: Path) -> None:
    saved = str(tmp_path / "saved")
    done = run("backup", saved, "--passphrase", stdin="correct horse battery\n")
    assert "under the passphrase" in done.stdout
    for key in database(clients.home).parent.glob("data-*.key"):
        key.rename(tmp_path / "key")
    assert "passphrase is wrong" in one_line("restore", saved, "--yes", stdin="another one\n")
    assert run("restore", saved, stdin="y\ncorrect horse battery\n").exit_code == 0
    with engine() as opened:
        before = [snapshot.id for snapshot in opened._store.snapshots()]
        assert opened.rollback(before[-1]).failed == {}


def test_a_passphrase_that_is_too_short_makes_no_backup(clients: Clients, tmp_path: Path) -> None:
    del clients
    assert "too short" in one_line("backup", str(tmp_path / "saved"), "--passphrase", stdin="\n")
    assert list(tmp_path.glob("saved*")) == []
