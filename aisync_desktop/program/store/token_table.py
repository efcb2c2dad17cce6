"""Writing the table of tokens. Each call is one transaction, with what it tells of itself: all of it, or nothing.

A token that goes takes those along that were made with it: whoever it was stolen by may have made some for later.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator

from peewee import SqliteDatabase

from aisync_desktop.database.feed_writer import FeedWriter
from aisync_desktop.database.rows import insert_row, put_rows
from aisync_desktop.kernel.access import in_order
from aisync_desktop.kernel.event import Event
from aisync_desktop.program.events import PasswordRemoved, PasswordSet, TokenMade, TokenRevoked, TokenRotated
from aisync_desktop.program.store.models import AccessToken, Fact
from aisync_desktop.program.store.reads import PASSWORD
from aisync_desktop.program.tokens import Token

Tell = Callable[[SqliteDatabase, Event], None]


class TokenTable:
    """Makes tokens and takes them back; used by the thread of the store that it belongs to."""

    def __init__(self, feed: FeedWriter, tell: Tell, tokens: Callable[[], tuple[Token, ...]]) -> None:
        self._feed = feed
        self._tell = tell
        self._tokens = tokens

    @property
    def all(self) -> tuple[Token, ...]:
        """Every token, the oldest first."""
        return self._tokens()

    @property
    def asker(self) -> str:
        """Who asks for what happens now."""
        return self._feed.actor

    def made_with(self, parent: str) -> tuple[Token, ...]:
        """Return what was made with the token of this id, and with that."""
        return tuple(_made_with([parent], self.all))

    def add(self, token: Token, gone: Iterable[Token] = ()) -> None:
        """Take a new one in, and forget some whose time is over."""
        forgotten = [one.id for one in gone]
        access = in_order(token.access)
        with self._feed.changing() as db:
            AccessToken.delete().where(AccessToken.id.in_(forgotten)).execute(db)
            kept = {name: getattr(token, name) for name in Token.__slots__} | {"login": int(token.login)}
            insert_row(db, AccessToken, kept | {"access": [one.value for one in access]})
            self._tell(db, TokenMade(target=token.name, access=access, expires_at=token.expires_at))

    def rotate(self, token: Token, digest: str) -> None:
        """Give a token another secret; those that were made with the old one go with it."""
        made = self.made_with(token.id)
        with self._feed.changing() as db:
            AccessToken.update(digest=digest).where(AccessToken.id == token.id).execute(db)
            self._revoke(db, made)
            self._tell(db, TokenRotated(target=token.name))

    def revoke(self, token: Token) -> tuple[Token, ...]:
        """Forget a token, and those that were made with it; return them."""
        gone = (token, *self.made_with(token.id))
        with self._feed.changing() as db:
            self._revoke(db, gone)
        return gone

    def forget_password(self, *, for_good: bool) -> None:
        """Have it known that there is no password, and what it gave out be over; only `for_good` is told."""
        known = self.all
        logins = [one for one in known if one.login]
        with self._feed.changing() as db:
            Fact.delete().where(Fact.name == PASSWORD).execute(db)
            self._revoke(db, (*logins, *_made_with([one.id for one in logins], known)))
            if for_good:
                self._tell(db, PasswordRemoved())

    def know_password(self) -> None:
        """Have it known that the keyring has a password."""
        with self._feed.changing() as db:
            put_rows(db, Fact, [{"name": PASSWORD, "value": secrets.token_hex(8)}], key=("name",), update=("value",))
            self._tell(db, PasswordSet())

    def _revoke(self, db: SqliteDatabase, tokens: Iterable[Token]) -> None:
        for one in dict.fromkeys(tokens):
            AccessToken.delete().where(AccessToken.id == one.id).execute(db)
            self._tell(db, TokenRevoked(target=one.name))


def _made_with(parents: Iterable[str], tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield what was made with some tokens, and with those; when each was made says nothing: clocks are set."""
    below: dict[str, list[Token]] = {}
    for one in tokens:
        below.setdefault(one.parent, []).append(one)
    above = list(parents)
    while above:
        found = below.pop(above.pop(), [])
        above += [one.id for one in found]
        yield from found
