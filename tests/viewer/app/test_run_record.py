"""Runs are measured step by step and kept over restarts."""

import pytest

from viewer.app.run_record import RunClock, RunRecord
from viewer.model.rehearsal import Run

RUN = Run("", "T", "2026-01-01T10:00:00+01:00", "rehearsal", (("a", 50.0),))


def test_runs_are_there_after_a_restart(tmp_path):
    file = tmp_path / "deep" / "rehearsals.json"
    RunRecord(file).add(RUN)
    again = RunRecord(file)
    assert again.runs == (RUN,)
    again.add(RUN)
    assert RunRecord(file).runs == (RUN, RUN)
    assert [one.name for one in file.parent.iterdir()] == ["rehearsals.json"]


def test_a_damaged_file_is_begun_anew_and_no_home_is_done_without(tmp_path):
    file = tmp_path / "rehearsals.json"
    file.write_bytes(b"\xff\xfe")
    record = RunRecord(file)
    assert record.runs == ()
    record.add(RUN)
    assert RunRecord(file).runs == (RUN,)
    homeless = RunRecord(None)
    homeless.add(RUN)
    assert homeless.runs == (RUN,)


def test_a_place_that_cannot_be_written_loses_nothing_of_this_session(tmp_path, caplog):
    (tmp_path / "file").write_text("")
    record = RunRecord(tmp_path / "file" / "rehearsals.json")
    record.add(RUN)
    assert record.runs == (RUN,)
    assert "could not be kept" in caplog.text


def test_each_step_is_measured_for_as_long_as_it_is_on_the_screen():
    now = [100.0]
    clock = RunClock(lambda: now[0])
    for step, seconds in (("a", 10.0), ("a", 5.0), ("b", 20.0), ("a", 1.0)):
        clock.come_to(step)
        now[0] += seconds
    assert clock.elapsed_s == pytest.approx(36.0)
    assert clock.in_step_s == pytest.approx(1.0)
    run = clock.finished("own_1", "T", "talk")
    assert run.times == (("a", 16.0), ("b", 20.0))
    assert (run.story, run.kind) == ("own_1", "talk")
