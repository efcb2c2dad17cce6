"""Properties of editing Markdown with frontmatter over random texts."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.documents.errors import EditRefusedError, MalformedDocument
from aisync_desktop.documents.parse import parse
from aisync_desktop.documents.protocol import Document, Format, Remove, SetValue
from tests.documents import editing
from tests.documents.markdown_texts import body_text, markdown_text

BATCH = 34  # documents in one example: the 60 examples of the fast profile make 2,040


def _line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n")


def _document(rng: Random) -> tuple[bytes, Document]:
    """Return the next random text whose frontmatter is valid."""
    while True:
        data = (b"\xef\xbb\xbf" if rng.random() < 0.1 else b"") + markdown_text(rng).encode()
        try:
            return data, parse(data, Format.MARKDOWN)
        except MalformedDocument:
            continue


def _check(rng: Random) -> None:
    data, document = _document(rng)
    value = document.value()
    assert document.dump() == data
    assert document.edit(SetValue((), value)).dump() == data
    assert isinstance(value, dict)
    body = value["body"]
    assert isinstance(body, str)
    assert _line_feeds(data.decode("utf-8-sig")).endswith(body)
    try:
        rng.choice([_check_body, _check_line, _check_frontmatter])(rng, document, data, body)
    except EditRefusedError as refused:
        if refused.reason != "shape":  # a body that would be read as a frontmatter, YAML without a safe place
            raise


def _check_body(rng: Random, document: Document, data: bytes, body: str) -> None:
    new = body_text(rng)
    edited = document.edit(SetValue(("body",), new))
    assert edited.get(("body",)) == _line_feeds(new)
    assert edited.get(("frontmatter",)) == document.get(("frontmatter",))
    if body:
        assert _line_feeds(edited.edit(SetValue(("body",), body)).dump().decode()) == _line_feeds(data.decode())


def _check_line(rng: Random, document: Document, data: bytes, body: str) -> None:
    """A line that is added among others leaves all other bytes as they are, mixed line endings too."""
    lines = body.splitlines(keepends=True)
    place = rng.randint(0, len(lines))
    if place == len(lines) and body and not body.endswith("\n"):
        return
    edited = document.edit(SetValue(("body",), "".join([*lines[:place], "a new line\n", *lines[place:]])))
    assert editing.is_subsequence(data, edited.dump())
    assert len(edited.dump()) - len(data) in {len("a new line\n"), len("a new line\r\n"), len("\r\na new line\r\n")}
    assert edited.edit(SetValue(("body",), body)).get(("body",)) == body


def _check_frontmatter(_rng: Random, document: Document, data: bytes, body: str) -> None:
    path = ("frontmatter", editing.NEW_KEY)
    edited = document.edit(SetValue(path, ["x", "y"]))
    assert edited.get(path) == ["x", "y"]
    assert edited.get(("body",)) == body
    if document.get(("frontmatter",)):
        assert edited.edit(Remove(path)).dump() == data
    elif document.get(("frontmatter",)) is None:
        assert edited.dump().endswith(data.removeprefix(b"\xef\xbb\xbf"))
        assert edited.edit(Remove(("frontmatter",))).dump() == data
    assert document.edit(SetValue(("frontmatter",), None)).get(("body",)) == body


@given(st.integers(0, 2**48))
def test_any_edit_of_any_text_is_exact_and_reversible(seed: int) -> None:
    rng = editing.seeded(seed)
    for _ in range(BATCH):
        _check(rng)


@pytest.mark.deep
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(10))
def test_ten_thousand_texts_of_each_seed(seed: int) -> None:
    rng = editing.seeded(f"markdown {seed}")
    for _ in range(10_000):
        _check(rng)
