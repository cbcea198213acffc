import math

import numpy as np
import pytest
from pyproj import Geod, Transformer

from geodata.crs import GEOGRAPHIC, MAP
from geodata.stereographic import EQUATOR_RADIUS_M, forward, inverse, scale_factor

to_plane = Transformer.from_crs(GEOGRAPHIC, MAP, always_xy=True)
LON, LAT = (grid.ravel() for grid in np.meshgrid(np.linspace(-180, 180, 73), np.linspace(0, 90, 181)))


def test_it_agrees_with_the_projection_library_to_a_tenth_of_a_millimetre():
    expected = np.column_stack(to_plane.transform(LON, LAT))
    assert np.abs(forward(LON, LAT) - expected).max() < 1e-4


def test_back_again_is_where_it_came_from():
    lon, lat = inverse(*forward(LON, LAT).T)
    off_pole = LAT < 90
    turn = (lon - LON + 180) % 360 - 180
    assert np.abs(lat - LAT).max() < 1e-9
    assert np.abs(turn[off_pole]).max() < 1e-9


def test_there_again_is_where_it_was():
    x, y = (grid.ravel() for grid in np.meshgrid(np.linspace(-8e6, 8e6, 81), np.linspace(-8e6, 8e6, 81)))
    assert np.abs(forward(*inverse(x, y)) - np.column_stack((x, y))).max() < 1e-3


@pytest.mark.parametrize("lon", [0, 37.6, -180, 540])
def test_the_pole_is_the_origin_exactly(lon):
    assert forward(lon, 90).tolist() == [0, 0]


def test_the_origin_is_the_pole_at_longitude_nought():
    lon, lat = inverse(0, 0)
    assert (float(lon), float(lat)) == (0.0, pytest.approx(90, abs=1e-12))


def test_whole_turns_make_no_difference():
    assert np.abs(forward(LON, LAT) - forward(LON + 720, LAT)).max() < 1e-6


def test_one_number_gives_one_point_and_a_grid_gives_a_grid():
    assert forward(10.0, 80.0).shape == (2,)
    assert forward(np.zeros((3, 4)), np.zeros((3, 4))).shape == (3, 4, 2)


def test_the_world_is_turned_so_that_greenwich_points_down_and_90_east_right():
    assert forward(0, 60)[1] < 0
    assert forward(90, 60)[0] > 0


def test_the_disc_ends_at_the_equator():
    x, y = to_plane.transform(12.3, 0)
    assert pytest.approx(math.hypot(x, y), abs=1e-4) == EQUATOR_RADIUS_M


@pytest.mark.parametrize("lat", [0, 30, 60, 71, 80, 89.99])
def test_the_scale_is_that_of_a_short_line_along_the_parallel(lat):
    width_m = abs(Geod(ellps="WGS84").inv(0, lat, 1e-4, lat)[2])
    on_map_m = math.dist(to_plane.transform(0, lat), to_plane.transform(1e-4, lat))
    assert scale_factor(lat) == pytest.approx(on_map_m / width_m, rel=1e-5)


def test_the_scale_is_true_at_71_north_and_finite_at_the_pole():
    assert scale_factor(71) == pytest.approx(1, abs=1e-12)
    assert scale_factor(90) == pytest.approx(0.9728, abs=1e-3)
