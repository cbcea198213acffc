"""The reading process: what it may use, what it may not, and that it ends."""

import os
import time
from pathlib import Path

import pytest

from geodata.errors import ReadingError
from geodata.reading.formats import DRIVERS
from geodata.reading.outcome import Done, Progress, ReadRequest
from geodata.reading.process import launch


def list_drivers(_request, _tell):
    import pyogrio

    return frozenset(pyogrio.list_drivers())


def take_too_much(_request, _tell):
    return len(bytearray(3_000_000_000))


def hang(_request, tell):
    tell(Progress("hanging"))
    while True:
        time.monotonic()


def die(_request, _tell):
    os.abort()


@pytest.fixture
def run():
    started = []

    def go(work, request=None, *, size=0):
        process = launch(work, request, size=size)
        started.append(process)
        return process

    yield go
    for process in started:
        process.kill()
        process.close()


def answers(process):
    while True:
        try:
            yield process.connection.recv()
        except EOFError:
            return


def test_a_file_is_read_in_a_process_of_its_own(save, run, tmp_path):
    folder = tmp_path / "made"
    folder.mkdir()
    *progress, done = answers(run(None, ReadRequest(save("places.gpkg"), folder)))
    assert progress[0] == Progress("Reading places.gpkg")
    assert isinstance(done, Done)
    assert (folder / done.layers[0].prepared).is_file()


def test_what_is_wrong_with_a_file_comes_back_as_an_error(run, tmp_path):
    (answer,) = answers(run(None, ReadRequest(tmp_path / "no.gpkg", tmp_path)))
    assert isinstance(answer, ReadingError)
    assert str(answer) == "no.gpkg: There is no such file."


def test_the_process_has_no_driver_but_those_allowed(run):
    (drivers,) = answers(run(list_drivers))
    assert drivers - {"MEM"} <= DRIVERS
    assert {"GPKG", "FlatGeobuf", "GPX"} <= drivers


def test_more_memory_than_allowed_ends_in_plain_words(run):
    (answer,) = answers(run(take_too_much))
    assert isinstance(answer, ReadingError)
    assert "memory" in answer.what


def test_a_process_that_hangs_is_gone_as_soon_as_it_is_killed(run):
    process = run(hang)
    assert process.connection.recv() == Progress("hanging")
    process.kill()
    assert not Path(f"/proc/{process.process.pid}").exists() or process.process.exitcode is not None


def test_a_crash_in_it_ends_the_pipe_and_nothing_else(run):
    process = run(die)
    assert list(answers(process)) == []
    process.process.join()
    assert process.process.exitcode != 0
