"""The project as a heap of files, for the tests that look at it from outside."""

from __future__ import annotations

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.helpers.garbage import to_stay

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "aisync_desktop"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@functools.cache
def project_files() -> tuple[Path, ...]:
    """Return what git would commit: tracked files and new ones that are not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(path for name in sorted(set(listed.split("\0"))) if name and (path := ROOT / name).is_file())


@functools.cache
def modules() -> dict[Path, ast.Module]:
    """Return the syntax tree of every module of the package."""
    with to_stay():
        return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def functions() -> Iterator[tuple[Path, Function]]:
    """Yield every function of the package."""
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, Function):
                yield path, node


def place(path: Path, node: ast.stmt | ast.expr | None = None) -> str:
    """Name a place as editors and people find it."""
    name = path.relative_to(ROOT).as_posix()
    return f"{name}:{node.lineno}" if node else name
