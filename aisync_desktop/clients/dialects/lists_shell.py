"""Commands under three lists as the client takes them apart, all of it measured with the client (2.1.332).

What is denied or asked about is looked for everywhere: in every command of the line, behind variables, wrappers and
paths, in substitutions, subshells and loops; what is expanded in it is left out. What a string holds that another
program runs (`bash -c`, `eval`, `find -exec`, `xargs -n1`) is not looked at. Nor is what comes behind a command that
backticks name, if there is nothing else to it or it stands in a block: from there on the line is one text.

What is allowed must be simple: no other variables than harmless ones, nothing expanded but globs, nothing redirected
but to /dev/null or from the folder, no subshells, groups or background, and every command allowed by some rule, or
harmless by itself. Only the rule for all commands takes whatever can be read at all.

Where the client was not asked (rarer options of wrappers, more of what is harmless by itself) it is taken to ask, not
to allow; a line that is no sound shell is taken apart roughly, as the client does. A line that is more than a list of
plain commands (pipes, expansions, files written to, ...) is compared as a whole, too: `foo * b` is about `foo | bar b`.
That the client does the same from a later part of a pipe on is not said here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from itertools import dropwhile
from typing import NamedTuple

from aisync_desktop.clients.dialects.lists_wrappers import ALLOWED_THROUGH, STOPPED_THROUGH, start_behind_wrappers
from aisync_desktop.clients.dialects.rule_lists import Rule, wildcard_match
from aisync_desktop.permissions.shell.grammar import Command, Redirection, Script, Word, every, parse
from aisync_desktop.permissions.shell.tree import ASSIGNMENT

UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_CRUDE_SPLIT = re.compile(r"[;&|\n(){}]")
_CRUDE_WORDS = re.compile(r"(?:then|do|if|else|elif|while|until|!)\s+|[\"']")
_SAFE_ENV = frozenset(
    "NODE_ENV RUST_LOG RUST_BACKTRACE GOOS GOARCH GOEXPERIMENT CGO_ENABLED GO111MODULE PYTHONUNBUFFERED "
    "PYTHONDONTWRITEBYTECODE PYTEST_DISABLE_PLUGIN_AUTOLOAD PYTEST_DEBUG ANTHROPIC_API_KEY LANG LANGUAGE LC_TIME "
    "CHARSET TERM COLORTERM NO_COLOR FORCE_COLOR TZ LS_COLORS LSCOLORS GREP_COLOR GREP_COLORS GCC_COLORS TIME_STYLE "
    "BLOCK_SIZE BLOCKSIZE CI DEBIAN_FRONTEND CLICOLOR CLICOLOR_FORCE COLUMNS LINES".split()
)
_PLAIN_VALUE = re.compile(r"[A-Za-z0-9_./:@%+,-]*")
_ARITHMETIC = re.compile(r"\$\(\([0-9+*/% -]*\)\)")
_ODD = re.compile(
    r"\\[ \n]|\$['\"]|[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]"
)  # asked about, always
_SUBSTITUTION = re.compile(r"\$\((?!\()|`|[<>]\(")
_BETWEEN_BACKTICKS = re.compile(r"(?:`[^`]*(?:`|\Z)|[^`;&|\n])+")
_WORD_AROUND_BACKTICKS = re.compile(r"(?:`[^`]*(?:`|\Z)|[^`\s])+")
_ONLY_BACKTICKS = re.compile(r"(?:`(?:\\.|[^`\\])*`)+", re.DOTALL)
_QUOTED_DELIMITER = re.compile(r"<<\s*[\"'\\]")
_HARMLESS = frozenset(
    "ls pwd cat head tail wc echo true false grep rg sort diff which type whoami id stat file cut tr jq basename "
    "dirname realpath printf sleep test [ uname ps df du nl rev tac md5sum sha256sum base64 od hexdump strings comm "
    "paste column expr seq tree cd history".split()
)
_RUNNERS = frozenset("exec eval setsid ionice chrt taskset strace nsenter unshare flock watch doas".split())
_JOINER = re.compile(r"&&|\|\||\|&|[;|]|(?<![<>&0-9])&(?![>&])")
_REDIRECTED = re.compile(r"[0-9&]*(?:>[>|]?|<(?![<(]))\s*(?:&[0-9-]|[^\s;|&<>()]+)")
_RUNS_MORE = frozenset({"source", ".", "trap", "alias", "let"})
_HARMLESS_GIT = frozenset({"status", "diff", "log"})


class Pattern(NamedTuple):
    """What a rule says of a command."""

    text: str
    is_exact: bool = False
    is_glob: bool = False
    can_name: bool = False  # exact, or a prefix with a colon

    def fits(self, command: str) -> bool:
        """Return whether a command as it is written fits."""
        if self.is_exact:
            return command == self.text
        if self.is_glob:
            return wildcard_match(self.text, command)
        return command == self.text or command.startswith((self.text + " ", self.text + "\t"))

    def names(self, command: str) -> bool:
        """Return whether it is this command word for word: such a rule counts before all others."""
        return self.can_name and command == self.text


ALL = Pattern("*", is_glob=True)


def pattern_of(rule: Rule) -> Pattern:
    """Return what a rule for commands says."""
    text = ALL.text if rule.pattern is None else rule.pattern.strip()
    if text.endswith((":*", " *")) and "*" not in text[:-2]:
        return Pattern(text[:-2], can_name=text.endswith(":*"))
    is_exact = "*" not in text
    return Pattern(text, is_exact=is_exact, is_glob=not is_exact, can_name=is_exact)


class Form(NamedTuple):
    """A command in one of the spellings in which it is compared with rules."""

    text: str
    is_fed: bool = False  # behind `xargs`, or with a here-string: not what an exact rule says

    def fits(self, pattern: Pattern) -> bool:
        """Return whether a rule is about it."""
        return not (pattern.is_exact and self.is_fed) and pattern.fits(self.text)


class Part(NamedTuple):
    """A command of a line that must be allowed for the line to be."""

    forms: tuple[Form, ...]
    is_harmless: bool = False
    is_runner: bool = False  # runs what is in its arguments: only an exact rule allows it

    def fits(self, pattern: Pattern) -> bool:
        """Return whether a rule allows it."""
        return (pattern.is_exact or not self.is_runner) and any(form.fits(pattern) for form in self.forms)


class Looked(NamedTuple):
    """A command that deny and ask rules are compared with, in every form."""

    forms: frozenset[Form]
    is_plain: bool = False  # so that a rule can name it word for word

    def fits(self, pattern: Pattern) -> bool:
        """Return whether a rule is about it."""
        return pattern == ALL or any(form.fits(pattern) for form in self.forms)

    def is_named(self, pattern: Pattern) -> bool:
        """Return whether a rule names it word for word."""
        return self.is_plain and any(pattern.names(form.text) and form.fits(pattern) for form in self.forms)


class _Place(Enum):
    """Where a command stands."""

    LINE = auto()  # by itself
    BLOCK = auto()  # in a subshell, group, loop or condition
    SUBSTITUTION = auto()


def looked_at(line: str) -> tuple[Looked, ...]:
    """Return the commands of a line that deny and ask rules are compared with."""
    script = parse(line)
    found = tuple(_looked_at(line, script))
    if _is_intricate(script):
        found = (*found, Looked(frozenset(_forms_of_line(line, script))))
    return found if script.understood else (*found, Looked(frozenset(_crude_forms(line))))


def _looked_at(line: str, script: Script) -> Iterator[Looked]:
    for command, place in _in_order(script, _Place.LINE):
        yield Looked(frozenset(_forms(command)), command in script.commands and _is_plain(command))
        if _is_backticks(command) and place is not _Place.SUBSTITUTION:
            yield Looked(frozenset(_forms_of_rest(line, command)))
            if place is _Place.BLOCK or _hides_what_follows(command):
                yield from (Looked(frozenset(_forms(one))) for one, _ in _inside(command, place))
                return


def _is_intricate(script: Script) -> bool:
    """Return whether the client compares a line as a whole, too: it is more than a list of plain commands."""
    commands = list(every(script))
    if any(map(_is_backticks, commands)):
        return False  # of such a line, what comes behind them is
    names = {command.argv[0] for command in commands if command.argv}
    is_git_elsewhere = {"cd", "git"} <= names
    return not script.understood or is_git_elsewhere or any(map(_is_intricate_command, commands))


def _is_intricate_command(command: Command) -> bool:
    is_piped = command.then in {"|", "|&"}
    writes = any(one.writes and one.target.text != "/dev/null" for one in command.redirections)
    if not (command.words or command.env):
        return is_piped or writes or bool(set(command.source) & set("$`({"))
    is_expanded = any(map(_is_expanded, command.words)) or (command.env != () and "$" in command.source)
    runs_more = command.argv[:1] != () and (command.argv[0] in _RUNS_MORE or _is_runner(list(command.argv)))
    return is_piped or writes or is_expanded or bool(command.inner) or runs_more


def _is_expanded(word: Word) -> bool:
    source = _ARITHMETIC.sub("", word.source)
    return (not word.literal and bool(set(source) & set("$`"))) or source.startswith("$'") or "{" in source


def _forms_of_line(line: str, script: Script) -> Iterator[Form]:
    """Yield a whole line, as it is and without what runs its first command."""
    yield _spaced(line)
    words = script.commands[0].words if script.commands else ()
    if words and not line.lstrip().startswith("!"):
        first = words[start_behind_wrappers([word.text for word in words])]
        yield _spaced(line[line.find(first.source, line.find(words[0].source)) :])


def _spaced(line: str) -> Form:
    return Form(" ".join(_JOINER.sub(r" \g<0> ", _REDIRECTED.sub("", line)).split()))


def _in_order(script: Script, place: _Place) -> Iterator[tuple[Command, _Place]]:
    """Yield the commands that the client looks at, in the order of the line."""
    for command in script.commands:
        yield command, place
        yield from _inside(command, place)


def _inside(command: Command, place: _Place) -> Iterator[tuple[Command, _Place]]:
    is_block = not (command.words or command.env)
    inside = _Place.BLOCK if is_block and place is not _Place.SUBSTITUTION else _Place.SUBSTITUTION
    for inner in command.inner if _is_looked_into(command) else ():
        if not _is_beyond_reading(command, inner):
            yield from _in_order(inner, inside)


def _is_looked_into(command: Command) -> bool:
    """Return whether what runs inside a command is looked at: where backticks name it, only other substitutions."""
    return not _is_backticks(command) or any(one in command.source for one in ("$(", "<(", ">("))


def _forms_of_rest(line: str, command: Command) -> Iterator[Form]:
    """Yield the rest of a line from backticks on that name a command, read as if the first one was not there."""
    rest = line[line.find(command.words[0].source, line.find(command.source)) :].lstrip("`")
    for part in _BETWEEN_BACKTICKS.findall(rest):
        first = _WORD_AROUND_BACKTICKS.match(part)
        yield Form(part.strip())
        yield Form(part[first[0].rfind("/") + 1 :].strip() if first else "")


def _hides_what_follows(command: Command) -> bool:
    """Return whether a command is backticks and nothing else: what the line has behind it is not looked at."""
    is_bare = len(command.words) == 1 and command.source.endswith("`")
    return is_bare and command.then != "\n" and bool(_ONLY_BACKTICKS.fullmatch(command.words[0].source))


def is_beyond_reading(line: str) -> bool:
    """Return whether the client asks about a line that no rule stops, even where a rule allows all commands."""
    return any(_is_beyond_reading(command, inner) for command in every(parse(line)) for inner in command.inner)


def _is_beyond_reading(command: Command, inner: Script) -> bool:
    """Return whether backticks name a command in `$(...)`."""
    return "$(" in command.source and any(map(_is_named_by_backticks, inner.commands))


def _is_named_by_backticks(command: Command) -> bool:
    is_block = not (command.words or command.env)
    within = (one for inner in command.inner for one in inner.commands) if is_block else ()
    return _is_backticks(command) or any(map(_is_named_by_backticks, within))


def _is_plain(command: Command) -> bool:
    """Return whether nothing is expanded in a command, and no unusual wrapper runs it."""
    is_written_out = command.literal and all(one.target.literal for one in command.redirections)
    is_fed = any(one.operator == "<<<" for one in command.redirections)
    return is_written_out and not is_fed and command.argv[:1] != () and command.argv[0] not in _RUNNERS


def _crude_forms(line: str) -> Iterator[Form]:
    for part in _CRUDE_SPLIT.split(line):
        yield Form(_CRUDE_WORDS.sub("", part).strip())


def _is_backticks(command: Command) -> bool:
    return bool(command.words) and command.words[0].source.startswith("`")


def _forms(command: Command) -> Iterator[Form]:
    words = _named(command)
    if not words or "\\\n" in words[0].source:
        return
    if set(words[0].source) & set("$`"):
        yield Form(" ".join(word.source for word in words))
        return
    if any(one.operator == "<<<" for one in command.redirections):
        yield Form(command.source, is_fed=True)
    if command.env:
        yield Form(" ".join([*(f"{name}={value}" for name, value in command.env), *command.argv]))
    for written in _without_expanded(words):
        yield from _forms_through_wrappers(written)


def _named(command: Command) -> Sequence[Word]:
    """Return the words from the command's name on: backticks before it are expected to leave nothing."""
    if not _is_backticks(command):
        return command.words
    return tuple(dropwhile(lambda word: word.source.startswith("`") or ASSIGNMENT.match(word.text), command.words))


def _without_expanded(words: Sequence[Word]) -> Iterator[list[str]]:
    """Yield the words of a command without those at its end that may vanish; variables between them may, too."""
    end = max(place for place, word in enumerate(words, 1) if not _vanishes(word) or place == 1)
    kept = words[:end]
    yield [word.text for word in kept if not _vanishes(word) or _SUBSTITUTION.match(word.source)]
    if any(map(_vanishes, kept)):
        yield [word.source if _vanishes(word) else word.text for word in kept]


def _forms_through_wrappers(words: list[str]) -> Iterator[Form]:
    is_fed, is_inside = False, False
    while words:
        wrapper = STOPPED_THROUGH.get(words[0])
        place = wrapper.inside(words) if wrapper else None
        if not (is_inside and place):  # of several wrappers in a row only the first is compared
            yield from _spellings(words, is_fed=is_fed)
        is_fed, is_inside = is_fed or words[0] == "xargs", True
        words = words[place:] if place else []


def _spellings(words: Sequence[str], *, is_fed: bool) -> Iterator[Form]:
    line = " ".join(words).rstrip()
    yield Form(line, is_fed)
    if "/" in words[0]:
        yield Form(line.removeprefix(words[0].rpartition("/")[0] + "/"), is_fed)


def _vanishes(word: Word) -> bool:
    """Return whether nothing may be left of a word once it is expanded."""
    is_expanded = not word.literal and word.source.startswith(("$", "`", "<(", ">("))
    return is_expanded or word.source.startswith("$'")


def allowable_parts(line: str) -> tuple[Part, ...] | None:
    """Return the commands that must be allowed each for a line to be; None for a line that cannot be."""
    script = parse(line)
    try:
        return tuple(_parts(script)) if script.understood and line.strip() else None
    except _NotSimpleError:
        return None


class _NotSimpleError(Exception):
    """A line is more than rules for single commands can allow."""


def _require(is_simple: object) -> None:
    if not is_simple:
        raise _NotSimpleError


def can_be_named(line: str) -> bool:
    """Return whether a rule that is the whole line, word for word, allows it."""
    script = parse(line)
    return script.understood and all(
        command.then != "&"
        and not command.source.startswith("(")
        and not any(one.writes and one.target.text != "/dev/null" for one in command.redirections)
        for command in every(script)
    )


def _parts(script: Script) -> Iterator[Part]:
    for command in script.commands:
        _require(command.then != "&")
        if command.words:
            for inner in command.inner:  # the value of a variable: words must not have any
                yield from _parts(inner)
            yield _part(command)
            continue
        _require(not command.redirections and not command.source.startswith(("(", "{")))
        for inner in command.inner:  # a loop, a condition, or the value of a variable
            yield from _parts(inner)


def _part(command: Command) -> Part:
    _require(all(map(_is_simple, command.words)))
    _require(all(_is_harmless_redirection(one, command) for one in command.redirections))
    written = _Written(command)
    raw = Form(written.whole)
    if not all(name in _SAFE_ENV and _PLAIN_VALUE.fullmatch(value) for name, value in command.env):
        return Part((raw,))
    words = [word.text for word in command.words]
    start = start_behind_wrappers(words)
    inside = words[start:]
    is_harmless = _is_harmless(inside) and all(word.literal for word in command.words[start:])
    forms = [raw, Form(inside[0] + written.after(start))]
    if inside[0] == "xargs" and _runs_plainly(inside):
        forms.append(Form(inside[1] + written.after(start + 1), is_fed=True))
    return Part(tuple(forms), is_harmless, is_runner=_is_runner(inside))


def _is_runner(words: Sequence[str]) -> bool:
    """Return whether a command runs its arguments in a way that no pattern allows."""
    runs_found = words[0] == "find" and any(word.startswith(("-exec", "-ok")) for word in words)
    has_options = words[0] == "time" and words[1:2] == ["-p"]
    return words[0] in _RUNNERS or runs_found or has_options


def _runs_plainly(words: Sequence[str]) -> bool:
    """Return whether `xargs` has no options, and runs no wrapper."""
    return len(words) > 1 and not words[1].startswith("-") and words[1] not in {*ALLOWED_THROUGH, "xargs"}


class _Written:
    """A command as it is written, with its quotes and white space, but without redirections; here-strings are kept."""

    def __init__(self, command: Command) -> None:
        source = command.source.replace("\\\n", "")
        place, self._ends = 0, list[int]()
        for word in command.words:
            place = max(source.find(word.source, place), place) + len(word.source)
            self._ends.append(place)
        first = self._ends[0] - len(command.words[0].source)
        redirected = bool(command.redirections)
        self._source = source
        self._words = [word.source for word in command.words]
        self._is_torn = redirected and bool(set(source[first:place]) & set("<>"))
        fed = [one.target.source for one in command.redirections if one.operator == "<<<"]
        self._fed = "".join(f" <<< {text}" for text in fed)
        begins_late = bool(set(source[:first]) & set("<>"))
        self.whole = source[first if begins_late else 0 : first] + self._words[0] + self.after(0)

    def after(self, place: int) -> str:
        """Return what is written after a word."""
        if self._is_torn:
            return "".join(f" {word}" for word in self._words[place + 1 :]) + self._fed
        return self._source[self._ends[place] : self._ends[-1]] + self._fed


def _is_simple(word: Word) -> bool:
    source = _ARITHMETIC.sub("", word.source)
    if _ODD.search(source) or ("\n" in word.text and "#" in word.text):
        return False
    return word.literal or not set(source) & set("$`{(")


def _is_harmless_redirection(redirection: Redirection, command: Command) -> bool:
    target = redirection.target
    if redirection.operator == "<<":
        return bool(_QUOTED_DELIMITER.search(command.source))
    if redirection.operator == "<":
        return target.literal and not target.text.startswith(("/", "~")) and ".." not in target.text
    if redirection.writes:
        return redirection.operator != "<>" and target.literal and target.text == "/dev/null"
    return target.literal and target.text != "-"


def _is_harmless(words: Sequence[str]) -> bool:
    """Return whether the client runs a command without any rule: it only reads, and only in its folder."""
    arguments = words[1:]
    if any(one.startswith(("/", "~")) or ".." in one for one in arguments):
        return False
    if words[0] == "git":
        return len(arguments) == 1 and arguments[0] in _HARMLESS_GIT
    return words[0] in _HARMLESS
