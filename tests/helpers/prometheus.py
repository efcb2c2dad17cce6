"""Reads Prometheus' text format (0.0.4), and is strict about it: as its documentation has the format."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
_LABEL = r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\n"])*)"'
_SAMPLE = re.compile(rf"({_NAME})(?:\{{((?:{_LABEL}(?:,|(?=\}})))*)\}})? (\S+)")
_ABOUT, _SORT = re.compile(rf"# HELP ({_NAME}) (.*)"), re.compile(rf"# TYPE ({_NAME}) (counter|gauge|histogram)")
_ESCAPED = {"n": "\n", "\\": "\\", '"': '"'}


@dataclass(frozen=True)
class Read:
    """A sample."""

    name: str
    labels: dict[str, str]
    value: float


@dataclass
class ReadFamily:
    """A family: its lines stand together, and first of all what it is."""

    about: str
    sort: str = ""
    samples: list[Read] = field(default_factory=list)


def parse(shown: str) -> dict[str, ReadFamily]:
    """Read a text; whatever is not as it should be is an AssertionError."""
    assert shown == "" or shown.endswith("\n")
    families: dict[str, ReadFamily] = {}
    latest = ""
    for line in shown.split("\n")[:-1]:
        if about := _ABOUT.fullmatch(line):
            latest = about[1]
            assert latest not in families
            families[latest] = ReadFamily(_unescaped(about[2]))
        elif sort := _SORT.fullmatch(line):
            assert sort[1] == latest
            assert not families[latest].sort
            families[latest].sort = sort[2]
        else:
            _take(families[latest], latest, line)
    return families


def _take(family: ReadFamily, name: str, line: str) -> None:
    found = _SAMPLE.fullmatch(line)
    assert found is not None, line
    ends = {"histogram": ("_bucket", "_sum", "_count")}.get(family.sort, ("",))
    assert found[1] in {f"{name}{end}" for end in ends}, line
    labels = {label: _unescaped(value) for label, value in re.findall(_LABEL, found[2] or "")}
    sample = Read(found[1], labels, float(found[5]))
    assert all((sample.name, labels) != (other.name, other.labels) for other in family.samples), line
    family.samples.append(sample)


def _unescaped(shown: str) -> str:
    return re.sub(r'\\([\\n"])', lambda found: _ESCAPED[found[1]], shown)
