"""The engine in its own process, spoken to over its pipe as a window does."""

import contextlib

import pytest

from viewer.engine.messages import (
    Dropped,
    FeatureAnswer,
    FeatureRequest,
    FeaturesInView,
    FeaturesInViewAnswer,
    LookChange,
    LookTaken,
    PickAnswer,
    PickRequest,
    Picture,
    PictureRequest,
    Ping,
    Problem,
    Ready,
)
from viewer.engine.process import launch
from viewer.model.camera import Camera
from viewer.model.layer import LayerStack
from viewer.slots import Slots

PATIENCE_S = 20.0
SIZE_PX = (400, 300)


class Talk:
    """The window's end of the pipe, and memory to paint into."""

    def __init__(self, engine):
        self.engine, self.slots = engine, Slots()
        self.slot = self.slots.free_slot(SIZE_PX[0] * SIZE_PX[1] * 4, showing="")

    def say(self, *messages):
        for message in messages:
            self.engine.connection.send(message)

    def hear(self, kind):
        """Return the next message of a kind; the others before it are passed over."""
        while self.engine.connection.poll(PATIENCE_S):
            message = self.engine.connection.recv()
            if isinstance(message, kind):
                return message
        raise AssertionError(f"no {kind} came")

    def ask(self, canvas="map", serial=1, **changes):
        wanted = {"camera": Camera(0, 0, 2000.0), "slot": self.slot, "width_px": SIZE_PX[0], "height_px": SIZE_PX[1]}
        wanted |= {"scale": 1.0, "labels_width_px": SIZE_PX[0], "labels_height_px": SIZE_PX[1], **changes}
        request = PictureRequest(canvas=canvas, serial=serial, **wanted)
        self.say(request)
        return request


@pytest.fixture
def talk(small_resources):
    made = Talk(launch(small_resources))
    yield made
    made.engine.kill()
    if not made.engine.connection.closed:
        made.engine.close()
    made.slots.close()


def test_the_engine_says_when_it_is_ready_and_that_all_is_well(talk):
    assert talk.hear(Ready).problems == ()


def test_a_picture_is_painted_into_the_slot_and_its_request_comes_back(talk):
    request = talk.ask()
    picture = talk.hear(Picture)
    middle = (140 * SIZE_PX[0] + 200) * 4
    assert picture.request == request
    assert bytes(talk.slots.memory(talk.slot)[middle : middle + 3]) == bytes.fromhex("e2edf1")  # blue, green, red
    assert picture.painted_ms > 0


def test_of_requests_that_wait_only_the_newest_of_a_canvas_is_painted(talk):
    talk.hear(Ready)
    for serial in range(1, 51):
        talk.ask(serial=serial)
    heard = []
    while 50 not in heard:
        heard.append(talk.hear(Picture).request.serial)
    assert len(heard) < 50
    assert heard == sorted(heard)


def test_two_canvases_both_get_their_picture(talk):
    talk.hear(Ready)
    talk.ask("one", 1, slot=talk.slot)
    talk.ask("two", 2, slot=talk.slot)
    assert {talk.hear(Picture).request.canvas, talk.hear(Picture).request.canvas} == {"one", "two"}


def test_a_question_is_answered_while_a_picture_is_painted(talk):
    talk.hear(Ready)
    talk.ask(serial=1)
    talk.say(PickRequest(2, 0.0, -200e3, 2000.0))
    assert [hit.reference for hit in talk.hear(PickAnswer).hits] == ["ports/haven", "land/island"]


def test_every_question_is_answered_with_the_question(talk):
    questions = (
        PickRequest(1, 0.0, -200e3, 2000.0),
        FeatureRequest(2, ("ports/creek",), 2000.0),
        FeaturesInView(3, Camera(0, 0, 2000.0), 400, 300),
    )
    for question in questions:
        talk.say(question)
        answer = talk.hear(PickAnswer | FeatureAnswer | FeaturesInViewAnswer)
        assert answer.request == question
        assert answer.hits


def test_a_ping_comes_back_as_it_went(talk):
    talk.say(Ping(7))
    assert talk.hear(Ping) == Ping(7)


def test_a_look_is_taken_and_the_pictures_after_it_show_it(talk):
    talk.say(LookChange(LayerStack(), "dark", 5))
    talk.ask()
    assert talk.hear(LookTaken) == LookTaken(5)
    assert talk.hear(Picture).revision == 5


def test_memory_that_is_gone_drops_the_picture_and_not_the_engine(talk):
    request = talk.ask(slot="/proc/self/fd/nowhere")
    assert talk.hear(Dropped).request == request
    talk.ask(serial=2)
    assert talk.hear(Picture).request.serial == 2


def test_a_slot_too_small_for_the_picture_drops_it_and_not_the_engine(talk):
    request = talk.ask(width_px=4000, height_px=3000)
    assert talk.hear(Dropped).request == request
    talk.ask(serial=2)
    assert talk.hear(Picture).request.serial == 2


class Unreadable:
    """Pickles well and cannot be read."""

    def __reduce__(self):
        return int, ("no number",)


@pytest.mark.parametrize("message", ["nonsense", None, 42, Unreadable(), PickRequest(1, "west", None, 0.0)])
def test_a_message_that_makes_no_sense_is_told_and_the_engine_goes_on(talk, message):
    talk.hear(Ready)
    talk.say(message)
    assert "log" in talk.hear(Problem).text
    talk.ask()
    assert talk.hear(Picture)


def test_the_engine_ends_by_itself_when_the_window_closes_its_end(talk):
    talk.hear(Ready)
    talk.engine.close()
    talk.engine.process.join(PATIENCE_S)
    assert talk.engine.process.exitcode == 0


def test_the_engine_ends_by_itself_when_the_window_goes_while_it_paints(talk):
    talk.hear(Ready)
    with contextlib.suppress(OSError):
        for serial in range(20):
            talk.ask(serial=serial)
    talk.engine.close()
    talk.engine.process.join(PATIENCE_S)
    assert talk.engine.process.exitcode == 0
