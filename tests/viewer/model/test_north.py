import math

import pytest

from viewer.model.camera import Camera, Viewport
from viewer.model.north import north_angle_deg
from viewer.model.views import STORY_BEARING_DEG, at, north_up


def test_north_is_up_where_the_view_was_made_so():
    angle = north_angle_deg(at(-149.8, 61.2, 500.0))
    assert angle is not None
    assert (angle + 180.0) % 360.0 == pytest.approx(180.0)


@pytest.mark.parametrize("lon", [-170.0, -90.0, 0.0, 33.0, 100.0, 179.9])
@pytest.mark.parametrize("bearing", [0.0, 40.0, 169.0, 300.0])
def test_north_points_from_the_middle_of_the_view_to_the_pole(lon, bearing):
    camera = at(lon, 70.0, 3_000.0)
    camera = Camera(camera.x, camera.y, camera.metres_per_pixel, bearing)
    viewport = Viewport(camera, 800.0, 600.0)
    right, down = (place - middle for place, middle in zip(viewport.to_screen(0, 0), (400, 300), strict=True))
    angle = north_angle_deg(camera)
    assert angle is not None
    assert angle == pytest.approx((north_up(lon) - bearing) % 360, abs=1e-6)
    assert angle == pytest.approx(math.degrees(math.atan2(right, -down)) % 360, abs=1e-6)


def test_at_the_pole_no_direction_is_north():
    assert north_angle_deg(Camera(0.0, 0.0, 8_000.0, STORY_BEARING_DEG)) is None
    assert north_angle_deg(Camera(90_000.0, 0.0, 8_000.0, STORY_BEARING_DEG)) is None
    assert north_angle_deg(Camera(110_000.0, 0.0, 8_000.0, STORY_BEARING_DEG)) is not None
