from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.kernel.texts import fenced, lines_of, plain_text, reframed

texts = st.text(st.sampled_from("ab \t\r\n\ufeff#"), max_size=12)


@given(texts)
def test_a_text_has_one_spelling(text: str) -> None:
    plain = plain_text(text)
    assert plain_text(plain) == plain
    assert "\r\n" not in plain
    assert plain_text(f"\n \n{text.removeprefix(chr(0xFEFF))}\n\n".replace("\n", "\r\n")) == plain_text(f"\n{text}")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("# A\r\n\r\nb", "# A\n\nb\n"),
        ("\n\n  indented\n \n", "  indented\n"),
        ("two spaces  \nmean a break  \n", "two spaces  \nmean a break\n"),
        (" \r\n", ""),
    ],
)
def test_line_endings_and_outer_blank_lines_are_not_part_of_a_text(text: str, plain: str) -> None:
    assert plain_text(text) == plain


@given(texts, texts)
def test_a_text_in_the_frame_of_another_is_that_text(frame: str, text: str) -> None:
    plain = plain_text(text)
    if plain:
        assert plain_text(reframed(frame, plain)) == plain


@pytest.mark.parametrize("frame", ["a", "a\n", "\n \na\n\n", "\n\na\nb  \n "])
def test_a_text_in_its_own_frame_is_as_it_was(frame: str) -> None:
    assert reframed(frame, plain_text(frame)) == frame


def test_a_line_is_code_from_a_fence_to_the_next_one_of_its_kind() -> None:
    text = "a\n```sh\n~~~\nb\n```\nc\n~~~~\n~~~\n"
    assert [line.strip() for line, in_code in fenced(lines_of(text)) if not in_code] == ["a", "c"]
