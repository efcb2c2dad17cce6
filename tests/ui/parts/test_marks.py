from __future__ import annotations

import pytest

from aisync_desktop.clients.loader import load_catalog
from aisync_desktop.ui.parts.mark import letters_of


@pytest.mark.parametrize(
    ("client", "name", "letters"),
    [
        ("claude-code", "Claude Code", "CC"),
        ("codex", "Codex CLI", "CX"),
        ("cursor", "Cursor", "CU"),
        ("gemini-cli", "Gemini CLI", "GE"),
        ("qwen-code", "Qwen Code", "QW"),
        ("rovodev", "Rovo Dev CLI", "RD"),
        ("my-own", "", "MO"),
        ("zed", "", "ZE"),
    ],
)
def test_a_client_has_two_letters(client: str, name: str, letters: str) -> None:
    assert letters_of(client, name) == letters


def test_no_two_clients_have_the_same() -> None:
    letters = [letters_of(client.id, client.name) for client in load_catalog().descriptors]
    assert sorted(letters) == sorted(set(letters))
