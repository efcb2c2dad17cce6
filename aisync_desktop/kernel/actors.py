"""Who asks for what happens, as feeds and the audit trail name them; an assistant has the id of its client."""

from __future__ import annotations

USER = "user"  # where nobody says more about it
PROGRAM = "aisync"  # what the program does by itself
COMMAND_LINE, API, WINDOW = "cli", "api", "window"  # by which way the user, or a program of theirs, asks
NO_ASSISTANT = frozenset({USER, PROGRAM, COMMAND_LINE, API, WINDOW})


def token_actor(name: str, assistant: str = "") -> str:
    """Return how a program is named that uses a token; `assistant` is which one it says to be, if it is one.

    No colon stands after "token": what follows that is hidden from every log, as a secret would be.
    """
    return f"token/{name}/{assistant}" if assistant else f"token/{name}"
