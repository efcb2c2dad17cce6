"""The doctor: what is wrong, or worth knowing, about every file. It only looks, and contacts nothing.

Items reach it sealed, so that no finding can hold a secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from aisync_desktop.connectors.descriptor import AfterWrite
from aisync_desktop.core.diff import flatten
from aisync_desktop.core.errors import WorldError
from aisync_desktop.core.items import ItemKey, McpServer
from aisync_desktop.core.messages import Text, text
from aisync_desktop.core.values import Value
from aisync_desktop.engine.decisions import LEAK
from aisync_desktop.engine.endpoints import EndpointState
from aisync_desktop.engine.surroundings import Looked
from aisync_desktop.files.programs import find_program
from aisync_desktop.secrets.seal import contains_sealed

_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_OTHERS = 0o077


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Finding:
    """One thing that was found, and what to do about it."""

    severity: Severity
    message: Text
    next_step: Text
    client: str = ""
    scope: str = ""
    path: str = ""

    @property
    def code(self) -> str:
        """What programs know it by."""
        return self.message.code


def examine(looked: Looked, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Yield everything that is found."""
    for error in looked.catalog.errors:
        yield _of_error(error)
    for notice in looked.survey.notices:
        yield Finding(Severity.ERROR, notice.message, notice.next_step, path=notice.path)
    for state, problem in looked.plan.problems:
        yield _of_error(problem, state)
    for state in looked.survey.endpoints:
        yield from _of_endpoint(state, environ)
    for decision in looked.plan.decisions:
        if decision.kind == LEAK:
            step = text("doctor.leak.next", id=decision.id)
            yield Finding(Severity.ERROR, decision.summary, step, ", ".join(decision.sides), str(decision.scope))


def _of_error(error: WorldError, state: EndpointState | None = None) -> Finding:
    client, scope = (state.client, str(state.scope)) if state else ("", "")
    return Finding(Severity.ERROR, error.message, error.next_step, client, scope, str(error.path or ""))


def _of_endpoint(state: EndpointState, environ: Mapping[str, str]) -> Iterator[Finding]:
    def found(severity: Severity, code: str, path: Path = state.path, **params: str) -> Finding:
        message, step = text(f"doctor.{code}", **params), text(f"doctor.{code}.next")
        return Finding(severity, message, step, state.client, str(state.scope), str(path))

    for key, reason in sorted(state.view.opaque.items()):
        step = text("doctor.left-alone.next", item=key.name)
        yield Finding(Severity.INFO, reason, step, state.client, str(state.scope), str(state.path))
    for key, item in sorted(state.view.items.items()):
        for field in sorted({".".join(path) for path, value in flatten(item.fields()).items() if _has_secret(value)}):
            code = "secret-in-project" if state.scope.root else "secret"
            severity = Severity.ERROR if state.scope.root else Severity.WARNING
            yield found(severity, code, item=key.name, field=field)
        if isinstance(item, McpServer) and item.enabled:
            for code, what in _of_server(item, environ, Path(state.scope.root)):
                yield found(Severity.WARNING, code, item=key.name, what=what)
    yield from (found(Severity.WARNING, "open-file", path) for path in _open_files(state))
    for one, other in _alike(state):
        yield found(Severity.WARNING, "alike", item=one.name, other=other.name)
    if state.view.items and state.lens.endpoint.after_write is AfterWrite.APPROVAL:
        yield found(Severity.INFO, "approval")


def _has_secret(value: Value) -> bool:
    return contains_sealed({"": value})


def _of_server(server: McpServer, environ: Mapping[str, str], root: Path) -> Iterator[tuple[str, str]]:
    """Yield why a server cannot start here."""
    command = server.command
    if command and "$" not in command and not _can_be_found(command, environ, root):
        yield "no-command", command
    if server.url is not None and not server.url.startswith(("http://", "https://", "ws://", "wss://", "$")):
        yield "no-url", server.url.partition(":")[0]
    said = " ".join(str(value) for value in flatten(server.fields()).values())
    for name in sorted(set(_REFERENCE.findall(said)) - environ.keys()):
        yield "unset", name


def _can_be_found(command: str, environ: Mapping[str, str], root: Path) -> bool:
    return find_program(command, environ) is not None or (root / command).exists()


def _open_files(state: EndpointState) -> Iterator[Path]:
    """Yield files with secrets that other people of this machine may read."""
    if any(_has_secret(value) for item in state.view.items.values() for value in item.fields().values()):
        for file in state.files.values():
            if file.reading and file.hash and file.reading.mode & _OTHERS:
                yield file.path


def _alike(state: EndpointState) -> Iterator[tuple[ItemKey, ItemKey]]:
    """Yield servers that are one under two names, or whose tools a client would take for each other's."""
    seen: dict[object, ItemKey] = {}
    for key, item in sorted(state.view.items.items()):
        if not isinstance(item, McpServer):
            continue
        for mark in ((item.command, item.args, item.url), re.sub(r"[^a-z0-9-]", "_", key.name.casefold())):
            first = seen.setdefault(mark, key)
            if first != key:
                yield first, key
                break
