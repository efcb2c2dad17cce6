"""The English templates of what is told about clients; `messages.py` has them with all the others."""

from __future__ import annotations

from aisync_desktop.core.translatable import QT_TRANSLATE_NOOP

CLIENTS: dict[str, str] = {
    "client.restart": QT_TRANSLATE_NOOP(
        "messages", "{client} is running and writes its file from memory: what was written applies after restart."
    ),
}
