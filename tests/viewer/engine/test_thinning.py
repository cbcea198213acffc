import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from viewer.engine.thinning import significance

TURNS = np.linspace(0, 2 * np.pi, 400)
SPIRAL = np.stack((TURNS * np.cos(3 * TURNS), TURNS * np.sin(3 * TURNS)), axis=1) * 1_000.0


@pytest.mark.parametrize("tolerance_m", [1.0, 10.0, 100.0, 1_000.0])
def test_no_vertex_that_is_left_out_lies_further_off_than_the_tolerance(tolerance_m):
    kept = SPIRAL[significance(SPIRAL) > tolerance_m]
    away = shapely.distance(shapely.points(SPIRAL), shapely.LineString(kept))
    assert 2 <= len(kept) < len(SPIRAL)
    assert away.max() <= tolerance_m


@given(
    st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=2, max_size=40),
    st.floats(0.5, 30.0),
)
def test_what_is_left_out_is_near_on_any_line(points, tolerance_m):
    line = np.array(points, dtype=np.float64)
    kept = line[significance(line) > tolerance_m]
    away = shapely.distance(shapely.points(line), shapely.LineString(kept))
    assert away.max() <= tolerance_m + 1e-9


def test_ends_stay_and_vertices_on_the_way_go():
    line = np.array([(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (2.0, 5.0)])
    needed = significance(line)
    assert np.isinf(needed[[0, -1]]).all()
    assert needed[1] == 0.0
    assert needed[2] > 1.0


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_line_too_short_to_be_thinned_stays_whole(count):
    assert np.isinf(significance(SPIRAL[:count])).all()
