"""Clients and findings for people and for programs; and `aisync doctor --repair`: shown first, then done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from aisync_desktop.cli.output import FINE, WAITING, Output
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.applying.repairs import Repair, chosen, mending
from aisync_desktop.sync.reports.doctor import Finding, Severity
from aisync_desktop.sync.reports.inventory import Age, ClientReport, Inventory

if TYPE_CHECKING:
    from aisync_desktop.cli.session import Session

_APART = frozenset({Age.NEWER, Age.OLDER, Age.BETWEEN})


def inventory_answer(found: Inventory) -> Value:
    """Return the JSON form of what is known of clients; what is said is in English, as in all of them."""
    answer: dict[str, Value] = found.model_dump(mode="json")
    rejected: list[Value] = [
        {
            "path": one.path,
            "line": one.line,
            "column": one.column,
            "message": one.message.english(),
            "next_step": one.next_step.english(),
        }
        for one in found.rejected
    ]
    return answer | {"rejected": rejected}


def client_lines(found: Inventory, output: Output) -> Iterable[str]:
    """Render clients for a terminal."""
    absent: list[str] = []
    for client in found.clients:
        if not client.present:
            absent.append(client.name)
            continue
        yield f"{client.name} ({client.id})  {output.say(_evidence(client))}"
        if client.program:
            yield f"  {output.say(_program(client))}"
        for endpoint in client.endpoints:
            there = "" if endpoint.exists else f"  ({output.say(text('cli.not-there'))})"
            yield f"  {endpoint.kind:<6} {endpoint.items:>3}  {endpoint.path}{there}"
    if absent:
        yield output.say(text("cli.absent", clients=", ".join(absent)))
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


def findings_exit_code(findings: Iterable[Finding]) -> int:
    """Return 3 where something should be done."""
    return WAITING if any(finding.severity is not Severity.INFO for finding in findings) else FINE


def finding_answer(finding: Finding) -> Value:
    """Return the JSON form of a finding."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "client": finding.client,
        "scope": finding.scope,
        "path": finding.path,
        "line": finding.at.line if finding.at else None,
        "column": finding.at.column if finding.at else None,
        "message": finding.message.english(),
        "next_step": finding.next_step.english(),
        "repairs": [
            {"id": repair.id, "cure": repair.cure.value, "summary": repair.summary.english()}
            for repair in finding.repairs
        ],
    }


def repair_lines(repairs: Iterable[Repair], output: Output) -> Iterable[str]:
    """Render repairs for a terminal."""
    for repair in repairs:
        yield f"      + {output.say(text('doctor.repair.offer', id=repair.id, summary=output.say(repair.summary)))}"


def finding_lines(findings: Iterable[Finding], output: Output) -> Iterable[str]:
    """Render findings for a terminal, by file."""
    place = None
    for finding in findings:
        if place != (finding.client, finding.path):
            place = (finding.client, finding.path)
            yield "  ".join(part for part in place if part)
        mark = {Severity.ERROR: "!", Severity.WARNING: "?", Severity.INFO: "-"}[finding.severity]
        at = f"{finding.at.line}:{finding.at.column} " if finding.at else ""
        yield f"  {mark} {at}{output.say(finding.message)} {output.say(finding.next_step)}"
        yield from repair_lines(finding.repairs, output)
    if place is None:
        yield output.say(text("doctor.healthy"))


def repair_all(session: Session, ids: tuple[str, ...], *, yes: bool) -> int:
    """Show the chosen repairs, ask unless that is answered, do them, and return the exit code."""
    from aisync_desktop.cli.plans import plan_lines
    from aisync_desktop.sync.reports.preview import look

    repairs = chosen((repair for finding in session.findings() for repair in finding.repairs), ids)
    if not repairs:
        session.out.answer({"repairs": []}, [session.out.say(text("doctor.no-repair"))])
        return FINE
    if not yes:
        plan = look(session.world, mending=mending(repairs)).plan
        session.out.show((*repair_lines(repairs, session.out), *plan_lines(plan, session.out)))
        session.require_consent("doctor.repair.question")
    return session.show_sync(session.repair(tuple(repair.id for repair in repairs)))
