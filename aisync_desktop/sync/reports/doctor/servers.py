"""What is wrong with items: secrets in clear, servers that cannot start here, servers that are one."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from aisync_desktop.clients.descriptor import AfterWrite
from aisync_desktop.clients.items import Item, ItemKey, McpServer
from aisync_desktop.files.git_index import is_tracked
from aisync_desktop.files.programs import find_program
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.values import Value
from aisync_desktop.secrets.seal import contains_sealed
from aisync_desktop.sync.applying.repairs import making_private, relaunching, taking_out
from aisync_desktop.sync.model.diff import flatten
from aisync_desktop.sync.reports.doctor.finding import Finding, Severity, found, located
from aisync_desktop.sync.terms.display_names import shown
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.starting_servers import unsettled

_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_OTHERS = 0o077


class _Fault(NamedTuple):
    """Why a server cannot start here, and the field that says so."""

    code: str
    what: str
    field: tuple[str, ...]


def in_items(state: EndpointState, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what is found about the items of an endpoint."""
    for key, reason in sorted(state.view.opaque.items()):
        step = text("doctor.left-alone.next", item=shown(key.name))
        yield Finding(Severity.INFO, reason, step, state.client, str(state.scope), *located(state, key))
    for key, item in sorted(state.raw.items()):
        yield from _secrets(state, key, item, environ)
        yield from _changed_launcher(state, key, environ)
        if isinstance(item, McpServer) and item.enabled:
            for fault in _faults(item, environ, Path(state.scope.root)):
                spot = state.lens.where(state.documents, key, fault.field)
                again = relaunching(state, key, shown(key.name), environ) if fault.code == "no-command" else ()
                said = {"item": shown(key.name), "what": shown(fault.what)}
                yield replace(found(Severity.WARNING, fault.code, state, spot, **said), repairs=again)
    yield from _of_files(state)
    for one, other in _alike(state):
        spot = state.lens.where(state.documents, other)
        yield found(Severity.WARNING, "alike", state, spot, item=shown(one.name), other=shown(other.name))
    if state.view.items and state.lens.endpoint.after_write is AfterWrite.APPROVAL:
        yield found(Severity.INFO, "approval", state)


def _secrets(state: EndpointState, key: ItemKey, item: Item, environ: Mapping[str, str]) -> Iterator[Finding]:
    code, severity = ("secret-in-project", Severity.ERROR) if state.scope.root else ("secret", Severity.WARNING)
    fields = sorted(path for path, value in flatten(item.fields()).items() if _has_secret(value))
    repairs = taking_out(state, key, shown(key.name), environ) if fields else ()
    for path in fields:
        spot = state.lens.where(state.documents, key, path)
        one = found(severity, code, state, spot, item=shown(key.name), field=shown(".".join(path)))
        yield replace(one, repairs=repairs)


def _changed_launcher(state: EndpointState, key: ItemKey, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Yield that a launcher would not start its item, as the user did not agree to it, and could not, or it is gone."""
    meant = state.launching.started.get(key)
    if key not in state.spelled or not isinstance(meant, McpServer) or not contains_sealed(meant.env):
        return
    item = shown(key.name)
    if field := unsettled(str(state.scope), meant.fields()):
        yield found(Severity.WARNING, "launch-depends", state, item=item, field=field)
    elif not state.launching.consents.has_agreed(state.scope, key, meant):
        again = [one for one in relaunching(state, key, item, environ) if one.agreed.program]
        if again:
            yield replace(found(Severity.WARNING, "launch-changed", state, item=item), repairs=tuple(again))
        else:
            yield found(Severity.WARNING, "launch-missing", state, item=item, what=shown(meant.command or ""))


def _has_secret(value: Value) -> bool:
    return contains_sealed({"": value})


def _faults(server: McpServer, environ: Mapping[str, str], root: Path) -> Iterator[_Fault]:
    command = server.command
    if command and "$" not in command and not _can_be_found(command, environ, root):
        yield _Fault("no-command", command, ("command",))
    if server.url is not None and not server.url.startswith(("http://", "https://", "ws://", "wss://", "$")):
        yield _Fault("no-url", server.url.partition(":")[0], ("url",))
    referring: dict[str, tuple[str, ...]] = {}
    for field, value in flatten(server.fields()).items():
        referring |= dict.fromkeys(set(_REFERENCE.findall(str(value))) - referring.keys(), field)
    for name in sorted(referring.keys() - environ.keys()):
        yield _Fault("unset", name, referring[name])


def _can_be_found(command: str, environ: Mapping[str, str], root: Path) -> bool:
    return find_program(command, environ) is not None or (root / command).exists()


def _of_files(state: EndpointState) -> Iterator[Finding]:
    """Yield files with secrets that other people of this machine may read, or all who get the repository."""
    if not any(_has_secret(value) for item in state.raw.values() for value in item.fields().values()):
        return
    for file in (state.main,) if state.main else state.files.values():  # what stands beside it holds no entries
        if file.reading and file.hash and file.reading.mode & _OTHERS:
            one = found(Severity.WARNING, "open-file", state, file.path)
            yield replace(one, repairs=(making_private(file.path, state.scope),) if os.name == "posix" else ())
        if file.reading and file.hash and is_tracked(file.path):
            yield found(Severity.ERROR, "tracked", state, file.path)


def _alike(state: EndpointState) -> Iterator[tuple[ItemKey, ItemKey]]:
    """Yield servers that are one under two names, or whose tools a client would take for each other's."""
    seen: dict[object, ItemKey] = {}
    for key, item in sorted(state.raw.items()):
        if not isinstance(item, McpServer):
            continue
        for mark in ((item.command, item.args, item.url), re.sub(r"[^a-z0-9-]", "_", key.name.casefold())):
            first = seen.setdefault(mark, key)
            if first != key:
                yield first, key
                break
