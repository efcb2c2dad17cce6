"""Each floor of the house imports only from those below it, and nothing heavy comes in through the cellar."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from tests.helpers.project import PACKAGE, modules, place

_FLOORS = {"core", "documents", "connectors", "files", "secrets", "store", "engine"}
_LIVE = _FLOORS | {"pipeline", "observe"}
# Who may import whom, besides itself.
ALLOWED = {
    "__init__": set[str](),
    "core": set[str](),
    "documents": {"core"},
    "connectors": {"core", "documents"},
    "files": {"core"},
    "secrets": {"core", "files"},
    "store": {"core", "files", "secrets"},
    "engine": _FLOORS,
    "observe": {"core", "files", "secrets", "store"},
    "pipeline": _FLOORS | {"observe"},
    "api": _LIVE,
    "ui": _LIVE,
    "cli": _LIVE | {"api", "app"},  # `aisync run` starts the app, other commands talk to its API
    "app": _LIVE | {"api", "cli", "ui"},
    "__main__": {"cli"},
}
_QT_FROM = {"pipeline", "ui", "app"}
_HEAVY = {"PySide6", "fastapi", "keyring", "rich", "uvicorn"}
_PLATFORMS = {"linux": "linux", "windows": "win32", "macos": "darwin"}


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(tree: ast.Module) -> list[tuple[ast.stmt, str]]:
    """Return every imported name with its statement, those inside functions too."""
    found: list[tuple[ast.stmt, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [(node, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def _our_room(name: str) -> str | None:
    parts = name.split(".")
    if parts[0] != PACKAGE.name or len(parts) == 1:
        return None
    return parts[1] if (PACKAGE / parts[1]).is_dir() or (PACKAGE / f"{parts[1]}.py").exists() else "__init__"


def test_every_room_has_its_floor() -> None:
    assert {_room(path) for path in modules()} <= ALLOWED.keys()


def test_rooms_import_only_from_below() -> None:
    wrong = [
        f"{place(path, node)} imports {name}"
        for path, tree in modules().items()
        for node, name in _imports(tree)
        if (room := _our_room(name)) and room not in ALLOWED[_room(path)] | {_room(path), "__init__"}
    ]
    assert not wrong


def test_qt_stays_in_the_upper_rooms() -> None:
    wrong = [
        place(path, node)
        for path, tree in modules().items()
        for node, name in _imports(tree)
        if name.startswith("PySide6") and _room(path) not in _QT_FROM
    ]
    assert not wrong


def test_the_pipeline_knows_no_widgets() -> None:
    wrong = [
        f"{place(path, node)} imports {name}"
        for path, tree in modules().items()
        for node, name in _imports(tree)
        if _room(path) == "pipeline" and name.startswith("PySide6") and not name.startswith("PySide6.QtCore")
    ]
    assert not wrong


def test_lower_rooms_load_nothing_heavy() -> None:
    names = [_dotted(path) for path in modules() if _room(path) in _FLOORS and _is_for_this_system(path)]
    script = f"import sys\nfor name in {names}: __import__(name)\nprint(sorted(sys.modules.keys() & {_HEAVY}))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def _is_for_this_system(path: Path) -> bool:
    wanted = _PLATFORMS.get(path.stem.rsplit("_", 1)[-1])
    return wanted is None or sys.platform == wanted
