"""Points by the million, counted in each pixel."""

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from geodata import swarm
from geodata.swarm import BLOCK, Places
from viewer.engine.painters import density
from viewer.engine.painters.canvas import PictureView
from viewer.engine.painters.density import Tally, shares, spread
from viewer.model import palette
from viewer.model.camera import Camera, Viewport
from viewer.model.density import SCALES, SYMBOLS
from viewer.model.layer import Layer
from viewer.model.own_layers import style_in

VIEWS = [
    Camera(0.0, 0.0, 4_000.0),
    Camera(3e5, -2e5, 700.0, 169.0),
    Camera(-1e6, 5e5, 90.0, 33.0),
]


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    rng = np.random.default_rng(7)
    xy = np.concatenate([rng.normal(middle, 4e5, (25_000, 2)) for middle in (-1e6, 0.0, 3e5, 2e6)])
    xy = xy[np.lexsort((xy[:, 1] // 4e5, xy[:, 0] // 4e5))]
    return swarm_of(tmp_path_factory.mktemp("swarm") / "many.prepared", xy)


def swarm_of(path, xy, geometry="point", counts=None, size=0.0):
    ones = np.ones(len(xy), np.int64)
    piece = Places(xy, np.arange(len(xy)), ones if counts is None else counts, np.full(len(xy), size))
    swarm.write("own-1", geometry, [piece], path)
    return swarm.read(path)


def view_of(camera, width=320, height=240, scale=1.0):
    return PictureView(Viewport(camera, width, height), scale, palette.plain("light"))


def tallied(view, places):
    tally = Tally(view)
    for block in places.blocks_in(view.viewport.extent).tolist():
        tally.add(places.coords[places.places(block)])
    return tally


def by_brute_force(view, places):
    counts = np.zeros((240, 320))
    for x, y in view.viewport.to_screen_many(places.coords / 100):
        if 0 <= x < 320 and 0 <= y < 240:
            counts[int(y), int(x)] += 1
    return counts


@pytest.mark.parametrize("camera", VIEWS)
def test_the_count_in_each_pixel_is_what_counting_one_by_one_gives(many, camera):
    view = view_of(camera)
    assert np.array_equal(tallied(view, many).counts, by_brute_force(view, many))


def test_what_is_counted_follows_the_view(many):
    cameras = Camera(0.0, 0.0, 60_000.0), VIEWS[2]
    whole, close = (many.blocks_in(view_of(camera).viewport.extent) for camera in cameras)
    assert len(close) < len(whole) == -(-100_000 // BLOCK)


def test_few_points_are_symbols_and_many_are_counted(many):
    assert tallied(view_of(VIEWS[0]), many).few is None
    few = tallied(view_of(Camera(-1e6, -1e6, 20.0)), many).few
    assert few is not None and 0 < len(few) <= SYMBOLS


def test_where_more_points_lie_the_colour_is_stronger():
    counts = np.array([[0, 1, 3, 200, 5_000]], np.float32)
    for scale in SCALES:
        steps = shares(counts, scale, 8_192.0)[0].tolist()
        assert steps[0] == 0 < steps[1] <= steps[2] < steps[3] < steps[4]
    assert shares(counts, "log", 8_192.0)[0, 2] > shares(counts, "linear", 8_192.0)[0, 2]


def test_a_box_that_stands_for_many_features_is_spread_over_its_pixels():
    counts = np.zeros((20, 20), np.float32)
    counts[10, 10] = 16
    wide = spread(counts, 4.0)
    assert np.isclose(wide.sum(), 16) and (wide > 0).sum() == 16
    assert spread(counts, 1.0) is counts


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_counted_points_are_painted_where_they_are(many, scale, qapp):
    view = view_of(VIEWS[0], scale=scale)
    image = QImage(round(320 * scale), round(240 * scale), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    layer = Layer("own-1", "", "", style_in("#ff0000", "point"), prepared_path="x")
    assert len(list(density.paint(painter, view, layer, many))) > 5
    painter.end()
    counts = tallied(view, many).counts
    for row, column in ((120, 160), (5, 5)):
        is_white = image.pixelColor(round((column + 0.5) * scale), round((row + 0.5) * scale)).green() == 255
        assert is_white == (counts[row, column] == 0)


def test_a_million_identical_points_are_one_dot(tmp_path):
    places = swarm_of(tmp_path / "same.prepared", np.zeros((1_000_000, 2)))
    counts = tallied(view_of(VIEWS[0]), places).counts
    assert counts.max() == 1_000_000 and (counts > 0).sum() == 1
