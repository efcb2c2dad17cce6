"""A diff tells each line with its numbers and the words that changed, and shows no more of a secret than it may."""

from __future__ import annotations

import random
from collections.abc import Sequence

from aisync_desktop.kernel.line_diff import DiffLine, diff_lines
from aisync_desktop.kernel.word_diff import changed_words


def marked(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def told(base: str, side: str, context: int = 1) -> list[tuple[str, int | None, int | None, str]]:
    return [(line.sign, line.old, line.new, line.text) for line in diff_lines(base, side, context)]


def test_each_line_has_its_numbers_in_both_texts() -> None:
    base = "".join(f"{n}\n" for n in range(1, 8))
    side = base.replace("4\n", "four\nand more\n")
    assert told(base, side) == [
        ("…", None, None, ""),
        (" ", 3, 3, "3"),
        ("-", 4, None, "4"),
        ("+", None, 4, "four"),
        ("+", None, 5, "and more"),
        (" ", 5, 6, "5"),
        ("…", None, None, ""),
    ]


def test_words_that_changed_in_a_line_are_marked_and_lines_without_a_counterpart_are_not() -> None:
    old, new, more = diff_lines('args = ["a"]\n', 'args = ["a", "--verbose"]\nnew\n', 3)
    assert marked(old.text, old.spans) == []
    assert marked(new.text, new.spans) == [', "--verbose"']
    assert more.spans == ()


def test_equal_texts_and_new_ones() -> None:
    assert told("a\n", "a\n") == [("…", None, None, "")]
    assert told("", "a\nb\n") == [("+", None, 1, "a"), ("+", None, 2, "b")]
    assert told("a\n", "") == [("-", 1, None, "a")]


def test_a_secret_that_changed_is_a_change_that_shows_nothing_of_it() -> None:
    def hidden(lines: Sequence[str], start: int) -> list[str]:
        return [f"{start + n + 1} {line.replace('old', '*').replace('new', '*')}" for n, line in enumerate(lines)]

    lines = [*diff_lines("x\nk: old\n", "x\nk: new\n", 0, 0, (hidden, hidden))]
    assert [(line.sign, line.text) for line in lines] == [("…", ""), ("-", "2 k: *"), ("+", "2 k: *")]


def test_of_very_many_lines_in_one_place_the_first_are_told() -> None:
    lines = [*diff_lines("", "".join(f"{n}\n" for n in range(10)), 3, 4)]
    assert [line.text for line in lines] == ["0", "1", "2", "3", ""]
    assert (lines[-1].sign, lines[-1].new, lines[-1].count) == ("+", 5, 6)
    (*_, gone) = diff_lines("".join(f"{n}\n" for n in range(10)), "", 3, 4)
    assert (gone.sign, gone.old, gone.count) == ("-", 5, 6)


def test_the_lines_lead_from_one_text_to_the_other() -> None:
    chance = random.Random(5)
    for _ in range(200):
        base = [chance.choice("abcde") for _ in range(chance.randint(0, 12))]
        side = [line for line in base if chance.random() < 0.8]
        for _ in range(chance.randint(0, 3)):
            side.insert(chance.randint(0, len(side)), chance.choice("abxyz"))
        lines = [*diff_lines("\n".join(base) + "\n" * bool(base), "\n".join(side) + "\n" * bool(side), 99)]
        assert [line.text for line in lines if line.sign in " -"] == (base if base != side else [])
        assert [line.text for line in lines if line.sign in " +"] == (side if base != side else [])
        assert all(base[line.old - 1] == line.text for line in lines if line.old)
        assert all(side[line.new - 1] == line.text for line in lines if line.new)


def test_a_long_text_of_lines_that_come_again_is_compared_all_the_same() -> None:
    base = "".join(f"{n % 7}\n  }},\n" for n in range(20_000))
    side = f"first\n{base[: len(base) // 2]}middle\n{base[len(base) // 2 :]}last\n"
    assert {line.text for line in diff_lines(base, side, 0) if line.sign == "+"} >= {"first", "last"}
    assert isinstance(next(iter(diff_lines(base, side, 0))), DiffLine)


def test_words_are_whole_and_blanks_between_two_that_changed_belong_to_them() -> None:
    old, new = changed_words("run npx now", "run uvx later")
    assert (marked("run npx now", old), marked("run uvx later", new)) == (["npx now"], ["uvx later"])
    assert changed_words("same", "same") == ((), ())


def test_of_texts_with_very_many_words_all_between_the_ends_is_marked() -> None:
    one, other = (f"a {' '.join(f'{sign}{n}' for n in range(2_000))} z" for sign in "xy")
    assert changed_words(one, other) == (((2, len(one) - 2),), ((2, len(other) - 2),))


def test_of_a_line_without_end_what_differs_is_told_and_how_much_is_left_out() -> None:
    around, same = "a" * 5_000, "c" * 9_000
    lines = list(diff_lines(f"{same}\n{around}x{around}\n", f"{same}\n{around}y{around}\nz{same}\n", 1, longest=300))
    assert max(len(line.text) for line in lines) < 600
    gone, come, new = (line.text for line in lines if line.sign in "+-")
    assert ("x" in gone, "y" in come, new[0]) == (True, True, "z")
    assert all("… +" in line.text for line in lines)
