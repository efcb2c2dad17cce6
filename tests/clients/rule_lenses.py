"""The lenses of rules that tests play with: those of all clients, and some by what is special about them."""

from __future__ import annotations

from pathlib import Path

from aisync_desktop.clients.descriptor import Frontmatter
from aisync_desktop.clients.items import SHARED, ItemKey, Kind
from aisync_desktop.clients.lenses import lens_of
from aisync_desktop.clients.loader import load_catalog, parse_descriptor
from aisync_desktop.clients.rules import FolderLens, TextLens

EVERY = [
    lens
    for descriptor in load_catalog().descriptors
    for endpoint in descriptor.endpoints
    if isinstance(lens := lens_of(descriptor, endpoint), TextLens | FolderLens)
]
FOLDERS = [lens for lens in EVERY if isinstance(lens, FolderLens)]
TEXTS = [lens for lens in EVERY if isinstance(lens, TextLens)]
IMPORTING = [lens for lens in TEXTS if lens.endpoint.imports]


def key(name: str = SHARED) -> ItemKey:
    return ItemKey(Kind.RULES, name)


def lens_in(client: str, path: str) -> TextLens | FolderLens:
    return next(lens for lens in EVERY if lens.client == client and path in lens.endpoint.paths)


CLAUDE = lens_in("claude-code", "./CLAUDE.md")
AGENTS = lens_in("codex", "./AGENTS.md")
DIALECTS = {
    Frontmatter.PATHS: lens_in("claude-code", "./.claude/rules"),
    Frontmatter.GLOBS: lens_in("cursor", "./.cursor/rules"),
    Frontmatter.GLOBS_LIST: lens_in("continue", "./.continue/rules"),
    Frontmatter.APPLY_TO: lens_in("copilot-cli", "./.github/instructions"),
    Frontmatter.INCLUSION: lens_in("kiro", "./.kiro/steering"),
    Frontmatter.TYPE: lens_in("auggie", "./.augment/rules"),
    Frontmatter.NONE: lens_in("auggie", "~/.augment/rules"),
}
TRIGGER = """
id = "mine"
name = "Mine"
verified = "docs"
presence = ["~/.mine"]
[[endpoints]]
kind = "rules"
scope = "project"
paths = ["./.mine/rules"]
folder = "**/*.md"
frontmatter = "trigger"
"""
_MINE = parse_descriptor(TRIGGER.encode(), Path("mine.toml"))
TRIGGER_LENS = lens_of(_MINE, _MINE.endpoints[0])
assert isinstance(TRIGGER_LENS, FolderLens)
DIALECTS[Frontmatter.TRIGGER] = TRIGGER_LENS
FOLDERS.append(TRIGGER_LENS)
EVERY.append(TRIGGER_LENS)
