"""What `aisync exec` becomes: the item's own command line, with secrets and references filled in, by no shell."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.core.values import Value
from aisync_desktop.engine.starting import NotStartedError, Wanted, find_item, start_of

REFERENCE = "secret:0123456789abcdef"
SAFE = {REFERENCE: "va$(l)ue ${HOME}"}
HERE = Path("/home/me/repo/src")


def env_of(env: dict[str, Value], environ: dict[str, str]) -> dict[str, str]:
    return dict(start_of("s", "user", {"command": "x", "env": env}, environ, SAFE.get).env)


@pytest.mark.parametrize(
    ("value", "environ", "wanted"),
    [
        (REFERENCE, {}, "va$(l)ue ${HOME}"),
        (f"Bearer {REFERENCE}", {}, "Bearer va$(l)ue ${HOME}"),
        ("${A}", {"A": "1"}, "1"),
        ("${A:-d}", {}, "d"),
        ("${A:-d}", {"A": ""}, "d"),
        ("$A $(id) `id`", {"A": "1"}, "$A $(id) `id`"),
        ("${A}", {"A": REFERENCE}, REFERENCE),  # what the environment says is not taken for ours
        ("${A}", {"V": "filled in by the client"}, "filled in by the client"),
        ("plain", {"V": "from outside"}, "plain"),
    ],
)
def test_a_variable_is_filled_in(value: str, environ: dict[str, str], wanted: str) -> None:
    assert env_of({"V": value}, environ)["V"] == wanted


@given(st.dictionaries(st.text(), st.text(st.characters(exclude_characters="$:"))))
def test_what_holds_neither_reference_nor_secret_is_as_it_was(env: dict[str, str]) -> None:
    assert env_of(dict(env), {}) == env


def test_words_are_filled_in_and_stay_words() -> None:
    item: dict[str, Value] = {"command": "${BIN:-npx}", "args": ["a b", "${A}", ";"]}
    assert start_of("s", "user", item, {"A": "1 2"}, SAFE.get).argv == ("npx", "a b", "1 2", ";")


@pytest.mark.parametrize(
    ("scope", "cwd", "wanted"),
    [("user", "/w", "/w"), ("user", "w", ""), ("project:/repo", "w", "/repo/w"), ("project:/repo", "", "")],
)
def test_a_folder_is_said_from_the_projects_root(scope: str, cwd: str, wanted: str) -> None:
    assert start_of("s", scope, {"command": "x", "cwd": cwd}, {}, SAFE.get).cwd == wanted


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ({"transport": "http", "url": "https://x"}, "exec.not-stdio"),
        ({"command": "x", "args": ["--token", REFERENCE]}, "exec.secret-in-args"),
        ({"command": f"/{REFERENCE}/x"}, "exec.secret-in-args"),
        ({"command": "/opt/aisync", "args": ["exec", "other"]}, "exec.loop"),
        ({"command": "python3", "args": ["-m", "aisync_desktop", "exec", "other"]}, "exec.loop"),
        ({"command": "python3", "args": ["-P", "-m", "aisync_desktop", "exec", "other"]}, "exec.loop"),
        ({"command": "x", "env": {"V": "secret:ffffffffffffffff"}}, "exec.no-value"),
        ({"command": "x", "args": ["${UNSET}"]}, "exec.unset"),
        ({"command": "x", "env": {"V": "${UNSET}"}}, "exec.unset"),
    ],
)
def test_what_cannot_be_started_says_what_to_do(item: dict[str, Value], code: str) -> None:
    with pytest.raises(NotStartedError) as caught:
        start_of("s", "user", item, {}, SAFE.get)
    assert (caught.value.message.code, caught.value.next_step.code) == (code, f"{code}.next")


@pytest.mark.parametrize(
    ("wanted", "scopes"),
    [
        (Wanted("s"), ("project:/home/me/repo", "project:/home/me", "user")),
        (Wanted("s", user=True), ("user",)),
        (Wanted("s", "/else"), ("project:/else",)),
        (Wanted("s", "/gone"), ()),
    ],
)
def test_the_innermost_project_is_looked_at_first(wanted: Wanted, scopes: tuple[str, ...]) -> None:
    assert wanted.scopes(HERE, ["/home/me", "/home/me/repo", "/else", "/home/me/repository"]) == scopes


def test_a_server_that_nobody_knows_is_told_of_with_the_places() -> None:
    items: dict[tuple[str, str], dict[str, Value]] = {("user", "mcp/s"): {"command": "x"}}
    assert find_item(Wanted("s"), ("project:/r", "user"), lambda *at: items.get(at))[0] == "user"
    with pytest.raises(NotStartedError, match="user"):
        find_item(Wanted("t"), ("user",), lambda *at: items.get(at))
