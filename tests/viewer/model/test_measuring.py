"""Measurements agree with GeographicLib, over the pole too, and the drawn line lies on the geodesic."""

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geodata.stereographic import forward
from viewer.model.measuring import Measurement, area_text, distance_text

GEOD = Geod(ellps="WGS84")
RANDOM = np.random.default_rng(1867)
LON, LAT = RANDOM.uniform(-180, 180, (2, 80)), RANDOM.uniform(0, 89.9, (2, 80))
ORDINARY = [((a, b), (c, d)) for a, b, c, d in zip(LON[0], LAT[0], LON[1], LAT[1], strict=True)]
OVER_POLE = [((float(lon), 62.0 + lon / 10), (float(lon) - 180.0, 70.0)) for lon in range(0, 180, 9)]
PAIRS = [*ORDINARY, *OVER_POLE]
MM_PER_1000_KM = 1e-3 / 1e6


def test_there_are_a_hundred_pairs_and_twenty_of_them_lie_over_the_pole():
    assert (len(PAIRS), len(OVER_POLE)) == (100, 20)


@pytest.mark.parametrize("pair", PAIRS)
def test_a_distance_agrees_with_geographiclib_to_a_millimetre_in_a_thousand_kilometres(pair):
    (lon1, lat1), (lon2, lat2) = pair
    expected = GEOD.inv(lon1, lat1, lon2, lat2)[2]
    assert Measurement(pair).length_m == pytest.approx(expected, abs=max(expected * MM_PER_1000_KM, 1e-6))


@pytest.mark.parametrize("pair", PAIRS)
def test_the_drawn_line_passes_the_true_middle_and_ends_at_the_true_ends(pair):
    (lon1, lat1), (lon2, lat2) = pair
    bearing, _, length = GEOD.inv(lon1, lat1, lon2, lat2)
    line = Measurement(pair).line()
    middle = GEOD.fwd(lon1, lat1, bearing, length / 2)[:2]
    assert away_m(line, middle) < 30.0
    assert away_m(line[:1], pair[0]) < 1e-3 and away_m(line[-1:], pair[1]) < 1e-3


def away_m(line, place):
    """How far a place is from a line of map metres, in map metres, of which there are at most two to a true one."""
    drawn = shapely.LineString(line) if len(line) > 1 else shapely.Point(line[0])
    return drawn.distance(shapely.Point(forward(*place)))


def test_an_area_has_shortest_lines_for_its_sides_and_may_hold_the_pole():
    corners = ((0.0, 80.0), (90.0, 80.0), (180.0, 80.0), (-90.0, 80.0))
    expected = abs(GEOD.polygon_area_perimeter(*zip(*corners, strict=True))[0])
    assert Measurement(corners).area_m2 == pytest.approx(expected, rel=1e-4)
    assert Measurement(corners[:2]).area_m2 is None


def test_bearing_is_that_of_the_last_line():
    assert Measurement(((0.0, 70.0), (0.0, 60.0))).bearing_deg == pytest.approx(180.0)
    assert Measurement(((0.0, 0.0), (5.0, 5.0), (5.0, 6.0))).bearing_deg == pytest.approx(0.0, abs=1e-9)
    assert Measurement(((0.0, 70.0),)).bearing_deg is None


def test_every_figure_has_a_unit():
    assert distance_text(512.34) == "512.3 m"
    assert distance_text(37_040.0) == "37.04 km  ·  20.00 nm"
    assert distance_text(1_852_000.0) == "1,852 km  ·  1,000 nm"
    assert area_text(2_500.0) == "2,500 m²"
    assert area_text(3.25e6) == "3.2 km²"


def test_the_text_to_be_copied_has_figures_and_places():
    text = Measurement(((10.0, 80.0), (-170.0, 80.0))).text().splitlines()
    assert text[0].endswith("nm") and text[1].startswith("Bearing 0.0°")
    assert text[2:] == ["80.0000° N, 10.0000° E", "80.0000° N, 170.0000° W"]


def test_nothing_is_measured_without_places():
    assert Measurement().lines_of_text() == () and len(Measurement().line()) == 0
