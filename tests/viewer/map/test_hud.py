"""The live numbers: shown when asked for, measured only then, and in no copy of the view."""

import time

import numpy as np
from PySide6.QtGui import QImage

PANEL = (slice(420, 530), slice(30, 300))


def seen(canvas):
    image = canvas.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)[PANEL].copy()


def values(canvas):
    return dict(canvas._hud.lines())


def test_the_numbers_are_shown_and_put_away(canvas, engine):
    engine.finish_picture()
    before = seen(canvas)
    canvas.set_hud_shown(True)
    assert (seen(canvas) != before).any()
    canvas.set_hud_shown(False)
    assert (seen(canvas) == before).all()


def test_a_copy_of_the_view_does_not_show_them(canvas, engine):
    engine.finish_picture()
    before = canvas.snapshot()
    canvas.set_hud_shown(True)
    canvas.viewport().repaint()
    assert canvas.snapshot() == before


def test_they_tell_of_frames_pictures_and_memory_with_their_units(canvas, session, engine, qtbot):
    canvas.set_hud_shown(True)
    assert values(canvas)["Sharp after"] == "–"
    for _ in range(5):
        session.set_camera(session.viewport.moved(5, 0))
        canvas.viewport().repaint()
    assert canvas._hud.meter.frames == 4
    engine.finish_picture(painted_ms=31.4)
    canvas.viewport().repaint()
    found = values(canvas)
    assert found["Picture painted in"] == "31 ms"
    assert found["Sharp after"].endswith(" ms")
    assert found["Between frames"].endswith(" ms")
    assert " MB in " in found["Memory"]


def test_hidden_they_measure_nothing(canvas, session):
    for _ in range(5):
        session.set_camera(session.viewport.moved(5, 0))
        canvas.viewport().repaint()
    assert canvas._hud.meter.frames == 0


def test_words_are_painted_four_times_a_second_and_not_in_every_frame(canvas, session, monkeypatch):
    canvas.set_hud_shown(True)
    canvas.viewport().repaint()
    painted = []
    paint = canvas._hud._painted
    monkeypatch.setattr(canvas._hud, "_painted", lambda scale: (painted.append(scale), paint(scale))[1])
    began = time.perf_counter()
    monkeypatch.setattr(time, "perf_counter", (began + index * 0.01 for index in range(10_000)).__next__)
    for _ in range(100):
        session.set_camera(session.viewport.moved(1, 0))
        canvas.viewport().repaint()
    assert 2 <= len(painted) <= 14
