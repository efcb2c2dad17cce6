"""Play in which every client has more than the others can say: its own keys, comments, lists of tools.

Two clients of all that are described share servers. In each entry stand a key that nobody knows, comments where the
format has them, and modes of approval where the client has those. Then all that can happen to servers happens, at one
client or by the engine. What a client has beside what the others can say must survive everything that it did not do
itself; no entry goes without a deletion; no list of tools opens without its question.

A server is recognised by its command, which nobody changes, whatever it is called.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from aisync_desktop.clients.descriptor import Descriptor, McpEndpoint
from aisync_desktop.clients.items import USER, ItemKey, Kind, McpServer, item_of
from aisync_desktop.clients.lens import MAIN, Documents
from aisync_desktop.clients.lenses import lens_of
from aisync_desktop.clients.loader import Catalog, load_catalog
from aisync_desktop.clients.paths import Whereabouts
from aisync_desktop.clients.servers import ServerLens
from aisync_desktop.documents.parse import empty, parse
from aisync_desktop.documents.protocol import Document, Format, SetValue
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.planning.open_tools import opened
from aisync_desktop.sync.terms.decisions import MASS_DELETION, WIDER
from tests.simulation.machine import HOME, Image, Machine, new_database

_TOOLS = ("read", "write", "list")
_STEPS = 12


def _key(name: str) -> ItemKey:
    return ItemKey(Kind.MCP, name)


@dataclass
class Owner:
    """One client's file of servers, as its user sees it."""

    descriptor: Descriptor
    lens: ServerLens
    path: Path
    machine: Machine

    @property
    def id(self) -> str:
        return self.descriptor.id

    @property
    def model(self) -> McpEndpoint:
        assert isinstance(self.lens.endpoint, McpEndpoint)
        return self.lens.endpoint

    def text(self) -> str:
        return (self.machine.disk.data(self.path) or b"").decode()

    def documents(self) -> dict[str, Document]:
        data = self.machine.disk.data(self.path)
        return {MAIN: parse(data, self.model.format, self.model.accepts) if data else self._new()}

    def _new(self) -> Document:
        made = empty(self.model.format)
        return made.edit(*(SetValue((key,), value) for key, value in self.model.create.items()))

    def servers(self) -> dict[str, McpServer]:
        """Return the servers by name that can be read."""
        return {key.name: McpServer.of(item) for key, item in self.lens.read(self.documents()).items.items()}

    def by_uid(self) -> dict[str, tuple[str, McpServer]]:
        """Return name and server by what tells a server from all others."""
        return {server.command or "": (name, server) for name, server in self.servers().items()}

    def doubled(self) -> set[str]:
        """Return what is there twice: a name was given while others edited the item under the old one; both stay."""
        commands = [server.command or "" for server in self.servers().values()]
        return {command for command in commands if commands.count(command) > 1}

    def write(self, change: Callable[[Documents], Documents]) -> None:
        self.machine.disk.put(self.path, change(self.documents())[MAIN].dump())

    def sets(self, name: str, server: McpServer) -> bool:
        """Write a server as this client's user would, as far as the client can say it; tell whether it can."""
        said = self.lens.project(_key(name), server).item
        if said is None:
            return False
        there = self.servers()
        before = {_key(name): there[name]} if name in there else {}
        self.write(lambda documents: self.lens.write(documents, before, {_key(name): said}))
        return True

    def renames(self, old: str, new: str) -> None:
        item = self.servers()[old]
        pair = frozenset({(_key(old), _key(new))})
        self.write(lambda documents: self.lens.write(documents, {_key(old): item}, {_key(new): item}, pair))

    def drops(self, name: str) -> None:
        item = self.servers()[name]
        self.write(lambda documents: self.lens.write(documents, {_key(name): item}, {}))

    def adds_own(self, name: str, mark: str) -> list[str]:
        """Put what only this client has into an entry; return the marks by which it is found again."""
        spot = self.lens.where(self.documents(), _key(name))
        assert spot is not None
        own: dict[str, Value] = {f"zz_{mark}": {"keep": [f"kept-{mark}", 1.5]}}
        edits = [SetValue((*spot.path, key), value) for key, value in own.items()]
        self.write(lambda documents: {MAIN: documents[MAIN].edit(*edits)})
        return [f"kept-{mark}", *self._comments(mark)]

    def _comments(self, mark: str) -> Iterator[str]:
        """Put a comment behind the first line of what was just put in, where the format has comments."""
        opening = {Format.TOML: "#", Format.YAML: "#"}.get(
            self.model.format, "//" if self.model.accepts.comments else ""
        )
        text = self.text()
        line = next((line for line in text.splitlines() if f"kept-{mark}" in line), "")
        if not opening or not line or '"""' in line:
            return
        commented = text.replace(line, f"{line} {opening} said-{mark}", 1)
        try:
            parse(commented.encode(), self.model.format, self.model.accepts)
        except WorldError:
            return
        self.machine.disk.put(self.path, commented.encode())
        yield f"said-{mark}"


@functools.cache
def _owners() -> tuple[tuple[Descriptor, ServerLens, Path], ...]:
    """Return every client that has a file of servers of its own for the user."""
    here = Whereabouts({}, HOME, lambda _path: False)
    found = []
    for descriptor in load_catalog(Path("/nowhere")).descriptors:
        for endpoint in descriptor.endpoints:
            lens = lens_of(descriptor, endpoint)
            path = here.find(endpoint) if isinstance(endpoint, McpEndpoint) and endpoint.scope == "user" else None
            if isinstance(lens, ServerLens) and path is not None and not lens.endpoint.reads_only:
                found.append((descriptor, lens, path))
                break
    return tuple(found)


@dataclass
class Belongings:
    """One run."""

    rng: random.Random
    machine: Machine
    owners: list[Owner]
    prefer: str = ""
    marks: dict[tuple[str, str], set[str]] = field(default_factory=dict)  # by owner and server
    pinned: set[str] = field(default_factory=set)  # what was ever to be at some clients only
    free: set[str] = field(default_factory=set)  # servers that somebody deleted: what comes of them is not told
    made: int = 0
    steps: int = 0
    log: list[str] = field(default_factory=list)

    def begin(self) -> None:
        """Let each client have some servers, some of them the same, before AISync has seen them."""
        shared = [self._server() for _ in range(2)]
        for owner in self.owners:
            own = [self._server()]
            for name, server in (*shared, *own):
                if owner.sets(name, self._listed(owner, server) if self.rng.random() < 0.5 else server):
                    self._own(owner, name)
        self.engine = self.machine.boot()
        self.engine.recover()
        self._watched(lambda: self.engine.adopt("user", self.prefer))

    def _server(self) -> tuple[str, McpServer]:
        self.made += 1
        return f"s{self.made}", McpServer(command=f"run-{self.made}", args=("a",), env={"A": "1"})

    def _listed(self, owner: Owner, server: McpServer) -> McpServer:
        """Return a server with a list of tools, and a timeout, as far as the client has such."""
        only: list[Value] = [None, [*_TOOLS[:1]], [*_TOOLS[:2]]]
        hidden: list[Value] = [[], [_TOOLS[0]], [*_TOOLS[1:]]]
        timeouts: list[Value] = [None, 60_000]
        choice = self.rng.choice
        lists = {"only_tools": choice(only), "hidden_tools": choice(hidden), "timeout_ms": choice(timeouts)}
        said = {name: value for name, value in lists.items() if value is not None and name in owner.lens.expresses}
        rest = {name: value for name, value in server.fields().items() if name not in lists}
        return McpServer.of(item_of(_key("x"), {**rest, **said}))

    def _own(self, owner: Owner, name: str) -> None:
        uid = owner.servers()[name].command or ""
        mark = f"{owner.id}-{uid}-{len(self.marks.get((owner.id, uid), ()))}".replace(".", "-")
        self.marks.setdefault((owner.id, uid), set()).update(owner.adds_own(name, mark))

    # What happens.

    def step(self) -> None:
        """Let one thing happen, and see what became of what everybody has."""
        self.steps += 1
        owner = self.rng.choice(self.owners)
        mine = sorted(owner.by_uid().items())
        if not mine or self.rng.random() < 0.12:
            name, server = self._server()
            self._by(owner, "add", lambda: self._added(owner, name, server), "")
            return
        uid, (name, server) = self.rng.choice(mine)
        deeds: dict[str, Callable[[], object]] = {
            "rename": lambda: owner.renames(name, f"r{self.steps}-{uid[-1]}"),
            "edit": lambda: owner.sets(name, self._edited(server)),
            "lists": lambda: owner.sets(name, self._listed(owner, server)),
            "own": lambda: self._own(owner, name),
            "delete": lambda: owner.drops(name),
            "clash": lambda: self._clash(uid),
        }
        weights = [5, 4, 4, 2, 1, 3]
        engines = {"decide": 4, "undo": 1, "rollback": 1, "switch": 2, "pin": 1, "restart": 1}
        deed = self.rng.choices([*deeds, *engines], [*weights, *engines.values()])[0]
        if deed in deeds:
            self._by(owner, deed, deeds[deed], uid)
        else:
            self._by_engine(deed, name, uid)

    def _added(self, owner: Owner, name: str, server: McpServer) -> None:
        if owner.sets(name, self._listed(owner, server)):
            self._own(owner, name)

    def _by(self, owner: Owner, deed: str, act: Callable[[], object], uid: str) -> None:
        """Let a client's user do something, and the engine follow."""
        self.log.append(f"{deed} {uid} at {owner.id}")
        if deed == "delete":
            self.free.add(uid)
        act()
        self._watched(lambda: None)

    def _edited(self, server: McpServer) -> McpServer:
        return (
            server.model_copy(update={"args": (f"n{self.rng.randrange(3)}",)})
            if self.rng.random() < 0.7
            else (McpServer.of(item_of(_key("x"), {**server.fields(), "env": {"B": str(self.rng.randrange(3))}})))
        )

    def _clash(self, uid: str) -> None:
        """Let all who have it change one server differently."""
        for at, owner in enumerate(self.owners):
            found = owner.by_uid().get(uid)
            if found:
                changed = McpServer.of(item_of(_key("x"), {**found[1].fields(), "args": [f"clash-{at}-{self.steps}"]}))
                owner.sets(found[0], self._listed(owner, changed) if self.rng.random() < 0.5 else changed)

    def _by_engine(self, deed: str, name: str, uid: str) -> None:
        self.log.append(f"{deed} {name} ({uid})")
        acts: dict[str, Callable[[], object]] = {
            "undo": self.engine.undo,
            "rollback": self._rollback,
            "switch": lambda: self.engine.switch(USER, str(_key(name)), on=self.rng.random() < 0.6),
            "pin": lambda: self.engine.pin(USER, str(_key(name)), self._some()),
            "restart": self._restart,
        }
        if deed == "decide":
            self._decide()
            return
        back = deed in {"undo", "rollback"}
        self.pinned |= {uid} if deed == "pin" else set()
        elsewhere = deed == "pin" or (deed == "switch" and uid in self.pinned)  # what was off goes once it is on again
        self._watched(acts[deed], back=back, may_go=back or elsewhere, may_open=back)

    def _some(self) -> list[str]:
        return [self.rng.choice(self.owners).id] if self.rng.random() < 0.6 else []

    def _rollback(self) -> None:
        self.engine.rollback(self.rng.choice(self.machine.store.snapshots()).id)

    def _restart(self) -> None:
        self.engine = self.machine.boot()
        self.engine.recover()

    def _decide(self) -> None:
        choices = [
            (one, take) for one in self.engine.status().decisions for take in self.engine.question(one.id).choices
        ]
        if not choices:
            return
        asked, take = self.rng.choice(choices)
        self.log.append(f"take {take} for {asked.kind} {asked.item}")
        opens = asked.kind == WIDER and take == "copy"
        self._watched(lambda: self.engine.decide(asked.id, take), may_go=asked.kind == MASS_DELETION, may_open=opens)

    # What must be true.

    def _watched(
        self, act: Callable[[], object], *, back: bool = False, may_go: bool = False, may_open: bool = False
    ) -> None:
        """Do something, let the engine come to rest, and compare what everybody has."""
        before = {owner.id: owner.by_uid() for owner in self.owners}
        with suppress(WorldError):  # nothing to take back, an answer too late
            act()
        for _ in range(3):
            with suppress(WorldError):
                self.engine.sync("watch")
            self.machine.clock.sleep(10.0)
        if back:
            self.free |= {of for owner in self.owners for of in before[owner.id] if of not in owner.by_uid()}
        self.free |= {of for owner in self.owners for of in owner.doubled()}
        for owner in self.owners:
            self._compare(owner, before[owner.id], may_go=may_go, may_open=may_open)

    def _compare(self, owner: Owner, before: dict[str, tuple[str, McpServer]], *, may_go: bool, may_open: bool) -> None:
        after, text, said = owner.by_uid(), owner.text(), "\n".join(self.log)
        for uid, (_, server) in before.items():
            if uid in self.free:
                continue
            if uid not in after:
                assert may_go, f"{uid} went from {owner.id}\n{said}"
                self.marks.pop((owner.id, uid), None)
                continue
            lost = [mark for mark in self.marks.get((owner.id, uid), ()) if mark not in text]
            assert not lost, f"{owner.id} lost {lost}\n{said}\n{text}"
            more = opened(server, after[uid][1])
            assert may_open or not more, f"{owner.id} opens {more} of {uid}\n{said}\n{text}"


def belongings(seed: int) -> Belongings:
    """Play one run; what must not happen is an AssertionError."""
    rng = random.Random(seed)
    chosen = rng.sample(_owners(), 2)
    catalog = Catalog(tuple(descriptor for descriptor, _, _ in chosen))
    machine = Machine(Image(new_database(), {}), catalog)
    owners = [Owner(descriptor, lens, path, machine) for descriptor, lens, path in chosen]
    for owner in owners:
        machine.disk.put(owner.path, owner.documents()[MAIN].dump())
    prefer = rng.choice(["", "", owners[0].id])
    run = Belongings(rng, machine, owners, prefer)
    try:
        run.begin()
        for _ in range(_STEPS):
            run.step()
    finally:
        machine.close()
    return run
