import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from geodata.annotations import Annotation, AnnotationSet
from geodata.article import Article, Passage, Section
from viewer.app.travelling import Travelling, reading_order
from viewer.model.camera import Camera

FIRST = Annotation("first", "First", "fact", "fact", "One.", passage="one", targets=("ports/one",))
LAST = Annotation("last", "Last", "fact", "fact", "Two.", passage="two", targets=("ports/two",))
FREE = Annotation("free", "Free", "fact", "fact", "Three.", targets=("ports/three",))
ARTICLE = Article(
    "T",
    "",
    "en",
    (Section("s", "S", "Here is one and two."),),
    (Passage("one", "s", "one"), Passage("two", "s", "two")),
)
PLACES = {
    "ports/one": Camera(0.0, 0.0, 900.0),
    "ports/two": Camera(2e6, 0.0, 900.0),
    "ports/three": Camera(4e6, 0, 9e2),
}


@pytest.fixture
def travelling(session, window):
    session.article = ARTICLE
    session.set_annotations(AnnotationSet((LAST, FREE, FIRST)))
    session.flight_requested.connect(session.set_camera)
    session.features_requested.connect(lambda references: session.set_camera(PLACES[references[0]]))
    desk = Travelling(session, window)
    yield desk
    desk.shutdown()


def rest(qtbot, travelling, count):
    qtbot.waitUntil(lambda: len(travelling.visits.all) == count and not travelling.is_waiting)


def test_annotations_follow_the_article_and_those_without_a_passage_come_last():
    assert reading_order(ARTICLE, AnnotationSet((LAST, FREE, FIRST))) == (FIRST, LAST, FREE)
    assert reading_order(None, AnnotationSet((LAST, FREE))) == (LAST, FREE)


def test_the_keys_for_next_and_previous_go_through_all_annotations_and_round(qtbot, travelling, session, window):
    seen = []
    for _ in range(4):
        QTest.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        seen.append(session.annotation.id)
    QTest.keyClick(window, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert (seen, session.annotation.id) == (["first", "last", "free", "first"], "free")


def test_back_and_forward_bring_camera_and_annotation_again(qtbot, travelling, session, window):
    rest(qtbot, travelling, 1)
    start = session.camera
    for count, annotation in enumerate((FIRST, LAST), start=2):
        session.open_annotation(annotation)
        rest(qtbot, travelling, count)
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert (session.camera, session.annotation) == (PLACES["ports/one"], FIRST)
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert (session.camera, session.annotation) == (start, None)
    QTest.mouseClick(window, Qt.MouseButton.ForwardButton, pos=QPointF(300, 300).toPoint())
    QTest.mouseClick(window, Qt.MouseButton.ForwardButton, pos=QPointF(300, 300).toPoint())
    assert (session.camera, session.annotation) == (PLACES["ports/two"], LAST)
    rest(qtbot, travelling, 3)


def test_back_is_offered_only_where_there_is_a_place_before(qtbot, travelling, session, window):
    rest(qtbot, travelling, 1)
    assert not window.window_actions["back"].isEnabled()
    session.fly_to(Camera(3e6, 0.0, 500.0))
    rest(qtbot, travelling, 2)
    assert window.window_actions["back"].isEnabled()
    assert not window.window_actions["forward"].isEnabled()


def test_a_hand_that_moves_the_map_a_little_makes_no_new_place(qtbot, travelling, session, window):
    rest(qtbot, travelling, 1)
    session.set_camera(session.viewport.moved(20, 0))
    rest(qtbot, travelling, 1)
    assert travelling.visits.present.camera == session.camera


def test_what_is_only_looked_at_is_no_place_visited(qtbot, travelling, session):
    rest(qtbot, travelling, 1)
    start = session.camera
    travelling.look_about()
    session.show_features(("ports/one",))
    session.show_features(("ports/two",))
    session.fly_to(start)
    travelling.go_on(stays=False)
    rest(qtbot, travelling, 1)
    travelling.look_about()
    session.show_features(("ports/one",))
    session.show_features(("ports/two",))
    travelling.go_on(stays=True)
    rest(qtbot, travelling, 2)
    assert travelling.visits.present.camera == PLACES["ports/two"]
