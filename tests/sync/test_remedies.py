"""What is wrong with one file is put right at once: its last good version comes back, or it may be written again."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from aisync_desktop.files.errors import FileProblem, HardLinked, IsALink
from aisync_desktop.program.world import World
from aisync_desktop.service.operations.remedies import RestoreFileRequest, RestorePreviewRequest
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.model.status import Health
from aisync_desktop.sync.planning.last_good import (
    FileMovedOnError,
    NoGoodVersionError,
    NothingWrongError,
    NotLookedAfterError,
)
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.terms.errors import NotWritingError
from tests.helpers.clients import Clients

BROKEN = b'{"mcpServers": {"x": [}'
ALL = ["claude-code", "codex", "qwen-code", "rovodev"]


@pytest.fixture
def adopted(engine: Engine, clients: Clients) -> Engine:
    engine.adopt("user")
    return engine


@pytest.fixture
def path(adopted: Engine, clients: Clients) -> Path:
    return clients.paths["claude-code"]


@pytest.fixture
def good(adopted: Engine, path: Path) -> bytes:
    """What Claude Code's file held before it was broken."""
    before = path.read_bytes()
    path.write_bytes(BROKEN)
    adopted.sync("watch")
    return before


def test_the_last_good_version_comes_back_to_the_byte(
    adopted: Engine, clients: Clients, path: Path, good: bytes
) -> None:
    others = {client: data for client, data in clients.bytes().items() if client != "claude-code"}
    receipt = adopted.remedies.restore(str(path))
    assert [one.path for one in receipt.written] == [path]
    assert clients.bytes() == {"claude-code": good, **others}
    assert adopted.status().health is Health.IN_STEP
    assert adopted.sync("watch").written == ()


def test_what_was_broken_stays_in_history_and_an_undo_brings_it_back(
    adopted: Engine, path: Path, good: bytes, world: World
) -> None:
    adopted.remedies.restore(str(path))
    reader = Reader(world.database, world.keys())
    kept = [reader.blob(one.hash) for one in reader.versions(str(path))]
    assert kept[:2] == [good, BROKEN]

    preview = adopted.going_back.way_back()
    assert [target.data for target in preview.whole.targets] == [BROKEN]
    adopted.undo()
    assert path.read_bytes() == BROKEN
    assert [one.path for one in adopted.status().problems] == [str(path)]
    adopted.remedies.restore(str(path))
    assert path.read_bytes() == good


def test_what_moved_on_since_is_not_turned_back(adopted: Engine, clients: Clients, path: Path, good: bytes) -> None:
    clients.add("codex", "fresh")
    clients.replace("codex", 'command = "uvx"', 'command = "deno"')
    adopted.sync("watch")
    receipt = adopted.remedies.restore(str(path))
    said = json.loads(path.read_bytes())
    assert said["numStartups"] == 12
    assert set(clients.commands()["claude-code"].items()) == {("files", "deno"), ("fresh", "npx"), ("github", "npx")}
    assert len(receipt.written) == 1
    assert clients.commands() == dict.fromkeys(ALL, clients.commands()["codex"])
    adopted.undo()
    assert path.read_bytes() == BROKEN


def test_what_others_changed_at_the_same_time_is_not_lost(
    adopted: Engine, clients: Clients, path: Path, good: bytes
) -> None:
    clients.add("rovodev", "late")
    adopted.remedies.restore(str(path))
    adopted.sync("watch")
    assert "late" in clients.servers("claude-code")
    assert "late" in clients.servers("codex")


@pytest.mark.parametrize("client", ["codex", "rovodev"])
def test_a_file_that_is_gone_comes_back(adopted: Engine, clients: Clients, client: str) -> None:
    path = clients.paths[client]
    good = path.read_bytes()
    path.unlink()
    adopted.sync("watch")
    adopted.remedies.restore(str(path))
    assert path.read_bytes() == good
    assert adopted.status().health is Health.IN_STEP
    adopted.undo()
    assert not path.exists()


def test_the_preview_shows_what_is_written_and_no_other_version_is(
    adopted: Engine, world: World, path: Path, good: bytes
) -> None:
    found = RestorePreviewRequest(path=str(path)).run(adopted, world)
    (file,) = found.files
    assert (file.path, file.client) == (str(path), "claude-code")
    assert {(line.sign, line.text) for line in file.lines if line.sign == "-"} == {("-", BROKEN.decode())}
    with pytest.raises(NoGoodVersionError):
        adopted.remedies.restore(str(path), found.version + 1)
    assert path.read_bytes() == BROKEN
    asked = RestoreFileRequest(path=str(path)).as_of_now(adopted)
    assert (
        asked == asked.as_of_now(adopted) == RestoreFileRequest(path=str(path), version=found.version, over=found.over)
    )
    assert asked.run(adopted, world).written == (str(path),)


def test_only_what_was_shown_is_written_over(adopted: Engine, world: World, path: Path, good: bytes) -> None:
    found = RestorePreviewRequest(path=str(path)).run(adopted, world)
    agreed = RestoreFileRequest(path=str(path), version=found.version, over=found.over)
    path.write_bytes(BROKEN + b" and more")
    with pytest.raises(FileMovedOnError):
        agreed.run(adopted, world)
    other = path.with_name("other.json")
    other.write_bytes(BROKEN)
    path.unlink()
    path.symlink_to(other)
    with pytest.raises(FileMovedOnError):
        agreed.run(adopted, world)
    assert other.read_bytes() == BROKEN
    other.rename(path)
    assert agreed.run(adopted, world).written == (str(path),)


def test_a_version_that_was_broken_too_is_not_what_comes_back(adopted: Engine, path: Path, good: bytes) -> None:
    adopted.remedies.restore(str(path))
    adopted.undo()
    path.write_bytes(b"[")
    adopted.sync("watch")
    adopted.remedies.restore(str(path))
    assert path.read_bytes() == good


def test_nothing_is_done_where_nothing_is_wrong_or_known(adopted: Engine, clients: Clients, path: Path) -> None:
    with pytest.raises(NothingWrongError):
        adopted.remedies.restore(str(path))
    with pytest.raises(NotLookedAfterError):
        adopted.remedies.restore("/etc/hosts")
    with pytest.raises(NotLookedAfterError):
        adopted.remedies.make_writable("/etc/hosts")


def test_what_cannot_even_be_looked_at_is_told_as_that(adopted: Engine, clients: Clients, path: Path) -> None:
    if os.geteuid() == 0:
        path.unlink()
        path.mkdir()
    else:
        path.chmod(0)
    adopted.sync("watch")
    with pytest.raises(FileProblem):
        adopted.remedies.restore(str(path))


def test_without_a_good_version_there_is_none(
    adopted: Engine, path: Path, good: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adopted._rounds.store, "versions", lambda *_args, **_more: ())
    with pytest.raises(NoGoodVersionError):
        adopted.remedies.restore(str(path))


def test_a_protected_file_is_writable_for_its_owner_alone_and_written_at_once(
    adopted: Engine, clients: Clients, path: Path
) -> None:
    path.chmod(0o444)
    clients.add("codex", "fresh")
    adopted.sync("watch")
    assert adopted.status().health is Health.PENDING
    receipt = adopted.remedies.make_writable(str(path))
    assert [one.path for one in receipt.written] == [path]
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert adopted.status().health is Health.IN_STEP


def test_never_through_a_link_nor_at_another_name(adopted: Engine, clients: Clients, path: Path) -> None:
    real = path.with_name("elsewhere.json")
    path.rename(real)
    path.symlink_to(real)
    real.chmod(0o444)
    with pytest.raises(IsALink):
        adopted.remedies.make_writable(str(path))
    path.unlink()
    os.link(real, path)
    with pytest.raises(HardLinked):
        adopted.remedies.make_writable(str(path))
    assert stat.S_IMODE(real.stat().st_mode) == 0o444


def test_while_nothing_is_written_neither_is_this(adopted: Engine, path: Path, good: bytes) -> None:
    adopted.pause_for()
    with pytest.raises(NotWritingError):
        adopted.remedies.restore(str(path))
    with pytest.raises(NotWritingError):
        adopted.remedies.make_writable(str(path))
