import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.extent import Extent

numbers = st.floats(-1e7, 1e7)
extents = st.tuples(numbers, numbers, numbers, numbers).map(
    lambda four: Extent(min(four[0], four[2]), min(four[1], four[3]), max(four[0], four[2]), max(four[1], four[3]))
)


def test_the_extent_of_coordinates_is_the_smallest_around_them():
    assert Extent.of(np.array([[3.0, -1.0], [1.0, 7.0], [2.0, 2.0]])) == Extent(1, -1, 3, 7)


def test_the_extent_of_one_point_has_no_size():
    extent = Extent.of(np.array([[3.0, 4.0]]))
    assert (extent.width, extent.height, extent.centre) == (0, 0, (3, 4))


def test_width_height_and_centre_are_of_the_rectangle():
    extent = Extent(-2, 0, 4, 10)
    assert (extent.width, extent.height, extent.centre) == (6, 10, (1, 5))


@pytest.mark.parametrize(
    ("other", "meets"),
    [
        (Extent(1, 1, 2, 2), True),
        (Extent(10, 10, 20, 20), True),
        (Extent(10.1, 0, 20, 10), False),
        (Extent(0, -5, 10, -0.1), False),
        (Extent(-5, 4, 15, 5), True),
    ],
)
def test_extents_meet_where_they_share_at_least_a_point(other, meets):
    here = Extent(0, 0, 10, 10)
    assert here.intersects(other) is other.intersects(here) is meets


def test_an_extent_contains_itself_and_what_touches_its_edge_from_inside():
    here = Extent(0, 0, 10, 10)
    assert here.contains(here)
    assert here.contains(Extent(0, 5, 5, 10))
    assert not here.contains(Extent(0, 5, 5, 10.1))


@given(extents, extents)
def test_a_union_contains_both(one, other):
    union = one.union(other)
    assert union == other.union(one)
    assert union.contains(one)
    assert union.contains(other)


def test_a_grown_extent_has_every_edge_moved_outward():
    assert Extent(0, 1, 2, 3).grown(10) == Extent(-10, -9, 12, 13)


@given(extents, st.lists(extents, min_size=1, max_size=8))
def test_many_rectangles_are_asked_at_once_as_they_are_one_by_one(here, others):
    bounds = np.array([[one.left, one.bottom, one.right, one.top] for one in others])
    assert here.touched_by(bounds).tolist() == [here.intersects(one) for one in others]
