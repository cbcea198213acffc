"""Which view is painted next: the one that serves when its picture is there."""

import math

import pytest

from viewer.map.flying import FlightMotion
from viewer.map.motion import Coast, Glide
from viewer.model.camera import Camera, Viewport
from viewer.model.flight import Flight
from viewer.model.foresight import Beat, PaintClock, serves, wanted

FAR = Camera(0.0, 0.0, 8_000.0, 169.0)
NEAR = Camera(-2_600_000.0, 1_500_000.0, 60.0, 169.0)
WAIT_S = 0.05


def view(camera):
    return Viewport(camera, 1_000.0, 700.0)


def seen_from(motion, elapsed_s):
    return lambda by_s: motion.at(elapsed_s + by_s)


def asked_for(motion, elapsed_s, *, wait_s=WAIT_S):
    return wanted(view(motion.at(elapsed_s)), seen_from(motion, elapsed_s), wait_s=wait_s, overscan=1.4)


def flight(start, end):
    return FlightMotion(Flight(start, end, 1_000.0))


def test_where_nobody_knows_what_comes_the_view_is_painted_as_it_is():
    found = wanted(view(FAR), lambda _: None, wait_s=WAIT_S, overscan=1.4)
    assert found.camera == FAR


@pytest.mark.parametrize(("start", "end"), [(FAR, NEAR), (NEAR, FAR), (FAR, Camera(4e6, 1e6, 8_000.0, 10.0))])
def test_the_end_of_a_flight_is_asked_for_before_it_is_reached(start, end):
    motion = flight(start, end)
    tick_s = 0.008
    times = [tick_s * index for index in range(int(motion.duration_s / tick_s))]
    first = next(elapsed for elapsed in times if asked_for(motion, elapsed).is_end)
    assert motion.duration_s - first >= 2 * WAIT_S
    assert all(asked_for(motion, elapsed).camera == end for elapsed in times if elapsed >= first)


@pytest.mark.parametrize(("start", "end"), [(FAR, NEAR), (NEAR, FAR)])
@pytest.mark.parametrize("wait_s", [0.02, 0.05, 0.12])
def test_what_is_asked_for_on_the_way_fills_the_view_when_it_is_there(start, end, wait_s):
    motion = flight(start, end)
    for index in range(100):
        elapsed = motion.duration_s * index / 100
        asked = asked_for(motion, elapsed, wait_s=wait_s)
        assert serves(asked.camera, view(motion.at(elapsed + wait_s)), overscan=1.4)


def test_a_glide_is_painted_where_it_ends_from_its_beginning():
    glide = Glide(FAR, view(FAR).zoomed(1.3, px=300, py=200))
    assert asked_for(glide, 0.0).camera == glide.end


def test_a_thrown_map_is_painted_where_it_stops_as_soon_as_that_is_in_reach():
    coast = Coast(view(FAR), 2_500.0, 0.0)
    assert asked_for(coast, 0.5).camera == coast.at(math.inf)
    assert not asked_for(coast, 0.0).is_end


def test_a_picture_that_is_much_coarser_or_does_not_reach_far_enough_does_not_serve():
    assert serves(FAR, view(FAR), overscan=1.0)
    assert not serves(FAR, view(Camera(0.0, 0.0, 2_000.0, 169.0)), overscan=1.4)
    assert not serves(FAR, view(view(FAR).moved(250, 0)), overscan=1.4)
    assert serves(FAR, view(view(FAR).moved(190, 0)), overscan=1.4)
    assert not serves(FAR, view(Camera(0.0, 0.0, 8_000.0, 214.0)), overscan=1.1)


def test_the_clock_follows_how_long_pictures_take():
    clock = PaintClock()
    for _ in range(30):
        clock.note(200.0)
    assert clock.seconds == pytest.approx(0.2, abs=0.001)
    assert clock.wait_s > clock.seconds


def test_the_clock_learns_from_below_that_pictures_became_quick():
    clock = PaintClock()
    clock.note(2_000.0)
    clock.note_at_most(40.0)
    assert clock.seconds == 0.04
    clock.note_at_most(90.0)
    assert clock.seconds == 0.04


def moved_every(gap_s, times):
    beat = Beat()
    for number in range(times):
        beat.note(100.0 + number * gap_s)
    return beat


def test_a_camera_that_moves_often_is_known_to_rest_soon():
    assert moved_every(1 / 120, 20).rests_after_s == pytest.approx(1.5 / 120)
    assert moved_every(1 / 1000, 20).rests_after_s == pytest.approx(0.008)


def test_a_slow_hand_is_waited_for():
    assert moved_every(1 / 60, 20).rests_after_s == pytest.approx(0.020)
    assert moved_every(1 / 120, 3).rests_after_s == pytest.approx(0.020)


def test_the_beat_of_an_earlier_motion_is_forgotten_and_one_late_move_does_not_matter():
    beat = moved_every(1 / 120, 20)
    beat.note(200.0)
    assert beat.rests_after_s == pytest.approx(0.020)
    beat = moved_every(1 / 120, 20)
    beat.note(100.0 + 19 / 120 + 0.018)
    assert beat.rests_after_s == pytest.approx(1.5 / 120)
