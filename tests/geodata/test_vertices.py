"""The vertices of a geometry are changed one by one, and all others stay."""

import numpy as np
import pytest
import shapely

from geodata.stereographic import forward
from geodata.vertices import of_geometry

RING = [(170.0, 70.0), (-170.0, 70.0), (-170.0, 75.0), (170.0, 75.0)]
HOLE = [(178.0, 72.0), (-178.0, 72.0), (180.0, 73.0)]
SHAPES = {
    "point": shapely.Point(170, 70),
    "points": shapely.MultiPoint(RING),
    "line": shapely.LineString(RING),
    "lines": shapely.MultiLineString([RING, HOLE]),
    "polygon": shapely.Polygon(RING, [HOLE]),
    "polygons": shapely.MultiPolygon([shapely.Polygon(RING, [HOLE]), shapely.Polygon(HOLE)]),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_geometry_comes_back_as_it_was(shape):
    assert shapely.equals_exact(of_geometry(shape).geometry(), shape)


def test_a_vertex_is_moved_and_no_other():
    table = of_geometry(SHAPES["polygon"])
    moved = table.moved(5, 179.0, 72.5)
    assert moved.place(5) == (179.0, 72.5)
    assert np.array_equal(np.delete(moved.lonlat, 5, axis=0), np.delete(table.lonlat, 5, axis=0))
    assert table.place(5) == (-178.0, 72.0)


def test_a_vertex_is_added_on_the_last_edge_of_a_ring_and_taken_away_again():
    table = of_geometry(SHAPES["polygon"])
    more = table.added(3, 169.0, 72.0)
    assert more.place(4) == (169.0, 72.0) and more.ends == (5, 8)
    assert more.geometry().exterior.coords[4] == (169.0, 72.0)
    assert shapely.equals_exact(more.without(4).geometry(), table.geometry())


def test_a_ring_keeps_three_vertices_and_a_line_two():
    hole = of_geometry(SHAPES["polygon"])
    assert hole.without(5) is None
    line = of_geometry(shapely.LineString(RING[:2]))
    assert line.without(0) is None


def test_the_nearest_vertex_and_edge_are_found_across_the_date_line_within_reach_alone():
    table = of_geometry(SHAPES["line"])
    x, y = forward(-170.0, 70.0)
    assert table.nearest(x + 10, y, reach_m=20) == 1
    assert table.nearest(x + 10, y, reach_m=5) == -1
    middle = (table.plane[0] + table.plane[1]) / 2
    assert table.nearest_edge(*middle, reach_m=1) == 0
    assert of_geometry(SHAPES["points"]).nearest_edge(*middle, reach_m=1e7) == -1


def test_a_ring_has_an_edge_back_to_its_beginning_and_a_line_has_none():
    ring, line = of_geometry(shapely.Polygon(RING)), of_geometry(shapely.LineString(RING))
    assert (ring.following[-1], line.following[-1]) == (0, -1)


def test_a_shape_moved_over_the_pole_and_back_is_the_same():
    table = of_geometry(SHAPES["polygon"])
    back = table.shifted(3e6, -2e6).shifted(-3e6, 2e6)
    assert back.plane == pytest.approx(table.plane, abs=1e-3)


def test_nothing_and_mixed_kinds_have_no_vertices():
    assert of_geometry(shapely.Point()) is None
    assert of_geometry(shapely.GeometryCollection([SHAPES["point"], SHAPES["line"]])) is None
