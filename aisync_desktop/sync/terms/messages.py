"""What is said of what was agreed: decisions, projects, coverage, servers that are started."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "decision.proposal": QT_TRANSLATE_NOOP("messages", "{client} asks for “{operation}”: do it?"),
    "decision.proposal.apply": QT_TRANSLATE_NOOP("messages", "{client} asks to begin keeping everything in step"),
    "decision.proposal.decide": QT_TRANSLATE_NOOP("messages", "{client} asks to answer a question for you"),
    "decision.proposal.leave": QT_TRANSLATE_NOOP(
        "messages", "{client} asks to put everything back as it was at first, and to stop"
    ),
    "decision.proposal.make-writable": QT_TRANSLATE_NOOP("messages", "{client} asks to make {path} writable"),
    "decision.proposal.password-remove": QT_TRANSLATE_NOOP("messages", "{client} asks to remove the password"),
    "decision.proposal.token-revoke": QT_TRANSLATE_NOOP("messages", "{client} asks to take back the token “{name}”"),
    "decision.proposal.pin": QT_TRANSLATE_NOOP("messages", "{client} asks to have “{item}” in {clients} only"),
    "decision.proposal.pin.everywhere": QT_TRANSLATE_NOOP(
        "messages", "{client} asks to have “{item}” everywhere again"
    ),
    "decision.proposal.project-add": QT_TRANSLATE_NOOP(
        "messages", "{client} asks to keep the project {path} in step, too"
    ),
    "decision.proposal.project-remove": QT_TRANSLATE_NOOP(
        "messages", "{client} asks to leave the project {path} alone"
    ),
    "decision.proposal.redo": QT_TRANSLATE_NOOP("messages", "{client} asks to do again what was undone last"),
    "decision.proposal.repair": QT_TRANSLATE_NOOP("messages", "{client} asks to repair files"),
    "decision.proposal.restore-file": QT_TRANSLATE_NOOP(
        "messages", "{client} asks to put back the last good version of {path}"
    ),
    "decision.proposal.rollback": QT_TRANSLATE_NOOP("messages", "{client} asks to go back to change {snapshot}"),
    "decision.proposal.secret-remove": QT_TRANSLATE_NOOP(
        "messages", "{client} asks to forget the value of {reference}"
    ),
    "decision.proposal.setting-set": QT_TRANSLATE_NOOP("messages", "{client} asks to set “{name}” to {value}"),
    "decision.proposal.switch.off": QT_TRANSLATE_NOOP("messages", "{client} asks to leave “{target}” alone"),
    "decision.proposal.switch.on": QT_TRANSLATE_NOOP("messages", "{client} asks to keep “{target}” in step"),
    "decision.proposal.switch-client.off": QT_TRANSLATE_NOOP("messages", "{client} asks to leave “{target}” alone"),
    "decision.proposal.switch-client.on": QT_TRANSLATE_NOOP("messages", "{client} asks to keep “{target}” in step"),
    "decision.proposal.switch-client.place": QT_TRANSLATE_NOOP(
        "messages", "{client} asks to give “{target}” place {priority} among the clients that win where they differ"
    ),
    "decision.proposal.apply.snapshot": QT_TRANSLATE_NOOP("messages", "{client} asks to go back to change {snapshot}"),
    "decision.proposal.undo": QT_TRANSLATE_NOOP("messages", "{client} asks to undo the last change"),
    "decision.proposal.note": QT_TRANSLATE_NOOP("messages", "Allowed, it is done as if you had asked for it."),
    "decision.by-hand": QT_TRANSLATE_NOOP(
        "messages", "Put the secret into the other file yourself, or a variable in its place into this one."
    ),
    "decision.changed.message": QT_TRANSLATE_NOOP("messages", "“{item}” was changed again while you looked at it."),
    "decision.changed.next": QT_TRANSLATE_NOOP("messages", "Look at it again, then decide. Nothing was written."),
    "decision.choices": QT_TRANSLATE_NOOP("messages", "Take one of: {choices}."),
    "decision.clash-left": QT_TRANSLATE_NOOP("messages", "These answers cannot be merged"),
    "decision.clash-left.message": QT_TRANSLATE_NOOP("messages", "All that was changed in “{item}” clashes."),
    "decision.clash-left.next": QT_TRANSLATE_NOOP(
        "messages", "Take one of them, or write it by hand: aisync decide {decision} --take merged --edit FILE."
    ),
    "decision.fields-open": QT_TRANSLATE_NOOP("messages", "Something is still to be chosen"),
    "decision.fields-open.message": QT_TRANSLATE_NOOP(
        "messages", "{item} was changed in different ways, and nothing is chosen for: {fields}."
    ),
    "decision.fields-open.next": QT_TRANSLATE_NOOP("messages", "Choose one of the values for each, and answer again."),
    "decision.no-field.message": QT_TRANSLATE_NOOP("messages", "“{field}” is not one of the fields that differ."),
    "decision.no-field.next": QT_TRANSLATE_NOOP("messages", "These differ: {fields}."),
    "decision.no-choice": QT_TRANSLATE_NOOP("messages", "This cannot be taken here"),
    "decision.no-choice.message": QT_TRANSLATE_NOOP("messages", "“{take}” is no answer to this question."),
    "decision.no-item": QT_TRANSLATE_NOOP("messages", "That is no such item"),
    "decision.no-item.message": QT_TRANSLATE_NOOP("messages", "What you wrote is not understood: {reason}."),
    "decision.no-item.next": QT_TRANSLATE_NOOP("messages", "“aisync items --json” shows items as they are written."),
    "decision.not-asked": QT_TRANSLATE_NOOP("messages", "That is not what is asked"),
    "decision.not-asked.message": QT_TRANSLATE_NOOP("messages", "The question is not about “{item}”."),
    "decision.secret-by-hand": QT_TRANSLATE_NOOP("messages", "A secret would be copied to every client"),
    "decision.secret-by-hand.message": QT_TRANSLATE_NOOP("messages", "“{field}” holds what looks like a secret."),
    "decision.secret-by-hand.next": QT_TRANSLATE_NOOP(
        "messages", "Put it into an environment variable, and write {reference} in its place."
    ),
    "decision.unknown": QT_TRANSLATE_NOOP("messages", "There is no such question"),
    "decision.unknown.message": QT_TRANSLATE_NOOP("messages", "“{decision}” is not open, or not any more."),
    "decision.unknown.next": QT_TRANSLATE_NOOP("messages", "“aisync decisions” lists those that are."),
    "decision.unread": QT_TRANSLATE_NOOP(
        "messages",
        "The file of {clients} cannot be read at present. What it said last still counts; your answer is written there "
        "as soon as it can be read again.",
    ),
    "exec.changed": QT_TRANSLATE_NOOP(
        "messages", "It starts something else than when you agreed that it gets its secrets."
    ),
    "exec.changed.next": QT_TRANSLATE_NOOP(
        "messages", "Look at it with `aisync items`; if it is meant, agree again: `aisync doctor` names the repair."
    ),
    "exec.depends": QT_TRANSLATE_NOOP(
        "messages",
        "Its “{field}” refers to a variable, or to the folder that one is in: whoever starts it would choose which "
        "program gets its secrets.",
    ),
    "exec.depends.next": QT_TRANSLATE_NOOP(
        "messages", "Write out whole paths there; variables can be referred to in the server's environment."
    ),
    "exec.failed": QT_TRANSLATE_NOOP("messages", "“{server}” was not started"),
    "exec.gone": QT_TRANSLATE_NOOP("messages", "The program {program} that you agreed to is not there any more."),
    "exec.gone.next": QT_TRANSLATE_NOOP(
        "messages", "Install it again; if it has moved, agree again: `aisync doctor` names the repair."
    ),
    "exec.loop": QT_TRANSLATE_NOOP("messages", "Its command is AISync's launcher again."),
    "exec.loop.next": QT_TRANSLATE_NOOP("messages", "Give it the command of the real server at one of the clients."),
    "exec.no-folder": QT_TRANSLATE_NOOP("messages", "The folder that it is to start in cannot be entered: {reason}."),
    "exec.no-folder.next": QT_TRANSLATE_NOOP("messages", "Mend its “cwd”, or make the folder."),
    "exec.no-memory": QT_TRANSLATE_NOOP("messages", "What AISync knows cannot be read: {reason}."),
    "exec.no-memory.next": QT_TRANSLATE_NOOP("messages", "Run `aisync status`; before `aisync init` nothing is known."),
    "exec.no-program": QT_TRANSLATE_NOOP("messages", "The program “{command}” cannot be started: {reason}."),
    "exec.no-program.next": QT_TRANSLATE_NOOP("messages", "Install it, or mend the command at one of the clients."),
    "exec.no-value": QT_TRANSLATE_NOOP("messages", "The value of its variable “{name}” is not in the safe."),
    "exec.no-value.next": QT_TRANSLATE_NOOP("messages", "Give it anew: `aisync secrets set {reference}`."),
    "exec.not-agreed": QT_TRANSLATE_NOOP("messages", "You have not agreed yet that it gets its secrets from AISync."),
    "exec.not-agreed.next": QT_TRANSLATE_NOOP(
        "messages", "Look at it with `aisync items`; if it is yours, agree to it: `aisync doctor` names the repair."
    ),
    "exec.not-stdio": QT_TRANSLATE_NOOP("messages", "It is a server to connect to: there is nothing to start."),
    "exec.not-stdio.next": QT_TRANSLATE_NOOP("messages", "Give the client the server's address instead."),
    "exec.secret-in-args": QT_TRANSLATE_NOOP(
        "messages", "A secret stands in its “{field}”, where every program on this machine could read it."
    ),
    "exec.secret-in-args.next": QT_TRANSLATE_NOOP(
        "messages", "Pass it in a variable of the server's environment instead."
    ),
    "exec.unknown": QT_TRANSLATE_NOOP("messages", "AISync knows no server of this name in {place}."),
    "exec.unknown.next": QT_TRANSLATE_NOOP("messages", "See `aisync items --kind mcp`, or run `aisync sync`."),
    "exec.unset": QT_TRANSLATE_NOOP("messages", "It needs the environment variable {name}, which is not set."),
    "exec.unset.next": QT_TRANSLATE_NOOP(
        "messages", "Set it where the client is started, or give a default: {reference}."
    ),
    "history.no-snapshot": QT_TRANSLATE_NOOP("messages", "There is no such change"),
    "history.no-snapshot.message": QT_TRANSLATE_NOOP("messages", "The history has no change {number}."),
    "history.no-snapshot.next": QT_TRANSLATE_NOOP("messages", "“aisync history” lists them."),
    "not-writing": QT_TRANSLATE_NOOP("messages", "Nothing is written now"),
    "not-writing.new": QT_TRANSLATE_NOOP("messages", "You have not agreed yet that AISync writes."),
    "not-writing.new.next": QT_TRANSLATE_NOOP("messages", "Begin with “aisync init”."),
    "not-writing.paused": QT_TRANSLATE_NOOP("messages", "Syncing is paused."),
    "not-writing.paused.next": QT_TRANSLATE_NOOP(
        "messages", "Resume it in the tray or the window, or with `aisync resume`, first."
    ),
    "project.refused": QT_TRANSLATE_NOOP("messages", "This cannot be a project"),
    "project.refused.client": QT_TRANSLATE_NOOP(
        "messages", "{name} keeps your own files in this folder; they are not a project's."
    ),
    "project.refused.home": QT_TRANSLATE_NOOP(
        "messages", "This folder is your home folder or holds it: its files are your own, not a project's."
    ),
    "project.refused.next": QT_TRANSLATE_NOOP("messages", "Name the root folder of a project."),
    "project.refused.no-folder": QT_TRANSLATE_NOOP("messages", "There is no such folder."),
    "project.refused.no-text": QT_TRANSLATE_NOOP(
        "messages", "The name of this folder, or of one that it is in, is no text in UTF-8: it cannot be written down."
    ),
    "project.refused.ours": QT_TRANSLATE_NOOP("messages", "This folder is AISync's own."),
    "project.refused.relative": QT_TRANSLATE_NOOP("messages", "No folder is named, or not by its whole path."),
    "project.refused.system": QT_TRANSLATE_NOOP("messages", "This folder belongs to the system."),
    "project.unknown": QT_TRANSLATE_NOOP("messages", "Not a project of AISync"),
    "project.unknown.message": QT_TRANSLATE_NOOP(
        "messages", "This folder is none of the projects that are kept in step."
    ),
    "project.unknown.next": QT_TRANSLATE_NOOP("messages", "See `aisync project list`."),
    "reach.unknown": QT_TRANSLATE_NOOP("messages", "There is nothing of that name"),
    "reach.unknown.message": QT_TRANSLATE_NOOP("messages", "“{what}” is no client, no kind and no item."),
    "reach.unknown.next": QT_TRANSLATE_NOOP("messages", "“aisync clients” and “aisync items” list what there is."),
}
