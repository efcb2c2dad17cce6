"""`.env` in the config folder: read as data, strictly; the environment wins."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from aisync_desktop.files.errors import NotOurs
from aisync_desktop.program.env_file import EnvFileError, EnvFileOpenError
from aisync_desktop.program.world import World
from aisync_desktop.service.settings import in_force
from tests.cli.conftest import run
from tests.helpers.program import aisync


@pytest.fixture
def file(isolated_home: Path) -> Path:
    """Where the file is to be; nothing is there yet."""
    path = World.real(os.environ).places.config / ".env"
    path.touch(0o600)
    return path


def _world(file: Path, content: str | bytes, **environ: str) -> World:
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return World.real({**os.environ, **environ})


def test_it_says_what_the_environment_does_not(file: Path) -> None:
    world = _world(file, "# mine\n\nAISYNC_PORT=8400\r\nAISYNC_LANGUAGE='ko'\nAISYNC_API=false\n", AISYNC_LANGUAGE="en")
    settings = in_force({}, world.environ)
    assert (settings["port"], settings["language"], settings["api"]) == (8400, "en", False)
    assert world.remarks == ()
    assert "AISYNC_PORT" not in os.environ


def test_nothing_in_it_is_expanded_or_run(file: Path) -> None:
    world = _world(file, 'AISYNC_PRIORITY=\'$(touch ran)`$HOME\\n #"\'\nAISYNC_POLICY_MCP="ask"')
    assert world.environ["AISYNC_PRIORITY"] == '$(touch ran)`$HOME\\n #"'
    assert world.environ["AISYNC_POLICY_MCP"] == "ask"


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("AISYNC_API=true\nexport AISYNC_PORT=1", 2, "no-assignment"),
        ("nonsense", 1, "no-assignment"),
        ("aisync_port=1", 1, "no-assignment"),
        ("AISYNC_PORT =1", 1, "no-assignment"),
        ("AISYNC_PORT= 1", 1, "blanks"),
        ("\n\nAISYNC_PRIORITY=$HOME", 3, "expanded"),
        ("AISYNC_PRIORITY=`x`", 1, "expanded"),
        ('AISYNC_PRIORITY="a\\"b"', 1, "expanded"),
        ("AISYNC_PRIORITY='a'b'", 1, "expanded"),
        ("AISYNC_PORT=1 # one", 1, "expanded"),
        ("AISYNC_PRIORITY=a\0b", 1, "expanded"),
        ("AISYNC_PRIORITY='a", 1, "quotes"),
        ("AISYNC_PRIORITY='", 1, "quotes"),
        ("AISYNC_PORT=1\nAISYNC_PORT=2", 2, "twice"),
        ("#\nAISYNC_PORT=hunter2", 2, "value"),
        ("AISYNC_HOME=/x", 1, "home"),
        (b"AISYNC_API=true\nAISYNC_PRIORITY=\xff", 2, "no-text"),
        ("#\n" * 40_000, 32_769, "too-long"),
    ],
)
def test_a_wrong_line_is_named_and_never_repeated(file: Path, content: str | bytes, line: int, reason: str) -> None:
    with pytest.raises(EnvFileError) as refused:
        _world(file, content)
    error = refused.value
    assert error.message.code == f"env.{reason}"
    assert f"{file}, line {line}: " in error.message.english()
    assert "hunter2" not in str(error)


def test_names_that_nobody_reads_are_told_in_one_line(file: Path) -> None:
    world = _world(file, "\ufeffAISYNC_PROT=1\nTOKEN=hunter2\nAISYNC_PORT=1")
    (remark,) = world.told
    assert remark.english() == f"In {file} nobody reads: AISYNC_PROT, TOKEN."
    assert "TOKEN" not in world.environ
    assert remark.english() in run("settings", "get", "port").stderr
    done = aisync("settings", "get", "port", "--json")
    assert (json.loads(done.stdout), done.stderr) == ({"settings": {"port": 1}}, f"aisync: {remark.english()}\n")


def test_a_command_says_what_is_wrong_with_it(file: Path) -> None:
    file.write_text("AISYNC_PORT=x")
    done = aisync("status", "--json")
    found = json.loads(done.stdout)["error"]
    assert (done.returncode, found["code"], found["path"]) == (1, "env.refused", str(file))


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_who_else_can_write_or_read_it_is_told(file: Path) -> None:
    file.chmod(0o666)
    assert _world(file, "AISYNC_PORT=1").told == ()  # nobody else can reach it
    file.parent.chmod(0o755)
    with pytest.raises(EnvFileOpenError):
        _world(file, "AISYNC_PORT=1")
    file.chmod(0o644)
    (remark,) = _world(file, "AISYNC_PORT=1").told
    assert remark.code == "env.readable"


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
def test_a_link_or_what_is_no_file_is_not_followed(file: Path, tmp_path: Path) -> None:
    file.unlink()
    file.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotOurs):
        World.real(os.environ)
    file.unlink()
    os.mkfifo(file)
    with pytest.raises(NotOurs):
        World.real(os.environ)
