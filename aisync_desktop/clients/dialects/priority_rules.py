"""One rule of a policy with priorities: what it says, whether the client reads it, and what it matches."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from aisync_desktop.clients.dialects.base import Line
from aisync_desktop.clients.dialects.simple_regex import SimpleRegex, literal, simple
from aisync_desktop.clients.lens import Spot
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.values import Value
from aisync_desktop.permissions.language import Action, Matcher, Subject, Tool, subject_of

SHELL = "run_shell_command"
NAMES: Mapping[Tool, frozenset[str]] = {
    Tool.READ: frozenset({"read_file", "read_many_files", "grep_search"}),
    Tool.EDIT: frozenset({"replace", "write_file"}),
    Tool.FETCH: frozenset({"web_fetch"}),
}
_EARLIER_NAMES = {"search_file_content": "grep_search"}
_DECISIONS = {"allow": Action.ALLOW, "ask_user": Action.ASK, "deny": Action.DENY}
_WORDS = {action: decision for decision, action in _DECISIONS.items()}
_HIGHEST = 999
_MODES = frozenset({"default", "autoEdit", "plan", "yolo"})
_WORKING = frozenset({"default", "autoEdit", "yolo"})  # a rule for these is one for whenever anything is done
_LONGEST = 500  # of a pattern: the client refuses long expressions, and ours grow by escapes
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "subagent": str,
    "mcpName": str,
    "argsPattern": str,
    "commandRegex": str,
    "interactive": bool,
    "toolAnnotations": dict,
    "allowRedirection": bool,
    "allow_redirection": bool,
    "denyMessage": str,
    "deny_message": str,
}


@dataclass(frozen=True)
class RuleLine(Line):
    """A rule, or what it says of one of several commands."""

    priority: int = 0
    named: Subject | None = None  # what it would be about if nothing overrode it
    names: frozenset[str] = frozenset()
    server: str = ""
    command: SimpleRegex | None = None  # matched against what the command is in JSON
    prefix: str | None = None
    is_sure: bool = True  # whether we know what it matches, and when
    counts: bool = True  # the client reads it, and in the mode that people work in
    redirects: bool = False

    def is_about(self, name: str, server: str = "", command: str = "") -> bool:
        """Whether it is, or may be, about a call of a tool; a command is the one in JSON, with the quote after it."""
        is_of_server = bool(server) if self.server == "*" else self.server in ("", server)
        if not (self.counts and is_of_server and any(_is_called(own, name, server) for own in self.names)):
            return False
        if self.prefix is not None:
            behind = command[len(self.prefix) :]
            return command.startswith(self.prefix) and (
                behind[:1].isspace() or behind[:1] == '"' or behind[:2] == '\\"'
            )
        return self.command is None or self.command.begins(command)


def _is_called(own: str, name: str, server: str) -> bool:
    """Whether a tool is meant by a name of a rule, which may be a pattern of one of three forms."""
    if own == "mcp_*":
        return bool(server)
    if own.startswith("mcp_") and own.endswith("_*"):
        return own == f"mcp_{server}_*" and name.startswith(own[:-1])
    return own in ("*", name)


def in_json(command: str) -> str:
    """Return a command as the client matches it."""
    return json.dumps(command, ensure_ascii=False)[1:]


def is_sound(rule: Value) -> bool:
    """Whether the client accepts a rule; one that it does not takes all others of the file with it."""
    if not isinstance(rule, dict) or not all(
        isinstance(rule[key], kind) for key, kind in _TYPES.items() if key in rule
    ):
        return False
    priority, modes, prefix = rule.get("priority"), rule.get("modes", []), rule.get("commandPrefix", "")
    is_number = isinstance(priority, int) and not isinstance(priority, bool) and 0 <= priority <= _HIGHEST
    has_modes = isinstance(modes, list) and all(isinstance(mode, str) and mode in _MODES for mode in modes)
    decision = rule.get("decision")
    is_decided = isinstance(decision, str) and decision in _DECISIONS
    return is_number and has_modes and is_decided and _is_texts(rule.get("toolName")) and _is_texts(prefix)


def _is_texts(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def texts(value: Value) -> list[str]:
    """Return one text, or several, as a list."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def lines_of(rule: dict[str, Value], spot: Spot) -> Iterator[RuleLine]:
    """Yield the lines of a sound rule: one for each beginning of a command that it names."""
    prefixes = rule.get("commandPrefix")
    if prefixes in (None, ""):
        yield _line(rule, None, spot)
        return
    for at, prefix in enumerate(texts(prefixes)):
        inside = ("commandPrefix", at) if isinstance(prefixes, list) else ()
        yield _line(rule, prefix, Spot(spot.role, (*spot.path, *inside)))


def _line(rule: dict[str, Value], prefix: str | None, spot: Spot) -> RuleLine:
    names, server = texts(rule["toolName"]), str(rule.get("mcpName", ""))
    regex = None if prefix is not None else _regex(rule)
    expression = rule.get("commandRegex") or rule.get("argsPattern")
    meaning = _meaning(rule, prefix, regex)
    return RuleLine(
        action=_DECISIONS[str(rule["decision"])],
        spelled=_spelled(rule, prefix),
        meaning=meaning,
        spot=spot,
        priority=int(str(rule["priority"])),
        named=meaning if isinstance(meaning, Subject) else None,
        names=frozenset(_full_name(server, name) for name in names),
        server=server,
        command=regex,
        prefix=None if prefix is None else in_json(prefix)[:-1],
        is_sure=not _conditions(rule) and (prefix is not None or not expression or regex is not None),
        counts="" not in names and _is_active(rule),
        redirects=bool(rule.get("allowRedirection", rule.get("allow_redirection"))),
    )


def _full_name(server: str, name: str) -> str:
    if not server:
        return name
    return "mcp_*" if server == name == "*" else f"mcp_{server}_{name}"


def _regex(rule: dict[str, Value]) -> SimpleRegex | None:
    """Return the expression for commands, which has to match their beginning; nothing if it is not simple."""
    said = rule.get("commandRegex")
    is_anchored = isinstance(said, str) and (said.startswith("^") or said.endswith("$"))
    return simple(said) if isinstance(said, str) and said and not is_anchored else None


def _conditions(rule: dict[str, Value]) -> bool:
    return "subagent" in rule or "toolAnnotations" in rule


def _is_active(rule: dict[str, Value]) -> bool:
    """Whether it counts where people work with the client, who can be asked."""
    modes = rule.get("modes")
    return rule.get("interactive") is not False and (not modes or "default" in texts(modes))


def _spelled(rule: dict[str, Value], prefix: str | None) -> str:
    """Return a rule in the words of the file, as far as they say what it is about."""
    words = ("mcpName", "toolName", "commandPrefix", "commandRegex", "argsPattern", "modes")
    about = {key: rule[key] for key in words if key in rule} | ({} if prefix is None else {"commandPrefix": prefix})
    said = ", ".join(f"{key} = {json.dumps(value, ensure_ascii=False, default=str)}" for key, value in about.items())
    return f"{rule['decision']}: {said}, priority = {rule['priority']}"


def _meaning(rule: dict[str, Value], prefix: str | None, regex: SimpleRegex | None) -> Subject | Text:
    modes = frozenset(texts(rule.get("modes", [])))
    if "" in texts(rule["toolName"]):
        return text("permission.unread")
    if _conditions(rule) or "interactive" in rule or (modes and not modes >= _WORKING):
        return text("permission.condition")
    return _subject(rule, prefix, regex)


def _subject(rule: dict[str, Value], prefix: str | None, regex: SimpleRegex | None) -> Subject | Text:
    names, server = texts(rule["toolName"]), str(rule.get("mcpName", ""))
    if names == [SHELL] and not server and not rule.get("argsPattern"):
        return _shell_subject(rule, prefix, regex)
    if prefix is not None or rule.get("commandRegex") or rule.get("argsPattern"):
        return text("permission.pattern")
    if server:
        return _mcp_subject(server, names) or text("permission.pattern")
    called = frozenset(_EARLIER_NAMES.get(name, name) for name in names)
    tool = next((tool for tool, known in NAMES.items() if known == called), None)
    return Subject(tool) if tool else text("permission.default" if names == ["*"] else "permission.tool")


def _mcp_subject(server: str, names: list[str]) -> Subject | None:
    if len(names) != 1 or "*" in names[0][1:] or (server == "*" and names[0] != "*"):
        return None
    if server == "*":
        return Subject(Tool.MCP)
    subject = subject_of(Tool.MCP, Matcher.IS, server if names[0] == "*" else f"{server}.{names[0]}")
    is_same = subject is not None and (subject.server, subject.mcp_tool or "*") == (server, names[0])
    return subject if is_same else None


def _shell_subject(rule: dict[str, Value], prefix: str | None, regex: SimpleRegex | None) -> Subject | Text:
    """Return which commands are meant; "allow" or "ask" for all of them is a default."""
    if prefix is not None:
        return subject_of(Tool.SHELL, Matcher.IS, prefix) or text("permission.pattern")
    if not rule.get("commandRegex"):
        return Subject(Tool.SHELL) if rule["decision"] == _WORDS[Action.DENY] else text("permission.default")
    subject = _pattern_subject(regex) if regex and not regex.rest else None
    # What else the assistant says with a command could stand where an expression of an "allow" has a gap.
    has_gap = regex is not None and any(regex.parts[1:])
    return text("permission.pattern") if subject is None or (has_gap and rule["decision"] == "allow") else subject


def _pattern_subject(regex: SimpleRegex) -> Subject | None:
    *inner, last = regex.parts
    whole = "*".join([*inner, last.removesuffix('"')])
    if not last.endswith('"'):
        return subject_of(Tool.SHELL, Matcher.GLOB, whole if not last and inner else f"{whole}*")
    return subject_of(Tool.SHELL, Matcher.GLOB if inner else Matcher.EXACT, whole)


def rule_of(subject: Subject, action: Action, priority: int) -> dict[str, Value] | None:
    """Return the rule that says a permission; nothing if none does."""
    about = _about(subject)
    if about is None or len(subject.pattern) > _LONGEST:
        return None
    rule: dict[str, Value] = {**about, "decision": _WORDS[action], "priority": priority}
    (line,) = lines_of(rule, Spot("", ()))
    return rule if line.subject == subject else None


def _about(subject: Subject) -> dict[str, Value] | None:
    if subject.tool is Tool.SHELL:
        return _about_commands(subject)
    if subject.tool is Tool.MCP:
        is_pattern = subject.matcher is Matcher.GLOB
        return None if is_pattern else {"mcpName": subject.server or "*", "toolName": subject.mcp_tool or "*"}
    if subject.pattern:
        return None
    names: list[Value] = [*sorted(NAMES[subject.tool])]
    return {"toolName": names[0] if len(names) == 1 else names}


def _about_commands(subject: Subject) -> dict[str, Value] | None:
    match subject.matcher:
        case Matcher.ALL:
            return {"toolName": SHELL}
        case Matcher.IS:
            return {"toolName": SHELL, "commandPrefix": subject.pattern}
        case Matcher.EXACT:
            return {"toolName": SHELL, "commandRegex": literal(subject.pattern) + '"'}
    parts = subject.pattern.removesuffix("*").split("*")
    end = "" if subject.pattern.endswith("*") else '"'
    return {"toolName": SHELL, "commandRegex": ".*".join(map(literal, parts)) + end}
