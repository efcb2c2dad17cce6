"""Patterns of files that are matched as texts, from the project's root, `*` going through slashes: `src/*`, `*.key`.

Ours and theirs are the same set of files for `src/*` (`./src/**`) and for `.env*` (`./.env*`). Else theirs are fewer
than ours, in which a name stands for what is below it as well: so far they say a refusal or a question, no allowance.
"""

from __future__ import annotations

from aisync_desktop.kernel.wildcards import is_plain
from aisync_desktop.permissions.language import Action, Matcher, Subject, Tool, subject_of

_NOT_INSIDE = ("/", "./", "../", "~", "$")  # what no path from the root begins with


def meant(tool: Tool, pattern: str, action: Action) -> Subject | None:
    """Return what a pattern means in our language."""
    ours = _exact(pattern) or (_wider(pattern) if action is not Action.ALLOW else "")
    return subject_of(tool, Matcher.IS, ours) if ours else None


def _exact(pattern: str) -> str:
    begun = pattern[:-1]
    if not pattern.endswith("*") or not begun or not is_plain(begun) or begun.startswith(_NOT_INSIDE):
        return ""
    return f"./{begun}**" if begun.endswith("/") else f"./{pattern}"


def _wider(pattern: str) -> str:
    if is_plain(pattern) and not pattern.startswith(_NOT_INSIDE):
        return f"./{pattern}"
    deep = pattern.removeprefix("**/")
    if deep != pattern and deep and is_plain(deep):
        return pattern
    ending = pattern.removeprefix("*")
    return f"**/{pattern}" if ending != pattern and ending and is_plain(ending) and "/" not in ending else ""


def said(subject: Subject, action: Action) -> str | None:
    """Return the pattern that means a subject; none if there is no such one."""
    ours = subject.pattern
    inside = ours.removeprefix("./")
    spellings = (inside.removesuffix("*") if inside.endswith("/**") else inside, ours.removeprefix("**/"), ours)
    return next((one for one in spellings if one and meant(subject.tool, one, action) == subject), None)
