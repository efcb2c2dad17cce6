"""Pictures of the window: few, and yet every two looks together; and the page that shows them."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.scenes import SCENES
from tools import screenshots
from tools.pairwise import pairwise

_AXES = st.dictionaries(
    st.sampled_from("abcde"), st.lists(st.sampled_from("1234"), min_size=1, max_size=4, unique=True), min_size=2
)


@given(_AXES)
def test_every_two_values_come_together(axes: dict[str, list[str]]) -> None:
    chosen = pairwise(axes)
    together = {pair for one in chosen for pair in combinations(one.items(), 2)}
    for (one, ones), (other, others) in combinations(axes.items(), 2):
        assert {((one, left), (other, right)) for left in ones for right in others} <= together
    assert chosen == pairwise(axes)


def test_what_cannot_be_is_not_chosen_and_what_is_given_comes_first() -> None:
    axes = {"page": ["home", "first"], "state": ["usual", "empty"], "scheme": ["light", "dark"]}
    wanted = [{"page": "home", "state": "usual", "scheme": "dark"}]
    chosen = pairwise(axes, lambda one: (one["page"], one["state"]) != ("first", "empty"), wanted)
    assert chosen[0] == wanted[0]
    assert not [one for one in chosen if (one["page"], one["state"]) == ("first", "empty")]


def test_pictures_are_few_and_show_every_state_and_every_page_in_every_width() -> None:
    chosen = screenshots.pictures()
    assert len(chosen) < 80
    assert len({screenshots.name_of(one) for one in chosen}) == len(chosen)
    states = {(scene.name, state) for scene in SCENES for state in scene.states}
    assert {(one["scene"], one["state"]) for one in chosen} == states
    sizes = {True: {"1120"}, False: set(screenshots.SIZES)}
    widths = {(scene.name, width) for scene in SCENES for width in sizes[scene.dialog]}
    assert {(one["scene"], one["width"]) for one in chosen} == widths


def test_the_page_lays_each_beside_the_drawing_that_is_nearest(tmp_path: Path) -> None:
    for name in ("home-light.png", "home-dark.png"):
        (tmp_path / name).touch()
    look = {"language": "en", "scale": "1", "width": "1120"}
    drawn = [
        ({"scene": "home", "state": "usual", "scheme": "dark", **look}, tmp_path / "a.png"),
        ({"scene": "dialog", "state": "usual", "scheme": "light", **look}, tmp_path / "b.png"),
    ]
    shown = screenshots.page(drawn, tmp_path)
    assert shown.count("<section>") == 2
    assert "home-dark.png" in shown
    assert "home-light.png" not in shown
    assert "home-dark.png" not in screenshots.page(drawn, None)


@pytest.mark.usefixtures("qapp")
def test_a_picture_is_as_dense_as_it_should_be(tmp_path: Path) -> None:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    widget = QWidget()
    widget.resize(80, 40)
    picture = screenshots._drawn(widget, 2.0)
    picture.save(str(tmp_path / "x.png"))
    size = QImage(str(tmp_path / "x.png")).size()
    assert (size.width(), size.height()) == (160, 80)
