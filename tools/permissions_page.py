"""What docs/PERMISSIONS.md says: what becomes of one client's permissions at every other, as their engines answer."""

from __future__ import annotations

from collections.abc import Iterator

from aisync_desktop.clients.descriptor import Descriptor, PermissionsEndpoint
from aisync_desktop.clients.dialects.registry import dialect_of
from aisync_desktop.clients.dialects.translation import Crossing, crossing
from aisync_desktop.clients.loader import load_catalog
from aisync_desktop.permissions.language import Action, Subject
from aisync_desktop.permissions.shell.grammar import parse

_SOURCE = "claude-code"  # its rules can say the most
_RULES = (
    (Action.ALLOW, "shell: git push"),
    (Action.ALLOW, "shell = make"),
    (Action.ALLOW, "shell ~ npm run *"),
    (Action.ASK, "shell: git push"),
    (Action.DENY, "shell: rm"),
    (Action.DENY, "read: **/.env"),
    (Action.ALLOW, "edit: ./src/**"),
    (Action.ALLOW, "fetch: example.com"),
    (Action.ALLOW, "mcp: github"),
    (Action.ALLOW, "mcp: github.get_issue"),
    (Action.DENY, "mcp: github.delete_repo"),
)
_TEXT = """\
# Permissions

{note}
A permission is an action (`allow`, `ask`, `deny`), a tool (`shell`, `read`, `edit`, `fetch`, `mcp`), and what it is
about:

| written | about |
|---|---|
| `shell` | every command |
| `shell: git push` | commands that begin with these words |
| `shell = make` | this command and no other |
| `shell ~ npm run *` | commands like this, where `*` is any text |
| `read: **/.env`, `edit: ./src/**` | files; `./` is the project, `~/` the home folder |
| `fetch: example.com`, `fetch: *.example.com` | a host, or those below it |
| `mcp: github`, `mcp: github.get_issue`, `mcp ~ github.get_*` | a server's tools, one of them, or some |

They are translated by what they mean: what a client would do is computed by an engine for its way of deciding (its
*dialect*), and before anything is written the engines of both sides are asked about a hundred disguises of the same
command: with more words, in compounds, behind wrappers and variables, redirected, substituted.

- What makes a client stricter is written by itself.
- What would let a client do more than before is asked, once for each permission and client, with examples.
- What a client cannot say, or stops less of, is shown as a loss. A refusal that stops less is written all the same;
  the examples hold beside all other rules of the client, and so does what is said of clients that stop them.
- Modes in which nothing is asked are read (`aisync allowed`, `aisync permissions`), and never written.

## What crosses

Rules of {source} at every other client, in a file of the user's that has no others. *Same*: no difference was found.
*Wider*: it would allow more than it does at home. *Stops less*: something that it stops at home gets through. *No*:
the client cannot say it, and the user is told.

{table}

A client that is not here has no permissions in a file of its own, or none that can be written safely.
"""


def permissions_page(note: str) -> str:
    """Return the page."""
    catalog = load_catalog()
    source = next(one for one in catalog.descriptors if one.id == _SOURCE)
    return _TEXT.format(note=note, source=source.name, table="\n".join(_table(catalog.descriptors, _users(source))))


def _users(descriptor: Descriptor) -> list[PermissionsEndpoint]:
    found = (one for one in descriptor.endpoints if isinstance(one, PermissionsEndpoint))
    return [one for one in found if one.scope == "user" and not one.consulted]


def _table(descriptors: tuple[Descriptor, ...], sources: list[PermissionsEndpoint]) -> Iterator[str]:
    yield "| client | " + " | ".join(f"{action} `{rule}`" for action, rule in _RULES) + " |"
    yield "|---" * (len(_RULES) + 1) + "|"
    for descriptor in sorted(descriptors, key=lambda one: one.name.casefold()):
        targets = _users(descriptor)
        if targets and descriptor.id != _SOURCE:
            cells = (_cell(Subject.parse(rule), action, sources, targets) for action, rule in _RULES)
            yield f"| {descriptor.name} | " + " | ".join(cells) + " |"


def _cell(
    subject: Subject, action: Action, sources: list[PermissionsEndpoint], targets: list[PermissionsEndpoint]
) -> str:
    for target in targets:
        dialect = dialect_of(target)
        if subject.tool in dialect.tools and dialect.refusal(subject, action) is None:
            return _told(
                crossing(subject, action, sources, target), is_free=action is Action.ALLOW and target.unsandboxed
            )
    return "no"


def _told(met: Crossing, *, is_free: bool) -> str:
    if met.wider:
        return f"wider: `{_shown(met.wider)}`{', outside its sandbox' if is_free else ''}"
    if met.weaker:
        return f"stops less: `{_shown(met.weaker)}`"
    return "wider: outside its sandbox" if is_free else "same"


def _shown(examples: tuple[str, ...]) -> str:
    """Return the plainest example in one line, as it can stand in a table."""
    plain = min(examples, key=lambda one: (not parse(one).understood, not one.isprintable(), len(one)))
    return plain.replace("\n", "\u21b5").replace("|", "\\|").replace("`", "\u02cb")
