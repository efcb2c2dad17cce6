from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.kernel.values import Value
from aisync_desktop.secrets.references import fingerprint, references
from aisync_desktop.secrets.seal import contains_sealed, seal, unseal
from tests.secrets.corpus import HARMLESS, SECRETS, Case

KEY = b"k" * 32


def key() -> bytes:
    return KEY


def no_key() -> bytes:
    pytest.fail("the key was asked for, though there is no secret")


@pytest.mark.parametrize("case", SECRETS[:-1:4], ids=str)
def test_no_literal_is_left_and_all_come_back(case: Case) -> None:
    fields, secret = case
    before = copy.deepcopy(fields)
    sealed, spots = seal(fields, key)
    assert fields == before
    assert secret not in str(sealed)
    assert contains_sealed(sealed)
    assert [spot.literal for spot in spots] == [secret]
    assert unseal(sealed, {spot.reference: spot.literal for spot in spots}) == fields


@given(st.sampled_from(SECRETS), st.sampled_from(SECRETS))
def test_sealing_is_reversible_and_what_only_looks_sealed_is_sealed_as_well(one: Case, two: Case) -> None:
    fields: dict[str, Value] = {"env": {}, **one[0], "headers": two[0]}
    sealed, spots = seal(fields, key)
    again, forged = seal(sealed, key)
    assert references(again).isdisjoint(references(sealed))
    assert unseal(again, {spot.reference: spot.literal for spot in forged}) == sealed
    assert unseal(sealed, {spot.reference: spot.literal for spot in spots}) == fields


@pytest.mark.parametrize("case", HARMLESS[::9], ids=str)
def test_without_a_secret_no_key_is_asked_for_and_nothing_changes(case: Case) -> None:
    assert seal(case[0], no_key) == (case[0], ())


def test_what_surrounds_a_secret_stays_readable() -> None:
    sealed, _ = seal({"headers": {"Authorization": "Bearer abc1"}, "url": "https://u:pw@h/?token=t1&x=1"}, key)
    assert sealed == {
        "headers": {"Authorization": f"Bearer {fingerprint('abc1', KEY)}"},
        "url": f"https://u:{fingerprint('pw', KEY)}@h/?token={fingerprint('t1', KEY)}&x=1",
    }


def test_a_reference_is_stable_under_a_key_and_means_nothing_under_another() -> None:
    assert fingerprint("abc", KEY) == fingerprint("abc", KEY)
    assert fingerprint("abc", KEY) != fingerprint("abd", KEY)
    assert fingerprint("abc", KEY) != fingerprint("abc", b"other" * 7)
    assert contains_sealed(fingerprint("abc", KEY))


@pytest.mark.parametrize(
    "value", ["", "secret:", "secret:xyz", "secret:0123", "secret:0123456789abcdef0", 7, None, True]
)
def test_what_only_looks_sealed_is_not(value: Value) -> None:
    assert not contains_sealed(value)


def test_only_the_references_that_the_caller_put_there_are_ours() -> None:
    ours, forged = fingerprint("abc", KEY), fingerprint("abd", KEY)
    sealed, spots = seal({"env": {"A": ours, "B": forged}}, key, ours=[ours])
    assert sealed == {"env": {"A": ours, "B": fingerprint(forged, KEY)}}
    assert [spot.literal for spot in spots] == [forged]


def test_a_literal_is_not_shown_by_the_spot_that_holds_it() -> None:
    _, (spot,) = seal({"env": {"API_KEY": "hunter2"}}, key)
    assert "hunter2" not in repr(spot)


def test_unknown_references_stay_when_unsealing() -> None:
    sealed, _ = seal({"env": {"API_KEY": "hunter2"}, "only_tools": ["a"], "enabled": True}, key)
    assert unseal(sealed, {}) == sealed
