"""What every dialect promises, as checks that the tests of each of them run."""

from __future__ import annotations

from hypothesis import strategies as st

from aisync_desktop.clients.descriptor import DialectName
from aisync_desktop.clients.dialects.base import Dialect
from aisync_desktop.clients.dialects.registry import dialect_of
from aisync_desktop.clients.lens import MAIN
from aisync_desktop.documents.parse import empty, parse
from aisync_desktop.documents.protocol import Document, Format, Strictness
from aisync_desktop.kernel.messages import Text
from aisync_desktop.permissions.language import Action, Request, Subject, Tool
from tests.helpers import dialect_laws
from tests.permission_corpus import REQUESTS, WHERE

LOOSE = Strictness(comments=True, trailing_commas=True)
_WORDS = st.sampled_from(["git", "push", "npm", "test", "rm", "-rf", "a.b", "x_y", "/bin/ls", "gh", "pr", "/"])
_PARTS = st.sampled_from(["src", ".env", "*", "**", "a*", "*.key", "b"])
_NAMES = st.sampled_from(["github", "my_server", "a-b", "get_issue", "search", "x"])


def _joined(parts: st.SearchStrategy[str], glue: str) -> st.SearchStrategy[str]:
    return st.lists(parts, min_size=1, max_size=3).map(glue.join)


def _patterns(tool: Tool) -> st.SearchStrategy[str]:
    if tool is Tool.SHELL:
        return _joined(st.one_of(_WORDS, st.sampled_from(["*", "te*"])), " ")
    if tool is Tool.FETCH:
        return st.sampled_from(["example.com", "*.example.com", "localhost"])
    if tool is Tool.MCP:
        return st.one_of(_NAMES, st.builds("{}.{}".format, _NAMES, st.one_of(_NAMES, st.sampled_from(["get_*", "*"]))))
    return st.builds("{}{}".format, st.sampled_from(["./", "/", "~/", "**/"]), _joined(_PARTS, "/"))


@st.composite
def _spelled(draw: st.DrawFn) -> str:
    tool = draw(st.sampled_from(Tool))
    matcher = draw(st.sampled_from(["", " = ", ": ", " ~ "]))
    return f"{tool}{matcher}{draw(_patterns(tool))}" if matcher else str(tool)


def _is_subject(spelled: str) -> bool:
    try:
        Subject.parse(spelled)
    except ValueError:
        return False
    return True


SUBJECTS = st.one_of(dialect_laws.SUBJECTS, _spelled().filter(_is_subject).map(Subject.parse))
ACTIONS = dialect_laws.ACTIONS


def engine(dialect: str, form: Format = Format.JSON, **fields: object) -> Dialect:
    """Return the engine of an endpoint."""
    return dialect_of(dialect_laws.endpoint(DialectName(dialect), form, **fields))


def document(text: str, form: Format = Format.JSON) -> Document:
    """Parse a document as a lenient client does."""
    return parse(text.encode(), form, LOOSE)


def shown(dialect: Dialect, held: Document) -> dict[str, str]:
    """Return the meanings of the lines, or why they have none, by how they are spelled."""
    found = {line.spelled: line for line in dialect.lines({MAIN: held})}
    return {
        name: line.meaning.code if isinstance(line.meaning, Text) else str(line.meaning) for name, line in found.items()
    }


def written(dialect: Dialect, held: Document, **wanted: str) -> str:
    """Return a document's text after some subjects are wanted: `written(..., deny="shell: rm")`; `none` takes out."""
    actions = {Subject.parse(spelled): None if name == "none" else Action(name) for name, spelled in wanted.items()}
    return dialect.write({MAIN: held}, actions)[MAIN].dump().decode()


def action_of(dialect: Dialect, held: Document, argument: str, tool: Tool = Tool.SHELL) -> str:
    """Return what a client does with a request."""
    return dialect.verdict(dialect.lines({MAIN: held}), Request(tool, argument), WHERE).action.value


def check_refusal(engine: Dialect, subject: Subject, action: Action) -> None:
    """Require that what is refused, and nothing else, would not be read back."""
    written = engine.write({MAIN: document("{}")}, {subject: action})
    found = [(line.subject, line.action) for line in engine.lines(written)]
    assert (found == [(subject, action)]) is (engine.refusal(subject, action) is None)


def check_round_trip(dialect: Dialect, subject: Subject, action: Action, held: Document | None = None) -> None:
    """What is not refused is read back as it was written, nothing else with it, and goes without a trace."""
    begun = held or empty(Format.JSON)
    before = {line.subject for line in dialect.lines({MAIN: begun})}
    if dialect.refusal(subject, action) is not None or subject in before:
        return
    after = dialect.write({MAIN: begun}, {subject: action})
    lines = [line for line in dialect.lines(after) if line.subject not in before]
    assert [(line.subject, line.action) for line in lines] == [(subject, action)]
    assert dialect.write(after, {subject: action})[MAIN].dump() == after[MAIN].dump()
    assert dialect.write(after, {subject: None})[MAIN].dump() == begun.dump()


def check_whole_corpus(dialect: Dialect, held: Document) -> None:
    """No request is too strange to be judged."""
    lines = dialect.lines({MAIN: held})
    for request in REQUESTS:
        verdict = dialect.verdict(lines, request, WHERE)
        assert verdict.line is None or verdict.line.action is verdict.action
