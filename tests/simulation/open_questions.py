"""The model of questions that stay open: whose file was lost since the last rest has not changed its mind.

A question that was open at a rest is open at the next one if nobody answered it, went back, or changed what its sides
say, but for losing their files; and nobody else's file says anything else of what it is about by then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aisync_desktop.sync.terms.decisions import CONFLICT, MASS_DELETION, STALE, Decision
from tests.simulation.dialects import Server
from tests.simulation.places import REPO, SERVER_FILES, USER, Place

if TYPE_CHECKING:
    from tests.simulation.world import World

_LABELS = {
    (USER, "claude-code"): ".claude.json",
    (USER, "codex"): ".codex/config.toml",
    (USER, "qwen-code"): ".qwen/settings.json",
    (USER, "rovodev"): ".rovodev/mcp.json",
    (REPO, ".mcp.json"): ".mcp.json",
    (REPO, "codex"): ".codex/config.toml",
}


def _place(scope: str, label: str) -> Place:
    ending = _LABELS[scope, label]
    return next(place for place in SERVER_FILES if place.scope == scope and str(place.path).endswith(f"/{ending}"))


@dataclass(frozen=True)
class _Asked:
    """A question as it was at a rest: what each file said of what it is about."""

    decision: Decision
    sides: frozenset[Path]
    said: Mapping[Path, Mapping[str, Server | None]]


class OpenQuestions:
    """The questions that must be open at the next rest."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._asked: dict[str, _Asked] = {}
        self.kept = 0

    def forget(self, scope: str) -> None:
        """The user answered something, or went back."""
        self._asked = {of: one for of, one in self._asked.items() if _scope(one.decision) != scope}

    def touched(self, scope: str, name: str) -> None:
        """Somebody says something else of a server."""
        self._asked = {
            of: one
            for of, one in self._asked.items()
            if _scope(one.decision) != scope or name not in {key.name for key in one.decision.keys}
        }

    def check(self) -> None:
        """Look whether all are open whose sides only lost their files; from now on, those of now are."""
        plan = self._world.engine._rounds.planned
        open_now = {one.subject: one for one in (plan.decisions if plan else ())}
        for one in self._asked.values():
            lost = {path for path in one.sides if self._is_lost(path)}
            if lost and all(self._says_the_same(path, one) for path in one.sides):
                assert one.decision.subject in open_now, (
                    f"a question about {one.decision.key} closed, though {lost} is lost"
                )
                self._check_held(one)
                self.kept += 1
        kinds = {CONFLICT, MASS_DELETION, STALE}
        asked = [one for one in open_now.values() if one.kind in kinds and str(one.key).startswith("mcp/")]
        self._asked = {one.subject: self._as_it_is(one) for one in asked if not one.unread}

    def sides(self) -> list[Place]:
        """Return the files of all sides of what is open."""
        return [place for place in SERVER_FILES if any(place.path in one.sides for one in self._asked.values())]

    def _as_it_is(self, decision: Decision) -> _Asked:
        scope = _scope(decision)
        names = {key.name for key in decision.keys} - {"*"}
        sides = frozenset(_place(scope, label).path for label in decision.sides)
        heard = [place for place in SERVER_FILES if place.path in sides or not self._is_lost(place.path)]
        places = [place for place in heard if place.scope == scope]  # what comes back says what it said before
        said = {place.path: {name: self._said(place, place.path, name) for name in names} for place in places}
        return _Asked(decision, sides, said)

    def _said(self, place: Place, path: Path, name: str, data: bytes | None = None) -> Server | None:
        data = self._world.disk.data(path) if data is None else data
        servers = place.dialect.read(data) if place.dialect else None
        return servers.get(name) if servers else None

    def _is_lost(self, path: Path) -> bool:
        place = next(one for one in SERVER_FILES if one.path == path)
        data = self._world.disk.data(path)
        return place.dialect is not None and place.dialect.read(data) is None

    def _says_the_same(self, path: Path, one: _Asked) -> bool:
        """Whether a side says what it said, or did when it was lost."""
        place = next(each for each in SERVER_FILES if each.path == path)
        data = self._world.people.before_the_loss(path) if self._is_lost(path) else self._world.disk.data(path)
        return data is not None and all(
            self._said(place, path, name, data) == said for name, said in one.said[path].items()
        )

    def _check_held(self, one: _Asked) -> None:
        """Nobody's file says anything else of a clash that is held everywhere."""
        for path, said in one.said.items() if one.decision.kind == CONFLICT else ():
            if path not in one.sides and not self._is_lost(path):
                place = next(each for each in SERVER_FILES if each.path == path)
                now = {name: self._said(place, path, name) for name in said}
                assert now == said, f"{path} says {now} of what is asked about"


def _scope(decision: Decision) -> str:
    return decision.scope.root or USER
