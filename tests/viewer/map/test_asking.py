"""What is asked of the engine while the camera moves, and when it comes to rest."""

from dataclasses import replace

import pytest

from viewer.map.asking import PictureDesk
from viewer.map.flying import FlightMotion
from viewer.model.camera import Camera
from viewer.model.flight import Flight

SLOW_MS = 400.0


def seen_slow(canvas, session, engine):
    """Let the engine take so long for some pictures that coarse ones are worth their while."""
    for _ in range(8):
        canvas._desk.ask()
        engine.finish_picture(painted_ms=SLOW_MS)


class Clock:
    now_s = 0.0

    def __call__(self):
        return self.now_s


@pytest.fixture
def clock(canvas, motion):
    motion.reduced = False
    made = Clock()
    canvas._mover._clock = made
    return made


def move(canvas, session, clock, to_s):
    clock.now_s = to_s
    canvas._mover.step()
    return session.camera


def test_the_end_of_a_flight_is_asked_before_arrival_and_shown_sharp_with_it(canvas, session, engine, clock):
    end = Camera(-900_000.0, 400_000.0, 300.0, 90.0)
    duration_s = FlightMotion(Flight(session.camera, end, 800.0)).duration_s
    engine.finish_picture()
    session.fly_to(end)
    elapsed = 0.0
    while elapsed < duration_s - 0.1:
        elapsed += 0.008
        move(canvas, session, clock, elapsed)
    assert session.camera != end
    assert engine.pictures[-1].camera == end
    engine.finish_picture()
    asked = len(engine.pictures)
    assert move(canvas, session, clock, duration_s + 0.001) == end
    assert canvas.is_sharp
    assert len(engine.pictures) == asked


def test_on_its_way_a_flight_is_painted_ahead_of_itself(canvas, session, engine, clock):
    end = Camera(2_500_000.0, 400_000.0, 1_000.0, 30.0)
    engine.finish_picture()
    session.fly_to(end)
    for index in range(1, 60):
        before = len(engine.pictures)
        camera = move(canvas, session, clock, 0.008 * index)
        if len(engine.pictures) > before:
            assert engine.pictures[-1].camera != camera


def test_a_flight_that_is_stopped_has_the_view_where_it_stopped_painted(canvas, session, engine, clock):
    engine.finish_picture()
    session.fly_to(Camera(2_500_000.0, 400_000.0, 1_000.0, 30.0))
    move(canvas, session, clock, 0.2)
    assert engine.pictures[-1].camera != session.camera
    canvas._mover.halt()
    assert engine.pictures[-1].camera == session.camera


def test_a_camera_that_comes_to_rest_has_its_own_picture_made_first(canvas, session, engine, qtbot):
    engine.finish_picture()
    session.set_camera(session.viewport.moved(8, 0))
    under_way = engine.busy_with
    session.set_camera(session.viewport.moved(8, 0))
    assert engine.given_up == []
    qtbot.waitUntil(lambda: bool(engine.given_up))
    assert engine.given_up == [under_way]
    assert engine.pictures[-1].camera == session.camera
    engine.finish_picture()
    assert canvas.is_sharp


def test_where_pictures_take_long_the_resting_view_comes_first_and_its_surroundings_after(
    canvas, session, engine, qtbot
):
    seen_slow(canvas, session, engine)
    session.set_camera(session.viewport.moved(40, 0))
    engine.finish_picture(painted_ms=SLOW_MS)
    qtbot.waitUntil(lambda: engine.pictures[-1].width_px == 800 and engine.pictures[-1].labels_width_px == 800)
    engine.finish_picture(painted_ms=SLOW_MS / 2)
    assert canvas.is_sharp
    assert engine.pictures[-1].width_px > 800
    assert engine.pictures[-1].camera == session.camera
    engine.finish_picture(painted_ms=SLOW_MS)
    assert canvas.is_sharp


def test_a_picture_of_the_resting_view_is_not_given_up(canvas, session, engine, qtbot):
    engine.finish_picture()
    session.set_camera(session.viewport.moved(8, 0))
    qtbot.waitUntil(lambda: canvas.is_at_rest)
    assert engine.given_up == []
    assert [asked.camera for asked in engine.pictures].count(session.camera) == 1


def test_a_picture_that_has_nothing_of_the_new_view_is_given_up_once(canvas, session, engine):
    engine.finish_picture()
    session.set_camera(session.viewport.moved(8, 0))
    lost = engine.busy_with
    for step in range(5):
        session.set_camera(Camera(3_000_000.0 * (1 + step / 10), 0.0, 200.0, 0.0))
    assert engine.given_up == [lost]


def test_where_pictures_take_long_a_moving_map_gets_coarse_ones_and_keeps_its_names(canvas, session, engine, qtbot):
    seen_slow(canvas, session, engine)
    session.set_camera(session.viewport.moved(8, 0))
    coarse = engine.pictures[-1]
    assert coarse.scale == 0.5
    assert coarse.labels_width_px == 0
    kept = canvas._labels._shown
    engine.finish_picture()
    assert canvas._labels._shown is kept
    assert not canvas.is_sharp
    qtbot.waitUntil(lambda: canvas.is_at_rest)
    assert engine.pictures[-1].scale == 1.0
    assert engine.pictures[-1].labels_width_px == 800
    engine.finish_picture()
    assert canvas.is_sharp


def test_coarse_pictures_end_where_full_ones_would_be_quick_again(canvas, session, engine):
    seen_slow(canvas, session, engine)
    session.set_camera(session.viewport.moved(8, 0))
    engine.finish_picture(painted_ms=5.0)
    session.set_camera(session.viewport.moved(8, 0))
    assert engine.pictures[-1].scale == 1.0


def test_where_pictures_are_quick_a_moving_map_gets_no_coarse_ones(canvas, session, engine):
    engine.finish_picture()
    session.set_camera(session.viewport.moved(8, 0))
    assert engine.pictures[-1].scale == 1.0


@pytest.mark.parametrize(("size", "overscan"), [((200, 150), 1.4), ((1920, 1080), 1.4), ((7680, 4320), 1.05)])
def test_a_picture_of_a_huge_window_is_no_larger_than_memory_bears(session, engine, canvas, size, overscan):
    session.set_viewport_size(*map(float, size))
    asked = engine.pictures[-1]
    assert asked.width_px / size[0] == pytest.approx(overscan, abs=0.03)
    assert asked.width_px * asked.height_px < 40e6


@pytest.mark.parametrize("size", [(0, 0), (0, 300), (300, 0)])
def test_a_map_without_room_asks_for_nothing(session, engine, canvas, size):
    engine.pictures.clear()
    session.set_viewport_size(*map(float, size))
    session.set_camera(replace(session.camera, x=1.0))
    session.fly_to(Camera(0.0, 0.0, 4_000.0))
    assert engine.pictures == []


def test_a_stalled_engine_leaves_the_map_moving(canvas, session, engine):
    engine.finish_picture()
    engine.finish_picture(canvas="main-whole")
    for _ in range(200):
        session.set_camera(session.viewport.moved(11, -7))
        canvas.viewport().repaint()
    assert engine.pictures[-1].camera == session.camera


def test_an_engine_that_dies_in_motion_is_asked_anew_for_the_view(canvas, session, engine):
    engine.finish_picture()
    session.set_camera(session.viewport.moved(40, 0))
    engine.busy_with = None
    engine.restarted.emit()
    assert engine.pictures[-1].camera == session.camera
    engine.finish_picture()
    assert canvas.is_sharp


def test_where_no_memory_is_to_be_had_the_picture_is_asked_for_again_later(canvas, session, engine, qtbot, monkeypatch):
    desk = canvas._desk
    assert isinstance(desk, PictureDesk)
    desk._later.setInterval(1)
    engine.finish_picture()
    before = len(engine.pictures)
    engine.picture_failed.emit("main")
    qtbot.waitUntil(lambda: len(engine.pictures) > before)


@pytest.mark.parametrize("size", [(200, 150), (1, 1), (7680, 4320)])
def test_a_tiny_and_a_huge_window_show_their_map_to_the_corners(canvas, session, engine, size):
    canvas.resize(*size)
    engine.finish_picture()
    session.set_legend_shown(True)
    session.set_camera(session.viewport.moved(3, 0))
    canvas.viewport().repaint()
    image = canvas.snapshot()
    assert (image.width(), image.height()) == size
    newest = canvas._backdrop.newest
    assert newest is not None
    assert newest.covers(session.viewport) or min(size) < 10
