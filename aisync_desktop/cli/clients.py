"""Clients and findings for people and for programs; and `aisync doctor --repair`: shown first, then done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from aisync_desktop.cli.output import Output
from aisync_desktop.cli.plans import plan_lines
from aisync_desktop.clients.items import Kind
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.service.operations.repairing import (
    FindingReport,
    RepairPreviewRequest,
    RepairReport,
    RepairRequest,
)
from aisync_desktop.service.told import FINE, WAITING
from aisync_desktop.sync.reports.doctor import Severity
from aisync_desktop.sync.reports.inventory import Age, ClientReport, Inventory

if TYPE_CHECKING:
    from aisync_desktop.cli.session import Session

_APART = frozenset({Age.NEWER, Age.OLDER, Age.BETWEEN})


def client_lines(found: Inventory, session: Session) -> Iterable[str]:
    """Render the clients that are on this machine for a terminal."""
    output, width = session.out, max(map(len, Kind))
    for client in found.clients:
        if not client.present:
            continue
        yield f"{client.name} ({client.id})  {output.say(_evidence(client))}"
        if client.program:
            yield f"  {output.say(_program(client))}"
        for endpoint in client.endpoints:
            there = "" if endpoint.exists else f"  ({output.say(text('cli.not-there'))})"
            yield f"  {endpoint.kind:<{width}} {endpoint.items:>3}  {session.path(endpoint.path)}{there}"
    if not any(client.present for client in found.clients):
        yield output.say(text("cli.no-clients"))
    yield from (output.say(text(f"cli.machine.{machine}")) for machine in found.machines)
    for rejected in found.rejected:
        at = f":{rejected.line}:{rejected.column}" if rejected.line else ""
        yield output.say(text("cli.rejected", path=rejected.path + at))
        yield f"  ! {output.say(rejected.message)} {output.say(rejected.next_step)}"


def _program(client: ClientReport) -> Text:
    """Return where a client's program is, and how its version stands to what was checked."""
    if client.windows_side:
        return text("cli.program.windows", program=client.program)
    return text(
        f"cli.program.{client.age}" if client.age in _APART else "cli.program",
        program=client.program,
        version=client.version or "?",
        seen=", ".join(client.seen_on),
    )


def _evidence(client: ClientReport) -> Text:
    return text(f"cli.evidence.{client.verified}", versions=", ".join(client.seen_on) or "-")


def findings_exit_code(findings: Iterable[FindingReport]) -> int:
    """Return 3 where something should be done."""
    return WAITING if any(finding.severity is not Severity.INFO for finding in findings) else FINE


def repair_lines(repairs: Iterable[RepairReport], output: Output) -> Iterable[str]:
    """Render repairs for a terminal."""
    for repair in repairs:
        yield f"      + {output.say(text('doctor.repair.offer', id=repair.id, summary=output.say(repair.summary)))}"


def finding_lines(findings: Iterable[FindingReport], session: Session) -> Iterable[str]:
    """Render findings for a terminal, by file."""
    output, place = session.out, None
    for finding in findings:
        if place != (finding.client, finding.path):
            place = (finding.client, finding.path)
            yield "  ".join(
                part for part in (finding.client, session.path(finding.path) if finding.path else "") if part
            )
        mark = {Severity.ERROR: "!", Severity.WARNING: "?", Severity.INFO: "-"}[finding.severity]
        at = f"{finding.line}:{finding.column} " if finding.line else ""
        yield f"  {mark} {at}{output.say(finding.message)} {output.say(finding.next_step)}"
        yield from repair_lines(finding.repairs, output)
    if place is None:
        yield output.say(text("doctor.healthy"))


def repair_all(session: Session, ids: tuple[str, ...], *, yes: bool) -> int:
    """Show the chosen repairs, ask unless that is answered, do them, and return the exit code."""
    path = session.world.environ.get("PATH", "")
    found = session.ask(RepairPreviewRequest(ids=ids))
    if not found.repairs:
        session.out.answer({"repairs": []}, [session.out.say(text("doctor.no-repair"))])
        return FINE
    if not yes:
        session.out.show((*repair_lines(found.repairs, session.out), *plan_lines(found.plan, session)))
        session.require_consent("doctor.repair.question")
    named = tuple(repair.id for repair in found.repairs)
    return session.show_sync(session.ask(RepairRequest(ids=named, path=path)))
