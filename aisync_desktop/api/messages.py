"""What keeps the local API from its port."""

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
}
