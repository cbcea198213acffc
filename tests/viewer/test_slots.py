import pytest

from viewer.slots import Slots


@pytest.fixture
def slots():
    made = Slots()
    yield made
    made.close()


def test_the_slot_on_the_screen_and_the_one_that_is_ready_are_never_painted_into(slots):
    shown = slots.free_slot(100, showing="")
    slots.mark_ready(shown)
    ready = slots.free_slot(100, showing=shown)
    slots.mark_ready(ready)
    assert slots.free_slot(100, showing=shown) not in (shown, ready)


def test_a_larger_picture_gets_larger_slots_while_the_shown_one_stays_readable(slots):
    shown = slots.free_slot(100, showing="")
    larger = slots.free_slot(1_000_000, showing=shown)
    assert len(slots.memory(larger)) >= 1_000_000
    assert len(slots.memory(shown)) >= 100


def test_retired_slots_are_given_back_but_those_to_keep(slots):
    shown = slots.free_slot(100, showing="")
    slots.free_slot(1_000_000, showing=shown)
    slots.drop_retired(keep=frozenset({shown}))
    assert slots.memory(shown) is not None
    slots.drop_retired()
    with pytest.raises(KeyError):
        slots.memory(shown)
