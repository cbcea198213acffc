import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.extent import Extent
from geodata.stereographic import EQUATOR_RADIUS_M
from viewer.model.camera import COARSEST_MPP, FINEST_MPP, Camera, Viewport

scales = st.floats(math.log(1.0), math.log(20_000.0)).map(math.exp)
inner = st.floats(-5e6, 5e6)
viewports = st.builds(
    Viewport,
    st.builds(Camera, inner, inner, scales, st.floats(0, 359.99)),
    st.floats(200, 4_000),
    st.floats(150, 3_000),
)
pixels = st.floats(-500, 4_500)


@given(viewports, pixels, pixels)
def test_a_pixel_leads_to_the_map_and_back(viewport, px, py):
    assert viewport.to_screen(*viewport.to_map(px, py)) == pytest.approx((px, py), abs=1e-5)


@given(viewports)
def test_the_middle_of_the_view_is_where_the_camera_is(viewport):
    middle = viewport.to_map(viewport.width_px / 2, viewport.height_px / 2)
    assert middle == (viewport.camera.x, viewport.camera.y)


@given(viewports, inner, inner)
def test_many_points_go_where_each_goes_alone(viewport, x, y):
    many = viewport.to_screen_many(np.array([[x, y], [0.0, 0.0]]))
    assert many[0] == pytest.approx(viewport.to_screen(x, y), rel=1e-9, abs=1e-4)
    assert many[1] == pytest.approx(viewport.to_screen(0.0, 0.0), rel=1e-9, abs=1e-4)


@pytest.mark.parametrize(("bearing", "up"), [(0, (0, 1)), (90, (1, 0)), (180, (0, -1)), (270, (-1, 0))])
def test_the_bearing_is_what_lies_up_on_the_screen(bearing, up):
    viewport = Viewport(Camera(0.0, 0.0, 1_000.0, bearing), 800.0, 600.0)
    assert viewport.to_map(400.0, 200.0) == pytest.approx((up[0] * 100_000, up[1] * 100_000), abs=1e-6)


@given(viewports)
def test_the_extent_holds_all_corners_and_no_more(viewport):
    corners = [viewport.to_map(px, py) for px in (0, viewport.width_px) for py in (0, viewport.height_px)]
    extent = viewport.extent
    assert extent == Extent.of(np.array(corners))


@given(viewports, st.floats(-300, 300), st.floats(-300, 300))
def test_a_dragged_map_follows_by_as_many_pixels(viewport, right, down):
    moved = Viewport(viewport.moved(right, down), viewport.width_px, viewport.height_px)
    held = viewport.to_map(100, 100)
    assert moved.to_screen(*held) == pytest.approx((100 + right, 100 + down), abs=1e-4)


@given(viewports, st.floats(0.5, 2.0), pixels, pixels)
def test_zooming_leaves_the_point_under_the_pointer(viewport, factor, px, py):
    held = viewport.to_map(px, py)
    camera = viewport.zoomed(factor, px=px, py=py)
    if math.hypot(camera.x, camera.y) < EQUATOR_RADIUS_M * 0.999:
        zoomed = Viewport(camera, viewport.width_px, viewport.height_px)
        assert zoomed.to_screen(*held) == pytest.approx((px, py), abs=1e-3)
        assert camera.metres_per_pixel == pytest.approx(viewport.camera.metres_per_pixel / factor)


@given(viewports, st.floats(-179, 179), pixels, pixels)
def test_turning_leaves_the_point_and_turns_the_picture_clockwise(viewport, by, px, py):
    held = viewport.to_map(px, py)
    camera = viewport.turned(by, px=px, py=py)
    if math.hypot(camera.x, camera.y) < EQUATOR_RADIUS_M * 0.999:
        turned = Viewport(camera, viewport.width_px, viewport.height_px)
        assert turned.to_screen(*held) == pytest.approx((px, py), abs=1e-3)
        beside = turned.to_screen(*viewport.to_map(px + 100, py))
        assert math.degrees(math.atan2(beside[1] - py, beside[0] - px)) == pytest.approx(by, abs=1e-3)


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9), st.floats(1e-6, 1e9), st.floats(-1e4, 1e4))
def test_no_camera_leaves_the_map_or_its_scales(x, y, mpp, bearing):
    camera = Camera(x, y, mpp, bearing).clamped()
    assert math.hypot(camera.x, camera.y) <= EQUATOR_RADIUS_M * (1 + 1e-9)
    assert FINEST_MPP <= camera.metres_per_pixel <= COARSEST_MPP
    assert 0 <= camera.bearing_deg < 360


@given(viewports, inner, inner, st.floats(1_000, 1e6), st.floats(1_000, 1e6))
def test_a_fitted_view_shows_the_whole_extent_and_keeps_the_bearing(viewport, x, y, width, height):
    extent = Extent(x - width, y - height, x + width, y + height)
    camera = viewport.fitted(extent)
    assert camera.bearing_deg == viewport.camera.bearing_deg
    fitted = Viewport(camera, viewport.width_px, viewport.height_px)
    for corner in ((extent.left, extent.bottom), (extent.left, extent.top), (extent.right, extent.top)):
        px, py = fitted.to_screen(*corner)
        if math.hypot(x, y) < EQUATOR_RADIUS_M * 0.999:
            assert -1e-3 <= px <= viewport.width_px + 1e-3
            assert -1e-3 <= py <= viewport.height_px + 1e-3


@pytest.mark.parametrize("size", [(0.0, 0.0), (0.0, 600.0), (800.0, 0.0)])
def test_a_window_without_room_is_fitted_without_complaint(size):
    fitted = Viewport(Camera(0.0, 0.0, 1_000.0), *size).fitted(Extent(-1e5, -1e5, 1e5, 1e5))
    assert FINEST_MPP <= fitted.metres_per_pixel <= COARSEST_MPP


@pytest.mark.parametrize("far", [1e9, 1e300, -1e12])
def test_a_camera_beyond_the_map_comes_to_its_rim(far):
    camera = Camera(far, far / 2, 1_000.0, 20.0).clamped()
    assert math.hypot(camera.x, camera.y) == pytest.approx(EQUATOR_RADIUS_M)
    assert camera.bearing_deg == 20.0


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
@pytest.mark.parametrize("name", ["x", "y", "metres_per_pixel", "bearing_deg"])
def test_a_camera_that_is_nowhere_becomes_a_view_of_the_pole(name, value):
    assert replace(Camera(5.0, 6.0, 700.0, 8.0), **{name: value}).clamped() == Camera(0.0, 0.0, COARSEST_MPP)


@pytest.mark.parametrize(("factor", "limit"), [(1e12, FINEST_MPP), (1e-12, COARSEST_MPP)])
def test_a_zoom_past_any_limit_ends_at_the_limit_over_the_same_place(factor, limit):
    view = Viewport(Camera(1e5, -2e5, 1_000.0, 33.0), 800.0, 600.0)
    held = view.to_map(400, 300)
    zoomed = view.zoomed(factor, px=400, py=300)
    assert zoomed.metres_per_pixel == limit
    assert Viewport(zoomed, 800.0, 600.0).to_screen(*held) == pytest.approx((400, 300), abs=1e-3)
