from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.kernel.values import Value
from aisync_desktop.secrets.detect import find_secrets
from aisync_desktop.secrets.names import is_secret_name
from aisync_desktop.secrets.shapes import hide_tokens
from tests.secrets.rates import PARTS, Rates, at, found_in

# By part: how many secrets are missed, and how many harmless values taken for one (docs/SECRETS.md tells which).
_AT_MOST = {"written with the rules": (0, 0), "written after them": (3, 6)}

words = st.text(st.characters(categories=["L", "N"], max_codepoint=0x2FF), min_size=4, max_size=20)


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    assert sum(len(part.secrets) for part in PARTS) >= 150
    assert sum(len(part.harmless) for part in PARTS) >= 300


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_secrets_are_told_from_what_is_none_as_well_as_the_documentation_says(part: Rates) -> None:
    assert (len(part.missed), len(part.alarms)) == _AT_MOST[part.name], (part.missed, part.alarms)


def test_spots_name_their_place_and_their_reason() -> None:
    fields: dict[str, Value] = {
        "args": ["-y", "server", "--api-key", "abc"],
        "env": {"API_KEY": "abc", "HOME": "/home/kim"},
        "headers": {"Authorization": "Bearer abc1"},
        "url": "https://u:abc@h/?token=xyz",
    }
    spots = [(spot.path, spot.reason) for spot in find_secrets(fields)]
    assert spots == [
        (("args", 3), "name"),
        (("env", "API_KEY"), "name"),
        (("headers", "Authorization"), "name"),
        (("url",), "url"),
        (("url",), "name"),
    ]


@given(st.dictionaries(st.text(max_size=9), st.recursive(st.text(), lambda inner: st.lists(inner, max_size=4))))
def test_spots_are_pieces_of_strings_and_never_overlap(fields: dict[str, Value]) -> None:
    spots = find_secrets(fields)
    for spot in spots:
        assert 0 <= spot.start < spot.end <= len(at(fields, spot.path))
    for left, right in pairwise(spots):
        assert left.path != right.path or left.end <= right.start


@given(
    st.sampled_from(["API_KEY", "GITHUB_TOKEN", "DB_PASSWORD", "clientSecret"]),
    st.from_regex(r"[a-z]\d[a-z0-9$%]{4,20}", fullmatch=True),
)
def test_a_literal_under_a_secrets_name_is_found_whatever_it_is(name: str, value: str) -> None:
    assert found_in({"env": {name: value}}) == [value]


@given(st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,20}", fullmatch=True), words)
def test_a_reference_is_never_a_secret(variable: str, default: str) -> None:
    for reference in (f"${{{variable}}}", f"${variable}", f"${{env:{variable}}}", f"${{{variable}:-{default}}}"):
        assert found_in({"env": {"API_KEY": reference}, "headers": {"Authorization": f"Bearer {reference}"}}) == []
        assert found_in({"args": ["--token", reference, f"--api-key={reference}"]}) == []


def test_a_reference_is_no_secret_however_random_its_name() -> None:
    drawn = "iK2ZWeqhFWCEPyYngFb51yBM"
    assert found_in({"args": [drawn]}) == [drawn]
    assert found_in({"args": [f"${{{drawn}}}", f"${{HOME:-{drawn}}}"]}) == []


@pytest.mark.parametrize("name", ["API_KEY", "apiKey", "api-key", "x-api-key", "API_KEY_1", "OPENAI_APIKEY", "_TOKEN"])
def test_one_name_in_all_its_spellings(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name", ["", "_", "1", "PUBLIC_KEY", "TOKEN_COUNT", "nextPageToken", "keys", "tokens", "AUTHORS"]
)
def test_names_that_only_sound_like_it(name: str) -> None:
    assert not is_secret_name(name)


def test_tokens_are_hidden_in_prose_and_prose_is_not() -> None:
    token = "ghp_" + "a1" * 18
    assert hide_tokens(f"403 for {token}, see https://u:{token}@h/x") == "403 for ***, see https://u:***@h/x"
    prose = "The bearer authentication of basic services failed: token limit, secret manager, sk-learn is no key."
    assert hide_tokens(prose) == prose


@pytest.mark.parametrize(
    "piece", ["${", "$(", "{{", "{env:", "<", "://", "a:", "a@", "eyJaaaaaaaa.", "-----BEGIN PRIVATE KEY-----"]
)
def test_no_value_takes_forever(piece: str) -> None:
    """Left open thousands of times, as no person would: a search that begins anew each time would time out."""
    fields: dict[str, Value] = {"env": {"API_KEY": piece * 8_000}, "args": [piece * 8_000]}
    assert isinstance(find_secrets(fields), tuple)
