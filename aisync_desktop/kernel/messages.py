"""Messages as codes with parameters; the English templates live here, translations at the edges.

A `Text` is a value: it travels through logs, the database, JSON and Qt signals unchanged, and each edge renders it
in its own language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from aisync_desktop.kernel.client_messages import CLIENTS
from aisync_desktop.kernel.decision_messages import DECISIONS
from aisync_desktop.kernel.doctor_messages import DOCTOR
from aisync_desktop.kernel.document_messages import DOCUMENTS
from aisync_desktop.kernel.launch_messages import LAUNCH
from aisync_desktop.kernel.machine_messages import MACHINE
from aisync_desktop.kernel.output_messages import OUTPUT
from aisync_desktop.kernel.permission_messages import PERMISSIONS
from aisync_desktop.kernel.project_messages import PROJECTS
from aisync_desktop.kernel.secret_messages import SECRETS
from aisync_desktop.kernel.store_messages import STORE
from aisync_desktop.kernel.texts import encodable, visible
from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

TEMPLATES: dict[str, str] = {
    "plain": QT_TRANSLATE_NOOP("messages", "{text}"),
    "api.refused": QT_TRANSLATE_NOOP("messages", "The running app refused"),
    "api.refused.message": QT_TRANSLATE_NOOP("messages", "It answered {status}: {detail}"),
    "api.refused.next": QT_TRANSLATE_NOOP("messages", "Look at its log, or quit it and try again."),
    "cli.absent": QT_TRANSLATE_NOOP("messages", "Not on this machine: {clients}"),
    "cli.leave": QT_TRANSLATE_NOOP(
        "messages", "Put every file back to what it held before AISync, and stop keeping them in step?"
    ),
    "cli.allow-servers": QT_TRANSLATE_NOOP("messages", "Allow them, as their lines are now?"),
    "cli.begin": QT_TRANSLATE_NOOP("messages", "Write this and keep it in step from now on?"),
    "cli.evidence.docs": QT_TRANSLATE_NOOP("messages", "described after its documentation; versions seen: {versions}"),
    "cli.evidence.run": QT_TRANSLATE_NOOP("messages", "checked with the client itself; versions: {versions}"),
    "cli.evidence.source": QT_TRANSLATE_NOOP("messages", "described after its source; versions: {versions}"),
    "cli.files-written": QT_TRANSLATE_NOOP("messages", "files written: {count}"),
    "cli.hidden": QT_TRANSLATE_NOOP(
        "messages", "Secrets are hidden here; “aisync show --version {version} -o FILE” writes the whole file."
    ),
    "cli.items.as-meant": QT_TRANSLATE_NOOP("messages", "as meant"),
    "cli.items.differs": QT_TRANSLATE_NOOP("messages", "differs"),
    "cli.items.left-alone": QT_TRANSLATE_NOOP("messages", "left alone"),
    "cli.items.missing": QT_TRANSLATE_NOOP("messages", "missing"),
    "cli.items.none": QT_TRANSLATE_NOOP("messages", "There is no such item."),
    "cli.items.unreadable": QT_TRANSLATE_NOOP("messages", "unreadable"),
    "cli.not-there": QT_TRANSLATE_NOOP("messages", "no file yet"),
    "cli.program": QT_TRANSLATE_NOOP("messages", "installed: {program}, version {version}"),
    "cli.nothing-to-do": QT_TRANSLATE_NOOP("messages", "Everything is in step; nothing would be written."),
    "cli.unknown-client": QT_TRANSLATE_NOOP("messages", "There is no client “{client}”. Known: {known}"),
    "cli.unknown-setting": QT_TRANSLATE_NOOP("messages", "There is no setting “{name}”. Known: {known}"),
    "settings.refused": QT_TRANSLATE_NOOP("messages", "A setting cannot have this value"),
    "settings.refused.message": QT_TRANSLATE_NOOP("messages", "{name}: {reason}."),
    "settings.refused.next": QT_TRANSLATE_NOOP(
        "messages", "Change it with “aisync settings set {name} VALUE”, or the variable {variable}."
    ),
    "app.no-display": QT_TRANSLATE_NOOP("messages", "There is no display: running headless; Ctrl+C stops it."),
    "app.shown": QT_TRANSLATE_NOOP("messages", "AISync runs already (process {pid}); its window is opened."),
    "connector.bad-descriptor": QT_TRANSLATE_NOOP("messages", "A client description cannot be used"),
    "connector.bad-descriptor.at": QT_TRANSLATE_NOOP("messages", "At {place}: {reason}"),
    "connector.bad-descriptor.whole": QT_TRANSLATE_NOOP("messages", "The file: {reason}"),
    "connector.bad-descriptor.next": QT_TRANSLATE_NOOP(
        "messages", "Mend the file or remove it; all other clients go on."
    ),
    "connector.unknown-client": QT_TRANSLATE_NOOP("messages", "There is no such client"),
    "connector.unknown-client.message": QT_TRANSLATE_NOOP("messages", "Nothing describes a client “{client}”."),
    "connector.unknown-client.next": QT_TRANSLATE_NOOP("messages", "Known are: {known}."),
    **CLIENTS,
    **DOCTOR,
    **DOCUMENTS,
    **PERMISSIONS,
    **DECISIONS,
    **OUTPUT,
    **PROJECTS,
    **LAUNCH,
    **MACHINE,
    **SECRETS,
    **STORE,
    "engine.reader-fault": QT_TRANSLATE_NOOP("messages", "A configuration file was left alone"),
    "engine.reader-fault.message": QT_TRANSLATE_NOOP(
        "messages", "AISync stumbled over it by a fault of its own ({kind})."
    ),
    "engine.reader-fault.next": QT_TRANSLATE_NOOP("messages", "Please report this; the other files go on."),
    "export.done": QT_TRANSLATE_NOOP("messages", "Exported to {path}; rows: {rows}."),
    "export.unrecorded": QT_TRANSLATE_NOOP("messages", "The export is made, but it could not be written down."),
    "history.no-snapshot": QT_TRANSLATE_NOOP("messages", "There is no such snapshot"),
    "history.no-snapshot.message": QT_TRANSLATE_NOOP("messages", "No snapshot has the number {number}."),
    "history.no-snapshot.next": QT_TRANSLATE_NOOP("messages", "“aisync history” lists them."),
    "history.scopes": QT_TRANSLATE_NOOP("messages", "These snapshots cannot be compared"),
    "history.scopes.message": QT_TRANSLATE_NOOP("messages", "One is of {before}, the other of {after}."),
    "history.scopes.next": QT_TRANSLATE_NOOP("messages", "Choose two of the same scope with “aisync history --scope”."),
    "history.no-version": QT_TRANSLATE_NOOP("messages", "There is no such version"),
    "history.no-version.message": QT_TRANSLATE_NOOP("messages", "No version of a file has the number {number}."),
    "history.no-version.next": QT_TRANSLATE_NOOP("messages", "“aisync history --file PATH” lists those of a file."),
    "history.no-file": QT_TRANSLATE_NOOP("messages", "There was no file"),
    "history.no-file.message": QT_TRANSLATE_NOOP("messages", "This version says that the file did not exist."),
    "history.no-file.next": QT_TRANSLATE_NOOP("messages", "Choose another version of it."),
    "not-writing": QT_TRANSLATE_NOOP("messages", "Nothing is written now"),
    "not-writing.new": QT_TRANSLATE_NOOP("messages", "You have not agreed yet that AISync writes."),
    "not-writing.new.next": QT_TRANSLATE_NOOP("messages", "Begin with “aisync init”."),
    "not-writing.paused": QT_TRANSLATE_NOOP("messages", "Syncing is paused."),
    "not-writing.paused.next": QT_TRANSLATE_NOOP(
        "messages", "Resume it in the tray or the window, or with `aisync resume`, first."
    ),
    "lens.unmapped": QT_TRANSLATE_NOOP("messages", "“{field}” cannot be said to other clients; the entry stays here."),
    "lens.switched-off": QT_TRANSLATE_NOOP("messages", "The entry is switched off by a list beside it; it stays here."),
    "loss.reshape": QT_TRANSLATE_NOOP("messages", "The entry has “{field}”, which may not fit another kind of server."),
    "lens.tools-hidden": QT_TRANSLATE_NOOP("messages", "A list beside it hides tools of the server; it stays here."),
    "lens.bare": QT_TRANSLATE_NOOP("messages", "The servers stand in the file without a key around them."),
    "lens.root-not-a-map": QT_TRANSLATE_NOOP("messages", "The place of the servers holds something else."),
    "lens.entry-not-a-map": QT_TRANSLATE_NOOP("messages", "The entry is not a table of fields."),
    "lens.unknown-shape": QT_TRANSLATE_NOOP("messages", "The entry has none of the forms that this client starts."),
    "lens.reference-stays": QT_TRANSLATE_NOOP(
        "messages", "A value looks like a variable reference, but this client does not read it as the others do."
    ),
    "lens.twice": QT_TRANSLATE_NOOP("messages", "The name stands here twice; which of the two counts is not known."),
    "lens.rule-frontmatter": QT_TRANSLATE_NOOP(
        "messages", "The file says in its own way when it applies; that cannot be said to other clients."
    ),
    "lens.rule-name": QT_TRANSLATE_NOOP("messages", "A file of this name cannot be made everywhere; it stays here."),
    "lens.leak": QT_TRANSLATE_NOOP("messages", "The client put values in the place of references; that waits for you."),
    "lens.bad-value": QT_TRANSLATE_NOOP("messages", "A field holds a value of a type that this client refuses."),
    "engine.fought-over": QT_TRANSLATE_NOOP("messages", "Another program undoes what is written here"),
    "engine.fought-over.message": QT_TRANSLATE_NOOP("messages", "The file is left alone for now; the others go on."),
    "engine.fought-over.next": QT_TRANSLATE_NOOP("messages", "Close that program, then sync: `aisync sync`."),
    "engine.vanished": QT_TRANSLATE_NOOP("messages", "A configuration file is gone"),
    "engine.vanished.message": QT_TRANSLATE_NOOP("messages", "It held items before; that is not taken for a deletion."),
    "engine.vanished.next": QT_TRANSLATE_NOOP("messages", "Start the client once, or put the file back."),
    "engine.held-back": QT_TRANSLATE_NOOP("messages", "“{item}” was not written"),
    "engine.held-back.not-faithful": QT_TRANSLATE_NOOP(
        "messages", "The edited file would not read back as it was meant. Please report this."
    ),
    "engine.held-back.next": QT_TRANSLATE_NOOP(
        "messages", "Here it stays as it was; all else goes on. Edit it in the file by hand, or switch it off."
    ),
    "decision.conflict": QT_TRANSLATE_NOOP("messages", "“{item}” was changed in different ways by {clients}."),
    "decision.mass-deletion": QT_TRANSLATE_NOOP(
        "messages", "{count} items are gone from {client} at once: {items}. Were they meant to go?"
    ),
    "decision.stale": QT_TRANSLATE_NOOP(
        "messages", "{client} keeps writing back an older “{item}”. It may have to be restarted."
    ),
    "decision.leak": QT_TRANSLATE_NOOP(
        "messages", "{client} wrote values in the place of the references in “{item}”: write the references back?"
    ),
    "decision.secret": QT_TRANSLATE_NOOP("messages", "“{item}” holds a secret; it is not copied without your consent."),
    "decision.lost-text.comment": QT_TRANSLATE_NOOP(
        "messages", "{client} dropped a comment from {file}. Is it to be put back?"
    ),
    "decision.lost-text.comments": QT_TRANSLATE_NOOP(
        "messages", "{client} dropped {count} comments from {file}. Are they to be put back?"
    ),
    "decision.lost-text.numbers": QT_TRANSLATE_NOOP(
        "messages", "{client} spelled numbers in {file} otherwise ({count}). Are they to be put back?"
    ),
    "guard.resting": QT_TRANSLATE_NOOP("messages", "It has only just gone; that is looked at again in a moment."),
    "guard.mass-deletion": QT_TRANSLATE_NOOP("messages", "Many items are gone at once; that waits for you."),
    "guard.stale": QT_TRANSLATE_NOOP("messages", "The client wrote an older state back; that waits for you."),
    "guard.waiting": QT_TRANSLATE_NOOP("messages", "It waits to be settled; going back leaves it as it is."),
    "guard.off": QT_TRANSLATE_NOOP("messages", "It is not kept in step here, as you set it."),
    "undo.since": QT_TRANSLATE_NOOP("messages", "There were changes since"),
    "undo.since.message": QT_TRANSLATE_NOOP("messages", "That is not the last change any more; nothing was undone."),
    "undo.since.next": QT_TRANSLATE_NOOP("messages", "“aisync history” lists them, “aisync rollback” goes back."),
    "undo.nothing": QT_TRANSLATE_NOOP("messages", "There is nothing to undo"),
    "undo.nothing.message": QT_TRANSLATE_NOOP("messages", "Nothing was changed since the beginning."),
    "undo.nothing.next": QT_TRANSLATE_NOOP(
        "messages", "“aisync undo --all” puts every file back to what it held before AISync, and leaves it alone."
    ),
    "reach.unknown": QT_TRANSLATE_NOOP("messages", "There is nothing of that name"),
    "reach.unknown.message": QT_TRANSLATE_NOOP("messages", "“{what}” is no client, no kind and no item."),
    "reach.unknown.next": QT_TRANSLATE_NOOP("messages", "“aisync clients” and “aisync items” list what there is."),
    "decision.unknown": QT_TRANSLATE_NOOP("messages", "There is no such decision"),
    "decision.unknown.message": QT_TRANSLATE_NOOP("messages", "“{decision}” is not open, or not any more."),
    "decision.unknown.next": QT_TRANSLATE_NOOP("messages", "“aisync decisions” lists those that are."),
    "decision.changed.message": QT_TRANSLATE_NOOP("messages", "“{item}” was changed again while you looked at it."),
    "decision.changed.next": QT_TRANSLATE_NOOP("messages", "Look at it again, then decide. Nothing was written."),
    "decision.clash-left": QT_TRANSLATE_NOOP("messages", "The sides cannot be merged"),
    "decision.clash-left.message": QT_TRANSLATE_NOOP("messages", "All that was changed in “{item}” clashes."),
    "decision.clash-left.next": QT_TRANSLATE_NOOP(
        "messages", "Take one side, or write it by hand: aisync decide {decision} --take merged --edit FILE."
    ),
    "decision.no-item": QT_TRANSLATE_NOOP("messages", "That is no such item"),
    "decision.no-item.message": QT_TRANSLATE_NOOP("messages", "What you wrote is not understood: {reason}."),
    "decision.no-item.next": QT_TRANSLATE_NOOP("messages", "“aisync items --json” shows items as they are written."),
    "decision.secret-by-hand": QT_TRANSLATE_NOOP("messages", "A secret would be copied to every client"),
    "decision.secret-by-hand.message": QT_TRANSLATE_NOOP("messages", "“{field}” holds what looks like a secret."),
    "decision.secret-by-hand.next": QT_TRANSLATE_NOOP(
        "messages", "Put it into an environment variable, and write {reference} in its place."
    ),
    "decision.no-choice": QT_TRANSLATE_NOOP("messages", "This cannot be taken here"),
    "decision.no-choice.message": QT_TRANSLATE_NOOP("messages", "“{take}” is no side of this decision."),
    "decision.choices": QT_TRANSLATE_NOOP("messages", "Take one of: {choices}."),
    "decision.by-hand": QT_TRANSLATE_NOOP(
        "messages", "Put the secret into the other file yourself, or a variable in its place into this one."
    ),
    "status.new": QT_TRANSLATE_NOOP("messages", "Not set up yet: {clients} clients found, nothing is written."),
    "pipeline.unwatchable": QT_TRANSLATE_NOOP("messages", "Some folders cannot be watched"),
    "pipeline.unwatchable.message": QT_TRANSLATE_NOOP(
        "messages", "{count} folders are looked at every {seconds} seconds instead."
    ),
    "pipeline.unwatchable.next": QT_TRANSLATE_NOOP("messages", "Raise the system's limit: {command}"),
    "pipeline.unwatchable.other": QT_TRANSLATE_NOOP("messages", "Nothing needs to be done; changes are seen later."),
    "status.snoozed": QT_TRANSLATE_NOOP("messages", "Paused until {time}: nothing is written."),
    "status.paused": QT_TRANSLATE_NOOP("messages", "Paused: nothing is written."),
    "status.decision": QT_TRANSLATE_NOOP("messages", "{count} waiting for your decision."),
    "status.pending": QT_TRANSLATE_NOOP("messages", "{count} not in step yet."),
    "status.in-step": QT_TRANSLATE_NOOP("messages", "In step: {items} items in {clients} clients."),
    "status.error": QT_TRANSLATE_NOOP("messages", "Syncing has stopped because of an error."),
    "activity.synced": QT_TRANSLATE_NOOP("messages", "{items} items synced, {files} files written."),
    "activity.back": QT_TRANSLATE_NOOP("messages", "{items} items and {files} files put back."),
    "loss.secret-in-project": QT_TRANSLATE_NOOP(
        "messages", "It holds a secret, which is never copied into a project's files; a reference would be."
    ),
    "loss.secret-left": QT_TRANSLATE_NOOP("messages", "It holds a secret that you did not want to be copied here."),
    "loss.secret-unknown": QT_TRANSLATE_NOOP("messages", "It holds a secret that is in no client's file any more."),
    "loss.transport": QT_TRANSLATE_NOOP("messages", "The client cannot talk to a server of this kind."),
    "loss.field": QT_TRANSLATE_NOOP("messages", "The client has no field for “{field}”."),
    "loss.essential": QT_TRANSLATE_NOOP(
        "messages", "Without “{field}”, which the client does not know, the server would do more than it may."
    ),
    "loss.name": QT_TRANSLATE_NOOP("messages", "The client does not accept this name."),
    "loss.rule.when": QT_TRANSLATE_NOOP(
        "messages", "The client cannot say when this rule applies, so it would apply more widely than it may."
    ),
    "loss.rule.text": QT_TRANSLATE_NOOP(
        "messages", "The client would take the beginning of this text for something else."
    ),
    "loss.rule.one-text": QT_TRANSLATE_NOOP("messages", "The client has one text of rules and no place for another."),
    "loss.rule.no-shared": QT_TRANSLATE_NOOP("messages", "The client has no file for the text that all clients share."),
    "loss.rule.other-text": QT_TRANSLATE_NOOP(
        "messages", "The file that would be imported, {file}, holds another text that AISync has not taken up yet."
    ),
    "loss.rule.size": QT_TRANSLATE_NOOP("messages", "The client reads only the first {bytes} bytes of this text."),
    "loss.rule.too-big": QT_TRANSLATE_NOOP("messages", "The client reads no text of more than {bytes} bytes."),
    "loss.rule.imports": QT_TRANSLATE_NOOP("messages", "The client does not read the files that this text imports."),
    "loss.parked": QT_TRANSLATE_NOOP(
        "messages", "The client has no switch: what is off is taken out there, and comes back when it is on."
    ),
    "loss.off-elsewhere": QT_TRANSLATE_NOOP(
        "messages", "It is switched off beside the file, where this client does not look: it stays on there."
    ),
    "loss.park-secret": QT_TRANSLATE_NOOP(
        "messages",
        "The client has no switch, and the entry has a secret that could not be put back: it stays on there.",
    ),
    "loss.reference": QT_TRANSLATE_NOOP("messages", "The client cannot express this reference to a variable."),
    "loss.number": QT_TRANSLATE_NOOP("messages", "The client cannot express the exact number of “{field}”."),
    "loss.everything": QT_TRANSLATE_NOOP("messages", "The client would take this list of tools for all of them."),
    "loss.bare-name": QT_TRANSLATE_NOOP("messages", "The client would take a value for the name of a variable."),
    "loss.refused-name": QT_TRANSLATE_NOOP("messages", "The client refuses a variable of this name."),
    "loss.shell": QT_TRANSLATE_NOOP("messages", "The client hands this text to a shell, which would change it."),
    "files.trouble.title": QT_TRANSLATE_NOOP("messages", "File problem"),
    "files.trouble.message": QT_TRANSLATE_NOOP("messages", "The system refused an operation on {path} ({error})."),
    "files.trouble.next": QT_TRANSLATE_NOOP("messages", "Look at the file and its folder; AISync will try again."),
    "files.denied.title": QT_TRANSLATE_NOOP("messages", "No permission"),
    "files.denied.message": QT_TRANSLATE_NOOP("messages", "AISync is not allowed to open or change {path}."),
    "files.denied.next": QT_TRANSLATE_NOOP(
        "messages",
        "Check the permissions of the file and its folder; AISync will try again.",
    ),
    "files.protected.title": QT_TRANSLATE_NOOP("messages", "File is write-protected"),
    "files.protected.message": QT_TRANSLATE_NOOP(
        "messages",
        "Nobody is allowed to write {path}, so AISync leaves it alone.",
    ),
    "files.protected.next": QT_TRANSLATE_NOOP("messages", "Make the file writable if AISync should keep it in step."),
    "files.owner.title": QT_TRANSLATE_NOOP("messages", "File belongs to somebody else"),
    "files.owner.message": QT_TRANSLATE_NOOP(
        "messages",
        "{path} belongs to another user or group, and a new version of it could not be given back to them.",
    ),
    "files.owner.next": QT_TRANSLATE_NOOP(
        "messages",
        "Make yourself the owner of the file, or switch this client off.",
    ),
    "files.read_only.title": QT_TRANSLATE_NOOP("messages", "Read-only file system"),
    "files.read_only.message": QT_TRANSLATE_NOOP("messages", "{path} is on a file system that is mounted read-only."),
    "files.read_only.next": QT_TRANSLATE_NOOP("messages", "Mount it writable, or switch this client off."),
    "files.full.title": QT_TRANSLATE_NOOP("messages", "Disk is full"),
    "files.full.message": QT_TRANSLATE_NOOP(
        "messages",
        "There is no room left for a new version of {path}. The old one is untouched.",
    ),
    "files.full.next": QT_TRANSLATE_NOOP("messages", "Free some space; AISync will try again."),
    "files.quota.title": QT_TRANSLATE_NOOP("messages", "Disk quota used up"),
    "files.quota.message": QT_TRANSLATE_NOOP(
        "messages",
        "Your disk quota leaves no room for a new version of {path}. The old one is untouched.",
    ),
    "files.quota.next": QT_TRANSLATE_NOOP("messages", "Free some space; AISync will try again."),
    "files.name.title": QT_TRANSLATE_NOOP("messages", "Path is too long"),
    "files.name.message": QT_TRANSLATE_NOOP("messages", "The system does not accept a path as long as {path}."),
    "files.name.next": QT_TRANSLATE_NOOP("messages", "Use a shorter folder name."),
    "files.large.title": QT_TRANSLATE_NOOP("messages", "File is too large"),
    "files.large.message": QT_TRANSLATE_NOOP("messages", "{path} is too large for a configuration file."),
    "files.large.next": QT_TRANSLATE_NOOP("messages", "Check whether this is the right file."),
    "files.handles.title": QT_TRANSLATE_NOOP("messages", "Too many open files"),
    "files.handles.message": QT_TRANSLATE_NOOP("messages", "The system has no file handle left to open {path}."),
    "files.handles.next": QT_TRANSLATE_NOOP("messages", "Close some programs; AISync will try again."),
    "files.folder.title": QT_TRANSLATE_NOOP("messages", "A folder is in the way"),
    "files.folder.message": QT_TRANSLATE_NOOP("messages", "{path} is a folder; a file is expected there."),
    "files.folder.next": QT_TRANSLATE_NOOP("messages", "Move the folder away."),
    "files.not_folder.title": QT_TRANSLATE_NOOP("messages", "A file is in the way"),
    "files.not_folder.message": QT_TRANSLATE_NOOP(
        "messages",
        "A part of the path {path} is a file; a folder is expected there.",
    ),
    "files.not_folder.next": QT_TRANSLATE_NOOP("messages", "Move the file away."),
    "files.not_file.title": QT_TRANSLATE_NOOP("messages", "Not a regular file"),
    "files.not_file.message": QT_TRANSLATE_NOOP(
        "messages",
        "{path} is a device, a pipe or a socket; a file is expected there.",
    ),
    "files.not_file.next": QT_TRANSLATE_NOOP("messages", "Put a regular file in its place."),
    "files.loop.title": QT_TRANSLATE_NOOP("messages", "Symbolic links form a loop"),
    "files.loop.message": QT_TRANSLATE_NOOP("messages", "The symbolic links at {path} lead in a circle."),
    "files.loop.next": QT_TRANSLATE_NOOP("messages", "Correct the links."),
    "files.dangling.title": QT_TRANSLATE_NOOP("messages", "Symbolic link leads nowhere"),
    "files.dangling.message": QT_TRANSLATE_NOOP(
        "messages",
        "{path} is reached by a symbolic link into a folder that does not exist.",
    ),
    "files.dangling.next": QT_TRANSLATE_NOOP("messages", "Create that folder (or mount its disk), or remove the link."),
    "files.leads_out.title": QT_TRANSLATE_NOOP("messages", "Link leads out of the project"),
    "files.leads_out.message": QT_TRANSLATE_NOOP(
        "messages",
        "A link at {path} leads to {end}, which is outside of the project. It is neither read nor written.",
    ),
    "files.leads_out.next": QT_TRANSLATE_NOOP(
        "messages",
        "Find out who made this link; then put a file or a folder of the project in its place, or remove the project.",
    ),
    "files.shared.title": QT_TRANSLATE_NOOP("messages", "File belongs to something else, too"),
    "files.shared.message": QT_TRANSLATE_NOOP(
        "messages",
        "{path} is the same file as {other}, which is no part of this project. The project leaves it alone.",
    ),
    "files.shared.next": QT_TRANSLATE_NOOP("messages", "Give the project a file of its own, or take it off the list."),
    "files.hard_linked.title": QT_TRANSLATE_NOOP("messages", "File has several names"),
    "files.hard_linked.message": QT_TRANSLATE_NOOP(
        "messages",
        "{path} is hard-linked: its other names may be anywhere, and replacing it safely would part it from them.",
    ),
    "files.hard_linked.next": QT_TRANSLATE_NOOP("messages", "Replace the hard link by a symbolic link or a copy."),
    "files.vanished.title": QT_TRANSLATE_NOOP("messages", "File went away"),
    "files.vanished.message": QT_TRANSLATE_NOOP(
        "messages",
        "{path} or its folder disappeared while AISync worked on it.",
    ),
    "files.vanished.next": QT_TRANSLATE_NOOP("messages", "Nothing to do; AISync will look again."),
    "files.busy.title": QT_TRANSLATE_NOOP("messages", "File is busy"),
    "files.busy.message": QT_TRANSLATE_NOOP("messages", "{path} keeps changing or is in use by another program."),
    "files.busy.next": QT_TRANSLATE_NOOP("messages", "Nothing to do; AISync will try again."),
    "files.locked.title": QT_TRANSLATE_NOOP("messages", "File is locked by its client"),
    "files.locked.message": QT_TRANSLATE_NOOP("messages", "The client holds its lock on {path}."),
    "files.locked.next": QT_TRANSLATE_NOOP("messages", "Nothing to do; AISync will try again."),
    "files.device.title": QT_TRANSLATE_NOOP("messages", "Disk or network failure"),
    "files.device.message": QT_TRANSLATE_NOOP("messages", "The disk or the network behind {path} reported a failure."),
    "files.device.next": QT_TRANSLATE_NOOP("messages", "Check the disk or the connection; AISync will try again."),
    "files.no_home.title": QT_TRANSLATE_NOOP("messages", "No home folder"),
    "files.no_home.message": QT_TRANSLATE_NOOP(
        "messages",
        "The environment names no home folder that exists ({path}).",
    ),
    "files.no_home.next": QT_TRANSLATE_NOOP(
        "messages",
        "Set HOME to your home folder, or AISYNC_HOME to a folder for AISync.",
    ),
    "files.state.title": QT_TRANSLATE_NOOP("messages", "AISync cannot use its own folder"),
    "files.state.message": QT_TRANSLATE_NOOP("messages", "{path} cannot be read and written."),
    "files.state.next": QT_TRANSLATE_NOOP(
        "messages",
        "Check its permissions and the free space, or set AISYNC_HOME to another folder.",
    ),
    "files.exists.title": QT_TRANSLATE_NOOP("messages", "There is a file already"),
    "files.exists.message": QT_TRANSLATE_NOOP("messages", "{path} exists."),
    "files.exists.next": QT_TRANSLATE_NOOP("messages", "Name another file, or replace this one with --force."),
    "files.own.title": QT_TRANSLATE_NOOP("messages", "This place is AISync's own"),
    "files.own.message": QT_TRANSLATE_NOOP("messages", "{path} is among the files that AISync lives from."),
    "files.own.next": QT_TRANSLATE_NOOP("messages", "Name a file in another folder."),
    "files.running.title": QT_TRANSLATE_NOOP("messages", "AISync is already running"),
    "files.running.message": QT_TRANSLATE_NOOP("messages", "Another AISync (process {pid}) is at work on {path}."),
    "files.running.next": QT_TRANSLATE_NOOP("messages", "Use the one that runs, or quit it first."),
    "files.taken.title": QT_TRANSLATE_NOOP("messages", "Another AISync took the place of this one"),
    "files.taken.message": QT_TRANSLATE_NOOP(
        "messages", "{path} was removed or moved away, and process {pid} is at work there now."
    ),
    "files.taken.next": QT_TRANSLATE_NOOP("messages", "Use the one that runs there; this one has stopped."),
    "secrets.key-lost": QT_TRANSLATE_NOOP("messages", "The key of the history is gone"),
    "secrets.key-lost.keyring": QT_TRANSLATE_NOOP("messages", "The keyring no longer has key {key}."),
    "secrets.key-lost.file": QT_TRANSLATE_NOOP("messages", "The key file of key {key} is missing or damaged."),
    "secrets.key-lost.next": QT_TRANSLATE_NOOP(
        "messages", "Bring the key back from a backup. Without it, move the database away and begin a new history."
    ),
    "secrets.keyring-silent": QT_TRANSLATE_NOOP("messages", "The keyring does not answer"),
    "secrets.keyring-silent.what": QT_TRANSLATE_NOOP("messages", "It is locked or cannot be reached: {reason}."),
    "secrets.keyring-silent.next": QT_TRANSLATE_NOOP("messages", "Unlock the keyring and try again."),
    "secrets.key-file": QT_TRANSLATE_NOOP(
        "messages", "There is no usable keyring ({reason}), so the key of the history is in the file {path}."
    ),
    "secrets.key-denied": QT_TRANSLATE_NOOP("messages", "The key file cannot be read or written"),
    "secrets.key-denied.what": QT_TRANSLATE_NOOP("messages", "The system refused: {reason}."),
    "secrets.key-denied.next": QT_TRANSLATE_NOOP("messages", "Check the folder's owner, permissions and disk."),
}


@dataclass(frozen=True)
class Text:
    """One message: a code of TEMPLATES and its parameters. Plain Python, as who starts quickly needs messages too."""

    code: str
    params: dict[str, str | int] = field(default_factory=dict)

    def __hash__(self) -> int:
        """Hash by content, so that a frozen model with texts can be compared and counted."""
        return hash((self.code, tuple(sorted(self.params.items()))))

    def render(self, translate: Callable[[str], str]) -> str:
        """Return the text in the language of `translate`, which maps an English template to another one."""
        return fill(translate(TEMPLATES[self.code]), self.params)

    def english(self) -> str:
        """Return the text in English."""
        return fill(TEMPLATES[self.code], self.params)


def text(code: str, **params: str | int) -> Text:
    """Make a Text; an unknown code is our bug and fails at once."""
    if code not in TEMPLATES:
        raise KeyError(code)
    written = {name: encodable(value) if isinstance(value, str) else value for name, value in params.items()}
    return Text(code=code, params=written)


def fill(template: str, params: Mapping[str, str | int]) -> str:
    """Put parameters into a template; they are never interpreted, and what is not seen of them is its number.

    They are names, paths and texts that others wrote: none can begin a line, command a terminal or turn a text around.
    """
    return template.format_map(
        {name: visible(value) if isinstance(value, str) else value for name, value in params.items()}
    )
