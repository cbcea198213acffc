import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.extent import Extent
from viewer.engine.clipping import clip_line, clip_ring

WINDOW = Extent(-10, -10, 10, 10)
CUTTER = shapely.box(-10, -10, 10, 10)


def star(seed: int) -> np.ndarray:
    """A ring about the origin that reaches in and out of the window."""
    random = np.random.default_rng(seed)
    angles = np.sort(random.uniform(0, 2 * np.pi, 40))
    radii = random.uniform(1, 40, 40)
    ring = np.c_[np.cos(angles) * radii, np.sin(angles) * radii] + random.uniform(-8, 8, 2)
    return np.vstack((ring, ring[:1]))


def signed_area(ring: np.ndarray) -> float:
    return abs(float(np.sum(ring[:-1, 0] * ring[1:, 1] - ring[1:, 0] * ring[:-1, 1])) / 2)


@given(st.integers(0, 10_000))
def test_a_cut_ring_covers_what_the_window_shows_of_it(seed):
    ring = star(seed)
    whole = shapely.make_valid(shapely.Polygon(ring))
    if not shapely.Polygon(ring).is_valid:
        return
    assert np.isclose(signed_area(clip_ring(ring, WINDOW)), whole.intersection(CUTTER).area, atol=1e-6)


def test_a_ring_inside_comes_back_as_it_is():
    ring = np.array([[0.0, 0], [1, 0], [1, 1], [0, 0]])
    assert clip_ring(ring, WINDOW) is ring


def test_of_a_ring_outside_nothing_is_left():
    assert len(clip_ring(np.array([[20.0, 0], [21, 0], [21, 1], [20, 0]]), WINDOW)) == 0


def test_a_ring_around_the_window_becomes_the_window():
    ring = np.array([[-50.0, -50], [50, -50], [50, 50], [-50, 50], [-50, -50]])
    assert np.isclose(signed_area(clip_ring(ring, WINDOW)), 400)


def test_a_line_that_leaves_and_comes_back_gives_two_runs_with_whole_segments():
    line = np.array([[-5.0, 0], [5, 0], [50, 0], [50, 50], [0, 50], [0, 5], [0, 0]])
    runs = clip_line(line, WINDOW)
    assert [run.tolist() for run in runs] == [[[-5, 0], [5, 0], [50, 0]], [[0, 50], [0, 5], [0, 0]]]
