import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.classes import breaks

NUMBERS = st.lists(st.integers(-50, 50).map(float), min_size=1, max_size=9)


def split(values, cuts):
    return [group for group in np.split(np.sort(values), np.searchsorted(np.sort(values), cuts))]


def spread(values, cuts):
    return sum(((group - group.mean()) ** 2).sum() for group in split(values, cuts) if len(group))


def test_equal_intervals_are_as_wide_as_each_other():
    assert breaks([0, 1, 2, 10], 5, method="equal interval") == (2.0, 4.0, 6.0, 8.0)


def test_quantiles_hold_as_many_values_each():
    values = np.arange(100.0)
    assert [len(group) for group in split(values, breaks(values, 4, method="quantiles"))] == [25, 25, 25, 25]


def test_natural_breaks_fall_into_the_gaps():
    assert breaks([1, 2, 3, 50, 51, 52, 90, 91], 3, method="natural breaks") == (50.0, 90.0)


@given(NUMBERS, st.integers(2, 4))
def test_no_other_cuts_have_less_variance_within_classes(values, count):
    found = breaks(values, count, method="natural breaks")
    distinct = sorted(set(values))
    every = itertools.combinations(distinct[1:], min(count, len(distinct)) - 1)
    assert spread(values, found) == pytest.approx(min(spread(values, cuts) for cuts in every), abs=1e-6)


@given(NUMBERS, st.integers(1, 9), st.sampled_from(["quantiles", "natural breaks", "equal interval"]))
def test_cuts_rise_within_the_values_and_are_never_too_many(values, count, method):
    cuts = breaks([*values, float("nan"), float("inf")], count, method=method)
    assert list(cuts) == sorted(set(cuts))
    assert len(cuts) < max(count, 1) or count == 1
    assert all(min(values) < cut <= max(values) for cut in cuts)


def test_many_values_are_cut_as_well():
    values = np.concatenate((np.linspace(0, 1, 3000), np.linspace(100, 101, 3000)))
    (cut,) = breaks(values, 2, method="natural breaks")
    assert 1 < cut < 100.01
