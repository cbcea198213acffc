"""When an engine counts as hung; seconds are given, never waited for."""

import pytest

from viewer.engine.process import Vitals
from viewer.engine.pulse import Pulse

LOOK_S = 0.05


class Watched:
    """An engine that is ready and was asked something, and whoever looks at it."""

    def __init__(self):
        self.pulse, self.now_s, self.worked_s = Pulse(), 100.0, 3.0
        self.pulse.begin(self.now_s)
        self.pulse.ready()
        assert not self.look("S", 0.0)
        self.pulse.asked()

    def look(self, state, work_s=0.0):
        self.now_s += LOOK_S
        self.worked_s += work_s
        return self.pulse.is_hung(Vitals(state, self.worked_s), self.now_s)

    def hung_after_s(self, state, work_s=0.0, at_most_s=30.0):
        began_s = self.now_s
        while not self.look(state, work_s):
            if self.now_s - began_s > at_most_s:
                return None
        return round(self.now_s - began_s, 2)

    def answer(self):
        self.pulse.heard(self.now_s)


@pytest.fixture
def watched():
    return Watched()


@pytest.mark.parametrize("state", ["T", "t", "S"])
def test_one_that_is_stopped_or_sleeps_over_a_question_is_hung_after_a_fifth_of_a_second(watched, state):
    assert watched.hung_after_s(state) == 0.2


def test_one_that_sleeps_because_nothing_is_asked_is_not_hung(watched):
    watched.answer()
    assert watched.hung_after_s("S") is None


def test_one_that_works_for_half_a_second_without_a_word_is_hung(watched):
    assert watched.hung_after_s("R", LOOK_S) == 0.55


def test_one_that_waits_for_its_turn_on_a_busy_machine_is_not_hung(watched):
    assert watched.hung_after_s("R", LOOK_S / 20, at_most_s=4.0) is None


def test_one_that_paints_long_but_answers_is_not_hung(watched):
    for _ in range(100):
        assert not watched.look("R", 0.3)
        watched.answer()
        watched.look("R", 0.0)
        watched.pulse.asked()


def test_a_large_picture_gets_more_time(watched):
    watched.pulse.painting(20e6)
    assert watched.hung_after_s("R", LOOK_S) == 3.05


def test_who_hangs_again_over_the_same_picture_gets_twice_the_time_until_it_comes(watched):
    watched.hung_after_s("R", LOOK_S)
    assert watched.pulse.patience_s == 1.0
    watched.pulse.painted()
    assert watched.pulse.patience_s == 0.5


def test_a_machine_that_needs_long_for_a_step_is_learnt(watched):
    for _ in range(4):
        watched.look("R", 0.1)
    watched.answer()
    assert watched.pulse.patience_s == pytest.approx(1.2, abs=0.01)


def test_one_that_waits_for_a_disk_gets_twenty_seconds(watched):
    assert watched.hung_after_s("D") == pytest.approx(20, abs=0.2)


def test_one_of_which_the_system_says_nothing_gets_twenty_seconds(watched):
    pulse, began_s = watched.pulse, watched.now_s
    while not pulse.is_hung(None, watched.now_s):
        watched.now_s += LOOK_S
    assert watched.now_s - began_s == pytest.approx(20, abs=0.2)


def test_one_that_starts_may_work_and_sleep_without_a_word(watched):
    watched.pulse.begin(watched.now_s)
    watched.pulse.asked()
    assert watched.hung_after_s("R", LOOK_S, at_most_s=10.0) is None
    assert watched.hung_after_s("S", at_most_s=5.0) is None
    assert watched.hung_after_s("T") == 0.2


def test_a_window_that_stood_still_itself_blames_nobody(watched):
    watched.look("T")
    watched.look("T")
    watched.now_s += 60.0
    assert not watched.look("R", 5.0)
