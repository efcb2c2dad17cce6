"""All sentences of the program, as no part of it ever has them together."""

from __future__ import annotations

from importlib import import_module

from aisync_desktop.message_rooms import MESSAGE_ROOMS


def sentences() -> dict[str, dict[str, str]]:
    """Return the sentences of each room by their codes."""
    return {room: import_module(f"{room}.messages").MESSAGES for room in MESSAGE_ROOMS}


def templates() -> dict[str, str]:
    """Return the sentences of all rooms by their codes."""
    return {code: template for said in sentences().values() for code, template in said.items()}
