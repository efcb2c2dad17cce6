"""The English templates about the database and its backups; `messages.py` has them with all the others."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

STORE: dict[str, str] = {
    "backup.bad": QT_TRANSLATE_NOOP("messages", "This is no backup that can be used"),
    "backup.bad.message": QT_TRANSLATE_NOOP("messages", "The file is damaged, empty, or no database of AISync."),
    "backup.bad.next": QT_TRANSLATE_NOOP("messages", "Choose another one. Nothing was changed."),
    "backup.confirm": QT_TRANSLATE_NOOP("messages", "Put this backup in the place of the database?"),
    "backup.done": QT_TRANSLATE_NOOP("messages", "Backed up to {path}."),
    "backup.done.key": QT_TRANSLATE_NOOP(
        "messages", "The key to the kept versions is not in it: it stays in the keyring, or beside the database."
    ),
    "backup.done.wrapped": QT_TRANSLATE_NOOP(
        "messages",
        "The key and the kept secrets are in it, under the passphrase; without that, nobody can read them.",
    ),
    "backup.passphrase": QT_TRANSLATE_NOOP("messages", "Passphrase of the backup"),
    "backup.kept": QT_TRANSLATE_NOOP("messages", "The database as it was: {path}"),
    "backup.restored": QT_TRANSLATE_NOOP(
        "messages", "Restored from {path}. “aisync plan” shows what has changed since then."
    ),
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
    "store.rebuilt": QT_TRANSLATE_NOOP("messages", "The database was damaged"),
    "store.rebuilt.message": QT_TRANSLATE_NOOP(
        "messages",
        "It was set aside as {name}, and a new one made from your files. Older history is in the old one.",
    ),
    "store.rebuilt.next": QT_TRANSLATE_NOOP("messages", "Check the disk; keep the old file, or delete it."),
    "store.clock": QT_TRANSLATE_NOOP(
        "messages",
        "Either AISync did not run for so long, or the clock is, or was, wrong. That time does not count for the age "
        "of history: nothing is deleted because of it.",
    ),
    "store.clock.ahead": QT_TRANSLATE_NOOP("messages", "The clock is {days} days ahead of what was last written down"),
    "store.clock.behind": QT_TRANSLATE_NOOP("messages", "The clock is {days} days behind what was last written down"),
    "store.clock.next": QT_TRANSLATE_NOOP("messages", "Check the date of this computer."),
    "store.displaced": QT_TRANSLATE_NOOP("messages", "The database was taken away while AISync ran"),
    "store.displaced.deleted": QT_TRANSLATE_NOOP(
        "messages", "The file was deleted, or one beside it; it was written anew, with all history."
    ),
    "store.displaced.next": QT_TRANSLATE_NOOP(
        "messages", "Quit AISync before you move its files; “aisync restore” takes a backup back."
    ),
    "store.displaced.replaced": QT_TRANSLATE_NOOP(
        "messages", "Another file was put in its place; it is now {name}, and the database was written anew."
    ),
    "store.lost": QT_TRANSLATE_NOOP("messages", "The database was deleted while AISync ran"),
    "store.lost.message": QT_TRANSLATE_NOOP(
        "messages", "A new one was made of what was in memory and of your files. Older history is lost."
    ),
    "store.lost.next": QT_TRANSLATE_NOOP("messages", "Take a backup back with “aisync restore”, if there is one."),
    "store.newer": QT_TRANSLATE_NOOP("messages", "The database is newer than the program"),
    "store.newer.what": QT_TRANSLATE_NOOP("messages", "It has version {found}; this program knows up to {known}."),
    "store.newer.next": QT_TRANSLATE_NOOP("messages", "Update AISync, or restore a backup from before the update."),
    "store.older": QT_TRANSLATE_NOOP("messages", "The database has not been updated yet"),
    "store.older.what": QT_TRANSLATE_NOOP("messages", "It has version {found}; this program needs {known}."),
    "store.older.next": QT_TRANSLATE_NOOP(
        "messages", "Start AISync or run “aisync sync” once; it updates the database."
    ),
    "store.damaged": QT_TRANSLATE_NOOP("messages", "The database cannot be read"),
    "store.damaged.what": QT_TRANSLATE_NOOP("messages", "The file is damaged or is no database."),
    "store.damaged.next": QT_TRANSLATE_NOOP(
        "messages",
        "Restore a backup with “aisync restore”, or move the file away and begin anew; no client is touched.",
    ),
    "store.foreign": QT_TRANSLATE_NOOP("messages", "The database belongs to another program"),
    "store.foreign.what": QT_TRANSLATE_NOOP("messages", "The file has tables that AISync did not make."),
    "store.foreign.next": QT_TRANSLATE_NOOP("messages", "Move the file away; AISync then makes its own."),
    "store.busy": QT_TRANSLATE_NOOP("messages", "The database is in use"),
    "store.busy.what": QT_TRANSLATE_NOOP("messages", "Another program holds its lock."),
    "store.busy.next": QT_TRANSLATE_NOOP("messages", "Close what has it open and try again."),
    "store.full": QT_TRANSLATE_NOOP("messages", "The disk is full"),
    "store.full.what": QT_TRANSLATE_NOOP(
        "messages", "There is no room left in {folder} for the history, so no file was changed."
    ),
    "store.full.next": QT_TRANSLATE_NOOP(
        "messages", "Free some space there, then try again; AISync that runs goes on by itself."
    ),
    "store.denied": QT_TRANSLATE_NOOP("messages", "The database cannot be opened or written"),
    "store.denied.what": QT_TRANSLATE_NOOP("messages", "The system refused: {reason}."),
    "store.denied.next": QT_TRANSLATE_NOOP("messages", "Check the folder's owner, permissions and disk."),
    "store.blob": QT_TRANSLATE_NOOP("messages", "A stored version cannot be read"),
    "store.blob.what": QT_TRANSLATE_NOOP("messages", "Version {name} is damaged, missing or made with another key."),
    "store.blob.next": QT_TRANSLATE_NOOP("messages", "Choose another version, or restore a backup of the database."),
}
