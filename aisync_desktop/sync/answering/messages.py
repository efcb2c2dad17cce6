"""What is said when a database was lost, or a clock or what was agreed is not as it was."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "proposal.many": QT_TRANSLATE_NOOP("messages", "Too much waits for a person"),
    "proposal.many.message": QT_TRANSLATE_NOOP(
        "messages", "{count} {count:request of an assistant waits|requests of assistants wait} to be answered."
    ),
    "proposal.many.one": QT_TRANSLATE_NOOP(
        "messages", "{count} {count:request|requests} of {client} {count:waits|wait} to be answered."
    ),
    "proposal.many.next": QT_TRANSLATE_NOOP("messages", "Answer some of them: “aisync decisions” lists them."),
    "adoption.changed": QT_TRANSLATE_NOOP("messages", "Nothing was written"),
    "adoption.changed.message": QT_TRANSLATE_NOOP(
        "messages", "By now something else would be written than what you were shown: files have changed meanwhile."
    ),
    "adoption.changed.next": QT_TRANSLATE_NOOP("messages", "Look at it again, and agree to that."),
    "store.clock": QT_TRANSLATE_NOOP(
        "messages",
        "Either AISync did not run for so long, or the clock is, or was, wrong. That time does not count for the age "
        "of history: nothing is deleted because of it.",
    ),
    "store.clock.ahead": QT_TRANSLATE_NOOP(
        "messages", "The clock is {days} {days:day|days} ahead of what was last written down"
    ),
    "store.clock.behind": QT_TRANSLATE_NOOP(
        "messages", "The clock is {days} {days:day|days} behind what was last written down"
    ),
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
    "store.settings-lost": QT_TRANSLATE_NOOP("messages", "The settings were damaged"),
    "store.settings-lost.message": QT_TRANSLATE_NOOP(
        "messages",
        "Their file was set aside as {name}. What could be read of it is kept; every other setting has its default.",
    ),
    "store.settings-lost.next": QT_TRANSLATE_NOOP(
        "messages", "Look at them with “aisync settings get”; keep the old file, or delete it."
    ),
    "store.rebuilt": QT_TRANSLATE_NOOP("messages", "The database was damaged"),
    "store.rebuilt.message": QT_TRANSLATE_NOOP(
        "messages",
        "It was set aside as {name}, and a new one made from your files. Older history is in the old one.",
    ),
    "store.rebuilt.next": QT_TRANSLATE_NOOP("messages", "Check the disk; keep the old file, or delete it."),
}
