"""How Markdown and exec-policy rules look after an edit, example by example."""

from __future__ import annotations

import pytest

from aisync_desktop.documents.errors import EditRefusedError, MalformedDocument
from aisync_desktop.documents.parse import parse
from aisync_desktop.documents.protocol import Append, Edit, Format, Remove, Rename, SetValue, Strictness

WITH = "---\n# c\npaths:\n  - 'a'\n---\n\n# Title\ntext\n"


def edited(text: str, *edits: Edit) -> str:
    return parse(text.encode(), Format.MARKDOWN).edit(*edits).dump().decode()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", {"frontmatter": None, "body": ""}),
        ("# T\r\n", {"frontmatter": None, "body": "# T\n"}),
        (WITH, {"frontmatter": {"paths": ["a"]}, "body": "\n# Title\ntext\n"}),
        ("+++\na = 1\n+++\nx", {"frontmatter": {"a": 1}, "body": "x"}),
        ("---\n---\nx", {"frontmatter": {}, "body": "x"}),
        ("---\nonly a ruler\n---\nx", {"frontmatter": None, "body": "---\nonly a ruler\n---\nx"}),
        ("---\nno end", {"frontmatter": None, "body": "---\nno end"}),
        ("\n---\na: 1\n---\n", {"frontmatter": None, "body": "\n---\na: 1\n---\n"}),
    ],
)
def test_a_frontmatter_is_what_begins_and_ends_as_one_and_is_a_map(text: str, value: object) -> None:
    assert parse(text.encode(), Format.MARKDOWN).value() == value


@pytest.mark.parametrize(
    ("text", "edit", "expected"),
    [
        (WITH, Append(("frontmatter", "paths"), "b"), WITH.replace("- 'a'\n", "- 'a'\n  - b\n")),
        (WITH, SetValue(("body",), "new"), "---\n# c\npaths:\n  - 'a'\n---\nnew"),
        (WITH, SetValue(("frontmatter",), None), "\n# Title\ntext\n"),
        (WITH, Remove(("frontmatter",)), "\n# Title\ntext\n"),
        ("x\r\n", SetValue(("frontmatter", "k"), [1]), "---\r\nk:\r\n  - 1\r\n---\r\nx\r\n"),
        ("x\r\n", Remove(("frontmatter", "k")), "x\r\n"),
        ("\ufeffa\r\nb\r\n", SetValue(("body",), "a\nc\nb\n"), "\ufeffa\r\nc\r\nb\r\n"),
        ("a\nb\r\nc", SetValue(("body",), "a\nb\nd"), "a\nb\r\nd"),
        ("---\na: 1\n---", SetValue(("body",), "x\n"), "---\na: 1\n---\nx\n"),
        ("", SetValue((), {"frontmatter": {"a": 1}, "body": "x\n"}), "---\na: 1\n---\nx\n"),
        ("+++\na = 1 # c\n+++\n", SetValue(("frontmatter", "a"), 2), "+++\na = 2 # c\n+++\n"),
    ],
)
def test_an_edit_changes_only_what_it_must(text: str, edit: Edit, expected: str) -> None:
    assert edited(text, edit) == expected


def test_a_line_between_blank_ones_leaves_their_line_endings() -> None:
    edit = SetValue(("body",), "\na new line\n\n\n")
    assert edited("\r\n\n\n", edit) == "\r\na new line\r\n\n\n"


@pytest.mark.parametrize(
    "edit",
    [
        SetValue(("body",), 1),
        SetValue(("body",), "---\na: 1\n---\nx"),
        SetValue(("other",), "x"),
        SetValue(("body", "x"), "x"),
        SetValue((), {"text": "x"}),
        Rename(("body",), "x"),
        Append(("body",), "x"),
    ],
)
def test_what_markdown_cannot_hold_is_refused(edit: Edit) -> None:
    with pytest.raises(EditRefusedError):
        edited("text\n", edit)


def test_a_broken_frontmatter_is_malformed_at_its_line_in_the_file() -> None:
    with pytest.raises(MalformedDocument) as malformed:
        parse(b"---\na: 1\nglobs: *.ts\n---\n", Format.MARKDOWN)
    assert malformed.value.line == 3
    document = parse(b"---\na: 1\nb: 2\n---\nx\n", Format.MARKDOWN)
    places = [document.locate(path) for path in (("frontmatter", "b"), ("body",), ("none",))]
    assert [place and (place.line, place.column) for place in places] == [(3, 4), (5, 1), None]


def test_a_frontmatter_that_is_no_yaml_is_body_for_a_client_that_has_its_own() -> None:
    own = Strictness(frontmatter=False)
    text = "\ufeff---\r\nglobs: *.ts\r\n---\r\nx"
    document = parse(text.encode(), Format.MARKDOWN, own)
    assert document.value() == {"frontmatter": None, "body": "---\nglobs: *.ts\n---\nx"}
    edited_once = document.edit(SetValue(("body",), "---\nglobs: *.js\n---\nx"))
    assert edited_once.dump().decode() == text.replace("*.ts", "*.js")
    with pytest.raises(EditRefusedError):
        edited_once.edit(SetValue(("frontmatter", "globs"), "*.ts"))


RULES = """\
# policy
prefix_rule(pattern=["git", ["diff", "log"]], decision="allow")  # read only

# dangerous
prefix_rule(
    pattern = ["rm"], # all of it
    decision = "forbidden",
)
network_rule(host="x", protocol="https", decision="allow")
"""


def rules(text: str, *edits: Edit) -> str:
    return parse(text.encode(), Format.EXEC_RULES).edit(*edits).dump().decode()


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (SetValue(("rules", 0, "decision"), "prompt"), '"allow")  #', '"prompt")  #'),
        (SetValue(("rules", 0, "match"), ["git log"]), '"allow")  #', '"allow", match=["git log"])  #'),
        (SetValue(("rules", 1, "justification"), "no"), '"forbidden",\n', '"forbidden",\n    justification="no",\n'),
        (Append(("rules", 0, "pattern", 1), "show"), '"log"]', '"log", "show"]'),
        (Remove(("rules", 1, "decision")), '    decision = "forbidden",\n', ""),
        (
            Remove(("rules", 0)),
            'prefix_rule(pattern=["git", ["diff", "log"]], decision="allow")  # read only\n\n',
            "\n",
        ),
        (Append(("rules",), {"pattern": ["ls"]}), ")\nnetwork", ')\nprefix_rule(pattern=["ls"])\nnetwork'),
    ],
)
def test_an_edit_of_rules_changes_only_what_it_must(edit: Edit, old: str, new: str) -> None:
    assert rules(RULES, edit) == RULES.replace(old, new)


@pytest.mark.parametrize(
    "edit",
    [
        Append(("rules",), {"decision": "allow"}),
        Append(("rules",), {"pattern": [1]}),
        Append(("rules",), "rm"),
        Remove(("rules", 0, "pattern")),
        Rename(("rules", 0, "decision"), "x"),
        SetValue(("rules", 0, "pattern"), [None]),
        SetValue(("other",), []),
    ],
)
def test_what_is_no_rule_is_refused(edit: Edit) -> None:
    with pytest.raises(EditRefusedError):
        rules(RULES, edit)


@pytest.mark.parametrize(
    "text",
    [
        "prefix_rule(pattern=WORDS)",
        'prefix_rule(["a"])',
        'prefix_rule(pattern=["a" + "b"])',
        'prefix_rule(pattern=["a"], pattern=["b"])',
        'if x:\n    prefix_rule(pattern=["a"])',
        'f(\nprefix_rule(pattern=["a"]))',
        '"""\nprefix_rule(pattern=["a"])\n"""',
        'prefix_rule(pattern=["a"]) + 1',
        'prefix_rule(pattern=[b"a"])',
        'prefix_rule(pattern=["\\q"])',
        "prefix_rule(decision='allow')",
    ],
)
def test_a_call_that_is_not_plain_is_no_rule_and_stays(text: str) -> None:
    assert parse(text.encode(), Format.EXEC_RULES).value() == {"rules": []}
    assert rules(text, Append(("rules",), {"pattern": ["x"]})).startswith(text)


@pytest.mark.parametrize(
    ("text", "expected"), [("f('x\n", "string-end"), ("f(]", "syntax"), ("f(", "comma"), ("[" * 300, "less-depth")]
)
def test_broken_rules_are_malformed(text: str, expected: str) -> None:
    with pytest.raises(MalformedDocument) as malformed:
        parse(text.encode(), Format.EXEC_RULES)
    assert malformed.value.expected == expected
