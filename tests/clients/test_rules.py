"""The laws of every endpoint of rules that is described, and what each frontmatter dialect means."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from aisync_desktop.clients.descriptor import Frontmatter
from aisync_desktop.clients.items import SHARED, Item, ItemKey, Items, Rule
from aisync_desktop.clients.lens import MAIN, Documents, Projection, View
from aisync_desktop.clients.loader import DescriptorError, load_catalog, parse_descriptor
from aisync_desktop.clients.rules import FolderLens, TextLens
from aisync_desktop.documents.parse import parse
from aisync_desktop.documents.protocol import Document, Format
from tests.clients.rule_lenses import (
    AGENTS,
    CLAUDE,
    DIALECTS,
    EVERY,
    FOLDERS,
    IMPORTING,
    TEXTS,
    TRIGGER,
    TRIGGER_LENS,
    key,
    lens_in,
)


def _said(lens: TextLens | FolderLens) -> str:
    """Return all that a lens goes by but the names: two endpoints in which this is equal behave alike."""
    named = {"paths", "choose", "beside", "reads_only", "verified", "after_write"}
    return f"{lens.endpoint.model_dump_json(exclude=named)} {lens.project(key(), Rule(text='x')).losses == ()}"


DISTINCT = list({_said(lens): lens for lens in reversed(EVERY)}.values())[::-1]

lines = st.sampled_from(
    [
        "# Style",
        "- short lines",
        "",
        "  indented",
        "```",
        "@AGENTS.md",
        "@./docs/x.md",
        "---",
        "a: 1",
        "\ttab",
        "한글 é",
        "x  ",
    ]
)
texts = st.lists(lines, min_size=1, max_size=6).map("\n".join).filter(
    lambda text: text.strip() != ""
) | st.sampled_from(["---\na: 1\n---\nx", "---\n: {\n---\nx", "+++\na = 1\n+++\n", "+++\n=\n+++\n"])
globs = st.sampled_from(
    ["*.ts", "src/**/*.{ts,tsx}", "**", "a b/*", "[a-z]*.py", "!x", "x,y", "#c", "it's", "*: y", " s"]
)
descriptions = st.sampled_from(
    ["Styles", "a: b # c", "it's", '"q"', "two\nlines", " outer ", "true", "--- x", "한글", "-"]
)
described = st.none() | descriptions
rules = (
    st.builds(Rule, text=texts, description=described)
    | st.builds(Rule, text=texts, description=described, activation=st.just("manual"))
    | st.builds(Rule, text=texts, description=descriptions, activation=st.just("agent"))
    | st.builds(
        Rule,
        text=texts,
        description=described,
        activation=st.just("paths"),
        paths=st.lists(globs, min_size=1, max_size=3).map(tuple),
    )
)
names = st.sampled_from([SHARED, "style", "web/css", "A b", "../up", "con:x", ".hidden", "AGENTS", "x."])
items = st.dictionaries(names.map(key), rules, max_size=4)
PRIVATE = "# kept \ntitle: 'Mine'  # my own\n"


def document(lens: TextLens | FolderLens, text: str) -> Document:
    return parse(text.encode(), Format.MARKDOWN, lens.endpoint.accepts)


def around(lens: TextLens | FolderLens) -> list[Documents]:
    """Return what may stand in a client's files before anything of ours does."""
    if isinstance(lens, FolderLens):
        suffix = lens.endpoint.folder.rpartition("*")[2]
        dialect = lens.endpoint.frontmatter
        head = "" if dialect is Frontmatter.NONE else f"---\n{PRIVATE}{HEADS[dialect]}---\n".replace("  # my own", "")
        there = {"other": f"{head}\n# Other\r\n\r\nlast", "style": f"{head}mine\n\n\n", SHARED: "never ours\n"}
        return [{}, {f"{name}{suffix}": document(lens, text) for name, text in there.items()}]
    found: list[dict[str, str]] = [{}, {MAIN: ""}, {MAIN: "\r\n\n"}, {MAIN: "\n# A\r\n\nb"}, {MAIN: "---\n---\nx\n"}]
    if lens.endpoint.imports:
        role = lens.endpoint.imports
        found += [{role: ""}, {MAIN: "@AGENTS.md\n", role: "# A\r\nb\n"}, {MAIN: "@AGENTS.md\n"}]
        found += [{MAIN: "# Mine\r\n\r\n@./AGENTS.md  \r\nmore", role: "\n\n# A\r\nb"}]
    return [{role: document(lens, text) for role, text in files.items()} for files in found]


HEADS = {
    Frontmatter.PATHS: "paths:\n  - 'a'  # first\n  - b\n",
    Frontmatter.GLOBS: "description: x: y\nglobs: *.ts, *.tsx\nalwaysApply: false\n",
    Frontmatter.GLOBS_LIST: 'globs: "*.ts"\nalwaysApply: false\nname: N\n',
    Frontmatter.APPLY_TO: 'applyTo: "**/*.ts, **/*.tsx"\ndescription: x\n',
    Frontmatter.TRIGGER: "trigger: glob\nglobs: 'a, b'\n",
    Frontmatter.INCLUSION: "inclusion: fileMatch\nfileMatchPattern: 'a/*.ts'\n",
    Frontmatter.TYPE: "type: agent_requested\ndescription: when\n",
}


def dumped(documents: Documents) -> dict[str, bytes]:
    return {role: document.dump() for role, document in documents.items()}


def reread(lens: TextLens | FolderLens, documents: Documents) -> View:
    """Read what was written as the client would, from its bytes."""
    parsed = {role: parse(data, Format.MARKDOWN, lens.endpoint.accepts) for role, data in dumped(documents).items()}
    return lens.read(parsed)


def expressible(lens: TextLens | FolderLens, there: Documents, wanted: Items) -> dict[ItemKey, Item]:
    view = lens.read(there)
    free = {one: item for one, item in wanted.items() if one not in view.opaque}
    projected = {one: lens.project(one, item).item for one, item in free.items()}
    return {
        one: item
        for one, item in projected.items()
        if item is not None and lens.reshape_loss(there, one, view.items.get(one), item) is None
    }


@given(wanted=items, then=items, at=st.integers(0, 8))
def test_what_is_written_is_what_is_read(wanted: Items, then: Items, at: int) -> None:
    for lens in DISTINCT:
        for there in around(lens)[at::9] or around(lens)[1:2]:
            note(f"{lens.client} {lens.endpoint.paths} {dumped(there)}")
            view = lens.read(there)
            first = expressible(lens, there, wanted)
            written = lens.write(there, view.items, first)
            assert reread(lens, written) == View(first, view.opaque)
            second = expressible(lens, written, then)
            again = lens.write(written, first, second)
            assert reread(lens, again) == View(second, view.opaque)
            assert lens.write(again, second, second) == again


@pytest.mark.parametrize("lens", EVERY, ids=lambda lens: f"{lens.client}:{lens.endpoint.paths[-1]}")
def test_writing_what_is_there_changes_no_byte(lens: TextLens | FolderLens) -> None:
    for there in around(lens):
        view = lens.read(there)
        assert dumped(lens.write(there, view.items, view.items)) == dumped(there)


@given(name=names, rule=rules)
def test_a_rule_comes_and_goes_without_a_trace(name: str, rule: Rule) -> None:
    for lens in DISTINCT:
        for there in around(lens):
            view = lens.read(there)
            new = expressible(lens, there, {key(name): rule})
            if view.items.keys() & new.keys() or key(name) in view.opaque:
                continue
            note(f"{lens.client} {lens.endpoint.paths} {dumped(there)}")
            added = lens.write(there, view.items, {**view.items, **new})
            removed = dumped(lens.write(added, {**view.items, **new}, view.items))
            left = {role: data for role, data in dumped(there).items() if data}  # an empty file is as good as none
            if left.get(MAIN) != b"@AGENTS.md\n":  # a line that imports nothing goes with what it has come to import
                assert {role: data for role, data in removed.items() if data} == left


@given(name=names, rule=rules)
def test_every_loss_is_foretold_and_every_foretold_loss_is_real(name: str, rule: Rule) -> None:
    for lens in DISTINCT:
        projection = lens.project(key(name), rule)
        note(f"{lens.client} {lens.endpoint.paths}")
        if projection.item is None:
            assert {loss.field for loss in projection.losses} <= {""}
            continue
        written = lens.write({}, {}, {key(name): projection.item})
        back = reread(lens, written).items[key(name)].fields()
        missing = {field for field, value in rule.fields().items() if back.get(field) != value}
        assert missing == {loss.field for loss in projection.losses} - {"imports"}
        again = lens.project(key(name), projection.item)
        assert again.item == projection.item
        assert {loss.field for loss in again.losses} <= {"imports"}


@given(rule=rules)
def test_a_rule_never_applies_more_widely_than_it_was_meant_to(rule: Rule) -> None:
    for lens in DISTINCT:
        item = lens.project(key("style"), rule).item
        if item is not None:
            said = Rule.of(item)
            assert (said.activation, said.paths) == (rule.activation, rule.paths)


@pytest.mark.parametrize("lens", FOLDERS, ids=lambda lens: f"{lens.client}:{lens.endpoint.paths[-1]}")
def test_an_edit_of_a_text_changes_only_its_lines(lens: FolderLens) -> None:
    there = around(lens)[1]
    role = next(role for role in there if role.startswith("other"))
    view = lens.read(there)
    old = Rule.of(view.items[key("other")])
    new = Rule.model_validate(old.fields() | {"text": "# Other\n\nnew\nlast\n"})
    after = lens.write(there, view.items, {**view.items, key("other"): new})
    assert after[role].dump() == there[role].dump().replace(b"last", b"new\nlast")
    assert {name: data for name, data in dumped(after).items() if name != role} == {
        name: data for name, data in dumped(there).items() if name != role
    }


@pytest.mark.parametrize("dialect", [one for one in DIALECTS if one is not Frontmatter.NONE])
def test_an_edit_of_the_meaning_keeps_the_keys_of_others(dialect: Frontmatter) -> None:
    lens = DIALECTS[dialect]
    there = around(lens)[1]
    role = next(role for role in there if role.startswith("style"))
    view = lens.read(there)
    old = Rule.of(view.items[key("style")])
    new = Rule.model_validate({name: value for name, value in old.fields().items() if name == "text"})
    after = lens.write(there, view.items, {**view.items, key("style"): new})
    assert reread(lens, after).items[key("style")] == new
    private = PRIVATE.replace("  # my own", "").encode()
    assert private in after[role].dump()
    assert after[role].dump().endswith(b"---\nmine\n\n\n")


def rule(text: str = "x\n", description: str | None = None, *paths: str, activation: str = "") -> Rule:
    said = activation or ("paths" if paths else "always")
    return Rule.model_validate({"text": text, "description": description, "paths": paths or None, "activation": said})


MEANINGS: list[tuple[Frontmatter, str, Rule | str]] = [
    (Frontmatter.PATHS, "", rule()),
    (Frontmatter.PATHS, "paths:\n  - src/**/*.ts\n  - lib/*", rule("x\n", None, "src/**/*.ts", "lib/*")),
    (Frontmatter.PATHS, "paths: []", "lens.rule-frontmatter"),
    (Frontmatter.PATHS, "paths: src/**", "lens.rule-frontmatter"),
    (Frontmatter.PATHS, "alwaysApply: true", rule()),
    (Frontmatter.PATHS, "alwaysApply: false", "lens.rule-frontmatter"),
    (Frontmatter.PATHS, "globs: '*.ts'", "lens.rule-frontmatter"),
    (Frontmatter.GLOBS, "description: \nglobs: \nalwaysApply: true", rule()),
    (
        Frontmatter.GLOBS,
        "description: D\nglobs: *.ts,src/**/*.{a,b}\nalwaysApply: false",
        rule("x\n", "D", "*.ts", "src/**/*.{a,b}"),
    ),
    (
        Frontmatter.GLOBS,
        "description: when: it fits\nglobs:\nalwaysApply: false",
        rule("x\n", "when: it fits", activation="agent"),
    ),
    (Frontmatter.GLOBS, "description:\nglobs:\nalwaysApply: false", rule(activation="manual")),
    (Frontmatter.GLOBS, "", rule(activation="manual")),
    (Frontmatter.GLOBS, 'globs: "*.ts"', "lens.rule-frontmatter"),
    (Frontmatter.GLOBS, "globs:\n  - a", "lens.rule-frontmatter"),
    (Frontmatter.GLOBS, "globs: a\nglobs: b", "lens.rule-frontmatter"),
    (Frontmatter.GLOBS, "alwaysApply: maybe", "lens.rule-frontmatter"),
    (Frontmatter.GLOBS_LIST, "name: N", rule()),
    (Frontmatter.GLOBS_LIST, "globs: '*.ts'", rule("x\n", None, "*.ts")),
    (Frontmatter.GLOBS_LIST, "globs: ['*.ts', '*.js']\nalwaysApply: false", rule("x\n", None, "*.ts", "*.js")),
    (Frontmatter.GLOBS_LIST, "alwaysApply: true\nglobs: '*.ts'", rule()),
    (Frontmatter.GLOBS_LIST, "alwaysApply: false\ndescription: D", rule("x\n", "D", activation="agent")),
    (Frontmatter.GLOBS_LIST, "alwaysApply: false", rule(activation="manual")),
    (Frontmatter.GLOBS_LIST, "regex: x", "lens.rule-frontmatter"),
    (Frontmatter.APPLY_TO, "applyTo: '**'", rule()),
    (Frontmatter.APPLY_TO, "applyTo: '**/*.ts, **/*.tsx'\ndescription: D", rule("x\n", "D", "**/*.ts", "**/*.tsx")),
    (Frontmatter.APPLY_TO, "description: D", "lens.rule-frontmatter"),
    (Frontmatter.APPLY_TO, "applyTo: '**'\nexcludeAgent: code-review", "lens.rule-frontmatter"),
    (Frontmatter.TRIGGER, "trigger: always_on", rule()),
    (Frontmatter.TRIGGER, "trigger: glob\nglobs: '*.py,*.pyi'", rule("x\n", None, "*.py", "*.pyi")),
    (Frontmatter.TRIGGER, "trigger: model_decision\ndescription: D", rule("x\n", "D", activation="agent")),
    (Frontmatter.TRIGGER, "trigger: model_decision", "lens.bad-value"),
    (Frontmatter.TRIGGER, "trigger: manual", rule(activation="manual")),
    (Frontmatter.TRIGGER, "trigger: someday", "lens.rule-frontmatter"),
    (Frontmatter.TRIGGER, "", "lens.rule-frontmatter"),
    (Frontmatter.INCLUSION, "", rule()),
    (Frontmatter.INCLUSION, "inclusion: fileMatch\nfileMatchPattern: 'src/*'", rule("x\n", None, "src/*")),
    (Frontmatter.INCLUSION, "inclusion: fileMatch", "lens.rule-frontmatter"),
    (Frontmatter.INCLUSION, "inclusion: auto\ndescription: D", rule("x\n", "D", activation="agent")),
    (Frontmatter.INCLUSION, "inclusion: manual", rule(activation="manual")),
    (Frontmatter.TYPE, "type: always_apply", rule()),
    (Frontmatter.TYPE, "type: agent_requested\ndescription: D", rule("x\n", "D", activation="agent")),
    (Frontmatter.TYPE, "type: manual", rule(activation="manual")),
    (Frontmatter.NONE, "", rule()),
    (Frontmatter.NONE, "title: x", "lens.rule-frontmatter"),
]


@pytest.mark.parametrize(("dialect", "head", "meant"), MEANINGS)
def test_a_frontmatter_means_what_its_client_makes_of_it(dialect: Frontmatter, head: str, meant: Rule | str) -> None:
    lens = DIALECTS[dialect]
    suffix = lens.endpoint.folder.rpartition("*")[2]
    text = f"---\n{head}\n---\n\nx\n" if head else "x\n"
    view = lens.read({f"a{suffix}": document(lens, text)})
    assert (view.items.get(key("a")) or view.opaque[key("a")].code) == meant


@pytest.mark.parametrize(
    ("dialect", "said"),
    [
        (Frontmatter.PATHS, "---\npaths:\n  - '*.ts'\n  - src/**\n---\n\nx\n"),
        (Frontmatter.GLOBS, "---\ndescription: D\nglobs: *.ts,src/**\nalwaysApply: false\n---\n\nx\n"),
        (Frontmatter.GLOBS_LIST, "---\ndescription: D\nglobs:\n  - '*.ts'\n  - src/**\n---\n\nx\n"),
        (Frontmatter.APPLY_TO, "---\ndescription: D\napplyTo: '*.ts,src/**'\n---\n\nx\n"),
        (Frontmatter.TRIGGER, "---\ntrigger: glob\ndescription: D\nglobs: '*.ts,src/**'\n---\n\nx\n"),
        (
            Frontmatter.INCLUSION,
            "---\ninclusion: fileMatch\ndescription: D\nfileMatchPattern:\n  - '*.ts'\n  - src/**\n---\n\nx\n",
        ),
        (Frontmatter.TYPE, ""),
        (Frontmatter.NONE, ""),
    ],
)
def test_a_scoped_rule_is_written_in_the_words_of_its_client(dialect: Frontmatter, said: str) -> None:
    lens = DIALECTS[dialect]
    item = lens.project(key("a"), rule("x\n", "D", "*.ts", "src/**")).item
    written = lens.write({}, {}, {key("a"): item}) if item else {}
    assert "".join(document.dump().decode() for document in written.values()).replace('"', "'") == said


@pytest.mark.parametrize("dialect", [Frontmatter.GLOBS, Frontmatter.APPLY_TO, Frontmatter.TRIGGER])
def test_a_glob_that_commas_would_tear_apart_is_not_written(dialect: Frontmatter) -> None:
    assert DIALECTS[dialect].project(key("a"), rule("x\n", None, "a,b")).item is None
    assert DIALECTS[dialect].project(key("a"), rule("x\n", None, "{a,b}")).item is not None


def test_a_description_cannot_smuggle_another_key_in() -> None:
    lens = DIALECTS[Frontmatter.GLOBS]
    sly = rule("x\n", "D\nalwaysApply: true", "*.ts")
    projection = lens.project(key("a"), sly)
    assert projection.item == rule("x\n", None, "*.ts")
    assert [loss.field for loss in projection.losses] == ["description"]


def test_a_nested_file_is_named_by_its_path() -> None:
    lens = DIALECTS[Frontmatter.PATHS]
    view = lens.read({"web/css.md": document(lens, "x"), "top.md": document(lens, "y")})
    assert {one.name for one in view.items} == {"web/css", "top"}
    assert set(lens.write({}, {}, view.items)) == {"web/css.md", "top.md"}


@pytest.mark.parametrize("name", ["../up", "/etc/x", "a/../b", "a\\b", "con:x", ".x", "x.", "a//b", " x", "n\nl", ""])
def test_a_name_that_leads_elsewhere_makes_no_file(name: str) -> None:
    projection = DIALECTS[Frontmatter.PATHS].project(key(name), rule())
    assert [loss.reason.code for loss in projection.losses] == ["loss.name"]
    assert projection.item is None


def test_a_flat_folder_takes_no_nested_name() -> None:
    assert DIALECTS[Frontmatter.INCLUSION].project(key("web/css"), rule()).item is None


def test_a_file_that_is_no_rule_of_its_folder_is_left_alone() -> None:
    lens = DIALECTS[Frontmatter.INCLUSION]
    there = {"AGENTS.md": document(lens, "mine"), "shared.md": document(lens, "mine")}
    assert lens.read(there) == View()
    assert lens.project(key("AGENTS"), rule()).item is None


def files(lens: TextLens | FolderLens, said: Mapping[str, str]) -> Documents:
    return {role: document(lens, text) for role, text in said.items()}


def shared(text: str) -> Items:
    return {key(): Rule(text=text)}


@pytest.mark.parametrize(
    ("main", "imported"),
    [
        ("@AGENTS.md\n", True),
        ("@./AGENTS.md", True),
        ("# Mine\r\n\r\n@AGENTS.md \r\nmore\r\n", True),
        ("see @AGENTS.md\n", False),
        ("```\n@AGENTS.md\n```\n", False),
        ("@AGENTS.md.bak\n", False),
        ("@../AGENTS.md\n", False),
    ],
)
def test_an_import_is_a_line_that_is_nothing_else(main: str, imported: bool) -> None:
    view = CLAUDE.read(files(CLAUDE, {MAIN: main, "agents": "shared"}))
    assert (view.items == shared("shared")) is imported


def test_what_stands_around_an_import_is_the_clients_own() -> None:
    there = files(CLAUDE, {MAIN: "# Mine\n@AGENTS.md\n", "agents": "a\r\nb\r\n"})
    after = CLAUDE.write(there, shared("a\nb"), shared("a\nnew\nb"))
    assert dumped(after) == {MAIN: b"# Mine\n@AGENTS.md\n", "agents": b"a\r\nnew\r\nb\r\n"}
    gone = CLAUDE.write(after, shared("a\nnew\nb"), {})
    assert dumped(gone) == {MAIN: b"# Mine\n@AGENTS.md\n"}
    assert CLAUDE.read(gone) == View()


@pytest.mark.parametrize("there", [{}, {MAIN: ""}, {"agents": "x\n"}, {MAIN: "", "agents": ""}])
def test_a_client_without_a_text_imports_the_shared_one(there: dict[str, str]) -> None:
    before = files(CLAUDE, there)
    assert CLAUDE.reshape_loss(before, key(), None, Rule(text="x")) is None
    after = CLAUDE.write(before, {}, shared("x"))
    assert dumped(after) == {MAIN: b"@AGENTS.md\n", "agents": b"x\n"}
    assert dumped(CLAUDE.write(after, shared("x"), {})) == {}


def test_a_text_of_its_own_is_edited_in_place() -> None:
    there = files(CLAUDE, {MAIN: "mine\n", "agents": "other\n"})
    assert CLAUDE.read(there).items == shared("mine")
    assert dumped(CLAUDE.write(there, shared("mine"), shared("new"))) == {MAIN: b"new\n", "agents": b"other\n"}


def test_a_text_that_nobody_has_looked_at_is_not_overwritten_by_importing_it() -> None:
    there = files(CLAUDE, {"agents": "unread\n"})
    loss = CLAUDE.reshape_loss(there, key(), None, Rule(text="x"))
    assert loss is not None
    assert loss.reason.params == {"file": "AGENTS.md"}
    assert CLAUDE.reshape_loss(files(CLAUDE, {MAIN: "mine"}), key(), Rule(text="mine"), Rule(text="x")) is None


def test_a_text_with_a_frontmatter_stays_where_it_is() -> None:
    view = AGENTS.read(files(AGENTS, {MAIN: "---\nglobs: x\n---\ntext\n"}))
    assert view.items == {}
    assert view.opaque[key()].code == "lens.rule-frontmatter"


@pytest.mark.parametrize(
    ("lens", "said", "lost"),
    [
        (AGENTS, "see\n@docs/style.md\n", True),
        (AGENTS, "```\n@docs/style.md\n```\n", False),
        (AGENTS, "thanks to @somebody\n@somebody\n", False),
        (CLAUDE, "see\n@docs/style.md\n", False),
    ],
)
def test_a_client_that_does_not_read_what_a_text_imports_gets_the_text_all_the_same(
    lens: TextLens,
    said: str,
    lost: bool,
) -> None:
    projection = lens.project(key(), Rule(text=said))
    assert projection.item == Rule(text=said)
    assert [loss.field for loss in projection.losses] == ["imports"] * lost


def test_the_shared_text_is_never_cut_and_a_copy_that_would_be_is_not_written() -> None:
    long = Rule(text="x" * 32_768)
    projection = AGENTS.project(key(), long)
    assert projection.item == long
    assert [loss.reason.params for loss in projection.losses] == [{"bytes": 32_768}]
    assert AGENTS.project(key(), Rule(text="x" * 32_767)).losses == ()
    own = lens_in("claude-code", "~/.claude/CLAUDE.md").project(key(), Rule(text="x" * 4_194_304))
    assert (own.item, [loss.reason.code for loss in own.losses]) == (None, ["loss.rule.too-big"])


def test_a_rule_that_has_its_place_in_another_file_of_the_client_is_no_loss() -> None:
    assert CLAUDE.project(key("style"), rule()) == Projection(None)
    assert DIALECTS[Frontmatter.PATHS].project(key(), rule()) == Projection(None)
    assert [loss.reason.code for loss in AGENTS.project(key("style"), rule()).losses] == ["loss.rule.one-text"]
    assert [loss.reason.code for loss in TRIGGER_LENS.project(key(), rule()).losses] == ["loss.rule.no-shared"]


def test_every_client_of_a_project_reads_the_shared_text_and_one_writes_it() -> None:
    readers = {lens.client: lens.endpoint.reads_only for lens in TEXTS if lens.endpoint.paths == ("./AGENTS.md",)}
    importing = {lens.client for lens in IMPORTING}
    assert [client for client, reads_only in readers.items() if not reads_only] == ["codex"]
    assert {descriptor.id for descriptor in load_catalog().descriptors} - readers.keys() - importing == {
        "claude-desktop",
        "cursor-editor",
        "lm-studio",
        "trae",  # it has a file of its own, and is not described to read another
    }


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (('folder = "**/*.md"', 'folder = "rules/**"'), "endpoints.0.folder"),
        (('folder = "**/*.md"\n', ""), "endpoints.0"),
        (('frontmatter = "trigger"', 'imports = "agents"'), "endpoints.0"),
        (('frontmatter = "trigger"', 'root = ["x"]'), "endpoints.0.root"),
    ],
)
def test_a_description_of_rules_that_cannot_be_is_refused(change: tuple[str, str], place: str) -> None:
    with pytest.raises(DescriptorError) as refused:
        parse_descriptor(TRIGGER.replace(*change).encode(), Path("mine.toml"))
    assert refused.value.message.params["place"] == place
