"""Switches of addresses that are fetched: of those that match the first one counts, and what none matches is asked.

    {"https://docs.example.com": true, "*": {"approveRequest": true, "approveResponse": false}}

As in the client's source: a switch is about sending the request and about using what comes back, and can tell the two
apart; only what is asked about neither is allowed. A host stands for all of its paths, without its scheme for http and
https, and never for another port. `*.example.com` is about `example.com` as well, so ours cannot be said. An allowed
host is written with https. Not seen: hosts that are trusted, whose answers are still asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

from aisync_desktop.clients.dialects.base import Verdict
from aisync_desktop.clients.dialects.switch_lines import Switch
from aisync_desktop.permissions.language import Action, Matcher, Request, Subject, Surrounding, Tool, subject_of

_ALL = "*"
EVERY = frozenset({_ALL})
FIRST_COUNTS = True
_HTTPS = "https://"


def meaning(pattern: str, action: Action) -> Subject | None:
    """Return what a pattern is about in our language."""
    del action
    if pattern == _ALL:
        return Subject(Tool.FETCH)
    host = _host(pattern)
    return subject_of(Tool.FETCH, Matcher.IS, host) if host else None


def _host(pattern: str) -> str:
    """Return the host that is all of a pattern, with https or without a scheme."""
    host = pattern.removeprefix(_HTTPS).removesuffix("/").lower()
    return "" if set(host) & set("*/:@") else host


def said(subject: Subject, action: Action) -> str | None:
    """Return the pattern for a subject; none if it would be read as something else."""
    pattern = f"{_HTTPS}{subject.pattern}" if subject.pattern else _ALL
    return pattern if meaning(pattern, action) == subject else None


def decided(switches: Sequence[Switch], request: Request, where: Surrounding) -> Verdict:
    """Return what the client does with an address; one that is not understood is asked about."""
    del where
    address = _parsed(request.argument)
    found = next((one for one in switches if address and _is_about(one, address)), None)
    return Verdict(found.action, found) if found else Verdict(Action.ASK)


def _parsed(argument: str) -> SplitResult | None:
    try:
        address = urlsplit(argument if "://" in argument else _HTTPS + argument)
    except ValueError:
        return None
    return address if address.hostname else None


def _is_about(switch: Switch, address: SplitResult) -> bool:
    """Whether an address is meant; what cannot be told counts as a question only."""
    if switch.pattern == _ALL:
        return True
    host = _host(switch.pattern)
    asks = switch.action is not Action.ALLOW
    if not host:
        return asks
    schemes = ("https",) if switch.pattern.startswith(_HTTPS) else ("http", "https")
    is_plain = address.scheme in schemes and address.netloc.lower() == host
    return is_plain or (asks and address.hostname == host)
