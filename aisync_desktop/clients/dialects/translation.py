"""Crossing: what a permission of one dialect would be in another, found out by asking both engines.

The subject is written in each dialect, and both evaluate the same requests made of its words and paths: with more
words, in compounds, behind wrappers and variables, redirected, substituted. What the target allows and no source does
is *wider*; what a source stops and the target does not stop as strictly is *weaker*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import lru_cache
from typing import NamedTuple

from aisync_desktop.clients.descriptor import PermissionsEndpoint
from aisync_desktop.clients.dialects.base import Conditional, Dialect, Line, in_order
from aisync_desktop.clients.dialects.registry import dialect_of
from aisync_desktop.clients.lens import MAIN, Documents
from aisync_desktop.documents.parse import empty
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.permissions.language import Action, Matcher, Request, Subject, Surrounding, Tool, strictness
from aisync_desktop.permissions.meaning import is_about

_WHERE = Surrounding()
_OTHER = "other"  # a command that no rule is about
_COMMANDS = (
    "{w}",
    "{w} a",
    "{w} a b",
    "{w} --flag=value",
    "{w}x",
    "{w} 'a b'",
    "{w} && other",
    "other; {w}",
    "{w} | other",
    "{w} & other",
    "{w}\nother",
    "{w} $(other)",
    "{w} $({w})",
    "{w} '$({w})'",
    "{w}\u00a0a",
    "{w} `other`",
    "{w} <(other)",
    "{w} > out.txt",
    "{w} > /dev/null",
    "X=1 {w}",
    "NODE_ENV=test {w}",
    "timeout 5 {w}",
    "nice {w}",
    "env {w}",
    "sudo {w}",
    "echo a | xargs {w}",
    "/usr/bin/{w}",
    "({w})",
    "bash -c '{w}'",
    "other $({w})",
    "{w};",
    "{w} # other",
    "{w} ; # x\n{w} a",
    "{w} a\\ b",
    '{w} "a"',
    "{w} $A",
    '{w} "$A"',
    "{w} $'a'",
    "{w} *",
    "{w} ~/a",
    "{w} {{a,b}}",
    "{w} < in.txt",
    "{w} >> out.txt",
    "{w} 2>&1",
    "{w} <<E\nother\nE",
    "! {w}",
    "if {w}; then other; fi",
    "{{ {w}; }}",
    "sh -c '{w}; other'",
    "{w} &",
    "{w} &&",
    "{w} '$(other)'",
    '{w} "$(other)"',
    "{w} '`other`'",
    "{w} a#b",
    "{w} a\r",
    "{w} 'a",
    '{w} "a',
    "{w} ;;",
    "{w} \\",
    "{w} a\u00a0b",
    "{w} \u00e9",
    "{w}\ta",
    "{w} ''",
    "{w} (other)",
    "{w} $((1))",
    "{w} ${{A:-$(other)}}",
    "coproc {w}",
    "time {w}",
    "exec {w}",
    "command {w}",
    "eval '{w}'",
    "A=$(other) {w}",
    "for i in a; do {w}; done",
    "other || {w}",
    "other |& {w}",
    "other 2>&1 | {w} a",
    "cd /tmp && {w}",
    "({w}",
    "`{w}`",
    "$({w})",
    "{w} -c 'other'",
    "{w} a\0b",
    "{w};;other",
    "{w} a\\\n; other",
    "{w}\\\n; other",
    "'other' a",
)


class Crossing(NamedTuple):
    """What a permission would do differently at a target; both empty: the same, as far as was asked."""

    wider: tuple[str, ...] = ()
    weaker: tuple[str, ...] = ()


Beside = frozenset[tuple[Subject, Action]]  # permissions that stand beside one, and are stricter


def crossing(
    subject: Subject,
    action: Action,
    sources: Sequence[PermissionsEndpoint],
    target: PermissionsEndpoint,
    beside: Beside = frozenset(),
    beside_there: Beside | None = None,
) -> Crossing:
    """Compare what a permission does at a target with what it does where it stands.

    What is allowed is so only as far as nothing stricter stands `beside` it: where the target does not say that, too,
    it would allow more. What stands in no source is measured by what our language means.
    """
    mine = frozenset({(subject, action)})
    saying = [said for said in (_said(one, mine | beside) for one in sources) if said and subject in said.subjects]
    others: list[Said | _Meant] = [*saying] or [_Meant(mine | beside)]
    there = _said(target, mine | (beside if beside_there is None else beside_there))
    if there is None or subject not in there.subjects:
        return Crossing()
    wider, weaker = list[str](), list[str]()
    asked = [probe for one, _ in sorted(mine | beside) for probe in probes(one)]
    asked += [probe for one, _ in sorted(beside) for probe in _meeting(subject, one)]
    for request in dict.fromkeys(asked):
        here = [one.verdict(request) for one in others]
        verdict = there.verdict(request)
        if verdict is Action.ALLOW and any(one is not Action.ALLOW for one in here):
            wider.append(request.argument)
        if action is not Action.ALLOW and action in here and verdict.strictness < action.strictness:
            weaker.append(request.argument)
    return Crossing(tuple(wider), tuple(weaker))


@dataclass(frozen=True)
class Said:
    """Rules of a dialect, to be asked; a source is asked the same for every target."""

    dialect: Dialect
    lines: tuple[Line, ...]
    subjects: frozenset[Subject] = frozenset()  # what they were written for
    known: dict[Request, Action | None] = field(default_factory=dict, compare=False)

    def verdict(self, request: Request) -> Action:
        """Return what the client does; what it does by itself is nothing that a line allows."""
        return self.ruling(request) or Action.ASK

    def ruling(self, request: Request) -> Action | None:
        """Return what a line says of a request; None where the client does what it does by itself."""
        if request not in self.known:
            action, line = self.dialect.verdict(self.lines, request, _WHERE)
            self.known[request] = None if line is None else action
        return self.known[request]


class _Meant(NamedTuple):
    """Permissions as our language means them: the source of what stands in no file as it is meant."""

    permissions: Beside

    def verdict(self, request: Request) -> Action | None:
        """Return what the strictest says that is about a request."""
        about = [action for one, action in self.permissions if is_about(one, action, request, _WHERE)]
        return max(about, key=strictness, default=None)


def _said(endpoint: PermissionsEndpoint, permissions: Beside) -> Said | None:
    return _written(endpoint.model_dump_json(), permissions)


@lru_cache(maxsize=4096)
def _written(endpoint: str, permissions: Beside) -> Said | None:
    model = PermissionsEndpoint.model_validate_json(endpoint)
    dialect = dialect_of(model)
    documents: Documents = {MAIN: empty(model.format, model.accepts)}
    subjects = set[Subject]()
    for subject, action in in_order(dict(permissions)):
        if action is None or subject.tool not in dialect.tools or dialect.refusal(subject, action):
            continue
        if isinstance(dialect, Conditional):
            documents = dialect.room(documents, subject)
            if dialect.hindrance(documents, subject, action):
                continue
        documents = dialect.write(documents, {subject: action})
        subjects.add(subject)
    return Said(dialect, dialect.lines(documents), frozenset(subjects))


@lru_cache(maxsize=1024)
def probes(subject: Subject) -> tuple[Request, ...]:
    """Return the requests that tell what a subject means: on it, beside it, and in every disguise."""
    return tuple(Request(subject.tool, argument) for argument in dict.fromkeys(_arguments(subject)))


def _arguments(subject: Subject) -> Iterator[str]:
    match subject.tool:
        case Tool.SHELL:
            return _commands(subject)
        case Tool.READ | Tool.EDIT:
            return _files(subject.pattern)
        case Tool.FETCH:
            return _hosts(subject.pattern)
        case Tool.MCP:
            return _mcp_tools(subject)


@lru_cache(maxsize=4096)
def _meeting(one: Subject, other: Subject) -> tuple[Request, ...]:
    """Return requests that two patterns may both be about, though neither's own probes are."""
    both = ((one, other), (other, one))
    match one.tool:
        case Tool.SHELL:
            found = [text for a, b in both if a.matcher is Matcher.GLOB for text in _filled(a.pattern, b.pattern)]
        case Tool.READ | Tool.EDIT:
            found = [_absolute(f"{_head(a.pattern)}{deep}{_tail(b.pattern)}") for a, b in both for deep in ("", "a/")]
        case Tool.MCP if one.server == other.server:
            found = [f"{one.server}.{a.mcp_tool.partition('*')[0]}{b.mcp_tool.rpartition('*')[2]}" for a, b in both]
        case _:
            found = []
    return tuple(Request(one.tool, argument) for argument in dict.fromkeys(found))


def _filled(pattern: str, other: str) -> Iterator[str]:
    """Yield a pattern with the other's words, and fewer and fewer of them, in the place of any text."""
    words = other.replace("*", "a").split(" ")
    yield from (pattern.replace("*", " ".join(words[at:])) for at in range(len(words)))


def _head(pattern: str) -> str:
    """Return the folder in which all is that a pattern of paths is about."""
    return pattern.partition("*")[0].rpartition("/")[0] + "/" if "/" in pattern.partition("*")[0] else "./"


def _tail(pattern: str) -> str:
    """Return a name that a pattern of paths is about."""
    return pattern.rpartition("**/")[2].rpartition("/")[2].replace("*", "a") or "a"


def _commands(subject: Subject) -> Iterator[str]:
    words = subject.pattern.replace("*", "a") if subject.matcher is Matcher.GLOB else subject.pattern
    yield _OTHER
    yield from (form.format(w=words or _OTHER) for form in _COMMANDS)
    yield f"{words.partition(' ')[0]}\u00a0a"
    yield from (f"{words[:1]}{inside}{words[1:]}" for inside in ("\\", "\\\n", "''", '""'))
    if subject.matcher is Matcher.GLOB:
        yield from (subject.pattern.replace("*", filling) for filling in ("", "a b", "a; other", "$(other)", "a > b"))
    if " " in words:
        yield from (words.rsplit(" ", 1)[0], words.replace(" ", "  ", 1), words.replace(" ", " -v ", 1))


def _files(pattern: str) -> Iterator[str]:
    root, home = _WHERE
    yield from (f"{root}/other.txt", f"{root}/a/other.txt", f"{home}/other.txt", "/etc/other.txt")
    tails = [pattern.replace("**/", deep).replace("**", "a/b").replace("*", "a") for deep in ("", "a/", "a/b/")]
    for tail in dict.fromkeys(tails):
        bases = (f"{root}/{tail}", f"{home}/{tail}", f"/opt/{tail}") if pattern.startswith("**/") else ()
        for path in bases or (_absolute(tail),):
            yield from (path, f"{path}/below", f"{path}x", path.rsplit("/", 1)[0], path.removesuffix("/a/b"))
    yield from (f"{root}/a{pattern[1:]}", f"{home}/.config{pattern[1:]}") if pattern.startswith(("./", "/")) else ()


def _absolute(path: str) -> str:
    named = {"./": f"{_WHERE.root}/", "~/": f"{_WHERE.home}/"}
    return named[path[:2]] + path[2:] if path[:2] in named else path


def _hosts(pattern: str) -> Iterator[str]:
    apex = pattern.removeprefix("*.") or "example.com"
    for host in (apex, f"sub.{apex}", f"a.b.{apex}", f"not{apex}", f"{apex}.evil.com", "other.org"):
        yield from (f"https://{host}/path", f"https://{host}", host)
    yield from (
        f"http://{apex}:8080/",
        f"https://{apex.upper()}/",
        f"https://user@{apex}/",
        f"https://{apex}@other.org/",
    )


def _mcp_tools(subject: Subject) -> Iterator[str]:
    server = subject.server or "server"
    tool = subject.mcp_tool.replace("*", "a") or "tool"
    yield from (f"{server}.{tool}", f"{server}.{tool}x", f"{server}.x{tool}", f"{server}x.{tool}", f"other.{tool}")
