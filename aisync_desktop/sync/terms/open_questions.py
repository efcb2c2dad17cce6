"""Open questions as they are remembered: each with what every endpoint said of its items when it was asked.

They are written down with every round. A file of one of the sides may be away, blank or broken at the next one, or the
program may have been started anew: what was said there is not forgotten by that (unreadable_sides.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import TypeAlias, cast

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from aisync_desktop.clients.items import Fields, Item, ItemKey, Scope, item_of
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.terms.decisions import Decision

Said: TypeAlias = Mapping[ItemKey, Item | None]  # of the items of a question; None: that there is no such item


@dataclass(frozen=True)
class OpenQuestion:
    """A decision that waits, and by endpoint what was said there of its items, as far as it was not agreed on.

    `asked_at` is when it came up, of one that was read.
    """

    decision: Decision
    said: Mapping[str, Said] = field(default_factory=dict)
    asked_at: dt.datetime | None = None

    def payload(self) -> dict[str, Value]:
        """Return the JSON-able form that is stored; items are sealed when they come here."""
        about = self.decision
        return {
            "id": about.id,
            "kind": about.kind,
            "scope": str(about.scope),
            "key": str(about.key),
            "summary": {"code": about.summary.code, "params": dict(about.summary.params)},
            "base": _fields(about.base),
            "sides": {label: _fields(item) for label, item in about.sides.items()},
            "kept": about.kept,
            "endpoint": about.endpoint,
            "gone": list(about.gone),
            "examples": {label: list(some) for label, some in about.examples.items()},
            "names": {label: str(key) for label, key in about.names.items()},
            "was": [str(key) for key in sorted(about.was)],
            "takes": list(about.takes),
            "unsandboxed": [*sorted(about.unsandboxed)],
            "said": {
                endpoint: {str(key): _fields(item) for key, item in said.items()}
                for endpoint, said in self.said.items()
            },
        }


def _fields(item: Item | None) -> dict[str, Value] | None:
    return item.fields() if item else None


_Fields: TypeAlias = dict[str, JsonValue] | None


class _Summary(BaseModel):
    code: str
    params: dict[str, str | int] = {}


class _Stored(BaseModel):
    model_config = ConfigDict(extra="ignore")
    kind: str
    scope: str
    key: str
    summary: _Summary
    base: _Fields = None
    sides: dict[str, _Fields] = {}
    kept: bool = False
    endpoint: str = ""
    gone: tuple[str, ...] = ()
    examples: dict[str, tuple[str, ...]] = {}
    names: dict[str, str] = {}
    was: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    unsandboxed: frozenset[str] = frozenset()
    said: dict[str, dict[str, _Fields]] = {}

    def question(self) -> OpenQuestion:
        key = ItemKey.parse(self.key)
        names = {label: ItemKey.parse(name) for label, name in self.names.items()}
        decision = Decision(
            kind=self.kind,
            scope=Scope.parse(self.scope),
            key=key,
            summary=text(self.summary.code, **self.summary.params),
            sides={label: _item(names.get(label, key), fields) for label, fields in self.sides.items()},
            base=_item(key, self.base),
            kept=self.kept,
            endpoint=self.endpoint,
            gone=self.gone,
            examples=self.examples,
            names=names,
            was=frozenset(ItemKey.parse(old) for old in self.was),
            takes=self.takes,
            unsandboxed=self.unsandboxed,
        )
        said = {
            endpoint: {ItemKey.parse(of): _item(ItemKey.parse(of), fields) for of, fields in items.items()}
            for endpoint, items in self.said.items()
        }
        return OpenQuestion(decision, said)


def _item(key: ItemKey, fields: _Fields) -> Item | None:
    return None if fields is None else item_of(key, cast("Fields", fields))


def questions_of(stored: Iterable[tuple[object, dt.datetime | None]]) -> tuple[OpenQuestion, ...]:
    """Read what `payload` wrote, and when; what an older version wrote otherwise is asked anew, from what files say."""
    found: list[OpenQuestion] = []
    for each, at in stored:
        try:
            found.append(replace(_Stored.model_validate(each).question(), asked_at=at))
        except (ValidationError, ValueError, KeyError):
            continue
    return tuple(found)
