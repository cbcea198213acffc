"""The engine in its own process, and a window's side of it."""

import os
import signal

import pytest

from viewer.engine.process import launch
from viewer.engine_client import EngineClient
from viewer.model.camera import Camera

PATIENCE_MS = 20_000


@pytest.fixture
def client(qtbot, small_resources):
    made = EngineClient(launch(small_resources), small_resources)
    made.open_canvas("map")
    yield made
    made.shutdown()


def ask(client: EngineClient, mpp: float = 2000.0, *, size: tuple[int, int] = (400, 300), showing: str | None = None):
    client.request_picture(
        "map",
        Camera(0, 0, mpp),
        width_px=size[0],
        height_px=size[1],
        scale=1.0,
        labels_width_px=size[0],
        labels_height_px=size[1],
        atlas=(-1, 0),
        showing=showing,
    )


def next_picture(qtbot, client, *arguments, **keywords):
    with qtbot.waitSignal(client.picture_ready, timeout=PATIENCE_MS) as caught:
        ask(client, *arguments, **keywords)
    return caught.args[0]


def test_a_picture_shows_land_in_the_middle_and_sea_at_the_corner(qtbot, client):
    picture = next_picture(qtbot, client)
    image = client.image(picture)
    assert (image.width(), image.height()) == (400, 300)
    assert image.pixelColor(200, 140).name() == "#f1ede2"
    assert image.pixelColor(5, 5) != image.pixelColor(200, 140)


def test_of_many_requests_the_first_and_the_newest_are_painted(qtbot, client):
    got = []
    client.picture_ready.connect(got.append)
    for mpp in (1000, 2000, 3000, 4000, 5000):
        ask(client, mpp)
    qtbot.waitUntil(lambda: len(got) == 2, timeout=PATIENCE_MS)
    assert [picture.request.camera.metres_per_pixel for picture in got] == [1000, 5000]


def test_a_larger_window_gets_a_larger_picture(qtbot, client):
    first = next_picture(qtbot, client)
    second = next_picture(qtbot, client, size=(1600, 1200), showing=first.request.slot)
    assert client.image(second).width() == 1600


def test_what_lies_under_a_point_is_found(qtbot, client):
    with qtbot.waitSignal(client.pick_answered, timeout=PATIENCE_MS) as caught:
        serial = client.pick(0, -200e3, 2000.0)
    answer = caught.args[0]
    assert answer.request.serial == serial
    assert [hit.reference for hit in answer.hits] == ["ports/haven", "land/island"]


def test_features_are_found_by_reference_even_where_their_rank_hides_them(qtbot, client):
    with qtbot.waitSignal(client.features_answered, timeout=PATIENCE_MS) as caught:
        client.find_features(("ports/creek", "land/no such", "nowhere/x"), 2000.0)
    assert [hit.reference for hit in caught.args[0].hits] == ["ports/creek"]


def test_features_in_view_come_nearest_first(qtbot, client):
    with qtbot.waitSignal(client.in_view_answered, timeout=PATIENCE_MS) as caught:
        client.features_in_view(Camera(0, -290e3, 2000.0), 400, 300)
    assert [hit.reference for hit in caught.args[0].hits] == ["lanes/lane", "land/island", "ports/haven"]


def test_a_killed_engine_is_started_again_and_draws(qtbot, client):
    next_picture(qtbot, client)
    with qtbot.waitSignal(client.restarted, timeout=PATIENCE_MS):
        os.kill(client.process_id, signal.SIGKILL)
    assert next_picture(qtbot, client) is not None


def test_a_hung_engine_is_started_again(qtbot, client):
    next_picture(qtbot, client)
    with qtbot.waitSignal(client.restarted, timeout=PATIENCE_MS):
        os.kill(client.process_id, signal.SIGSTOP)
    assert next_picture(qtbot, client) is not None


def test_the_person_is_told_of_the_second_death_and_not_of_the_first(qtbot, client):
    told = []
    client.problem_found.connect(told.append)
    for deaths in (0, 1):
        next_picture(qtbot, client)
        assert len(told) == deaths * 0
        with qtbot.waitSignal(client.restarted, timeout=PATIENCE_MS):
            os.kill(client.process_id, signal.SIGKILL)
    assert len(told) == 1
    assert "twice" in told[0]


def test_a_picture_asked_for_while_no_engine_lives_is_painted_by_the_next(qtbot, client):
    next_picture(qtbot, client)
    with qtbot.waitSignal(client.restarted, timeout=PATIENCE_MS):
        os.kill(client.process_id, signal.SIGKILL)
    next_picture(qtbot, client)
    client.problem_found.connect(lambda _: ask(client, 3000.0))  # told at the second death, before the next start
    with qtbot.waitSignal(client.picture_ready, timeout=PATIENCE_MS) as caught:
        os.kill(client.process_id, signal.SIGKILL)
    assert caught.args[0].request.camera.metres_per_pixel == 3000.0
    assert next_picture(qtbot, client, 4000.0).request.camera.metres_per_pixel == 4000.0


def test_a_damaged_layer_is_named_and_the_others_are_drawn(qtbot, small_resources, tmp_path):
    import shutil

    damaged = tmp_path / "resources"
    shutil.copytree(small_resources, damaged)
    (damaged / "layers/lanes.prepared").write_bytes(b"ARCTIC PREPARED\nnonsense")
    client = EngineClient(launch(damaged), damaged)
    try:
        client.open_canvas("map")
        with qtbot.waitSignal(client.problem_found, timeout=PATIENCE_MS) as caught:
            pass
        assert "lanes.prepared" in caught.args[0]
        assert client.image(next_picture(qtbot, client)).pixelColor(200, 140).name() == "#f1ede2"
    finally:
        client.shutdown()


def test_a_whole_layer_is_found_by_its_extent(qtbot, client):
    with qtbot.waitSignal(client.features_answered, timeout=PATIENCE_MS) as caught:
        client.find_features(("ports/",), 2000.0)
    (hit,) = caught.args[0].hits
    assert (hit.extent.left, hit.extent.right) == (0.0, 500e3)
    assert hit.outline == ()


def test_what_is_already_in_the_pipe_is_heard_when_listening_starts(qtbot):
    from multiprocessing import Pipe

    from viewer.tasks import Listener

    ours, theirs = Pipe()
    theirs.send("early")
    listener = Listener(ours)
    heard = []
    listener.received.connect(heard.append)
    listener.start()
    qtbot.waitUntil(lambda: heard == ["early"], timeout=PATIENCE_MS)
    theirs.close()
    listener.join()
    ours.close()


def test_memory_that_cannot_be_had_is_told_once_and_the_canvas_hears_of_it(qtbot, client, monkeypatch):
    def refuse(*_, **__):
        raise OSError("no room")

    told, failed = [], []
    client.problem_found.connect(told.append)
    client.picture_failed.connect(failed.append)
    monkeypatch.setattr("viewer.slots.os.posix_fallocate", refuse)
    ask(client)
    ask(client)
    assert len(told) == 1
    assert "memory" in told[0]
    assert failed == ["map", "map"]
    monkeypatch.undo()
    assert next_picture(qtbot, client) is not None


def test_a_canvas_closed_while_its_picture_is_painted_leaves_no_memory(qtbot, client):
    next_picture(qtbot, client)
    ask(client)
    client.close_canvas("map")
    client.open_canvas("map")
    assert next_picture(qtbot, client) is not None


def test_a_look_changed_many_times_reaches_the_engine_as_the_newest(qtbot, client, small_resources):
    from geodata import catalogue
    from viewer.model.layer import LayerStack
    from viewer.model.stack import stack_of

    stack, _ = stack_of(catalogue.read(small_resources / "catalogue.toml"))
    for _ in range(300):
        client.set_look(stack, "light")
    revision = client.set_look(LayerStack(), "light")
    qtbot.waitUntil(lambda: next_picture(qtbot, client).revision == revision, timeout=PATIENCE_MS)


def test_without_shared_memory_pictures_still_come_and_it_is_told_once(qtbot, client, monkeypatch):
    def refuse(*_):
        raise OSError("no room")

    told = []
    client.problem_found.connect(told.append)
    monkeypatch.setattr("viewer.slots.os.memfd_create", refuse)
    first = next_picture(qtbot, client)
    next_picture(qtbot, client, size=(1600, 1200), showing=first.request.slot)
    assert client.image(first).pixelColor(200, 140).name() == "#f1ede2"
    assert len(told) == 1
    assert "temporary files" in told[0]


def test_another_engine_stands_by_and_takes_the_place_of_one_that_is_lost(qtbot, client):
    next_picture(qtbot, client)
    client._preparing.start(0)
    qtbot.waitUntil(lambda: client._spare.is_there, timeout=PATIENCE_MS)
    waiting = client._spare._engine.process.pid
    with qtbot.waitSignal(client.restarted, timeout=PATIENCE_MS):
        os.kill(client.process_id, signal.SIGKILL)
    assert client.process_id == waiting
    assert next_picture(qtbot, client) is not None


def test_one_that_died_or_was_stopped_while_it_stood_by_is_not_taken(qtbot, client):
    for number in (signal.SIGKILL, signal.SIGSTOP):
        next_picture(qtbot, client)
        client._spare.prepare()
        waiting = client._spare._engine
        os.kill(waiting.process.pid, number)
        qtbot.waitUntil(lambda engine=waiting: state_of(engine) in ("Z", "T", ""), timeout=PATIENCE_MS)
        with qtbot.waitSignal(client.restarted, timeout=PATIENCE_MS):
            os.kill(client.process_id, signal.SIGKILL)
        assert client.process_id != waiting.process.pid
        assert next_picture(qtbot, client) is not None


def state_of(engine):
    vitals = engine.vitals()
    return vitals.state if vitals else ""


def test_an_engine_in_an_endless_loop_is_started_again(qtbot, client):
    next_picture(qtbot, client)
    with qtbot.waitSignal(client.restarted, timeout=PATIENCE_MS):
        client._send(Endless())
    assert next_picture(qtbot, client) is not None


class Endless:
    """What nobody who reads it ever comes back from."""

    def __reduce__(self):
        return eval, ("[0 for _ in iter(int, 1)]",)
