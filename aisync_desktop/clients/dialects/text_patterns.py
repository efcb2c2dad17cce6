r"""Regular expressions over a whole command line, for clients that do not take it apart; the only ones that we write.

An allowance is the words and what follows them, with nothing in it that a shell would read as more than words:
`^git push( ...)?$`. A refusal or a question is the words wherever they stand between blanks, operators, quotes
or slashes: `(^|[\s;&|...])git\s+push($|[\s;&|...])`. It sees what others run, and takes mere arguments for commands.

Ours are recognised by writing again what they seem to mean. Others are judged where they are literal but for `.*`, and
for the rest it is not known: `is_about` returns None.
"""

from __future__ import annotations

import re
from functools import lru_cache

from aisync_desktop.kernel.wildcards import wild
from aisync_desktop.permissions.language import Action, Matcher, Subject, Tool, subject_of

# What a shell reads as words: blanks, plain characters, whole quotes.
_QUIET = r"(?:[ \t]|[^\s\x00-\x1f;&|<>$`(){}\\'\"]|'[^'\x00-\x1f]*'|\"[^\"$`\\\x00-\x1f]*\")*"
_BEFORE = r"(^|[\s;&|(){}`\"'\/])"
_AFTER = r"($|[\s;&|(){}<>`\"'])"
_AT_ONCE = r"\s*($|\d*[\n#$\\;&|(){}<>`\"'])"  # nothing more of the command
_ANY = r"[\s\S]*"
_GAP = r"['\"]?\s+['\"]?"
_SPECIAL = re.compile(r"([.^+?\[\]/])")
_PLAIN = re.compile(r"(?:[^\\.^$*+?()\[\]{}|]|\\[^A-Za-z0-9]|\.\*)*")  # literal text and `.*`
_MOST = 3  # stars in one pattern: a client that tries all ways of matching takes long for more


def said(subject: Subject, action: Action) -> str | None:
    """Return the expression, without its slashes, for a subject that is not all commands; none if there is none."""
    pattern = subject.pattern
    if subject.tool is not Tool.SHELL or not pattern or pattern.count("*") > _MOST:
        return None
    if action is Action.ALLOW:
        if pattern.startswith("*"):  # which could be a variable that is set
            return None
        tail = f"( {_QUIET})?" if subject.matcher is Matcher.IS else ""
        return f"^{_escaped(pattern).replace('*', _QUIET)}{tail}$"
    tail = _AT_ONCE if subject.matcher is Matcher.EXACT else _AFTER
    return _BEFORE + _escaped(pattern).replace("*", _ANY).replace(" ", _GAP) + tail


def _escaped(pattern: str) -> str:
    return _SPECIAL.sub(r"\\\1", pattern)


@lru_cache(maxsize=4096)
def meant(source: str, action: Action) -> Subject | None:
    """Return the subject of an expression of ours; none for one that somebody else wrote."""
    star, gap, head, tails = _frame(action)
    for matcher, tail in tails:
        if source.startswith(head) and source.endswith(tail):
            inner = source[len(head) : len(source) - len(tail)].replace(star, "*").replace(gap, " ")
            found = subject_of(Tool.SHELL, matcher, re.sub(r"\\(.)", r"\1", inner))
            if found and said(found, action) == source:
                return found
    return None


def _frame(action: Action) -> tuple[str, str, str, tuple[tuple[Matcher, str], ...]]:
    if action is Action.ALLOW:
        return _QUIET, " ", "^", ((Matcher.IS, f"( {_QUIET})?$"), (Matcher.EXACT, "$"), (Matcher.GLOB, "$"))
    return _ANY, _GAP, _BEFORE, ((Matcher.EXACT, _AT_ONCE), (Matcher.IS, _AFTER), (Matcher.GLOB, _AFTER))


def is_about(source: str, action: Action, line: str) -> bool | None:
    """Whether an expression matches a line; None where that cannot be told in a bounded time."""
    subject = meant(source, action)
    if subject:
        return _allows(subject, line) if action is Action.ALLOW else _stops(subject, line)
    anchored = source.removeprefix("^").removesuffix("$")
    if not _PLAIN.fullmatch(anchored):
        return None
    pieces = [re.sub(r"\\(.)", r"\1", piece) for piece in anchored.split(".*")]
    if any("*" in piece for piece in pieces):
        return None
    start, end = "" if source.startswith("^") else "*", "" if source.endswith("$") else "*"
    return wild(start + "*".join(pieces) + end, line)


def _allows(subject: Subject, line: str) -> bool:
    is_quiet = re.fullmatch(_QUIET, line) is not None
    if subject.matcher is Matcher.IS:
        return is_quiet and (line == subject.pattern or line.startswith(f"{subject.pattern} "))
    return is_quiet and wild(subject.pattern, line)


def _stops(subject: Subject, line: str) -> bool:
    """Look for the pieces between the stars one after the other."""
    place = 0
    for piece in _pieces(subject):
        found = piece.search(line, place)
        if found is None:
            return False
        place = found.end()
    return True


@lru_cache(maxsize=1024)
def _pieces(subject: Subject) -> tuple[re.Pattern[str], ...]:
    tail = _AT_ONCE if subject.matcher is Matcher.EXACT else _AFTER
    sources = [_escaped(piece).replace(" ", _GAP) for piece in subject.pattern.split("*")]
    sources[0] = _BEFORE + sources[0]
    sources[-1] += tail
    return tuple(re.compile(source.replace("($|", r"(\Z|")) for source in sources)
