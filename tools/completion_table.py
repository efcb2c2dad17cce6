"""Writes resources/commands.json: every command with its options and arguments, for who completes without Typer."""

from __future__ import annotations

import json
from enum import Enum
from typing import Any

import typer.main

from aisync_desktop.cli.app import app
from aisync_desktop.cli.grouped import first_words
from aisync_desktop.service.settings import NAMES
from aisync_desktop.ui.shell.pages import PAGES

# What the values of a parameter are, by its own name, or else by the parts of its metavar. A sort of names begins with
# a colon; what nobody can complete is free. One that is in none of them is an error: somebody has to think of it.
_BY_NAME = {
    "decision": [":decision"],
    "take": [":answer"],
    "page": [":page"],
    "name": [":setting"],
    "what": [":client", "mcp", "rules", "permissions", ":item"],
    "scope": ["user", ":project"],
    "project": [":project"],
}
_FREE = {
    "ids",
    "version",
    "port",
    "duration",
    "limit",
    "since",
    "search",
    "value",
    "argument",
    "field",
    "fields",
    "items",
    "token",
}
_BY_METAVAR = {
    "CLIENT": ":client",
    "ITEM": ":item",
    "SNAPSHOT": ":snapshot",
    "A": ":snapshot",
    "B": ":snapshot",
    "SERVER": ":server",
    "REF": ":secret",
    "FILE": ":file",
    "PATH": ":folder",
}


def command_table() -> str:
    """Return the table of all commands, as JSON."""
    made = _command(typer.main.get_command(app))
    names = {"setting": sorted(NAMES), "page": [page.name for page in PAGES]}
    return f"{json.dumps({**made, 'names': names}, indent=1, ensure_ascii=False)}\n"


def _command(command: Any) -> dict[str, Any]:
    options, arguments = dict[str, Any](), list[dict[str, Any]]()
    for parameter in command.params:
        if parameter.opts[0].startswith("-"):
            made = _option(parameter)
            options |= {name: made | {"also": also} for name in parameter.opts if (also := _others(name, parameter))}
            options |= {name: made for name in parameter.opts if name not in options}
        else:
            arguments.append({"takes": _takes(parameter), "many": parameter.nargs < 0})
    options["--help"] = {"about": "Show what it does and takes"}
    found = {"about": first_words(command.help or ""), "options": options}
    below = {name: _command(one) for name, one in getattr(command, "commands", {}).items() if not one.hidden}
    return {**found, "commands": below} if below else {**found, "arguments": arguments}


def _others(name: str, parameter: Any) -> list[str]:
    return [each for each in parameter.opts if each != name]


def _option(parameter: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"about": first_words(parameter.help or "")}
    if not parameter.is_flag:
        made["takes"] = _takes(parameter)
    return made | ({"many": True} if parameter.multiple else {})


def _takes(parameter: Any) -> list[str]:
    annotation = parameter.type_descriptor.annotation
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [one.value for one in annotation]
    if parameter.name in _FREE:
        return []
    if parameter.name in _BY_NAME:
        return _BY_NAME[parameter.name]
    parts = (parameter.metavar or "").removesuffix("...").split("|")
    return [part if part.islower() else _BY_METAVAR[part] for part in parts]
