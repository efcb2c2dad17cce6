"""Bytes that nobody would write on purpose: the only answer besides a document is MalformedDocument, and soon."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.documents.errors import MalformedDocument
from aisync_desktop.documents.parse import parse
from aisync_desktop.documents.protocol import Format, Strictness
from tests.documents import editing
from tests.documents.json_texts import JsonWriter
from tests.documents.markdown_texts import markdown_text
from tests.documents.rules_texts import RulesWriter
from tests.documents.toml_texts import TomlWriter
from tests.documents.yaml_texts import YamlWriter

LENIENT = Strictness(comments=True, trailing_commas=True)
BATCH = 40
_SNIPPETS = (
    b"\x00",
    b"\xff",
    b"\xed\xa0\x80",  # half a character, in the way of CESU-8
    b"\xef\xbb\xbf",
    b"\\ud800",
    b"\\",
    b'"',
    b"'",
    b'"""',
    b"[",
    b"{",
    b"]",
    b"}",
    b"[[",
    b",",
    b":",
    b"=",
    b"#",
    b"//",
    b"/*",
    b"*/",
    b"\r",
    b"\n",
    b"\t",
    b"-",
    b"---\n",
    b"+++\n",
    b"&a ",
    b"*a",
    b"<<: ",
    b"!!python/object:os.system ",
    b"!x ",
    b"NaN",
    b"1e999",
    b"99-99-99",
    b"2001-99-99",
    b"\xe2\x80\xa8",
    b"\xc2\x85",
    b"prefix_rule(",
    b"\x1b",
)
_DEEP = {
    "lists": b"[",
    "maps": b'{"a":',
    "flow maps": b"{a: ",
    "dashes": b"- ",
    "keys": b"a.",
    "tables": b"[a.",
    "rules": b"prefix_rule(pattern=[",
    "assigned lists": b"a=[",
    "comments": b"/*",
    "quotes": b'"\\',
    "triple quotes": b'"""\\',
    "aliases": b"&a [*a, ",
    "question marks": b"? ",
    "escapes": b'"\\u',
    "commas": b", ",
    "fences": b"---\n",
}


def _text(rng: Random, kind: Format) -> str:
    match kind:
        case Format.JSON:
            return JsonWriter(rng, jsonc=True, trailing=True).document()
        case Format.TOML:
            return TomlWriter(rng).document()
        case Format.YAML:
            return YamlWriter(rng, shared=True).document()
        case Format.MARKDOWN:
            return markdown_text(rng)
        case Format.EXEC_RULES:
            return RulesWriter(rng).document()


def _mutilated(rng: Random, data: bytes) -> bytes:
    for _ in range(rng.choice([1, 1, 2, 3, 8])):
        place = rng.randint(0, len(data))
        end = rng.choice([place, place, place + 1, place + 5, len(data)])
        data = data[:place] + rng.choice([b"", rng.choice(_SNIPPETS), rng.choice(_SNIPPETS) * 3]) + data[end:]
    return data


def _survives(data: bytes, kind: Format, strictness: Strictness = LENIENT) -> bool:
    """Parse: either a document that gives the bytes back, or an error with a place in them."""
    try:
        document = parse(data, kind, strictness)
    except MalformedDocument as error:
        line, column, words = error.line, error.column, error.message.english()
    else:
        assert document.dump() == data
        document.value()
        return True
    lines = data.decode(errors="replace").removeprefix("\ufeff").split("\n")
    assert 1 <= line <= len(lines)
    assert 1 <= column <= len(lines[line - 1]) + 2
    assert words
    return False


@pytest.mark.parametrize("kind", list(Format))
@given(seed=st.integers(0, 2**48))
def test_mutilated_texts_are_documents_or_malformed(kind: Format, seed: int) -> None:
    rng = editing.seeded(seed)
    for _ in range(BATCH // 4):
        data = _mutilated(rng, _text(rng, kind).encode())
        _survives(data, kind, rng.choice([LENIENT, Strictness(), Strictness(bom=False, duplicate_keys=False)]))


@pytest.mark.parametrize("kind", list(Format))
@given(data=st.binary(max_size=60))
def test_random_bytes_are_documents_or_malformed(kind: Format, data: bytes) -> None:
    _survives(data, kind)


@pytest.mark.parametrize("kind", list(Format))
@pytest.mark.parametrize("opening", _DEEP.values(), ids=_DEEP)
@pytest.mark.parametrize("times", [300, 20_000])
def test_nesting_beyond_all_reason_ends_soon_and_without_recursion(kind: Format, opening: bytes, times: int) -> None:
    _survives(opening * times, kind)


@pytest.mark.parametrize("levels", [200, 256, 300, 5000])
def test_json_is_read_up_to_a_depth_that_does_not_depend_on_the_caller(levels: int) -> None:
    assert _survives(b"[" * levels + b"]" * levels, Format.JSON) == (levels <= 256)
    assert _survives(b'{"a":' * levels + b"1" + b"}" * levels, Format.JSON) == (levels <= 256)


def test_aliases_that_multiply_are_malformed() -> None:
    lines = [b"a0: &a0 [x, x, x, x, x, x, x, x]"]
    lines += [b"a%d: &a%d [%s]" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 8)) for n in range(1, 12)]
    assert not _survives(b"\n".join(lines), Format.YAML)


def test_aliases_that_nest_are_malformed() -> None:
    lines = [b"a0: &a0 [x]", *(b"a%d: &a%d [*a%d]" % (n, n, n - 1) for n in range(1, 2000))]
    assert not _survives(b"\n".join(lines), Format.YAML)


@pytest.mark.parametrize("data", [b"a: &a [*a]", b"&a {k: *a}", b"a: *nobody"])
def test_an_alias_of_what_is_not_complete_is_malformed(data: bytes) -> None:
    assert not _survives(data, Format.YAML)


@pytest.mark.parametrize("data", [b"a: !!python/object/apply:os.getcwd []", b"!x y", b"a: !!binary aGk=", b"!!set {a}"])
def test_a_tag_that_makes_more_than_plain_values_is_malformed(data: bytes) -> None:
    assert not _survives(data, Format.YAML)


@pytest.mark.parametrize(
    "data", [b'"\\ud800"', b'["\\udc00"]', b'{"\\ud83d x": 1}', b'"\\ud83d\\ud83d"', b'"\xed\xa0\x80"']
)
def test_half_a_character_in_json_is_malformed(data: bytes) -> None:
    assert not _survives(data, Format.JSON)


@pytest.mark.parametrize("data", [b'"\\ud83d\\ude00"', b'"\\\\ud800"', b'"\\uD83D\\uDE00\\u0041"'])
def test_a_whole_character_in_two_escapes_is_fine(data: bytes) -> None:
    assert _survives(data, Format.JSON)


@pytest.mark.deep
@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", [Format.JSON, Format.MARKDOWN])
@pytest.mark.parametrize("opening", _DEEP.values(), ids=_DEEP)
def test_fifty_megabytes_of_nonsense_come_to_an_end(kind: Format, opening: bytes) -> None:
    _survives(opening * (50_000_000 // len(opening)), kind)


@pytest.mark.deep
@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", [Format.TOML, Format.YAML, Format.EXEC_RULES])
@pytest.mark.parametrize("opening", _DEEP.values(), ids=_DEEP)
def test_two_megabytes_of_nonsense_come_to_an_end(kind: Format, opening: bytes) -> None:
    _survives(opening * (2_000_000 // len(opening)), kind)


@pytest.mark.deep
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", list(Format))
def test_a_hundred_thousand_mutilated_texts(kind: Format) -> None:
    rng = editing.seeded(f"hostile {kind}")
    for _ in range(100_000):
        _survives(_mutilated(rng, _text(rng, kind).encode()), kind)
