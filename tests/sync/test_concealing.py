"""A diff of files shows nothing of the secrets in them, and each line stays a line."""

from __future__ import annotations

import pytest

from aisync_desktop.documents.parse import parse
from aisync_desktop.documents.protocol import Format, Strictness
from aisync_desktop.kernel.line_diff import diff_lines
from aisync_desktop.sync.reports.concealing import Concealer
from tests.sync.question_cases import CANARY

KEY = "\n".join(
    ["-----BEGIN RSA PRIVATE KEY-----", *("abcdefghijkl" * 4 for _ in range(30)), "-----END RSA PRIVATE KEY-----"]
)


def shown(before: str, after: str, concealer: Concealer) -> tuple[list[str], bool]:
    old, new = concealer.of(before), concealer.of(after)
    lines = [f"{line.sign}{line.text}" for line in diff_lines(before, after, 1, 0, (old, new))]
    return lines, old.hidden or new.hidden


def test_a_key_of_many_lines_is_hidden_in_each_of_them_also_where_only_its_end_is_near_a_change() -> None:
    before = f"# rules\n{KEY}\nold\n"
    lines, hidden = shown(before, before.replace("old", "new"), Concealer())
    assert lines == ["…", " ***", "-old", "+new"]
    assert hidden


def test_a_new_key_is_so_many_lines_of_which_none_is_told() -> None:
    lines, _ = shown("# rules\n", f"# rules\n{KEY}\n", Concealer())
    assert lines == [" # rules", *["+***"] * 32]


def test_a_secret_that_goes_over_lines_in_a_document_is_hidden_by_its_parts() -> None:
    text = "env:\n  PASSWORD: |\n    first-half-of-it\n    second-half-of-it\nx: 1\n"
    document = parse(text.encode(), Format.YAML, Strictness())
    lines, hidden = shown("", text, Concealer(documents=[document]))
    assert (lines[2:4], hidden) == (["+    ***", "+    ***"], True)


def test_what_is_secret_in_another_file_is_hidden_here_too() -> None:
    lines, hidden = shown("a\n", "a\nthe word is tr0ub4dor\n", Concealer(["tr0ub4dor"]))
    assert (lines, hidden) == ([" a", "+the word is ***"], True)


def test_a_file_without_secrets_is_shown_as_it_is() -> None:
    assert shown("a\n", "b\n", Concealer()) == (["-a", "+b"], False)


@pytest.mark.parametrize("before", ["", f'{{"token": "{CANARY}"}}\n'])
def test_a_token_is_hidden_wherever_it_stands(before: str) -> None:
    lines, hidden = shown(before, f'{{"token":\n "{CANARY}x"}}\n', Concealer())
    assert CANARY not in "".join(lines)
    assert hidden
