"""What the command line says, asks and prints."""

from __future__ import annotations

from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "app.no-display": QT_TRANSLATE_NOOP("messages", "There is no display: running headless; Ctrl+C stops it."),
    "app.shown": QT_TRANSLATE_NOOP("messages", "AISync runs already (process {pid}); its window is opened."),
    "backup.confirm": QT_TRANSLATE_NOOP("messages", "Put this backup in the place of the database?"),
    "backup.done": QT_TRANSLATE_NOOP("messages", "Backed up to {path}."),
    "backup.done.key": QT_TRANSLATE_NOOP(
        "messages", "The key to the kept versions is not in it: it stays in the keyring, or beside the database."
    ),
    "backup.done.wrapped": QT_TRANSLATE_NOOP(
        "messages",
        "The key and the kept secrets are in it, under the passphrase; without that, nobody can read them.",
    ),
    "backup.kept": QT_TRANSLATE_NOOP("messages", "The database as it was: {path}"),
    "backup.passphrase": QT_TRANSLATE_NOOP("messages", "Passphrase of the backup"),
    "backup.restored": QT_TRANSLATE_NOOP(
        "messages", "Restored from {path}. “aisync plan” shows what has changed since then."
    ),
    "cli.aborted": QT_TRANSLATE_NOOP("messages", "Stopped, as nobody agreed."),
    "cli.allow-servers": QT_TRANSLATE_NOOP("messages", "Allow them, as their lines are now?"),
    "cli.allowed.by": QT_TRANSLATE_NOOP("messages", "{rule} in {path}"),
    "cli.allowed.limited": QT_TRANSLATE_NOOP("messages", "{reason} ({limits})"),
    "cli.allowed.mode": QT_TRANSLATE_NOOP("messages", "its mode is “{mode}” in {path}"),
    "cli.answers": QT_TRANSLATE_NOOP("messages", "Answer with “aisync decide {decision} --take …”:"),
    "cli.begin": QT_TRANSLATE_NOOP("messages", "Write this and keep it in step from now on?"),
    "cli.restore-file": QT_TRANSLATE_NOOP("messages", "Put this version back?"),
    "cli.everywhere": QT_TRANSLATE_NOOP("messages", "For all projects"),
    "cli.evidence.docs": QT_TRANSLATE_NOOP("messages", "described after its documentation; versions seen: {versions}"),
    "cli.evidence.run": QT_TRANSLATE_NOOP("messages", "checked with the client itself; versions: {versions}"),
    "cli.evidence.source": QT_TRANSLATE_NOOP("messages", "described after its source; versions: {versions}"),
    "cli.files-written": QT_TRANSLATE_NOOP("messages", "{count} {count:file|files} written"),
    "cli.hidden": QT_TRANSLATE_NOOP(
        "messages", "Secrets are hidden here; “aisync show --version {version} -o FILE” writes the whole file."
    ),
    "cli.items.as-meant": QT_TRANSLATE_NOOP("messages", "as meant"),
    "cli.items.differs": QT_TRANSLATE_NOOP("messages", "differs"),
    "cli.items.left-alone": QT_TRANSLATE_NOOP("messages", "left alone"),
    "cli.items.missing": QT_TRANSLATE_NOOP("messages", "missing"),
    "cli.items.none": QT_TRANSLATE_NOOP("messages", "There is no such item."),
    "cli.items.unreadable": QT_TRANSLATE_NOOP("messages", "cannot be read"),
    "cli.loosens": QT_TRANSLATE_NOOP("messages", "{refused} Do it all the same?"),
    "cli.leave": QT_TRANSLATE_NOOP(
        "messages", "Put every file back to what it had before AISync, and stop keeping them in step?"
    ),
    "cli.machine.container": QT_TRANSLATE_NOOP(
        "messages", "Found in a container: the clients of the machine around it are not looked at."
    ),
    "cli.machine.ssh": QT_TRANSLATE_NOOP(
        "messages", "Found over SSH: the clients of the machine at which you sit are not looked at."
    ),
    "cli.machine.wsl": QT_TRANSLATE_NOOP("messages", "Found in WSL: the clients of Windows itself are not looked at."),
    "cli.no-clients": QT_TRANSLATE_NOOP("messages", "No assistant that AISync knows was found on this machine."),
    "cli.no-history": QT_TRANSLATE_NOOP("messages", "There is no history yet."),
    "cli.no-versions": QT_TRANSLATE_NOOP("messages", "No version of this file is kept: {path}"),
    "cli.no-browser": QT_TRANSLATE_NOOP("messages", "No browser was found: open {path} in one within a minute."),
    "cli.no-window": QT_TRANSLATE_NOOP(
        "messages", "AISync runs without a window: it was started with “--headless”, or there is no screen."
    ),
    "cli.metrics.client": QT_TRANSLATE_NOOP(
        "messages",
        "{edits} {edits:edit|edits} made there, {written} {written:file|files} written, {failed} failed, "
        "{retries} tried again",
    ),
    "cli.metrics.last": QT_TRANSLATE_NOOP("messages", "last written, in {took} ms"),
    "cli.metrics.last.untimed": QT_TRANSLATE_NOOP("messages", "last written"),
    "cli.metrics.latency": QT_TRANSLATE_NOOP(
        "messages",
        "From an edit to the last file: {mean} ms on average, half within {p50} ms, 95 % within {p95} ms, 99 % within "
        "{p99} ms",
    ),
    "cli.metrics.log": QT_TRANSLATE_NOOP("messages", "Lines in the log: {lines}"),
    "cli.metrics.none": QT_TRANSLATE_NOOP("messages", "Nothing was synced in the last {hours} {hours:hour|hours}."),
    "cli.metrics.own": QT_TRANSLATE_NOOP(
        "messages", "{program}: {cpu} s of processor time since it was started, {memory} MB of memory"
    ),
    "cli.metrics.own.app": QT_TRANSLATE_NOOP("messages", "The app"),
    "cli.metrics.own.command": QT_TRANSLATE_NOOP("messages", "This command, as the app does not run"),
    "cli.metrics.syncs": QT_TRANSLATE_NOOP(
        "messages",
        "{count} {count:sync|syncs} in the last {hours} {hours:hour|hours}: {done} % reached every file, "
        "{failed} % failed",
    ),
    "cli.nobody": QT_TRANSLATE_NOOP("messages", "There is nobody to ask"),
    "cli.nobody.message": QT_TRANSLATE_NOOP("messages", "The standard input is no terminal."),
    "cli.nobody.next": QT_TRANSLATE_NOOP("messages", "Answer every question beforehand, with “--yes”."),
    "cli.not-there": QT_TRANSLATE_NOOP("messages", "no file yet"),
    "cli.nothing-to-do": QT_TRANSLATE_NOOP("messages", "Everything is in step; nothing would be written."),
    "cli.permissions.danger": QT_TRANSLATE_NOOP("messages", "without asking, it {what}: {example}"),
    "cli.permissions.mode": QT_TRANSLATE_NOOP("messages", "without asking, it {what}"),
    "cli.permissions.none": QT_TRANSLATE_NOOP("messages", "No client here has permissions in a file."),
    "cli.permissions.not-at": QT_TRANSLATE_NOOP("messages", "not at: {clients}"),
    "cli.plan.hidden": QT_TRANSLATE_NOOP("messages", "Secrets are hidden here; the file gets them as they are."),
    "cli.plan.lines": QT_TRANSLATE_NOOP("messages", "+{added} -{removed}"),
    "cli.plan.more": QT_TRANSLATE_NOOP("messages", "{count} {count:line|lines} more"),
    "cli.plan.new": QT_TRANSLATE_NOOP("messages", "new file, +{added}"),
    "cli.plan.removed": QT_TRANSLATE_NOOP("messages", "goes, -{removed}"),
    "cli.program": QT_TRANSLATE_NOOP("messages", "installed: {program}, version {version}"),
    "cli.program.between": QT_TRANSLATE_NOOP(
        "messages", "installed: {program}, version {version}; checked against {seen}, before and after it"
    ),
    "cli.program.newer": QT_TRANSLATE_NOOP(
        "messages", "installed: {program}; checked against {seen}, found {version}, which is newer"
    ),
    "cli.program.older": QT_TRANSLATE_NOOP(
        "messages", "installed: {program}; checked against {seen}, found {version}, which is older"
    ),
    "cli.program.windows": QT_TRANSLATE_NOOP(
        "messages", "installed: {program}, which is of Windows and keeps its files there"
    ),
    "cli.projects.none": QT_TRANSLATE_NOOP(
        "messages", "No project is kept in step; “aisync project add” begins with one."
    ),
    "cli.rejected": QT_TRANSLATE_NOOP("messages", "A description that cannot be used: {path}"),
    "cli.same": QT_TRANSLATE_NOOP("messages", "Nothing differs."),
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
    "cli.token.again": QT_TRANSLATE_NOOP("messages", "Once more"),
    "cli.token.expired": QT_TRANSLATE_NOOP("messages", "its time was over at {time}"),
    "cli.token.for-ever": QT_TRANSLATE_NOOP("messages", "until it is revoked"),
    "cli.token.has-password": QT_TRANSLATE_NOOP("messages", "A password is set that gives out tokens for an hour."),
    "cli.token.made-by": QT_TRANSLATE_NOOP("messages", "made by {by}"),
    "cli.token.new-password": QT_TRANSLATE_NOOP("messages", "The new password"),
    "cli.token.no-password": QT_TRANSLATE_NOOP("messages", "No password is set."),
    "cli.token.none": QT_TRANSLATE_NOOP("messages", "No other program has a token."),
    "cli.token.once": QT_TRANSLATE_NOOP("messages", "This is shown only now: AISync does not keep it."),
    "cli.token.password-removed": QT_TRANSLATE_NOOP(
        "messages", "There is no password any more; tokens that it gave out are over."
    ),
    "cli.token.password-set": QT_TRANSLATE_NOOP(
        "messages", "The password is set; tokens that another one gave out are over."
    ),
    "cli.token.revoked": QT_TRANSLATE_NOOP("messages", "Revoked: {names}"),
    "cli.token.until": QT_TRANSLATE_NOOP("messages", "until {time}"),
    "cli.unknown-client": QT_TRANSLATE_NOOP("messages", "There is no client “{client}”. Known: {known}"),
    "cli.unknown-page": QT_TRANSLATE_NOOP("messages", "There is no page “{page}”. Known: {known}"),
    "cli.unknown-setting": QT_TRANSLATE_NOOP("messages", "There is no setting “{name}”. Known: {known}"),
    "cli.usage": QT_TRANSLATE_NOOP("messages", "This command cannot be understood"),
    "cli.usage.missing": QT_TRANSLATE_NOOP("messages", "A command is missing."),
    "cli.usage.next": QT_TRANSLATE_NOOP("messages", "“{command} --help” tells what there is."),
    "cli.working": QT_TRANSLATE_NOOP("messages", "Working … {count} s"),
    "cli.working.backup": QT_TRANSLATE_NOOP("messages", "Copying … {count} s"),
    "cli.working.export": QT_TRANSLATE_NOOP("messages", "{count} {count:row|rows} …"),
    "cli.written": QT_TRANSLATE_NOOP("messages", "Written to {path}."),
    "doctor.healthy": QT_TRANSLATE_NOOP("messages", "Nothing was found."),
    "doctor.repair.offer": QT_TRANSLATE_NOOP("messages", "{id}: {summary}"),
    "doctor.repair.question": QT_TRANSLATE_NOOP("messages", "Do this?"),
    "export.done": QT_TRANSLATE_NOOP("messages", "{rows} {rows:row|rows} exported to {path}."),
    "export.unrecorded": QT_TRANSLATE_NOOP("messages", "The export is made, but it could not be written down."),
    "output.unwritten": QT_TRANSLATE_NOOP("messages", "The answer could not be written"),
    "output.unwritten.message": QT_TRANSLATE_NOOP("messages", "The standard output takes nothing: {reason}."),
    "output.unwritten.next": QT_TRANSLATE_NOOP(
        "messages", "Only the answer is lost: what the command was to change is changed."
    ),
}
