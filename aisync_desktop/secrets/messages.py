"""What is said about keys, keyrings and passphrases."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "secrets.key-denied": QT_TRANSLATE_NOOP("messages", "The key file cannot be read or written"),
    "secrets.key-denied.next": QT_TRANSLATE_NOOP("messages", "Check the folder's owner, permissions and disk."),
    "secrets.key-denied.what": QT_TRANSLATE_NOOP("messages", "The system refused: {reason}."),
    "secrets.key-file": QT_TRANSLATE_NOOP(
        "messages", "There is no usable keyring ({reason}), so the key of the history is in the file {path}."
    ),
    "secrets.key-lost": QT_TRANSLATE_NOOP("messages", "The key of the history is gone"),
    "secrets.key-lost.file": QT_TRANSLATE_NOOP("messages", "The key file of key {key} is missing or damaged."),
    "secrets.key-lost.keyring": QT_TRANSLATE_NOOP("messages", "The keyring no longer has key {key}."),
    "secrets.key-lost.next": QT_TRANSLATE_NOOP(
        "messages", "Bring the key back from a backup. Without it, move the database away and begin a new history."
    ),
    "secrets.keyring-silent": QT_TRANSLATE_NOOP("messages", "The keyring does not answer"),
    "secrets.keyring-silent.next": QT_TRANSLATE_NOOP("messages", "Unlock the keyring and try again."),
    "secrets.keyring-silent.what": QT_TRANSLATE_NOOP("messages", "It is locked or cannot be reached: {reason}."),
    "secrets.passphrase-short": QT_TRANSLATE_NOOP("messages", "The passphrase is too short"),
    "secrets.passphrase-short.next": QT_TRANSLATE_NOOP("messages", "Take some words. Nothing was written."),
    "secrets.passphrase-short.what": QT_TRANSLATE_NOOP("messages", "It needs {shortest} characters or more."),
    "secrets.passphrase-wrong": QT_TRANSLATE_NOOP("messages", "The passphrase is wrong"),
    "secrets.passphrase-wrong.next": QT_TRANSLATE_NOOP("messages", "Try again. Nothing was changed."),
    "secrets.passphrase-wrong.what": QT_TRANSLATE_NOOP("messages", "It does not open the key in this backup."),
}
