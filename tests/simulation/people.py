"""Everybody else who writes: users with editors, clients that rewrite their file, slow, careless and broken ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.simulation.dialects import Dialect, Server
from tests.simulation.places import PLACES, RULE_FILES, SERVER_FILES, USER, Place
from tests.simulation.sim_disk import Node
from tests.simulation.witness import SECRET

if TYPE_CHECKING:
    from tests.simulation.world import World

_NAMES = ("alpha", "beta", "github", "files", "db")
_LINES = ("Use tabs.", "Use spaces.", "Test first.", "Be brief.", "- one", "## More", "Ask.", "")
_BROKEN = (b"", b"{", b"\xff\xfe\x00", b'{"mcpServers": {}', b"[[[", b"   \n")


class People:
    """What others do, at random."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._rng = world.rng
        self._last_good: dict[Path, bytes] = {}  # of files that were broken or taken away
        self._half: dict[Path, bytes] = {}  # what a program will have written when it gets on with it
        self._memories: dict[Path, bytes] = {}  # what a running client holds of its file
        self._opened: dict[Path, Node] = {}

    def edit(self) -> None:
        """Do something to one file."""
        place = self._rng.choice(SERVER_FILES if self._rng.random() < 0.8 else RULE_FILES)
        manners = [self._start_half, self._finish_half, self._reformat, self._remember, self._act_from_memory]
        accidents = [self._open, self._write_late, self._break, self._take_away, self._repair]
        self._rng.choices([self._change, *manners, *accidents], [60, 5, 3, 5, 4, 4, 4, 6, 3, 3, 3])[0](place)

    def quarrel(self) -> None:
        """Change one server in two files of the user in different ways."""
        mine = [place for place in SERVER_FILES if place.scope == USER]
        some = [(place, place.dialect) for place in self._rng.sample(mine, 2) if place.dialect]
        name, commands = self._rng.choice(_NAMES), iter(("npx", "deno"))
        for place, dialect in some:
            data = self._world.disk.data(place.path)
            if data and dialect.read(data) is not None:
                server: Server = {"command": next(commands), "args": ["q"]}
                self._world.note("quarrel", place.path, name, server)
                self._world.agreement.touched(place, name, server)
                self._save(place, dialect.edited(data, name, server, self._rng))

    def lose(self, places: list[Place]) -> None:
        """Break a file, or take it away."""
        if places:
            self._rng.choice([self._break, self._take_away])(self._rng.choice(places))

    def before_the_loss(self, path: Path) -> bytes | None:
        """Return what a file that was broken or taken away held before; None where it was not."""
        return self._last_good.get(path)

    def finish(self) -> None:
        """Write what is half written, and mostly mend what is broken."""
        for path in list(self._half):
            self._finish_half(PLACES[path])
        for path in list(self._last_good):
            if self._rng.random() < 0.7:
                self._repair(PLACES[path])

    # Edits that mean something.

    def _change(self, place: Place) -> None:
        data = self._world.disk.data(place.path)
        new = self._changed(place, data)
        if new is not None and new != data:
            self._save(place, new)

    def _changed(self, place: Place, data: bytes | None) -> bytes | None:
        """Return the file with one change; a client that has none makes it."""
        if place.dialect is None:
            return self._changed_text(place, data)
        if place.dialect.read(data) is None:
            return None
        return self._changed_servers(place, place.dialect, data or b"")

    def _changed_servers(self, place: Place, dialect: Dialect, data: bytes) -> bytes:
        there = dialect.read(data) or {}
        name = self._rng.choice(_NAMES)
        wanted = None if name in there and self._rng.random() < 0.25 else self._server(dialect)
        self._world.note("edit", place.path, name, wanted)
        self._world.agreement.touched(place, name, wanted)
        if self._rng.random() < 0.6:
            return dialect.edited(data, name, wanted, self._rng)
        if wanted is None:
            return dialect.rewritten(data, lambda entries: entries.pop(name, None), self._rng)
        return dialect.rewritten(data, lambda entries: entries.update({name: dialect.entry(wanted)}), self._rng)

    def _server(self, dialect: Dialect) -> Server:
        if self._rng.random() < 0.15:
            return {"url": f"https://{self._rng.choice('ab')}.example/mcp"}
        server: Server = {"command": self._rng.choice(["npx", "uvx", "deno"])}
        if self._rng.random() < 0.6:
            server["args"] = self._rng.choice([["a"], ["a", "b c"], ['"']])
        if self._rng.random() < 0.3:
            server["env"] = {self._rng.choice("XY"): self._rng.choice(["1", "ü"])}
        if self._rng.random() < 0.04:
            server["env"] = {"TOKEN": SECRET}
        if dialect.switch == "flag" and self._rng.random() < 0.15:
            server["on"] = False
        return server

    def _changed_text(self, place: Place, data: bytes | None) -> bytes:
        lines = (data or b"").decode(errors="replace").splitlines()
        at = self._rng.randint(0, len(lines))
        cut = self._rng.choice([0, 0, 1])
        lines[at : at + cut] = [self._rng.choice(_LINES) for _ in range(self._rng.randint(1 - cut, 2))]
        self._world.note("edit text", place.path, at, cut)
        self._world.agreement.unclear(place.scope)
        return "".join(line + "\n" for line in lines).encode()

    def _save(self, place: Place, data: bytes) -> None:
        """Put a new file under the name, write in place, or first rename the old one away."""
        disk, node = self._world.disk, self._world.disk.nodes.get(place.path)
        self._last_good.pop(place.path, None)
        self._half.pop(place.path, None)
        self._world.witness.authored.add(data)
        if node is not None and self._rng.random() < 0.3:
            disk.write_into(node, data)
        else:
            disk.put(place.path, data)

    # Manners of clients.

    def _reformat(self, place: Place) -> None:
        data = self._world.disk.data(place.path)
        if data and place.dialect and place.dialect.read(data) is not None:
            self._world.note("reformat", place.path)
            self._save(place, place.dialect.rewritten(data, lambda _entries: None, self._rng))

    def _remember(self, place: Place) -> None:
        data = self._world.disk.data(place.path)
        if data and place.dialect and place.dialect.read(data) is not None:
            self._memories[place.path] = data

    def _act_from_memory(self, place: Place) -> None:
        """Write what a client had in mind, with a change: what came to the file since is wiped."""
        old = self._memories.get(place.path)
        if old is not None and place.dialect:
            self._world.note("from memory", place.path)
            self._world.agreement.wiped(place, self._world.disk.data(place.path), old)
            self._save(place, self._changed_servers(place, place.dialect, old))

    def _start_half(self, place: Place) -> None:
        """Truncate and write, but only the first half for now."""
        data, node = self._world.disk.data(place.path), self._world.disk.nodes.get(place.path)
        whole = self._changed(place, data) if data else None
        if whole is None or node is None or place.path in self._half:
            return
        self._world.note("half", place.path)
        self._world.agreement.unclear(place.scope)
        self._opened[place.path] = node
        self._half[place.path] = whole
        cut = whole[: self._rng.randrange(len(whole) + 1)]
        self._world.agreement.wiped(place, data, cut)
        self._world.witness.authored |= {whole, cut}
        self._world.disk.write_into(node, cut)

    def _finish_half(self, place: Place) -> None:
        whole = self._half.pop(place.path, None)
        if whole is not None:
            self._world.note("other half", place.path)
            self._world.agreement.wiped(place, self._world.disk.data(place.path), whole)
            self._world.disk.write_into(self._opened.pop(place.path), whole)

    def _open(self, place: Place) -> None:
        node = self._world.disk.nodes.get(place.path)
        if node is not None and place.path not in self._half:
            self._opened[place.path] = node

    def _write_late(self, place: Place) -> None:
        """Write through a handle that was opened earlier: perhaps into a file that was displaced since."""
        node = self._opened.get(place.path)
        if node is None or place.path in self._half:
            return
        new = self._changed(place, node.data)
        if new:
            self._world.note("late", place.path)
            self._world.agreement.unclear(place.scope)
            self._world.agreement.wiped(place, self._world.disk.data(place.path), new)
            self._world.witness.authored.add(new)
            self._world.disk.write_into(node, new)

    # Accidents.

    def _break(self, place: Place) -> None:
        data = self._world.disk.data(place.path)
        if data is None:
            return
        broken = self._rng.choice([*_BROKEN, data[: len(data) // 2]])
        self._world.note("break", place.path, broken)
        self._last_good.setdefault(place.path, data)
        self._world.witness.authored.add(broken)
        self._world.agreement.wiped(place, data, broken)
        self._world.disk.put(place.path, broken)
        self._world.agreement.unclear(place.scope)

    def _take_away(self, place: Place) -> None:
        data = self._world.disk.data(place.path)
        if data is not None:
            self._world.note("take away", place.path)
            self._last_good.setdefault(place.path, data)
            self._world.disk.delete(place.path)
            self._world.agreement.unclear(place.scope)

    def _repair(self, place: Place) -> None:
        """Put back what was there before an accident: by now, that may be a stale version."""
        data = self._last_good.pop(place.path, None)
        if data is not None:
            self._world.note("repair", place.path)
            self._world.agreement.wiped(place, None, data)
            self._world.agreement.unclear(place.scope)
            self._world.witness.authored.add(data)
            self._world.disk.put(place.path, data)
