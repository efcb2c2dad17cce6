"""Every operation, one row each: its name, who may ask, its route, and where its request is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aisync_desktop.kernel.access import Access
from aisync_desktop.service.operations.operation import ROOM, Operation

if TYPE_CHECKING:
    from aisync_desktop.service.operations.request import Request

_SYNC = "Bring everything in step now."
_RESUME = "End a pause and bring everything in step."
_READ, _WRITE, _PERSON = Access.READ, Access.WRITE, Access.PERSON

OPERATIONS: tuple[Operation, ...] = (
    # how things stand
    Operation("status", _READ, "GET", "/sync/status", "standing:StatusRequest"),
    Operation("status-told", _READ, "GET", "/sync/status/told", "standing:ToldStatusRequest"),
    Operation("metrics", _READ, "GET", "/metrics", "metrics:MetricsRequest"),
    Operation("decisions", _READ, "GET", "/decisions", "standing:DecisionsRequest"),
    Operation("decisions-answered", _READ, "GET", "/decisions/answered", "changes:AnsweredRequest"),
    Operation("decision", _READ, "GET", "/decisions/{decision}", "standing:DecisionRequest"),
    Operation("decision-preview", _READ, "POST", "/decisions/{decision}/preview", "previews:DecisionPreviewRequest"),
    Operation("plan", _READ, "GET", "/sync/plan", "planning:PlanRequest"),
    Operation("plan-diff", _READ, "GET", "/sync/plan/diff", "plan_diff:PlanDiffRequest"),
    Operation("proposal", _READ, "POST", "/sync/proposal", "previews:ProposalRequest"),
    Operation("clients", _READ, "GET", "/clients", "looking:ClientsRequest"),
    Operation("items", _READ, "GET", "/items", "looking:ItemsRequest"),
    Operation("permissions", _READ, "GET", "/permissions", "looking:PermissionsRequest"),
    Operation("allowed", _READ, "GET", "/allowed", "looking:AllowedRequest"),
    Operation("doctor", _READ, "GET", "/doctor", "repairing:DoctorRequest"),
    Operation("repair-preview", _READ, "POST", "/doctor/repairs/preview", "repairing:RepairPreviewRequest"),
    Operation("secrets", _READ, "GET", "/secrets", "secrets:SecretsRequest"),
    Operation("secret-check", _READ, "GET", "/secrets/check", "looking:SecretCheckRequest"),
    Operation("secret-references", _READ, "GET", "/secrets/references", "secrets:ReferencesRequest"),
    Operation("tokens", _READ, "GET", "/tokens", "tokens:TokensRequest"),
    Operation("projects", _READ, "GET", "/projects", "looking:ProjectsRequest"),
    Operation("settings", _READ, "GET", "/settings", "program:SettingsRequest"),
    Operation("undo-preview", _READ, "GET", "/config/undo/preview", "going_back:UndoPreviewRequest"),
    Operation("redo-preview", _READ, "GET", "/config/redo/preview", "going_back:RedoPreviewRequest"),
    Operation("rollback-preview", _READ, "GET", "/config/rollback/preview", "going_back:RollbackPreviewRequest"),
    Operation("restore-preview", _READ, "GET", "/files/restore/preview", "remedies:RestorePreviewRequest"),
    # what was
    Operation("history", _READ, "GET", "/config/snapshots", "history:SnapshotsRequest"),
    Operation("changes", _READ, "GET", "/changes", "changes:ChangesRequest"),
    Operation("snapshot", _READ, "GET", "/config/snapshots/{snapshot}", "history:SnapshotRequest"),
    Operation("difference", _READ, "GET", "/config/snapshots/{before}/difference", "history:DifferenceRequest"),
    Operation("versions", _READ, "GET", "/files/versions", "history:VersionsRequest"),
    Operation("version", _READ, "GET", "/files/versions/{version}", "history:VersionRequest"),
    Operation("logs", _READ, "GET", "/logs", "history:LogsRequest"),
    # what is done
    Operation("sync", _WRITE, "POST", "/sync/trigger", "syncing:SyncRequest", verb="sync", about=_SYNC),
    Operation("pause", _WRITE, "POST", "/sync/pause", "syncing:PauseRequest"),
    Operation("resume", _WRITE, "POST", "/sync/resume", "syncing:ResumeRequest", verb="resume", about=_RESUME),
    Operation("apply", _PERSON, "POST", "/config/apply", "syncing:ApplyRequest"),
    Operation("decide", _PERSON, "POST", "/decisions/{decision}", "syncing:DecideRequest"),
    Operation("repair", _PERSON, "POST", "/doctor/repairs", "repairing:RepairRequest"),
    Operation("restore-file", _PERSON, "POST", "/files/restore", "remedies:RestoreFileRequest"),
    Operation("make-writable", _PERSON, "POST", "/files/writable", "remedies:WritableRequest"),
    Operation("rollback", _PERSON, "POST", "/config/rollback", "going_back:RollbackRequest"),
    Operation("undo", _PERSON, "POST", "/config/undo", "going_back:UndoRequest"),
    Operation("redo", _PERSON, "POST", "/config/redo", "going_back:RedoRequest"),
    Operation("leave", _PERSON, "POST", "/config/leave", "going_back:LeaveRequest"),
    Operation("switch", _PERSON, "POST", "/sync/switch", "switching:SwitchRequest"),
    Operation("switch-client", _PERSON, "PATCH", "/clients/{client}", "switching:ClientSwitch"),
    Operation("pin", _PERSON, "POST", "/items/pin", "switching:PinRequest"),
    Operation("project-add", _PERSON, "POST", "/projects", "switching:ProjectAddition"),
    Operation("project-remove", _PERSON, "DELETE", "/projects", "switching:ProjectRemoval"),
    Operation("keyring-open", _WRITE, "POST", "/secrets/keyring", "secrets:KeyringRequest"),
    Operation("secret-set", _PERSON, "PUT", "/secrets/{reference}", "secrets:SecretValue"),
    Operation("secret-remove", _PERSON, "DELETE", "/secrets/{reference}", "secrets:SecretRemoval"),
    Operation("token-new", _PERSON, "POST", "/tokens", "tokens:TokenAddition"),
    Operation("token-rotate", _PERSON, "POST", "/tokens/{name}/rotate", "tokens:TokenRotation"),
    Operation("token-revoke", _PERSON, "DELETE", "/tokens/{name}", "tokens:TokenRevocation"),
    Operation("ticket-new", _PERSON, "POST", "/auth/tickets", "tickets:TicketRequest"),
    Operation("password-set", _PERSON, "PUT", "/auth/password", "passwords:PasswordValue"),
    Operation("password-remove", _PERSON, "DELETE", "/auth/password", "passwords:PasswordRemoval"),
    Operation("setting-set", _PERSON, "PATCH", "/settings", "program:SettingChange"),
    Operation("export-record", _WRITE, "POST", "/exports", "program:ExportRecord"),
    Operation("show-window", _WRITE, "POST", "/window/show", "program:ShowWindow"),
)
_BY_FOUND = {operation.found: operation for operation in OPERATIONS}
_BY_NAME = {operation.name: operation for operation in OPERATIONS}


def operation_named(name: str) -> Operation:
    """Return the operation of this name."""
    return _BY_NAME[name]


def operation_of(request: type[Request]) -> Operation:
    """Return the operation that a request asks for."""
    return _BY_FOUND[f"{request.__module__.removeprefix(f'{ROOM}.')}:{request.__qualname__}"]
