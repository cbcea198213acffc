"""Every pixel of the view comes from a picture, however fast the camera goes."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QImage, QPainter

from geodata.stereographic import EQUATOR_RADIUS_M
from viewer.engine.messages import PictureRequest
from viewer.map.picture import Backdrop, ShownPicture
from viewer.model.camera import Camera, Viewport
from viewer.model.palette import Palette

WIDTH, HEIGHT = 320, 200
NEWEST, WHOLE, NOTHING = 0xFF112233, 0xFF445566, 0xFFFF0000
PALETTE = Palette("light", {"sea": (0, 255, 0, 255), "outside": (0, 255, 255, 255)})
START = Camera(300_000.0, -500_000.0, 2_000.0, 169.0)


def picture(camera, colour, *, width, height, scale=1.0):
    image = QImage(round(width * scale), round(height * scale), QImage.Format.Format_RGB32)
    image.fill(colour)
    return ShownPicture(image, PictureRequest("map", 1, camera, width, height, scale, "slot", 0, 0))


def backdrop(*, scale=1.0):
    made = Backdrop()
    made.newest = picture(START, NEWEST, width=round(WIDTH * 1.4), height=round(HEIGHT * 1.4), scale=scale)
    made.whole = picture(Camera(0.0, 0.0, 2.1 * EQUATOR_RADIUS_M / 600), WHOLE, width=600, height=600)
    return made


def shown(pictures, camera, *, smooth=False, scale=1.0):
    """Return the view's colours, one number a pixel; what nothing was painted on is red."""
    width, height = round(WIDTH * scale), round(HEIGHT * scale)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(NOTHING)
    painter = QPainter(image)
    pictures.paint(painter, Viewport(camera, WIDTH, HEIGHT), PALETTE, smooth=smooth)
    painter.end()
    return np.frombuffer(image.constBits(), np.uint32).reshape(height, image.bytesPerLine() // 4)[:, :width].copy()


@settings(max_examples=60, deadline=None)
@given(
    right=st.floats(-900, 900),
    down=st.floats(-900, 900),
    factor=st.floats(0.2, 6.0),
    turn=st.sampled_from((0.0, 0.0, 0.01, 7.5, 45.0, 90.0, 180.0, 301.7)),
)
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_every_pixel_comes_from_some_picture(qapp, scale, right, down, factor, turn):
    moved = Viewport(START, WIDTH, HEIGHT).moved(right, down)
    camera = replace(moved, metres_per_pixel=START.metres_per_pixel * factor, bearing_deg=(169.0 + turn) % 360)
    colours = set(np.unique(shown(backdrop(scale=scale), camera, scale=scale)).tolist())
    assert colours <= {NEWEST, WHOLE}


def test_a_fast_pan_shows_no_gap_between_the_newest_picture_and_the_one_beneath(qapp):
    pictures = backdrop()
    for step in range(60):
        camera = Viewport(START, WIDTH, HEIGHT).moved(9.37 * step, -3.1 * step)
        colours = set(np.unique(shown(pictures, camera)).tolist())
        assert colours <= {NEWEST, WHOLE}, step
    assert WHOLE in colours


def test_a_zoom_out_is_filled_to_its_edges_all_the_way(qapp):
    pictures = backdrop()
    for step in range(40):
        camera = replace(START, metres_per_pixel=START.metres_per_pixel * 1.1**step)
        found = shown(pictures, camera)
        assert set(np.unique(found).tolist()) <= {NEWEST, WHOLE, 0xFF00FFFF}, step
        assert found[HEIGHT // 2, WIDTH // 2] == NEWEST


def test_what_lies_beyond_the_map_is_painted_as_the_engine_paints_it(qapp):
    found = shown(backdrop(), Camera(-12e6, 0.0, 60_000.0, 0.0))
    assert set(np.unique(found[:, : WIDTH // 4]).tolist()) == {0xFF00FFFF}


def test_the_picture_beneath_is_not_painted_where_the_newest_one_hides_it(qapp):
    left = backdrop().newest.left_bare(Viewport(Viewport(START, WIDTH, HEIGHT).moved(100.0, 0.0), WIDTH, HEIGHT))
    assert left.boundingRect().width() == pytest.approx(100 - 0.2 * WIDTH, abs=4)


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (0, 200)])
def test_a_view_without_room_is_painted_without_complaint(qapp, size):
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(NOTHING)
    painter = QPainter(image)
    backdrop().paint(painter, Viewport(START, *map(float, size)), PALETTE, smooth=True)
    painter.end()
