"""What a shell is offered at Tab: commands, options, known names; quickly, and without a trace."""

from __future__ import annotations

import json
import os
import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.cli import completion
from aisync_desktop.cli.completing import complete, in_bash, in_powershell, line_of
from aisync_desktop.files.places import resource
from aisync_desktop.sync.store.known_names import ABOUT_COPIES, KnownNames
from aisync_desktop.sync.terms.decisions import CONSENTING, SERVERS
from tests.cli.conftest import answer, run
from tests.helpers.clients import Clients

BREAKS = " \t\n\"'><=;|&(:"
TABLE: dict[str, Any] = {
    "options": {"--help": {"about": "Help"}},
    "commands": {
        "take": {
            "about": "Take one",
            "options": {
                "--json": {"about": "JSON"},
                "--from": {"about": "Whose", "takes": [":client", "base"], "many": True},
                "--limit": {"about": "How many", "takes": [], "also": ["-n"]},
                "-n": {"about": "How many", "takes": [], "also": ["--limit"]},
                "--to": {"about": "File", "takes": [":file"]},
            },
            "arguments": [{"takes": [":item"], "many": False}, {"takes": ["x", "y"], "many": True}],
        },
        "group": {
            "about": "More",
            "options": {},
            "commands": {"add": {"about": "Add", "options": {}, "arguments": [{"takes": [":folder"], "many": False}]}},
        },
    },
}
NAMES = {"client": [("codex", "Codex CLI"), ("cursor", "Cursor")], "item": [("mcp/a b", "at home")]}


@pytest.mark.parametrize(
    ("words", "word", "way", "offered"),
    [
        ([], "", "words", ["take", "group"]),
        ([], "-", "words", ["--help"]),
        (["take"], "mcp", "words", ["mcp/a b"]),
        (["take", "mcp/a b"], "", "words", ["x", "y"]),
        (["take", "mcp/a b", "x"], "", "words", ["x", "y"]),
        (["take"], "--", "words", ["--json", "--from", "--limit", "--to"]),
        (["take", "--json", "--from", "codex", "-n", "3"], "--", "words", ["--from", "--to"]),
        (["take", "--from"], "c", "words", ["codex", "cursor"]),
        (["take"], "--from=b", "words", ["--from=base"]),
        (["take", "--limit"], "", "words", []),
        (["take", "--limit=3"], "mcp", "words", ["mcp/a b"]),
        (["take"], "--json=", "words", []),
        (["take", "--to"], "", "files", []),
        (["take"], "--to=", "files", []),
        (["take", "--"], "-", "words", []),
        (["take", "--", "-x"], "", "words", ["x", "y"]),
        (["group"], "", "words", ["add"]),
        (["group", "add"], "", "folders", []),
        (["group", "add", "/x"], "", "words", []),
        (["nobody"], "", "words", []),
        (["nobody", "--nothing"], "-", "words", []),
    ],
)
def test_what_can_stand_there_is_offered(words: list[str], word: str, way: str, offered: list[str]) -> None:
    found = complete(TABLE, words, word, lambda sort, _: NAMES[sort])
    assert (found.way, [one.word for one in found.words]) == (way, offered)


def test_a_name_that_does_not_show_what_it_is_or_would_be_an_option_is_not_offered() -> None:
    names = ["good", "a\nb", "a\x1b[31m", "a\u202eb", "a\u200b", "a\tb", "--yes", "-", "\ud800"]
    found = complete(TABLE, ["take"], "", lambda *_: [(name, "a\tb\x07") for name in names])
    assert [tuple(one) for one in found.words] == [("good", "a\\tb\\x07")]


@pytest.mark.parametrize(
    ("typed", "words", "word", "quote"),
    [
        ("aisync ", ["aisync"], "", ""),
        ("aisync  pin\tmcp/a\\ b", ["aisync", "pin"], "mcp/a b", ""),
        ("aisync 'a b' \"c \\\" \\x", ["aisync", "a b"], 'c " \\x', '"'),
        ("aisync '$(x)", ["aisync"], "$(x)", "'"),
        ("aisync $(x) `y` \\", ["aisync", "$(x)", "`y`"], "\\", ""),
        ("", [], "", ""),
    ],
)
def test_a_line_is_read_and_nothing_of_it_done(typed: str, words: list[str], word: str, quote: str) -> None:
    line = line_of(typed)
    assert (list(line.words), line.word, line.quote) == (words, word, quote)


@pytest.mark.parametrize(
    ("typed", "word", "put"),
    [
        ("x ", "$(touch x)`y`", "\\$\\(touch\\ x\\)\\`y\\`"),
        ("x ", "~root;é!*?", "\\~root\\;é\\!\\*\\?"),
        ("x permissions/shell:", "permissions/shell: git", "\\ git"),
        ("x a\\:", "a:b", "a:b"),
        ('x a"b":', "ab:c", None),
        ("x 'a", "a $b", "a $b"),
        ("x 'a", "a'b", None),
        ('x "a', "a b", "a b"),
        ('x "a', "a $b", None),
    ],
)
def test_bash_is_given_what_means_the_name_and_nothing_else(typed: str, word: str, put: str | None) -> None:
    assert in_bash(word, line_of(typed), BREAKS) == put


@given(st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), min_size=1))
def test_whatever_the_name_bash_reads_it_back(word: str) -> None:
    quoted = in_bash(word, line_of("x "), BREAKS)
    assert quoted is not None
    assert shlex.split(quoted) == [word]
    assert line_of(f"x {quoted}").word == word


def test_powershell_is_given_text() -> None:
    assert in_powershell("mcp/a-b") == "mcp/a-b"
    assert in_powershell("a'b\u2019$(x)") == "'a''b\u2019\u2019$(x)'"


@pytest.mark.parametrize("shell", completion.SCRIPTS)
def test_the_script_of_each_shell_is_printed(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert completion.tell([shell]) == 0
    printed = capsys.readouterr().out
    assert printed == resource(f"completion/{completion.SCRIPTS[shell]}").read_text(encoding="utf-8")
    assert "eval" not in printed.replace("evaluated", "")
    assert run("completion", shell).exit_code == 0


def _offered(*words: str, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    *before, word = words
    assert completion.tell(["zsh", f"--word={word}", "--", *before]) == 0
    way, *lines = capsys.readouterr().out.splitlines()
    assert way == "words"
    return dict(([*line.split("\t"), ""])[:2] for line in lines)


def test_names_that_are_known_are_offered(clients: Clients, capsys: pytest.CaptureFixture[str]) -> None:
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    clients.replace("codex", 'command = "npx"', 'command = "deno"')
    assert run("sync").exit_code == 3
    (asked,) = answer_of("decisions")["decisions"]
    assert _offered("pin", "mcp/fresh", "c", capsys=capsys)["codex"] == "Codex CLI"
    assert "amp" not in _offered("logs", "--client", "", capsys=capsys)
    assert "mcp/fresh" in _offered("unpin", "mcp/", capsys=capsys)
    assert "fresh" in _offered("exec", "", capsys=capsys)
    assert _offered("decide", "", capsys=capsys) == {asked["id"]: asked["item"]}
    assert set(_offered("decide", asked["id"], "--take", "", capsys=capsys)) == set(asked["choices"])
    assert _offered("decide", "--take", "", capsys=capsys) == {}
    assert {"1", "2"} <= _offered("rollback", "", capsys=capsys).keys()
    assert "language" in _offered("settings", "get", "", capsys=capsys)
    assert "decisions" in _offered("open", "", capsys=capsys)
    assert _offered("secrets", "remove", "", capsys=capsys) == {}
    assert _offered("items", "--scope", "", capsys=capsys) == {"user": ""}


def test_bash_asks_with_its_line(clients: Clients, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(Path(os.environ["AISYNC_HOME"], "state", "aisync.sqlite3"))) as database, database:
        database.execute("UPDATE config_snapshot SET payload = ?", ('{"mcp/a b": {}, "mcp/c\'d": {}}',))
    assert completion.tell(["bash", "--line=aisync unpin ", f"--breaks={BREAKS}"]) == 0
    assert capsys.readouterr().out == "words\nmcp/a\\ b\nmcp/c\\'d\n"
    assert completion.tell(["bash", "--line=aisync unpin '", f"--breaks={BREAKS}"]) == 0
    assert capsys.readouterr().out == "words\nmcp/a b\n"
    assert completion.tell(["powershell", "--word='mcp/a", "--", "unpin"]) == 0
    assert capsys.readouterr().out == "words\n'mcp/a b'\n"
    assert completion.tell(["fish", "--word=mcp/a\\ ", "--", "unpin"]) == 0
    assert capsys.readouterr().out == "words\nmcp/a b\n"


@pytest.mark.parametrize(
    ("decision", "choices"),
    [
        (
            {"kind": "conflict", "sides": {"b": None, "a": None}, "base": None, "kept": True},
            ["a", "b", "base", "merged"],
        ),
        ({"kind": "reset", "sides": {"a": None}, "base": None, "kept": False, "restorable": True}, ["a", "restore"]),
        ({"kind": "rename", "sides": {"a": None}, "base": {}, "kept": False}, ["a"]),
        ({"kind": "secret", "takes": ["copy", "leave"]}, ["copy", "leave"]),
    ],
)
def test_the_answers_of_a_question_are_offered(tmp_path: Path, decision: dict[str, Any], choices: list[str]) -> None:
    rows = ["no JSON", "[]", "{}", json.dumps({"id": "x", "key": "mcp/x", **decision})]
    with closing(sqlite3.connect(tmp_path / "db")) as database, database:
        database.execute("CREATE TABLE decision (id INTEGER PRIMARY KEY, payload TEXT, state TEXT)")
        database.executemany("INSERT INTO decision (payload, state) VALUES (?, 'open')", [(row,) for row in rows])
    with closing(KnownNames(tmp_path / "db")) as known:
        assert [*known.decisions()] == [("x", "mcp/x")]
        assert [take for take, _ in known.answers("x")] == choices
        assert [*known.answers("y")] == []


def test_the_choices_are_those_of_the_decisions() -> None:
    assert CONSENTING | {SERVERS} == ABOUT_COPIES


def answer_of(*words: str) -> Any:
    """Return what a command says in JSON, whatever its exit code."""
    return json.loads(run(*words, "--json").stdout)


def test_a_project_is_offered(clients: Clients, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "shop").mkdir()
    answer("project", "add", str(tmp_path / "shop"), "--yes")
    assert list(_offered("permissions", "--project", "", capsys=capsys)) == [str(tmp_path / "shop")]


@pytest.mark.parametrize("damage", ["no database", "UPDATE config_snapshot SET payload = x'00'", "DROP TABLE client"])
def test_a_database_that_cannot_be_read_costs_no_line(
    clients: Clients, damage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(os.environ["AISYNC_HOME"], "state", "aisync.sqlite3")
    if damage.startswith("no"):
        path.write_text(damage)
    else:
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("PRAGMA foreign_keys = off")
            database.execute(damage)
    assert ("mcp/fresh" in _offered("unpin", "", capsys=capsys)) is ("client" in damage)
    assert (_offered("logs", "--client", "", capsys=capsys) == {}) is ("payload" not in damage)
    assert "decide" in _offered("dec", capsys=capsys)


def test_nothing_is_made_or_changed(isolated_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(isolated_home.rglob("*"))
    assert _offered("unpin", "", capsys=capsys) == {}
    assert sorted(isolated_home.rglob("*")) == before
    assert not Path(os.environ["AISYNC_HOME"]).exists()


@pytest.mark.parametrize("words", [[], ["tcsh"], ["--help"], ["bash", "x"], ["bash", "--word=x"], ["bash", "--json"]])
def test_other_words_are_for_the_full_reader(words: list[str]) -> None:
    assert completion.tell(words) is None


def test_it_imports_nothing_heavy() -> None:
    heavy = ["PySide6", "pydantic", "peewee", "typer", "keyring", "fastapi", "aisync_desktop.clients.loader"]
    script = (
        "import sys\nfrom aisync_desktop import __main__\n"
        "sys.argv = ['aisync', 'completion', 'bash', '--line=aisync unpin ', '--breaks=:']\n"
        f"try:\n    __main__.main()\nexcept SystemExit:\n    print(sorted(sys.modules.keys() & {heavy}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["words", "[]"]
