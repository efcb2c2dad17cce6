from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

import aisync_desktop
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import TEMPLATES, Text, text
from aisync_desktop.kernel.problem import problem_of
from aisync_desktop.kernel.texts import visible
from aisync_desktop.kernel.translatable import QT_TRANSLATE_NOOP

PACKAGE = Path(aisync_desktop.__file__).parent
CALL = re.compile(r'(?<![\w.])text\(\s*"([a-z0-9.-]+)"')


def codes_in_use() -> set[str]:
    """Return the codes that are written out in calls of `text`."""
    return {code for file in PACKAGE.rglob("*.py") for code in CALL.findall(file.read_text(encoding="utf-8"))}


def test_every_code_in_use_has_a_template() -> None:
    used = codes_in_use()
    assert used
    assert used <= TEMPLATES.keys()


def test_an_unknown_code_fails_at_once() -> None:
    with pytest.raises(KeyError):
        text("no.such.code")


def test_templates_belong_to_one_context() -> None:
    with pytest.raises(ValueError, match="other"):
        QT_TRANSLATE_NOOP("other", "text")


@given(st.text())
def test_a_parameter_is_put_in_as_it_is_seen(value: str) -> None:
    made = text("plain", text=value).english()
    assert made.isprintable()
    assert made == value or not value.isprintable() or visible(value) != value


@pytest.mark.parametrize("value", ["{name}", "%s", "C:\\new", "<b>", "\ud55c\uae00"])
def test_a_parameter_is_never_interpreted(value: str) -> None:
    assert text("plain", text=value).english() == value


def test_a_text_survives_json_and_counts_as_equal() -> None:
    made = text("status.in-step", items=2, clients=3)
    adapter = TypeAdapter(Text)
    again = adapter.validate_json(adapter.dump_json(made))
    assert len({made, again}) == 1
    assert again.render(lambda template: template.upper().replace("{ITEMS}", "{items}").replace("{CLIENTS}", "!")) == (
        "IN STEP: 2 ITEMS IN ! CLIENTS."
    )


def test_an_error_is_one_line_that_names_the_path_once() -> None:
    parts = text("engine.vanished"), text("engine.vanished.message"), text("engine.vanished.next")
    error = WorldError(*parts, path=Path("/x/y"))
    assert str(error).count("/x/y") == 1
    named = WorldError(parts[0], text("plain", text="see /x/y"), parts[2], path=Path("/x/y"))
    assert str(named).count("/x/y") == 1
    assert "\n" not in str(error)


def test_a_problem_says_what_the_error_said() -> None:
    error = WorldError(text("engine.vanished"), text("engine.vanished.message"), text("engine.vanished.next"))
    problem = problem_of(error)
    assert (problem.title, problem.message, problem.next_step, problem.path) == (
        error.title,
        error.message,
        error.next_step,
        "",
    )
