"""What rules with priorities make of a request, as the client's own engine does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from aisync_desktop.clients.dialects.base import Verdict
from aisync_desktop.clients.dialects.priority_rules import SHELL, RuleLine, in_json
from aisync_desktop.permissions.language import Action
from aisync_desktop.permissions.shell.grammar import Command, Script, every, parse

_WRAPPER = re.compile(r"\s*(?:\S+/)?(?:sh|bash|zsh)\s+-c\s+", re.IGNORECASE)
_QUOTED = 2  # the least length of a text in quotes
_DEEPEST = 30
# What the client asks about, or may ask about, although a rule allows all commands; what it runs although a rule asks
# about all of them depends on too much to be said here.
_RISKY = frozenset({"ln", "rm", "sudo", "find", "rg", "git", "base64"})
_BUILD_FILES = frozenset(
    {
        *("BUILD", "BUILD.bazel", "WORKSPACE", "WORKSPACE.bazel", "MODULE.bazel", ".bazelrc", ".blazerc"),
        *("Makefile", "makefile", "GNUmakefile", "CMakeLists.txt"),
        *("package.json", "package-lock.json", "pnpm-lock.yaml", "yarn.lock", "bun.lockb"),
        *("setup.py", "setup.cfg", "pyproject.toml"),
        *("go.mod", "go.sum", "Cargo.toml", "Cargo.lock"),
        *("pom.xml", "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts"),
        *("Dockerfile", "Containerfile"),
    }
)
_BUILD_SUFFIXES = frozenset({".bzl", ".bazel", ".bzlmod", ".mk", ".cmake"})
_UNSAID = Verdict(Action.ASK)


class Policy:
    """All rules, for one request."""

    def __init__(self, lines: Iterable[RuleLine]) -> None:
        self._ranked = sorted(lines, key=lambda line: -line.priority)
        self._known: dict[str, Verdict] = {}

    def of_tools(self, names: Iterable[str], edited: str = "") -> Verdict:
        """Return what happens if one of some tools is called, as far as it is the same for all."""
        verdict = _agreed([self._first(name) for name in sorted(names)])
        return _UNSAID if verdict.action is Action.ALLOW and _builds(edited) else verdict

    def of_mcp(self, argument: str) -> Verdict:
        """Return what happens if a tool of a server is called."""
        server, _, tool = argument.partition(".")
        return self._first(f"mcp_{server}_{tool}", server)

    def of_line(self, line: str) -> Verdict:
        """Return what happens to a command line."""
        return self._of_line(line, _DEEPEST)

    def _first(self, name: str, server: str = "", command: str = "") -> Verdict:
        """Return what the first rule says that is about a call; nothing is known if one before may be, and differs."""
        possible: list[Verdict] = []
        for line in self._ranked:
            if line.is_about(name, server, command):
                possible.append(Verdict(line.action, line))
                if line.is_sure:
                    return _agreed(possible[::-1])
        return _agreed([_UNSAID, *possible])

    def _of_line(self, line: str, depth: int) -> Verdict:
        if depth == 0:
            return _UNSAID
        if line not in self._known:
            self._known[line] = self._found(line, depth)
        return self._known[line]

    def _found(self, line: str, depth: int) -> Verdict:
        whole = self._first(SHELL, command=in_json(line))
        if whole.action is Action.DENY:
            return whole
        script = parse(line)
        commands = [command for command in every(script) if command.words]
        if not (script.understood and commands):
            return _UNSAID
        if whole.action is Action.ALLOW and _redirects(script) and not _may_redirect(whole):
            whole = _UNSAID
        if _is_for_all(whole) and (whole.action is Action.ASK or _is_risky(commands)):
            whole = _UNSAID
        parts = {part for command in commands for part in _parts(command)} - {line}
        return _strictest([whole, *(self._of_line(part, depth - 1) for part in sorted(parts))])


def _may_redirect(verdict: Verdict) -> bool:
    return isinstance(verdict.line, RuleLine) and verdict.line.redirects


def _is_for_all(verdict: Verdict) -> bool:
    line = verdict.line
    return isinstance(line, RuleLine) and line.prefix is None and line.command is None


def _is_risky(commands: Iterable[Command]) -> bool:
    return any(PurePosixPath(command.argv[0]).name in _RISKY for command in commands)


def _redirects(script: Script) -> bool:
    return any(command.redirections for command in every(script))


def _parts(command: Command) -> list[str]:
    """Return a command as it is written, without the redirections after it, and what it runs if it is a shell."""
    env = [f"{name}=" for name, _ in command.env]
    words = [word.source or word.text for word in command.words]
    written = _trimmed(command.source)
    if command.redirections and written.startswith((*env, *words)[0]):
        written = " ".join([*(f"{name}={value}" for name, value in command.env), *words])
    inside = _unwrapped(written)
    return [written, inside] if inside else [written]


def _trimmed(written: str) -> str:
    """Return a command without the blanks after it, which a continued line may be one of."""
    trimmed = written.rstrip()
    is_continued = trimmed.endswith("\\") and written.startswith("\n", len(trimmed))
    return trimmed[:-1].rstrip() if is_continued else trimmed


def _unwrapped(command: str) -> str:
    """Return what `bash -c` runs; nothing if it is another command."""
    found = _WRAPPER.match(command)
    if not found:
        return ""
    inside = command[found.end() :].strip()
    if len(inside) < _QUOTED or inside[0] != inside[-1] or inside[0] not in "\"'":
        return inside
    read = parse(inside).commands if inside[0] == '"' else ()
    is_one = len(read) == 1 and len(read[0].words) == 1 and read[0].literal
    return read[0].words[0].text if is_one else inside[1:-1]


def _agreed(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the first of some verdicts if they are the same; else nothing is known."""
    return verdicts[0] if len({verdict.action for verdict in verdicts}) == 1 else _UNSAID


def _strictest(verdicts: Sequence[Verdict]) -> Verdict:
    return max(verdicts, key=lambda verdict: verdict.action.strictness)


def _builds(path: str) -> bool:
    """Whether a file tells how a project is built."""
    file = PurePosixPath(path)
    is_named = file.name in _BUILD_FILES or file.name.startswith(("Dockerfile.", "Containerfile."))
    return is_named or file.suffix.lower() in _BUILD_SUFFIXES
