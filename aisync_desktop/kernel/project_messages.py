"""The English templates of what is told when files begin to be kept in step: at first, and of a project."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

PROJECTS: dict[str, str] = {
    "project.unknown": QT_TRANSLATE_NOOP("messages", "Not a project of AISync"),
    "project.unknown.message": QT_TRANSLATE_NOOP(
        "messages", "This folder is none of the projects that are kept in step."
    ),
    "project.unknown.next": QT_TRANSLATE_NOOP("messages", "See `aisync project list`."),
    "project.refused": QT_TRANSLATE_NOOP("messages", "This cannot be a project"),
    "project.refused.no-folder": QT_TRANSLATE_NOOP("messages", "There is no such folder."),
    "project.refused.relative": QT_TRANSLATE_NOOP("messages", "No folder is named, or not by its whole path."),
    "project.refused.no-text": QT_TRANSLATE_NOOP(
        "messages", "The name of this folder, or of one that it is in, is no text in UTF-8: it cannot be written down."
    ),
    "project.refused.home": QT_TRANSLATE_NOOP(
        "messages", "This folder is your home folder or holds it: its files are your own, not a project's."
    ),
    "project.refused.system": QT_TRANSLATE_NOOP("messages", "This folder belongs to the system."),
    "project.refused.ours": QT_TRANSLATE_NOOP("messages", "This folder is AISync's own."),
    "project.refused.client": QT_TRANSLATE_NOOP(
        "messages", "{name} keeps your own files in this folder; they are not a project's."
    ),
    "project.refused.next": QT_TRANSLATE_NOOP("messages", "Name the root folder of a project."),
    "adoption.changed": QT_TRANSLATE_NOOP("messages", "Nothing was written"),
    "adoption.changed.message": QT_TRANSLATE_NOOP(
        "messages", "By now something else would be written than what you were shown: files have changed meanwhile."
    ),
    "adoption.changed.next": QT_TRANSLATE_NOOP("messages", "Look at it again, and agree to that."),
    "engine.project-gone": QT_TRANSLATE_NOOP("messages", "Project folder not found"),
    "engine.project-gone.message": QT_TRANSLATE_NOOP(
        "messages", "The folder of this project is not there. Nothing of it is taken for deleted."
    ),
    "engine.project-gone.next": QT_TRANSLATE_NOOP(
        "messages", "Bring it back, or take it off the list with `aisync project remove`."
    ),
    "api.busy": QT_TRANSLATE_NOOP("messages", "The running app is busy"),
    "api.busy.message": QT_TRANSLATE_NOOP(
        "messages", "It has not answered within {seconds} seconds; it may still do what was asked."
    ),
    "api.busy.next": QT_TRANSLATE_NOOP("messages", "Look with “aisync status” in a moment, and try again."),
}
