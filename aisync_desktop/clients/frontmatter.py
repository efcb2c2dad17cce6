"""Frontmatter dialects: what a file of rules says about when its text applies, as keys and values.

A dialect reads the values of a frontmatter as a Meaning and writes a Meaning as values. What it cannot say simply does
not read back as it was meant; who writes looks at that (see `rule_file`) and does not write what would apply more
widely. Keys that restrict a rule in some dialect, but not in this one, make the file unreadable: nobody knows what
their author meant by them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol, TypeAlias

from aisync_desktop.clients.descriptor import Frontmatter
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import Value

Values: TypeAlias = Mapping[str, Value]
Changes: TypeAlias = Mapping[str, "Value | None"]  # None: the key is not there
Activation: TypeAlias = Literal["always", "paths", "agent", "manual"]

_DESCRIPTION, _GLOBS, _ALWAYS = "description", "globs", "alwaysApply"


class UnreadableError(Exception):
    """This frontmatter means something that cannot be said to other clients."""


@dataclass(frozen=True)
class Meaning:
    """When a rule applies, and what it is about."""

    description: str | None = None
    paths: tuple[str, ...] | None = None
    activation: Activation = "always"


class Dialect(Protocol):
    """One way to write a Meaning."""

    @property
    def keys(self) -> frozenset[str]:
        """The keys that mean something in it."""

    @property
    def fields(self) -> frozenset[str]:
        """The fields of a rule that it can say."""

    def read(self, values: Values) -> Meaning:
        """Return what the values mean."""

    def write(self, meaning: Meaning) -> Changes:
        """Return the value of each of its keys."""


def meaning_of(values: Values, dialect: Dialect) -> Meaning:
    """Return what a frontmatter means, or raise UnreadableError."""
    for key in values.keys() - dialect.keys:
        if not dialect.keys or (key in _RESTRICTING and (key, values[key]) != (_ALWAYS, True)):
            raise UnreadableError
    return dialect.read(values)


@dataclass(frozen=True)
class _Plain:
    """No frontmatter at all."""

    keys: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()

    def read(self, values: Values) -> Meaning:
        del values
        return Meaning()

    def write(self, meaning: Meaning) -> Changes:
        del meaning
        return {}


@dataclass(frozen=True)
class _Paths:
    """A list of globs, or nothing."""

    keys: frozenset[str] = frozenset({"paths"})
    fields: frozenset[str] = frozenset({"paths", "activation"})

    def read(self, values: Values) -> Meaning:
        paths = values.get("paths")
        return Meaning() if paths is None else Meaning(None, _listed(paths), "paths")

    def write(self, meaning: Meaning) -> Changes:
        return {"paths": list(meaning.paths) if meaning.paths else None}


@dataclass(frozen=True)
class _Switched:
    """A switch, and what holds while it is off: globs, else a description by which the agent decides, else nobody."""

    commas: bool  # all globs in one string
    unsaid: Literal["always", "off"]  # what it means that the switch is not there and that there are no globs
    keys: frozenset[str] = frozenset({_DESCRIPTION, _GLOBS, _ALWAYS})
    fields: frozenset[str] = frozenset({"description", "paths", "activation"})

    def read(self, values: Values) -> Meaning:
        description, globs, switch = _words(values, _DESCRIPTION), values.get(_GLOBS), _switch(values.get(_ALWAYS))
        if switch:
            return Meaning(description)
        if globs:
            return Meaning(description, _split(globs) if self.commas else _one_or_more(globs), "paths")
        if switch is None and self.unsaid == "always":
            return Meaning(description)
        return Meaning(description, None, "agent" if description else "manual")

    def write(self, meaning: Meaning) -> Changes:
        off = None if self.unsaid == "always" and meaning.paths else False
        return {
            _DESCRIPTION: None if meaning.activation == "manual" else meaning.description,
            _GLOBS: _joined(meaning.paths) if self.commas else _short(meaning.paths),
            _ALWAYS: True if meaning.activation == "always" else off,
        }


@dataclass(frozen=True)
class _Worded:
    """A word for each activation; the globs stand beside it."""

    key: str
    words: Mapping[Activation, str]
    globs: str = ""  # the key
    commas: bool = False
    unsaid: Activation | None = None  # what it means that there is no word

    @property
    def keys(self) -> frozenset[str]:
        return frozenset({self.key, _DESCRIPTION, *([self.globs] if self.globs else [])})

    @property
    def fields(self) -> frozenset[str]:
        return frozenset({"description", "activation", *(["paths"] if self.globs else [])})

    def read(self, values: Values) -> Meaning:
        word, description = values.get(self.key), _words(values, _DESCRIPTION)
        activation = self.unsaid if word is None else {said: one for one, said in self.words.items()}.get(str(word))
        if activation is None:
            raise UnreadableError
        if activation != "paths":
            return Meaning(description, None, activation)
        globs = values.get(self.globs)
        return Meaning(description, _split(globs) if self.commas else _one_or_more(globs), activation)

    def write(self, meaning: Meaning) -> Changes:
        said: dict[str, Value | None] = {
            self.key: self.words.get(meaning.activation),
            _DESCRIPTION: meaning.description,
        }
        if self.globs:
            said[self.globs] = _joined(meaning.paths) if self.commas else _short(meaning.paths)
        return said


@dataclass(frozen=True)
class _ApplyTo:
    """Globs in one string; `**` is always, and without them it is not told when the text applies."""

    keys: frozenset[str] = frozenset({"applyTo", _DESCRIPTION})
    fields: frozenset[str] = frozenset({"description", "paths", "activation"})

    def read(self, values: Values) -> Meaning:
        description, globs = _words(values, _DESCRIPTION), _split(values.get("applyTo"))
        return Meaning(description) if globs == ("**",) else Meaning(description, globs, "paths")

    def write(self, meaning: Meaning) -> Changes:
        globs = "**" if meaning.activation == "always" else _joined(meaning.paths)
        return {_DESCRIPTION: meaning.description, "applyTo": globs}


DIALECTS: Mapping[Frontmatter, Dialect] = {
    Frontmatter.NONE: _Plain(),
    Frontmatter.PATHS: _Paths(),
    Frontmatter.GLOBS: _Switched(commas=True, unsaid="off"),
    Frontmatter.GLOBS_LIST: _Switched(commas=False, unsaid="always"),
    Frontmatter.APPLY_TO: _ApplyTo(),
    Frontmatter.TRIGGER: _Worded(
        "trigger",
        {"always": "always_on", "paths": "glob", "manual": "manual", "agent": "model_decision"},
        globs=_GLOBS,
        commas=True,
    ),
    Frontmatter.INCLUSION: _Worded(
        "inclusion",
        {"always": "always", "paths": "fileMatch", "manual": "manual", "agent": "auto"},
        globs="fileMatchPattern",
        unsaid="always",
    ),
    Frontmatter.TYPE: _Worded("type", {"always": "always_apply", "manual": "manual", "agent": "agent_requested"}),
}
_RESTRICTING = frozenset().union(*(dialect.keys for dialect in DIALECTS.values())) - {_DESCRIPTION} | {
    "excludeAgent",
    "invokable",
    "regex",
}


def _words(values: Values, key: str) -> str | None:
    said = values.get(key)
    if said is not None and not isinstance(said, str):
        raise UnreadableError
    return said or None


def _switch(said: Value) -> bool | None:
    known: Mapping[Value, bool | None] = {True: True, False: False, None: None, "true": True, "false": False, "": None}
    if isinstance(said, list | dict) or said not in known:
        raise UnreadableError
    return known[said]


def _listed(said: Value) -> tuple[str, ...]:
    if not isinstance(said, list) or not said or not all(isinstance(glob, str) and glob for glob in said):
        raise UnreadableError
    return tuple(str(glob) for glob in said)


def _one_or_more(said: Value) -> tuple[str, ...]:
    return _listed([said] if isinstance(said, str) else said)


def _short(paths: tuple[str, ...] | None) -> Value:
    return None if paths is None else paths[0] if len(paths) == 1 else list(paths)


def _joined(paths: tuple[str, ...] | None) -> str | None:
    return None if paths is None else ",".join(paths)


def _split(said: Value) -> tuple[str, ...]:
    """Return globs that commas separate; one inside braces belongs to its glob."""
    if not isinstance(said, str) or any(quote in said for quote in "\"'"):
        raise UnreadableError
    globs, depth = [""], 0
    for char in said:
        depth += {"{": 1, "}": -1}.get(char, 0)
        if char == "," and depth <= 0:
            globs.append("")
        else:
            globs[-1] += char
    return _listed([glob.strip() for glob in globs])
