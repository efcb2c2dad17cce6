"""What every permission dialect must keep to, whatever its semantics."""

from __future__ import annotations

import string
from collections.abc import Mapping

from hypothesis import strategies as st

from aisync_desktop.clients.descriptor import DialectName, PermissionsEndpoint
from aisync_desktop.clients.dialects.base import Dialect
from aisync_desktop.clients.items import Kind
from aisync_desktop.clients.lens import MAIN, Documents
from aisync_desktop.documents.parse import parse
from aisync_desktop.documents.protocol import Format
from aisync_desktop.permissions.language import Action, Matcher, Subject, Tool

ACTIONS = st.sampled_from(Action)
_WORD_CHARACTERS = string.ascii_letters + string.digits + "_@%+=:,./-"
_words = st.lists(st.text(_WORD_CHARACTERS, min_size=1, max_size=6), min_size=1, max_size=3).map(" ".join)
_pieces = ("git", "a.b", "한", "é", "[", "?", "+", "-x", "^", ".", "#", " x", "*")
_globs = st.lists(st.sampled_from(_pieces), min_size=1, max_size=4).map("".join)
_globs = st.tuples(_globs, _globs).map(lambda ends: "*".join(ends).strip())
_paths = st.sampled_from(["./src/**", "**/.env", "/etc", "~/.ssh"])
_hosts = st.sampled_from(["example.com", "*.example.com"])
_servers = st.from_regex(r"[A-Za-z0-9_-]{1,6}(\.[A-Za-z0-9_-]{1,6})?", fullmatch=True)


def _of(tool: Tool, matcher: Matcher, patterns: st.SearchStrategy[str]) -> st.SearchStrategy[Subject]:
    return patterns.map(lambda pattern: Subject(tool, matcher, pattern))


SUBJECTS = st.one_of(
    st.sampled_from(Tool).map(Subject),
    _of(Tool.SHELL, Matcher.EXACT, _words),
    _of(Tool.SHELL, Matcher.IS, _words),
    _of(Tool.SHELL, Matcher.GLOB, _globs),
    _of(Tool.READ, Matcher.IS, _paths),
    _of(Tool.EDIT, Matcher.IS, _paths),
    _of(Tool.FETCH, Matcher.IS, _hosts),
    _of(Tool.MCP, Matcher.IS, _servers),
    _of(Tool.MCP, Matcher.GLOB, st.sampled_from(["github.get_*", "a.*"])),
)


def endpoint(dialect: DialectName, form: Format, **more: object) -> PermissionsEndpoint:
    """Return an endpoint of a dialect."""
    said = {"kind": Kind.PERMISSIONS, "scope": "user", "paths": ["~/x"], "format": form, "dialect": dialect, **more}
    return PermissionsEndpoint.model_validate(said)


def one(form: Format, content: str) -> Documents:
    """Return the documents of a single file."""
    return {MAIN: parse(content.encode(), form)}


def content(documents: Documents) -> str:
    """Return what the single file holds."""
    return documents[MAIN].dump().decode()


def said(engine: Dialect, documents: Documents) -> list[tuple[str, str]]:
    """Return the permissions that lines say, as they are spelled."""
    return [(str(line.subject), line.action.value) for line in engine.lines(documents) if line.subject]


def opaque(engine: Dialect, documents: Documents) -> dict[str, str]:
    """Return the lines that mean nothing elsewhere, each with the reason."""
    return {
        line.spelled: line.meaning.code for line in engine.lines(documents) if not isinstance(line.meaning, Subject)
    }


def wanted(**actions: str | None) -> Mapping[Subject, Action | None]:
    """Return a wish; spelled as in the items."""
    return {Subject.parse(name): Action(action) if action else None for name, action in actions.items()}


def check_round_trip(engine: Dialect, documents: Documents, subject: Subject, action: Action) -> None:
    """Check that what is not refused is said and nothing else, and can go again; what is refused changes nothing."""
    before, bytes_before = said(engine, documents), content(documents)
    written = engine.write(documents, {subject: action})
    if subject.tool not in engine.tools or engine.refusal(subject, action):
        assert content(written) == bytes_before
        return
    assert sorted(said(engine, written)) == sorted(
        [(name, did) for name, did in before if name != str(subject)] + [(str(subject), action.value)]
    )
    assert content(engine.write(written, {subject: action})) == content(written)
    if str(subject) not in dict(before):
        assert content(engine.write(written, {subject: None})) == bytes_before
