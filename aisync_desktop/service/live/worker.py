"""The engine's thread: hints and commands come in as queued signals, status values and receipts go out as signals.

Everything that touches the engine runs here, one thing after another. Hints that arrive while a sync runs are one
look afterwards, and after a look that brought nothing the next one waits some times as long as that took: a file that
changes many times a second, in what is not ours, costs a part of one core and never all of it. Timers run only while
there is something to wait for, but for the rescan (the net under the watcher).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from aisync_desktop.database.errors import DamagedDatabaseError, FullDiskError
from aisync_desktop.files.errors import PlaceTaken
from aisync_desktop.kernel.bus import Bus, Fed
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.problem import Problem, problem_of
from aisync_desktop.observe.logging import get_logger
from aisync_desktop.service.live.bus_bridge import BusBridge
from aisync_desktop.service.live.limits import UnwatchableError
from aisync_desktop.service.live.session_ends import SessionEnds
from aisync_desktop.service.live.settle import Rest, Retry
from aisync_desktop.service.live.watching import Watching
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.lost_database import Remembered
from aisync_desktop.sync.answering.opening import OpenEngine, recovered
from aisync_desktop.sync.applying.applier import Receipt
from aisync_desktop.sync.model.status import Health, Status

_log = get_logger(__name__)
_AUDIT_MS = 1_000
_MAINTAIN_FIRST_MS, _MAINTAIN_MS = 10 * 60_000, 24 * 3_600_000


@dataclass(frozen=True)
class Command:
    """A call on the engine for its own thread, and where its answer goes."""

    call: Callable[[Engine], Any]
    answer: Future[Any]


class EngineWorker(QObject):
    """Lives in the engine's thread.

    Signals: `status_changed` (a Status), `synced` (a Receipt that wrote something), `started` (the engine is open),
    `broken` (the error that kept it from opening, or stopped it). Attribute: `notes` (told as long as this runs).
    """

    hinted = Signal()
    commanded = Signal(object)
    status_changed = Signal(object)
    synced = Signal(object)
    started = Signal()
    broken = Signal(object)

    def __init__(
        self,
        open_engine: OpenEngine,
        watching: Watching,
        rescan_seconds: int,
        poll_seconds: int,
        random: Random,
        bus: Bus,
    ) -> None:
        super().__init__()
        self._open_engine = open_engine
        self._watching = watching
        self._rescan_seconds = rescan_seconds
        self._poll_seconds = poll_seconds  # where a folder cannot be watched
        self._random = random
        self._bus = bus
        self.notes: tuple[Problem, ...] = ()
        self._engine: Engine | None = None
        self._retry = Retry()
        self._status: Status | None = None
        self._rest_until = 0.0
        self._rest = Rest()
        self._reopened = False  # for a damaged database; until a look succeeds, another time is in vain
        self._stumbled = False  # until a look succeeds, the engine has an old status or none
        self._look: QTimer | None = None
        self._late: QTimer | None = None
        self._due: QTimer | None = None
        self._rescan: QTimer | None = None
        self._maintenance: QTimer | None = None
        self._audit: QTimer | None = None
        self._told_by: BusBridge | None = None
        self._ends: SessionEnds | None = None
        self.hinted.connect(self._on_hint, Qt.ConnectionType.QueuedConnection)
        self.commanded.connect(self._on_command, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def open(self) -> None:
        """Open the engine in this thread, finish what a crash left, and take the first look."""
        self._look = self._timer(self._sync, single=True)
        self._late = self._timer(self._on_late, single=True)
        self._due = self._timer(self._sync, single=True)
        self._rescan = self._timer(self._sync_in_doubt, single=False)
        self._maintenance = self._timer(self._maintain, single=True)
        self._audit = self._timer(self._catch_up_audit, single=True)
        self._told_by = BusBridge(self._bus, Fed, parent=self)
        self._told_by.heard.connect(self._on_fed)
        self._ends = SessionEnds(self)
        self._ends.ended.connect(self._on_session_end)
        self._with_engine(self._begin)

    def _begin(self) -> None:
        """Take the first look, and have the next ones come."""
        if self._maintenance:
            self._maintenance.start(_MAINTAIN_FIRST_MS)
        self._watching.start()
        self._sync()
        self.set_rescan(self._rescan_seconds)
        self.started.emit()

    def _with_engine(
        self, then: Callable[[], None], *, doubtful: bool = False, remembered: Remembered | None = None
    ) -> None:
        """Open the engine and go on; where the disk is full, say so and try again when there may be room.

        Without one there is else nothing to run, and whoever waits for `broken` ends the app.
        """
        try:
            engine = recovered(self._open_engine, doubtful=doubtful, remembered=remembered)
        except FullDiskError as error:
            _log.warning("not opened", code=error.title.code, path=str(error.path or ""))
            self._tell_nothing_but(error)
            self._retry = self._retry.failed()
            again = partial(self._with_engine, then, doubtful=doubtful, remembered=remembered)
            QTimer.singleShot(self._retry.wait_ms(self._random), self, again)
        except Exception as error:  # noqa: BLE001 - the boundary of the thread: an error must reach the app, not vanish
            self.broken.emit(error)
        else:
            engine.on_written = self._on_written
            engine.on_standing = self._publish
            engine.tell_writing(self._bus.publish)
            engine.notes = self.notes
            self._engine = engine
            then()

    def _tell_nothing_but(self, error: WorldError) -> None:
        """Have the status say why there is nothing more to say."""
        self._status = Status(
            health=Health.ERROR,
            headline=error.title,
            problems=(problem_of(error),),
            sequence=self._status.sequence + 1 if self._status else 1,
        )
        self.status_changed.emit(self._status)

    def _reopen(self) -> None:
        """Give a damaged database up, and go on with one that is rebuilt from the files and what is in memory.

        Where it is another file that is damaged, in the place of ours, ours takes it again.
        """
        engine, self._engine = self._engine, None
        remembered = engine.remembered() if engine else None
        if engine:
            with suppress(WorldError):
                if engine.keep_place() and self._look:
                    self._engine = engine
                    self._look.start(0)
                    return
            with suppress(WorldError):
                engine.close()
        self._with_engine(self._look_now, doubtful=True, remembered=remembered)

    def _look_now(self) -> None:
        if self._look:
            self._look.start(0)

    @Slot()
    def _maintain(self) -> None:
        """Clear out what is too old, and check the database; once a day, and some time after the start."""
        if self._engine is None or self._maintenance is None:
            return
        try:
            self._engine.maintain()
        except DamagedDatabaseError:
            self._reopen()
        except WorldError as error:
            _log.warning("maintenance failed", code=error.title.code)
        self._maintenance.start(_MAINTAIN_MS)

    @Slot()
    def _on_fed(self) -> None:
        """Have the audit trail catch up a while after the first of what has happened: nobody waits for it."""
        if self._audit and not self._audit.isActive():
            self._audit.start(_AUDIT_MS)

    @Slot()
    def _catch_up_audit(self) -> None:
        """Have it catch up; where that fails (a full disk, say), the next event, the end or the next start does it."""
        try:
            if self._engine:
                self._engine.catch_up_audit()
        except DamagedDatabaseError:
            self._reopen()
        except WorldError as error:
            _log.warning("the audit trail lags behind", code=error.title.code)

    @Slot()
    def close(self) -> None:
        """Stop looking and close the engine; called in this thread, which then ends."""
        self._watching.stop()
        if self._told_by:
            self._told_by.close()
        for timer in (self._look, self._late, self._due, self._rescan, self._maintenance, self._audit):
            if timer:
                timer.stop()
        if self._ends:
            self._ends.follow(())
        engine, self._engine = self._engine, None
        try:
            if engine:
                engine.close()
        finally:
            self.thread().quit()

    def set_rescan(self, seconds: int) -> None:
        """Look at least this often. Coarse: the kernel may join our wake-up with others."""
        self._rescan_seconds = seconds
        self._keep_pace()

    def _keep_pace(self) -> None:
        """Set the rescan's pace: folders that cannot be watched are looked at as often as with a window open."""
        polled = self._watching.unwatchable
        pace = (min(self._rescan_seconds, self._poll_seconds) if polled else self._rescan_seconds) * 1000
        if self._rescan and (self._rescan.interval() != pace or not self._rescan.isActive()):
            self._rescan.start(pace)

    def _timer(self, slot: Callable[[], None], *, single: bool) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(single)
        timer.setTimerType(Qt.TimerType.PreciseTimer if single else Qt.TimerType.VeryCoarseTimer)
        timer.timeout.connect(slot)
        return timer

    @Slot()
    def _on_hint(self) -> None:
        """Look once for all hints that have come in until now; there are late ones when all is closed."""
        if self._engine and self._watching.take() and self._look:
            self._look.start(max(0, round((self._rest_until - time.monotonic()) * 1000)))

    @Slot()
    def _on_session_end(self) -> None:
        """Look at once: a client that writes from memory has written for the last time."""
        if self._engine and self._look:
            self._engine.session_ended()
            self._look.start(0)

    @Slot(object)
    def _on_command(self, command: Command) -> None:
        if self._engine is None:
            command.answer.cancel()
            return
        if not command.answer.set_running_or_notify_cancel():
            return  # whoever asked has gone
        try:
            command.answer.set_result(command.call(self._engine))
        except Exception as error:  # noqa: BLE001 - handed to whoever waits for the answer
            command.answer.set_exception(error)
        self._publish()

    @Slot()
    def _sync_in_doubt(self) -> None:
        """Look, and trust no hint about which folders are there, nor the database to be what it was."""
        self._watching.doubt()
        try:
            if self._engine:
                self._engine.require_readable()
        except DamagedDatabaseError:
            self._reopen()
        except WorldError:  # another file in the place of ours, or no right to it: the look tells of that
            self._sync()
        else:
            self._sync()

    @Slot()
    def _sync(self) -> None:
        """Look and act; where something is left that time may mend, look again later."""
        if self._engine is None:
            return
        started = time.monotonic()
        roots = tuple(Path(scope.root) for scope in self._engine.projects)
        self._watching.refresh(self._engine.paths(), roots)  # first: what changes during the look is a new hint
        self._keep_pace()
        self._engine.notices = self._watch_notices()
        try:
            receipt = self._engine.sync("watch", seen=self._watching.seen())
        except WorldError as error:
            if self._is_no_ground(error):
                return
            _log.warning("sync failed", code=error.title.code, path=str(error.path or ""))
            self._again()
            if not self._engine.has_looked:  # its status would be made of a look, which fails again
                self._stumbled = True
                self._tell_nothing_but(error)
                return
            self._engine.notices = (problem_of(error), *self._watch_notices())
        except Exception as error:  # noqa: BLE001 - a fault of ours is reported and shown, and the loop goes on
            self._stumble(error)
            return
        else:
            self._stumbled = self._reopened = False
            self._after(receipt, time.monotonic() - started)
        self._tell_what_lasts(self._engine)
        self._publish()

    def _is_no_ground(self, error: WorldError) -> bool:
        """Leave a database that is damaged, or a place that another has; return whether it was that."""
        match error:
            case DamagedDatabaseError() if not self._reopened:
                self._reopened = True
                self._reopen()
            case PlaceTaken():
                self._give_way(error)
            case _:
                return False
        return True

    def _give_way(self, error: PlaceTaken) -> None:
        """Write nothing where another AISync has our place; end once it is clear that it is no command of a moment."""
        self._again()
        if self._retry.settled:
            _log.error("place taken", code=error.title.code, path=error.where)
            self.broken.emit(error)

    def _watch_notices(self) -> tuple[Problem, ...]:
        refused = self._watching.unwatchable
        return (problem_of(UnwatchableError(refused, self._poll_seconds)),) if refused else ()

    def _tell_what_lasts(self, engine: Engine) -> None:
        """Put into the log, once, what the ladder did not outwait; where that takes nothing (a full disk), later."""
        try:
            engine.tell_problems(lasting=self._retry.settled)
        except WorldError as error:
            _log.warning("not in the log", code=error.title.code, path=str(error.path or ""))

    def _stumble(self, error: Exception) -> None:
        """Report a fault of ours, say so in the status, and try again ever more rarely."""
        self._stumbled = True
        sys.excepthook(type(error), error, error.__traceback__)
        self._again()
        status = self._status or Status(health=Health.ERROR, headline=text("status.error"))
        broken = {"health": Health.ERROR, "headline": text("status.error"), "sequence": status.sequence + 1}
        self._status = status.model_copy(update=broken)
        self.status_changed.emit(self._status)

    def _after(self, receipt: Receipt, took: float) -> None:
        self._rest = self._rest.after(took, wrote=bool(receipt.written))
        self._rest_until = time.monotonic() + self._rest.wait_ms / 1000
        if receipt.complete:
            self._retry = Retry()
        else:
            self._again()

    def _await_moments(self) -> None:
        """Look again when a late writer may have written, or a deletion has rested."""
        if self._engine:
            for timer, wait in ((self._late, self._engine.late_in()), (self._due, self._engine.look_in())):
                if wait is not None and timer and not timer.isActive():
                    timer.start(round(wait * 1000) + 1)

    @Slot()
    def _on_late(self) -> None:
        """Look at displaced files only: mostly nobody wrote there, and then all else is as it was."""
        try:
            written = self._engine is not None and self._engine.absorb_late_writes()
        except WorldError:  # what is wrong is told by a whole look
            written = True
        if written:
            self._look_now()
        else:
            self._await_moments()

    def _on_written(self, receipt: Receipt) -> None:
        _log.info("synced", files=len(receipt.written), foreign=len(receipt.foreign), failed=len(receipt.failed))
        self.synced.emit(receipt)

    def _again(self) -> None:
        self._retry = self._retry.failed()
        if self._look:
            self._look.start(self._retry.wait_ms(self._random))

    def _publish(self) -> None:
        """Publish the status if it is another one than before."""
        if self._engine is None or self._stumbled:
            return
        self._await_moments()
        if self._ends:
            self._ends.follow(self._engine.sessions)
        status = self._engine.status()
        sequence = self._status.sequence if self._status else 0
        status = status.model_copy(update={"sequence": sequence})
        if status == self._status:
            return
        self._status = status.model_copy(update={"sequence": sequence + 1})
        self.status_changed.emit(self._status)
