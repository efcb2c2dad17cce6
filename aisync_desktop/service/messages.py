"""What is said between a command and the running app."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "api.busy": QT_TRANSLATE_NOOP("messages", "The running app is busy"),
    "api.busy.message": QT_TRANSLATE_NOOP(
        "messages", "It has not answered within {seconds} seconds; it may still do what was asked."
    ),
    "api.busy.next": QT_TRANSLATE_NOOP("messages", "Look with “aisync status” in a moment, and try again."),
    "api.refused": QT_TRANSLATE_NOOP("messages", "The running app refused"),
    "api.refused.message": QT_TRANSLATE_NOOP("messages", "It answered {status}: {detail}"),
    "api.refused.next": QT_TRANSLATE_NOOP("messages", "Look at its log, or quit it and try again."),
    "api.token-anew": QT_TRANSLATE_NOOP("messages", "The token of the local API was made anew"),
    "api.token-anew.message": QT_TRANSLATE_NOOP(
        "messages",
        "Its file was empty, or it was none that only you could have written and read, so that somebody else may have "
        "known the token.",
    ),
    "api.token-anew.next": QT_TRANSLATE_NOOP(
        "messages", "Give the new one to the programs that had the old one; `aisync token` prints it."
    ),
    "request.unusable": QT_TRANSLATE_NOOP("messages", "This value cannot be used"),
    "request.unusable.message": QT_TRANSLATE_NOOP(
        "messages", "It holds a NUL, half of a character, or a number of more than 63 bits."
    ),
    "request.unusable.next": QT_TRANSLATE_NOOP("messages", "Write it without that."),
}
