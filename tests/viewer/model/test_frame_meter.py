"""Numbers of frames: what counts as an interval, and how soon the map is sharp."""

import pytest

from viewer.model.frame_meter import KEPT, FrameMeter, Spread


def test_a_spread_of_nothing_is_nothing():
    assert Spread.of(()) == Spread(0.0, 0.0, 0.0, 0.0)


def test_a_spread_names_the_middle_the_high_and_the_highest():
    assert Spread.of(range(101)) == Spread(50, 95, 99, 100)


def test_intervals_and_work_are_counted_between_frames_of_a_motion():
    meter = FrameMeter()
    for index in range(4):
        meter.frame(index * 0.008, index * 0.002, is_moving=True, is_sharp=False)
    assert meter.frames == 3
    assert meter.intervals_ms.highest == pytest.approx(8.0)
    assert meter.work_ms.p50 == pytest.approx(2.0)


def test_the_rest_between_two_motions_is_no_interval():
    meter = FrameMeter()
    for now, is_moving in ((0.0, True), (0.008, True), (0.1, False), (5.0, True), (5.009, True)):
        meter.frame(now, 0.0, is_moving=is_moving, is_sharp=False)
    assert meter.intervals_ms.highest == pytest.approx(9.0)
    assert meter.frames == 2


def test_the_wait_for_the_sharp_picture_begins_with_the_last_move():
    meter = FrameMeter()
    meter.moved(1.0)
    meter.frame(1.0, 0.0, is_moving=True, is_sharp=True)
    assert meter.sharp_after_ms == 0.0
    meter.moved(2.0)
    assert meter.sharp_after_ms is None
    meter.moved(2.1)
    meter.frame(2.11, 0.0, is_moving=True, is_sharp=False)
    meter.frame(2.15, 0.0, is_moving=False, is_sharp=True)
    meter.frame(9.0, 0.0, is_moving=False, is_sharp=True)
    assert meter.sharp_after_ms == pytest.approx(50.0)


def test_only_the_last_seconds_count():
    meter = FrameMeter()
    meter.frame(0.0, 0.0, is_moving=True, is_sharp=False)
    for index in range(KEPT + 1):
        meter.frame(1.0 + index * 0.008, 0.0, is_moving=True, is_sharp=False)
    assert meter.intervals_ms.highest == pytest.approx(8.0)
