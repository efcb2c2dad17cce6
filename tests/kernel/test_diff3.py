"""Three-way merge of texts; `git merge-file` is the oracle where there is one."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.kernel.diff3 import MergedText, merge_markdown, merge_text, sections
from tests.documents import editing

GIT = shutil.which("git")
_ALPHABET = ["a\n", "b\n", "c\n", "d\n", "\n", "# H\n", "## I\n", "x y\n", "e\r\n"]
BATCH = 15


def _lines(rng: Random) -> list[str]:
    return [
        f"{n} {rng.choice(_ALPHABET)}" if rng.random() < 0.5 else rng.choice(_ALPHABET)
        for n in range(rng.randint(0, 14))
    ]


def _changed(rng: Random, lines: list[str]) -> list[str]:
    lines = list(lines)
    for _ in range(rng.choice([0, 1, 1, 2, 3])):
        place = rng.randint(0, len(lines))
        end = min(len(lines), place + rng.choice([0, 0, 1, 1, 2]))
        lines[place:end] = [f"new {rng.randint(0, 9)}\n" for _ in range(rng.choice([0, 1, 1, 2]))]
    return lines


def _case(rng: Random) -> tuple[str, str, str]:
    base = _lines(rng)
    texts = ["".join(one) for one in (base, _changed(rng, base), _changed(rng, base))]
    base_text, ours, theirs = (one.removesuffix("\n") if rng.random() < 0.1 else one for one in texts)
    return base_text, ours, theirs


def _git(folder: Path, base: str, ours: str, theirs: str) -> str | None:
    """Return git's merge, or None for a conflict."""
    assert GIT
    for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
        (folder / name).write_bytes(text.encode())
    command = [GIT, "merge-file", "-p", "ours", "base", "theirs"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return done.stdout.decode() if done.returncode == 0 else None


def _check_laws(base: str, ours: str, theirs: str) -> None:
    for merge in (merge_text, merge_markdown):
        assert merge(base, ours, base) == MergedText(ours)
        assert merge(base, base, theirs) == MergedText(theirs)
        assert merge(base, ours, ours) == MergedText(ours)
        merged = merge(base, ours, theirs)
        mirrored = merge(base, theirs, ours)
        assert bool(merged.conflicts) == bool(mirrored.conflicts)
        if not merged.conflicts:
            assert merged.text == mirrored.text
        _check_nothing_is_lost(base, ours, theirs, merged)


def _check_nothing_is_lost(base: str, ours: str, theirs: str, merged: MergedText) -> None:
    """What a side added is in the merge or in a reported clash, and no line is there that nobody wrote."""
    shown = Counter((merged.text + "\n").splitlines())
    for conflict in merged.conflicts:
        shown += Counter((conflict.ours + "\n" + conflict.theirs).splitlines())
    for side in (ours, theirs):
        added = Counter(side.splitlines()) - Counter(base.splitlines())
        assert not set(added) - set(shown)
    assert set(merged.text.splitlines()) <= {line for text in (base, ours, theirs) for line in text.splitlines()}
    assert not any(mark in merged.text for mark in ("<<<<<<<", "=======", ">>>>>>>"))


@given(st.integers(0, 2**48))
def test_the_laws_of_a_merge_hold_for_random_texts(seed: int) -> None:
    rng = editing.seeded(seed)
    for _ in range(BATCH):
        _check_laws(*_case(rng))


def _compare(folder: Path, rng: Random, cases: int) -> None:
    both = differing = 0
    for _ in range(cases):
        case = _case(rng)
        merged, oracle = merge_text(*case), _git(folder, *case)
        if oracle is not None and not merged.conflicts:
            both += 1
            assert merged.text == oracle, case
        differing += (oracle is None) != bool(merged.conflicts)
    assert both > cases / 4
    assert differing <= cases / 30  # the matching of lines that occur often is a matter of taste


@pytest.mark.skipif(GIT is None, reason="git is the oracle")
def test_where_git_and_we_both_merge_the_results_are_the_same(tmp_path: Path) -> None:
    _compare(tmp_path, editing.seeded("git"), 120)


@pytest.mark.deep
@pytest.mark.timeout(1800)
@pytest.mark.skipif(GIT is None, reason="git is the oracle")
@pytest.mark.parametrize("seed", range(10))
def test_two_thousand_merges_of_each_seed_are_those_of_git(tmp_path: Path, seed: int) -> None:
    _compare(tmp_path, editing.seeded(f"git {seed}"), 2000)


def test_changes_at_different_places_go_together() -> None:
    assert merge_text("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n") == MergedText("A\nb\nC\n")


def test_a_clash_keeps_ours_and_reports_both_without_markers() -> None:
    merged = merge_text("a\nb\nc\n", "a\nsame\nours\nc\n", "a\nsame\ntheirs\nc\n")
    assert merged.text == "a\nsame\nours\nc\n"
    (conflict,) = merged.conflicts
    assert (conflict.line, conflict.base, conflict.ours, conflict.theirs) == (3, "b\n", "ours\n", "theirs\n")


def test_sections_are_cut_at_headings_but_not_inside_code() -> None:
    text = "intro\n# A\n```sh\n# no heading\n```\n# A\nagain\n~~~\n# no\n"
    assert list(sections(text).values()) == ["intro\n", "# A\n```sh\n# no heading\n```\n", "# A\nagain\n~~~\n# no\n"]
    assert "".join(sections(text).values()) == text


def test_two_sections_added_at_one_place_are_both_kept_where_their_order_is_clear() -> None:
    base = "# A\none\n# B\ntwo\n"
    ours = "# A\none more\n# B\ntwo\n"
    theirs = "# A\none\n# New\nn\n# B\ntwo\n"
    assert merge_text(base, ours, theirs).conflicts
    assert merge_markdown(base, ours, theirs) == MergedText("# A\none more\n# New\nn\n# B\ntwo\n")


@pytest.mark.parametrize(("ours", "theirs"), [("# A\nnew\n# B\n", "# B\n"), ("# B\n", "# A\nnew\n# B\n")])
def test_a_section_that_one_side_changed_and_the_other_removed_is_a_clash_that_keeps_ours(
    ours: str, theirs: str
) -> None:
    merged = merge_markdown("# A\none\n# B\n", ours, theirs)
    assert merged.text == ours
    assert [(one.ours, one.theirs) for one in merged.conflicts] in ([("# A\nnew\n", "")], [("", "# A\nnew\n")])


def test_a_section_that_one_side_renamed_keeps_what_the_other_changed_in_it() -> None:
    merged = merge_markdown("# A\none\ntwo\n# B\nx\n", "# A!\none\ntwo\n# B\ny\n", "# A\none\n2\n# B\nz\n")
    assert merged.text == "# A!\none\n2\n# B\ny\n"
