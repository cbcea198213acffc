"""The loop around the engine: who is served when, and what is given up."""

import itertools
from collections import deque
from itertools import groupby

import pytest

from viewer.engine import server
from viewer.engine.messages import Abandon, Dropped, LabelSet, Picture, PictureRequest
from viewer.engine.server import Server
from viewer.model.camera import Camera
from viewer.slots import create

STEPS = 40
"""How many small steps a picture takes; the clock below lets some four of them into one turn."""


class Pipe:
    """The window's end: says something when so many steps were painted, and hangs up when all is said and done."""

    def __init__(self, *said):
        self._said = deque(said)
        self.painted = []
        self.heard = []

    def poll(self, timeout):
        if self._said and (timeout is None or len(self.painted) >= self._said[0][0]):
            return True
        if timeout is None:
            raise EOFError
        return False

    def recv(self):
        return self._said.popleft()[1]

    def send(self, message):
        self.heard.append(message)


class Painter:
    """Stands in the engine's place and paints nothing, slowly."""

    revision = 1

    def __init__(self, pipe):
        self._pipe = pipe

    def warm_up(self):
        yield from ()

    def paint(self, request, image):
        return self._paint(request)

    def _paint(self, request):
        for _ in range(STEPS):
            self._pipe.painted.append((request.canvas, request.serial))
            yield
        return LabelSet.empty(0)

    def pick(self, request):
        raise NotImplementedError

    find = in_view = set_look = pick


@pytest.fixture
def slot():
    memory = create(8 * 8 * 4)
    yield memory.name
    memory.close()


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    ticks = itertools.count()
    monkeypatch.setattr(server.time, "perf_counter", lambda: next(ticks) / 1000)


def request(canvas, serial, slot):
    return PictureRequest(canvas, serial, Camera(0.0, 0.0, 1_000.0), 8, 8, 1.0, slot, 0, 0)


def serve(*said):
    pipe = Pipe(*said)
    with pytest.raises(EOFError):
        Server(pipe, Painter(pipe)).run()
    return pipe


def test_two_canvases_take_turns(slot):
    pipe = serve((0, request("audience", 1, slot)), (0, request("console", 2, slot)))
    turns = [(canvas, len(list(steps))) for canvas, steps in groupby(pipe.painted, key=lambda step: step[0])]
    assert [canvas for canvas, _ in turns[:8]] == ["audience", "console"] * 4
    assert max(length for _, length in turns) <= 5
    assert {answer.request.canvas for answer in pipe.heard} == {"audience", "console"}


def test_a_canvas_that_asks_without_pause_does_not_keep_another_from_its_picture(slot):
    asking = [(5 * index, request("audience", 10 + index, slot)) for index in range(40)]
    pipe = serve((0, request("console", 1, slot)), *asking)
    finished = [answer.request.canvas for answer in pipe.heard if isinstance(answer, Picture)]
    assert finished.index("console") <= 1


def test_of_what_a_canvas_asks_meanwhile_only_the_newest_is_painted(slot):
    pipe = serve(*((0 if serial == 1 else 4, request("map", serial, slot)) for serial in range(1, 5)))
    assert [answer.request.serial for answer in pipe.heard] == [1, 4]


def test_a_picture_is_given_up_in_the_middle(slot):
    pipe = serve((0, request("map", 1, slot)), (8, Abandon("map", 1)), (8, request("map", 2, slot)))
    assert [(type(answer), answer.request.serial) for answer in pipe.heard] == [(Dropped, 1), (Picture, 2)]
    assert pipe.painted.count(("map", 1)) < STEPS / 2


def test_giving_up_what_is_finished_or_was_never_asked_changes_nothing(slot):
    pipe = serve((0, request("map", 1, slot)), (STEPS, Abandon("map", 7)), (STEPS + 1, Abandon("other", 1)))
    assert [(type(answer), answer.request.serial) for answer in pipe.heard] == [(Picture, 1)]
