"""Who asks for what happens, as feeds and the audit trail name them; an assistant has the id of its client."""

from __future__ import annotations

USER = "user"  # where nobody says more about it
PROGRAM = "aisync"  # what the program does by itself
COMMAND_LINE, API, WINDOW = "cli", "api", "window"  # by which way the user, or a program of theirs, asks
NO_ASSISTANT = frozenset({USER, PROGRAM, COMMAND_LINE, API, WINDOW})
