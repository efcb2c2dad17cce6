"""What no general linter knows of: the rules of this project, each with its reason in the test's name."""

from __future__ import annotations

import ast
import re
import statistics
import tempfile
import tomllib
from pathlib import Path

from tests.helpers.project import PACKAGE, ROOT, functions, modules, place, project_files

_LONGEST_FUNCTION, _USUAL_FUNCTION, _LONGEST_FILE = 50, 20, 500
_TRANSLATORS = {"tr", "translate", "QT_TRANSLATE_NOOP", "QT_TR_NOOP"}
# Where packages come from is the machine's affair, and nobody's folders belong into the project.
_ELSEWHERE = re.compile(
    r"pypi[.]org|pythonhosted[.]org|npmjs[.]org|deb[.]debian[.]org|archive[.]ubuntu[.]com|crates[.]io|proxy[.]golang"
    r"|--(extra-)?index-url|--find-links"
)
# The folder above this checkout and the home of who runs this, unless it is a top folder or a name that examples use.
_OWN = [
    folder
    for folder in (ROOT.parent, Path.home())
    if folder not in {Path("/"), Path(tempfile.gettempdir())} and folder.parent != Path("/home")
]
_OWN_FOLDER = re.compile(rf"(?<![\w.~])(?:{'|'.join(re.escape(folder.as_posix()) for folder in _OWN) or '(?!)'})/\w")
_BLANKET = re.compile(
    r"#\s*noqa(?!: ?[A-Z]+\d+)|#\s*type:\s*ignore(?!\[)|#\s*ruff:\s*noqa(?!: ?[A-Z]+\d+)|#\s*mypy:\s*ignore-errors"
)
_REASON = re.compile(r"#\s*noqa: ?[A-Z0-9, ]+$")

_POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{\d*,?\d*\})\+|\(\?>")


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")


def _python_files() -> list[Path]:
    return [path for path in project_files() if path.suffix == ".py"]


def test_no_interpolation_inside_a_translation_since_lupdate_would_never_match_it() -> None:
    wrong = [
        place(path, node)
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _name(node.func) in _TRANSLATORS and any(map(_interpolates, node.args))
    ]
    assert not wrong


def _name(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def _interpolates(argument: ast.expr) -> bool:
    return any(
        isinstance(node, ast.JoinedStr)
        or (isinstance(node, ast.Call) and _name(node.func) in {"format", "format_map"})
        or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod))
        for node in ast.walk(argument)
    )


def test_no_file_names_a_package_index_or_a_folder_of_one_machine() -> None:
    wrong = [
        f"{place(path)}:{number}: {found.group()}"
        for path in project_files()
        if "fixtures" not in path.parts and path != Path(__file__)
        for number, line in enumerate(_text(path).splitlines(), 1)
        if (found := _ELSEWHERE.search(line) or _OWN_FOLDER.search(line))
    ]
    assert not wrong


def test_every_module_says_what_it_is() -> None:
    assert not [place(path) for path, tree in modules().items() if not ast.get_docstring(tree)]


def test_no_check_is_silenced_wholesale() -> None:
    wrong = [
        f"{place(path)}:{number}"
        for path in _python_files()
        if path != Path(__file__)
        for number, line in enumerate(_text(path).splitlines(), 1)
        if _BLANKET.search(line)
    ]
    assert not wrong


def test_a_silenced_check_says_why() -> None:
    wrong = [
        f"{place(path)}:{number}"
        for path in _python_files()
        if path.is_relative_to(PACKAGE)
        for number, line in enumerate(_text(path).splitlines(), 1)
        if _REASON.search(line)
    ]
    assert not wrong


def test_no_regex_repeats_a_group_possessively_since_python_3_11_2_matches_it_wrongly() -> None:
    """Debian 12 has that Python; a single character or class may be possessive (CPython issue 106052)."""
    wrong = [
        place(path, node)
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _POSSESSIVE_GROUP.search(node.value)
    ]
    assert not wrong


def test_functions_can_be_read_at_a_glance() -> None:
    lengths = {place(path, node): (node.end_lineno or 0) - node.lineno + 1 for path, node in functions()}
    assert not {where: length for where, length in lengths.items() if length > _LONGEST_FUNCTION}
    assert statistics.quantiles(lengths.values(), n=20)[-1] <= _USUAL_FUNCTION


def test_files_have_one_job() -> None:
    lengths = {place(path): len(_text(path).splitlines()) for path in _python_files()}
    assert not {where: length for where, length in lengths.items() if length > _LONGEST_FILE}


def test_charts_and_the_whole_of_qt_stay_out_for_their_licence_and_size() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert not [name for name in project["dependencies"] if re.match(r"PySide6(_Addons)?\b(?!_)", name)]
    pinned = (ROOT / "requirements" / "dev.lock").read_text(encoding="utf-8")
    assert not re.search(r"^pyside6(-addons)?==", pinned, re.MULTILINE)
    assert not [place(path) for path in modules() if re.search(r"QtCharts|QtGraphs|QtWebEngine", _text(path))]
