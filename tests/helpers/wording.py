"""Which words people are not to read: those that the code has for its own things."""

from __future__ import annotations

import re

_ENGINE = re.compile(
    r"\b(?:bases?|conflicts?|held|wider|loss(?:es)?|endpoints?|snapshots?|scopes?|plan|quarantined?|decisions?)\b",
    re.IGNORECASE,
)
COMMANDS = re.compile("“[^”]*”|`[^`]*`|{[^}]*}")  # the names of commands stay, and those of parameters


def engine_word(text: str) -> str:
    """Return the first word of the engine in a text that people read; "" where there is none."""
    found = _ENGINE.search(COMMANDS.sub("", text))
    return found[0] if found else ""
