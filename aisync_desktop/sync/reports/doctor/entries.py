"""Keys in the entries of servers that no reader of the file is known to use: mostly slips of the pen."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches
from itertools import islice

from aisync_desktop.clients.servers import ServerLens, Stranger
from aisync_desktop.sync.reports.doctor.finding import Finding, Severity, found
from aisync_desktop.sync.terms.display_names import shown
from aisync_desktop.sync.terms.endpoints import EndpointState

_MOST = 20  # findings about one file
_LONGEST, _LIKE = 40, 0.8  # keys that are longer are no slips; how much of two keys is the same


def in_entries(state: EndpointState) -> Iterator[Finding]:
    """Yield the keys that are strange to every client that reads the file."""
    readers = [lens for lens in (state.lens, *state.readers) if isinstance(lens, ServerLens)]
    if state.problem or not readers or not state.documents:
        return
    known = frozenset[str]().union(*(lens.known() for lens in readers))
    strangers = (one for one in readers[0].strangers(state.documents) if not _covers(known, one.way))
    for stranger in islice(strangers, _MOST):
        yield _of_key(state, stranger, known)


def _covers(known: Collection[str], way: tuple[str, ...]) -> bool:
    return any(".".join(way[:length]) in known for length in range(1, len(way) + 1))


def _of_key(state: EndpointState, stranger: Stranger, known: Collection[str]) -> Finding:
    key = ".".join(stranger.way)
    said = {"item": shown(stranger.item.name), "field": shown(key), "client": state.name}
    meant = _meant(key, known)
    if meant:
        return found(Severity.WARNING, "misspelt-key", state, stranger.spot, **said, meant=meant)
    return found(Severity.INFO, "unknown-key", state, stranger.spot, **said)


def _meant(key: str, known: Collection[str]) -> str:
    """Return the key that was probably meant."""
    if len(key) > _LONGEST:
        return ""
    folded = {each.casefold(): each for each in sorted(known) if each}
    close = get_close_matches(key.casefold(), folded, n=1, cutoff=_LIKE)
    return folded[close[0]] if close else ""
