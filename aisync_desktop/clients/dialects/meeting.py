"""Which subjects are about the same requests, as far as their spelling tells: rather once too often."""

from __future__ import annotations

from collections.abc import Iterator

from aisync_desktop.permissions.language import Matcher, Subject, Tool


def meet(one: Subject, other: Subject) -> bool:
    """Whether there may be a request that both are about."""
    if one.tool is not other.tool:
        return False
    if Matcher.ALL in (one.matcher, other.matcher):
        return True
    if one.tool is Tool.MCP:
        return one.server == other.server and (one.mcp_tool == other.mcp_tool or _is_open(one) or _is_open(other))
    if one.tool is not Tool.SHELL:
        return True
    if Matcher.GLOB in (one.matcher, other.matcher):
        return heads_meet(one.pattern.partition("*")[0], other.pattern.partition("*")[0])
    return _begins(one, other) or _begins(other, one)


def _is_open(subject: Subject) -> bool:
    return not subject.mcp_tool or subject.matcher is Matcher.GLOB


def _begins(one: Subject, other: Subject) -> bool:
    """Whether the words of the one are the first ones of the other, and may have more behind them."""
    if one.matcher is Matcher.EXACT:
        return one.words == other.words
    return other.words[: len(one.words)] == one.words


def heads_meet(one: str, other: str) -> bool:
    """Whether two texts can begin the same one."""
    return one.startswith(other) or other.startswith(one)


def covering(subject: Subject) -> Iterator[Subject]:
    """Yield the subjects that are about everything that one is about; rather too few."""
    yield from (Subject(subject.tool), subject)
    if subject.tool is Tool.MCP and subject.mcp_tool:
        yield Subject(Tool.MCP, Matcher.IS, subject.server)
    if subject.tool is Tool.SHELL and subject.matcher in (Matcher.EXACT, Matcher.IS):
        words = subject.words
        yield from (Subject(Tool.SHELL, Matcher.IS, " ".join(words[:end])) for end in range(1, len(words) + 1))
