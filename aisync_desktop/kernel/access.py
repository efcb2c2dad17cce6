"""What can be asked for, in four kinds, and what somebody who asks is allowed of them, until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from enum import StrEnum

from aisync_desktop.kernel.dataclass import dataclass


class Access(StrEnum):
    """What somebody needs to be allowed to ask for something; none of them brings another along."""

    READ = "read"
    WRITE = "write"
    PERSON = "person"  # only a person settles it: it could widen what an assistant may do, or cannot be taken back
    INGEST = "ingest"  # to send in what assistants tell of their own work; nothing can be asked for with it


def in_order(access: Collection[Access]) -> tuple[Access, ...]:
    """Return them in the order in which they are always told."""
    return tuple(one for one in Access if one in access)


@dataclass(frozen=True, slots=True)
class Grant:
    """What somebody is allowed, and until when (None is for ever); `token` is the id of the token that says so."""

    access: frozenset[Access] = frozenset(Access)
    until: dt.datetime | None = None
    token: str = ""

    def covers(self, access: frozenset[Access], until: dt.datetime | None) -> bool:
        """Whether it allows all of this, for as long."""
        lasts = self.until is None or (until is not None and until <= self.until)
        return access <= self.access and lasts


EVERYTHING = Grant()  # what the user is allowed
