"""The pointer is drawn to vertices first, then to edges."""

import numpy as np
import pytest

from geodata.snapping import snap
from geodata.stereographic import forward, inverse

LINE = np.array([(179.0, 75.0), (-179.0, 75.0), (-179.0, 76.0)])


def near(lon, lat, *, by):
    return tuple(map(float, inverse(*(forward(lon, lat) + by))))


def test_a_vertex_within_reach_wins_over_an_edge_that_is_nearer():
    found = snap(*near(-179, 75, by=(0.0, 800.0)), [LINE], reach_m=1000)
    assert (found.kind, found.path, found.index) == ("vertex", 0, 1)
    assert (found.lon, found.lat) == pytest.approx((-179, 75))


def test_an_edge_across_180_is_met_at_its_nearest_point():
    a, b = forward(*LINE[0]), forward(*LINE[1])
    middle = inverse(*((a + b) / 2))
    found = snap(*near(*middle, by=(0.0, 500.0)), [np.zeros((0, 2)), LINE], reach_m=1000)
    assert (found.kind, found.path, found.index) == ("edge", 1, 0)
    assert np.hypot(*(forward(found.lon, found.lat) - (a + b) / 2)) < 400


def test_nothing_within_reach_is_nothing():
    assert snap(0.0, 80.0, [LINE], reach_m=1000) is None
    assert snap(0.0, 80.0, [], reach_m=1e9) is None


def test_an_edge_over_the_pole_is_met_there():
    found = snap(45.0, 89.999, [np.array([(0.0, 80.0), (180.0, 80.0)])], reach_m=1000)
    assert found.kind == "edge"
    assert found.lat > 89.998


def test_a_point_is_a_vertex():
    found = snap(10.0, 80.0, [np.array([(10.0, 80.0)])], reach_m=10)
    assert (found.kind, found.index) == ("vertex", 0)
