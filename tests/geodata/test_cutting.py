"""Shapes are cut with a line and merged, across the date line and over the pole as anywhere."""

import pytest
import shapely

from geodata.cutting import merged, split, to_lonlat
from geodata.errors import GeometryError
from geodata.shapes import Drawn, geometry_of
from geodata.vertices import of_geometry

BOX = shapely.box(-100e3, -100e3, 200e3, 100e3)


def test_a_line_over_the_pole_cuts_an_area_in_two_the_larger_first():
    pieces = split(BOX, shapely.LineString([(0, -500e3), (0, 500e3)]))
    assert [round(piece.area / 1e9) for piece in pieces] == [40, 20]


def test_a_line_that_ends_inside_cuts_nothing_and_says_so():
    with pytest.raises(GeometryError, match="does not cut"):
        split(BOX, shapely.LineString([(0, -500e3), (0, 0)]))
    with pytest.raises(GeometryError, match="point"):
        split(shapely.Point(0, 0), shapely.LineString([(0, -500e3), (0, 0)]))


def test_an_area_that_crosses_itself_is_cut_all_the_same():
    bow = shapely.Polygon([(-1e5, -1e5), (1e5, 1e5), (1e5, -1e5), (-1e5, 1e5)])
    assert len(split(bow, shapely.LineString([(-2e5, 1e3), (2e5, 1e3)]))) == 4


def test_neighbours_become_one_area_and_lines_that_meet_one_line():
    other = shapely.box(200e3, -100e3, 300e3, 100e3)
    assert merged([BOX, other]).area == pytest.approx(BOX.area + other.area)
    lines = [shapely.LineString([(0, 0), (1, 0)]), shapely.LineString([(1, 0), (2, 1)])]
    assert merged(lines).geom_type == "LineString"
    with pytest.raises(GeometryError, match="cannot be merged"):
        merged([BOX, lines[0]])


def test_pieces_come_back_in_degrees_with_edges_that_are_straight_on_the_map():
    geometry, drawn = to_lonlat(BOX)
    assert len(drawn.places) == 4 and drawn.kind == "polygon"
    assert geometry.equals(geometry_of(Drawn("polygon", drawn.places)))
    with_hole = shapely.Polygon(BOX.exterior, [shapely.box(0, 0, 1e4, 1e4).exterior])
    several = shapely.MultiPolygon([with_hole, shapely.box(4e5, 0, 5e5, 1e5)])
    geometry, drawn = to_lonlat(several)
    assert drawn is None and len(of_geometry(geometry).ends) == 3
