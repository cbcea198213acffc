"""The talk's clock."""

import pytest

from viewer.model.talk_clock import TalkClock, clock_text

PLAN = {"planned_s": 60.0, "duration_s": 30.0}


def test_it_counts_the_talk_and_the_step():
    clock = TalkClock(100.0, 100.0).at_step(130.0)
    assert (clock.elapsed_s(150.0), clock.in_step_s(150.0)) == (50.0, 20.0)


def test_a_stopped_clock_stands_and_goes_on_from_there():
    clock = TalkClock(0.0, 10.0).turned(20.0)
    assert (clock.elapsed_s(50.0), clock.in_step_s(50.0)) == (20.0, 10.0)
    again = clock.turned(50.0)
    assert (again.elapsed_s(55.0), again.in_step_s(55.0)) == (25.0, 15.0)


@pytest.mark.parametrize(("now", "behind"), [(50.0, -10.0), (60.0, 0.0), (75.0, 0.0), (90.0, 0.0), (100.0, 10.0)])
def test_a_talk_is_on_time_within_its_step(now, behind):
    assert TalkClock(0.0, 0.0).behind_s(now, **PLAN) == behind


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (59.9, "0:59"), (61, "1:01"), (3725, "1:02:05"), (-61, "−1:01"), (-0.4, "0:00")]
)
def test_durations_read_like_a_clock(seconds, text):
    assert clock_text(seconds) == text
