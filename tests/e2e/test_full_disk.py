"""A state folder on a disk that is full: a start ends with our words, and what there is can be read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.clients import Clients
from tests.helpers.patience import PATIENCE
from tests.helpers.program import aisync

# In a mount namespace of its own, that nothing else sees: a small disk with our folder on it, but for so much full.
SCRIPT = """
set -e
mount -t tmpfs -o size=2000k tmpfs "$1"
cp -r "$2" "$1/own"
export AISYNC_HOME="$1/own"
cat /dev/zero > "$1/rest" 2> /dev/null || true
truncate -s "-$3" "$1/rest"
shift 3
exec "$@"
"""
NAMESPACE = ("unshare", "--map-root-user", "--mount")


def can_mount() -> bool:
    probe = [*NAMESPACE, "sh", "-c", "mount -t tmpfs tmpfs /mnt"]
    return bool(shutil.which("unshare")) and subprocess.run(probe, capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(not can_mount(), reason="nobody may mount a disk here")


# An app for whose lock there is room waits for more (tests/service/live/test_live.py).
@pytest.mark.parametrize(
    ("free", "words"), [("0", ["sync"]), ("8k", ["sync"]), ("0", ["run", "--headless", "--port", "0"])]
)
def test_a_start_without_room_ends_with_our_words(
    isolated_home: Path, tmp_path: Path, free: str, words: list[str]
) -> None:
    clients = Clients.make(isolated_home)
    assert aisync("init", "--yes").returncode == 0
    clients.add("codex", "fresh")
    before, disk = clients.bytes(), tmp_path / "disk"
    disk.mkdir()
    given = [str(disk), os.environ["AISYNC_HOME"], free]
    done = subprocess.run(
        [*NAMESPACE, "sh", "-c", SCRIPT, "sh", *given, sys.executable, "-m", "aisync_desktop", *words],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    (told,) = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (1, "")
    assert str(disk / "own" / "state") in told
    assert "space" in told
    assert clients.bytes() == before
