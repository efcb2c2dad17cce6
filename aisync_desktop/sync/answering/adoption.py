"""Adoption: what the user agrees to is the plan that is carried out, and no other.

Who is shown what would be written is given a name for it, of the files and of what changes in them, and gives it back
with the user's word. If by then anything else would be written, nothing is, and it is shown again. A client that only
goes on writing its own state into a listed file changes nothing about it.
"""

from __future__ import annotations

import hashlib
import json

from aisync_desktop.clients.items import Item
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.values import Value
from aisync_desktop.secrets.references import SEALED
from aisync_desktop.sync.planning.planner import Plan


class ProposalChangedError(WorldError):
    """What would be written is not what the user was shown."""

    def __init__(self) -> None:
        super().__init__(text("adoption.changed"), text("adoption.changed.message"), text("adoption.changed.next"))


def agreed_by(plan: Plan) -> str:
    """Return a name for what a plan writes: the files, where they really are, and what each item becomes there.

    Which secret stands where is no part of it: what a secret is called depends on a key, which each look makes anew
    until the user has agreed. Whether a secret may be copied is asked by itself.
    """
    written: list[Value] = [
        [
            str(target.path),
            str(target.expected.real_path),
            target.data is None,
            {str(one.key): _fields(one.after) for one in target.changes},
        ]
        for target in plan.targets
    ]
    shown = SEALED.sub("secret", json.dumps(written, sort_keys=True))
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def _fields(item: Item | None) -> dict[str, Value] | None:
    return item.fields() if item else None
