"""What is asked and held back when it is planned what to write."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "decision.conflict": QT_TRANSLATE_NOOP("messages", "“{item}” was changed in different ways by {clients}"),
    "decision.leak": QT_TRANSLATE_NOOP(
        "messages", "{client} wrote values in the place of the references in “{item}”: write the references back?"
    ),
    "decision.lost-text.both": QT_TRANSLATE_NOOP(
        "messages",
        "{client} dropped {comments} {comments:comment|comments} and {keys} {keys:setting|settings} that "
        "AISync does not know from {file}. Put them back?",
    ),
    "decision.lost-text.comments": QT_TRANSLATE_NOOP(
        "messages", "{client} dropped {count} {count:comment|comments} from {file}. Put {count:it|them} back?"
    ),
    "decision.lost-text.keys": QT_TRANSLATE_NOOP(
        "messages",
        "{client} dropped {keys} {keys:setting|settings} that AISync does not know from {file}. "
        "Put {keys:it|them} back?",
    ),
    "decision.lost-text.numbers": QT_TRANSLATE_NOOP(
        "messages", "{client} spelled {count} {count:number|numbers} in {file} otherwise. Put {count:it|them} back?"
    ),
    "decision.mass-deletion": QT_TRANSLATE_NOOP(
        "messages",
        "{count} {count:item is|items are} gone from {client} at once: {items}. {count:Was it|Were they} meant to go?",
    ),
    "decision.project-servers": QT_TRANSLATE_NOOP(
        "messages",
        "{count} {count:server is|servers are} new or changed in the project “{project}”: {items}. "
        "Let other assistants start {count:it|them}, too, from its other files?",
    ),
    "decision.project-servers.how": QT_TRANSLATE_NOOP(
        "messages", "Once allowed, other assistants start them, or connect to them, as these lines say."
    ),
    "decision.rename": QT_TRANSLATE_NOOP("messages", "“{item}” was given different names: {names}"),
    "decision.secret": QT_TRANSLATE_NOOP("messages", "“{item}” holds a secret: copy it to other clients?"),
    "decision.stale": QT_TRANSLATE_NOOP(
        "messages", "{client} keeps writing back an older “{item}”. It may have to be restarted."
    ),
    "decision.wider.allow": QT_TRANSLATE_NOOP("messages", "“{item}” is allowed elsewhere: allow it here, too?"),
    "decision.wider.ask": QT_TRANSLATE_NOOP("messages", "“{item}” is only asked about elsewhere: loosen it here, too?"),
    "decision.wider.examples": QT_TRANSLATE_NOOP("messages", "it would also allow: {examples}"),
    "decision.wider.none": QT_TRANSLATE_NOOP(
        "messages", "“{item}” is no longer restricted elsewhere: loosen it here, too?"
    ),
    "decision.wider.tools": QT_TRANSLATE_NOOP(
        "messages", "More tools of “{item}” are open elsewhere: open them here, too?"
    ),
    "decision.wider.unsandboxed": QT_TRANSLATE_NOOP("messages", "there it would run outside the sandbox"),
    "engine.held-back": QT_TRANSLATE_NOOP("messages", "“{item}” was not written"),
    "engine.held-back.next": QT_TRANSLATE_NOOP(
        "messages", "Here it stays as it was; all else goes on. Edit it in the file by hand, or switch it off."
    ),
    "engine.held-back.not-faithful": QT_TRANSLATE_NOOP(
        "messages", "The edited file would not read back as it was meant. Report this."
    ),
    "engine.vanished": QT_TRANSLATE_NOOP("messages", "A configuration file is gone"),
    "engine.vanished.message": QT_TRANSLATE_NOOP("messages", "It had items before; that is not taken for a deletion."),
    "engine.vanished.next": QT_TRANSLATE_NOOP("messages", "Start the client once, or put the file back."),
    "guard.mass-deletion": QT_TRANSLATE_NOOP("messages", "Many items are gone at once; that waits for you."),
    "guard.off": QT_TRANSLATE_NOOP("messages", "It is not kept in step here, as you set it."),
    "guard.resting": QT_TRANSLATE_NOOP("messages", "It has only just gone; that is looked at again in a moment."),
    "guard.stale": QT_TRANSLATE_NOOP("messages", "The client wrote an older state back; that waits for you."),
    "guard.unread": QT_TRANSLATE_NOOP("messages", "It waits for you, and its file cannot be read at present."),
    "lens.leak": QT_TRANSLATE_NOOP("messages", "The client put values in the place of references; that waits for you."),
    "loss.off-elsewhere": QT_TRANSLATE_NOOP(
        "messages", "It is switched off beside the file, where this client does not look: it stays on there."
    ),
    "loss.park-secret": QT_TRANSLATE_NOOP(
        "messages",
        "The client has no switch, and the entry has a secret that could not be put back: it stays on there.",
    ),
    "loss.permission-opaque": QT_TRANSLATE_NOOP(
        "messages", "Other clients do not get this rule: they have none that means the same."
    ),
    "loss.permission-own": QT_TRANSLATE_NOOP(
        "messages", "It would let the assistant run AISync without asking. Such a permission stays where you gave it."
    ),
    "loss.permission-weaker.ask": QT_TRANSLATE_NOOP(
        "messages", "Not asked about here, unlike at {clients}: {examples}"
    ),
    "loss.permission-weaker.ask.meant": QT_TRANSLATE_NOOP(
        "messages", "Not asked about here, although it is meant: {examples}"
    ),
    "loss.permission-weaker.deny": QT_TRANSLATE_NOOP("messages", "Not denied here, unlike at {clients}: {examples}"),
    "loss.permission-weaker.deny.meant": QT_TRANSLATE_NOOP(
        "messages", "Not denied here, although it is meant: {examples}"
    ),
    "loss.permission-wider-left": QT_TRANSLATE_NOOP("messages", "You did not want it to be loosened here."),
    "loss.secret-in-project": QT_TRANSLATE_NOOP(
        "messages", "It holds a secret, which is never copied into a project's files; a reference would be."
    ),
    "loss.secret-left": QT_TRANSLATE_NOOP("messages", "It holds a secret that you did not want to be copied here."),
    "loss.server-left": QT_TRANSLATE_NOOP(
        "messages", "It stays in the file where it stands, as you said; adding the project again asks anew."
    ),
    "remedy.fine": QT_TRANSLATE_NOOP("messages", "Nothing to put right"),
    "remedy.fine.message": QT_TRANSLATE_NOOP("messages", "The file can be read as it is."),
    "remedy.fine.next": QT_TRANSLATE_NOOP("messages", "“aisync history --file” lists what was in it before."),
    "remedy.moved-on": QT_TRANSLATE_NOOP("messages", "The file was changed meanwhile"),
    "remedy.moved-on.message": QT_TRANSLATE_NOOP(
        "messages", "It is not what you were shown any more; it stays as it is."
    ),
    "remedy.moved-on.next": QT_TRANSLATE_NOOP("messages", "Look at what would be written once more."),
    "remedy.none": QT_TRANSLATE_NOOP("messages", "No earlier version to put back"),
    "remedy.none.message": QT_TRANSLATE_NOOP(
        "messages", "History has no version of the file that can be read, or another one than you were shown."
    ),
    "remedy.none.next": QT_TRANSLATE_NOOP("messages", "Look again, or open the file and repair it by hand."),
    "remedy.not-ours": QT_TRANSLATE_NOOP("messages", "AISync does not look after this file"),
    "remedy.not-ours.message": QT_TRANSLATE_NOOP("messages", "It is none of the files that are kept in step."),
    "remedy.not-ours.next": QT_TRANSLATE_NOOP("messages", "“aisync clients” lists those that are."),
}
