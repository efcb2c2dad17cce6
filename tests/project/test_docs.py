"""The documentation is true: what it tells to type works, what the code offers is told, and links lead somewhere.

Every line of a ```sh block is run or looked up here, but for NOT_RUN, where each says who checks it otherwise.
"""

from __future__ import annotations

import ast
import io
import re
import shlex
import subprocess
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import aisync_desktop
from aisync_desktop.cli.app import app
from aisync_desktop.cli.grouped import GROUPS
from aisync_desktop.files.places import find_places
from aisync_desktop.kernel.settings import variable
from aisync_desktop.service.settings import NAMES, in_force
from tests.helpers.program import aisync
from tests.helpers.project import PACKAGE, ROOT, Function, modules, place, project_files

PAGES = ("README.md", "CONTRIBUTING.md")
NOT_RUN = {
    "python3 tools/setup.py run": "needs a network; its steps are tested in test_setup.py",
    "python3 -m venv .venv": "is the step make_venv of tools/setup.py",
    ".venv/bin/pip install --require-hashes --no-deps -r requirements/app.lock": "needs a network; what prepare does",
    ".venv/bin/pip install --no-deps --no-build-isolation -e .": "changes .venv; what prepare does",
    ".venv/bin/python -m aisync_desktop run": "needs a display; tested with the app",
    ".venv/bin/pre-commit install": "writes to .git; the configuration is validated in test_locks.py",
    ".venv/bin/python tools/translations.py check": "tested with the translations",
}
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_DOCUMENTS = sorted([*PAGES, "CHANGELOG.md", *(f"docs/{page.name}" for page in ROOT.glob("docs/*.md"))])
_MODULE = re.compile(r"(?<![\w*{/.])([\w./]*\w\.py)\b")
_FOLDER = re.compile(r"`((?:\w+/)+)`")
_MEMBER = re.compile(r"`([A-Z]\w+)\.(\w+)`")
_MADE = {"dist/", "build/"}  # by `make build`
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def _commands() -> list[str]:
    texts = [(ROOT / page).read_text(encoding="utf-8") for page in PAGES]
    return [line for text in texts for block in _BLOCK.findall(text) for line in block.splitlines() if line]


def test_every_command_is_checked_somewhere() -> None:
    assert {command for command in _commands() if command.split()[0] not in {"make", "aisync"}} == NOT_RUN.keys()


def test_every_make_target_that_is_told_of_works() -> None:
    text = "".join((ROOT / page).read_text(encoding="utf-8") for page in PAGES)
    told = set(re.findall(r"(?:^|`)make ([a-z-]+)\b", text, re.MULTILINE))
    assert told == _targets() - {"setup"}
    subprocess.run(["make", "--dry-run", *sorted(told)], cwd=ROOT, capture_output=True, check=True)


def _targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_make_alone_tells_every_target() -> None:
    told = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^make ([a-z-]+)", told, re.MULTILINE)) == _targets()


def test_the_example_session_works_on_a_fresh_machine() -> None:
    """Run it in its order; the exit code is 0 unless a comment states another: `aisync status # exit 3: why`."""
    session = [command for command in _commands() if command.split()[0] == "aisync"]
    assert session
    for command in session:
        words, _, comment = command.partition(" # exit ")
        done = aisync(*shlex.split(words)[1:])
        assert (done.returncode, done.stderr) == (int(comment[:1] or 0), ""), command
        assert done.stdout, command


def test_generated_pages_are_current() -> None:
    command = [sys.executable, "tools/gen_docs.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_example_of_an_environment_has_every_variable_with_its_default() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    told = dict(line.removeprefix("# ").split("=", 1) for line in lines if line.startswith("# AISYNC_"))
    read = set(re.findall(r"AISYNC_[A-Z]+", "".join(path.read_text("utf-8") for path in modules())))
    assert told.keys() == {variable(name) for name in NAMES} | read - {"AISYNC_"}
    assert in_force({}, told) == in_force({}, {})


def test_every_command_is_in_one_group_of_the_help_and_in_the_table_of_the_docs() -> None:
    page = (ROOT / "docs" / "CLI.md").read_text(encoding="utf-8")
    names = [name for _, members in GROUPS for name in members]
    assert sorted(names) == sorted(get_command(app).commands)  # type: ignore[attr-defined]  # it is a group
    below = re.findall(r"^## (aisync \S.*)$", page, re.MULTILINE)
    told = re.findall(r"^\| \[`(aisync .+?)`\]", page, re.MULTILINE)
    assert len(told) == len(set(told)) > len(names)
    assert {words.split()[1] for words in told} == set(names)
    assert set(told) <= set(below)


_SCOPES = ("user", "project")
_KINDS = {"mcp": "MCP servers", "rules": "rules", "permissions": "permissions"}
_EVIDENCE = {"run": "the client itself", "source": "its source", "docs": "its documentation"}


def _row(client: dict[str, Any]) -> str:
    ends = [endpoint for endpoint in client["endpoints"] if not endpoint.get("consulted")]
    said = [{endpoint["kind"] for endpoint in ends if endpoint["scope"] == scope} for scope in _SCOPES]
    columns = [", ".join(word for kind, word in _KINDS.items() if kind in kinds) or "-" for kinds in said]
    return f"| {client['name']} | {columns[0]} | {columns[1]} | {_EVIDENCE[client['verified']]} |"


def test_the_readme_tells_of_every_client() -> None:
    files = sorted((ROOT / "aisync_desktop/clients/descriptors").glob("*.toml"))
    rows = [_row(tomllib.loads(path.read_text(encoding="utf-8"))) for path in files]
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert rows
    assert not [row for row in rows if row not in readme]


@pytest.mark.parametrize("page", _DOCUMENTS)
def test_links_lead_to_files(page: str) -> None:
    path = ROOT / page
    links = _LINK.findall(path.read_text(encoding="utf-8"))
    assert not [link for link in links if not (path.parent / link).exists()]


@pytest.mark.skipif(sys.platform != "linux", reason="the column of Linux")
def test_the_readme_tells_where_things_are(isolated_home: Path) -> None:
    places = find_places({"HOME": str(isolated_home)})
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for folder in (places.state, places.config, places.log):
        assert f"`~/{folder.relative_to(isolated_home)}`" in readme


def test_the_version_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == aisync_desktop.__version__


def _prose_with(what: str) -> Iterator[tuple[str, str]]:
    """Yield what people read that may have this: pages whole; of code the docstrings and the comments."""
    for path in project_files():
        if "fixtures" in path.parts or path.suffix not in {".md", ".py"}:
            continue
        text = path.read_text(encoding="utf-8")
        if what not in text:
            continue
        if path.suffix == ".md":
            yield place(path), text
        else:
            in_comments = _comments(text) if re.search(f"#.*{re.escape(what)}", text) else ()
            yield from ((place(path), said) for said in (*_docstrings(text), *in_comments))


def _docstrings(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | Function):
            yield ast.get_docstring(node) or ""


def _comments(source: str) -> Iterator[str]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def test_every_module_that_a_text_names_exists() -> None:
    known = {name for path in project_files() for name in _names(path.relative_to(ROOT))}
    named = {(where, name) for where, text in _prose_with(".py") for name in _MODULE.findall(text)}
    assert len(named) > len(_DOCUMENTS)
    assert not [f"{where}: {name}" for where, name in named if name not in known]


def _names(path: Path) -> Iterator[str]:
    """Yield all that a file may be called: by its whole path, without its first folder, and so on."""
    return ("/".join(path.parts[first:]) for first in range(len(path.parts)))


@pytest.mark.parametrize("page", _DOCUMENTS)
def test_every_folder_that_a_page_names_exists(page: str) -> None:
    named = set(_FOLDER.findall((ROOT / page).read_text(encoding="utf-8"))) - _MADE
    assert not [name for name in named if not any((top / name).is_dir() for top in (ROOT, PACKAGE))]


def test_what_the_architecture_names_of_a_class_is_in_it() -> None:
    named = set(_MEMBER.findall((ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")))
    assert named
    assert named <= {(kind.name, member) for kind in _classes() for member in _members(kind)}


def _classes() -> Iterator[ast.ClassDef]:
    for tree in modules().values():
        yield from (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))


def _members(kind: ast.ClassDef) -> Iterator[str]:
    for node in ast.walk(kind):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
