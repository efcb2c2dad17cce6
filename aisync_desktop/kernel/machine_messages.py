"""The English templates of what the machine may do to us: taken ports, others' files where ours should be."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MACHINE: dict[str, str] = {
    "api.port-taken": QT_TRANSLATE_NOOP("messages", "The local API listens on another port"),
    "api.port-taken.message": QT_TRANSLATE_NOOP(
        "messages",
        "Something else listens on port {port} of this machine (another user's AISync, maybe); the API listens on "
        "port {instead} until AISync is started again.",
    ),
    "api.port-taken.next": QT_TRANSLATE_NOOP(
        "messages",
        "Nothing is to be done: commands find it. For a port that stays the same: `aisync settings set port NUMBER`.",
    ),
    "api.none": QT_TRANSLATE_NOOP("messages", "The local API is not served"),
    "api.none.message": QT_TRANSLATE_NOOP(
        "messages", "The system refused: {reason}. Everything is kept in step all the same."
    ),
    "api.none.next": QT_TRANSLATE_NOOP(
        "messages", "Start AISync again once that is mended; until then commands do not reach the running app."
    ),
    "api.token-anew": QT_TRANSLATE_NOOP("messages", "The token of the local API was made anew"),
    "api.token-anew.message": QT_TRANSLATE_NOOP(
        "messages",
        "Its file was empty, or it was none that only you could have written and read, so that somebody else may have "
        "known the token.",
    ),
    "api.token-anew.next": QT_TRANSLATE_NOOP(
        "messages", "Give the new one to the programs that had the old one; `aisync token` prints it."
    ),
    "files.not_ours.title": QT_TRANSLATE_NOOP("messages", "Something is in the place of AISync's own files"),
    "files.not_ours.message": QT_TRANSLATE_NOOP(
        "messages", "{path} is a link, has a second name, is no regular file, or belongs to somebody else."
    ),
    "files.not_ours.next": QT_TRANSLATE_NOOP("messages", "See who put it there, and take it away."),
    "files.log_aside.title": QT_TRANSLATE_NOOP("messages", "A log that was not AISync's own was set aside"),
    "files.log_aside.message": QT_TRANSLATE_NOOP(
        "messages",
        "It was a link, had a second name, was no regular file, or belonged to somebody else; it is now {path}.",
    ),
    "files.log_aside.next": QT_TRANSLATE_NOOP("messages", "See who put it there. A new log is written."),
    "files.open.title": QT_TRANSLATE_NOOP("messages", "AISync's own folder was open to others, and is no longer"),
    "files.open.message": QT_TRANSLATE_NOOP(
        "messages", "Others could write into {path}: what is in it may have been put there by somebody else."
    ),
    "files.open.next": QT_TRANSLATE_NOOP(
        "messages", "Where others use this machine, look at the files in it; then there is nothing more to do."
    ),
    "request.unusable": QT_TRANSLATE_NOOP("messages", "This value cannot be used"),
    "request.unusable.message": QT_TRANSLATE_NOOP(
        "messages", "It holds a NUL, half of a character, or a number of more than 63 bits."
    ),
    "request.unusable.next": QT_TRANSLATE_NOOP("messages", "Write it without that."),
}
