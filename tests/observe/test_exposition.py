"""The text can be read back by the rules of its format, whatever stands in a label."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.observe.exposition import Family, Sample, Sort, exposed, histogram
from aisync_desktop.observe.tallies import Durations
from tests.helpers.prometheus import parse

NAMES = st.from_regex(r"[a-zA-Z_][a-zA-Z0-9_]*", fullmatch=True)
LABELS = st.dictionaries(NAMES, st.text(st.characters(exclude_categories=["Cs"])), max_size=3)
VALUES = st.one_of(st.integers(0, 2**53).map(float), st.floats(0, 1e18))


@given(NAMES, st.text(), st.lists(st.tuples(VALUES, LABELS), min_size=1, max_size=5, unique_by=lambda one: str(one[1])))
def test_what_is_written_is_read(name: str, about: str, samples: list[tuple[float, dict[str, str]]]) -> None:
    family = Family(name, Sort.GAUGE, about, tuple(Sample(*one) for one in samples))
    (read,) = parse(exposed([family])).values()
    assert (read.sort, read.about) == ("gauge", about)
    assert {(sample.name, tuple(sample.labels.items())): sample.value for sample in read.samples} == {
        (name, tuple(labels.items())): value for value, labels in samples
    }


@given(st.lists(st.integers(0, 2**31), max_size=30))
def test_a_histogram_counts_up_to_all(took: list[int]) -> None:
    family = Family("x_seconds", Sort.HISTOGRAM, "x", tuple(histogram(Durations.of(took), {"client": "codex"})))
    samples = parse(exposed([family]))["x_seconds"].samples
    bounds = [float(one.labels["le"]) for one in samples if one.name == "x_seconds_bucket"]
    counts = [one.value for one in samples if one.name == "x_seconds_bucket"]
    assert bounds == sorted(set(bounds))
    assert counts == sorted(counts)
    assert counts == [sum(one <= bound * 1_000_000 for one in took) for bound in bounds]
    assert [one.value for one in samples[-2:]] == [sum(took) / 1_000_000, len(took)]


def test_a_family_without_figures_is_left_out() -> None:
    assert exposed([Family("x", Sort.GAUGE, "x", ())]) == ""
