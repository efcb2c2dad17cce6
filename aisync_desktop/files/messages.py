"""What the disk may answer, and what is then to be done."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "files.busy.message": QT_TRANSLATE_NOOP("messages", "{path} keeps changing or is in use by another program."),
    "files.busy.next": QT_TRANSLATE_NOOP("messages", "Nothing to do; AISync will try again."),
    "files.busy.title": QT_TRANSLATE_NOOP("messages", "File is busy"),
    "files.dangling.message": QT_TRANSLATE_NOOP(
        "messages",
        "{path} is reached by a symbolic link into a folder that does not exist.",
    ),
    "files.dangling.next": QT_TRANSLATE_NOOP("messages", "Create that folder (or mount its disk), or remove the link."),
    "files.dangling.title": QT_TRANSLATE_NOOP("messages", "Symbolic link leads nowhere"),
    "files.denied.message": QT_TRANSLATE_NOOP("messages", "AISync is not allowed to open or change {path}."),
    "files.denied.next": QT_TRANSLATE_NOOP(
        "messages",
        "Check the permissions of the file and its folder; AISync will try again.",
    ),
    "files.denied.title": QT_TRANSLATE_NOOP("messages", "No permission"),
    "files.device.message": QT_TRANSLATE_NOOP("messages", "The disk or the network behind {path} reported a failure."),
    "files.device.next": QT_TRANSLATE_NOOP("messages", "Check the disk or the connection; AISync will try again."),
    "files.device.title": QT_TRANSLATE_NOOP("messages", "Disk or network failure"),
    "files.exists.message": QT_TRANSLATE_NOOP("messages", "{path} exists."),
    "files.exists.next": QT_TRANSLATE_NOOP("messages", "Name another file, or replace this one with --force."),
    "files.exists.title": QT_TRANSLATE_NOOP("messages", "There is a file already"),
    "files.folder.message": QT_TRANSLATE_NOOP("messages", "{path} is a folder; a file is expected there."),
    "files.folder.next": QT_TRANSLATE_NOOP("messages", "Move the folder away."),
    "files.folder.title": QT_TRANSLATE_NOOP("messages", "A folder is in the way"),
    "files.full.message": QT_TRANSLATE_NOOP(
        "messages",
        "There is no room left for a new version of {path}. The old one is untouched.",
    ),
    "files.full.next": QT_TRANSLATE_NOOP("messages", "Free some space; AISync will try again."),
    "files.full.title": QT_TRANSLATE_NOOP("messages", "Disk is full"),
    "files.handles.message": QT_TRANSLATE_NOOP("messages", "The system has no file handle left to open {path}."),
    "files.handles.next": QT_TRANSLATE_NOOP("messages", "Close some programs; AISync will try again."),
    "files.handles.title": QT_TRANSLATE_NOOP("messages", "Too many open files"),
    "files.hard_linked.message": QT_TRANSLATE_NOOP(
        "messages",
        "{path} is hard-linked: its other names may be anywhere, and replacing it safely would part it from them.",
    ),
    "files.hard_linked.next": QT_TRANSLATE_NOOP("messages", "Replace the hard link by a symbolic link or a copy."),
    "files.hard_linked.title": QT_TRANSLATE_NOOP("messages", "File has several names"),
    "files.large.message": QT_TRANSLATE_NOOP("messages", "{path} is too large for a configuration file."),
    "files.large.next": QT_TRANSLATE_NOOP("messages", "Check whether this is the right file."),
    "files.large.title": QT_TRANSLATE_NOOP("messages", "File is too large"),
    "files.link.message": QT_TRANSLATE_NOOP(
        "messages", "{path} is a link to {end}: AISync changes the rights of files, not those behind links."
    ),
    "files.link.next": QT_TRANSLATE_NOOP("messages", "Make {end} writable yourself."),
    "files.link.title": QT_TRANSLATE_NOOP("messages", "The rights stayed as they are"),
    "files.leads_out.message": QT_TRANSLATE_NOOP(
        "messages",
        "A link at {path} leads to {end}, which is outside of the project. It is neither read nor written.",
    ),
    "files.leads_out.next": QT_TRANSLATE_NOOP(
        "messages",
        "Find out who made this link; then put a file or a folder of the project in its place, or remove the project.",
    ),
    "files.leads_out.title": QT_TRANSLATE_NOOP("messages", "Link leads out of the project"),
    "files.locked.message": QT_TRANSLATE_NOOP("messages", "The client holds its lock on {path}."),
    "files.locked.next": QT_TRANSLATE_NOOP("messages", "Nothing to do; AISync will try again."),
    "files.locked.title": QT_TRANSLATE_NOOP("messages", "File is locked by its client"),
    "files.log_aside.message": QT_TRANSLATE_NOOP(
        "messages",
        "It was a link, had a second name, was no regular file, or belonged to somebody else; it is now {path}.",
    ),
    "files.log_aside.next": QT_TRANSLATE_NOOP("messages", "See who put it there. A new log is written."),
    "files.log_aside.title": QT_TRANSLATE_NOOP("messages", "A log that was not AISync's own was set aside"),
    "files.loop.message": QT_TRANSLATE_NOOP("messages", "The symbolic links at {path} lead in a circle."),
    "files.loop.next": QT_TRANSLATE_NOOP("messages", "Correct the links."),
    "files.loop.title": QT_TRANSLATE_NOOP("messages", "Symbolic links form a loop"),
    "files.name.message": QT_TRANSLATE_NOOP("messages", "The system does not accept a path as long as {path}."),
    "files.name.next": QT_TRANSLATE_NOOP("messages", "Use a shorter folder name."),
    "files.name.title": QT_TRANSLATE_NOOP("messages", "Path is too long"),
    "files.no_folder.message": QT_TRANSLATE_NOOP("messages", "{path} cannot be written: there is no folder {folder}."),
    "files.no_folder.next": QT_TRANSLATE_NOOP("messages", "Make the folder, or choose another place."),
    "files.no_folder.title": QT_TRANSLATE_NOOP("messages", "A folder is missing"),
    "files.no_home.message": QT_TRANSLATE_NOOP(
        "messages",
        "The environment names no home folder that exists ({path}).",
    ),
    "files.no_home.next": QT_TRANSLATE_NOOP(
        "messages",
        "Set HOME to your home folder, or AISYNC_HOME to a folder for AISync.",
    ),
    "files.no_home.title": QT_TRANSLATE_NOOP("messages", "No home folder"),
    "files.not_file.message": QT_TRANSLATE_NOOP(
        "messages",
        "{path} is a device, a pipe or a socket; a file is expected there.",
    ),
    "files.not_file.next": QT_TRANSLATE_NOOP("messages", "Put a regular file in its place."),
    "files.not_file.title": QT_TRANSLATE_NOOP("messages", "Not a regular file"),
    "files.not_folder.message": QT_TRANSLATE_NOOP(
        "messages",
        "A part of the path {path} is a file; a folder is expected there.",
    ),
    "files.not_folder.next": QT_TRANSLATE_NOOP("messages", "Move the file away."),
    "files.not_folder.title": QT_TRANSLATE_NOOP("messages", "A file is in the way"),
    "files.not_ours.message": QT_TRANSLATE_NOOP(
        "messages", "{path} is a link, has a second name, is no regular file, or belongs to somebody else."
    ),
    "files.not_ours.next": QT_TRANSLATE_NOOP("messages", "See who put it there, and take it away."),
    "files.not_ours.title": QT_TRANSLATE_NOOP("messages", "Something is in the place of AISync's own files"),
    "files.open.message": QT_TRANSLATE_NOOP(
        "messages", "Others could write into {path}: what is in it may have been put there by somebody else."
    ),
    "files.open.next": QT_TRANSLATE_NOOP(
        "messages", "Where others use this machine, look at the files in it; then there is nothing more to do."
    ),
    "files.open.title": QT_TRANSLATE_NOOP("messages", "AISync's own folder was open to others, and is no longer"),
    "files.own.message": QT_TRANSLATE_NOOP("messages", "{path} is among the files that AISync lives from."),
    "files.own.next": QT_TRANSLATE_NOOP("messages", "Name a file in another folder."),
    "files.own.title": QT_TRANSLATE_NOOP("messages", "This place is AISync's own"),
    "files.owner.message": QT_TRANSLATE_NOOP(
        "messages",
        "{path} belongs to another user or group, and a new version of it could not be given back to them.",
    ),
    "files.owner.next": QT_TRANSLATE_NOOP(
        "messages",
        "Make yourself the owner of the file, or switch this client off.",
    ),
    "files.owner.title": QT_TRANSLATE_NOOP("messages", "File belongs to somebody else"),
    "files.protected.message": QT_TRANSLATE_NOOP(
        "messages",
        "Nobody is allowed to write {path}, so AISync leaves it alone.",
    ),
    "files.protected.next": QT_TRANSLATE_NOOP("messages", "Make the file writable if AISync should keep it in step."),
    "files.protected.title": QT_TRANSLATE_NOOP("messages", "File is write-protected"),
    "files.quota.message": QT_TRANSLATE_NOOP(
        "messages",
        "Your disk quota leaves no room for a new version of {path}. The old one is untouched.",
    ),
    "files.quota.next": QT_TRANSLATE_NOOP("messages", "Free some space; AISync will try again."),
    "files.quota.title": QT_TRANSLATE_NOOP("messages", "Disk quota used up"),
    "files.read_only.message": QT_TRANSLATE_NOOP("messages", "{path} is on a file system that is mounted read-only."),
    "files.read_only.next": QT_TRANSLATE_NOOP("messages", "Mount it writable, or switch this client off."),
    "files.read_only.title": QT_TRANSLATE_NOOP("messages", "Read-only file system"),
    "files.running.message": QT_TRANSLATE_NOOP("messages", "Another AISync (process {pid}) is at work on {path}."),
    "files.running.next": QT_TRANSLATE_NOOP("messages", "Use the one that runs, or quit it first."),
    "files.running.title": QT_TRANSLATE_NOOP("messages", "AISync is already running"),
    "files.shared.message": QT_TRANSLATE_NOOP(
        "messages",
        "{path} is the same file as {other}, which is no part of this project. The project leaves it alone.",
    ),
    "files.shared.next": QT_TRANSLATE_NOOP("messages", "Give the project a file of its own, or take it off the list."),
    "files.shared.title": QT_TRANSLATE_NOOP("messages", "File belongs to something else, too"),
    "files.state.message": QT_TRANSLATE_NOOP("messages", "{path} cannot be read and written."),
    "files.state.next": QT_TRANSLATE_NOOP(
        "messages",
        "Check its permissions and the free space, or set AISYNC_HOME to another folder.",
    ),
    "files.state.title": QT_TRANSLATE_NOOP("messages", "AISync cannot use its own folder"),
    "files.taken.message": QT_TRANSLATE_NOOP(
        "messages", "{path} was removed or moved away, and process {pid} is at work there now."
    ),
    "files.taken.next": QT_TRANSLATE_NOOP("messages", "Use the one that runs there; this one has stopped."),
    "files.taken.title": QT_TRANSLATE_NOOP("messages", "Another AISync took the place of this one"),
    "files.trouble.message": QT_TRANSLATE_NOOP("messages", "The system refused an operation on {path} ({error})."),
    "files.trouble.next": QT_TRANSLATE_NOOP("messages", "Look at the file and its folder; AISync will try again."),
    "files.trouble.title": QT_TRANSLATE_NOOP("messages", "File problem"),
    "files.vanished.message": QT_TRANSLATE_NOOP(
        "messages",
        "{path} or its folder disappeared while AISync worked on it.",
    ),
    "files.vanished.next": QT_TRANSLATE_NOOP("messages", "Nothing to do; AISync will look again."),
    "files.vanished.title": QT_TRANSLATE_NOOP("messages", "File went away"),
}
