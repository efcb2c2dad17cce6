from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.kernel.korean import Ending, ending_of, with_particle

VOWEL, RIEUL, CONSONANT, UNKNOWN = Ending.VOWEL, Ending.RIEUL, Ending.CONSONANT, Ending.UNKNOWN

ENDINGS = {
    VOWEL: (
        "postgres|Claude Code|Codex CLI|Rovo Dev|Cursor|VS Code|GitHub|Docker|MCP|memory|Windsurf|Zed|fetch|sqlite|"
        "Goose|Qwen & Code|AGENTS.md|.env|플레이어|sentry|sync|Warp|client|task|Crush|Amazon Q|cache|“postgres”|"
        "2|4|5|9|12|1000000000000|10000000000000"
    ),
    RIEUL: "URL|google|tool|table|pyproject.toml|파일|HTML|rule|1|7|8|21",
    CONSONANT: (
        "npm|Notion|Claude Desktop|filesystem|settings.json|Copilot|slack|git|Cline|web|설정|music|time|engine|app|"
        "0|3|6|10|100|1000|10000|120|120000|100000000|1000000000|10000000000000000"
    ),
    UNKNOWN: "|”|brave-search2|gpt-4|1.5|log|note pipe|日本|кот|sheet|100000000000000000000",
}
WORDS = [(word, ending) for ending, words in ENDINGS.items() for word in words.split("|")]


@pytest.mark.parametrize(("word", "ending"), WORDS)
def test_a_word_ends_as_it_is_read(word: str, ending: Ending) -> None:
    assert ending_of(word) is ending


@pytest.mark.parametrize(
    ("word", "forms", "said"),
    [
        ("postgres", "을/를", "postgres를"),
        ("npm", "을/를", "npm을"),
        ("google", "으로/로", "google로"),
        ("google", "이/가", "google이"),
        ("npm", "으로/로", "npm으로"),
        ("8080", "은/는", "8080은"),
        ("8377", "으로/로", "8377로"),
        ("postgres", "”을/”를/” 서버를", "postgres”를"),
        ("gpt-4", "”을/”를/” 서버를", "gpt-4” 서버를"),
        ("gpt-4", "”이/”가", "gpt-4”"),
    ],
)
def test_the_particle_fits_the_end_of_the_word(word: str, forms: str, said: str) -> None:
    assert with_particle(word, forms) == said


@given(st.text())
def test_every_word_ends_somehow(word: str) -> None:
    assert with_particle(word, "을/를").startswith(word)
