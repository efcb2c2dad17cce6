"""The sentences of this room, for people."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "client-state.absent": QT_TRANSLATE_NOOP("messages", "Not found"),
    "client-state.behind": QT_TRANSLATE_NOOP("messages", "Catching up"),
    "client-state.found": QT_TRANSLATE_NOOP("messages", "Found"),
    "client-state.held": QT_TRANSLATE_NOOP("messages", "Waiting for you"),
    "client-state.in-step": QT_TRANSLATE_NOOP("messages", "In step"),
    "client-state.off": QT_TRANSLATE_NOOP("messages", "Left out"),
    "client-state.paused": QT_TRANSLATE_NOOP("messages", "Paused"),
    "client-state.pending": QT_TRANSLATE_NOOP("messages", "Could not be written"),
    "client-state.restart": QT_TRANSLATE_NOOP("messages", "In step after a restart"),
    "client-state.unreadable": QT_TRANSLATE_NOOP("messages", "Cannot be read"),
}
