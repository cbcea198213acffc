"""Mouse and wheel over the map."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QToolTip

from viewer.engine.messages import PickAnswer

RIGHT = Qt.MouseButton.RightButton


def test_a_drag_moves_the_map_with_the_pointer(session, hand):
    held = session.viewport.to_map(200, 150)
    hand.drag((200, 150), (230, 170), (300, 250))
    assert session.viewport.to_screen(*held) == pytest.approx((300, 250))


def test_a_drag_does_not_select(session, hand, engine):
    hand.drag((200, 150), (300, 250))
    assert engine.clicks == []


def test_a_pointer_that_trembles_within_four_pixels_clicks_and_does_not_drag(session, hand, engine):
    before = session.camera
    hand.drag((200, 150), (203, 151))
    assert session.camera == before
    assert len(engine.clicks) == 1


def test_a_click_asks_what_lies_at_that_point_of_the_map(session, hand, engine):
    hand.click(321, 123)
    asked = engine.clicks[-1]
    assert session.viewport.to_screen(asked.x, asked.y) == pytest.approx((321, 123))
    assert asked.metres_per_pixel == session.camera.metres_per_pixel


def test_a_click_selects_the_topmost_feature(session, hand, engine, make_hit):
    hand.click(400, 300)
    engine.answer_click(make_hit("ports/haven"), make_hit("land/island"))
    assert session.selection.reference == "ports/haven"


def test_a_click_on_open_sea_clears_the_selection(session, hand, engine, make_hit):
    session.select(make_hit("land/island"))
    hand.click(400, 300)
    engine.answer_click()
    assert session.selection is None


def test_a_second_click_in_place_goes_to_the_next_feature_below_and_round(session, hand, engine, make_hit):
    below = (make_hit("ports/haven"), make_hit("lanes/lane"), make_hit("land/island"))
    selected = []
    for _ in range(4):
        hand.click(400, 300)
        engine.answer_click(*below)
        selected.append(session.selection.reference)
    assert selected == ["ports/haven", "lanes/lane", "land/island", "ports/haven"]


def test_a_click_elsewhere_begins_at_the_top_again(session, hand, engine, make_hit):
    below = (make_hit("ports/haven"), make_hit("land/island"))
    for x in (400, 450):
        hand.click(x, 300)
        engine.answer_click(*below)
    assert session.selection.reference == "ports/haven"


def test_only_the_last_click_counts_where_answers_are_late(session, hand, engine, make_hit):
    hand.click(100, 100)
    late = engine.clicks[-1]
    hand.click(400, 300)
    engine.answer_click(make_hit("ports/haven"))
    engine.pick_answered.emit(PickAnswer(late, (make_hit("land/island"),)))
    assert session.selection.reference == "ports/haven"


def test_a_click_that_a_dying_engine_never_answered_is_asked_again(session, hand, engine, make_hit):
    hand.click(400, 300)
    engine.restarted.emit()
    assert len(engine.clicks) == 2
    engine.answer_click(make_hit("ports/haven"))
    assert session.selection.reference == "ports/haven"


def test_a_double_click_zooms_in_about_the_pointer_and_does_not_go_below(session, hand, engine, make_hit):
    held = session.viewport.to_map(200, 450)
    before = session.camera.metres_per_pixel
    hand.double_click(200, 450)
    engine.answer_click(make_hit("ports/haven"), make_hit("land/island"))
    assert session.camera.metres_per_pixel == pytest.approx(before / 2)
    assert session.viewport.to_screen(*held) == pytest.approx((200, 450))
    assert len(engine.clicks) == 1
    assert session.selection.reference == "ports/haven"


@pytest.mark.parametrize("key", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier])
def test_a_double_click_with_ctrl_or_shift_zooms_out(session, hand, key):
    before = session.camera.metres_per_pixel
    hand.double_click(200, 450, modifiers=key)
    assert session.camera.metres_per_pixel == pytest.approx(before * 2)


@pytest.mark.parametrize("angle", [120, -120, 480, 15, -7])
def test_the_wheel_zooms_about_the_pointer(session, hand, angle):
    held = session.viewport.to_map(650, 90)
    before = session.camera.metres_per_pixel
    hand.wheel(650, 90, angle=angle)
    assert session.camera.metres_per_pixel == pytest.approx(before / 2 ** (angle / 240))
    assert session.viewport.to_screen(*held) == pytest.approx((650, 90))


def test_a_trackpad_zooms_by_the_pixels_it_tells(session, hand):
    before = session.camera.metres_per_pixel
    hand.wheel(400, 300, pixels=200, angle=30)
    assert session.camera.metres_per_pixel == pytest.approx(before / 2)


def test_the_right_button_turns_the_map_about_the_point_that_was_pressed(session, hand):
    held = session.viewport.to_map(200, 150)
    before = session.camera
    hand.drag((200, 150), (240, 150), (300, 150), button=RIGHT)
    assert session.viewport.to_screen(*held) == pytest.approx((200, 150))
    assert session.camera.bearing_deg != pytest.approx(before.bearing_deg)
    assert session.camera.metres_per_pixel == before.metres_per_pixel


def test_the_right_button_without_moving_asks_for_the_menu_of_that_place(session, canvas, hand, engine):
    spy = QSignalSpy(canvas.context_menu_requested)
    hand.click(250, 350, button=RIGHT)
    engine.answer_click()
    assert spy.count() == 1
    place, point = spy.at(0)
    assert place == canvas.viewport().mapToGlobal(QPoint(250, 350))
    assert session.viewport.to_screen(*point) == pytest.approx((250, 350))


def test_the_menu_waits_until_it_is_known_what_lies_there(session, canvas, hand, engine, make_hit):
    hovered = []
    canvas.context_menu_requested.connect(lambda *_: hovered.append(session.hovered.reference))
    hand.click(250, 350, button=RIGHT)
    engine.restarted.emit()
    assert hovered == []
    engine.answer_click(make_hit("ports/haven"))
    assert hovered == ["ports/haven"]
    assert session.selection is None


def test_turning_asks_for_no_menu(canvas, hand):
    spy = QSignalSpy(canvas.context_menu_requested)
    hand.drag((200, 150), (300, 150), button=RIGHT)
    assert spy.count() == 0


def test_the_pointer_tells_where_on_the_map_it_is(session, hand):
    told = []
    session.position_changed.connect(told.append)
    hand.move(123, 234)
    assert session.viewport.to_screen(*told[-1]) == pytest.approx((123, 234))


def test_a_pointer_that_leaves_is_nowhere(session, canvas, hand, make_hit):
    told = []
    session.position_changed.connect(told.append)
    hand.move(123, 234)
    session.hover(make_hit("land/island"))
    canvas.leave()
    assert told[-1] is None
    assert session.hovered is None


def test_the_feature_under_the_pointer_is_hovered_with_a_hand(session, canvas, hand, engine, make_hit):
    hand.move(123, 234)
    engine.answer_hover(make_hit("ports/haven"), make_hit("land/island"))
    assert session.hovered.reference == "ports/haven"
    assert canvas.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor


def test_hovering_asks_nothing_more_until_the_answer_is_there(hand, engine, qtbot):
    for x in range(100, 140):
        hand.move(x, 200)
    assert len(engine.picks) == 1
    engine.answer_hover()
    qtbot.waitUntil(lambda: len(engine.picks) == 2)
    assert engine.picks[-1].x != engine.picks[0].x


def test_what_the_pointer_came_to_while_the_answer_was_late_is_asked_then(canvas, hand, engine, qtbot):
    for x in (100, 110, 120):
        hand.move(x, 200)
    (pause,) = (timer for timer in canvas.findChildren(QTimer) if timer.interval() == 33)
    qtbot.waitUntil(lambda: not pause.isActive())
    assert len(engine.picks) == 1
    engine.answer_hover()
    assert len(engine.picks) == 2
    assert engine.picks[-1].x != engine.picks[0].x


def test_a_drag_that_turns_out_to_be_a_pinch_lets_go_of_the_map(session, canvas, hand):
    hand.press(200, 150)
    hand.move(300, 250, button=Qt.MouseButton.LeftButton)
    assert canvas.viewport().cursor().shape() == Qt.CursorShape.ClosedHandCursor
    pinch = QPinchGesture()
    QApplication.sendEvent(canvas.viewport(), QGestureEvent([pinch]))
    assert canvas.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
    held = session.camera
    hand.move(350, 300, button=Qt.MouseButton.LeftButton)
    assert session.camera == held


def test_a_map_that_was_thrown_goes_on_and_comes_to_rest(session, hand, motion, qtbot):
    motion.reduced = False
    held = session.viewport.to_map(400, 300)
    hand.drag((400, 300), (420, 300), (440, 300), (460, 300), rest_ms=0)
    assert session.viewport.to_screen(*held) == pytest.approx((460, 300))
    qtbot.waitUntil(lambda: session.viewport.to_screen(*held)[0] > 480)


def test_a_press_stops_a_thrown_map(session, hand, motion, canvas):
    motion.reduced = False
    hand.drag((400, 300), (440, 300), (480, 300), rest_ms=0)
    assert canvas.is_moving_by_itself
    hand.press(100, 100)
    assert not canvas.is_moving_by_itself


def test_a_pointer_that_rested_before_it_let_go_throws_nothing(hand, motion, canvas):
    motion.reduced = False
    hand.drag((400, 300), (440, 300), (480, 300), rest_ms=200)
    assert not canvas.is_moving_by_itself


def test_a_pointer_that_rests_on_a_feature_is_told_its_name_and_never_its_markup(session, canvas, make_hit, qtbot):
    def rest():
        place = QPoint(300, 200)
        event = QHelpEvent(QEvent.Type.ToolTip, place, canvas.viewport().mapToGlobal(place))
        QApplication.sendEvent(canvas.viewport(), event)
        return QToolTip.text()

    session.hover(make_hit("ports/haven", name="Haven <i>& Sons"))
    assert "Haven &lt;i&gt;&amp; Sons" in rest()
    session.hover(make_hit("ports/creek"))
    assert "Creek" in QToolTip.text()
    session.hover(None)
    rest()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
