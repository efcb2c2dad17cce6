from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.kernel import texts as kernel_texts
from aisync_desktop.kernel.texts import fenced, lines_of, plain_text, reframed, visible

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


@given(st.text(), st.text(), st.booleans())
def test_what_a_letter_is_shown_as_depends_on_no_other(one: str, other: str, numbered: bool) -> None:
    whole = visible(one + other, numbered=numbered)
    assert whole == visible(one, numbered=numbered) + visible(other, numbered=numbered)
    assert whole.isprintable()


def test_each_letter_of_a_long_text_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A value of a megabyte took half a second, each time that it was shown."""
    looked_at: list[str] = []
    number = kernel_texts._number

    def counted(each: str) -> str:
        looked_at.append(each)
        return number(each)

    monkeypatch.setattr(kernel_texts, "_number", counted)
    visible("\u200ba\u3164\u00e9" * 1000)
    assert sorted(looked_at) == ["\u200b", "\u3164"]
