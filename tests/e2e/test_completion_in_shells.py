"""Completion in real shells, at a terminal: what Tab puts into the line means just that name, and runs nothing."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.helpers.patience import PATIENCE
from tests.helpers.program import aisync, until

pytestmark = pytest.mark.skipif(os.name != "posix", reason="terminals of POSIX")
SHELLS = {
    "bash": (["bash", "--norc", "-i"], "source <(aisync completion bash)"),
    "zsh": (["zsh", "-f", "-i"], "autoload -U compinit; compinit -u -D; source <(aisync completion zsh)"),
    "fish": (["fish", "--no-config", "-i"], "aisync completion fish | source"),
}
# By a beginning that no other one has: names as somebody may write them into a file that we read.
HOSTILE = {
    "mcp/a": "mcp/a $(touch ran)",
    "mcp/b": "mcp/b`touch ran`",
    "mcp/c": "mcp/c; touch ran",
    "mcp/d": "mcp/d' && touch ran '",
    "mcp/e": 'mcp/e" | touch ran "',
    "mcp/f": "mcp/f:g=h@i",
    "mcp/j": "mcp/j * ? [x] {y,z} ~",
    "mcp/k": "mcp/k\\ !! !1 #x <y >z",
    "mcp/l": "mcp/l한글 é",
    "permissions/": "permissions/shell: git status",
}
UNSEEN = ["mcp/x\ntouch ran", "mcp/x\x1b[2Jx", "mcp/x\u202etxt", "--yes\ttouch ran"]


def _wrapper(folder: Path, told: Path) -> None:
    """Put an `aisync` first in the path that completes as ours does, and writes down what else it is asked."""
    script = (
        f"#!{sys.executable}\nimport json, os, sys\n"
        "if sys.argv[1:2] == ['completion']:\n"
        f"    os.execv({sys.executable!r}, [{sys.executable!r}, '-m', 'aisync_desktop', *sys.argv[1:]])\n"
        f"open({str(told)!r} + '.part', 'w').write(json.dumps(sys.argv[1:]))\n"
        f"os.replace({str(told)!r} + '.part', {str(told)!r})\n"
    )
    path = folder / "aisync"
    path.write_text(script, encoding="utf-8")
    path.chmod(0o755)


# The first to open a terminal in a session of its own has it for its keys, as a shell wants it.
_AT_TERMINAL = "import os, sys; os.open(os.ttyname(0), os.O_RDWR); os.execvp(sys.argv[1], sys.argv[1:])"


class Terminal:
    """A shell at a terminal of its own."""

    def __init__(self, argv: list[str]) -> None:
        self._fd, inside = os.openpty()
        self._shell = subprocess.Popen(
            [sys.executable, "-c", _AT_TERMINAL, *argv],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            start_new_session=True,
        )
        os.close(inside)
        os.set_blocking(self._fd, False)

    def type(self, keys: str) -> None:
        """Type, and go on."""
        os.write(self._fd, keys.encode())

    def until(self, true: Callable[[], bool]) -> None:
        """Wait, and let the shell print meanwhile."""

        def tried() -> bool:
            with suppress(BlockingIOError):
                os.read(self._fd, 65536)
            return true()

        until(tried)

    def close(self) -> None:
        """End it."""
        self._shell.kill()
        self._shell.wait()
        os.close(self._fd)


@pytest.fixture
def folder(tmp_path: Path, isolated_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, with names in the database that nobody would think of."""
    (isolated_home / ".claude.json").write_text('{"mcpServers": {"z": {"command": "z"}}}')
    assert aisync("init", "--yes").returncode == 0
    items = json.dumps({name: {} for name in (*HOSTILE.values(), *UNSEEN)})
    with closing(sqlite3.connect(Path(os.environ["AISYNC_HOME"], "state", "aisync.sqlite3"))) as database, database:
        database.execute("UPDATE config_snapshot SET payload = ?", (items,))
    (tmp_path / "bin").mkdir()
    (tmp_path / "at").mkdir()
    _wrapper(tmp_path / "bin", tmp_path / "told")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.chdir(tmp_path / "at")
    return tmp_path


@pytest.fixture(params=SHELLS)
def terminal(request: pytest.FixtureRequest, folder: Path) -> Iterator[Terminal]:
    argv, source = SHELLS[request.param]
    if shutil.which(argv[0]) is None:
        pytest.skip(f"there is no {argv[0]}")
    made = Terminal(argv)
    try:
        made.type(f"{source}; touch {folder / 'ready'}\r")
        made.until((folder / "ready").exists)
        yield made
    finally:
        made.close()


@pytest.mark.timeout(10 * PATIENCE)
def test_a_name_that_is_completed_is_that_name_and_is_not_run(terminal: Terminal, folder: Path) -> None:
    told = folder / "told"
    for typed, name in HOSTILE.items():
        terminal.type(f"aisync unpin {typed}\t\r")
        terminal.until(told.exists)
        assert json.loads(told.read_text(encoding="utf-8")) == ["unpin", name]
        told.unlink()
    terminal.type("aisync unpin mcp/x\t\raisync setti\tge\tlanguag\t\r")
    terminal.until(lambda: told.exists() and "settings" in told.read_text(encoding="utf-8"))
    assert json.loads(told.read_text(encoding="utf-8")) == ["settings", "get", "language"]
    assert list((folder / "at").iterdir()) == []


@pytest.mark.timeout(10 * PATIENCE)
def test_files_are_completed_where_a_file_is_meant(terminal: Terminal, folder: Path) -> None:
    (folder / "at" / "saved $(touch ran)").touch()
    terminal.type("aisync restore sav\t\r")
    terminal.until((folder / "told").exists)
    assert json.loads((folder / "told").read_text(encoding="utf-8")) == ["restore", "saved $(touch ran)"]
    assert [one.name for one in (folder / "at").iterdir()] == ["saved $(touch ran)"]
