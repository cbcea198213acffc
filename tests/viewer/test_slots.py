import gc
from pathlib import Path

import pytest

from viewer.slots import Slots, attach


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


def test_nothing_of_the_memory_lies_among_the_files(slots):
    slots.free_slot(1_000_000, showing="")
    assert not slots.are_files
    assert [path.name for path in Path("/dev/shm").glob("*") if path.stat().st_size == 1_250_000] == []


def test_the_other_side_sees_what_is_written(slots):
    slot = slots.free_slot(100, showing="")
    attached = attach(slot)
    attached.bytes[7] = 42
    attached.close()
    assert slots.memory(slot)[7] == 42


def refuse(*_, **__):
    raise OSError("no room")


def test_where_no_memory_is_shared_temporary_files_are_and_are_removed(slots, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("viewer.slots.os.memfd_create", refuse)
    slot = slots.free_slot(100, showing="")
    assert slots.are_files
    assert len(list(tmp_path.iterdir())) == 3
    attached = attach(slot)
    attached.bytes[7] = 42
    attached.close()
    assert slots.memory(slot)[7] == 42
    slots.close()
    assert list(tmp_path.iterdir()) == []


def test_a_system_without_nameless_memory_gets_files(slots, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.delattr("viewer.slots.os.memfd_create")
    assert slots.free_slot(100, showing="").startswith(str(tmp_path))


def test_where_there_is_no_room_at_all_nothing_is_left(slots, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("viewer.slots.os.posix_fallocate", refuse)
    gc.collect()  # what earlier tests left open must not be closed in between
    before = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(OSError, match="no room"):
        slots.free_slot(100, showing="")
    assert list(tmp_path.iterdir()) == []
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_memory_that_is_gone_cannot_be_opened(slots):
    slot = slots.free_slot(100, showing="")
    slots.close()
    with pytest.raises(OSError, match="No such file"):
        attach(slot)
