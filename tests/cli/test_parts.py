"""A command is made of its own part of the command line, and is the same command for that."""

from __future__ import annotations

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from aisync_desktop.cli.app import app, for_word

_WHOLE = get_command(app)
WORDS = sorted(_WHOLE.commands)  # type: ignore[attr-defined]  # it is a group


@pytest.mark.parametrize("word", WORDS)
def test_a_part_helps_with_its_command_as_the_whole_does(word: str) -> None:
    part = for_word(word)

    assert part is not app
    assert word in get_command(part).commands  # type: ignore[attr-defined]  # it is a group
    whole = CliRunner().invoke(app, [word, "--help"], prog_name="aisync")
    alone = CliRunner().invoke(part, [word, "--help"], prog_name="aisync")
    assert (alone.output, alone.exit_code) == (whole.output, whole.exit_code)


@pytest.mark.parametrize("words", [["--nonsense", "plan"], ["plan", "--nonsense"], ["project"], ["project", "fly"]])
def test_what_is_wrong_is_told_alike(words: list[str]) -> None:
    whole, alone = (CliRunner().invoke(made, words, prog_name="aisync") for made in (app, for_word(words[0])))

    assert (alone.output, alone.exit_code) == (whole.output, whole.exit_code)
    assert whole.exit_code == 2


@pytest.mark.parametrize("words", [[], ["--help"], ["--version"], ["fly"], ["get"], ["add"]])
def test_other_words_are_for_the_whole(words: list[str]) -> None:
    assert for_word(*words[:1]) is app
