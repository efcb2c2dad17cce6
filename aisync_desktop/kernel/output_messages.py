"""The English templates of answers that could not be given, and of some that were; `messages.py` has them all."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

OUTPUT: dict[str, str] = {
    "cli.no-history": QT_TRANSLATE_NOOP("messages", "There is no history yet."),
    "cli.no-versions": QT_TRANSLATE_NOOP("messages", "No version of this file is kept: {path}"),
    "cli.same": QT_TRANSLATE_NOOP("messages", "Nothing differs."),
    "cli.written": QT_TRANSLATE_NOOP("messages", "Written to {path}."),
    "bug": QT_TRANSLATE_NOOP("messages", "This is a fault of AISync itself. Please report it, with the file {path}."),
    "output.unwritten": QT_TRANSLATE_NOOP("messages", "The answer could not be written"),
    "output.unwritten.message": QT_TRANSLATE_NOOP("messages", "The standard output takes nothing: {reason}."),
    "output.unwritten.next": QT_TRANSLATE_NOOP(
        "messages", "Only the answer is lost: what the command was to change is changed."
    ),
    "cli.aborted": QT_TRANSLATE_NOOP("messages", "Stopped, as nobody agreed."),
    "cli.usage": QT_TRANSLATE_NOOP("messages", "This command cannot be understood"),
    "cli.usage.missing": QT_TRANSLATE_NOOP("messages", "A command is missing."),
    "cli.usage.next": QT_TRANSLATE_NOOP("messages", "“{command} --help” tells what there is."),
    "files.no_folder.title": QT_TRANSLATE_NOOP("messages", "A folder is missing"),
    "files.no_folder.message": QT_TRANSLATE_NOOP("messages", "{path} cannot be written: there is no folder {folder}."),
    "files.no_folder.next": QT_TRANSLATE_NOOP("messages", "Make the folder, or choose another place."),
}
