import numpy as np
import shapely

from viewer.engine.thinning import thinned

ANGLES = np.linspace(0, np.pi, 2_001)
ARC = np.c_[np.cos(ANGLES), np.sin(ANGLES)] * 1e6


def test_a_smooth_line_keeps_a_few_vertices_and_its_course():
    kept = thinned(ARC, 500.0)
    assert len(kept) < 80
    assert shapely.hausdorff_distance(shapely.LineString(kept), shapely.LineString(ARC)) <= 500.0


def test_corners_and_ends_stay():
    corner = np.array([[0.0, 0.0], [50.0, 0.0], [100.0, 0.0], [100.0, 50.0], [100.0, 100.0]])
    assert thinned(corner, 1.0).tolist() == [[0.0, 0.0], [100.0, 0.0], [100.0, 100.0]]


def test_a_line_that_comes_back_to_its_start_is_no_point():
    there_and_back = np.array([[0.0, 0.0], [100.0, 0.0], [0.0, 0.0]])
    assert len(thinned(there_and_back, 1.0)) == 3


def test_nothing_is_left_out_for_no_tolerance():
    assert thinned(ARC, 0.0) is ARC
