"""What `aisync exec` becomes: the item's own command line, with secrets and references filled in, by no shell."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.terms.starting_servers import (
    NOTHING,
    Agreed,
    NotStartedError,
    Wanted,
    find_item,
    program_of,
    start_agreed,
    start_of,
    to_agree,
    unsettled,
)

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


def tool(folder: Path, name: str = "tool") -> str:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.touch(0o755)
    return str(path)


posix = pytest.mark.skipif(os.name != "posix", reason="programs by their mode")


@posix
def test_a_program_is_looked_for_where_its_item_says(tmp_path: Path) -> None:
    own, common, elsewhere = (tool(tmp_path / name) for name in ("own", "common", "elsewhere"))
    environ = {"PATH": str(tmp_path / "common"), "ELSE": str(tmp_path / "elsewhere")}

    def found(path: str | None, command: str = "tool") -> str:
        return program_of("user", {"command": command, "env": {} if path is None else {"PATH": path}}, environ)

    assert found(None) == common
    assert found(str(tmp_path / "own")) == own
    assert found(f"{tmp_path / 'own'}{os.pathsep}${{PATH}}") == own
    assert found("${PATH}") == common
    assert found("${ELSE}") == elsewhere
    assert found("${UNSET}") == common
    assert found(None, own) == own
    assert found(None, "no-such-tool") == ""


@posix
@pytest.mark.parametrize(
    ("scope", "cwd", "wanted"),
    [
        ("project:{}/repo", "", "repo/bin/tool"),
        ("project:{}/repo", "sub", "repo/sub/bin/tool"),
        ("user", "{}/sub", "sub/bin/tool"),
        ("user", "", ""),
        ("user", "sub", ""),
    ],
)
def test_a_relative_command_is_of_the_items_folder_and_of_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scope: str, cwd: str, wanted: str
) -> None:
    for folder in ("repo", "repo/sub", "sub", ""):
        tool(tmp_path / folder / "bin")
    monkeypatch.chdir(tmp_path)
    item: dict[str, Value] = {"command": "./bin/tool", "cwd": cwd.format(tmp_path)}
    found = program_of(scope.format(tmp_path), item, {})
    assert found == (str(tmp_path / wanted) if wanted else "")
    assert unsettled(scope.format(tmp_path), item) == ("" if wanted else "command")


@posix
def test_folders_of_a_path_that_are_others_wherever_one_is_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool(tmp_path / "bin")
    monkeypatch.chdir(tmp_path)
    agreed = to_agree("user", {"command": "tool"}, {"PATH": f"bin{os.pathsep}{os.pathsep}/usr/bin"})
    assert (agreed.program, dict(agreed.places)) == ("", {"PATH": "/usr/bin"})


@posix
def test_a_program_finds_what_lies_beside_it(tmp_path: Path) -> None:
    program = tool(tmp_path / "bin")
    agreed = to_agree("user", {"command": program}, {"PATH": "/usr/bin"})
    assert dict(agreed.places)["PATH"] == f"/usr/bin{os.pathsep}{tmp_path / 'bin'}"
    assert to_agree("user", {"command": program}, dict(agreed.places)) == agreed


@posix
def test_a_link_is_another_program_than_what_it_leads_to(tmp_path: Path) -> None:
    real = tool(tmp_path / "real")
    link = tmp_path / "venv"
    link.symlink_to(real)
    assert program_of("user", {"command": str(link)}, {}) == str(link)


SECRET: dict[str, Value] = {"command": sys.executable, "args": ["-v"], "env": {"TOKEN": REFERENCE}}
PATH = f"/then{os.pathsep}{Path(sys.executable).parent}"
THEN = {"PATH": PATH, "HOME": "/home/then"}


def started(environ: dict[str, str], item: dict[str, Value] = SECRET, scope: str = "user") -> dict[str, str]:
    return dict(start_agreed("s", scope, item, to_agree(scope, item, THEN), environ, SAFE.get).env)


def test_what_was_agreed_to_is_started() -> None:
    start = start_agreed("s", "user", SECRET, to_agree("user", SECRET, THEN), {"PATH": "/now"}, SAFE.get)
    assert (start.program, start.argv, start.cwd) == (sys.executable, (sys.executable, "-v"), "")
    assert start.env == {**THEN, "TOKEN": SAFE[REFERENCE]}


@pytest.mark.parametrize(
    "name",
    [
        *("PYTHONPATH", "PYTHONUSERBASE", "BASH_ENV", "BASH_FUNC_cat%%", "SHELLOPTS", "LD_PRELOAD", "NODE_OPTIONS"),
        *("npm_config_registry", "NPM_CONFIG_USERCONFIG", "UV_INDEX_URL", "PIP_INDEX_URL", "DOTNET_STARTUP_HOOKS"),
        *("CLASSPATH", "GCONV_PATH", "LUA_INIT", "XDG_CONFIG_HOME", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "SHELL"),
    ],
)
def test_a_caller_does_not_say_where_code_comes_from(name: str) -> None:
    assert started({name: "/evil", "PATH": "/evil", "HOME": "/evil"}) == {**THEN, "TOKEN": SAFE[REFERENCE]}


@pytest.mark.parametrize(
    "name", ["LANG", "LC_ALL", "TERM", "DISPLAY", "XDG_RUNTIME_DIR", "https_proxy", "NO_PROXY", "TZ"]
)
def test_a_caller_says_what_session_it_is(name: str) -> None:
    assert started({name: "/mine"})[name] == "/mine"


def test_a_bus_that_is_a_program_is_none() -> None:
    name = "DBUS_SESSION_BUS_ADDRESS"
    assert started({name: "unix:path=/run/bus"})[name] == "unix:path=/run/bus"
    assert name not in started({name: "unix:path=/no;unixexec:path=/evil"})


def test_a_variable_of_the_item_may_refer_to_any_and_opens_it_to_nothing_else() -> None:
    env = {"TOKEN": REFERENCE, "LEVEL": "${BASH_ENV}", "BIN": "${HOME}:${PATH}", "KUBECONFIG": "${KUBECONFIG}"}
    found = started({"BASH_ENV": "x", "HOME": "/evil", "KUBECONFIG": "k"}, {**SECRET, "env": {**env}})
    assert found == {**THEN, "TOKEN": SAFE[REFERENCE], "LEVEL": "x", "BIN": f"/home/then:{PATH}", "KUBECONFIG": "k"}


def test_a_project_is_where_its_servers_start() -> None:
    agreed = to_agree("project:/repo", SECRET, THEN)
    assert start_agreed("s", "project:/repo", SECRET, agreed, {}, SAFE.get).cwd == str(Path("/repo"))


@pytest.mark.parametrize(
    ("changes", "agreed", "code"),
    [
        ({"args": ["${HOME}/x.py"]}, None, "exec.depends"),
        ({"command": "${BIN:-/bin/sh}"}, None, "exec.depends"),
        ({"cwd": "${PWD}"}, None, "exec.depends"),
        ({"command": "./x"}, None, "exec.depends"),
        ({"args": [REFERENCE]}, None, "exec.secret-in-args"),
        ({"args": ["other"]}, to_agree("user", SECRET, THEN), "exec.changed"),
        ({}, NOTHING, "exec.not-agreed"),
        ({}, to_agree("user", SECRET, THEN)._replace(program=""), "exec.not-agreed"),
        ({}, to_agree("user", SECRET, THEN)._replace(program="/gone/tool"), "exec.gone"),
    ],
)
def test_what_nobody_agreed_to_gets_no_secret(changes: dict[str, Value], agreed: Agreed | None, code: str) -> None:
    item = {**SECRET, **changes}
    with pytest.raises(NotStartedError) as caught:
        start_agreed("s", "user", item, agreed or to_agree("user", item, THEN), {}, SAFE.get)
    assert (caught.value.message.code, caught.value.next_step.code) == (code, f"{code}.next")


@given(st.text(), st.text(), st.dictionaries(st.text(), st.text()))
def test_what_was_agreed_to_is_read_back(line: str, program: str, places: dict[str, str]) -> None:
    agreed = Agreed(line, program, tuple(places.items()))
    assert Agreed.of(json.loads(json.dumps(agreed.stored()))) == agreed


@pytest.mark.parametrize("stored", [None, [], ["line", "/bin/sh"], ["line", "/bin/sh", "PATH"], "line"])
def test_what_is_of_another_form_is_to_be_agreed_to_again(stored: object) -> None:
    assert Agreed.of(stored) == NOTHING
