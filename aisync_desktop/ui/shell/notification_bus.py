"""org.freedesktop.Notifications, spoken through jeepney on a connection of its own, driven by the event loop.

Not through QtDBus: PySide6 cannot put an unsigned 32-bit integer (`replaces_id`) into a message; a Python int always
becomes a signed one, and the call is refused (PySide6 6.12). `QSystemTrayIcon.showMessage` is no way either: it is
dropped in silence where there is no tray, and it has no actions.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

if TYPE_CHECKING:
    from jeepney import Message  # type: ignore[import-untyped] # it has neither stubs nor hints
    from jeepney.io.blocking import DBusConnection  # type: ignore[import-untyped] # the same

_NAME = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_SERVER_DECIDES = -1  # how long a notification stays


class NotificationBus(QObject):
    """The notification server of the session, if there is one.

    Signals: ready (it said what it can do), failed (there is none, or it is gone), shown(serial, id),
    invoked(id, action), closed(id).
    """

    ready = Signal()
    failed = Signal()
    shown = Signal(int, int)
    invoked = Signal(int, str)
    closed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connection: DBusConnection | None = None
        self._socket: QSocketNotifier | None = None
        self._question = 0  # the serial of the question what the server can do
        self._notified: set[int] = set()  # the serials of the notifications that it has not answered yet
        self._abilities: frozenset[str] = frozenset()

    def open(self) -> None:
        """Connect and ask the server what it can do; `ready` or `failed` follows, maybe before this returns."""
        from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
        from jeepney.io.blocking import open_dbus_connection

        try:
            connection = open_dbus_connection("SESSION")
        except (OSError, KeyError, RuntimeError, ValueError):  # no session bus, or an address that jeepney cannot use
            self.failed.emit()
            return
        self._connection = connection
        self._socket = QSocketNotifier(connection.sock.fileno(), QSocketNotifier.Type.Read, self)
        self._socket.activated.connect(self._read)
        rule = MatchRule(type="signal", sender=_NAME, interface=_NAME, path=_PATH)
        self._send(message_bus.AddMatch(rule))
        self._question = self._send(new_method_call(DBusAddress(_PATH, _NAME, _NAME), "GetCapabilities"))

    def close(self) -> None:
        """Leave the bus."""
        if self._socket is not None:
            self._socket.setEnabled(False)
            self._socket.deleteLater()
            self._socket = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def notify(
        self, title: str, body: str, *, icon: str, entry: str, replaces: int, actions: Sequence[str], urgency: int
    ) -> int:
        """Send a notification; return the serial that `shown` will name."""
        from jeepney import DBusAddress, new_method_call  # loaded by open() already

        text = escape(body, quote=False) if "body-markup" in self._abilities else body
        offered = list(actions) if "actions" in self._abilities else []
        hints = {"desktop-entry": ("s", entry), "urgency": ("y", urgency)}
        arguments = ("AISync", replaces, icon, title, text, offered, hints, _SERVER_DECIDES)
        call = new_method_call(DBusAddress(_PATH, _NAME, _NAME), "Notify", "susssasa{sv}i", arguments)
        serial = self._send(call)
        self._notified.add(serial)
        return serial

    def withdraw(self, notification: int) -> None:
        """Take a notification away."""
        from jeepney import DBusAddress, new_method_call  # loaded by open() already

        self._send(new_method_call(DBusAddress(_PATH, _NAME, _NAME), "CloseNotification", "u", (notification,)))

    def _send(self, message: Message) -> int:
        if self._connection is None:
            return 0
        serial: int = next(self._connection.outgoing_serial)
        try:
            self._connection.send(message, serial=serial)
        except OSError:
            QTimer.singleShot(0, self, self._give_up)  # later, when the caller knows the serial
        return serial

    def _read(self) -> None:
        try:
            while self._connection is not None:
                self._take(self._connection.receive(timeout=0))
        except TimeoutError:
            return  # everything that came is read
        except OSError:
            self._give_up()

    def _take(self, message: Message) -> None:
        from jeepney import HeaderFields, MessageType  # loaded by open() already

        fields, kind = message.header.fields, message.header.message_type
        if kind is MessageType.signal:
            signature = fields.get(HeaderFields.signature, "")
            self._take_signal(fields[HeaderFields.member], signature, message.body)
            return
        question = fields.get(HeaderFields.reply_serial, 0)
        if question not in {self._question, *self._notified}:
            return  # an answer that changes nothing, as that a notification was gone already
        self._notified.discard(question)
        if kind is MessageType.error:
            self._give_up()
        elif question == self._question:
            self._abilities = frozenset(message.body[0])
            self.ready.emit()
        else:
            self.shown.emit(question, message.body[0])

    def _take_signal(self, member: str, signature: str, body: tuple[int, str | int]) -> None:
        if (member, signature) == ("ActionInvoked", "us"):
            self.invoked.emit(body[0], body[1])
        elif (member, signature) == ("NotificationClosed", "uu"):
            self.closed.emit(body[0])

    def _give_up(self) -> None:
        self.close()
        self.failed.emit()
