import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.map.motion import Coast, Glide, Mover
from viewer.model.camera import Camera, Viewport

START = Viewport(Camera(0.0, 0.0, 1_000.0, 350.0), 800.0, 600.0)


class Clock:
    now_s = 0.0

    def __call__(self):
        return self.now_s


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def mover(session, clock):
    made = Mover(session, is_motion_reduced=lambda: False, clock=clock)
    yield made
    made.halt()


@given(st.floats(0, 0.2), st.floats(0.2, 5.0), st.floats(0, 800), st.floats(0, 600))
def test_a_gliding_zoom_leaves_the_point_under_the_pointer_all_the_way(elapsed, factor, px, py):
    held = START.to_map(px, py)
    glide = Glide(START.camera, START.zoomed(factor, px=px, py=py), 0.2)
    assert Viewport(glide.at(elapsed), 800.0, 600.0).to_screen(*held) == pytest.approx((px, py), abs=1e-3)


def test_a_glide_turns_the_short_way_round():
    glide = Glide(START.camera, Camera(0.0, 0.0, 1_000.0, 10.0), 0.2)
    assert all(camera.bearing_deg >= 350 or camera.bearing_deg <= 10 for camera in map(glide.at, (0.02, 0.1, 0.19)))


def test_a_glide_ends_exactly_where_it_should():
    end = Camera(12_345.0, -54.321, 777.0, 123.0)
    assert Glide(START.camera, end, 0.2).at(0.2) == end


@given(st.floats(-5_000, 5_000), st.floats(-5_000, 5_000))
def test_a_thrown_map_slows_down_and_stops_within_three_seconds(right, down):
    coast = Coast(START, right, down)
    assert coast.duration_s < 3.0
    places = [Viewport(coast.at(k * coast.duration_s / 10), 800, 600).to_screen(0, 0) for k in range(11)]
    steps = [math.dist(before, after) for before, after in pairwise(places)]
    assert all(later <= earlier + 1e-6 for earlier, later in pairwise(steps))


def test_a_map_that_is_hardly_moving_is_not_thrown():
    assert Coast(START, 5.0, 5.0).duration_s == 0


def test_the_camera_is_where_the_motion_is_by_the_clock(session, mover, clock):
    start = session.camera
    glide = Glide(start, Camera(0.0, 0.0, 500.0, 30.0), 0.2)
    mover.start(glide)
    clock.now_s += 0.0625
    mover.step()
    assert session.camera == glide.at(0.0625)
    assert mover.is_moving


def test_a_motion_arrives_and_ends(session, mover, clock, qtbot):
    end = Camera(0.0, 0.0, 500.0, 30.0)
    mover.start(Glide(session.camera, end, 0.2))
    clock.now_s += 1.0
    with qtbot.waitSignal(mover.arrived, timeout=0, raising=False) as arrived:
        mover.step()
    assert arrived.signal_triggered
    assert session.camera == end
    assert not mover.is_moving


def test_a_motion_that_is_halted_leaves_the_camera_where_it_is(session, mover, clock):
    mover.start(Glide(session.camera, Camera(0.0, 0.0, 500.0, 30.0), 0.2))
    clock.now_s += 0.0625
    mover.step()
    before = session.camera
    mover.halt()
    clock.now_s += 0.0625
    mover.step()
    assert session.camera == before


def test_steps_added_to_a_glide_begin_where_it_would_have_ended(session, mover):
    end = Camera(0.0, 0.0, 500.0, 30.0)
    mover.glide_to(end)
    assert mover.destination == end


def test_without_motion_the_camera_goes_to_the_end_at_once(session):
    mover = Mover(session, is_motion_reduced=lambda: True)
    end = Camera(0.0, 0.0, 500.0, 30.0)
    mover.glide_to(end)
    assert session.camera == end
    assert not mover.is_moving


def test_the_timer_drives_the_motion(session, qtbot):
    mover = Mover(session, is_motion_reduced=lambda: False)
    end = Camera(0.0, 0.0, 500.0, 30.0)
    with qtbot.waitSignal(mover.arrived):
        mover.glide_to(end, duration_s=0.03)
    assert session.camera == end
