"""Seeds that nobody has seen: others with every commit, the same ones as often as a commit is tried.

Fixed seeds prove only what is mended already. What fails with a fresh one is told with its seed, which plays it again.
At a desk all are fresh: the fixed ones are played in CI.
"""

from __future__ import annotations

import functools
import hashlib
import subprocess
from pathlib import Path

from tests.helpers.effort import tries

_ROOT = Path(__file__).parents[2]
_FIRST, _BLOCKS, _BLOCK = 1_000_000_000, 1_000_000, 1_000_000  # above all seeds that are fixed; none is in two blocks


@functools.cache
def first_fresh_seed() -> int:
    """Return where the fresh seeds of this commit begin."""
    return _FIRST + _BLOCK * (int(_commit() or _content(_ROOT), 16) % _BLOCKS)


def seeds(count: int, part: int, parts: int) -> tuple[int, ...]:
    """Return one of some parts of so many seeds; half of them are fixed, half are fresh."""
    fixed = tries(desk=0, check=count // 2, deep=count // 2)
    return tuple(seed if seed < fixed else first_fresh_seed() + seed for seed in range(part, count, parts))


def some(count: int, *, desk: int, check: int = 1) -> range:
    """Return one of so many of the first `count` numbers, others with every commit; all of them in deep runs."""
    step = tries(desk=desk, check=check, deep=1)
    return range(first_fresh_seed() % step, count, step)


def _commit() -> str:
    """Return the name of the commit that is checked out; "" where there is none."""
    command = ["git", "rev-parse", "--verify", "HEAD"]
    try:
        asked = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return asked.stdout.strip() if asked.returncode == 0 else ""


def _content(root: Path) -> str:
    """Return a name of what the sources are like today."""
    content = hashlib.sha256()
    for path in sorted((root / "aisync_desktop").rglob("*.py")):
        content.update(path.read_bytes())
    return content.hexdigest()
