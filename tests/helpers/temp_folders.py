"""Where tests keep their folders: in memory where the machine has room there, but on the disk where it is the subject.

What makes every write durable makes the engine's tests three times as long on a disk, and they find nothing by that.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

_MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own there, which others cannot look into
_ROOM = 2 << 30  # bytes; a whole run takes a fifth of a gigabyte
_CHOICE = "PYTEST_DEBUG_TEMPROOT"  # pytest's variable


def pytest_configure() -> None:
    """Choose memory, unless somebody chose."""
    if _CHOICE not in os.environ and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free >= _ROOM:
        os.environ[_CHOICE] = str(_MEMORY)


@pytest.fixture
def path_on_disk() -> Iterator[Path]:
    """Return a folder on the disk, whatever others have."""
    with TemporaryDirectory(prefix="pytest-") as folder:
        yield Path(folder).resolve()
