from __future__ import annotations

import base64
import json
import urllib.parse
from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aisync_desktop.observe.redact import Redactor

secrets = st.one_of(
    st.text(min_size=6, max_size=40),
    st.from_regex(r"[A-Za-z0-9+/_-]{8,40}", fullmatch=True),
    st.sampled_from(["it's", "a\"b'c\\d\n", "line\nbreak", "한글비밀번호", "päßwörd%20", "12345678"]),
).filter(lambda secret: len(secret) >= 4)


def carriers(secret: str) -> list[object]:
    """Everything in which a secret may come along."""
    return [
        secret,
        f"before {secret} after {secret}",
        _raw(secret),
        [secret, (secret, {secret})],
        {"a": {"b": [{"c": secret}]}, secret: 1, 7: secret, ("x", secret): 2},
        ValueError(secret),
        KeyError(secret),
        OSError(1, secret),
        {"error": ValueError({"nested": secret})},
        repr({"a": secret}),
        json.dumps({"a": secret}),
        json.dumps({"a": secret}, ensure_ascii=False),
        f"https://host/?q={urllib.parse.quote(secret, safe='', errors='backslashreplace')}",
        "Basic " + base64.b64encode(_raw(secret)).decode(),
    ]


@given(secrets)
def test_a_registered_secret_passes_in_no_disguise(secret: str) -> None:
    spellings = [secret, repr(secret)[1:-1], json.dumps(secret)[1:-1], base64.b64encode(_raw(secret)).decode()]
    assume(not any(secret in text for carrier in carriers("#" * 50) for text in texts(Redactor().value(carrier))))
    redactor = Redactor()
    redactor.register(secret)
    for carrier in carriers(secret):
        for text in texts(redactor.value(carrier)):
            assert not [spelling for spelling in spellings if spelling in text], carrier


def _raw(secret: str) -> bytes:
    return secret.encode("utf-8", "backslashreplace")


def texts(value: object) -> Iterator[str]:
    """Yield every text in a redacted value."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from (*texts(name), *texts(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    else:
        yield str(value)


def test_numbers_that_are_secrets_are_hidden_too() -> None:
    redactor = Redactor()
    redactor.register("12345678")
    assert redactor.value({"pin": 12345678, "n": 1234567}) == {"pin": "***", "n": 1234567}


def test_what_stands_under_a_secrets_name_is_hidden_unless_it_is_a_reference() -> None:
    values = {
        "api_key": "abc",
        "TOKEN": 7,
        "nested": {"password": ["a"]},
        "key": "mcp/x",
        "token": "${TOKEN}",
        "secret": None,
    }
    assert Redactor().value(values) == {
        "api_key": "***",
        "TOKEN": "***",
        "nested": {"password": "***"},
        "key": "mcp/x",
        "token": "${TOKEN}",
        "secret": None,
    }


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("GET https://u:pw@host/x?token=abc&y=1", "GET https://u:***@host/x?token=***&y=1"),
        ("password=hunter2 user=kim", "password=*** user=kim"),
        ('{"api_key": "hunter2", "n": 1}', '{"api_key": "***", "n": 1}'),
        ('{"PASSWORD": "correct horse battery", "n": 1', '{"PASSWORD": "***", "n": 1'),
        ("password='it is \\'so\\', too' user=kim", "password='***' user=kim"),
        ('password = "not closed\nnext', 'password = "***\nnext'),
        ('password="" n="x"', 'password="" n="x"'),
        ('token: "${TOKEN}", n: 1', 'token: "${TOKEN}", n: 1'),
        ('["--api-key", "plain words", "-v"', '["--api-key", "***", "-v"'),
        ('["api-key", "plain words"]', '["api-key", "plain words"]'),
        ("Authorization: Bearer onlyletters\nHost: x", "Authorization: ***\nHost: x"),
        ("set-cookie: a=b; c=d", "set-cookie: ***"),
        ("using Bearer abc123", "using Bearer ***"),
        ("token=${TOKEN} key=mcp/x", "token=${TOKEN} key=mcp/x"),
        ("nothing to hide: 3 files, 2 clients", "nothing to hide: 3 files, 2 clients"),
    ],
)
def test_texts_lose_their_secrets_and_keep_the_rest(text: str, hidden: str) -> None:
    assert Redactor().text(text) == hidden


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(), st.lists))
def test_any_value_becomes_json(value: object) -> None:
    json.dumps(Redactor().value(value))


def test_what_cannot_be_shown_costs_no_line() -> None:
    class Rude:
        def __str__(self) -> str:
            raise RuntimeError

    endless: list[object] = []
    endless.append(endless)
    assert Redactor().value([Rude(), endless])[0] == "<Rude>"


def test_a_secret_too_short_to_tell_from_other_text_is_not_hunted() -> None:
    redactor = Redactor()
    redactor.register("a", "", "abc")
    assert redactor.text("a banana, abc") == "a banana, abc"


def test_the_longer_of_two_secrets_goes_first() -> None:
    redactor = Redactor()
    redactor.register("abcd", "abcd-efgh")
    assert redactor.text("abcd-efgh") == "***"
