"""What was written, undone, mended and turned around, and how things stand."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "activity.back": QT_TRANSLATE_NOOP(
        "messages", "{items} {items:item|items} and {files} {files:file|files} put back."
    ),
    "activity.synced": QT_TRANSLATE_NOOP(
        "messages", "{items} {items:item|items} synced, {files} {files:file|files} written."
    ),
    "choice.before": QT_TRANSLATE_NOOP("messages", "Keep as before"),
    "choice.delete": QT_TRANSLATE_NOOP("messages", "Delete it, as {client} did"),
    "choice.gone.back": QT_TRANSLATE_NOOP("messages", "Put them back"),
    "choice.gone.meant": QT_TRANSLATE_NOOP("messages", "They were meant to go"),
    "choice.leak.back": QT_TRANSLATE_NOOP("messages", "Write the reference back"),
    "choice.leak.use": QT_TRANSLATE_NOOP("messages", "Use the value everywhere"),
    "choice.lost-text.back": QT_TRANSLATE_NOOP("messages", "Put the text back"),
    "choice.lost-text.keep": QT_TRANSLATE_NOOP("messages", "Keep the file as it is"),
    "choice.merged": QT_TRANSLATE_NOOP("messages", "Take what does not clash"),
    "choice.name": QT_TRANSLATE_NOOP("messages", "Call it “{name}”, as {client} does"),
    "choice.name-again": QT_TRANSLATE_NOOP("messages", "Call it “{name}” again"),
    "choice.proposal.allow": QT_TRANSLATE_NOOP("messages", "Allow it"),
    "choice.proposal.leave": QT_TRANSLATE_NOOP("messages", "Leave it"),
    "choice.restore": QT_TRANSLATE_NOOP("messages", "Restore the whole file"),
    "choice.secret.copy": QT_TRANSLATE_NOOP("messages", "Copy the secret to them"),
    "choice.secret.launch": QT_TRANSLATE_NOOP("messages", "Have AISync start it with the secret"),
    "choice.secret.leave": QT_TRANSLATE_NOOP("messages", "Leave them without it"),
    "choice.servers.allow": QT_TRANSLATE_NOOP("messages", "Allow what is ticked"),
    "choice.servers.leave": QT_TRANSLATE_NOOP("messages", "Leave it where it stands"),
    "choice.side": QT_TRANSLATE_NOOP("messages", "Take it from {client}"),
    "choice.stale.delete": QT_TRANSLATE_NOOP("messages", "Delete it again"),
    "choice.stale.newer": QT_TRANSLATE_NOOP("messages", "Write the newer one again"),
    "choice.stale.older": QT_TRANSLATE_NOOP("messages", "Take the older one from {client}"),
    "choice.take": QT_TRANSLATE_NOOP("messages", "Take “{choice}”"),
    "choice.wider.copy": QT_TRANSLATE_NOOP("messages", "Loosen it there, too"),
    "choice.wider.leave": QT_TRANSLATE_NOOP("messages", "Leave them as strict as they are"),
    "doctor.no-repair": QT_TRANSLATE_NOOP("messages", "Nothing to repair"),
    "doctor.no-repair.message": QT_TRANSLATE_NOOP("messages", "There is no repair {repair} (any more)."),
    "doctor.no-repair.next": QT_TRANSLATE_NOOP("messages", "See `aisync doctor` for what can be repaired."),
    "doctor.repair.agree": QT_TRANSLATE_NOOP(
        "messages", "Agree that AISync starts {program} with the secrets of “{item}”."
    ),
    "doctor.repair.launch": QT_TRANSLATE_NOOP(
        "messages", "Take the secret of “{item}” out of {file}: its entry has AISync start the server with it."
    ),
    "doctor.repair.private": QT_TRANSLATE_NOOP("messages", "Make {file} private (mode 0600)."),
    "doctor.repair.reference": QT_TRANSLATE_NOOP(
        "messages",
        "Write {names} in place of the secret of “{item}”, at all clients; it must be set where they are started.",
    ),
    "doctor.repair.reference-back": QT_TRANSLATE_NOOP("messages", "Write the references of “{item}” back."),
    "doctor.repair.relaunch": QT_TRANSLATE_NOOP("messages", "Write where AISync is now into {file}, for “{item}”."),
    "engine.fought-over": QT_TRANSLATE_NOOP("messages", "Another program undoes what is written here"),
    "engine.fought-over.message": QT_TRANSLATE_NOOP("messages", "The file is left alone for now; the others go on."),
    "engine.fought-over.next": QT_TRANSLATE_NOOP("messages", "Close that program, then sync: `aisync sync`."),
    "guard.waiting": QT_TRANSLATE_NOOP("messages", "It waits to be settled; going back leaves it as it is."),
    "secrets.in-database": QT_TRANSLATE_NOOP("messages", "Secrets are kept without a keyring"),
    "secrets.in-database.message": QT_TRANSLATE_NOOP(
        "messages",
        "{count} {count:value|values} that the keyring did not take {count:is|are} encrypted in AISync's database.",
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
    "status.decision": QT_TRANSLATE_NOOP("messages", "{count} {count:question is|questions are} waiting for you"),
    "status.else-in-step": QT_TRANSLATE_NOOP(
        "messages",
        "Everything else is in step: {items} {items:item|items} in {clients} {clients:client|clients}",
    ),
    "status.in-step": QT_TRANSLATE_NOOP("messages", "Everything is in step"),
    "status.in-step.line": QT_TRANSLATE_NOOP(
        "messages", "{items} {items:item|items} in {clients} {clients:client|clients}"
    ),
    "status.new": QT_TRANSLATE_NOOP("messages", "{clients} {clients:client was|clients were} found"),
    "status.new.line": QT_TRANSLATE_NOOP("messages", "Nothing is written until you start syncing"),
    "status.paused": QT_TRANSLATE_NOOP("messages", "Paused"),
    "status.paused.line": QT_TRANSLATE_NOOP("messages", "Nothing is written until you go on"),
    "status.pending": QT_TRANSLATE_NOOP("messages", "{count} {count:file is|files are} being brought in step"),
    "status.problems": QT_TRANSLATE_NOOP("messages", "{count} {count:problem|problems}"),
    "status.snoozed": QT_TRANSLATE_NOOP("messages", "Paused until {time}"),
    "status.unreadable": QT_TRANSLATE_NOOP("messages", "{count} {count:file|files} cannot be read"),
    "status.unwritten": QT_TRANSLATE_NOOP("messages", "{count} {count:change|changes} could not be written"),
    "status.writing": QT_TRANSLATE_NOOP("messages", "{files} {files:file is|files are} being written"),
    "status.writing.line": QT_TRANSLATE_NOOP("messages", "A copy of each is kept"),
    "undo.loosens": QT_TRANSLATE_NOOP("messages", "This would allow what is refused now"),
    "undo.loosens.message": QT_TRANSLATE_NOOP(
        "messages", "Refused now, and not any more after it: {items} (in {clients})."
    ),
    "undo.loosens.next": QT_TRANSLATE_NOOP(
        "messages", "Nothing was done. If you mean it, say so: with --allow-loosening, or in the window."
    ),
    "undo.nothing": QT_TRANSLATE_NOOP("messages", "There is nothing to undo"),
    "undo.nothing.message": QT_TRANSLATE_NOOP("messages", "Nothing was changed since the beginning."),
    "undo.nothing.next": QT_TRANSLATE_NOOP(
        "messages", "“aisync undo --all” puts every file back to what it had before AISync, and leaves it alone."
    ),
    "undo.none": QT_TRANSLATE_NOOP("messages", "There is nothing to do again"),
    "undo.none.message": QT_TRANSLATE_NOOP("messages", "Nothing was undone since the last change."),
    "undo.since": QT_TRANSLATE_NOOP("messages", "There were changes since"),
    "undo.since.message": QT_TRANSLATE_NOOP("messages", "That is not the last change any more; nothing was done."),
    "undo.since.next": QT_TRANSLATE_NOOP("messages", "“aisync history” lists them, “aisync rollback” goes back."),
}
