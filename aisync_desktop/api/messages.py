"""What keeps the local API from its port, and what the status page says."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "api.none": QT_TRANSLATE_NOOP("messages", "The local API is not served"),
    "api.none.message": QT_TRANSLATE_NOOP(
        "messages", "The system refused: {reason}. Everything is kept in step all the same."
    ),
    "api.none.next": QT_TRANSLATE_NOOP(
        "messages", "Start AISync again once that is mended; until then commands do not reach the running app."
    ),
    "api.port-taken": QT_TRANSLATE_NOOP("messages", "The local API listens on another port"),
    "api.port-taken.message": QT_TRANSLATE_NOOP(
        "messages",
        "Something else listens on port {port} of this machine (another user's AISync, maybe); the API listens on "
        "port {instead} until AISync is started again.",
    ),
    "api.port-taken.next": QT_TRANSLATE_NOOP(
        "messages",
        "Nothing is to be done: commands find it. For a port that stays the same: `aisync settings set port NUMBER`.",
    ),
    "page.added": QT_TRANSLATE_NOOP("messages", "{name} added"),
    "page.changed": QT_TRANSLATE_NOOP("messages", "{name} changed"),
    "page.changes": QT_TRANSLATE_NOOP("messages", "Recent changes"),
    "page.clients": QT_TRANSLATE_NOOP("messages", "Clients"),
    "page.closed": QT_TRANSLATE_NOOP("messages", "This page needs a way in: run “aisync open --web” in a terminal."),
    "page.files": QT_TRANSLATE_NOOP("messages", "Files were put back"),
    "page.items": QT_TRANSLATE_NOOP("messages", "{count} {count:item|items}"),
    "page.lost": QT_TRANSLATE_NOOP("messages", "AISync does not answer; trying again."),
    "page.none": QT_TRANSLATE_NOOP("messages", "No client was found"),
    "page.nothing": QT_TRANSLATE_NOOP("messages", "No question is waiting"),
    "page.problems": QT_TRANSLATE_NOOP("messages", "Problems"),
    "page.questions": QT_TRANSLATE_NOOP("messages", "Questions"),
    "page.removed": QT_TRANSLATE_NOOP("messages", "{name} removed"),
    "page.sync": QT_TRANSLATE_NOOP("messages", "Sync now"),
    "page.unchanged": QT_TRANSLATE_NOOP("messages", "Nothing was changed yet"),
    "page.window": QT_TRANSLATE_NOOP("messages", "This one is answered in the window: “aisync open decisions”."),
    "page.written": QT_TRANSLATE_NOOP("messages", "{count} {count:file|files} written"),
}
