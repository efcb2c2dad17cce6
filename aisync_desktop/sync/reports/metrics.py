"""Metrics as reports: how syncs went in the last hours, as a whole and by client; for Prometheus, what ever was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from aisync_desktop.observe.exposition import Family, Sample, Sort, histogram
from aisync_desktop.observe.tallies import Durations, Tallies, Tally, joined
from aisync_desktop.sync.reports.logbook import Level
from aisync_desktop.sync.store.metrics import CLIENT, EDITS, LOG, OVERTAKEN, RETRIES, SYNCS, Figures
from aisync_desktop.sync.store.reads import Reads
from aisync_desktop.sync.store.records import SyncStatus, TargetState
from aisync_desktop.sync.store.stored_tallies import LastSync

_HOUR = dt.timedelta(hours=1)
_DAY_HOURS = 24
_ENDS = (SyncStatus.DONE.value, OVERTAKEN, SyncStatus.FAILED.value, SyncStatus.INTERRUPTED.value)
_FILES = {"written": TargetState.DONE.value, "overtaken": OVERTAKEN, "failed": TargetState.FAILED.value}


class _Report(BaseModel):
    model_config = ConfigDict(frozen=True)


class Latency(_Report):
    """How long it took from an edit that was seen (or from when something was asked for) to the last file in place.

    In milliseconds, of the `count` syncs that reached all their files; percentiles are off by less than a tenth.
    """

    count: int = 0
    mean_ms: float | None = None
    p50_ms: float | None = None
    p95_ms: float | None = None
    p99_ms: float | None = None


class SyncFigures(_Report):
    """How syncs ended.

    `done`: all files were written; `overtaken`: somebody else wrote one meanwhile, and the next sync goes on from that;
    `failed`: a file could not be written; `interrupted`: the program ended in the middle. The rates are shares of all.
    """

    syncs: int = 0
    done: int = 0
    overtaken: int = 0
    failed: int = 0
    interrupted: int = 0
    success_rate: float | None = None
    failure_rate: float | None = None
    latency: Latency = Latency()


class ClientFigures(_Report):
    """What was synced of one client: edits that were made in it, and its files that were or could not be written.

    `retries` are the writes that followed one of the same file which did not succeed. `last_sync` is when a file of it
    was written last, at any time before, too.
    """

    client: str
    name: str
    edits: int = 0
    written: int = 0
    overtaken: int = 0
    failed: int = 0
    retries: int = 0
    latency: Latency = Latency()
    last_sync: dt.datetime | None = None
    last_ms: float | None = None


class Period(SyncFigures):
    """An hour or a day, in UTC, with the log lines of it by level."""

    start: dt.datetime
    log: dict[str, int]


class SyncMetrics(_Report):
    """How syncs went since a moment: as a whole, by client, and by hour or day where there was anything at all."""

    at: dt.datetime
    since: dt.datetime
    syncs: SyncFigures
    clients: tuple[ClientFigures, ...] = Field(description="Those that were synced at some time.")
    log: dict[str, int] = Field(description="How many lines of the log there are of each level.")
    periods: tuple[Period, ...] = Field(description="The oldest first.")


def sync_metrics(reads: Reads, now: dt.datetime, hours: int, by: Literal["hour", "day"]) -> SyncMetrics:
    """Return how syncs went in the last hours, the one that runs among them."""
    last = _hour(now)
    since = last - (hours - 1) * _HOUR
    found = reads.figures(since, last)
    whole = joined(found.hours.values())
    return SyncMetrics(
        at=now,
        since=since,
        syncs=SyncFigures.model_validate(_sync_figures(whole)),
        clients=_client_figures(reads, found, whole),
        log=_log_figures(whole),
        periods=tuple(_periods(found.hours, by)),
    )


def client_figures(reads: Reads, now: dt.datetime) -> dict[str, ClientFigures]:
    """Return the figures of each client that was ever synced, of the last day."""
    last = _hour(now)
    found = reads.figures(last - (_DAY_HOURS - 1) * _HOUR, last)
    return {one.client: one for one in _client_figures(reads, found, joined(found.hours.values()))}


def sync_families(reads: Reads, now: dt.datetime) -> Iterator[Family]:
    """Yield what was ever counted, for Prometheus."""
    found = reads.figures(now, now)
    syncs, clients = found.ever.get(SYNCS, Tally()), _clients(found.ever)
    ends = tuple(Sample(syncs.counts.get(end, 0), {"outcome": end}) for end in _ENDS)
    yield Family("aisync_syncs_total", Sort.COUNTER, "Syncs by how they ended.", ends)
    about = "From an edit that was seen to the last file in place, of syncs that reached all their files."
    taken = tuple(histogram(syncs.durations, {}))
    yield Family("aisync_sync_duration_seconds", Sort.HISTOGRAM, about, taken)
    yield _by_client("aisync_client_edits_total", "Edits that were made in a client.", clients, EDITS)
    files = tuple(
        Sample(tally.counts.get(counted, 0), {"client": client, "outcome": end})
        for client, tally in clients.items()
        for end, counted in _FILES.items()
    )
    yield Family("aisync_client_files_total", Sort.COUNTER, "Files of a client that were to be written.", files)
    yield _by_client("aisync_client_retries_total", "Writes after one that did not succeed.", clients, RETRIES)
    yield Family(
        "aisync_client_sync_duration_seconds",
        Sort.HISTOGRAM,
        "How long the syncs took that wrote to a client.",
        tuple(sample for client, tally in clients.items() for sample in histogram(tally.durations, {"client": client})),
    )
    at = tuple(Sample(one.at.timestamp(), {"client": client}) for client, one in sorted(found.last.items()))
    about = "When a file of a client was written last, since the epoch."
    yield Family("aisync_client_last_sync_timestamp_seconds", Sort.GAUGE, about, at)
    lines = tuple(Sample(count, {"level": level}) for level, count in _log_figures(found.ever).items())
    yield Family("aisync_log_lines_total", Sort.COUNTER, "Lines of the log.", lines)


def _by_client(name: str, about: str, clients: Mapping[str, Tally], counted: str) -> Family:
    samples = tuple(Sample(tally.counts.get(counted, 0), {"client": client}) for client, tally in clients.items())
    return Family(name, Sort.COUNTER, about, samples)


def _hour(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(minute=0, second=0, microsecond=0)


def _sync_figures(tallies: Tallies) -> dict[str, object]:
    tally = tallies.get(SYNCS, Tally())
    ended = {end: tally.counts.get(end, 0) for end in _ENDS}
    count = sum(ended.values())
    failed = ended[SyncStatus.FAILED] + ended[SyncStatus.INTERRUPTED]
    return {
        "syncs": count,
        **ended,
        "success_rate": _share(ended[SyncStatus.DONE], count),
        "failure_rate": _share(failed, count),
        "latency": _latency(tally.durations),
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _clients(tallies: Tallies) -> dict[str, Tally]:
    named = sorted(name for name in tallies if name.startswith(CLIENT))
    return {name.removeprefix(CLIENT): tallies[name] for name in named}


def _client_figures(reads: Reads, found: Figures, whole: Tallies) -> tuple[ClientFigures, ...]:
    counted, names = _clients(whole), {known.id: known.name for known in reads.clients()}
    return tuple(
        _client(client, names.get(client, client), counted.get(client, Tally()), found.last.get(client))
        for client in _clients(found.ever)
    )


def _client(client: str, name: str, tally: Tally, last: LastSync | None) -> ClientFigures:
    return ClientFigures(
        client=client,
        name=name,
        edits=tally.counts.get(EDITS, 0),
        retries=tally.counts.get(RETRIES, 0),
        **{end: tally.counts.get(counted, 0) for end, counted in _FILES.items()},
        latency=_latency(tally.durations),
        last_sync=last.at if last else None,
        last_ms=None if last is None or last.took is None else last.took / 1000,
    )


def _latency(durations: Durations) -> Latency:
    mean, *others = durations.mean, *map(durations.percentile, (0.5, 0.95, 0.99))
    in_ms = [None if seconds is None else round(seconds * 1000, 1) for seconds in (mean, *others)]
    return Latency(count=durations.count, mean_ms=in_ms[0], p50_ms=in_ms[1], p95_ms=in_ms[2], p99_ms=in_ms[3])


def _log_figures(tallies: Tallies) -> dict[str, int]:
    counts = tallies.get(LOG, Tally()).counts
    return {level.value: counts.get(level, 0) for level in Level}


def _periods(hours: Mapping[dt.datetime, Tallies], by: Literal["hour", "day"]) -> Iterator[Period]:
    parts: dict[dt.datetime, list[Tallies]] = {}
    for hour, tallies in sorted(hours.items()):
        parts.setdefault(hour if by == "hour" else hour.replace(hour=0), []).append(tallies)
    for start, found in parts.items():
        whole = joined(found)
        yield Period.model_validate({"start": start, "log": _log_figures(whole), **_sync_figures(whole)})
