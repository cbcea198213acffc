"""What stands on the map, as it comes out in pixels."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from viewer.engine import fonts, swatch
from viewer.engine.furniture import attribution_lines, furniture_boxes, legend_room, paint_furniture, shown_credits
from viewer.engine.halo_text import text_width
from viewer.engine.legend import paint_legend
from viewer.model.camera import Camera, Viewport
from viewer.model.legend import LegendEntry, LegendGroup
from viewer.model.palette import Palette
from viewer.model.scale_bar import scale_bar
from viewer.model.styles import FillStyle, LineStyle, Rule, SymbolStyle
from viewer.model.views import at

INK, HALO, RED = (0, 0, 0, 255), (255, 255, 255, 255), (255, 0, 0, 255)
PALETTE = Palette(
    "light",
    {
        "scale_bar": INK,
        "label": INK,
        "label_halo": HALO,
        "ui_panel": (250, 250, 250, 255),
        "ui_panel_edge": (100, 100, 100, 255),
        "red": RED,
    },
)
CREDITS = ("Made with Natural Earth", "U.S. Census Bureau", "GeoNames (CC BY 4.0)", "ETOPO5, NOAA NGDC 1988")
GROUPS = tuple(
    LegendGroup(
        f"Group {number}", tuple(LegendEntry(f"Line {row} of it", (FillStyle(fill=Rule("red")),)) for row in range(6))
    )
    for number in range(5)
)
BACKGROUND = 0xFF8090A0


@pytest.fixture(autouse=True)
def type_is_loaded(qapp, small_resources):
    fonts.load(small_resources)


def painted(paint, *, width=900, height=600, scale=1.0):
    image = QImage(round(width * scale), round(height * scale), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(BACKGROUND)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return rows[:, :, 2::-1].astype(int)


def touched(picture):
    return (picture != (0x80, 0x90, 0xA0)).any(axis=2)


def furniture(camera, *, width=900, height=600, scale=1.0, credits=CREDITS, legend=()):
    viewport = Viewport(camera, width, height)
    return painted(
        lambda painter: paint_furniture(painter, viewport, PALETTE, attribution=credits, legend=legend),
        width=width,
        height=height,
        scale=scale,
    )


def test_the_middle_of_the_map_is_left_free():
    assert not touched(furniture(at(100.0, 70.0, 4_000.0)))[80:500, 60:800].any()


def test_the_scale_bar_stands_at_the_bottom_left_and_is_as_long_as_it_says():
    picture = furniture(at(100.0, 72.0, 4_000.0), credits=())
    bar = scale_bar(Viewport(at(100.0, 72.0, 4_000.0), 900, 600))
    dark = np.flatnonzero((picture[577:586] < 100).all(axis=2).any(axis=0))
    assert dark.min() == pytest.approx(16, abs=1)
    assert dark.max() == pytest.approx(16 + bar.width_px, abs=1.5)


@pytest.mark.parametrize(("bearing", "north"), [(0.0, (0, -1)), (90.0, (-1, 0)), (180.0, (0, 1)), (270.0, (1, 0))])
def test_the_arrow_points_along_the_meridian(bearing, north):
    # On the map's own axis south of the pole, where north is +y.
    picture = furniture(Camera(0.0, -3e6, 4_000.0, bearing), credits=(), scale=3.0)
    middle, north = np.array([900 - 16 - 17, 16 + 17]), np.array(north)
    aside = np.array([north[1], north[0]])
    for side in (-4.5, 4.5):  # the two prongs at the needle's foot
        x, y = np.floor(3 * (middle - 11 * north + side * aside)).astype(int)
        assert picture[y, x].max() < 150
        x, y = np.floor(3 * (middle + 11 * north + side * 1.2 * aside)).astype(int)
        assert picture[y, x].min() > 150


def test_over_the_pole_the_arrow_is_a_ring_whatever_the_bearing():
    pictures = [furniture(Camera(0.0, 0.0, 4_000.0, bearing), credits=())[:60, 840:] for bearing in (0.0, 77.0, 169.0)]
    assert (pictures[0] == pictures[1]).all()
    assert (pictures[0] == pictures[2]).all()
    assert touched(pictures[0]).any()


@pytest.mark.parametrize("width", [140.0, 240.0, 400.0, 1_000.0])
def test_no_credit_is_lost_however_narrow_the_view(width):
    lines = attribution_lines(CREDITS, width_px=width)
    assert " ".join(lines).replace(" ·", "") == " ".join(CREDITS)
    assert all(text_width(line, 10.5) <= width for line in lines)


def test_credits_that_fit_stand_on_one_line():
    assert attribution_lines(CREDITS[:2], width_px=1_000.0) == ("Made with Natural Earth · U.S. Census Bureau",)


@pytest.mark.parametrize("size", [(320, 240), (500, 300), (900, 600), (1920, 1080)])
def test_the_credits_stand_at_the_bottom_right_clear_of_the_scale_bar(size):
    width, height = size
    both = touched(furniture(at(100.0, 72.0, 4_000.0), width=width, height=height))
    bar = touched(furniture(at(100.0, 72.0, 4_000.0), width=width, height=height, credits=()))
    credits_alone = both & ~bar
    assert credits_alone[height // 3 :, width // 2 :].any()
    ys, xs = np.nonzero(bar[height // 2 :])
    assert not credits_alone[height // 2 + ys.min() :, xs.min() : xs.max()].any()


@pytest.mark.parametrize("scale", [1.25, 1.5, 2.0, 3.0])
def test_at_every_scale_the_furniture_stands_in_the_same_places(scale):
    def box(picture):
        ys, xs = np.nonzero(touched(picture))
        return np.array([xs.min(), ys.min(), xs.max() + 1, ys.max() + 1])

    camera = at(100.0, 72.0, 4_000.0)
    assert box(furniture(camera, scale=scale)) / scale == pytest.approx(box(furniture(camera)), abs=2)


def test_the_legend_stands_at_the_top_left_and_shows_its_swatches():
    picture = furniture(at(100.0, 72.0, 4_000.0), legend=GROUPS[:1])
    assert (picture[20:200, 20:60] == RED[:3]).all(axis=2).any()
    assert not (picture[:, 400:] == RED[:3]).all(axis=2).any()


def legend_box(groups, room):
    boxes = []
    painted(lambda painter: boxes.append(paint_legend(painter, room, groups, PALETTE)))
    return boxes[0]


@pytest.mark.parametrize("height", [150, 250, 500])
def test_a_legend_never_leaves_its_room(height):
    room = QRectF(16, 16, 800, height)
    assert room.adjusted(-1, -1, 1, 1).contains(legend_box(GROUPS, room))


def test_a_legend_that_is_too_high_goes_on_beside_itself():
    high, low = legend_box(GROUPS, QRectF(16, 16, 800, 800)), legend_box(GROUPS, QRectF(16, 16, 800, 300))
    assert low.height() < high.height()
    assert low.width() > 1.9 * high.width() - 60


def test_a_legend_without_room_is_not_painted():
    assert legend_box(GROUPS, QRectF(16, 16, 800, 20)).isEmpty()
    assert legend_box(GROUPS, QRectF(16, 16, 10, 500)).isEmpty()


def test_the_legend_leaves_the_credits_and_the_scale_bar_free():
    viewport = Viewport(at(100.0, 72.0, 4_000.0), 500, 400)
    room = legend_room(viewport, CREDITS)
    below = touched(furniture(viewport.camera, width=500, height=400))[: round(room.bottom()), : round(room.right())]
    assert not below.any()


@pytest.mark.parametrize(
    "style",
    [
        FillStyle(fill=Rule("red")),
        FillStyle(hatch=Rule("diagonal"), hatch_colour=Rule("red")),
        FillStyle(outline=Rule("red"), outline_width_px=Rule(2.0)),
        LineStyle(colour=Rule("red"), width_px=Rule(2.0), dash=Rule((3, 2)), casing=Rule("label_halo")),
        SymbolStyle(shape=Rule("star"), colour=Rule("red"), size_px=Rule(40.0)),
    ],
)
def test_a_swatch_shows_its_colour_and_stays_in_its_place(style):
    picture = painted(lambda painter: swatch.paint_swatch(painter, QRectF(50, 40, 28, 14), style, PALETTE))
    ys, xs = np.nonzero(touched(picture))
    assert min(xs.min() - 50, ys.min() - 40, 78 - xs.max(), 54 - ys.max()) >= -2
    assert (picture[40:54, 50:78, 0] - picture[40:54, 50:78, 1] > 200).any()


def test_a_window_tells_all_credits_where_they_cover_little_of_the_map():
    view = Viewport(at(20, 71, 1_000), 1200, 800)
    assert shown_credits(view, CREDITS) == CREDITS
    assert shown_credits(view, ()) == ()


@pytest.mark.parametrize("size", [(400, 300), (200, 100)])
def test_a_small_window_says_on_one_short_line_where_its_credits_are(size):
    view = Viewport(at(20, 71, 1_000), *size)
    assert shown_credits(view, CREDITS) == ("4 sources: see About",)


@pytest.mark.parametrize("size", [(1920, 1080), (900, 600), (420, 500), (200, 150)])
@pytest.mark.parametrize("camera", [at(-149.8, 61.2, 33.0), at(100.0, 73.0, 2_950.0), Camera(0.0, 0.0, 8_000.0, 169.0)])
def test_what_stands_on_a_view_is_told_for_names_to_keep_out_of(size, camera):
    boxes = furniture_boxes(Viewport(camera, *size), CREDITS)
    for credits in (CREDITS, shown_credits(Viewport(camera, *size), CREDITS)):
        inked = touched(furniture(camera, width=size[0], height=size[1], credits=credits))
        for box in boxes:
            top, left = max(int(box.top()), 0), max(int(box.left()), 0)
            inked[top : int(box.bottom()) + 1, left : int(box.right()) + 1] = False
        assert not inked.any()
