"""What must hold for any shape, however it is written."""

import math

import numpy as np
import pytest
import shapely
import shapely.affinity
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from geodata.crs import EQUAL_AREA, MAP
from geodata.densify import CHORD_ERROR_M, densify
from geodata.geodesy import area_m2
from geodata.hemisphere import project
from geodata.polar import to_map_array

# The same shapes at every run; a failure found elsewhere becomes a golden case.
steady = settings(max_examples=60, deadline=None, derandomize=True, database=None)

longitudes = st.floats(-180, 180).map(lambda lon: round(lon, 4))
latitudes = st.floats(1, 89).map(lambda lat: round(lat, 4))
to_equal_area = Transformer.from_crs(MAP, EQUAL_AREA, always_xy=True)
angles = st.integers(-720, 720)


@st.composite
def stars(draw):
    """A polygon round a centre, up to 160° wide, with longitudes that run on; simple by construction."""
    centre_lon, centre_lat = draw(longitudes), draw(st.floats(5, 85))
    count = draw(st.integers(3, 12))
    reach = draw(st.lists(st.floats(0.2, 1.0), min_size=count, max_size=count))
    width, height = draw(st.floats(0.5, 80)), min(89 - centre_lat, centre_lat - 0.5) * draw(st.floats(0.1, 1))
    turn = 2 * np.pi * np.arange(count) / count
    lon = centre_lon + width * np.array(reach) * np.cos(turn)
    lat = centre_lat + height * np.array(reach) * np.sin(turn)
    return shapely.Polygon(np.round(np.column_stack((lon, lat)), 5))


@st.composite
def caps(draw):
    """A ring round the pole, with longitudes that run on for one turn."""
    count = draw(st.integers(4, 30))
    lat = draw(st.lists(st.floats(2, 88), min_size=count, max_size=count))
    lon = draw(longitudes) + 360 * np.arange(count) / count
    return shapely.Polygon(np.round(np.column_stack((lon, lat)), 5))


shapes = st.one_of(stars(), caps())


def mapped(shape):
    (result,) = to_map_array(np.array([shape], dtype=object))
    return result


def wrapped(shape):
    return shapely.transform(shape, lambda c: np.column_stack(((c[:, 0] + 180) % 360 - 180, c[:, 1])))


def cut_at_180(shape):
    """What a flat map's file would hold: each part within ±180°."""
    pieces = []
    for turn in range(-3, 4):
        moved = shapely.affinity.translate(shape, -360 * turn)
        piece = moved.intersection(shapely.box(-180, -90, 180, 90))
        pieces += [part for part in shapely.get_parts(piece) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(pieces)


def closed_over_the_top(cap):
    """The cap as a simple polygon in the plane: along its ring, up to 90° N, and back."""
    ring = np.array(cap.exterior.coords)[:-1]
    end = ring[0] + (360, 0)
    return shapely.Polygon([*ring, end, (end[0], 90), (ring[0, 0], 90)])


def assert_like(one, other, within_m):
    """Two shapes differ by no more than a strip of that width along their edges."""
    assert one.symmetric_difference(other).area <= within_m * max(one.length, other.length) + 1.0


@steady
@given(stars())
def test_cut_at_180_or_not_a_shape_is_the_same(shape):
    whole, welded = mapped(wrapped(shape)), mapped(cut_at_180(shape))
    assert welded.is_valid
    assert_like(whole, welded, 2 * CHORD_ERROR_M)
    assert len(shapely.get_parts(whole)) == len(shapely.get_parts(welded))
    assert len(shapely.get_rings(shapely.get_parts(whole))) == len(shapely.get_rings(shapely.get_parts(welded)))


@steady
@given(caps())
def test_cut_at_180_or_not_a_cap_is_the_same(cap):
    assert_like(mapped(wrapped(cap)), mapped(cut_at_180(closed_over_the_top(cap))), 2 * CHORD_ERROR_M)


@steady
@given(shapes, st.integers(-3, 3))
def test_a_whole_turn_makes_no_difference(shape, turns):
    assert_like(mapped(shape), mapped(shapely.affinity.translate(shape, 360 * turns)), 0.001)


@steady
@given(shapes)
def test_a_whole_turn_for_some_vertices_makes_no_difference(shape):
    turns = np.arange(len(shape.exterior.coords)) % 5 - 2
    turns[-1] = turns[0]
    jumbled = shapely.Polygon(np.array(shape.exterior.coords) + np.column_stack((360 * turns, 0 * turns)))
    assert_like(mapped(shape), mapped(jumbled), 0.001)


@steady
@given(shapes)
def test_the_winding_makes_no_difference(shape):
    assert_like(mapped(shape), mapped(shape.reverse()), 0.001)


@steady
@given(shapes, angles)
def test_turning_all_longitudes_turns_the_map(shape, angle):
    turned = mapped(shapely.affinity.translate(shape, angle))
    assert_like(shapely.affinity.rotate(mapped(shape), angle, origin=(0, 0)), turned, 2 * CHORD_ERROR_M)


@steady
@given(stars())
def test_a_shape_beside_the_pole_does_not_flood_it(shape):
    assert not mapped(wrapped(shape)).intersects(shapely.Point(0, 0))


@steady
@given(caps())
def test_a_ring_round_the_pole_contains_it(cap):
    assert mapped(wrapped(cap)).contains(shapely.Point(0, 0))


@steady
@given(shapes)
def test_the_area_on_the_map_is_the_area_on_the_ellipsoid(shape):
    result = shapely.segmentize(mapped(wrapped(shape)), 20_000)
    flat = shapely.transform(result, lambda c: np.column_stack(to_equal_area.transform(c[:, 0], c[:, 1])))
    assert area_m2(wrapped(shape)) == pytest.approx(flat.area, rel=1e-9, abs=CHORD_ERROR_M * result.length)


@steady
@given(longitudes, latitudes, st.floats(-180, 180), latitudes)
def test_no_edge_strays_further_than_the_chord_error(lon, lat, turn, other_lat):
    edge = np.array([(lon, lat), (lon + turn, other_lat)])
    dense, _ = densify(edge, np.zeros(2, dtype=np.int64))
    share = np.linspace(0, 1, 4001)[:, None]
    truth = project(edge[0] + share * (edge[1] - edge[0]))
    chords = shapely.LineString(project(dense))
    assert shapely.distance(chords, shapely.points(truth)).max() <= CHORD_ERROR_M


@steady
@given(longitudes, latitudes, st.floats(-180, 180))
def test_an_edge_along_a_parallel_has_no_more_vertices_than_it_needs(lon, lat, turn):
    edge = np.array([(lon, lat), (lon + turn, lat)])
    dense, _ = densify(edge, np.zeros(2, dtype=np.int64))
    radius = math.hypot(*project(edge)[0])
    needed = math.radians(abs(turn)) / (2 * math.acos(1 - CHORD_ERROR_M / radius))
    assert len(dense) <= 1.02 * needed + 2


@steady
@given(st.lists(st.tuples(st.floats(-720, 720), st.floats(-90, 90)), min_size=3, max_size=12))
def test_any_ring_whatever_becomes_valid_polygons_or_nothing(vertices):
    result = mapped(shapely.Polygon(vertices))
    if result is not None:
        assert result.is_valid
        assert result.geom_type in ("Polygon", "MultiPolygon")
        assert shapely.get_coordinates(result).max() < 12_367_397


@steady
@given(st.lists(st.tuples(st.floats(-720, 720), st.floats(-90, 90)), min_size=2, max_size=12))
def test_any_line_whatever_becomes_lines_or_nothing(vertices):
    result = mapped(shapely.LineString(vertices))
    if result is not None:
        assert result.geom_type in ("LineString", "MultiLineString")
        assert np.hypot(*shapely.get_coordinates(result).T).max() < 12_367_397
