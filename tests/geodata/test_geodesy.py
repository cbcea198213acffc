import math

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geodata.geodesy import (
    GEODESIC_ERROR_M,
    area_m2,
    destination,
    distance_m,
    geodesic_line,
    initial_bearing_deg,
    length_m,
)
from geodata.polar import to_map_array
from geodata.stereographic import forward

GEOD = Geod(ellps="WGS84")
QUADRANT_M = 10_001_965.729  # from the equator to the pole along a meridian of WGS 84
SPHERE_M2 = 510_065_621_724_089.0  # the surface of WGS 84

steady = settings(max_examples=60, deadline=None, derandomize=True, database=None)
longitudes = st.floats(-180, 180)
latitudes = st.floats(0, 89.5)


def test_a_quarter_of_a_meridian_has_its_known_length():
    assert distance_m(10, 0, 10, 90) == pytest.approx(QUADRANT_M, abs=0.001)


def test_a_degree_of_the_equator_has_its_known_length():
    assert distance_m(179.5, 0, -179.5, 0) == pytest.approx(math.pi / 180 * 6_378_137, abs=0.001)


def test_anchorage_to_moscow_is_seven_thousand_kilometres():
    assert distance_m(-149.90, 61.22, 37.62, 55.76) == pytest.approx(7_017_000, rel=0.001)


def test_a_line_is_as_long_as_its_edges_together():
    line = np.array([[170.0, 60], [-170, 60], [-170, 70]])
    assert length_m(line) == pytest.approx(distance_m(170, 60, 190, 60) + distance_m(-170, 60, -170, 70))
    assert length_m(line[:1]) == 0


@pytest.mark.parametrize(
    ("start", "end", "bearing"),
    [((0, 10), (0, 20), 0), ((0, 20), (0, 10), 180), ((0, 0), (1, 0), 90), ((-179, 0), (179, 0), 270)],
)
def test_bearings_are_clockwise_from_north(start, end, bearing):
    assert initial_bearing_deg(*start, *end) == pytest.approx(bearing, abs=1e-9)


def test_from_the_pole_180_leads_down_its_own_meridian():
    assert initial_bearing_deg(30, 90, 30, 80) == pytest.approx(180)


@steady
@given(longitudes, latitudes, st.floats(0, 360), st.floats(1, 5e6))
def test_a_destination_lies_at_its_distance_and_bearing(lon, lat, bearing, away_m):
    lon2, lat2 = destination(lon, lat, bearing_deg=bearing, distance_m=away_m)
    assert -180 <= lon2 <= 180
    assert distance_m(lon, lat, lon2, lat2) == pytest.approx(away_m, abs=0.001)
    off = (initial_bearing_deg(lon, lat, lon2, lat2) - bearing + 180) % 360 - 180
    assert abs(math.radians(off)) * away_m < 0.1


@steady
@given(longitudes, latitudes, longitudes, latitudes)
def test_a_geodesic_line_is_the_shortest_and_has_its_ends(lon1, lat1, lon2, lat2):
    line = geodesic_line(lon1, lat1, lon2, lat2)
    total_m = distance_m(lon1, lat1, lon2, lat2)
    assert length_m(line) == pytest.approx(total_m, abs=0.01, rel=1e-9)
    assert line[0] == pytest.approx((lon1, lat1), abs=1e-9)
    assert line[-1] == pytest.approx((lon2, lat2), abs=1e-9)
    steps = GEOD.inv(line[:-1, 0], line[:-1, 1], line[1:, 0], line[1:, 1])[2]
    assert np.max(steps) <= 100_000.001


@steady
@given(longitudes, latitudes, longitudes, latitudes)
def test_on_the_map_a_geodesic_line_follows_the_geodesic(lon1, lat1, lon2, lat2):
    assume(distance_m(lon1, lat1, lon2, lat2) > 1000)
    azimuth, _, total_m = GEOD.inv(lon1, lat1, lon2, lat2)
    along = np.linspace(0, total_m, 501)
    ones = np.ones_like(along)
    lons, lats, _ = GEOD.fwd(lon1 * ones, lat1 * ones, azimuth * ones, along, return_back_azimuth=False)
    assume(lats.min() > 0)
    (drawn,) = to_map_array(np.array([shapely.LineString(geodesic_line(lon1, lat1, lon2, lat2))], dtype=object))
    stray_m = shapely.distance(drawn, shapely.points(forward(lons, lats)))
    assert stray_m.max() <= 2.5 * GEODESIC_ERROR_M + 25  # up to twice as long on the map at the equator, and the chords


def test_a_line_over_the_pole_has_the_pole_in_it():
    line = geodesic_line(10, 80, -170, 70)
    assert [point.tolist() for point in line if point[1] == 90] == [[10, 90], [-170, 90]]
    assert length_m(line) == pytest.approx(distance_m(10, 80, 10, 90) + distance_m(0, 90, 0, 70))


def test_a_line_from_the_pole_leaves_along_the_meridian_of_its_end():
    assert set(geodesic_line(0, 90, 50, 80)[:, 0].round(9)) == {50.0}


def test_a_line_to_where_it_began_has_two_points():
    assert geodesic_line(5, 60, 5, 60).tolist() == [[5, 60], [5, 60]]


def test_the_step_is_kept():
    assert len(geodesic_line(0, 60, 0, 70, max_step_m=10_000)) == math.ceil(distance_m(0, 60, 0, 70) / 10_000) + 1


def test_the_world_has_its_known_surface():
    assert area_m2(shapely.box(-180, -90, 180, 90)) == pytest.approx(SPHERE_M2, rel=1e-9)


def test_the_pole_cap_is_half_the_world_above_the_equator_however_it_is_written():
    ring = shapely.Polygon([(lon, 0) for lon in range(-180, 180, 90)])
    rectangle = shapely.box(-180, 0, 180, 90)
    assert area_m2(ring) == pytest.approx(SPHERE_M2 / 2, rel=1e-9)
    assert area_m2(rectangle) == pytest.approx(SPHERE_M2 / 2, rel=1e-9)


def test_a_ring_round_the_south_pole_encloses_the_south_pole():
    north = shapely.Polygon([(lon, 70) for lon in range(-180, 180, 10)])
    south = shapely.Polygon([(lon, -70) for lon in range(-180, 180, 10)])
    assert area_m2(south) == pytest.approx(area_m2(north), rel=1e-12)


def test_a_hole_is_taken_off_and_parts_are_added():
    shell, hole = shapely.box(170, 60, 190, 70), shapely.box(175, 62, 185, 68)
    holed = shapely.Polygon(shell.exterior.coords, [hole.exterior.coords])
    assert area_m2(holed) == pytest.approx(area_m2(shell) - area_m2(hole), rel=1e-12)
    assert area_m2(shapely.MultiPolygon([holed, hole])) == pytest.approx(area_m2(shell), rel=1e-12)


def test_a_dense_polygon_has_the_area_that_geodesics_give_it():
    shape = shapely.segmentize(shapely.Polygon([(170, 60), (200, 65), (185, 75)]), 0.01)
    assert area_m2(shape) == pytest.approx(abs(GEOD.geometry_area_perimeter(shape)[0]), rel=1e-6)


@pytest.mark.parametrize("geometry", [shapely.Point(0, 80), shapely.LineString([(0, 1), (2, 3)]), shapely.Polygon()])
def test_what_has_no_area_has_none(geometry):
    assert area_m2(geometry) == 0


@pytest.mark.parametrize("lat", [0.0, 10.0, -10.0])
def test_a_geodesic_line_between_antipodes_goes_over_the_north_pole(lat):
    line = geodesic_line(180.0, lat, 0.0, -lat)
    assert line[:, 1].max() == 90.0
    assert length_m(line) == pytest.approx(distance_m(180.0, lat, 0.0, -lat), rel=1e-6)
