"""Never wider: what crosses from one dialect to another allows nothing new and stops no less, or we say so.

Permissions are written in a source, read back as items, and written in a target as the planner would: what a target
refuses is a loss, what would be wider there a decision, what stops less is told. Then both engines evaluate the corpus.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from itertools import permutations
from random import Random

import pytest

from aisync_desktop.clients.descriptor import PermissionsEndpoint
from aisync_desktop.clients.dialects.base import Conditional, Dialect, Line, strictest
from aisync_desktop.clients.dialects.registry import dialect_of
from aisync_desktop.clients.dialects.translation import crossing
from aisync_desktop.clients.lens import MAIN, Documents
from aisync_desktop.clients.loader import load_catalog
from aisync_desktop.documents.parse import empty
from aisync_desktop.permissions.language import Action, Request, Subject, Tool
from tests.permission_corpus import REQUESTS, WHERE

SUBJECTS = tuple(
    map(
        Subject.parse,
        (
            *("shell", "shell: foo", "shell: foo a", "shell = foo", "shell = foo a", "shell ~ foo*", "shell ~ foo *"),
            *("shell ~ * a", "shell ~ foo * b", "shell: bar", "shell = bar foo", "shell: /usr/bin/foo", "shell: bash"),
            *("read", "read: **/.env", "read: ./.env", "read: ./src/**", "read: ~/.ssh/**", "read: /etc/**"),
            *("read: ./**/*.ts", "read: ./secrets", "edit", "edit: ./src/**", "edit: **/*.key", "edit: ./**/.env"),
            *("fetch", "fetch: example.com", "fetch: *.example.com", "mcp", "mcp: github", "mcp: github.get_issue"),
            "mcp ~ github.get_*",
        ),
    )
)
NO_ADDRESSES = frozenset({"", "https://"})  # nobody fetches them, whatever a client says of them


def _endpoints() -> dict[str, PermissionsEndpoint]:
    """Return one endpoint of each meaning: a dialect in a scope, with its client's words for tools."""
    found = (
        (f"{descriptor.id} {one.scope}", one)
        for descriptor in load_catalog().descriptors
        for one in descriptor.endpoints
        if isinstance(one, PermissionsEndpoint) and not one.consulted
    )
    meanings: dict[tuple[object, ...], tuple[str, PermissionsEndpoint]] = {}
    for name, one in found:
        meanings.setdefault((one.dialect, one.scope, repr(one.tools), repr(one.lists)), (name, one))
    return {f"{name} {one.dialect}": one for name, one in meanings.values()}


ENDPOINTS = _endpoints()
PAIRS = tuple(permutations(ENDPOINTS, 2))


class Said:
    """Some permissions, as a client has them, and what it does by them."""

    def __init__(self, endpoint: PermissionsEndpoint) -> None:
        self.dialect: Dialect = dialect_of(endpoint)
        self._documents: Documents = {MAIN: empty(endpoint.format, endpoint.accepts)}

    def take(self, subject: Subject, action: Action) -> bool:
        """Write one, if the dialect can say it."""
        if subject.tool not in self.dialect.tools or self.dialect.refusal(subject, action) is not None:
            return False
        if isinstance(self.dialect, Conditional):
            self._documents = self.dialect.room(self._documents, subject)
            if self.dialect.hindrance(self._documents, subject, action) is not None:
                return False
        self._documents = self.dialect.write(self._documents, {subject: action})
        return True

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines."""
        return self.dialect.lines(self._documents)

    def items(self) -> dict[Subject, Action]:
        """What they mean."""
        return {subject: line.action for subject, line in strictest(self.lines).items()}

    def verdicts(self, tools: Collection[Tool]) -> Iterator[tuple[Request, Action | None]]:
        """Return what the client does with each such request of the corpus; None where no line decides."""
        lines = self.lines
        for request in REQUESTS:
            if request.argument in NO_ADDRESSES and request.tool is Tool.FETCH:
                continue
            if request.tool in self.dialect.tools and request.tool in tools:
                action, line = self.dialect.verdict(lines, request, WHERE)
                yield request, action if line is not None else None


def exceptions(source: str, target: str, items: Mapping[Subject, Action]) -> list[str]:
    """Return each request at which the target is wider, or stops less, and nobody was told."""
    here, there = Said(ENDPOINTS[source]), Said(ENDPOINTS[target])
    for subject, action in items.items():
        here.take(subject, action)
    told = set[Tool]()
    stricter = frozenset((subject, action) for subject, action in here.items().items() if action is not Action.ALLOW)
    for subject, action in sorted(here.items().items(), key=lambda one: -one[1].strictness):
        beside = stricter if action is Action.ALLOW else frozenset()
        beside_there = frozenset((one, held) for one, held in there.items().items() if (one, held) in beside)
        met = crossing(subject, action, [ENDPOINTS[source]], ENDPOINTS[target], beside, beside_there)
        if action is Action.ALLOW and met.wider:
            continue  # a decision; until then it is not there
        if not there.take(subject, action) or met.weaker:
            told.add(subject.tool)
    tools = {subject.tool for subject in items}
    theirs = dict(there.verdicts(tools))
    return [
        f"{request}: {ours} here, {theirs.get(request)} there"
        for request, ours in here.verdicts(tools)
        if (theirs.get(request) is Action.ALLOW and ours is not Action.ALLOW)
        or (ours is Action.DENY and theirs.get(request) is not Action.DENY and request.tool not in told)
    ]


def _draw(random: Random) -> dict[Subject, Action]:
    tool = random.choice(list(Tool))
    about = [subject for subject in SUBJECTS if subject.tool is tool]
    chosen = random.sample(about, k=min(len(about), random.randint(1, 3)))
    return {subject: random.choice(list(Action)) for subject in chosen}


def _found(target: str, random: Random, sources: Collection[str], times: int) -> list[object]:
    draws = ((source, _draw(random)) for source in sources for _ in range(times))
    return [(source, items, wrong) for source, items in draws for wrong in exceptions(source, target, items)]


@pytest.mark.parametrize("target", sorted(ENDPOINTS))
def test_what_crosses_is_never_wider_and_stops_no_less_or_is_told(target: str) -> None:
    random = Random(int(os.environ.get("AISYNC_TEST_SEED", "0")))
    others = sorted(ENDPOINTS.keys() - {target})
    assert _found(target, random, random.sample(others, k=6), 2) == []


@pytest.mark.deep
@pytest.mark.parametrize("target", sorted(ENDPOINTS))
def test_a_million_requests_are_never_answered_wider(target: str) -> None:
    random = Random(f"deep {target}")
    assert _found(target, random, sorted(ENDPOINTS.keys() - {target}), 22) == []


def test_an_engine_that_allows_more_would_be_found_out() -> None:
    """The check itself: an allowance that is copied by its text is wider where a word alone is a prefix."""
    source, target = (next(name for name in ENDPOINTS if dialect in name) for dialect in (" lists", " prefix-lists"))
    subject = Subject.parse("shell: foo")
    met = crossing(subject, Action.ALLOW, [ENDPOINTS[source]], ENDPOINTS[target])
    assert "foo $(other)" in met.wider
