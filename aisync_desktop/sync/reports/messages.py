"""What the reports find: doctor, permissions, audit, history, secrets."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "preview.off": QT_TRANSLATE_NOOP("messages", "It is switched off."),
    "preview.off.next": QT_TRANSLATE_NOOP("messages", "Once it is switched on again, it catches up."),
    "allowed.confined.own": QT_TRANSLATE_NOOP("messages", "in the sandbox of your own profile"),
    "allowed.confined.read-only": QT_TRANSLATE_NOOP("messages", "in its sandbox: it only reads"),
    "allowed.confined.workspace": QT_TRANSLATE_NOOP("messages", "in its sandbox: it writes in this folder only"),
    "allowed.default": QT_TRANSLATE_NOOP("messages", "no rule is about it"),
    "allowed.judged": QT_TRANSLATE_NOOP("messages", "a model decides, not you"),
    "allowed.no-rules": QT_TRANSLATE_NOOP("messages", "Nothing can be said of this client"),
    "allowed.no-rules.message": QT_TRANSLATE_NOOP(
        "messages", "{client} is not on this machine, or keeps its permissions where AISync does not look."
    ),
    "allowed.no-rules.next": QT_TRANSLATE_NOOP("messages", "Ask all of them: `aisync allowed all …`."),
    "audit.anything": QT_TRANSLATE_NOOP("messages", "runs any program at all"),
    "audit.deletion": QT_TRANSLATE_NOOP("messages", "deletes files"),
    "audit.download": QT_TRANSLATE_NOOP("messages", "runs what it has just downloaded"),
    "audit.fetch": QT_TRANSLATE_NOOP("messages", "fetches from any host"),
    "audit.interpreter": QT_TRANSLATE_NOOP("messages", "runs an interpreter, and so any program"),
    "audit.judged": QT_TRANSLATE_NOOP("messages", "lets a model decide what you are not asked about"),
    "audit.keys": QT_TRANSLATE_NOOP("messages", "reads private keys"),
    "audit.open": QT_TRANSLATE_NOOP("messages", "does whatever it wants, and nothing confines it"),
    "audit.packages": QT_TRANSLATE_NOOP("messages", "installs and runs any package"),
    "audit.root": QT_TRANSLATE_NOOP("messages", "runs programs as root"),
    "audit.servers": QT_TRANSLATE_NOOP("messages", "calls every tool of every server"),
    "audit.startup": QT_TRANSLATE_NOOP("messages", "writes files that are run when a shell starts"),
    "audit.substitution": QT_TRANSLATE_NOOP("messages", "runs any program inside a command that is allowed"),
    "doctor.age": QT_TRANSLATE_NOOP(
        "messages", "What is known of this client was checked against version {seen}; version {version} is here."
    ),
    "doctor.age.next": QT_TRANSLATE_NOOP(
        "messages", "There is nothing to do: every file is read back before it counts as written."
    ),
    "doctor.alike": QT_TRANSLATE_NOOP(
        "messages", "“{item}” and “{other}” are the same server, or their tools get the same name."
    ),
    "doctor.alike.next": QT_TRANSLATE_NOOP("messages", "Take one of them out, or rename it."),
    "doctor.approval": QT_TRANSLATE_NOOP(
        "messages", "The client uses what is written here only after you have approved or trusted it there."
    ),
    "doctor.approval.next": QT_TRANSLATE_NOOP("messages", "Start the client in this place and look what it asks."),
    "doctor.copy": QT_TRANSLATE_NOOP("messages", "This copy of {file} holds secrets in clear."),
    "doctor.copy.next": QT_TRANSLATE_NOOP(
        "messages", "Delete it when it is of no more use; a secret that others could read is to be changed."
    ),
    "doctor.hidden": QT_TRANSLATE_NOOP(
        "messages", "The client does not read this file as long as there is {file}: what is changed here has no effect."
    ),
    "doctor.hidden.next": QT_TRANSLATE_NOOP("messages", "Move what you need to {file}, and take this file away."),
    "doctor.joined": QT_TRANSLATE_NOOP(
        "messages", "The client joins this “{item}” with the one of the user, and starts it with the arguments of both."
    ),
    "doctor.joined.next": QT_TRANSLATE_NOOP("messages", "Rename one of the two, or take it out at this client."),
    "doctor.launch-changed": QT_TRANSLATE_NOOP(
        "messages",
        "You have not agreed that AISync starts “{item}” as it is now with its secrets: it does not.",
    ),
    "doctor.launch-changed.next": QT_TRANSLATE_NOOP("messages", "If it is meant so, agree with the repair."),
    "doctor.launch-depends": QT_TRANSLATE_NOOP(
        "messages",
        "AISync does not start “{item}” with its secrets: its “{field}” refers to a variable, or to the folder that "
        "one is in, and whoever starts it would choose which program gets them.",
    ),
    "doctor.launch-depends.next": QT_TRANSLATE_NOOP(
        "messages", "Write out whole paths there; variables can be referred to in the server's environment."
    ),
    "doctor.launch-missing": QT_TRANSLATE_NOOP(
        "messages", "The program “{what}” of “{item}” is not found: AISync does not start it with its secrets."
    ),
    "doctor.launch-missing.next": QT_TRANSLATE_NOOP(
        "messages", "Install it, give its whole path as the command, or call the doctor where it is found."
    ),
    "doctor.leak.next": QT_TRANSLATE_NOOP(
        "messages", "Write the references back with `aisync decide {id} --take base`."
    ),
    "doctor.left-alone.next": QT_TRANSLATE_NOOP("messages", "AISync leaves “{item}” as it is in this file."),
    "doctor.merged": QT_TRANSLATE_NOOP(
        "messages", "The client reads this file together with {file}, and only that one is kept in step."
    ),
    "doctor.merged.next": QT_TRANSLATE_NOOP("messages", "Move what other clients should have to {file}."),
    "doctor.misspelt-key": QT_TRANSLATE_NOOP(
        "messages", "“{item}” has the field “{field}”, which {client} is not known to use; “{meant}” is like it."
    ),
    "doctor.misspelt-key.next": QT_TRANSLATE_NOOP("messages", "If “{meant}” is meant, mend it."),
    "doctor.moved": QT_TRANSLATE_NOOP(
        "messages", "“{field}” has the client look for servers in another file than {file}, which is kept in step."
    ),
    "doctor.moved.next": QT_TRANSLATE_NOOP("messages", "Take this setting out, so that the client reads {file}."),
    "doctor.no-command": QT_TRANSLATE_NOOP("messages", "“{item}” cannot start: there is no “{what}” on the PATH."),
    "doctor.no-command.next": QT_TRANSLATE_NOOP("messages", "Install it, or mend the command."),
    "doctor.no-url": QT_TRANSLATE_NOOP("messages", "“{item}” has an address that no client understands: “{what}”."),
    "doctor.no-url.next": QT_TRANSLATE_NOOP("messages", "Mend its url; it begins with http:// or https://."),
    "doctor.not-shared": QT_TRANSLATE_NOOP(
        "messages", "“{item}” is kept here for this project and this client alone; it is not kept in step."
    ),
    "doctor.not-shared.next": QT_TRANSLATE_NOOP(
        "messages", "If other clients should have it, move it to the project's own file."
    ),
    "doctor.off-here": QT_TRANSLATE_NOOP(
        "messages", "“{item}” is switched off in this project for this client alone; it is on for others."
    ),
    "doctor.off-here.next": QT_TRANSLATE_NOOP(
        "messages", "If it should be off everywhere, switch it off for the user instead."
    ),
    "doctor.open-file": QT_TRANSLATE_NOOP(
        "messages", "This file holds secrets, and others on this machine may read it."
    ),
    "doctor.open-file.next": QT_TRANSLATE_NOOP("messages", "Make it private: chmod 600."),
    "doctor.overridden": QT_TRANSLATE_NOOP(
        "messages", "The client uses this “{item}” in this project, and not the one that is kept in step."
    ),
    "doctor.overridden.next": QT_TRANSLATE_NOOP("messages", "Take it out here, or rename it."),
    "doctor.replaces": QT_TRANSLATE_NOOP(
        "messages", "As long as this file is there, the client does not read {file}, which is kept in step."
    ),
    "doctor.replaces.next": QT_TRANSLATE_NOOP("messages", "Move what you need to {file}, and take this file away."),
    "doctor.secret": QT_TRANSLATE_NOOP("messages", "“{item}” holds a secret in clear, in {field}."),
    "doctor.secret-in-project": QT_TRANSLATE_NOOP(
        "messages", "“{item}” holds a secret in clear, in {field}, in a project's folder."
    ),
    "doctor.secret-in-project.next": QT_TRANSLATE_NOOP(
        "messages", "Change it where it was issued, and refer to an environment variable here."
    ),
    "doctor.secret.next": QT_TRANSLATE_NOOP("messages", "Put it into an environment variable, and refer to that here."),
    "doctor.tracked": QT_TRANSLATE_NOOP("messages", "This file holds secrets, and git keeps it."),
    "doctor.tracked.next": QT_TRANSLATE_NOOP(
        "messages", "Take them out, and change them where they were issued: git's history has them, too."
    ),
    "doctor.twice": QT_TRANSLATE_NOOP(
        "messages", "The client reads the rule “{item}” twice: here and in {file}, which others need."
    ),
    "doctor.twice.next": QT_TRANSLATE_NOOP(
        "messages", "It does no harm, and both stay: taken out in one place, it would go everywhere."
    ),
    "doctor.unknown-key": QT_TRANSLATE_NOOP(
        "messages", "“{item}” has the field “{field}”, which {client} is not known to use."
    ),
    "doctor.unknown-key.next": QT_TRANSLATE_NOOP(
        "messages", "It stays in this file, and no other client gets it. If it is a mistake, mend it."
    ),
    "doctor.unset": QT_TRANSLATE_NOOP("messages", "“{item}” refers to the variable {what}, which is not set here."),
    "doctor.unset.next": QT_TRANSLATE_NOOP("messages", "Set it in the environment that the client starts in."),
    "doctor.unsynced": QT_TRANSLATE_NOOP(
        "messages", "The client reads this file, too; what is in it is not kept in step."
    ),
    "doctor.unsynced.next": QT_TRANSLATE_NOOP(
        "messages", "Move what other clients should have to a file that is kept in step; `aisync clients` lists them."
    ),
    "history.no-file": QT_TRANSLATE_NOOP("messages", "There was no file"),
    "history.no-file.message": QT_TRANSLATE_NOOP("messages", "This version says that the file did not exist."),
    "history.no-file.next": QT_TRANSLATE_NOOP("messages", "Choose another version of it."),
    "history.no-version": QT_TRANSLATE_NOOP("messages", "There is no such version"),
    "history.no-version.message": QT_TRANSLATE_NOOP("messages", "No version of a file has the number {number}."),
    "history.no-version.next": QT_TRANSLATE_NOOP("messages", "“aisync history --file PATH” lists those of a file."),
    "history.scopes": QT_TRANSLATE_NOOP("messages", "These two cannot be compared"),
    "history.scopes.message": QT_TRANSLATE_NOOP("messages", "One is of {before}, the other of {after}."),
    "history.scopes.next": QT_TRANSLATE_NOOP(
        "messages", "Choose two that are for all projects, or two of one project: “aisync history --scope”."
    ),
    "secrets.not-there": QT_TRANSLATE_NOOP("messages", "There is no secret"),
    "secrets.not-there.message": QT_TRANSLATE_NOOP("messages", "“{item}” has no secret in clear in {field}."),
    "secrets.not-there.next": QT_TRANSLATE_NOOP(
        "messages",
        "Fields are named as in env.TOKEN, headers.Authorization, args or url; `aisync secrets list` shows all.",
    ),
}
