"""Runs of a talk: compared, projected, and kept as text."""

import pytest

from viewer.model.rehearsal import MOST_RUNS, Run, compared, projected_s, runs_of, runs_of_story, text_of, with_time
from viewer.model.story import StepView, Story, StoryStep

STORY = Story("T", tuple(StoryStep(name, name, StepView("arctic"), duration_s=60.0) for name in ("a", "b", "c")))
RUNS = (
    Run("", "T", "2026-01-01T10:00:00+01:00", "rehearsal", (("a", 50.0), ("b", 80.0))),
    Run("own_1", "Other", "2026-01-02T10:00:00+01:00", "talk", (("a", 1.0),)),
    Run("", "T", "2026-01-03T10:00:00+01:00", "talk", (("a", 70.0), ("b", 100.0), ("gone", 5.0))),
)


def test_each_step_is_compared_with_the_plan_the_last_run_and_the_usual_one():
    found = compared(STORY, runs_of_story(RUNS, ""), (("a", 66.0),))
    assert [(one.planned_s, one.last_s, one.usual_s, one.now_s) for one in found] == [
        (60.0, 70.0, 60.0, 66.0),
        (60.0, 100.0, 90.0, None),
        (60.0, None, None, None),
    ]
    assert compared(STORY, ())[0].last_s is None


def test_what_is_to_come_is_projected_as_it_usually_took_else_as_planned():
    earlier = runs_of_story(RUNS, "")
    assert projected_s(STORY, earlier, index=0, elapsed_s=20.0, in_step_s=20.0) == pytest.approx(60 + 90 + 60)
    assert projected_s(STORY, earlier, index=1, elapsed_s=200.0, in_step_s=120.0) == pytest.approx(200 + 60)
    assert projected_s(STORY, (), index=2, elapsed_s=150.0, in_step_s=30.0) == pytest.approx(180)


def test_a_step_that_is_come_back_to_goes_on():
    assert with_time((("a", 3.0), ("b", 1.0)), "a", 2.0) == (("a", 5.0), ("b", 1.0))


def test_runs_come_back_as_they_were_and_what_is_damaged_is_left_out():
    assert runs_of(text_of(RUNS)) == RUNS
    for broken in ("", "{", "3", '[{"kind": "talk"}, 3, null]', "[" * 5000):
        assert runs_of(broken) == ()
    assert len(runs_of(text_of(RUNS * MOST_RUNS))) == MOST_RUNS


def test_a_run_takes_as_long_as_its_steps():
    assert RUNS[0].duration_s == 130.0
