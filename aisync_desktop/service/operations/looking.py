"""What is here: clients, items, permissions, projects, secrets in files. Each answer is a look at the files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from aisync_desktop.clients.items import Kind
from aisync_desktop.service.operations.request import LONGEST_PATH, SCOPE, LookRequest
from aisync_desktop.sync.reports.allowed import Answer, answers
from aisync_desktop.sync.reports.audit import Rights, audit
from aisync_desktop.sync.reports.inventory import Inventory, inventory
from aisync_desktop.sync.reports.matrix import ItemReport, matrix
from aisync_desktop.sync.reports.preview import look
from aisync_desktop.sync.reports.secret_checks import Check, checked
from aisync_desktop.sync.terms.stored import stored_projects

if TYPE_CHECKING:
    from aisync_desktop.program.world import World

_ROOT = "A project's root folder; without it, the user's home."


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class Items(_Answer):
    """Every item, with how each client stands to it."""

    items: tuple[ItemReport, ...]


class Answers(_Answer):
    """What each client would do."""

    answers: tuple[Answer, ...]


class Audit(_Answer):
    """What each client may do, and what of that is dangerous."""

    clients: tuple[Rights, ...]


class Project(_Answer):
    """A folder that the user has added."""

    path: str


class Projects(_Answer):
    """The projects that are kept in step."""

    projects: tuple[Project, ...]


class ClientsRequest(LookRequest):
    """The clients: what is known of each, and what it keeps where."""

    def run(self, world: World) -> Inventory:
        """Look at every client."""
        return inventory(look(world), world)


class ItemsRequest(LookRequest):
    """The items: which clients hold each as it is meant, which differently, which not, and why."""

    kind: Kind | None = None
    scope: str = Field("", max_length=LONGEST_PATH, description=SCOPE)

    def run(self, world: World) -> Items:
        """Look at every item."""
        return Items(items=matrix(look(world), self.kind.value if self.kind else "", self.scope))


class PermissionsRequest(LookRequest):
    """What each client may do that others may not, and what is dangerous to allow."""

    project: str = Field("", max_length=LONGEST_PATH, description=_ROOT)

    def run(self, world: World) -> Audit:
        """Look at every client's permissions."""
        return Audit(clients=audit(world, self.project))


class AllowedRequest(LookRequest):
    """Whether a client would run, read, edit, fetch or call something: allow, ask or deny, and by which rule."""

    tool: Literal["shell", "bash", "read", "edit", "fetch", "mcp"]
    argument: str = Field(max_length=100_000, description="A command line, a path, a URL, SERVER.TOOL.")
    client: str = ""
    project: str = Field("", max_length=LONGEST_PATH, description=_ROOT)

    def run(self, world: World) -> Answers:
        """Look at every client's permissions, and ask each."""
        return Answers(answers=answers(world, self.client, self.tool, self.argument, self.project))


class ProjectsRequest(LookRequest):
    """The projects that are kept in step."""

    def run(self, world: World) -> Projects:
        """Look them up."""
        return Projects(projects=tuple(Project(path=root) for root in stored_projects(world)))


class SecretCheckRequest(LookRequest):
    """Whether the value of each secret can be had, and whether the clients' files agree."""

    def run(self, world: World) -> Check:
        """Ask for every value, and look at the files."""
        return checked(world)
