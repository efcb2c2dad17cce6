"""Permissions in which a secret stands: clients write down the very command that was agreed to (`deploy --token=...`).

Such a rule is left where it is. It is no item, since an item's name is kept and shown; it is known by a fingerprint,
and shown with dots in the secret's place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from aisync_desktop.connectors.lens import View
from aisync_desktop.core.items import ItemKey
from aisync_desktop.core.messages import text
from aisync_desktop.engine.showing import shown
from aisync_desktop.secrets.detect import find_secrets
from aisync_desktop.secrets.references import fingerprint

_WORD = re.compile(r"[^\s\"'`()\[\]{},;|&<>]+")
DOTS = "\u2022" * 8


@lru_cache(maxsize=4096)
def _secrets(rule: str) -> tuple[tuple[int, int], ...]:
    """Return where secrets stand in a rule: in its words, as in a command's, or anywhere by their shape."""
    words = list(_WORD.finditer(rule))
    found = find_secrets({"args": [word.group() for word in words], "command": rule})
    spans = set[tuple[int, int]]()
    for spot in found:
        start = words[int(spot.path[1])].start() if spot.path[0] == "args" else 0
        spans.add((start + spot.start, start + spot.end))
    return tuple(sorted(spans))


def without_secrets(view: View, fingerprint_key: Callable[[], bytes]) -> View:
    """Return a view of permissions in which no name holds a secret."""
    telling = [key for key in (*view.items, *view.opaque) if _secrets(key.name)]
    if not telling:
        return view
    items = {key: item for key, item in view.items.items() if key not in telling}
    opaque = {key: why for key, why in view.opaque.items() if key not in telling}
    hidden = (ItemKey(key.kind, fingerprint(key.name, fingerprint_key())) for key in telling)
    return View(items, {**opaque, **dict.fromkeys(hidden, text("permission.secret"))})


def rule_shown(rule: str) -> str:
    """Return a rule as it can be shown."""
    for start, end in reversed(_secrets(rule)):
        rule = rule[:start] + DOTS + rule[end:]
    return shown(rule)
