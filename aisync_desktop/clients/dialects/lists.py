"""The dialect of three lists in which a pattern without `*` is exact: measured with the client that has it (2.1.329).

Paths are those of gitignore: whatever a pattern names, all below it is meant. `//x` is absolute, `~/x` at home, `/x` in
the project, but in the user's own file in the folder of that file; any other is from the working folder, at any depth
if it is a single name. `x/**` counts as such where it stops, not where it allows. Only `Read` and `Edit` have patterns
of paths; what they deny is denied to commands that name such a file as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from aisync_desktop.clients.dialects.base import Line, Verdict
from aisync_desktop.clients.dialects.lists_shell import (
    ALL,
    UNREADABLE,
    Looked,
    Pattern,
    allowable_parts,
    can_be_named,
    is_beyond_reading,
    looked_at,
    pattern_of,
)
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
    wildcard_match,
)
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.permissions.language import Action, Matcher, Request, Subject, Surrounding, Tool, subject_of
from aisync_desktop.permissions.path_patterns import matches_below, normal

_EVERYTHING = "//**"


class Engine(RuleLists):
    """The dialect at one endpoint."""

    words: ClassVar[Mapping[str, Tool]] = {
        "Bash": Tool.SHELL,
        "Read": Tool.READ,
        "Edit": Tool.EDIT,
        "WebFetch": Tool.FETCH,
    }
    mode_beats_asking: ClassVar[bool] = False

    def whole_meaning(self, word: str, tool: Tool, action: Action) -> Subject | Text:
        """Return what a rule without a pattern is about: `Edit` alone is not about writing new files."""
        return super().whole_meaning(word, tool, action) if tool is not Tool.EDIT else text("permission.pattern")

    def pattern_meaning(self, word: str, tool: Tool, pattern: str, action: Action) -> Subject | Text | None:
        """Return what a rule with a pattern is about."""
        del word
        match tool:
            case Tool.SHELL if pattern == "*":
                return Subject(tool)
            case Tool.SHELL:
                return shell_subject(pattern, bare_is_prefix=False)
            case Tool.FETCH:
                return subject_of(tool, Matcher.IS, pattern.removeprefix(DOMAIN)) if DOMAIN in pattern else None
            case _:
                is_all = pattern == _EVERYTHING or (pattern == "*" and action is Action.DENY)
                return Subject(tool) if is_all else subject_of(tool, Matcher.IS, self._meant(pattern, action))

    def _meant(self, pattern: str, action: Action) -> str:
        """Return a pattern of paths in the words of our language."""
        if pattern.startswith("//"):
            return pattern[2:] if pattern.startswith("//**/") else pattern[1:]
        if pattern.startswith("/"):
            return (self.folder if self.folder.startswith("~/") else ".") + pattern
        if pattern.startswith("~/"):
            return pattern
        bare = pattern.removeprefix("./")
        named = bare if action is Action.ALLOW else bare.removesuffix("/**")
        is_anchored = bare == "**" or "/" in named.rstrip("/")
        return f"./{bare}" if is_anchored else f"./**/{bare}"

    def mcp_meaning(self, rule: Rule, action: Action) -> Subject | Text:
        """Return what a rule for tools of MCP servers is about; without a server's name none may allow."""
        if "*" in rule.tool.removeprefix("mcp__").partition("__")[0]:
            if action is Action.ALLOW:
                return text("permission.unread")
            return Subject(Tool.MCP) if rule.tool == "mcp__*" else text("permission.pattern")
        return mcp_subject(rule) or text("permission.pattern")

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
            return word if subject.tool is not Tool.EDIT else f"{word}({_EVERYTHING})"
        pattern = DOMAIN + subject.pattern if subject.tool is Tool.FETCH else self._spelled_path(subject.pattern)
        return f"{word}({pattern})"

    def _spelled_path(self, pattern: str) -> str:
        if pattern.startswith("~/"):
            return pattern
        if pattern.startswith("./"):
            return pattern[2:] if self.folder.startswith("~/") else pattern[1:]
        return f"//{pattern}" if pattern.startswith("**/") else f"/{pattern}"

    def shell_verdict(self, lines: Sequence[Line], command: str, where: Surrounding) -> Verdict:
        """Return what the client does with a command line."""
        if UNREADABLE.search(command):
            return Verdict(Action.ASK)
        if line := self.stopped_file([one for one in lines if "(" in one.spelled], command, where, Action.DENY):
            return Verdict(Action.DENY, line)
        stopping = [
            (Verdict(action, line), pattern_of(rule))
            for action in (Action.DENY, Action.ASK)
            for line, rule in self.about(lines, action, Tool.SHELL)
        ]
        stopped = [one for part in looked_at(command) if (one := _stopped(stopping, part))]
        strictest = max(stopped, key=lambda one: one.action.strictness, default=None)
        return strictest or open_mode(lines) or self._allowed(lines, command)

    def _allowed(self, lines: Sequence[Line], command: str) -> Verdict:
        allowing = [(line, pattern_of(rule)) for line, rule in self.about(lines, Action.ALLOW, Tool.SHELL)]
        is_named = can_be_named(command)
        whole = [
            line
            for line, pattern in allowing
            if pattern == ALL or (is_named and pattern.is_exact and pattern.text == command.strip())
        ]
        deciding = whole[0] if whole and not is_beyond_reading(command) else None
        parts = allowable_parts(command) if deciding is None else ()
        if parts is None:
            return Verdict(Action.ASK)
        for part in parts:
            found = next((line for line, pattern in allowing if part.fits(pattern)), None)
            if found is None and not part.is_harmless:
                return Verdict(Action.ASK)
            deciding = deciding or found
        return Verdict(Action.ALLOW, deciding)

    def matches(self, line: Line, request: Request, where: Surrounding) -> bool:
        """Return whether a rule is about a request that is no command."""
        rule = rule_of(line.spelled)
        if rule == Rule("*"):
            return line.action is not Action.ALLOW
        if rule and request.tool is Tool.MCP:
            return _is_about_tool(rule, request.argument, line.action)
        if rule is None or self.words_here.get(rule.tool) is not request.tool:
            return False
        if rule.pattern is None:
            return request.tool is not Tool.EDIT
        if request.tool is Tool.FETCH:
            return _is_about_host(rule.pattern, host_of(request.argument))
        return self._is_about_path(rule.pattern, line.action, request.argument, where)

    def _is_about_path(self, pattern: str, action: Action, path: str, where: Surrounding) -> bool:
        if pattern == "*" and action is Action.DENY:
            return True  # it takes the tool away
        meant = self._meant(pattern, action)
        bases = {".": where.root, "~": where.home}
        first, _, rest = meant.partition("/")
        return matches_below(f"{bases.get(first, '')}/{meant if first == '**' else rest}", normal(path))


def _stopped(stopping: Sequence[tuple[Verdict, Pattern]], part: Looked) -> Verdict | None:
    """Return what stops a command; a rule that names it word for word counts before one with a pattern."""
    named = (verdict for verdict, pattern in stopping if part.is_named(pattern))
    fitting = (verdict for verdict, pattern in stopping if part.fits(pattern))
    return next(named, None) or next(fitting, None)


def _is_about_host(pattern: str, host: str) -> bool:
    wanted = pattern.removeprefix(DOMAIN) if pattern.startswith(DOMAIN) else ""
    return bool(host) and (host.endswith(wanted[1:]) if wanted.startswith("*.") else wanted in ("*", host))


def _is_about_tool(rule: Rule, argument: str, action: Action) -> bool:
    server, _, tool = argument.partition(".")
    name = f"mcp__{server}__{tool}"
    is_unanchored = "*" in rule.tool.removeprefix("mcp__").partition("__")[0]
    if rule.pattern is not None or (is_unanchored and action is Action.ALLOW):
        return False
    return rule.tool == f"mcp__{server}" or wildcard_match(rule.tool, name)
