from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.items import SHARED, Item, ItemKey, Items, Kind, McpServer, Rule, from_payload, to_payload
from aisync_desktop.sync.model.diff import diff, difference, flatten, patched, unflatten
from aisync_desktop.sync.model.merge import merge
from aisync_desktop.sync.model.policy import Policy
from aisync_desktop.sync.model.renames import renames
from aisync_desktop.sync.model.sides import Side
from aisync_desktop.sync.model.taking import BASE
from tests.sync.model.sides import ALL, LOSSY, TEXT, key, server, servers, side, views


@given(servers, servers)
def test_a_patch_leads_from_one_item_to_the_other(before: Item, after: Item) -> None:
    assert patched(key("x"), before, difference(before.fields(), after.fields())) == after


@given(servers)
def test_fields_flatten_and_back(item: Item) -> None:
    assert unflatten(flatten(item.fields())) == {name: value for name, value in item.fields().items() if value != {}}


@given(views)
def test_items_survive_their_payload(items: Items) -> None:
    assert from_payload(to_payload(items)) == items


@given(views, views)
def test_one_client_alone_is_simply_followed(base: Items, view: Items) -> None:
    merged = merge(base, [side("one", base, view)])
    assert merged.items == view
    assert not merged.held


@given(views, views, views)
def test_the_order_of_the_clients_does_not_matter(base: Items, left: Items, right: Items) -> None:
    sides = [side("one", base, left), side("two", base, right)]
    assert merge(base, sides) == merge(base, sides[::-1])


@given(views, views, views)
def test_merging_again_changes_nothing(base: Items, left: Items, right: Items) -> None:
    once = merge(base, [side("one", base, left), side("two", base, right)])
    bases = {client: _agreed(base, view, once.held) for client, view in (("one", left), ("two", right))}
    twice = merge(once.items, [side("one", bases["one"], left), side("two", bases["two"], right)])
    assert twice.items == once.items
    assert twice.held == once.held


def _agreed(base: Items, view: Items, held: frozenset[ItemKey]) -> Items:
    kept = {k: item for k, item in base.items() if k in held}
    return kept | {k: item for k, item in view.items() if k not in held}


def test_two_clients_may_change_different_fields_of_one_item() -> None:
    base = {key("a"): server(env={"K": "1"})}
    left = {key("a"): server("uvx", env={"K": "1"})}
    right = {key("a"): server(env={"K": "1", "L": "2"})}
    merged = merge(base, [side("one", base, left), side("two", base, right)])
    assert merged.items == {key("a"): server("uvx", env={"K": "1", "L": "2"})}
    assert merged.origins == {key("a"): ("one", "two")}


def test_two_values_for_one_field_are_a_conflict_and_hold_the_old_item() -> None:
    base = {key("a"): server("npx"), key("b"): server("b")}
    left = {key("a"): server("uvx"), key("b"): server("b2")}
    right = {key("a"): server("bun"), key("b"): server("b")}
    merged = merge(base, [side("one", base, left), side("two", base, right)])
    (clash,) = merged.clashes
    assert clash.key == key("a")
    assert clash.sides == {"one": server("uvx"), "two": server("bun")}
    assert merged.items == {key("a"): server("npx"), key("b"): server("b2")}


def test_the_preferred_client_wins_a_conflict() -> None:
    base = {key("a"): server("npx")}
    sides = [side("one", base, {key("a"): server("uvx")}), side("two", base, {key("a"): server("bun")})]
    assert merge(base, sides, prefer="two").items == {key("a"): server("bun")}


def test_equal_changes_on_two_sides_are_no_conflict() -> None:
    base = {key("a"): server("npx")}
    moved = {key("a"): server("uvx")}
    assert merge(base, [side("one", base, moved), side("two", base, moved)]).items == moved


def test_what_one_client_deletes_goes_everywhere() -> None:
    base = {key("a"): server()}
    merged = merge(base, [side("one", base, {}), side("two", base, base)])
    assert merged.items == {}
    assert merged.origins == {key("a"): ("one",)}


def test_what_is_gone_everywhere_is_gone() -> None:
    base = {key("a"): server()}
    assert merge(base, [side("one", base, {}), side("two", base, {})]).items == {}


def test_an_edit_outlives_a_deletion_elsewhere() -> None:
    base = {key("a"): server()}
    merged = merge(base, [side("one", base, {}), side("two", base, {key("a"): server("uvx")})])
    assert merged.items == {key("a"): server("uvx")}
    assert not merged.clashes
    assert merged.kept == {key("a"): ("one",)}


def test_an_edit_of_what_has_gone_everywhere_brings_it_back_whole() -> None:
    before, after = server(args=["a"], env={"A": "1"}), server(args=["a"], env={"A": "2"})
    rule, edited = Rule(text="a", description="b"), Rule(text="c", description="b")
    text = ItemKey(Kind.RULES, "r")
    merged = merge({}, [side("late", {key("a"): before, text: rule}, {key("a"): after, text: edited})])
    assert merged.items == {key("a"): after, text: edited}


def test_a_renamed_item_takes_along_what_its_client_cannot_express() -> None:
    unified = {key("old"): server(cwd="/x", timeout_ms=5)}
    base = {key("old"): server()}
    merged = merge(unified, [side("lossy", base, {key("new"): server()}, LOSSY), side("two", unified, unified)])
    assert merged.items == {key("new"): server(cwd="/x", timeout_ms=5)}


def test_a_rename_and_an_edit_of_the_same_item_elsewhere_both_live() -> None:
    base = {key("old"): server()}
    edited = {key("old"): server("uvx")}
    merged = merge(base, [side("one", base, {key("new"): server()}), side("two", base, edited)])
    assert merged.items == {key("new"): server(), key("old"): server("uvx")}
    assert merged.kept == {key("old"): ("one",)}


def test_only_what_is_alike_is_a_rename() -> None:
    base = {key("a"): server(args=("x", "y")), key("b"): server("uvx", env={"K": "1", "L": "2", "M": "3"})}
    view = {key("c"): server("uvx", env={"K": "1", "L": "2", "M": "3"}, cwd="/new"), key("d"): server("bun")}
    assert renames(base, view) == {key("b"): key("c")}


def policy(chain: str, *order: str) -> dict[Kind, Policy]:
    return {Kind.MCP: Policy.parse(chain, order)}


def conflict(**written: int) -> list[Side]:
    base = {key("a"): server("npx")}
    return [
        Side(client, base, {key("a"): server(command)}, ALL, written_ns=written.get(client, 0))
        for client, command in (("one", "uvx"), ("two", "bun"))
    ]


@pytest.mark.parametrize(
    ("chain", "order", "written", "command"),
    [
        ("merge,priority", ("two", "one"), {}, "bun"),
        ("merge,priority", ("three", "one"), {}, "uvx"),
        ("priority", ("two",), {"one": 5}, "bun"),
        ("latest,ask", (), {"one": 5, "two": 3}, "uvx"),
        ("merge,latest,ask", (), {"one": 5, "two": 7}, "bun"),
        ("priority,latest", ("three",), {"one": 5, "two": 7}, "bun"),
    ],
)
def test_a_policy_settles_a_conflict(
    chain: str, order: tuple[str, ...], written: Mapping[str, int], command: str
) -> None:
    merged = merge({key("a"): server("npx")}, conflict(**written), policies=policy(chain, *order))
    assert merged.items == {key("a"): server(command)}


@pytest.mark.parametrize(
    ("chain", "order", "written"),
    [("merge,ask", ("one",), {"one": 1}), ("latest", (), {"one": 4, "two": 4}), ("priority", ("three",), {})],
)
def test_what_no_step_of_a_policy_settles_is_asked(
    chain: str, order: tuple[str, ...], written: Mapping[str, int]
) -> None:
    merged = merge({key("a"): server("npx")}, conflict(**written), policies=policy(chain, *order))
    assert merged.held == {key("a")}


def test_without_merge_a_lone_edit_is_followed_and_fields_are_never_mixed() -> None:
    base = {key("a"): server("npx")}
    chain = policy("priority", "two")
    lone = merge(base, [side("one", base, {key("a"): server("uvx")}), side("two", base, base)], policies=chain)
    assert lone.items == {key("a"): server("uvx")}
    left, right = {key("a"): server("uvx")}, {key("a"): server("npx", cwd="/x")}
    both = merge(base, [side("one", base, left), side("two", base, right)], policies=chain)
    assert both.items == right


@pytest.mark.parametrize("chain", ["", "merge,merge", "newest", "merge;ask"])
def test_a_chain_that_is_none_is_refused(chain: str) -> None:
    with pytest.raises(ValueError, match="separated by commas"):
        Policy.parse(chain)


def test_what_a_client_cannot_express_is_not_deleted_by_it() -> None:
    unified = {key("a"): server(cwd="/x", timeout_ms=5)}
    base = {key("a"): server()}
    merged = merge(unified, [side("lossy", base, {key("a"): server("uvx")}, LOSSY)])
    assert merged.items == {key("a"): server("uvx", cwd="/x", timeout_ms=5)}


def test_adds_of_two_clients_agree_where_both_can_speak() -> None:
    rich, poor = {key("a"): server(cwd="/x")}, {key("a"): server()}
    merged = merge({}, [side("rich", {}, rich), side("lossy", {}, poor, LOSSY)])
    assert merged.items == rich


@pytest.mark.parametrize("other", [server(env={"K": "2"}), server(), server("uvx", env={"K": "1"})])
def test_different_adds_under_one_name_are_a_conflict(other: McpServer) -> None:
    one = {key("a"): server(env={"K": "1"})}
    merged = merge({}, [side("one", {}, one), side("two", {}, {key("a"): other})])
    assert [clash.key for clash in merged.clashes] == [key("a")]
    assert merged.items == {}


def test_an_add_that_contradicts_what_is_agreed_already_is_a_conflict() -> None:
    unified = {key("a"): server("npx")}
    merged = merge(unified, [side("one", unified, unified), side("new", {}, {key("a"): server("uvx")})])
    assert [clash.key for clash in merged.clashes] == [key("a")]
    assert merged.items == unified


def test_a_change_measured_from_an_overtaken_base_is_a_conflict() -> None:
    unified = {key("a"): server("bun")}
    stale = {key("a"): server("npx")}
    merged = merge(unified, [side("late", stale, {key("a"): server("uvx")})])
    assert [clash.key for clash in merged.clashes] == [key("a")]


def test_an_entry_that_cannot_be_read_now_is_not_a_deletion() -> None:
    base = {key("a"): server()}
    unreadable = Side("one", base, {}, ALL, frozenset({key("a")}))
    merged = merge(base, [unreadable, side("two", base, base)])
    assert merged.items == base
    assert not merged.clashes


def test_diff_names_each_changed_key_once() -> None:
    base, view = {key("a"): server(), key("b"): server()}, {key("b"): server("x"), key("c"): server()}
    assert [change.key.name for change in diff(base, view)] == ["a", "b", "c"]


def test_a_new_item_is_not_taken_for_the_rename_that_another_client_made() -> None:
    old, other = server(args=["a", "b"]), server(args=["a", "b"], cwd="/else")
    base = {key("old"): old}
    merged = merge(base, [side("one", base, {key("new"): old}), side("two", base, {**base, key("new"): other})])
    assert [clash.key for clash in merged.clashes] == [key("new")]
    assert merged.clashes[0].sides == {"one": old, "two": other}


def test_two_items_that_were_given_one_name_clash() -> None:
    one, two = server("npx", args=["one"]), server("bun", args=["two"])
    base = {key("one"): one, key("two"): two}
    sides = [
        side("first", base, {key("new"): one, key("two"): two}),
        side("second", base, {key("one"): one, key("new"): two}),
    ]
    merged = merge(base, sides)
    assert [clash.key for clash in merged.clashes] == [key("new")]


def test_the_time_of_a_clients_other_file_does_not_count() -> None:
    base: Items = {key("x"): server("npx")}
    rule: Items = {ItemKey(Kind.RULES, SHARED): Rule(text="Be brief.")}
    sides = [
        Side("one", base, {key("x"): server("uvx")}, ALL, written_ns=3),
        Side("two", base, {key("x"): server("bun")}, ALL, written_ns=5),
        Side("one", rule, rule, TEXT, written_ns=9),
    ]
    merged = merge(base, sides, policies={Kind.MCP: Policy.parse("latest,ask")})
    assert merged.items == {key("x"): server("bun")}


def test_a_shared_file_has_the_rank_of_the_first_client_that_reads_it() -> None:
    base: Items = {key("x"): server("npx")}
    sides = [
        Side(".mcp.json", base, {key("x"): server("uvx")}, ALL, readers=frozenset({"claude-code", "qwen-code"})),
        Side("codex", base, {key("x"): server("bun")}, ALL),
    ]
    for order, command in ((("qwen-code", "codex"), "uvx"), (("codex", "claude-code"), "bun")):
        merged = merge(base, sides, policies={Kind.MCP: Policy.parse("priority,ask", order)})
        assert merged.items == {key("x"): server(command)}


def renamed_differently(edited: Item | None = None) -> list[Side]:
    base = {key("old"): server()}
    return [
        side("one", base, {key("a"): server()}),
        side("two", base, {key("b"): edited or server()}),
        side("three", base, base),
    ]


def test_two_new_names_of_one_item_clash_and_hold_all_its_names() -> None:
    base = {key("old"): server()}
    merged = merge(base, renamed_differently())
    assert merged.items == base
    (clash,) = merged.clashes
    assert (clash.key, clash.names) == (key("old"), {"one": key("a"), "two": key("b")})
    assert merged.held == {key("old"), key("a"), key("b")}


@pytest.mark.parametrize(
    ("take", "left"),
    [("one", {"a": "npx"}), ("two", {"b": "npx"}), (BASE, {"old": "npx"})],
)
def test_with_a_name_taken_there_is_one(take: str, left: dict[str, str]) -> None:
    base = {key("old"): server()}
    edited = server(env={"X": "1"}, args=["1"], cwd="/", timeout_ms=7)
    base_of_all = {key("old"): edited}
    sides = [
        side("one", base_of_all, {key("a"): edited}),
        side("two", base_of_all, {key("b"): edited}),
        side("three", base_of_all, base_of_all),
    ]
    merged = merge(base_of_all, sides, choices={key("old"): take})
    assert merged.items == {key(name): edited for name in left}
    assert not merged.clashes
    assert merge(base, renamed_differently(), choices={key("old"): take}).items == {
        key(name): server(command) for name, command in left.items()
    }


def test_with_a_name_its_side_is_taken() -> None:
    agreed = server(args=["1"], cwd="/", env={"X": "1", "Y": "2"})
    other = server(args=["1"], cwd="/", env={"X": "2", "Y": "2"})
    base = {key("old"): agreed}
    sides = [side("one", base, {key("a"): agreed}), side("two", base, {key("b"): other})]
    assert merge(base, sides, choices={key("old"): "one"}).items == {key("a"): agreed}
    assert merge(base, sides, choices={key("old"): "two"}).items == {key("b"): other}


def test_a_taken_name_keeps_what_its_client_cannot_express() -> None:
    unified = {key("old"): server(cwd="/x", timeout_ms=5)}
    base = {key("old"): server()}
    sides = [side("lossy", base, {key("a"): server()}, LOSSY), side("two", unified, {key("b"): unified[key("old")]})]
    assert merge(unified, sides, choices={key("old"): "lossy"}).items == {key("a"): unified[key("old")]}


@pytest.mark.parametrize(
    ("chain", "order", "name"), [("priority", ("two", "one"), "b"), ("merge,priority", ("one",), "a")]
)
def test_a_policy_settles_a_name(chain: str, order: tuple[str, ...], name: str) -> None:
    merged = merge({key("old"): server()}, renamed_differently(), policies=policy(chain, *order))
    assert merged.items == {key(name): server()}


def test_a_preferred_client_settles_a_name() -> None:
    assert merge({key("old"): server()}, renamed_differently(), "two").items == {key("b"): server()}


def test_the_same_new_name_is_no_clash() -> None:
    base = {key("old"): server()}
    merged = merge(base, [side(client, base, {key("a"): server()}) for client in ("one", "two")])
    assert (merged.items, merged.clashes) == ({key("a"): server()}, ())


def test_while_a_name_is_open_everything_else_goes_on() -> None:
    sides = renamed_differently()
    sides[2] = side("three", sides[2].base, {**sides[2].base, key("fresh"): server("bun")})
    merged = merge(sides[0].base, sides)
    assert merged.items == {key("old"): server(), key("fresh"): server("bun")}


@given(servers, st.lists(st.sampled_from("abc"), min_size=2, max_size=4), st.data())
def test_after_any_answer_an_item_has_one_name(item: Item, given_names: list[str], data: st.DataObject) -> None:
    base = {key("old"): item}
    sides = [side(f"c{number}", base, {key(name): item}) for number, name in enumerate(given_names)]
    merged = merge(base, sides)
    assert bool(merged.clashes) == (len(set(given_names)) > 1)
    takes = [*merged.clashes[0].sides, BASE] if merged.clashes else []
    if takes:
        merged = merge(base, sides, choices={key("old"): data.draw(st.sampled_from(takes))})
    assert not merged.clashes
    assert list(merged.items.values()) == [item]


def test_what_clashes_under_a_new_name_holds_the_old_one_too() -> None:
    old, new, env = key("old"), key("new"), dict.fromkeys("ABCDEFGH", "1")
    base = {old: server(env=env)}
    sides = [
        side("one", base, {new: server(env={**env, "A": "2"})}),
        side("two", base, {new: server(env={**env, "A": "3"})}),
        side("three", base, base),
    ]
    merged = merge(base, sides)
    assert merged.items == base
    assert merged.held == {old, new}
    assert (merged.clashes[0].key, merged.clashes[0].was) == (new, frozenset({old}))
    assert merge(base, sides, choices={new: "two"}).items == {new: server(env={**env, "A": "3"})}


def test_while_two_items_of_one_new_name_clash_both_old_names_stay() -> None:
    one, two = key("one"), key("two")
    base = {one: server("npx", args=["one"]), two: server("bun", args=["two"])}
    sides = [
        side("first", base, {key("new"): base[one], two: base[two]}),
        side("second", base, {one: base[one], key("new"): base[two]}),
        side("third", base, base),
    ]
    merged = merge(base, sides)
    assert merged.items == base
    assert merged.held == {one, two, key("new")}
