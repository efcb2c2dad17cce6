"""`aisync secrets`, in this process, in a home whose clients share one secret."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import answer, engine, one_line, run
from tests.helpers.clients import Clients

OLD = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
NEW = "ghp_9876543210abcdefghijABCDEFGHIJ012345"
ALL = ["claude-code", "codex", "qwen-code", "rovodev"]


@pytest.fixture
def shared(isolated_home: Path, memory_keyring: dict[tuple[str, str], str]) -> Clients:
    """The four clients, all with one secret in the server `s`."""
    made = Clients.make(isolated_home)
    entry = f'"s": {{"command": "x", "env": {{"TOKEN": "{OLD}"}}}}'
    made.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{entry},')
    with engine() as opened:
        opened.adopt("user")
        opened.decide(opened.status().decisions[0].id, "copy")
    return made


@pytest.fixture
def reference(shared: Clients) -> str:
    (found,) = answer("secrets", "get-ref", "s", "env.TOKEN")["references"]
    return str(found)


def texts(clients: Clients) -> list[bool]:
    return [OLD.encode() in data for data in clients.bytes().values()]


def test_the_list_says_where_each_is_used_and_kept_and_no_value(shared: Clients, reference: str) -> None:
    (secret,) = answer("secrets", "list")["secrets"]
    place = {"scope": "user", "item": "mcp/s", "field": "env.TOKEN", "clients": ALL}
    assert (secret["reference"], secret["kept"], secret["used"]) == (reference, "keyring", True)
    assert secret["places"] == [place]
    told = run("secrets", "list").stdout
    assert re.fullmatch(rf"{reference}  in the keyring since [\d-]+\n  mcp/s env\.TOKEN: {', '.join(ALL)}\n", told)


def test_the_list_asks_no_keyring(shared: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keyring.core._keyring_backend", None)  # it would choose `fail`, which fails
    assert len(answer("secrets", "list")["secrets"]) == 1


def test_before_anything_is_known_all_of_it_says_so(isolated_home: Path) -> None:
    assert run("secrets", "list").stdout == run("secrets", "check").stdout == "No secret is known.\n"
    assert answer("secrets", "list") == {"secrets": []}


@pytest.mark.parametrize(
    "words", [("get-ref", "s", "env.OTHER"), ("get-ref", "s", "command"), ("get-ref", "github", "args")]
)
def test_a_field_without_a_secret_has_no_reference(shared: Clients, words: tuple[str, ...]) -> None:
    assert "no secret" in one_line("secrets", *words)


def test_an_item_that_is_not_there_has_no_reference(shared: Clients) -> None:
    assert "nonsense" in one_line("secrets", "get-ref", "mcp/nonsense", "env.TOKEN")


def test_a_new_value_from_standard_input_goes_everywhere(shared: Clients, reference: str) -> None:
    done = run("secrets", "set", reference, stdin=f"{NEW}\n")
    assert (done.exit_code, done.stderr) == (0, "")
    assert not any(texts(shared))
    assert all(NEW.encode() in data for data in shared.bytes().values())
    assert OLD not in done.output
    assert NEW not in done.output
    (old,) = [one for one in answer("secrets", "list")["secrets"] if one["reference"] == reference]
    assert (old["used"], old["kept"]) == (False, "keyring")
    assert "not used any more; last seen:" in run("secrets", "list").stdout


def test_on_a_terminal_the_value_is_asked_for_and_not_shown(
    shared: Clients, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = []

    def prompt(label: str, **options: Any) -> str:
        asked.append({"label": label, **options})
        return NEW

    monkeypatch.setattr("typer.prompt", prompt)
    monkeypatch.setattr("aisync_desktop.cli.secrets.has_terminal", lambda: True)
    assert run("secrets", "set", reference.removeprefix("secret:")).exit_code == 0
    assert asked == [{"label": "New value", "hide_input": True, "err": True}]
    assert not any(texts(shared))


def test_what_is_no_reference_is_not_repeated(shared: Clients) -> None:
    for words in (("set", OLD), ("remove", OLD)):
        done = run("secrets", *words, stdin=NEW)
        assert (done.exit_code, OLD in done.output) == (2, False)


def test_a_value_that_would_not_be_a_secret_is_refused_in_one_line(shared: Clients, reference: str) -> None:
    done = run("secrets", "set", reference, stdin="${NOT_ONE}")
    assert (done.exit_code, len(done.stderr.splitlines())) == (1, 1)
    assert all(texts(shared))


def test_who_still_holds_the_old_value_is_told(shared: Clients, reference: str) -> None:
    assert run("off", "rovodev").exit_code == 0
    done = run("secrets", "set", reference, stdin=NEW)
    assert "the old value still stands at rovodev" in done.stderr
    checked = run("secrets", "check", "--json")
    assert checked.exit_code == 3
    (difference,) = json.loads(checked.stdout)["differing"]
    assert (difference["item"], difference["held"]["rovodev"]) == ("mcp/s", reference)
    assert "different values in env.TOKEN:" in run("secrets", "check").stdout


def test_a_check_tells_what_can_be_had(
    shared: Clients, reference: str, memory_keyring: dict[tuple[str, str], str]
) -> None:
    assert answer("secrets", "check") == {
        "secrets": [{"reference": reference, "had": "yes", "used": True}],
        "differing": [],
    }
    run("secrets", "set", reference, stdin=NEW)
    for at in [at for at in memory_keyring if at[1].endswith(reference.removeprefix("secret:"))]:
        del memory_keyring[at]
    done = run("secrets", "check")
    assert (done.exit_code, f"{reference}  missing" in done.stdout) == (3, True)


def test_a_check_tells_a_silent_keyring_from_a_missing_value(
    shared: Clients, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aisync_desktop.secrets.errors import VaultUnusableError
    from aisync_desktop.secrets.vault import SystemVault

    known = SystemVault.get

    def locked(self: SystemVault, name: str) -> str | None:
        if name.startswith("value:"):
            raise VaultUnusableError("locked")
        return known(self, name)

    monkeypatch.setattr(SystemVault, "get", locked)
    done = run("secrets", "check", "--json")
    assert (done.exit_code, json.loads(done.stdout)["secrets"][0]["had"]) == (3, "locked")


def test_a_secret_in_use_is_forgotten_with_yes_only(
    shared: Clients, reference: str, memory_keyring: dict[tuple[str, str], str]
) -> None:
    assert "is used by mcp/s" in one_line("secrets", "remove", reference)
    assert OLD in memory_keyring.values()
    assert answer("secrets", "remove", reference, "--yes") == {"removed": reference}
    assert OLD not in memory_keyring.values()
    assert answer("secrets", "check")["secrets"] == [{"reference": reference, "had": "in-files", "used": True}]
    assert "Nothing is known" in one_line("secrets", "remove", reference, "--yes")
