"""Keys while the map has the focus."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from viewer.map.canvas import Canvas
from viewer.model.views import home

Key, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier


def press(canvas, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(canvas, key, modifiers)


@pytest.mark.parametrize(
    ("key", "shows"), [(Key.Key_Left, (-1, 0)), (Key.Key_Right, (1, 0)), (Key.Key_Up, (0, -1)), (Key.Key_Down, (0, 1))]
)
def test_an_arrow_shows_more_of_what_lies_that_way(canvas, session, key, shows):
    before = session.viewport
    press(canvas, key)
    right, down = before.to_screen(session.camera.x, session.camera.y)
    assert (right - 400, down - 300) == pytest.approx((shows[0] * 90, shows[1] * 90))


@pytest.mark.parametrize(("key", "factor"), [(Key.Key_Plus, 1.5), (Key.Key_Equal, 1.5), (Key.Key_Minus, 1 / 1.5)])
def test_plus_and_minus_zoom_about_the_middle(canvas, session, key, factor):
    before = session.camera
    press(canvas, key)
    assert session.camera.metres_per_pixel == pytest.approx(before.metres_per_pixel / factor)
    assert (session.camera.x, session.camera.y) == pytest.approx((before.x, before.y))


@pytest.mark.parametrize(("key", "turn"), [(Key.Key_Left, 7.5), (Key.Key_Right, -7.5)])
def test_shift_and_an_arrow_turn_the_map_about_the_middle(canvas, session, key, turn):
    before = session.camera
    press(canvas, key, SHIFT)
    assert session.camera.bearing_deg == pytest.approx(before.bearing_deg + turn)
    assert (session.camera.x, session.camera.y) == pytest.approx((before.x, before.y))


@pytest.mark.parametrize("key", [Key.Key_0, Key.Key_Home])
def test_home_shows_the_whole_arctic(canvas, session, key):
    press(canvas, key)
    assert session.camera == home(session.viewport)


def test_keys_in_quick_succession_add_up(canvas, session, motion):
    motion.reduced = False
    before = session.viewport
    for _ in range(3):
        press(canvas, Key.Key_Right)
    motion.reduced = True
    press(canvas, Key.Key_Right)
    assert before.to_screen(session.camera.x, session.camera.y) == pytest.approx((400 + 4 * 90, 300))


def test_tab_goes_from_the_middle_outwards_and_round(canvas, session, engine, make_hit):
    near, far = make_hit("ports/near"), make_hit("ports/far")
    press(canvas, Key.Key_Tab)
    asked = engine.in_view[-1]
    assert (asked.camera, asked.width_px, asked.height_px) == (session.camera, 800, 600)
    engine.answer_in_view(near, far)
    gone = [session.hovered.reference]
    for _ in range(2):
        press(canvas, Key.Key_Tab)
        gone.append(session.hovered.reference)
    assert gone == ["ports/near", "ports/far", "ports/near"]
    assert len(engine.in_view) == 1


def test_shift_tab_goes_the_other_way(canvas, session, engine, make_hit):
    press(canvas, Key.Key_Backtab, SHIFT)
    engine.answer_in_view(make_hit("ports/near"), make_hit("ports/mid"), make_hit("ports/far"))
    assert session.hovered.reference == "ports/far"
    press(canvas, Key.Key_Backtab, SHIFT)
    assert session.hovered.reference == "ports/mid"


def test_tab_asks_anew_after_the_view_moved(canvas, session, engine, make_hit):
    press(canvas, Key.Key_Tab)
    engine.answer_in_view(make_hit("ports/near"))
    press(canvas, Key.Key_Plus)
    press(canvas, Key.Key_Tab)
    assert len(engine.in_view) == 2
    engine.answer_in_view(make_hit("ports/other"))
    assert session.hovered.reference == "ports/other"


def test_a_walk_that_a_dying_engine_never_answered_is_asked_again(canvas, session, engine, make_hit):
    press(canvas, Key.Key_Tab)
    engine.restarted.emit()
    engine.answer_in_view(make_hit("ports/near"))
    assert session.hovered.reference == "ports/near"


def test_tab_in_an_empty_view_does_nothing(canvas, session, engine):
    press(canvas, Key.Key_Tab)
    engine.answer_in_view()
    assert session.hovered is None


def test_enter_opens_where_the_walk_stands(canvas, session, engine, make_hit):
    press(canvas, Key.Key_Tab)
    engine.answer_in_view(make_hit("ports/near"))
    press(canvas, Key.Key_Return)
    assert session.selection.reference == "ports/near"


def test_the_pointer_takes_over_from_the_walk(canvas, session, engine, hand, make_hit):
    press(canvas, Key.Key_Tab)
    engine.answer_in_view(make_hit("ports/near"))
    hand.move(100, 100)
    engine.answer_hover(make_hit("land/island"))
    press(canvas, Key.Key_Return)
    assert session.selection is None


def test_a_step_back_ends_the_walk_and_leaves_the_selection_to_the_window(canvas, session, engine, make_hit):
    session.select(make_hit("land/island"))
    press(canvas, Key.Key_Tab)
    engine.answer_in_view(make_hit("ports/near"))
    assert canvas.step_back()
    assert session.hovered is None
    assert not canvas.step_back()
    assert session.selection.reference == "land/island"


def test_a_step_back_puts_a_drag_back_where_it_began(canvas, session, hand):
    before = session.camera
    hand.press(200, 150)
    hand.move(300, 250, button=Qt.MouseButton.LeftButton)
    assert session.camera != before
    assert canvas.step_back()
    assert session.camera == before
    assert canvas.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
    hand.move(350, 250, button=Qt.MouseButton.LeftButton)
    hand.release(350, 250)
    assert session.camera == before
    assert not canvas.is_moving_by_itself
    assert not canvas.step_back()


def test_a_step_back_lets_what_glows_go_out(canvas, session, make_hit):
    session.set_glow((make_hit("land/island"),))
    assert canvas.step_back()
    assert session.glow == ()
    assert not canvas.step_back()


def test_what_glows_for_a_selection_goes_out_with_it_and_not_before(canvas, session, make_hit):
    session.select(make_hit("ports/haven"))
    session.set_glow((make_hit("land/island"),))
    assert not canvas.step_back()
    assert len(session.glow) == 1


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Return, Key.Key_L, Key.Key_F5, Key.Key_F6])
def test_a_key_that_means_nothing_here_is_left_to_the_window(canvas, key):
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, event)
    assert not event.isAccepted()


@pytest.mark.parametrize("key", [Key.Key_0, Key.Key_Plus])
def test_keys_with_ctrl_are_left_to_the_window(canvas, session, key):
    before = session.camera
    press(canvas, key, Qt.KeyboardModifier.ControlModifier)
    assert session.camera == before


def test_tab_does_not_leave_the_map(session, engine, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    before, canvas, after = QPushButton("before"), Canvas(session, engine), QPushButton("after")
    for widget in (before, canvas, after):
        layout.addWidget(widget)
    window.resize(500, 400)
    window.show()
    qtbot.waitActive(window)
    for key, modifiers in ((Key.Key_Tab, Qt.KeyboardModifier.NoModifier), (Key.Key_Backtab, SHIFT)):
        canvas.setFocus()
        press(canvas, key, modifiers)
        assert window.focusWidget() is canvas
    canvas.shutdown()


def test_the_map_has_a_name_for_screen_readers(canvas):
    assert canvas.accessibleName() == "Map of the Arctic"
    assert canvas.focusPolicy() == Qt.FocusPolicy.StrongFocus
