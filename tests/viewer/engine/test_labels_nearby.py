import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.engine.labels_nearby import pairs_within, spread, waves

PLACES = st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), max_size=25)


@given(PLACES, PLACES, st.integers(0, 8))
def test_pairs_are_those_that_a_look_at_all_finds(points, others, radius):
    points, others = (np.array(some, dtype=np.float64).reshape(-1, 2) for some in (points, others))
    one, other = pairs_within(points, others, np.full(len(points), float(radius)))
    apart = np.abs(points[:, None] - others[None]).max(axis=2, initial=0)
    assert np.stack((one, other), axis=1).tolist() == np.argwhere(apart <= radius).tolist()


def test_a_point_with_an_infinite_radius_is_near_to_all():
    one, other = pairs_within(np.zeros((1, 2)), np.array([(1e7, -1e7), (-1e7, 3.0)]), np.array([np.inf]))
    assert one.tolist() == [0, 0]
    assert other.tolist() == [0, 1]


def test_runs_are_spread_one_after_the_other():
    run, member = spread(np.array([5, 0, 9]), np.array([2, 0, 3]))
    assert run.tolist() == [0, 0, 2, 2, 2]
    assert member.tolist() == [5, 6, 9, 10, 11]


@given(st.data())
def test_each_number_comes_in_a_wave_after_all_that_it_depends_on(data):
    count = data.draw(st.integers(1, 15))
    pairs = sorted(
        (later, data.draw(st.integers(0, later - 1)))
        for later in data.draw(st.lists(st.integers(1, count - 1), max_size=20) if count > 1 else st.just([]))
    )
    later, earlier = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    found = [wave.tolist() for wave in waves(count, later, earlier)]
    when = {number: turn for turn, wave in enumerate(found) for number in wave}
    assert sorted(when) == list(range(count))
    assert all(when[other] < when[one] for one, other in pairs)


@pytest.mark.parametrize("count", [0, 1])
def test_few_numbers_need_no_order(count):
    nothing = np.zeros(0, dtype=np.int64)
    assert sum(len(wave) for wave in waves(count, nothing, nothing)) == count
