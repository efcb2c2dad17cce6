"""The dialect of lists of entries without an order: one allows, one denies (or asks), and that one counts first.

The entries name tools (`tool_tokens`), or they are commands as they stand (`bare_commands`) where the descriptor says
that the shell has no name. What no entry is about is asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from aisync_desktop.clients.descriptor import PermissionsEndpoint
from aisync_desktop.clients.dialects import bare_commands, tool_tokens
from aisync_desktop.clients.dialects.base import Line, Verdict, Wanted
from aisync_desktop.clients.dialects.command_texts import seen
from aisync_desktop.clients.dialects.entry_lists import EntryLine, EntryLists
from aisync_desktop.clients.lens import Documents
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.permissions.language import Action, Request, Subject, Surrounding, Tool
from aisync_desktop.permissions.shell.grammar import Command

_ASKED = Verdict(Action.ASK)


class Engine:
    """The dialect at one endpoint."""

    def __init__(self, endpoint: PermissionsEndpoint) -> None:
        self._is_bare = endpoint.tools.get(Tool.SHELL) == ""
        language = bare_commands if self._is_bare else tool_tokens
        self._lists = EntryLists(endpoint, language.meaning, language.said)
        self.tools = frozenset({Tool.SHELL}) if self._is_bare else frozenset(Tool)

    def lines(self, documents: Documents) -> tuple[Line, ...]:
        """Return the entries, those that deny first."""
        return self._lists.lines(documents)

    def refusal(self, subject: Subject, action: Action) -> Text | None:
        """Return why no entry says this."""
        if subject.tool not in self.tools:
            return text("loss.permission-tool")
        return self._lists.refusal(subject, action)

    def write(self, documents: Documents, wanted: Wanted) -> Documents:
        """Return the documents with these subjects as they are wanted."""
        return self._lists.write(documents, wanted)

    def verdict(self, lines: Sequence[Line], request: Request, where: Surrounding) -> Verdict:
        """Return what the client does with a request."""
        entries = [line for line in lines if isinstance(line, EntryLine)]
        if self._is_bare:
            return _of_bare(entries, request) if request.tool is Tool.SHELL else _ASKED
        if request.tool is Tool.SHELL:
            return _of_command_line(entries, request.argument)
        return _first([line for line in entries if tool_tokens.is_about(line.entry, request, where)])


def _first(lines: Sequence[EntryLine]) -> Verdict:
    return Verdict(lines[0].action, lines[0]) if lines else _ASKED


def _of_command_line(lines: Sequence[EntryLine], argument: str) -> Verdict:
    commands, _, flat = seen(argument)
    usable = [line for line in lines if flat or line.action is not Action.ALLOW]
    verdicts = [_of_command(usable, command) for command in commands]
    return max(verdicts or [_ASKED], key=lambda one: one.action.strictness)


def _of_command(lines: Sequence[EntryLine], command: Command) -> Verdict:
    writes = any(one.writes and one.target.text != "/dev/null" for one in command.redirections)
    is_plain = not command.env and not writes
    about = [line for line in lines if tool_tokens.is_about_command(line.entry, command)]
    return _first([line for line in about if is_plain or line.action is not Action.ALLOW])


def _of_bare(lines: Sequence[EntryLine], request: Request) -> Verdict:
    line = request.argument
    stopping = [one for one in lines if one.action is not Action.ALLOW and bare_commands.stops(one.entry, line)]
    commands, understood, _ = seen(line)
    if stopping or not understood or not commands or any(sign in line for sign in bare_commands.SUBSTITUTIONS):
        return _first(stopping)
    allowed = {key: one for one in lines if one.action is Action.ALLOW for key in bare_commands.keys_of(one.entry)}
    keys = [key for key in map(bare_commands.key_of, commands) if key]
    if not all(key in allowed for key in keys):
        return _ASKED
    return Verdict(Action.ALLOW, allowed[keys[0]] if keys else None)
