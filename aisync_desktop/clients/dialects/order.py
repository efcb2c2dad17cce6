"""What stands in the way of a rule where their order counts: found out by writing it and reading all of them again."""

from __future__ import annotations

from collections.abc import Callable

from aisync_desktop.clients.dialects.base import Dialect, Line, strictest
from aisync_desktop.clients.lens import Documents
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.permissions.language import Action, Subject

_SHADOWED = Text("permission.shadowed")


def hindrance(
    dialect: Dialect,
    documents: Documents,
    subject: Subject,
    action: Action,
    covers: Callable[[Line, Line], bool],
    *,
    last: bool,
) -> Text | None:
    """Return the rule beside which a new one would not count, or that would not count any more beside it."""
    before = strictest(dialect.lines(documents))
    lines = dialect.lines(dialect.write(documents, {subject: action}))
    after = strictest(lines)
    wanted = {one: line.action for one, line in before.items()} | {subject: action}
    lost = [one for one, said in wanted.items() if one not in after or after[one].action is not said]
    others = [before[one].spelled for one in lost if one != subject]
    if lost and not others:
        at = next((at for at, line in enumerate(lines) if line.action is action and line.meaning == _SHADOWED), 0)
        deciding = lines[at + 1 :] if last else lines[:at]
        others = [line.spelled for line in deciding if line.action is not action and covers(line, lines[at])]
    return text("loss.permission-order", rule=others[0] if others else str(subject)) if lost else None
