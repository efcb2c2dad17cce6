"""The schema of a descriptor: everything that the lens must know of a client, as data.

A descriptor names endpoints (one file in one scope that keeps one kind); an endpoint names its candidate paths, its
format and strictness, where the items are, and the shapes that an entry can have (entry_shapes.py).
"""

from __future__ import annotations

import sys
from enum import StrEnum
from functools import cached_property
from pathlib import PurePath
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from aisync_desktop.clients.entry_shapes import Pattern, References, Shape
from aisync_desktop.clients.items import Kind
from aisync_desktop.documents.protocol import Format, Strictness
from aisync_desktop.kernel.texts import visible
from aisync_desktop.permissions.language import Action, Tool


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StrictnessModel(_Model):
    """What the client's own parser accepts."""

    comments: bool = False
    trailing_commas: bool = False
    bom: bool = True
    frontmatter: bool = True  # of Markdown; where it is no YAML, it is read line by line


class LockModel(_Model):
    """A lock folder that the client makes beside its file."""

    suffix: str = ".lock"
    stale_seconds: float = 10.0
    wait_seconds: float = 1.0


Verified: TypeAlias = Literal["run", "source", "docs"]


class AfterWrite(StrEnum):
    """What must happen until the client uses what was written."""

    LIVE = "live"  # nothing: a running session takes it over
    RESTART = "restart"  # the next session has it
    APPROVAL = "approval"  # the user must approve it, or trust the folder, in the client


def _of_this_system(value: object) -> object:
    """Choose from a table by operating system; a plain list holds everywhere."""
    if not isinstance(value, dict):
        return value
    if value.keys() != {"linux", "macos", "windows"}:
        raise ValueError("a table of paths has linux, macos and windows")
    return value[{"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")]


_PathTable: TypeAlias = tuple[str, ...] | dict[Literal["linux", "macos", "windows"], tuple[str, ...]]
Paths = Annotated[
    tuple[str, ...], BeforeValidator(_of_this_system, json_schema_input_type=_PathTable), Field(min_length=1)
]


class FileModel(_Model):
    """One file: where it is, and how the client reads and locks it. A path is relative to the project after `./`."""

    paths: Paths
    # The first path whose variable is set; or the first of these that exists, or that exists and is not empty.
    choose: Literal["set", "exists", "filled"] = "set"
    others: Literal["hidden", "merged"] = "hidden"  # what the client does with those that exist after it
    format: Format
    strictness: StrictnessModel = StrictnessModel()
    lock: LockModel | None = None
    create: dict[str, str | int | bool] = {}  # what a file that we make must hold besides

    @cached_property
    def accepts(self) -> Strictness:
        """What the client's own parser takes."""
        return Strictness(**self.strictness.model_dump())


class _Endpoint(FileModel):
    scope: Literal["user", "project"]
    beside: dict[str, FileModel] = {}  # files that hold a part of the truth, by the role that the lens knows them by
    folder: str = ""  # a glob: the path leads to a folder of such files, each with one item
    reads_only: bool = False  # the client reads this file, which belongs to others, and writes to another one
    backups: tuple[str, ...] = ()  # globs in a folder: copies of the file that the client keeps
    after_write: AfterWrite = AfterWrite.RESTART
    verified: Verified | None = None  # where this endpoint is known better or worse than the rest of its client


ROOT = "{root}"  # in a way: the project's root folder


class Apart(_Model):
    """Something about the entries that is not among them: in the same file, or in one beside it."""

    beside: str = ""  # the role of the file that holds it
    within: tuple[
        str, ...
    ] = ()  # the way to a map that is the client's to make: where it is not there, nothing is said
    path: tuple[str, ...] = Field(min_length=1)  # the way on from there

    @property
    def way(self) -> tuple[str, ...]:
        """The whole way to it."""
        return (*self.within, *self.path)

    def in_project(self, root: str) -> Self:
        """Return it as it is meant in one project."""
        return self.model_copy(update={"within": tuple(root if step == ROOT else step for step in self.within)})


class NameList(Apart):
    """A list of servers' names beside the entries."""

    signature: str = ""  # what an element can be instead of a name, made of {command} and {args}
    stays: bool = False  # the client itself keeps the list when it is empty


# What a project's file shares with the user's where it is said to be like it: all that is not of the one file.
DIALECT = frozenset(
    {"format", "strictness", "create", "root", "bare", "container", "name_key", "references", "names"}
    | {"unmapped", "knows", "hides", "shapes", "dialect", "lists", "tools", "mode", "open_modes", "unsandboxed"}
    | {"stops", "unasked", "settings", "modes"}
)


def _may_be_like(schema: dict[str, Any]) -> None:
    """Say in the schema that what is like another endpoint need not say the dialect again."""
    said_once = [name for name in schema["required"] if name in DIALECT]
    schema["required"] = [name for name in schema["required"] if name not in DIALECT]
    schema["anyOf"] = [{"required": ["like"]}, {"required": sorted(said_once)}]


class McpEndpoint(_Endpoint):
    """Where the client keeps MCP servers in one scope."""

    model_config = ConfigDict(json_schema_extra=_may_be_like)

    kind: Literal[Kind.MCP]
    like: Literal["user"] | None = None  # a project's file that is written as the user's one before it
    root: tuple[str, ...] = Field(min_length=1)
    bare: bool = False  # there can be a file of nothing but entries, which some client reads: that one is left alone
    container: Literal["map", "list"] = "map"
    name_key: str = ""  # where an entry holds its own name: in a list it must
    references: References
    expands_on_write: bool = False  # the client puts values in the place of references when it writes the file itself
    writes_from_memory: bool = False  # a running session writes the file as it was when that began, and its own change
    names: Pattern = ".+"
    unmapped: tuple[str, ...] = ()  # fields that we cannot say elsewhere and must not lose: their entry stays as it is
    knows: tuple[
        str, ...
    ] = ()  # fields that mean something to the client and stay as they are; none of ours is like them
    off: NameList | None = None  # names the servers that are off
    hides: tuple[str, ...] = ()  # the way to a map: what says false there hides SERVER_TOOL, by name or pattern
    only: NameList | None = None  # where it is there, it names the only servers that are on
    overrides: Apart | None = None  # a map of entries that count before those here; they are the user's own, and stay
    joined: bool = False  # an entry is joined with one of this name in the user's file: their lists one after the other
    moved_by: Apart | None = None  # a setting that names the file in which the client looks for entries
    shapes: tuple[Shape, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for apart in filter(None, (self.off, self.only, self.overrides, self.moved_by)):
            if apart.beside and apart.beside not in self.beside:
                raise ValueError(f"no such file beside: {apart.beside}")
            if ROOT in apart.within and self.scope == "user":
                raise ValueError("only a project has a root folder")
        if self.container == "list" and not self.name_key:
            raise ValueError("the entries of a list need a name_key")
        return self

    @property
    def left_open(self) -> frozenset[str]:
        """The transports that an entry does not tell apart; empty where each has a form of its own."""
        return frozenset(str(one) for shape in self.shapes if shape.also for one in (shape.transport, *shape.also))

    def in_project(self, root: str) -> Self:
        """Return it as it is meant in one project."""
        parts = {"off": self.off, "only": self.only, "overrides": self.overrides}
        there = {name: apart.in_project(root) for name, apart in parts.items() if apart and ROOT in apart.within}
        return self.model_copy(update=there) if there else self


def _with_likeness(endpoints: object) -> object:
    """Give an endpoint that is like the user's one what that says of the dialect, unless it says it itself."""
    if not isinstance(endpoints, list) or not all(isinstance(endpoint, dict) for endpoint in endpoints):
        return endpoints
    user = {endpoint.get("kind"): endpoint for endpoint in reversed(endpoints) if endpoint.get("scope") == "user"}
    return [
        {name: value for name, value in user.get(endpoint.get("kind"), {}).items() if name in DIALECT} | endpoint
        if endpoint.get("like")
        else endpoint
        for endpoint in endpoints
    ]


class Frontmatter(StrEnum):
    """How a file of rules says when its text applies."""

    NONE = "none"  # it cannot: always
    PATHS = "paths"  # paths: a list
    GLOBS = "globs"  # globs: with commas, alwaysApply, description
    GLOBS_LIST = "globs-list"  # globs: one or a list, alwaysApply, description; what says nothing applies always
    APPLY_TO = "apply-to"  # applyTo: with commas, description
    TRIGGER = "trigger"  # trigger: always_on, glob, manual, model_decision; globs: with commas, description
    INCLUSION = "inclusion"  # inclusion: always, fileMatch, manual, auto; fileMatchPattern, description
    TYPE = "type"  # the key is type: always_apply, manual, agent_requested; description


class Spared(_Model):
    """When a client reads by itself what one of its files imports: that file is not made then.

    A program whose version no file tells may be an older one: for that, the file is made.
    """

    since: str = Field(pattern=r"^\d+(\.\d+)+$")  # the first version of the client's program
    without: tuple[str, ...] = Field(min_length=1)  # files that keep it from that, in the project or a folder above


class RulesEndpoint(_Endpoint):
    """Where the client keeps rules in one scope: one text in one file, or a folder of rules."""

    kind: Literal[Kind.RULES]
    format: Literal[Format.MARKDOWN] = Format.MARKDOWN
    folder: str = Field("", pattern=r"^((\*\*/)?\*(\.[a-z]+)+)?$")
    skips: tuple[str, ...] = ()  # the files in the folder that are no rules of it
    frontmatter: Frontmatter = Frontmatter.NONE
    imports: str = ""  # the role of a file beside which the client reads where a line is nothing but `@its-name`
    spared: Spared | None = None  # when the client reads the imported file without being told
    expands_imports: bool = False  # such lines mean something in every text
    max_bytes: int | None = Field(None, gt=0)  # the client leaves out what is beyond

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.imports and (self.folder or self.imports not in self.beside):
            raise ValueError("imports names a file beside one file")
        if self.spared and not self.imports:
            raise ValueError("spared is about what the file imports")
        if not self.folder and self.frontmatter is not Frontmatter.NONE:
            raise ValueError("a frontmatter is that of a file in a folder")
        return self

    def read_by_itself(self) -> Self:
        """Return the imported file as one that the client reads without this one."""
        paths = self.beside[self.imports].paths
        return self.model_copy(update={"paths": paths, "beside": {}, "imports": "", "spared": None, "reads_only": True})


class DialectName(StrEnum):
    """The semantics of permissions: which of several rules counts, and what a pattern means."""

    LISTS = "lists"  # three lists of Tool(pattern), deny > ask > allow; a pattern without `*` is exact
    PREFIX_LISTS = "prefix-lists"  # the same lists; a pattern without `*` is a prefix
    EXEC_POLICY = "exec-policy"  # prefix_rule(...) calls: the strictest that matches
    SERVER_MODES = "server-modes"  # approval modes in the entries of MCP servers
    REGEX_TABLE = "regex-table"  # a level by tool, and regular expressions for commands
    TWO_LISTS = "two-lists"  # allow and deny, deny > allow
    LAST_MATCH = "last-match"  # maps from pattern to action: the last that matches
    FIRST_MATCH = "first-match"  # a list of rules: the first that matches
    PRIORITY = "priority"  # rules with numbers: the highest that matches
    WHOLE_TOOLS = "whole-tools"  # lists of tools, without patterns
    TOOL_LISTS = "tool-lists"  # for some tools what is allowed, in the place of what the client's own settings allow
    SWITCHES = "switches"  # maps from pattern to true or false


class Confined(StrEnum):
    """What keeps a command from doing more than it is meant to, where nothing is asked."""

    NO = ""
    READ_ONLY = "read-only"  # a sandbox in which nothing can be written
    WORKSPACE = "workspace"  # one in which the folder that the client works in can be written
    OWN = "own"  # one of the user's own making


ANY: Literal["any"] = "any"  # in place of a tool: all of which nothing else is said
_ByTool: TypeAlias = dict[Tool | Literal["any"], Action]


class Mode(_Model):
    """What becomes of a request under some settings; of several modes the first that speaks of it counts."""

    when: dict[str, tuple[str, ...]] = {}  # by the name of a setting; "" stands for: nowhere set
    asked: _ByTool = {}  # of what a rule asks about, or the client whatever the rules say
    ruled: _ByTool = {}  # of what a rule allows
    within: _ByTool = {}  # of files in the folder that the client works in, where no rule is about them
    unruled: _ByTool = {}  # of everything else that no rule is about
    stopped: _ByTool = {}  # of a command that may run, once a sandbox has stopped it: as far as its line tells
    besides: tuple[str, ...] = ()  # folders elsewhere that are like that folder
    listed: str = ""  # the setting that lists more of these
    but: tuple[str, ...] = ()  # folders in it that are not
    edits: tuple[str, ...] = ()  # programs that count as edits of the files that they name
    confined: Confined = Confined.NO
    judged: bool = False  # where it asks, a model is asked in the user's place

    @staticmethod
    def of(said: _ByTool, tool: Tool) -> Action | None:
        """Return what is said of a tool."""
        return said[tool] if tool in said else said.get(ANY)


class PermissionsEndpoint(_Endpoint):
    """Where the client keeps permissions in one scope."""

    model_config = ConfigDict(json_schema_extra=_may_be_like)

    kind: Literal[Kind.PERMISSIONS]
    like: Literal["user"] | None = None  # a project's file that is written as the user's one before it
    dialect: DialectName
    root: tuple[str, ...] = ()  # the way to what holds the rules
    lists: dict[str, tuple[str, ...]] = {}  # where several things hold them: the way to each, by the dialect's name
    tools: dict[str, str] = {}  # what the client calls a tool of ours, where the dialect does not know it
    patterns: bool = False  # names can be patterns, and, in brackets, a pattern of command lines follows the shell's
    complete: bool = False  # the client wants every one of these lists where it finds one of them
    stops: tuple[str, ...] | None = None  # of the tools, those that go on under no other name where theirs is denied
    unasked: dict[str, tuple[str, ...]] = {}  # what no rule asks about, by tool: how command lines begin; folders
    given: tuple[str, ...] = ()  # lists that nothing is added to: with ours there, those that it brings along would go
    mode: tuple[str, ...] = ()  # the way to a setting that counts before all rules; it is never written
    open_modes: tuple[str, ...] = ()  # what stands there when nothing is asked any more
    settings: dict[str, tuple[str, ...]] = {}  # the ways to those that modes are about: the first that is there counts
    modes: tuple[Mode, ...] = ()  # what the client does under its settings; they are never written
    deaf: dict[str, tuple[str, ...]] = {}  # values of settings that mean nothing where they stand in this file
    needs: dict[str, tuple[str, ...]] = {}  # the settings without which the client does not look at this file
    unsandboxed: bool = False  # what a rule allows runs outside the client's sandbox
    consulted: bool = False  # only looked at when asked what is allowed: personal, managed by others, or written by it


Endpoint: TypeAlias = Annotated[McpEndpoint | RulesEndpoint | PermissionsEndpoint, Field(discriminator="kind")]


class Unsynced(_Model):
    """Files of a kind that the client reads and that are not kept in step; the user is told when they are there."""

    kind: Kind
    scope: Literal["user", "project"]
    paths: Paths  # the last step can be a glob
    replaces: str = ""  # the path of a file that is kept in step, and that the client does not read beside these
    behind: str = ""  # the path of a file beside which the client does not read these


class Approvals(FileModel):
    """A file of the user's own where the client keeps what it was told of a project's servers.

    Either the names of those that are approved, or refused, or a word for all of them; or, `hashed`, by name a record
    of its `status`, and of the `hash` of the entry that was approved.
    """

    within: tuple[str, ...] = ()  # the way to what is said
    names: str = ""
    refused: str = ""
    every: str = ""
    hashed: bool = False

    @field_validator("paths")
    @classmethod
    def _of_the_user(cls, paths: tuple[str, ...]) -> tuple[str, ...]:
        if not all(path.startswith(("~", "$")) or PurePath(path).is_absolute() for path in paths):
            raise ValueError("a project's own file approves nothing")
        return paths

    def way(self, root: str) -> tuple[str, ...]:
        """Return the way to what is said of one project."""
        return tuple(root if step == ROOT else step for step in self.within)


class Descriptor(_Model):
    """One client."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: Annotated[str, AfterValidator(visible)]  # wherever it is shown, by then
    verified: Verified
    seen_on: tuple[str, ...] = ()
    program: str = ""  # its command, where it has one
    installed: tuple[str, ...] = ()  # where that is put, for who has another PATH than the user's shell
    packages: tuple[str, ...] = ()  # the npm packages that it can be installed with: they tell its version
    presence: Paths
    unsynced: tuple[Unsynced, ...] = ()
    approvals: tuple[Approvals, ...] = ()
    endpoints: Annotated[
        tuple[Endpoint, ...],
        BeforeValidator(_with_likeness, json_schema_input_type=tuple[Endpoint, ...]),
        Field(min_length=1),
    ]
