"""What is wrong with a backup of the database."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "backup.bad": QT_TRANSLATE_NOOP("messages", "This is no backup that can be used"),
    "backup.bad.message": QT_TRANSLATE_NOOP("messages", "The file is damaged, empty, or no database of AISync."),
    "backup.bad.next": QT_TRANSLATE_NOOP("messages", "Choose another one. Nothing was changed."),
    "backup.key": QT_TRANSLATE_NOOP("messages", "The backup cannot be read on this machine"),
    "backup.key.message": QT_TRANSLATE_NOOP("messages", "It was made with key {key}, which is not here."),
    "backup.key.next": QT_TRANSLATE_NOOP(
        "messages",
        "Bring that key back first: the entry “data-key:{key}” of the keyring, or the file “data-{key}.key” beside the"
        " database. Nothing was changed.",
    ),
    "backup.missing": QT_TRANSLATE_NOOP("messages", "There is no such backup"),
    "backup.missing.message": QT_TRANSLATE_NOOP("messages", "{path} does not exist."),
    "backup.missing.next": QT_TRANSLATE_NOOP("messages", "Name a file that “aisync backup” made. Nothing was changed."),
    "backup.nothing": QT_TRANSLATE_NOOP("messages", "There is nothing to back up yet"),
    "backup.nothing.message": QT_TRANSLATE_NOOP("messages", "AISync has no database on this machine."),
    "backup.nothing.next": QT_TRANSLATE_NOOP("messages", "It makes one with “aisync init”."),
}
