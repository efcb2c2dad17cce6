"""What a screen reader gets of programs, and does with them: AT-SPI over D-Bus, as the desktops of Linux speak it.

The launcher of at-spi2-core brings up a bus of its own beside the session's, with a registry on it; programs that are
told to (`QT_LINUX_ACCESSIBILITY_ALWAYS_ON`, GTK by itself) show there what is on their windows, as a tree.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Self

from jeepney import DBusAddress, MessageType, new_method_call  # type: ignore[import-untyped] # it has no hints
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped] # the same

from tests.helpers.patience import PATIENCE

_ATSPI = "org.a11y.atspi"
_ROOT = "/org/a11y/atspi/accessible/root"
_SCREEN = 0  # coordinates are the screen's
_STATES = {"active": 1, "checked": 4, "enabled": 8, "focusable": 11, "focused": 12, "showing": 25, "visible": 30}
_PAUSE = 0.05  # seconds between two looks for what no event tells of


class GoneError(Exception):
    """What was asked is not there any more, or does not answer to this."""


@dataclass(frozen=True)
class Box:
    """Where something is on the screen."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        """Where to click."""
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass(frozen=True)
class Thing:
    """One thing on a window."""

    reader: Reader = field(repr=False)
    owner: str
    path: str
    name: str
    role: str
    states: frozenset[str]

    def children(self) -> list[Thing]:
        """Return what is in it."""
        (found,) = self.reader.call(self.owner, self.path, "Accessible", "GetChildren")
        return [thing for owner, path in found if (thing := self.reader.thing(owner, path)) is not None]

    def walk(self) -> Iterator[Thing]:
        """Yield all in it that is to be seen, from above; what goes meanwhile is left out."""
        with suppress(GoneError):
            for child in self.children():
                if "showing" in child.states:
                    yield child
                    yield from child.walk()

    def box(self) -> Box:
        """Return where it is."""
        return Box(*self.reader.call(self.owner, self.path, "Component", "GetExtents", "u", (_SCREEN,))[0])

    def interfaces(self) -> set[str]:
        """Return what can be asked of it ("Action", "Text")."""
        (found,) = self.reader.call(self.owner, self.path, "Accessible", "GetInterfaces")
        return {name.removeprefix(f"{_ATSPI}.") for name in found}

    def actions(self) -> list[str]:
        """Return what can be done with it, by the names that are not for people."""
        if "Action" not in self.interfaces():
            return []
        count = self._property("Action", "NActions")
        calls = (self.reader.call(self.owner, self.path, "Action", "GetName", "i", (n,)) for n in range(count))
        return [name.casefold() for (name,) in calls]

    def do(self, *names: str) -> None:
        """Do the first of these that it can do."""
        able = self.actions()
        name = next((name for name in names if name in able), None)
        assert name is not None, f"{self.role} {self.name!r} can do {able}, not {names}"
        assert self.reader.call(self.owner, self.path, "Action", "DoAction", "i", (able.index(name),)) == (True,)

    def press(self) -> None:
        """Do what a click does."""
        self.do("press", "click", "toggle", "check")

    def _property(self, interface: str, name: str) -> Any:
        return self.reader.property(self.owner, self.path, interface, name)


class Reader:
    """A screen reader: it looks at programs, and acts on them."""

    def __init__(self, session_bus: str) -> None:
        with open_dbus_connection(session_bus) as session:
            ask = new_method_call(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"), "GetAddress")
            (address,) = session.send_and_get_reply(ask, timeout=PATIENCE).body
        self._connection = open_dbus_connection(address)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def programs(self) -> list[Thing]:
        """Return the programs that show themselves."""
        registry = f"{_ATSPI}.Registry"
        (found,) = self.call(registry, _ROOT, "Accessible", "GetChildren")
        return [thing for owner, path in found if (thing := self.thing(owner, path)) is not None]

    def walk(self, *, program: str = "") -> Iterator[Thing]:
        """Yield everything that is to be seen of one program, or of all."""
        for one in self.programs():
            if program.casefold() in one.name.casefold():
                yield from one.walk()

    def look(self, name: str, role: str = "", *, program: str = "", starts: bool = False) -> Thing | None:
        """Return what can be seen and has this name, or one that starts so; None where there is nothing."""
        for thing in self.walk(program=program):
            fits = thing.name.startswith(name) if starts else thing.name == name
            if fits and role in {"", thing.role}:
                return thing
        return None

    def find(self, name: str, role: str = "", *, program: str = "", starts: bool = False) -> Thing:
        """Wait until there is such a thing, and return it."""
        end = time.monotonic() + PATIENCE
        while (found := self.look(name, role, program=program, starts=starts)) is None:
            assert time.monotonic() < end, f"no {role} {name!r} among\n{self.told()}"
            time.sleep(_PAUSE)
        return found

    def told(self) -> str:
        """Return all that is seen, in lines, for who asks why something is not."""
        return "\n".join(f"{thing.role}: {thing.name}" for thing in self.walk())

    def thing(self, owner: str, path: str) -> Thing | None:
        """Return what is there; None where it has gone."""
        try:
            name = self.property(owner, path, "Accessible", "Name")
            (role,) = self.call(owner, path, "Accessible", "GetRoleName")
            ((low, high),) = self.call(owner, path, "Accessible", "GetState")
        except GoneError:
            return None
        bits = low | high << 32
        states = frozenset(state for state, bit in _STATES.items() if bits >> bit & 1)
        return Thing(self, owner, path, name, role, states)

    def property(self, owner: str, path: str, interface: str, name: str) -> Any:
        """Return what a property of something holds."""
        address = DBusAddress(path, owner, "org.freedesktop.DBus.Properties")
        return self._ask(new_method_call(address, "Get", "ss", (f"{_ATSPI}.{interface}", name)))[0][1]

    def call(self, owner: str, path: str, interface: str, method: str, *arguments: Any) -> tuple[Any, ...]:
        """Ask something of it, or have it do something; arguments are their signature and then a tuple of them."""
        return self._ask(new_method_call(DBusAddress(path, owner, f"{_ATSPI}.{interface}"), method, *arguments))

    def _ask(self, message: Any) -> tuple[Any, ...]:
        reply = self._connection.send_and_get_reply(message, timeout=PATIENCE)
        if reply.header.message_type is not MessageType.method_return:
            raise GoneError(reply.body)
        body: tuple[Any, ...] = reply.body
        return body


@contextmanager
def reading(session_bus: str) -> Iterator[Reader]:
    """Look at the programs of a session."""
    with Reader(session_bus) as reader:
        yield reader
