"""Texts are merged by their parts."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.items import SHARED, ItemKey, Items, Kind, Rule
from aisync_desktop.sync.model.merge import merge
from aisync_desktop.sync.model.sides import Side
from tests.sync.model.sides import TEXT, side

PARTS = [f"# {name}\n\n{name}\n\n" for name in ("one", "two", "three", "four", "five", "six")]
parts = st.dictionaries(st.integers(0, 5), st.sampled_from(["x\n\n", "y\nz\n\n", ""]), max_size=3)
TEXT_KEY = ItemKey(Kind.RULES, SHARED)


def rules(changed: Mapping[int, str], **fields: object) -> Items:
    """Return one rule of six parts, some of them other ones."""
    text = "".join(changed.get(at, part) for at, part in enumerate(PARTS))
    return {TEXT_KEY: Rule.model_validate({"text": f"head\n\n{text}tail\n", **fields})}


def merged_text(unified: Items, *sides: Side) -> str | None:
    merged = merge(unified, sides)
    item = merged.items[TEXT_KEY]
    assert isinstance(item, Rule)
    return None if merged.clashes else item.text


def text_of(items: Items) -> str:
    item = items[TEXT_KEY]
    assert isinstance(item, Rule)
    return item.text


@given(parts, parts)
def test_edits_of_different_parts_of_a_text_are_both_in_the_merge(left: dict[int, str], right: dict[int, str]) -> None:
    right = {at: part for at, part in right.items() if not {at - 1, at, at + 1} & left.keys()}
    base = rules({})
    sides = side("one", base, rules(left), TEXT), side("two", base, rules(right), TEXT)
    assert merged_text(base, *sides) == text_of(rules(left | right))


@given(parts, parts)
def test_a_text_merges_the_same_from_either_side(left: dict[int, str], right: dict[int, str]) -> None:
    base = rules({})
    one, two = rules(left), rules(right)
    assert merged_text(base, side("a", base, one), side("b", base, two)) == merged_text(
        base, side("a", base, two), side("b", base, one)
    )


@given(parts)
def test_equal_edits_of_a_text_merge_to_that_edit(changed: dict[int, str]) -> None:
    base, after = rules({}), rules(changed)
    sides = [side(client, base, after, TEXT) for client in ("one", "two", "three")]
    assert merged_text(base, *sides) == text_of(after)


@given(parts, parts)
def test_an_edit_from_an_older_text_goes_into_what_that_has_become(
    meanwhile: dict[int, str], late: dict[int, str]
) -> None:
    late = {at: part for at, part in late.items() if not {at - 1, at, at + 1} & meanwhile.keys()}
    unified, base = rules(meanwhile), rules({})
    assert merged_text(unified, side("late", base, rules(late), TEXT)) == text_of(rules(meanwhile | late))


@pytest.mark.parametrize(
    ("meanwhile", "sides"),
    [
        ({}, [({}, {2: "x\n"}), ({}, {2: "y\n"})]),
        ({2: "x\n"}, [({}, {2: "y\n"})]),
        ({2: "x\n"}, [({2: "x\n"}, {2: "x\nlast\n"}), ({}, {2: "y\n"})]),
    ],
)
def test_edits_of_the_same_lines_are_a_conflict(
    meanwhile: dict[int, str], sides: list[tuple[dict[int, str], dict[int, str]]]
) -> None:
    made = [side(f"{n}", rules(base), rules(view), TEXT) for n, (base, view) in enumerate(sides)]
    merged = merge(rules(meanwhile), made)
    assert merged.held == {TEXT_KEY}
    assert merged.items == rules(meanwhile)


def test_three_clients_may_edit_one_text() -> None:
    base = rules({})
    sides = [side(f"{at}", base, rules({at: f"new {at}\n\n"}), TEXT) for at in (0, 2, 4)]
    assert merged_text(base, *sides) == text_of(rules({at: f"new {at}\n\n" for at in (0, 2, 4)}))


def test_a_text_and_what_it_is_about_are_merged_apart() -> None:
    base = rules({})
    left, right = rules({1: "x\n"}), rules({}, activation="paths", paths=("src/**",))
    merged = merge(base, [side("one", base, left, TEXT), side("two", base, right, TEXT)])
    assert merged.items == rules({1: "x\n"}, activation="paths", paths=("src/**",))


def test_a_preferred_client_wins_a_text_that_clashes() -> None:
    base = rules({})
    sides = [side("one", base, rules({1: "x\n"}), TEXT), side("two", base, rules({1: "y\n"}), TEXT)]
    assert merge(base, sides, prefer="two").items == rules({1: "y\n"})


@pytest.mark.parametrize(("other", "held"), [({}, set()), ({1: "x\n"}, {TEXT_KEY})])
def test_two_new_texts_under_one_name_must_be_equal(other: dict[int, str], held: set[ItemKey]) -> None:
    merged = merge({}, [side("one", {}, rules({}), TEXT), side("two", {}, rules(other), TEXT)])
    assert merged.held == held


def test_a_new_copy_of_a_text_does_not_hinder_an_edit_of_it() -> None:
    base, edited = rules({}), rules({1: "x\n"})
    assert merged_text(base, side("new", {}, base, TEXT), side("old", base, edited, TEXT)) == text_of(edited)


def test_what_two_texts_leave_of_each_other_must_be_a_text() -> None:
    base = {TEXT_KEY: Rule(text="a\nb\nc\n")}
    left, right = {TEXT_KEY: Rule(text="a\n")}, {TEXT_KEY: Rule(text="c\n")}
    merged = merge(base, [side("one", base, left, TEXT), side("two", base, right, TEXT)])
    assert merged.held == {TEXT_KEY}
