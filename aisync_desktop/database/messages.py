"""What is wrong with a database, whichever it is."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "store.blob": QT_TRANSLATE_NOOP("messages", "A stored version cannot be read"),
    "store.blob.next": QT_TRANSLATE_NOOP("messages", "Choose another version, or restore a backup of the database."),
    "store.blob.what": QT_TRANSLATE_NOOP("messages", "Version {name} is damaged, missing or made with another key."),
    "store.busy": QT_TRANSLATE_NOOP("messages", "The database is in use"),
    "store.busy.next": QT_TRANSLATE_NOOP("messages", "Close what has it open and try again."),
    "store.busy.what": QT_TRANSLATE_NOOP("messages", "Another program holds its lock."),
    "store.damaged": QT_TRANSLATE_NOOP("messages", "The database cannot be read"),
    "store.damaged.next": QT_TRANSLATE_NOOP(
        "messages",
        "Restore a backup with “aisync restore”, or move the file away and begin anew; no client is touched.",
    ),
    "store.damaged.what": QT_TRANSLATE_NOOP("messages", "The file is damaged or is no database."),
    "store.denied": QT_TRANSLATE_NOOP("messages", "The database cannot be opened or written"),
    "store.denied.next": QT_TRANSLATE_NOOP("messages", "Check the folder's owner, permissions and disk."),
    "store.denied.what": QT_TRANSLATE_NOOP("messages", "The system refused: {reason}."),
    "store.foreign": QT_TRANSLATE_NOOP("messages", "The database belongs to another program"),
    "store.foreign.next": QT_TRANSLATE_NOOP("messages", "Move the file away; AISync then makes its own."),
    "store.foreign.what": QT_TRANSLATE_NOOP("messages", "The file has tables that AISync did not make."),
    "store.full": QT_TRANSLATE_NOOP("messages", "The disk is full"),
    "store.full.next": QT_TRANSLATE_NOOP(
        "messages", "Free some space there, then try again; AISync that runs goes on by itself."
    ),
    "store.full.what": QT_TRANSLATE_NOOP(
        "messages", "There is no room left in {folder} for the history, so no file was changed."
    ),
    "store.newer": QT_TRANSLATE_NOOP("messages", "The database is newer than the program"),
    "store.newer.next": QT_TRANSLATE_NOOP("messages", "Update AISync, or restore a backup from before the update."),
    "store.newer.what": QT_TRANSLATE_NOOP("messages", "It has version {found}; this program knows up to {known}."),
    "store.older": QT_TRANSLATE_NOOP("messages", "The database has not been updated yet"),
    "store.older.next": QT_TRANSLATE_NOOP(
        "messages", "Start AISync or run “aisync sync” once; it updates the database."
    ),
    "store.older.what": QT_TRANSLATE_NOOP("messages", "It has version {found}; this program needs {known}."),
}
