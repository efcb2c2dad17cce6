"""The English templates about secrets and where they are kept; `messages.py` has them with all the others."""

from __future__ import annotations

from aisync_desktop.core.translatable import QT_TRANSLATE_NOOP

SECRETS: dict[str, str] = {
    "loss.secret-locked": QT_TRANSLATE_NOOP(
        "messages", "It needs a secret that the keyring does not give now; it is written as soon as it does."
    ),
    "secrets.in-database": QT_TRANSLATE_NOOP("messages", "Secrets are kept without a keyring"),
    "secrets.in-database.message": QT_TRANSLATE_NOOP(
        "messages", "Values that the keyring did not take: {count}. They are encrypted in the database of AISync."
    ),
    "secrets.in-database.next": QT_TRANSLATE_NOOP(
        "messages", "Install or unlock a keyring; the values then move there by themselves."
    ),
    "secrets.key-beside": QT_TRANSLATE_NOOP("messages", "The key of the history lies beside it"),
    "secrets.key-beside.message": QT_TRANSLATE_NOOP(
        "messages",
        "There was no usable keyring, so the key is in this file: who can read it can read old versions and secrets.",
    ),
    "secrets.key-beside.next": QT_TRANSLATE_NOOP(
        "messages", "Keep this folder to yourself, and out of backups that others can read."
    ),
}
