"""A command is made of its own part of the command line, and is the same command for that."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from aisync_desktop.cli.app import app, for_word
from aisync_desktop.cli.grouped import EXIT_CODES, GROUPS
from tests.cli.conftest import run
from tests.helpers.clients import Clients

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


@pytest.mark.parametrize("words", [[], ["plan"], ["settings"], ["settings", "set"], ["sync"], ["exec"], ["run"]])
def test_a_letter_is_enough_to_ask_for_help(words: list[str]) -> None:
    short, long = (
        CliRunner().invoke(for_word(*words[:1]), [*words, how], prog_name="aisync") for how in ("-h", "--help")
    )
    assert (short.output, short.exit_code) == (long.output, 0)
    assert "-h, --help" in long.output


def test_the_help_begins_with_how_to_begin_and_ends_with_the_exit_codes() -> None:
    sections = [line for line in CliRunner().invoke(app, ["-h"]).output.splitlines() if line.endswith(":")]
    assert sections == ["Options:", *(f"{title}:" for title, _ in GROUPS)]
    assert " ".join(CliRunner().invoke(app, ["-h"]).output.split()).endswith(EXIT_CODES)


@pytest.mark.parametrize("word", ["token", "secrets", "project", "settings"])
def test_what_is_below_a_word_is_told_whole(word: str) -> None:
    told = CliRunner().invoke(app, [word, "-h"]).output
    assert "Commands:" in told
    assert "..." not in told.partition("Commands:")[2]


def test_alone_it_tells_how_things_stand_and_what_to_do_next(isolated_home: Path) -> None:
    Clients.make(isolated_home)
    said = run()
    assert (said.exit_code, said.stderr) == (3, "")
    assert said.stdout.startswith("4 clients were found\n")
    assert said.stdout.splitlines()[-1] == "Next: “aisync init” shows what would be written, and asks you first."


@pytest.mark.parametrize("words", [["--nonsense", "plan"], ["plan", "--nonsense"], ["project"], ["project", "fly"]])
def test_what_is_wrong_is_told_alike(words: list[str]) -> None:
    whole, alone = (CliRunner().invoke(made, words, prog_name="aisync") for made in (app, for_word(words[0])))

    assert (alone.output, alone.exit_code) == (whole.output, whole.exit_code)
    assert whole.exit_code == 2


@pytest.mark.parametrize("words", [[], ["--help"], ["--version"], ["fly"], ["get"], ["add"]])
def test_other_words_are_for_the_whole(words: list[str]) -> None:
    assert for_word(*words[:1]) is app
