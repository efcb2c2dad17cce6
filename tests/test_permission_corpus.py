"""The corpus has something of every sort, and the shell's grammar survives it."""

from aisync_desktop.permissions.language import Tool
from aisync_desktop.permissions.shell.grammar import every, parse
from tests.permission_corpus import COMMANDS, REQUESTS


def test_there_is_enough_of_everything_and_nothing_twice() -> None:
    assert len(REQUESTS) == len(set(REQUESTS)) >= 400
    assert {request.tool for request in REQUESTS} == set(Tool)


def test_most_commands_are_understood_and_what_they_run_is_found() -> None:
    understood = [script for script in map(parse, COMMANDS) if script.understood]
    assert len(understood) > 0.9 * len(COMMANDS)
    ran = {command.argv[0] for script in understood for command in every(script) if command.words}
    assert {"foo", "bar", "baz", "tee", "cd"} <= ran
