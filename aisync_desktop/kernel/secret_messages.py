"""The English templates about secrets and where they are kept; `messages.py` has them with all the others."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

SECRETS: dict[str, str] = {
    "cli.secrets.database": QT_TRANSLATE_NOOP("messages", "encrypted in the database since {time}"),
    "cli.secrets.differs": QT_TRANSLATE_NOOP("messages", "different values in {field}:"),
    "cli.secrets.in-files": QT_TRANSLATE_NOOP("messages", "not kept, but in a file"),
    "cli.secrets.keyring": QT_TRANSLATE_NOOP("messages", "in the keyring since {time}"),
    "cli.secrets.left": QT_TRANSLATE_NOOP(
        "messages", "the old value still stands at {places}; AISync does not write it there."
    ),
    "cli.secrets.locked": QT_TRANSLATE_NOOP("messages", "kept, but the keyring does not give it now"),
    "cli.secrets.missing": QT_TRANSLATE_NOOP("messages", "missing"),
    "cli.secrets.new-value": QT_TRANSLATE_NOOP("messages", "New value"),
    "cli.secrets.none": QT_TRANSLATE_NOOP("messages", "No secret is known."),
    "cli.secrets.not-kept": QT_TRANSLATE_NOOP("messages", "not kept"),
    "cli.secrets.removed": QT_TRANSLATE_NOOP("messages", "Forgotten: {reference}"),
    "cli.secrets.unused": QT_TRANSLATE_NOOP("messages", "not used any more; last seen:"),
    "cli.secrets.yes": QT_TRANSLATE_NOOP("messages", "can be had"),
    "loss.secret-locked": QT_TRANSLATE_NOOP(
        "messages", "It needs a secret that the keyring does not give now; it is written as soon as it does."
    ),
    "loss.secret-unsayable": QT_TRANSLATE_NOOP(
        "messages", "Its secret has a sign (such as $) in it that this client would read as something else."
    ),
    "secrets.passphrase-short": QT_TRANSLATE_NOOP("messages", "The passphrase is too short"),
    "secrets.passphrase-short.next": QT_TRANSLATE_NOOP("messages", "Take some words. Nothing was written."),
    "secrets.passphrase-short.what": QT_TRANSLATE_NOOP("messages", "It needs {shortest} characters or more."),
    "secrets.passphrase-wrong": QT_TRANSLATE_NOOP("messages", "The passphrase is wrong"),
    "secrets.passphrase-wrong.next": QT_TRANSLATE_NOOP("messages", "Try again. Nothing was changed."),
    "secrets.passphrase-wrong.what": QT_TRANSLATE_NOOP("messages", "It does not open the key in this backup."),
    "secrets.in-database": QT_TRANSLATE_NOOP("messages", "Secrets are kept without a keyring"),
    "secrets.in-database.message": QT_TRANSLATE_NOOP(
        "messages", "Values that the keyring did not take: {count}. They are encrypted in the database of AISync."
    ),
    "secrets.in-database.next": QT_TRANSLATE_NOOP(
        "messages", "Install or unlock a keyring; the values then move there by themselves."
    ),
    "secrets.in-use": QT_TRANSLATE_NOOP("messages", "The secret is in use"),
    "secrets.in-use.message": QT_TRANSLATE_NOOP("messages", "{reference} is used by {items}."),
    "secrets.in-use.next": QT_TRANSLATE_NOOP(
        "messages",
        "Take it out there first, or forget it with --yes; what stands in a file is kept again at the next sync.",
    ),
    "secrets.key-beside": QT_TRANSLATE_NOOP("messages", "The key of the history lies beside it"),
    "secrets.key-beside.message": QT_TRANSLATE_NOOP(
        "messages",
        "There was no usable keyring, so the key is in this file: who can read it can read old versions and secrets.",
    ),
    "secrets.key-beside.next": QT_TRANSLATE_NOOP(
        "messages", "Keep this folder to yourself, and out of backups that others can read."
    ),
    "secrets.not-one": QT_TRANSLATE_NOOP("messages", "This value would not be known for a secret"),
    "secrets.not-one.message": QT_TRANSLATE_NOOP(
        "messages", "In “{item}”, {field}, it would be read otherwise: as a reference, a placeholder or in pieces."
    ),
    "secrets.not-one.next": QT_TRANSLATE_NOOP(
        "messages", "Nothing was changed. In an address, spell signs such as @ and / as %40 and %2F."
    ),
    "secrets.not-there": QT_TRANSLATE_NOOP("messages", "There is no secret"),
    "secrets.not-there.message": QT_TRANSLATE_NOOP("messages", "“{item}” has no secret in clear in {field}."),
    "secrets.not-there.next": QT_TRANSLATE_NOOP(
        "messages",
        "Fields are named as in env.TOKEN, headers.Authorization, args or url; `aisync secrets list` shows all.",
    ),
    "secrets.unknown": QT_TRANSLATE_NOOP("messages", "There is no such secret"),
    "secrets.unknown.message": QT_TRANSLATE_NOOP("messages", "Nothing is known of “{reference}”."),
    "secrets.unknown.next": QT_TRANSLATE_NOOP("messages", "`aisync secrets list` shows all that are known."),
    "secrets.unused": QT_TRANSLATE_NOOP("messages", "No file holds this secret"),
    "secrets.unused.message": QT_TRANSLATE_NOOP(
        "messages", "None of your own files that are kept in step holds {reference}, so there is nothing to change."
    ),
    "secrets.unused.next": QT_TRANSLATE_NOOP(
        "messages", "`aisync secrets list` shows where each is used; a project's files are to be changed by hand."
    ),
}
