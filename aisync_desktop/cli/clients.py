"""Clients and findings for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable

from aisync_desktop.cli.output import FINE, WAITING, Output
from aisync_desktop.core.messages import Text, text
from aisync_desktop.core.values import Value
from aisync_desktop.engine.doctor import Finding, Severity
from aisync_desktop.engine.inventory import ClientReport
from aisync_desktop.engine.repairs import Repair


def client_lines(clients: Iterable[ClientReport], output: Output) -> Iterable[str]:
    """Render clients for a terminal."""
    absent: list[str] = []
    for client in clients:
        if not client.present:
            absent.append(client.name)
            continue
        yield f"{client.name} ({client.id})  {output.say(_evidence(client))}"
        if client.program:
            code = "cli.unchecked" if client.unchecked else "cli.program"
            yield f"  {output.say(text(code, program=client.program, version=client.version or '?'))}"
        for endpoint in client.endpoints:
            there = "" if endpoint.exists else f"  ({output.say(text('cli.not-there'))})"
            yield f"  {endpoint.kind:<6} {endpoint.items:>3}  {endpoint.path}{there}"
    if absent:
        yield output.say(text("cli.absent", clients=", ".join(absent)))


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
