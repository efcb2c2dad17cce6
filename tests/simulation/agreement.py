"""The naive model: what everybody should say once nobody edits any more.

It is told of every edit as it was meant. At rest, all files that can be read say the same of every server, but for
what a question is open about; what one file alone changed is what all say now; what nobody touched is as it was.
An edit of a file that is held up, as the file beside it is away or broken, is followed once that can be read again: it
is remembered until then, and neither lost nor followed twice.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aisync_desktop.sync.terms.decisions import Decision
from tests.simulation.dialects import CLAUDE, Server, Servers
from tests.simulation.open_questions import OpenQuestions
from tests.simulation.places import PLACES, REPO, RULE_FILES, SERVER_FILES, USER, Place
from tests.simulation.witness import SECRET

if TYPE_CHECKING:
    from tests.simulation.world import World

_LEFT_OUT = ("loss.secret", "loss.server-left")
Spot = tuple[str, str]  # scope, server


def _plain(server: Server | None) -> Server | None:
    """Return what all four clients can say of a server."""
    return None if server is None else {name: value for name, value in server.items() if name != "on"}


def _is_launcher(server: Server | None) -> bool:
    """Whether an entry has our program start the server: it says nothing of it."""
    return server is not None and "exec" in server.get("args", ())


def _but_secrets(server: Server | None) -> Server | None:
    """Return a server without the variables whose values are secrets."""
    if server is None or "env" not in server:
        return server
    env = {name: value for name, value in server["env"].items() if value != SECRET}
    return {**{name: value for name, value in server.items() if name != "env"}, **({"env": env} if env else {})}


def _is_whole(server: Server | None) -> bool:
    """Whether it can be started or reached, or is none at all; what a half-written file says may be neither."""
    return server is None or "command" in server or "url" in server


class Agreement:
    """What was agreed at the last rest, and what was meant since."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._agreed: dict[Spot, Server | None] = {
            (scope, name): _plain(server)
            for scope in (USER, REPO)
            for servers in self._views(scope).values()
            for name, server in servers.items()
        }
        self._meant: dict[Spot, dict[Path, Server | None]] = {}
        self._known = set(self._agreed)  # every server that anybody ever had
        self._unclear: set[str] = set()
        self._asked: set[Spot] = set()
        self.questions = OpenQuestions(world)
        self._launching: set[Spot] = set()  # where a launcher stands, or stood, an edit says nothing of the secret
        self._never_asked: set[Spot] = set()
        self.checked = 0
        self.expected = 0

    # What the world tells.

    def touched(self, place: Place, name: str, wanted: Server | None) -> None:
        """Somebody edited a server in a file, and meant it."""
        spot = place.scope, name
        self._known.add(spot)
        self.questions.touched(*spot)
        self._meant.setdefault(spot, {})[place.path] = wanted
        if wanted is None:
            self._world.witness.deleted.add(spot)
        elif not wanted.get("on", True):
            self._world.witness.disabled.add(spot)

    def wiped(self, place: Place, old: bytes | None, new: bytes) -> None:
        """A readable version without some servers came, and nobody can say whether that was meant."""
        self.unclear(place.scope)
        if place.dialect and (now := place.dialect.read(new)) is not None:
            known = {name for _, name in self._known_in(place.scope)}
            gone = (known | (place.dialect.read(old) or {}).keys()) - now.keys()
            self._world.witness.deleted |= {(place.scope, name) for name in gone}
            off = {name for name, server in now.items() if not server["on"]}
            self._world.witness.disabled |= {(place.scope, name) for name in off}

    def unclear(self, scope: str) -> None:
        """From here to the next rest, nobody can say what the outcome should be, only that there is one."""
        self._unclear.add(scope)

    def decided(self, decision: Decision, take: str) -> None:
        """The user answered: that may delete something."""
        scope = decision.scope.root or USER
        self._launching |= {(scope, decision.key.name)} if take == "launch" else set()
        self._world.witness.deleted |= self._known_in(scope)
        self._unclear.add(scope)
        self.questions.forget(scope)

    def anything_goes(self) -> None:
        """The user went back: older items come, newer ones go."""
        for place in SERVER_FILES:
            self._unclear.add(place.scope)
            self.questions.forget(place.scope)
            first = place.dialect.read(place.first) if place.dialect else None
            self._world.witness.deleted |= {(place.scope, name) for name in first or {}}
            self._world.witness.deleted |= self._known_in(place.scope)
            self._world.witness.disabled |= self._known_in(place.scope)

    def _known_in(self, scope: str) -> set[Spot]:
        return {spot for spot in self._known if spot[0] == scope}

    # What must hold at rest.

    def check(self) -> None:
        """Compare everything."""
        self._check_visible()
        self._check_counts()
        self._check_texts()
        self.questions.check()
        open_now = self._open()
        for scope in {place.scope for place in SERVER_FILES}:
            self._check_scope(scope, {name for of, name in open_now if of == scope})
        waiting = [place for place in SERVER_FILES if self._is_held_up(place)]
        self._meant = {spot: meant for spot, meant in self._meant.items() if self._waiting(spot)}
        self._unclear &= {place.scope for place in waiting}
        self._asked = open_now | self._never_asked
        self._never_asked = set()

    def _open(self) -> set[Spot]:
        """Return which servers a question is open about; a question about a whole file is one about each."""
        found: set[Spot] = set()
        for decision in self._world.engine._rounds.planned.decisions if self._world.engine._rounds.planned else ():
            scope, (kind, name) = decision.scope.root or USER, str(decision.key).split("/", 1)
            if kind == "mcp":
                views = self._views(scope).values()
                every = {key.name for key in decision.servers} or {of for servers in views for of in servers}
                names = every if name == "*" else {name}
                found |= {(scope, one) for one in names}
        return self._with_old_names(found | self._left_out())

    def _left_out(self) -> set[Spot]:
        """Return the servers that are not everywhere because of a secret, or as the user said so: the plan tells."""
        plan = self._world.engine._rounds.planned
        losses = plan.losses if plan else ()
        left = [(scope, loss.key) for scope, loss in losses if loss.reason.code.startswith(_LEFT_OUT)]
        return {(scope.root or USER, key.name) for scope, key in left}

    def _with_old_names(self, spots: set[Spot]) -> set[Spot]:
        """Return them with what they were called before: what waits under a new name has not left the old one."""
        plan = self._world.engine._rounds.planned
        pairs = {(one.scope.root or USER, *pair) for one in (plan.scopes if plan else ()) for pair in one.renamed}
        return spots | {(scope, old.name) for scope, old, new in pairs if (scope, new.name) in spots}

    def _check_visible(self) -> None:
        """A file that cannot be read is told of."""
        status = self._world.engine.status()
        told = {problem.path for problem in status.problems} | {
            path for client in status.clients if client.problem for path in client.paths
        }
        for place in SERVER_FILES:
            data = self._world.disk.data(place.path)
            if data and not data.isspace() and place.dialect and place.dialect.read(data) is None:
                assert str(place.path) in told, f"{place.path} is broken and nobody says so"

    def _check_counts(self) -> None:
        """What the status says in numbers is what it lists."""
        status = self._world.engine.status()
        said = (text for text in (status.headline, status.line) if text and "count" in text.params)
        counted = {text.code: int(text.params["count"]) for text in said}
        assert counted.get("status.decision", status.questions) == status.questions == len(status.decisions)
        for code in ("status.unreadable", "status.unwritten", "status.problems"):
            assert counted.get(code, len(status.problems)) == len(status.problems), status

    def _check_texts(self) -> None:
        texts = {(self._world.disk.data(place.path) or b"").strip() for place in RULE_FILES if place.scope == USER} - {
            b""
        }
        plan, disk = self._world.engine._rounds.planned, self._world.disk
        asked = plan is not None and any(str(one.key).startswith("rules/") for one in plan.decisions)
        troubled = plan is not None and any(state.kind == "rules" for state, _ in plan.problems)
        assert len(texts) <= 1 or asked or troubled, {
            str(place.path): disk.data(place.path) for place in RULE_FILES if place.scope == USER
        }

    def _check_scope(self, scope: str, asked: set[str]) -> None:
        views = self._views(scope)
        names = {name for servers in views.values() for name in servers}
        names |= {name for of, name in self._agreed if of == scope}
        self._known |= {(scope, name) for name in names}
        for name in sorted(names - asked):
            said = {path: servers.get(name) for path, servers in views.items()}
            whole = {path: server for path, server in said.items() if _is_whole(server)}
            if whole:  # else nobody can be read
                self._check_server(scope, name, whole)
        for name in asked:
            self._agreed.pop((scope, name), None)

    def _views(self, scope: str) -> dict[Path, Servers]:
        found: dict[Path, Servers] = {}
        for place in SERVER_FILES:
            data = self._world.disk.data(place.path)
            servers = place.dialect.read(data) if place.dialect and place.scope == scope else None
            if servers is not None and not self._is_held_up(place):
                found[place.path] = servers
        return found

    def _is_held_up(self, place: Place) -> bool:
        """Whether a file beside it is broken or gone: what a client keeps of its servers there cannot be known."""
        if place.beside is None or place.dialect is None:
            return False
        beside = self._world.disk.data(place.beside)
        return not beside or place.dialect.read(beside) is None

    def _check_server(self, scope: str, name: str, said: dict[Path, Server | None]) -> None:
        spot = scope, name
        off = any(server is not None and not server["on"] for server in said.values())
        parked = {place.path for place in SERVER_FILES if place.dialect is CLAUDE} if off else set[Path]()
        speaking = {path: _plain(server) for path, server in said.items() if server is not None or path not in parked}
        values = [server for server in speaking.values() if not _is_launcher(server)]
        assert all(value == values[0] for value in values), f"{name} is not in step: {speaking}"
        value = values[0] if values else None
        self.checked += 1
        if scope not in self._unclear and spot not in self._asked:
            self._check_expected(spot, value)
        if value is not None and not self._is_agreed(scope, name):
            self._agreed.pop(spot, None)  # its lines stood in every file before anybody was asked: so much, and no more
            self._never_asked.add(spot)
            return
        self._agreed[spot] = value
        if value is not None and not off and not self._waiting(spot):
            self._world.witness.deleted.discard(spot)
            self._world.witness.disabled.discard(spot)

    def _is_agreed(self, scope: str, name: str) -> bool:
        """Whether a server of the project has been taken in, as the plan says."""
        plan = self._world.engine._rounds.planned
        known = {of for one in (plan.scopes if plan else ()) if one.scope.root == scope for of in one.after.mcp}
        return scope == USER or name in known

    def _check_expected(self, spot: Spot, value: Server | None) -> None:
        if spot not in self._agreed | self._meant:
            return
        before, meant, waiting = self._agreed.get(spot), self._meant.get(spot, {}), self._waiting(spot)
        if len(meant) > 1:
            return
        said = _plain(next(iter(meant.values()))) if meant else before
        same = value == said or (spot in self._launching and _but_secrets(value) == _but_secrets(said))
        assert same or (waiting and value == before), f"{spot[1]} should be {said} and is {value}"
        self.expected += 1

    def _waiting(self, spot: Spot) -> set[Path]:
        """Return the files whose edits of a server are not heard yet."""
        return {path for path in self._meant.get(spot, {}) if self._is_held_up(PLACES[path])}
