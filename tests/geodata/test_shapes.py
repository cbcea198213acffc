"""Drawn shapes mean what they looked like on the map, across 180° and over the pole."""

import itertools
import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import GeometryError
from geodata.geodesy import distance_m, initial_bearing_deg
from geodata.polar import to_map_array
from geodata.shapes import (
    KINDS,
    LEAST,
    MAX_RADIUS_M,
    STRAY_M,
    Drawn,
    circle,
    from_text,
    geometry_of,
    of_geometry,
    simplified,
    straight,
    to_text,
)
from geodata.stereographic import forward

LON = st.floats(-180, 180)
LAT = st.floats(40, 89.9)


def on_map(geometry):
    return to_map_array(np.array([geometry], dtype=object))[0]


@settings(max_examples=60, deadline=None)
@given(LON, LAT, st.floats(100, 2_000_000))
def test_every_point_of_a_circle_is_its_radius_away_from_the_middle(lon, lat, radius):
    for x, y in circle(lon, lat, radius_m=radius)[:-1]:
        assert distance_m(lon, lat, x, y) == pytest.approx(radius, abs=0.001)


@pytest.mark.parametrize("place", [(180.0, 70.0), (-179.9, 65.0), (0.0, 90.0), (30.0, 89.5), (100.0, 75.0)])
def test_a_circle_on_the_map_is_one_ring_as_large_as_its_radius_says(place):
    shape = on_map(geometry_of(Drawn("circle", (place, (place[0], place[1] - 1.0)))))
    assert shape.geom_type == "Polygon"
    assert shape.is_valid
    assert shape.contains(shapely.Point(*forward(*place)))
    radius = Drawn("circle", (place, (place[0], place[1] - 1.0))).radius_m
    roundness = 4 * math.pi * shape.area / shape.length**2
    assert roundness > 0.99
    ground = math.sqrt(shape.area / math.pi)
    assert ground == pytest.approx(radius, rel=0.05)


@pytest.mark.parametrize("radius", [0.0, -1.0, MAX_RADIUS_M + 1, math.nan])
def test_a_circle_of_no_size_or_too_large_is_refused(radius):
    with pytest.raises(GeometryError, match="radius"):
        circle(0.0, 80.0, radius_m=radius)


@settings(max_examples=100, deadline=None)
@given(LON, LAT, LON, LAT)
def test_an_edge_is_straight_on_the_map_wherever_it_runs(lon1, lat1, lon2, lat2):
    line = straight(((lon1, lat1), (lon2, lat2)))
    assert np.array_equal(line[[0, -1]], [(lon1, lat1), (lon2, lat2)])
    ends = forward([lon1, lon2], [lat1, lat2])
    if np.hypot(*(ends[1] - ends[0])) < 1:
        return
    drawn = on_map(shapely.LineString(line))
    meant = shapely.LineString(ends)
    assert shapely.hausdorff_distance(drawn, meant) < 3 * STRAY_M


def test_a_line_across_the_pole_runs_over_it_and_not_round_it():
    drawn = on_map(geometry_of(Drawn("line", ((10.0, 80.0), (-170.0, 80.0)))))
    assert drawn.distance(shapely.Point(0, 0)) < STRAY_M
    assert drawn.length == pytest.approx(np.hypot(*(forward(10, 80) - forward(-170, 80))), rel=1e-4)


def test_a_polygon_about_the_pole_has_the_pole_inside():
    shape = on_map(geometry_of(Drawn("polygon", ((0.0, 85.0), (120.0, 85.0), (-120.0, 85.0)))))
    assert shape.contains(shapely.Point(0, 0))
    corner = np.hypot(*forward(0, 85))
    assert shape.area == pytest.approx(3 * math.sqrt(3) / 4 * corner**2, rel=1e-3)


def test_a_polygon_across_180_is_one_piece_on_the_map():
    shape = on_map(geometry_of(Drawn("polygon", ((175.0, 70.0), (-175.0, 70.0), (-175.0, 72.0), (175.0, 72.0)))))
    assert shape.geom_type == "Polygon"
    corners = shapely.Polygon(forward([175, -175, -175, 175], [70, 70, 72, 72]))
    assert shape.symmetric_difference(corners).area < 1e-4 * corners.area


def test_a_geodesic_line_starts_off_along_the_shortest_way():
    line = shapely.get_coordinates(geometry_of(Drawn("geodesic", ((-149.9, 61.2), (37.6, 55.8)))))
    whole = sum(distance_m(*a, *b) for a, b in itertools.pairwise(line))
    assert whole == pytest.approx(distance_m(-149.9, 61.2, 37.6, 55.8), rel=1e-6)
    assert initial_bearing_deg(*line[0], *line[1]) == pytest.approx(
        initial_bearing_deg(-149.9, 61.2, 37.6, 55.8), abs=0.01
    )


def test_an_arrow_has_a_shaft_and_two_barbs_that_end_at_its_tip():
    arrow = geometry_of(Drawn("arrow", ((179.0, 70.0), (-179.0, 71.0))))
    assert [len(part.coords) >= 2 for part in arrow.geoms] == [True] * 3
    assert [part.coords[-1] for part in arrow.geoms] == [(-179.0, 71.0)] * 3
    lengths = [on_map(part).length for part in arrow.geoms]
    assert lengths[1] == pytest.approx(lengths[2], rel=1e-3)
    assert lengths[1] == pytest.approx(0.18 * lengths[0], rel=1e-3)


def test_a_freehand_line_keeps_its_corner_and_its_ends_and_loses_the_rest_even_across_180():
    plane = [(x, 0.0) for x in range(0, 100_000, 1000)] + [(100_000.0, y) for y in range(0, 100_000, 1000)]
    middle = forward(180.0, 75.0)
    turned = [tuple(map(float, shapes_lonlat(middle + point))) for point in plane]
    kept = simplified(turned, tolerance_m=100.0)
    assert len(kept) == 3
    assert kept[0] == pytest.approx(turned[0])
    assert kept[-1] == pytest.approx(turned[-1])
    assert np.hypot(*(forward(*kept[1]) - middle - (100_000, 0))) < 1


def shapes_lonlat(point):
    from geodata.stereographic import inverse

    return inverse(*point)


@pytest.mark.parametrize("kind", KINDS)
def test_a_shape_of_too_few_places_is_refused_and_of_enough_is_a_geometry(kind):
    places = ((10.0, 70.0), (12.0, 71.0), (14.0, 70.0))[: LEAST[kind]]
    with pytest.raises(GeometryError, match="needs"):
        geometry_of(Drawn(kind, places[:-1]))
    assert not geometry_of(Drawn(kind, places)).is_empty
    if len(places) > 1:
        assert not Drawn(kind, places[:1] * len(places)).is_whole


@given(st.sampled_from(KINDS), st.lists(st.tuples(LON, LAT), max_size=5))
def test_a_shape_is_the_same_after_it_was_text(kind, places):
    read = from_text(to_text(Drawn(kind, tuple(places))))
    assert read is not None
    assert read.kind == kind
    assert np.allclose(read.places, places, atol=1e-9) or not places


@pytest.mark.parametrize(
    "text", ["", "{}", "null", '{"kind":"star","places":[]}', '{"kind":"line","places":[[200,0]]}']
)
def test_a_text_that_is_no_shape_gives_none(text):
    assert from_text(text) is None


def test_a_plain_geometry_can_be_reshaped_and_one_of_several_parts_cannot():
    assert of_geometry(shapely.box(0, 60, 1, 61)).kind == "polygon"
    assert len(of_geometry(shapely.box(0, 60, 1, 61)).places) == 4
    assert of_geometry(shapely.MultiPoint([(0, 60), (1, 61)])) is None
    assert of_geometry(shapely.box(0, 60, 9, 69).difference(shapely.box(1, 61, 2, 62))) is None
