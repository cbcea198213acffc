"""The canvas shows what it has, where it belongs, and asks for what it lacks."""

import sys
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from viewer.engine.messages import AtlasPatch
from viewer.map.canvas import Canvas
from viewer.model.camera import Camera, Viewport

FREE = (slice(80, 500), slice(20, 700))
"""A part of an 800 × 600 view in which nothing stands."""


def pixels(image):
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4)[:, :, 2::-1].copy()


def colours(canvas):
    packed = pixels(canvas.snapshot())[FREE].astype(int) @ (1 << 16, 1 << 8, 1)
    return {(value >> 16, value >> 8 & 255, value & 255) for value in np.unique(packed).tolist()}


def noise(engine):
    """Let the neighbour paint pictures in which each pixel is known by its colour."""
    painted = {}

    def image(picture):
        width, height = (
            round(side * picture.request.scale) for side in (picture.request.width_px, picture.request.height_px)
        )
        drawn = np.random.default_rng(7).integers(0, 256, (height, width, 4), dtype=np.uint8)
        painted[picture.request.canvas] = drawn
        return QImage(drawn.tobytes(), width, height, width * 4, QImage.Format.Format_RGB32).copy()

    engine.image = image
    return painted


def test_a_new_map_asks_for_a_picture_larger_than_itself(canvas, session, engine):
    asked = engine.pictures[-1]
    assert asked.camera == session.camera
    assert asked.width_px == pytest.approx(1.4 * 800, abs=8)
    assert asked.height_px == pytest.approx(1.4 * 600, abs=8)
    assert (asked.labels_width_px, asked.labels_height_px) == (800, 600)


def test_every_move_of_the_camera_asks_for_its_picture(canvas, session, engine):
    moved = replace(session.camera, x=session.camera.x + 5_000)
    session.set_camera(moved)
    assert engine.pictures[-1].camera == moved


def test_a_map_of_another_size_asks_again_once(canvas, engine):
    engine.pictures.clear()
    canvas.resize(640, 480)
    assert [(asked.labels_width_px, asked.labels_height_px) for asked in engine.pictures] == [(640, 480)]


def test_a_map_whose_size_the_session_knew_before_asks_all_the_same(session, engine, qtbot):
    session.set_viewport_size(400, 300)
    canvas = Canvas(session, engine)
    qtbot.addWidget(canvas)
    engine.pictures.clear()
    canvas.resize(400, 300)
    canvas.show()
    assert [(asked.labels_width_px, asked.labels_height_px) for asked in engine.pictures] == [(400, 300)]
    canvas.shutdown()


def test_without_a_picture_the_map_is_sea(canvas, session):
    assert (pixels(canvas.snapshot())[FREE] == session.palette.rgba("sea")[:3]).all()


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 1.75, 2.0, 3.0])
@pytest.mark.parametrize("size", [(800, 600), (801, 599)])
def test_a_picture_of_the_very_view_is_shown_pixel_on_pixel(session, engine, qtbot, monkeypatch, scale, size):
    monkeypatch.setattr(Canvas, "devicePixelRatioF", lambda _: scale)
    painted = noise(engine)
    canvas = Canvas(session, engine)
    canvas.resize(*size)
    canvas.show()
    qtbot.waitExposed(canvas)
    asked = engine.finish_picture()
    assert asked.scale == scale
    shown = pixels(canvas.snapshot())
    margin_x, margin_y = (
        round((whole - part) / 2 * scale) for whole, part in zip((asked.width_px, asked.height_px), size, strict=True)
    )
    height, width = shown.shape[:2]
    expected = painted["main"][margin_y : margin_y + height, margin_x : margin_x + width, 2::-1]
    free = tuple(slice(round(side.start * scale), round(side.stop * scale)) for side in FREE)
    assert (shown[free] == expected[free]).all()
    canvas.shutdown()


def test_a_dragged_picture_is_shifted_by_whole_pixels_and_not_blurred(canvas, session, engine, hand):
    painted = noise(engine)
    asked = engine.finish_picture()
    hand.drag((300, 300), (340, 330))
    shown = pixels(canvas.snapshot())
    left, top = (asked.width_px - 800) // 2 - 40, (asked.height_px - 600) // 2 - 30
    assert (shown[FREE] == painted["main"][top : top + 600, left : left + 800, 2::-1][FREE]).all()


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.75, 2.0])
def test_a_picture_shifted_by_parts_of_a_pixel_is_copied_and_not_blurred(session, engine, qtbot, monkeypatch, scale):
    monkeypatch.setattr(Canvas, "devicePixelRatioF", lambda _: scale)
    painted = noise(engine)
    canvas = Canvas(session, engine)
    canvas.resize(800, 600)
    canvas.show()
    qtbot.waitExposed(canvas)
    engine.finish_picture()
    session.set_camera(session.viewport.moved(10.3, -6.4))
    qtbot.waitUntil(lambda: canvas.is_at_rest)
    known = {bytes(colour) for colour in painted["main"][:, :, 2::-1].reshape(-1, 3)}
    shown = pixels(canvas.snapshot())[round(80 * scale) : round(120 * scale), round(20 * scale) : round(90 * scale)]
    assert {bytes(colour) for colour in shown.reshape(-1, 3)} <= known
    canvas.shutdown()


def test_an_old_picture_is_moved_scaled_and_turned_to_the_new_camera(canvas, session, engine):
    old = session.viewport
    marked = old.to_map(300, 250)

    def image(picture):
        request = picture.request
        made = QImage(request.width_px, request.height_px, QImage.Format.Format_RGB32)
        made.fill(0xFF000000)
        px, py = Viewport(request.camera, request.width_px, request.height_px).to_screen(*marked)
        for right in range(-6, 7):
            for down in range(-6, 7):
                made.setPixel(round(px) + right, round(py) + down, 0xFFFF0000)
        return made

    engine.image = image
    engine.finish_picture()
    session.set_camera(Camera(old.camera.x + 40_000, old.camera.y - 25_000, 1_300.0, 77.0))
    shown = pixels(canvas.snapshot())
    ys, xs = np.nonzero((shown[FREE] == (255, 0, 0)).all(axis=2))
    middle = xs.mean() + FREE[1].start + 0.5, ys.mean() + FREE[0].start + 0.5
    assert middle == pytest.approx(session.viewport.to_screen(*marked), abs=1.0)


def test_where_the_picture_ends_the_picture_of_the_whole_goes_on(canvas, session, engine):
    engine.finish_picture()
    engine.colour = 0xFF00FF00
    engine.finish_picture(canvas="main-whole")
    session.set_camera(replace(session.camera, x=session.camera.x + 700_000))
    assert colours(canvas) == {(0x33, 0x66, 0x99), (0, 0xFF, 0)}


def test_beyond_the_whole_map_there_is_the_outside(canvas, session, engine):
    engine.finish_picture()
    engine.finish_picture(canvas="main-whole")
    session.set_camera(Camera(-12e6, 0.0, 30_000.0, 0.0))
    outside = session.palette.rgba("outside")[:3]
    assert outside in colours(canvas)


def test_the_slot_on_the_screen_is_named_so_that_it_is_not_painted_over(canvas, session, engine):
    asked = []
    request_picture = engine.request_picture
    engine.request_picture = lambda *args, **named: (asked.append(named["showing"]), request_picture(*args, **named))
    shown = engine.finish_picture()
    session.set_camera(replace(session.camera, x=0.0))
    assert asked[-1] == shown.slot


def test_another_theme_or_stack_asks_anew_for_view_and_whole(canvas, session, engine, qtbot):
    engine.finish_picture()
    engine.finish_picture(canvas="main-whole")
    for change in (
        lambda: session.set_theme("dark"),
        lambda: session.set_stack(type(session.stack)(session.stack.layers[:1])),
    ):
        engine.pictures.clear()
        change()
        qtbot.waitUntil(lambda: bool(engine.pictures))
        assert [asked.canvas for asked in engine.pictures] == ["main"]
        engine.finish_picture()
        assert engine.pictures[-1].canvas == "main-whole"


def test_a_new_engine_is_asked_for_everything_and_for_the_whole_atlas(canvas, session, engine, unlabelled):
    rows = AtlasPatch(generation=3, top=0, width=8, height=2, pixels=bytes(8 * 2 * 4))
    engine.finish_picture(labels=replace(unlabelled, generation=3, patch=rows))
    session.set_camera(replace(session.camera, x=0.0))
    assert engine.pictures[-1].atlas == (3, 2)
    engine.pictures.clear()
    engine.restarted.emit()
    assert engine.pictures[-1].atlas == (-1, 0)
    engine.finish_picture()
    assert [asked.canvas for asked in engine.pictures] == ["main", "main-whole"]


def test_a_screen_of_another_scale_is_asked_for_its_own_pixels(canvas, engine, monkeypatch):
    monkeypatch.setattr(Canvas, "devicePixelRatioF", lambda _: 2.0)
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert engine.pictures[-1].scale == 2.0


def test_the_view_is_copied_in_the_pixels_of_its_screen(canvas, engine, monkeypatch):
    monkeypatch.setattr(Canvas, "devicePixelRatioF", lambda _: 1.5)
    engine.finish_picture()
    image = canvas.snapshot()
    assert (image.width(), image.height()) == (1200, 900)
    shown = pixels(image)
    assert (shown[100, 100] == (0x33, 0x66, 0x99)).all()
    assert (shown != (0x33, 0x66, 0x99)).any()


def test_a_map_that_was_shut_down_gives_its_memory_back_and_can_be_shut_down_again(session, engine, qtbot):
    canvas = Canvas(session, engine)
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.show()
    engine.finish_picture()
    canvas.shutdown()
    canvas.shutdown()
    assert engine.canvases == []
    session.set_camera(Camera(0.0, 0.0, 4_000.0))
    session.set_theme("dark")


def test_painting_leaves_no_reference_to_none_behind(canvas, session, engine):
    engine.finish_picture()
    canvas.viewport().repaint()
    before = sys.getrefcount(None)
    for _ in range(300):
        canvas.viewport().repaint()
    assert abs(sys.getrefcount(None) - before) < 100
