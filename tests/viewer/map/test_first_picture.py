import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from viewer.map.canvas import Canvas
from viewer.map.first_picture import FirstPicture


@pytest.fixture
def first(session, engine, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(640, 480)
    made = FirstPicture(session, engine, window)
    yield made
    made.shutdown()


def shown(first, width, height):
    first.setGeometry(0, 0, width, height)
    first.parentWidget().show()
    first.show()
    QApplication.processEvents()


def sizes(engine):
    return [(asked.width_px, asked.height_px) for asked in engine.pictures]


def test_a_map_of_the_size_that_was_expected_is_asked_for_once(first, engine):
    first.expect_size(400, 300)
    assert sizes(engine) == [(400, 300)]
    shown(first, 400, 300)
    assert sizes(engine) == [(400, 300)]


def test_a_map_of_another_size_than_expected_is_asked_for_anew(first, engine, session):
    first.expect_size(400, 300)
    shown(first, 500, 300)
    assert sizes(engine) == [(400, 300), (500, 300)]
    assert (session.viewport.width_px, session.viewport.height_px) == (500, 300)


def test_where_no_size_is_known_nothing_is_asked_for_before_there_is_one(first, engine):
    first.expect_size(0, 0)
    assert engine.pictures == []
    shown(first, 400, 300)
    assert sizes(engine) == [(400, 300)]


def test_a_picture_that_comes_before_the_map_is_shown_is_kept(first, engine, qtbot):
    first.expect_size(400, 300)
    with qtbot.waitSignal(first.picture_arrived):
        engine.finish_picture(canvas="first")
    shown(first, 400, 300)
    assert first.has_picture


def test_a_screen_of_another_scale_needs_another_picture(first, engine, monkeypatch):
    shown(first, 400, 300)
    monkeypatch.setattr(first, "devicePixelRatioF", lambda: 2.0)
    QApplication.sendEvent(first, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert sizes(engine) == [(400, 300), (400, 300)]


def test_the_canvas_goes_on_with_picture_and_labels(first, engine, session):
    first.expect_size(400, 300)
    engine.finish_picture(canvas="first")
    canvas = Canvas(session, engine, first=first)
    first.shutdown()
    assert canvas.snapshot().pixelColor(0, 0).isValid()
    assert canvas._labels is first.labels
    assert "first" not in engine.canvases
    canvas.shutdown()
    canvas.deleteLater()
