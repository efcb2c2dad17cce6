"""Wrappers (`timeout`, `env`, ...) and where the command that they run begins, as the client of the three lists has it.

Through some of them it allows a command by the rules for it; through more of them it looks for what stops one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from aisync_desktop.kernel.dataclass import dataclass


@dataclass(frozen=True)
class Wrapper:
    """The options and operands of one wrapper."""

    option: re.Pattern[str] = re.compile(r"(?!)")
    valued: frozenset[str] = frozenset()
    operand: re.Pattern[str] | None = None

    def inside(self, words: Sequence[str]) -> int | None:
        """Return where the command begins; None if that is not known."""
        place = 1
        while place < len(words) and (words[place] in self.valued or self.option.fullmatch(words[place])):
            place += 2 if words[place] in self.valued else 1
        if self.operand:
            if place >= len(words) or not self.operand.fullmatch(words[place]):
                return None
            place += 1
        return place if place < len(words) and not words[place].startswith("-") else None


ALLOWED_THROUGH = {
    "timeout": Wrapper(
        re.compile(r"-v|--(?:foreground|preserve-status|verbose)|--(?:kill-after|signal)=\S+|-[ks]\S+"),
        frozenset({"-k", "-s", "--kill-after", "--signal"}),
        re.compile(r"[0-9]+(?:\.[0-9]+)?[smhd]?"),
    ),
    "time": Wrapper(),
    "nice": Wrapper(re.compile(r"-[0-9]+"), frozenset({"-n"})),
    "nohup": Wrapper(),
    "stdbuf": Wrapper(re.compile(r"-[ioe][LN0-9]+")),
    "command": Wrapper(re.compile(r"-p|--")),
    "builtin": Wrapper(re.compile(r"--")),
    "noglob": Wrapper(),
}
_DASHES = Wrapper(re.compile(r"--"))
STOPPED_THROUGH = {
    **ALLOWED_THROUGH,
    "time": Wrapper(re.compile(r"-p|--")),
    "nice": Wrapper(re.compile(r"-[0-9]+|--"), frozenset({"-n"})),
    "nohup": _DASHES,
    "xargs": Wrapper(),
    "env": Wrapper(re.compile(r"-i|--|[A-Za-z_]\w*=.*", re.DOTALL), frozenset({"-u"})),
    "exec": Wrapper(re.compile(r"-[cl]+|--"), frozenset({"-a"})),
    "sudo": Wrapper(re.compile(r"-[nEH]+|--"), frozenset({"-u"})),
    "doas": _DASHES,
    "setsid": _DASHES,
    "ionice": _DASHES,
    "unshare": _DASHES,
    "chrt": Wrapper(operand=re.compile(r"[0-9]+")),
    "taskset": Wrapper(operand=re.compile(r"[0-9]+")),
}


def start_behind_wrappers(words: Sequence[str]) -> int:
    """Return where the command begins behind its wrappers."""
    start = 0
    while wrapper := ALLOWED_THROUGH.get(words[start]):
        inside = wrapper.inside(words[start:])
        if inside is None or (words[start] == "time" and words[start + 1] == "time"):
            break
        start += inside
    return start
