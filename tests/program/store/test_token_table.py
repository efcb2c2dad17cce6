from __future__ import annotations

import datetime as dt
import os
from contextlib import closing
from pathlib import Path

import pytest

from aisync_desktop.database.connection import raw
from aisync_desktop.database.errors import DamagedDatabaseError
from aisync_desktop.kernel.access import Access
from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.program.store.store import ProgramStore
from aisync_desktop.program.tokens import NewSecret, Token
from tests.helpers.statement_deaths import Mortal, die_at_every_statement
from tests.sync.store.conftest import TickingClock

NOW = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)


def made(name: str, parent: str = "", *, login: bool = False) -> Token:
    secret = NewSecret.make()
    access = frozenset({Access.READ, Access.PERSON})
    return Token(secret.id, name, secret.digest, access, "cli", parent, login, NOW, NOW + dt.timedelta(days=1))


def names(reads: ProgramReader | ProgramStore) -> list[str]:
    return [one.name for one in reads.tokens()]


def told(store: ProgramStore) -> list[tuple[str, str]]:
    return [(one.action, one.target) for one in reversed(store.audit_trail())]


def test_what_was_made_is_read_as_it_was(store: ProgramStore, reader: ProgramReader) -> None:
    token = made("ci")
    store.token_table.add(token)
    assert reader.tokens() == store.token_table.all == (token,)
    assert told(store) == [("token-made", "ci")]


def test_no_secret_is_on_the_disk(store: ProgramStore, path: Path) -> None:
    secret = NewSecret.make()
    store.token_table.add(Token(secret.id, "ci", secret.digest, frozenset(Access), "cli", "", False, NOW, None))
    kept = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert secret.digest.encode() in kept
    assert secret.value.rpartition("_")[2].encode() not in kept


def test_one_that_goes_takes_those_along_that_were_made_with_it(store: ProgramStore, reader: ProgramReader) -> None:
    parent, other = made("parent"), made("other")
    child = made("child", parent.id)
    for one in (made("grandchild", child.id), child, parent, other):  # as where the clock was set back
        store.token_table.add(one)
    gone = store.token_table.revoke(parent)
    assert {one.name for one in gone} == {"parent", "child", "grandchild"}
    assert names(reader) == ["other"]
    assert {name for what, name in told(store) if what == "token-revoked"} == {"parent", "child", "grandchild"}


def test_another_secret_is_the_only_one_and_ends_what_was_made_with_the_one_before(store: ProgramStore) -> None:
    parent = made("parent")
    store.token_table.add(parent)
    store.token_table.add(made("child", parent.id))
    store.token_table.rotate(parent, "1" * 64)
    (left,) = store.tokens()
    assert (left.name, left.digest) == ("parent", "1" * 64)
    assert told(store)[-2:] == [("token-revoked", "child"), ("token-rotated", "parent")]


def test_without_the_password_nothing_is_left_of_what_it_gave_out(store: ProgramStore) -> None:
    login = made("login", login=True)
    for one in (login, made("child", login.id), made("other")):
        store.token_table.add(one)
    store.token_table.know_password()
    assert store.has_password()
    store.token_table.forget_password(for_good=True)
    assert (store.has_password(), names(store)) == (False, ["other"])
    assert told(store)[-1] == ("password-removed", "")


def test_a_database_of_an_older_program_has_none(store: ProgramStore, reader: ProgramReader) -> None:
    raw(store._writer.db).execute("DROP TABLE access_token")
    assert reader.tokens() == ()


@pytest.mark.parametrize("access", ['["everything"]', "1", '"read"', "[[1]]", '{"a": 1}'])
def test_what_nobody_wrote_so_is_damage(store: ProgramStore, reader: ProgramReader, access: str) -> None:
    store.token_table.add(made("ci"))
    raw(store._writer.db).execute("UPDATE access_token SET access = ?", (access,))
    with pytest.raises(DamagedDatabaseError):
        reader.tokens()


def life(folder: Path, mortal: Mortal) -> None:
    """Make a token and another one with it, give the first another secret, and take it back."""
    folder.mkdir(parents=True)
    store = ProgramStore.open(folder / "program", folder / "sync", TickingClock())
    mortal.lives_by(raw(store._writer.db))
    parent = made("parent")
    store.token_table.add(parent)
    store.token_table.add(made("child", parent.id))
    store.token_table.rotate(parent, "1" * 64)
    store.token_table.know_password()
    store.token_table.revoke(parent)
    store.token_table.forget_password(for_good=True)
    store.close()


@pytest.mark.skipif(os.name != "posix", reason="a process dies by a signal on POSIX")
def test_whoever_dies_in_between_leaves_tokens_as_the_audit_trail_tells_of_them(tmp_path: Path) -> None:
    for folder in die_at_every_statement(life, tmp_path / "lives"):
        with closing(ProgramReader(folder / "program", folder / "sync")) as reader:
            trail = [(one.action, one.target) for one in reversed(reader.audit_trail())]
            found, password = {one.name: one.digest for one in reader.tokens()}, reader.has_password()
        alive = [name for what, name in trail if what == "token-made" and ("token-revoked", name) not in trail]
        assert sorted(found) == sorted(alive), trail
        assert (found.get("parent") == "1" * 64) is (("token-rotated", "parent") in trail and "parent" in alive)
        assert password is (("password-set", "") in trail and ("password-removed", "") not in trail)
