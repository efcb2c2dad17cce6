"""The dialect of three lists in which a pattern without `*` is a prefix; compared with the client at work (0.24.4).

Paths are compared whole, with nothing below them: `//x` is absolute, `~/x` at home, `/x` in the project in every scope,
any other in the working folder. A host means those below it as well. What rules for files deny or ask about counts for
commands that name such a file as well.

Hosts can be denied in no narrower way, so a denied host is read as that host: other clients stop less then, which is
shown as a loss.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from aisync_desktop.clients.dialects.base import Line, Verdict
from aisync_desktop.clients.dialects.prefix_shell import fits, is_harmless, is_too_long, pieces
from aisync_desktop.clients.dialects.rule_lists import (
    DOMAIN,
    Rule,
    RuleLists,
    host_of,
    mcp_spelling,
    mcp_subject,
    open_mode,
    rule_of,
    shell_spelling,
    shell_subject,
)
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.permissions.language import Action, Matcher, Request, Subject, Surrounding, Tool, subject_of
from aisync_desktop.permissions.path_patterns import matches_path, normal


class Engine(RuleLists):
    """The dialect at one endpoint."""

    words: ClassVar[Mapping[str, Tool]] = {
        "Bash": Tool.SHELL,
        "run_shell_command": Tool.SHELL,
        "Shell": Tool.SHELL,
        "ShellTool": Tool.SHELL,
        "Read": Tool.READ,
        "read_file": Tool.READ,
        "ReadFile": Tool.READ,
        "ReadFileTool": Tool.READ,
        "Edit": Tool.EDIT,
        "edit": Tool.EDIT,
        "EditTool": Tool.EDIT,
        "replace": Tool.EDIT,
        "WebFetch": Tool.FETCH,
        "WebFetchTool": Tool.FETCH,
        "web_fetch": Tool.FETCH,
    }
    mode_beats_asking: ClassVar[bool] = True

    def pattern_meaning(self, word: str, tool: Tool, pattern: str, action: Action) -> Subject | Text | None:
        """Return what a rule with a pattern is about."""
        del word
        if not pattern:
            return Subject(tool)
        match tool:
            case Tool.SHELL if pattern == "*":
                return Subject(tool)
            case Tool.SHELL:
                return shell_subject(pattern, bare_is_prefix=True)
            case Tool.FETCH:
                return subject_of(tool, Matcher.IS, pattern.removeprefix(DOMAIN).strip().lower())
            case _:
                return self._path_meaning(tool, pattern, action)

    def _path_meaning(self, tool: Tool, pattern: str, action: Action) -> Subject | None:
        """Return what a pattern of paths is about; an allowed file would be a folder with all in it elsewhere."""
        if pattern == "//**":
            return Subject(tool)
        if action is Action.ALLOW and not pattern.endswith("**"):
            return None
        return subject_of(tool, Matcher.IS, _meant(pattern))

    def mcp_meaning(self, rule: Rule, action: Action) -> Subject | Text:
        """Return what a rule for tools of MCP servers is about."""
        del action
        if rule == Rule("mcp__*"):
            return Subject(Tool.MCP)
        return mcp_subject(rule) or text("permission.pattern" if rule.tool.startswith("mcp__") else "permission.unread")

    def spelled(self, subject: Subject, action: Action) -> str | None:
        """Return the rule for a subject."""
        del action
        match subject.tool:
            case Tool.SHELL:
                return shell_spelling(self.word_of(Tool.SHELL), subject)
            case Tool.MCP:
                return mcp_spelling(subject)
        word = self.word_of(subject.tool)
        if not subject.pattern:
            return word
        return f"{word}({DOMAIN}{subject.pattern})" if subject.tool is Tool.FETCH else f"{word}({_spelled(subject)})"

    def shell_verdict(self, lines: Sequence[Line], command: str, where: Surrounding) -> Verdict:
        """Return what the client does with a command line: the strictest of what it does with its pieces."""
        if is_too_long(command):
            return Verdict(Action.ASK)
        parts = pieces(command)
        for action in (Action.DENY, Action.ASK):
            if line := self.stopped_file(lines, command, where, action):
                return self._opened(lines, Verdict(action, line))
            for line, rule in self.about(lines, action, Tool.SHELL):
                if any(_is_about(rule, part) for part in parts):
                    return self._opened(lines, Verdict(action, line))
        return open_mode(lines) or self._allowed(lines, parts)

    @staticmethod
    def _opened(lines: Sequence[Line], verdict: Verdict) -> Verdict:
        return open_mode(lines) or verdict if verdict.action is Action.ASK else verdict

    def _allowed(self, lines: Sequence[Line], parts: Sequence[str]) -> Verdict:
        allowing = list(self.about(lines, Action.ALLOW, Tool.SHELL))
        deciding: Line | None = None
        for part in parts:
            line = next((line for line, rule in allowing if _is_about(rule, part)), None)
            if line is None and not is_harmless(part):
                return Verdict(Action.ASK)
            deciding = deciding or line
        return Verdict(Action.ALLOW, deciding)

    def matches(self, line: Line, request: Request, where: Surrounding) -> bool:
        """Return whether a rule is about a request that is no command."""
        rule = rule_of(line.spelled)
        if rule and request.tool is Tool.MCP:
            return rule.pattern is None and _is_about_tool(rule.tool, request.argument)
        if rule is None or self.words_here.get(rule.tool) is not request.tool:
            return False
        if not rule.pattern:
            return True
        if request.tool is Tool.FETCH:
            host, wanted = host_of(request.argument), rule.pattern.removeprefix(DOMAIN).strip().lower()
            return bool(wanted) and (host == wanted or host.endswith("." + wanted))
        return matches_path(_absolute(rule.pattern, where), normal(request.argument))


def _is_about(rule: Rule, piece: str) -> bool:
    pattern = (rule.pattern or "").replace(":*", " *")
    return pattern in ("", "*") or fits(pattern, piece)


def _is_about_tool(rule: str, argument: str) -> bool:
    server, _, tool = argument.partition(".")
    name = f"mcp__{server}__{tool}"
    if rule.endswith("*"):
        return rule.startswith("mcp__") and name.startswith(rule[:-1])
    return rule in (name, f"mcp__{server}")


def _meant(pattern: str) -> str:
    """Return a pattern of paths in the words of our language."""
    if pattern.startswith("//"):
        return pattern[2:] if pattern.startswith("//**/") else pattern[1:]
    if pattern.startswith("~/"):
        return pattern
    return "./" + pattern.removeprefix("./").removeprefix("/")


def _spelled(subject: Subject) -> str:
    pattern = subject.pattern
    if pattern.startswith("**/"):
        return f"//{pattern}"
    return pattern if pattern.startswith("~/") else pattern[1:] if pattern.startswith("./") else f"/{pattern}"


def _absolute(pattern: str, where: Surrounding) -> str:
    """Return the path that a pattern becomes; folders of folders below it count, as does the folder before `/**`."""
    meant = _meant(pattern)
    bases = {".": where.root, "~": where.home}
    first, _, rest = meant.partition("/")
    return f"{bases.get(first, '')}/{meant if first == '**' else rest}"
