"""The house stands as it is drawn: each room imports only from the floors below it, and no module in a circle.

The floors are listed from the ground up; rooms of one line stand side by side and do not know each other. A wing's
rooms are the stages of its flow, in the order in which data passes through them.
"""

from __future__ import annotations

import ast
import functools
import json
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.helpers.messages import sentences
from tests.helpers.project import PACKAGE, modules, place

FLOORS = [
    # names alone, of whatever floor
    ("message_rooms",),
    # the basement: libraries, each of use by itself
    ("kernel",),
    ("files",),
    ("documents",),
    ("secrets",),
    ("permissions/shell",),
    ("permissions",),
    ("observe",),
    ("database",),
    ("program",),
    ("clients",),
    # the wings
    ("sync/model",),
    ("sync/settings",),
    ("sync/store",),
    ("sync/terms",),
    ("sync/looking",),
    ("sync/planning",),
    ("sync/applying",),
    ("sync/answering",),
    ("sync/reports",),
    # where they meet
    ("service",),
    ("service/live",),
    # the faces
    ("api", "cli", "ui"),
    ("app",),
    ("__main__",),
]
_LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
_WINGS = {"sync", "tasks", "activity", "hub"}
_FACES = {"api", "mcp", "cli", "ui"}
_ENGINES_AND_STORES = (  # a face has them asked by a request (service/operations); it may import the values of answers
    "sync.answering.engine",
    "sync.answering.opening",
    "sync.looking",
    "sync.reports.preview",
    "sync.store.reader",
    "sync.store.store",
    "program.store",
    "database.connection",
    "database.writer",
)
_QT_FROM = {"service/live", "ui", "app"}
_HEAVY = {"PySide6", "fastapi", "keyring", "rich", "uvicorn"}
_PLATFORMS = {"linux": "linux", "windows": "win32", "macos": "darwin"}
_WAYS_UP = {("cli", "app")}  # `aisync run` starts the app: the only way up, and made when it is taken


def _room(name: str) -> str:
    """Return the room of a module, which is the longest name in the plan that is the beginning of its own."""
    parts = name.split(".")[1:]
    ways = ("/".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((way for way in ways if way in _LEVEL), "")


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def _imports(tree: ast.Module) -> Iterator[tuple[ast.stmt, str]]:
    """Yield every module that is imported with its statement, those inside functions and for types only too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield node, inner if inner in _names() else node.module


@functools.cache
def _names() -> set[str]:
    return {_dotted(path) for path in modules()}


@functools.cache
def _all_imports() -> tuple[tuple[Path, ast.stmt, str], ...]:
    return tuple((path, node, name) for path, tree in modules().items() for node, name in _imports(tree))


def _our_imports() -> Iterator[tuple[Path, ast.stmt, str]]:
    return (found for found in _all_imports() if found[2].startswith(f"{PACKAGE.name}."))


class Arrow(NamedTuple):
    """One module that imports another, and the rooms that they are in."""

    here: str
    there: str
    importer: str
    imported: str


def arrows() -> Iterator[Arrow]:
    """Yield every import between modules of ours; one is yielded as often as it is written."""
    for path, _, name in _our_imports():
        importer = _dotted(path)
        yield Arrow(_room(importer), _room(name), importer, name)


def test_every_module_has_its_floor() -> None:
    homeless = [path for path in modules() if not _room(_dotted(path)) and _dotted(path).count(".") > 1]
    assert homeless == []
    assert _WINGS | {PACKAGE.name} >= {_dotted(path).split(".")[-1] for path in modules() if not _room(_dotted(path))}


def test_rooms_import_only_from_floors_below() -> None:
    wrong = []
    for path, node, name in _our_imports():
        here, there = _room(_dotted(path)), _room(name)
        if here != there and (here, there) not in _WAYS_UP and _LEVEL[there] >= _LEVEL[here]:
            wrong.append(f"{place(path, node)} ({here}) imports {name} ({there})")
    assert wrong == []


def test_no_module_is_in_a_circle() -> None:
    needs: dict[str, set[str]] = {}
    for path, _, name in _our_imports():
        if (_room(_dotted(path)), _room(name)) not in _WAYS_UP:
            needs.setdefault(_dotted(path), set()).add(name)
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_a_room_says_its_own_sentences_or_those_of_a_floor_below() -> None:
    homes = {code: _room(f"{room}.messages") for room, said in sentences().items() for code in said}
    wrong = []
    for path, tree in modules().items():
        here = _room(_dotted(path))
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or "." not in node.value:
                continue
            there = homes.get(node.value, here)
            if here != there and _LEVEL[there] >= _LEVEL[here]:
                wrong.append(f"{place(path, node)} ({here}) says {node.value} ({there})")
    assert wrong == []


def test_wings_do_not_know_each_other() -> None:
    wrong = [
        f"{place(path, node)} imports {name}"
        for path, node, name in _our_imports()
        if {here := _top(_dotted(path)), there := _top(name)} <= _WINGS and here != there
    ]
    assert wrong == []


def test_faces_do_not_know_each_other() -> None:
    wrong = [
        f"{place(path, node)} imports {name}"
        for path, node, name in _our_imports()
        if {here := _top(_dotted(path)), there := _top(name)} <= _FACES and here != there
    ]
    assert wrong == []


def test_faces_reach_an_engine_or_a_store_only_through_what_can_be_asked_for() -> None:
    wrong = [
        f"{place(path, node)} imports {name}"
        for path, node, name in _our_imports()
        if _top(_dotted(path)) in _FACES and name.removeprefix(f"{PACKAGE.name}.").startswith(_ENGINES_AND_STORES)
    ]
    assert wrong == []


def test_qt_is_only_where_signals_or_windows_are() -> None:
    wrong = [
        place(path, node)
        for path, node, name in _all_imports()
        if name.startswith("PySide6") and _room(_dotted(path)) not in _QT_FROM
    ]
    assert wrong == []


def test_the_live_loop_knows_no_widgets() -> None:
    wrong = [
        f"{place(path, node)} imports {name}"
        for path, node, name in _all_imports()
        if _room(_dotted(path)) == "service/live"
        and name.startswith("PySide6")
        and not name.startswith("PySide6.QtCore")
    ]
    assert wrong == []


def test_basement_and_wings_load_nothing_heavy_and_need_no_qt() -> None:
    lower = _LEVEL["service"]
    names = [_dotted(path) for path in modules() if 0 <= _level(path) < lower and _is_for_this_system(path)]
    script = f"""
import sys
sys.modules["PySide6"] = None  # as where it is not installed: to import it is an error
for name in {json.dumps(names)}: __import__(name)
del sys.modules["PySide6"]
print(sorted(sys.modules.keys() & {_HEAVY}))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def _top(name: str) -> str:
    return name.split(".")[1]


def _level(path: Path) -> int:
    return _LEVEL.get(_room(_dotted(path)), -1)


def _is_for_this_system(path: Path) -> bool:
    wanted = _PLATFORMS.get(path.stem.rsplit("_", 1)[-1])
    return wanted is None or sys.platform == wanted
