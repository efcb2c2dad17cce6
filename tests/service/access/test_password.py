from __future__ import annotations

import os
from contextlib import closing

import pytest

from aisync_desktop.program.store.store import ProgramStore
from aisync_desktop.program.world import World
from aisync_desktop.secrets.errors import KeyringSilentError
from aisync_desktop.service.access.errors import NoPasswordError, WrongPasswordError
from aisync_desktop.service.access.password import check_password, keep_password, remove_password, require_password

PASSWORD = "correct horse é\udfff"  # noqa: S105 - of this test
Entries = dict[tuple[str, str], str]


@pytest.fixture
def world(isolated_home: object) -> World:
    return World.real(os.environ)


def test_only_the_password_is_it(world: World, memory_keyring: Entries) -> None:
    keep_password(world, PASSWORD)
    check_password(world, PASSWORD)
    for wrong in ("", "correct horse", PASSWORD.upper()):
        with pytest.raises(WrongPasswordError):
            check_password(world, wrong)


def test_the_keyring_has_what_it_is_known_by_and_not_itself(world: World, memory_keyring: Entries) -> None:
    keep_password(world, "correct horse")
    (kept,) = memory_keyring.values()
    keep_password(world, "correct horse")
    (again,) = memory_keyring.values()
    assert kept.startswith("scrypt$")
    assert "correct" not in kept
    assert kept != again  # salted


@pytest.mark.parametrize("kept", ["", "x", "scrypt$", "scrypt$!$!", "plain$YQ==$YQ==", "scrypt$YQ==", "scrypt$YQ==$é"])
def test_what_the_keyring_has_otherwise_is_no_password(world: World, memory_keyring: Entries, kept: str) -> None:
    keep_password(world, PASSWORD)
    (entry,) = memory_keyring
    memory_keyring[entry] = kept
    with pytest.raises(NoPasswordError):
        check_password(world, PASSWORD)


def test_one_that_was_removed_is_none(world: World, memory_keyring: Entries) -> None:
    keep_password(world, PASSWORD)
    remove_password(world)
    assert memory_keyring == {}
    with pytest.raises(NoPasswordError):
        check_password(world, PASSWORD)


def test_a_keyring_that_is_silent_is_told_of(world: World) -> None:
    with pytest.raises(KeyringSilentError):
        check_password(world, PASSWORD)


def test_whether_there_is_one_is_known_without_the_keyring(world: World) -> None:
    with pytest.raises(NoPasswordError):
        require_password(world)
    with closing(ProgramStore.open(world.program_database, world.database, world.clock)) as store:
        store.token_table.know_password()
    require_password(world)
