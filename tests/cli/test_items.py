from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import answer, run
from tests.helpers.clients import Clients


def test_the_matrix_says_who_holds_what(clients: Clients) -> None:
    items = {item["name"]: item for item in answer("items")["items"]}
    assert items.keys() == {"files", "fresh", "github"}
    assert items["fresh"]["fields"]["command"] == "npx"
    assert {cell["holding"] for cell in items["fresh"]["clients"]} == {"as-meant"}
    clients.replace("rovodev", '"npx"', '"bunx"')
    told = run("items").stdout
    assert (
        "as meant: Rovo Dev CLI\n    differs: Claude Code (command), Codex CLI (command), Qwen Code (command)\n" in told
    )


def test_items_are_filtered_by_kind_and_scope(clients: Clients, tmp_path: Path) -> None:
    assert len(answer("items", "--kind", "mcp", "--scope", "user")["items"]) == 3
    assert answer("items", "--kind", "rules") == answer("items", "--scope", str(tmp_path)) == {"items": []}
    assert run("items", "--kind", "rules").stdout == "There is no such item.\n"
    assert run("items", "--kind", "nonsense").exit_code == 2


def test_before_anything_was_agreed_the_matrix_tells_what_there_is(isolated_home: Path) -> None:
    Clients.make(isolated_home)
    told = run("items").stdout
    assert "mcp/github\n    as meant: Claude Code\n    missing: Codex CLI, Qwen Code, Rovo Dev CLI" in told
