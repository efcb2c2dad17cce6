"""Which tests run first after a change; on a project whose rooms are called as nobody's are."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.helpers.durations import merged
from tools import near
from tools.near import Near, branched_off, changed_files, fitting, nearest, read_sources

FILES = {
    "house/__init__.py": "",
    "house/attic/__init__.py": "",
    "house/attic/lamp.py": "from house.cellar.wire import WIRE",
    "house/cellar/__init__.py": "",
    "house/cellar/wire.py": "WIRE = 1",
    "house/cellar/plans.py": "import house.cellar.wire\nHERE = 'drawings'",
    "house/cellar/drawings/old.toml": "a = 1",
    "house/__main__.py": "def main():\n    from house.attic import lamp",
    "tests/conftest.py": "pytest_plugins = ['tests.helpers.quiet']",
    "tests/helpers/quiet.py": "PATCHED = 'house.cellar.wire.WIRE'",
    "tests/helpers/program.py": "COMMAND = ['-m', 'house']",
    "tests/attic/test_lamp.py": "from house.attic.lamp import WIRE\ndef test_one(): pass",
    "tests/attic/test_shade.py": "def test_one(): pass",
    "tests/attic/conftest.py": "",
    "tests/cellar/test_wire.py": "def test_one(): pass",
    "tests/cellar/test_plans.py": "from house.cellar import plans\ndef test_one(): pass",
    "tests/whole/test_program.py": "from tests.helpers import program\ndef test_one(): pass",
    "tools/paint.py": "",
    "tests/whole/test_paint.py": "COMMAND = ['tools/paint.py']\ndef test_one(): pass",
    "tests/whole/test_colours.py": "from pathlib import Path\nTOOL = Path('tools') / 'paint.py'\ndef test_one(): pass",
    "tests/whole/test_pages.py": "from pathlib import Path\nPAGE = Path('doc', 'PAGE.md')\ndef test_one(): pass",
    "doc/PAGE.md": "A page.",
    ".gitignore": "*.log\n",
}


def _git(folder: Path, *words: str) -> None:
    me = ["-c", "user.name=me", "-c", "user.email=me@example.org"]
    subprocess.run(["git", *me, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    _git(tmp_path, "init", "-q", "-b", "main")
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "-qm", "all")
    return tmp_path


def _steps(project: Path, *changed: str) -> dict[str, int]:
    return {each.path: each.steps for each in nearest(changed, read_sources(project, changed), {})}


def test_what_imports_a_changed_module_or_is_called_after_it_is_nearest(project: Path) -> None:
    assert _steps(project, "house/cellar/wire.py") == {
        "tests/cellar/test_wire.py": 1,  # by its name
        "tests/cellar/test_plans.py": 2,
        "tests/attic/test_lamp.py": 2,  # by what it imports
        "tests/whole/test_program.py": 4,  # by the program that it runs
    }


def test_tests_of_the_same_room_come_before_others_that_are_as_near(project: Path) -> None:
    found = nearest(["house/attic/lamp.py"], read_sources(project), {})
    assert [(each.path, each.steps) for each in found] == [
        ("tests/attic/test_lamp.py", 1),
        ("tests/attic/test_shade.py", 2),
        ("tests/whole/test_program.py", 3),
    ]


def test_a_changed_test_is_the_first(project: Path) -> None:
    assert _steps(project, "tests/cellar/test_plans.py") == {"tests/cellar/test_plans.py": 0}


@pytest.mark.parametrize(
    ("helper", "reached"),
    [
        ("tests/attic/conftest.py", {"tests/attic/test_lamp.py", "tests/attic/test_shade.py"}),
        ("tests/helpers/program.py", {"tests/whole/test_program.py"}),
        ("tests/helpers/quiet.py", {name for name in FILES if "/test_" in name}),  # by the conftest that loads it
    ],
)
def test_a_helper_reaches_those_whom_it_helps(project: Path, helper: str, reached: set[str]) -> None:
    assert _steps(project, helper).keys() == reached


def test_a_module_that_is_gone_reaches_those_that_still_import_it(project: Path) -> None:
    (project / "house/attic/lamp.py").unlink()
    changed = changed_files(project, "HEAD")
    assert changed == ["house/attic/lamp.py"]
    assert _steps(project, *changed)["tests/attic/test_lamp.py"] == 1


@pytest.mark.parametrize(
    ("data", "first"),
    [
        ("house/cellar/drawings/old.toml", "tests/cellar/test_plans.py"),  # by the module beside that names its folder
        ("doc/PAGE.md", "tests/whole/test_pages.py"),
    ],
)
def test_a_file_that_is_no_module_reaches_the_tests_of_who_names_it(project: Path, data: str, first: str) -> None:
    assert nearest([data], read_sources(project), {})[0].path == first


def test_a_script_reaches_the_tests_that_start_it(project: Path) -> None:
    assert _steps(project, "tools/paint.py").keys() == {"tests/whole/test_paint.py", "tests/whole/test_colours.py"}


def test_what_nobody_knows_reaches_no_test(project: Path) -> None:
    assert _steps(project, "LICENSE") == {}


def test_changed_is_what_differs_from_the_main_branch_and_what_is_new(project: Path) -> None:
    _git(project, "checkout", "-qb", "mine")
    (project / "house/cellar/wire.py").write_text("WIRE = 2", encoding="utf-8")
    _git(project, "commit", "-qam", "mine")
    _git(project, "checkout", "-q", "main")
    (project / "doc/PAGE.md").write_text("Another.", encoding="utf-8")
    _git(project, "commit", "-qam", "theirs")
    _git(project, "checkout", "-q", "mine")
    _git(project, "mv", "house/attic/lamp.py", "house/attic/light.py")
    (project / "house/new.py").touch()
    (project / "house/ignored.log").touch()
    assert changed_files(project, branched_off(project)) == [
        "house/attic/lamp.py",
        "house/attic/light.py",
        "house/cellar/wire.py",
        "house/new.py",
    ]


def test_without_a_main_branch_what_is_not_committed_counts(project: Path) -> None:
    _git(project, "branch", "-m", "trunk")
    assert branched_off(project) == "HEAD"


def test_as_many_as_fit_are_played_the_nearest_first() -> None:
    found = [Near("a", 1, 3.0), Near("b", 1, 9.0), Near("c", 2, 1.0), Near("d", 3, 2.0)]
    assert [each.path for each in fitting(found, 5.0)] == ["a", "c"]


def test_the_nearest_is_played_however_long_it_takes() -> None:
    assert [each.path for each in fitting([Near("a", 1, 99.0), Near("b", 1, 1.0)], 5.0)] == ["a"]


def test_known_durations_are_preferred_to_a_guess(project: Path) -> None:
    place = project / near.DURATIONS
    place.parent.mkdir(parents=True)
    place.write_text(json.dumps({"tests/attic/test_lamp.py": {"test_one": 1.5, "test_two": 2.0}}), encoding="utf-8")
    found = nearest(["house/attic/lamp.py"], read_sources(project), near.durations(project))
    assert [each.seconds for each in found[:2]] == [3.5, near._GUESS]


@pytest.mark.parametrize("text", [None, "{"])
def test_durations_that_cannot_be_read_are_none(project: Path, text: str | None) -> None:
    if text is not None:
        (project / near.DURATIONS).parent.mkdir(parents=True)
        (project / near.DURATIONS).write_text(text, encoding="utf-8")
    assert near.durations(project) == {}


def test_a_run_of_some_tests_forgets_no_others() -> None:
    known = {"a": {"test_one": 1.0, "test_two": 2.0}, "b": {"test_one": 3.0}}
    assert merged(known, {"a": {"test_two": 4.0}}) == {**known, "a": {"test_one": 1.0, "test_two": 4.0}}


_MANY = [Near(f"tests/test_{number}.py", 1, 10.0) for number in range(30)]


def test_what_is_left_out_is_told_with_the_way_to_run_it() -> None:
    lines = list(near.told(["x.py"], _MANY, _MANY[:2]))
    assert lines[:3] == [
        "Changed files: 1. Test files that have to do with them: 30, of which these run:",
        "  tests/test_0.py",
        "  tests/test_1.py",
    ]
    assert "28 do not fit (140 s more):" in lines
    assert lines[-1].startswith("`make test-near ARGS=")


def test_nothing_is_left_out_where_all_fit() -> None:
    assert len(list(near.told(["x.py"], _MANY[:2], _MANY[:2]))) == 3


def test_a_list_runs_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(near, "ROOT", project)
    (project / "house/attic/lamp.py").write_text("", encoding="utf-8")
    assert near.main(["--list"]) == 0
    assert capsys.readouterr().out.splitlines()[1].strip() == "tests/attic/test_lamp.py"


@pytest.mark.parametrize(("passes", "code"), [("pass", 0), ("assert False", 1)])
def test_the_tests_are_run_and_their_end_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch, passes: str, code: int
) -> None:
    monkeypatch.setattr(near, "ROOT", project)
    (project / "tests/conftest.py").write_text("", encoding="utf-8")
    _git(project, "commit", "-qam", "no helpers")
    (project / "tests/attic/test_shade.py").write_text(f"def test_one(): {passes}", encoding="utf-8")
    bare = [f"-pno:{name}" for name in ("cov", "hypothesispytest", "randomly", "xdist", "xvfb", "pytest-qt")]
    assert near.main(["-q", *bare]) == code


def test_where_nothing_was_changed_nothing_runs(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "ROOT", project)
    assert near.main([]) == 0
