import math

import pytest

from geodata.stereographic import forward
from viewer.model.camera import Viewport
from viewer.model.views import VIEW_NAMES, at, home, named_view

SIZES = [(1920, 1080), (900, 720), (320, 240), (400, 1200)]
SHOWN = {
    "arctic": [(-150, 61.2), (33, 69), (-169, 66), (100, 77)],
    "alaska": [(-149.9, 61.2), (-156.8, 71.3), (-165.4, 64.5), (-134.4, 58.3)],
    "jber": [(-149.8, 61.25), (-149.9, 61.2), (-149.62, 61.4025), (-149.52, 61.13), (-149.885, 61.24)],
    "russian-arctic": [(33, 69), (88, 69.3), (170, 69.7)],
    "lanes": [(33, 69), (-169, 66), (-74, 73), (0, 90)],
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", VIEW_NAMES)
def test_a_named_view_shows_its_places_whatever_the_window(name, size):
    viewport = Viewport(named_view(name, width_px=size[0], height_px=size[1]), *size)
    for lon, lat in SHOWN[name]:
        px, py = viewport.to_screen(*map(float, forward(lon, lat)))
        assert 0 <= px <= size[0]
        assert 0 <= py <= size[1]


def test_there_is_a_view_for_each_subject():
    assert set(VIEW_NAMES) == set(SHOWN)


def test_the_arctic_has_the_bering_strait_at_the_bottom_with_alaska_to_its_right_and_russia_to_its_left():
    viewport = Viewport(named_view("arctic", width_px=1600, height_px=900), 1600, 900)
    strait, nome, pevek = (
        viewport.to_screen(*map(float, forward(lon, lat))) for lon, lat in ((-169, 66), (-165.4, 64.5), (170.3, 69.7))
    )
    assert strait[0] == pytest.approx(800, abs=1)
    assert strait[1] > 450
    assert pevek[0] < strait[0] < nome[0]


def test_home_is_the_whole_arctic():
    viewport = Viewport(at(-149.8, 61.2, 40.0), 1000, 700)
    assert home(viewport) == named_view("arctic", width_px=1000, height_px=700)


@pytest.mark.parametrize("lon", [-149.8, 0.0, 88.2, 179.0])
def test_a_view_over_a_place_has_its_north_up(lon):
    viewport = Viewport(at(lon, 65.0, 100.0), 800, 600)
    px, py = viewport.to_screen(*map(float, forward(lon, 65.1)))
    assert px == pytest.approx(400, abs=1e-3)
    assert py < 300


def test_an_unknown_view_is_refused():
    with pytest.raises(KeyError):
        named_view("antarctic", width_px=800, height_px=600)


@pytest.mark.parametrize("size", [(0.0, 0.0), (0.0, 700.0), (900.0, 0.0)])
@pytest.mark.parametrize("name", VIEW_NAMES)
def test_a_window_without_room_has_its_views_too(name, size):
    assert math.isfinite(named_view(name, width_px=size[0], height_px=size[1]).metres_per_pixel)
