"""Figures as text, in the format that Prometheus reads (text format 0.0.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from enum import StrEnum

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.observe.tallies import BOUNDS, STEPS, Durations

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECOND = 1_000_000


class Sort(StrEnum):
    """What sort of figures a family holds."""

    COUNTER = "counter"  # only grows; its name ends in _total
    GAUGE = "gauge"
    HISTOGRAM = "histogram"


@dataclass(frozen=True, slots=True)
class Sample:
    """One figure, and what tells it from the others of its family; `suffix` is what follows the family's name."""

    value: float
    labels: Mapping[str, str] = field(default_factory=dict)
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """Figures of one name."""

    name: str
    sort: Sort
    about: str
    samples: tuple[Sample, ...]


def histogram(durations: Durations, labels: Mapping[str, str]) -> Iterator[Sample]:
    """Yield durations as a histogram: a bucket for each doubling, which are bounds of ours, so nothing is guessed."""
    for number in range(0, len(BOUNDS), STEPS):
        yield Sample(durations.within(number), {**labels, "le": _number(BOUNDS[number] / _SECOND)}, "_bucket")
    yield Sample(durations.count, {**labels, "le": "+Inf"}, "_bucket")
    yield Sample(durations.seconds, labels, "_sum")
    yield Sample(durations.count, labels, "_count")


def exposed(families: Iterable[Family]) -> str:
    """Return the text; a family without figures is left out."""
    return "".join(f"{line}\n" for family in families if family.samples for line in _lines(family))


def _lines(family: Family) -> Iterator[str]:
    about = family.about.replace("\\", "\\\\").replace("\n", "\\n")
    yield f"# HELP {family.name} {about}"
    yield f"# TYPE {family.name} {family.sort}"
    for sample in family.samples:
        told = ",".join(f'{name}="{_escaped(value)}"' for name, value in sample.labels.items())
        yield f"{family.name}{sample.suffix}{f'{{{told}}}' if told else ''} {_number(sample.value)}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(float(value))
