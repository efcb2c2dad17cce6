"""Tallies as they lie in the database, and the mark of how far rows have been added up to them (metrics.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field

from peewee import SqliteDatabase

from aisync_desktop.database.errors import MisreadError
from aisync_desktop.database.fields import read_moment
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import Value
from aisync_desktop.observe.tallies import Durations, Tallies, Tally
from aisync_desktop.sync.store.small_tables import fact, put_fact

_FACT = "metrics"


@dataclass(frozen=True, slots=True)
class LastSync:
    """When a client's files were written last, and how many microseconds the sync took where that is known."""

    at: dt.datetime
    took: int | None


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the rows are added up, and what is to be known of those before.

    `unmet` are the paths whose last write did not succeed: the next one is a retry.
    """

    sync: int = 0
    line: int = 0
    unmet: frozenset[int] = frozenset()
    ever: Tallies = field(default_factory=dict)
    last: Mapping[str, LastSync] = field(default_factory=dict)


def read_mark(db: SqliteDatabase) -> Mark:
    """Return how far the rows are added up."""
    stored = fact(db, _FACT)
    match stored:
        case None:
            return Mark()
        case {
            "sync": int() as sync,
            "line": int() as line,
            "unmet": list() as unmet,
            "ever": ever,
            "last": dict() as last,
        }:
            with making_sense():
                return Mark(
                    sync,
                    line,
                    frozenset(map(_whole, unmet)),
                    read_tallies(ever),
                    {of: _last(one) for of, one in last.items()},
                )
        case _:
            raise MisreadError(_FACT)


def put_mark(db: SqliteDatabase, mark: Mark) -> None:
    """Remember it; the hours that go with it are written in the same transaction."""
    last: dict[str, Value] = {client: [one.at.isoformat(), one.took] for client, one in mark.last.items()}
    unmet: list[Value] = [*sorted(mark.unmet)]
    put_fact(
        db, _FACT, {"sync": mark.sync, "line": mark.line, "unmet": unmet, "ever": payload(mark.ever), "last": last}
    )


def _last(stored: Value) -> LastSync:
    match stored:
        case [str() as at, int() | None as took]:
            return LastSync(read_moment(at), took)
        case _:
            raise MisreadError(_FACT)


def payload(tallies: Tallies) -> dict[str, Value]:
    """Write tallies down: the counts, then the durations together and by bucket where there are any."""
    return {
        name: {
            "counts": {**tally.counts},
            "took": tally.durations.together,
            "buckets": {str(bucket): count for bucket, count in sorted(tally.durations.buckets.items())},
        }
        for name, tally in tallies.items()
    }


def read_tallies(stored: object) -> dict[str, Tally]:
    """Read what `payload` wrote."""
    if not isinstance(stored, dict):
        raise MisreadError("tallies")
    with making_sense():
        return {name: _tally(tally) for name, tally in stored.items()}


def _tally(stored: Value) -> Tally:
    match stored:
        case {"counts": dict() as counts, "took": int() as took, "buckets": dict() as buckets}:
            of = {int(bucket): _whole(count) for bucket, count in buckets.items()}
            return Tally({name: _whole(count) for name, count in counts.items()}, Durations(took, of))
        case _:
            raise MisreadError("tallies")


def _whole(stored: Value) -> int:
    if not isinstance(stored, int):
        raise MisreadError("tallies")
    return stored


@contextmanager
def making_sense() -> Iterator[None]:
    """Take what is no number or moment for damage."""
    try:
        yield
    except (ValueError, TypeError, OverflowError) as error:
        raise MisreadError("metrics") from error
