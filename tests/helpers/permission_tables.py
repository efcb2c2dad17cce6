"""The columns of the tables that were measured with real clients, and how a row of ours is made."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from aisync_desktop.clients.dialects.base import Dialect
from aisync_desktop.clients.lens import Documents
from aisync_desktop.documents.protocol import Format
from aisync_desktop.permissions.language import Action, Request, Surrounding, Tool
from tests.helpers.dialect_laws import one

WHERE = Surrounding()
COMMANDS = (
    *("foo", "foo a", "foo a b", "foobar", "foo a && bar", "foo a; bar x", "foo a | bar", "X=1 foo a"),
    *("NODE_ENV=t foo a", "timeout 5 foo a", "foo 'a b'", "foo   a", "foo a > /dev/null", "/abs/foo a"),
    *("bash -c 'foo a'", "foo $(bar)", "xargs foo a"),
)
FILES = tuple(
    f"{WHERE.root}/{name}" for name in (".env", "pkg/.env", "src/a.ts", "pkg/src/b.ts", "secrets/k", "pkg/secrets/k")
)
LETTERS = {Action.ALLOW: "A", Action.ASK: "p", Action.DENY: "D"}


def config(permissions: Mapping[str, object]) -> Documents:
    """Return the documents of a file that holds these lists."""
    return one(Format.JSON, json.dumps({"permissions": permissions}))


def verdicts(engine: Dialect, permissions: Mapping[str, object], tool: Tool, arguments: Sequence[str]) -> str:
    """Return what a client does with each, as a row of a table."""
    lines = engine.lines(config(permissions))
    found = [engine.verdict(lines, Request(tool, argument), WHERE).action for argument in arguments]
    return " ".join(map(LETTERS.__getitem__, found))
