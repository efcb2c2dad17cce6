"""Switches of the files that are edited: of those that match the last one counts, and what none matches is not asked.

    {"**/*": true, "**/.env": false, "{src,src/**}": true}

As in the client's source: a pattern is measured from the root of the project, `*` ends at a slash, `**` does not, and
braces hold several. It always asks outside the project, about what begins with a dot at home, and about the settings in
`.vscode`. Not seen: the switches that it brings along, by which it asks about files like `.env` and `package.json`, and
that case does not matter on some systems.

So an allowance reaches no further than the project. Ours are also about what is below a name, which takes a second
pattern in the braces; a single name is read so where it asks, and not where it allows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from aisync_desktop.clients.dialects.base import Verdict
from aisync_desktop.clients.dialects.path_globs import globbed
from aisync_desktop.clients.dialects.switch_lines import Switch
from aisync_desktop.permissions.language import Action, Matcher, Request, Subject, Surrounding, Tool, subject_of

EVERY = frozenset({"**", "**/*"})
FIRST_COUNTS = False
_INSIDE = "./**"
_BELOW = "/**"
_SPECIAL = frozenset("{}[]!?\\,")
_UNDECIDED = frozenset("{}[]!\\")
_BRACES = re.compile(r"\{([^{}]*)\}")
_MOST = 64  # patterns in the braces of one
_NOT_INSIDE = ("/", "./", "../", "~")
_SETTINGS = "**/.vscode/*.json"


def meaning(pattern: str, action: Action) -> Subject | None:
    """Return what a pattern is about in our language."""
    if pattern in EVERY:
        return subject_of(Tool.EDIT, Matcher.IS, _INSIDE) if action is Action.ALLOW else Subject(Tool.EDIT)
    name = _doubled(pattern)
    ours = name or pattern
    is_odd = any("**" in step and step != "**" for step in ours.split("/"))
    if is_odd or set(ours) & _SPECIAL or ours.startswith(_NOT_INSIDE):
        return None
    is_deep = ours.startswith("**/")
    if action is Action.ALLOW and (is_deep or not (name or ours.endswith(_BELOW))):
        return None
    return subject_of(Tool.EDIT, Matcher.IS, ours if is_deep else f"./{ours}")


def _doubled(pattern: str) -> str:
    """Return the name in a pattern that is about it and what is below it."""
    name = pattern[1:-1].partition(",")[0]
    return name if pattern == _with_below(name) else ""


def _with_below(name: str) -> str:
    return f"{{{name},{name}{_BELOW}}}"


def said(subject: Subject, action: Action) -> str | None:
    """Return the pattern for a subject; none if it would be read as something else."""
    inside = subject.pattern.removeprefix("./")
    spellings = ("**/*",) if inside in ("", "**") else (inside, _with_below(inside))
    exact = [one for one in spellings if one in EVERY or one.endswith((_BELOW, _BELOW + "}"))]
    return next((one for one in exact if meaning(one, action) == subject), None)


def decided(switches: Sequence[Switch], request: Request, where: Surrounding) -> Verdict:
    """Return what the client does with a file."""
    path = request.argument
    inside = path[len(where.root) + 1 :]
    is_outside = not path.startswith(f"{where.root}/") or path.startswith(f"{where.home}/.")
    if is_outside or globbed(_SETTINGS, inside):
        return Verdict(Action.ASK)
    found = next((one for one in reversed(switches) if _is_about(one, inside)), None)
    return Verdict(found.action, found) if found else Verdict(Action.ALLOW)


def _is_about(switch: Switch, path: str) -> bool:
    """Whether a file is meant; what cannot be told counts as a question only."""
    plain = _expanded(switch.pattern)
    if plain is None:
        return switch.action is not Action.ALLOW
    return any(globbed(one, path) for one in plain)


def _expanded(pattern: str) -> list[str] | None:
    """Return the patterns that stand in braces each by itself; None where we do not know what is meant."""
    found, open_ones = list[str](), [pattern]
    while open_ones and len(found) + len(open_ones) <= _MOST:
        one = open_ones.pop()
        braces = _BRACES.search(one)
        if braces:
            open_ones += [one[: braces.start()] + inside + one[braces.end() :] for inside in braces[1].split(",")]
        else:
            found.append(one)
    return None if open_ones or any(set(one) & _UNDECIDED for one in found) else found
