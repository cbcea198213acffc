"""Which screen is the audience's."""

from viewer.modes.present.screens import ScreenPlan, plan

LEFT, RIGHT, FAR = (0, 0), (1280, 0), (3200, 0)


def test_with_one_screen_there_is_no_console():
    assert plan(["A"], [LEFT], own=0) == ScreenPlan(0)


def test_the_audience_gets_the_screen_that_the_editor_is_not_on():
    assert plan(["A", "B"], [LEFT, RIGHT], own=0) == ScreenPlan(1, 0)
    assert plan(["A", "B"], [LEFT, RIGHT], own=1) == ScreenPlan(0, 1)


def test_mirrored_screens_are_one():
    assert plan(["A", "B"], [LEFT, LEFT], own=0) == ScreenPlan(0)


def test_the_screen_of_the_last_time_is_taken_again():
    assert plan(["A", "B", "C"], [LEFT, RIGHT, FAR], own=0, remembered="C") == ScreenPlan(2, 0)
    assert plan(["A", "B", "C"], [LEFT, RIGHT, FAR], own=0, remembered="gone") == ScreenPlan(1, 0)
