"""What is said of the program's own files."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "env.blanks": QT_TRANSLATE_NOOP("messages", "{path}, line {line}: there is a blank beside the “=”."),
    "env.expanded": QT_TRANSLATE_NOOP(
        "messages",
        "{path}, line {line}: nothing is expanded here, so a value with $, a quote, a backslash or “#” stands in '…'.",
    ),
    "env.home": QT_TRANSLATE_NOOP(
        "messages", "{path}, line {line}: {name} says where this file is, so it cannot stand in it."
    ),
    "env.no-assignment": QT_TRANSLATE_NOOP("messages", "{path}, line {line}: this is no NAME=value."),
    "env.no-text": QT_TRANSLATE_NOOP("messages", "{path}, line {line}: this is no text in UTF-8."),
    "env.open": QT_TRANSLATE_NOOP("messages", "Others can write into a file of settings"),
    "env.open.message": QT_TRANSLATE_NOOP("messages", "{path} may have been written by somebody else."),
    "env.open.next": QT_TRANSLATE_NOOP("messages", "Look at it, then keep it for yourself: “chmod 600 {path}”."),
    "env.quotes": QT_TRANSLATE_NOOP("messages", "{path}, line {line}: a quote is not closed at the end of the line."),
    "env.readable": QT_TRANSLATE_NOOP("messages", "Others can read {path}; “chmod 600” keeps it for yourself."),
    "env.refused": QT_TRANSLATE_NOOP("messages", "A file of settings cannot be read"),
    "env.refused.next": QT_TRANSLATE_NOOP("messages", "Mend the line, or put “#” before it."),
    "env.too-long": QT_TRANSLATE_NOOP("messages", "{path}, line {line}: the file has more than 64 KB."),
    "env.twice": QT_TRANSLATE_NOOP("messages", "{path}, line {line}: {name} stands here twice."),
    "env.unread": QT_TRANSLATE_NOOP("messages", "In {path} nobody reads: {names}."),
    "env.value": QT_TRANSLATE_NOOP("messages", "{path}, line {line}: {name} cannot have this value."),
}
