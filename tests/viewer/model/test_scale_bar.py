import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geodata.stereographic import forward, inverse
from viewer.model.camera import COARSEST_MPP, FINEST_MPP, Camera, Viewport
from viewer.model.scale_bar import distance_text, scale_bar
from viewer.model.views import at

GEOD = Geod(ellps="WGS84")


@given(st.floats(FINEST_MPP, COARSEST_MPP), st.floats(1, 90))
def test_the_bar_fits_and_is_as_long_as_a_round_length_allows(mpp, latitude):
    bar = scale_bar(Viewport(at(30.0, latitude, mpp), 1_000.0, 800.0), longest_px=150.0)
    assert 150.0 / 2.5 * 0.999 <= bar.width_px <= 150.0
    digits = bar.length_m / 10 ** math.floor(math.log10(bar.length_m) + 1e-9)
    assert min(abs(digits - step) for step in (1, 2, 5)) < 1e-6


@pytest.mark.parametrize(("latitude", "mpp"), [(89.0, 100.0), (71.0, 2_000.0), (61.2, 40.0), (20.0, 300.0)])
def test_the_bar_is_true_on_the_ground_at_the_middle_of_the_view(latitude, mpp):
    viewport = Viewport(at(-149.8, latitude, mpp), 1_000.0, 800.0)
    bar = scale_bar(viewport)
    ends = [viewport.to_map(500 + side * bar.width_px / 2, 400) for side in (-1, 1)]
    (lon_a, lat_a), (lon_b, lat_b) = (tuple(map(float, inverse(*end))) for end in ends)
    assert GEOD.inv(lon_a, lat_a, lon_b, lat_b)[2] == pytest.approx(bar.length_m, rel=2e-3)


def test_the_bar_says_where_it_is_true():
    x, y = map(float, forward(100.0, 72.0))
    bar = scale_bar(Viewport(Camera(x, y, 4_000.0, 20.0), 1_000.0, 800.0))
    assert bar.text == "500 km at 72° N"


@pytest.mark.parametrize(
    ("metres", "text"), [(20.0, "20 m"), (500.0, "500 m"), (1_000.0, "1 km"), (2_000_000.0, "2,000 km")]
)
def test_a_length_has_a_unit(metres, text):
    assert distance_text(metres) == text
