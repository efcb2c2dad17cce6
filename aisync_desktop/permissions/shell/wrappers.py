"""Commands that run the command in their arguments: `timeout 5 make` runs `make`."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.permissions.shell.tree import ASSIGNMENT, Command


@dataclass(frozen=True)
class _Wrapper:
    """How the arguments of a wrapper end before the command begins."""

    flags: str = ""  # letters of options without a value
    valued: str = ""  # letters of options with a value
    long_flags: frozenset[str] = frozenset()
    long_valued: frozenset[str] = frozenset()
    operands: int = 0
    takes_env: bool = False
    numbers: bool = False  # whether -10 is an option

    def length_of(self, option: str) -> int:
        """Return how many words an option takes; 0 if it is not known."""
        name, has_value, _ = option.partition("=")
        if name in self.long_valued:
            return 1 if has_value else 2
        if option in self.long_flags or (self.numbers and re.fullmatch(r"-[0-9]+", option)):
            return 1
        return 0 if option.startswith("--") else self._length_of_letters(option[1:])

    def _length_of_letters(self, letters: str) -> int:
        rest = letters.lstrip(self.flags) if self.flags else letters
        if rest and rest[0] in self.valued:
            return 1 if rest[1:] else 2
        return 0 if rest or not letters else 1


_WRAPPERS = {
    "builtin": _Wrapper(),
    "command": _Wrapper("p"),  # with -v or -V it runs nothing
    "doas": _Wrapper("ns", "uC"),
    "env": _Wrapper(
        "i0v", "uC", frozenset({"--ignore-environment", "--null"}), frozenset({"--unset", "--chdir"}), takes_env=True
    ),
    "exec": _Wrapper("cl", "a"),
    "ionice": _Wrapper("t", "cn", frozenset({"--ignore"}), frozenset({"--class", "--classdata"})),
    "nice": _Wrapper("", "n", long_valued=frozenset({"--adjustment"}), numbers=True),
    "nohup": _Wrapper(),
    "setsid": _Wrapper("cfw", "", frozenset({"--ctty", "--fork", "--wait"})),
    "stdbuf": _Wrapper("", "ioe", long_valued=frozenset({"--input", "--output", "--error"})),
    "sudo": _Wrapper("AbEHnPSk", "ughpCTUDR", takes_env=True),
    "time": _Wrapper("pv", "fo"),
    "timeout": _Wrapper(
        "fpv",
        "ks",
        frozenset({"--foreground", "--preserve-status", "--verbose"}),
        frozenset({"--kill-after", "--signal"}),
        operands=1,
    ),
    "xargs": _Wrapper("0rtxpo", "nIPLdaEs", frozenset({"--null", "--no-run-if-empty", "--verbose"})),
}
WRAPPERS = frozenset(_WRAPPERS)


def unwrapped(command: Command, wrappers: Collection[str] = WRAPPERS) -> Command:
    """Return the command that is run in the end; one whose wrapper has arguments that we do not know as it is."""
    while command.words and command.words[0].text in wrappers:
        inside = _inside(command)
        if inside is None:
            break
        command = inside
    return command


def _inside(command: Command) -> Command | None:
    """Return what a wrapper runs; None if that cannot be told, or it runs nothing."""
    wrapper = _WRAPPERS.get(command.words[0].text)
    if not wrapper:
        return None
    place = _after_options(command, wrapper)
    if place is None:
        return None
    env = list(command.env)
    while wrapper.takes_env and (found := ASSIGNMENT.match("".join(command.argv[place : place + 1]))):
        env.append((found[1], command.argv[place][found.end() :]))
        place += 1
    place += wrapper.operands
    if place >= len(command.words) or not all(word.literal for word in command.words[: place + 1]):
        return None
    return replace(command, env=tuple(env), words=command.words[place:])


def _after_options(command: Command, wrapper: _Wrapper) -> int | None:
    """Return where the words after the options begin; None behind an option that is not known."""
    place = 1
    for_all = command.argv
    while place < len(for_all) and for_all[place].startswith("-") and for_all[place] != "-":
        if for_all[place] == "--":
            return place + 1
        length = wrapper.length_of(for_all[place])
        if not length:
            return None
        place += length
    return place
