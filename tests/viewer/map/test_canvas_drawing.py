"""A tool that draws is served before the map is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest


class Noting:
    """A tool that notes what it is told and takes what it is said to take."""

    def __init__(self, *, takes):
        self.takes = takes
        self.told = []
        self.is_painted = False

    def _note(self, name):
        self.told.append(name)
        return self.takes

    def pressed(self, mouse):
        return self._note("pressed")

    def moved(self, mouse):
        if self.told[-1:] != ["moved"]:
            self._note("moved")

    def released(self, mouse):
        self._note("released")

    def clicked(self, mouse):
        self._note("clicked")

    def double_clicked(self, mouse):
        return self._note("double_clicked")

    def key(self, key):
        return self._note("key")

    def cancel(self):
        return self._note("cancel")

    def paint(self, painter):
        self.is_painted = True


@pytest.fixture
def taking(canvas):
    tool = Noting(takes=True)
    canvas.set_drawing(tool)
    return tool


@pytest.fixture
def leaving(canvas):
    tool = Noting(takes=False)
    canvas.set_drawing(tool)
    return tool


def test_a_drag_that_the_tool_takes_does_not_move_the_map(session, hand, taking, engine):
    before = session.camera
    hand.drag((200, 150), (230, 170), (300, 250))
    assert session.camera == before
    assert taking.told == ["pressed", "moved", "released"]
    assert engine.clicks == []


def test_a_drag_that_the_tool_leaves_moves_the_map(session, hand, leaving):
    held = session.viewport.to_map(200, 150)
    hand.drag((200, 150), (230, 170), (300, 250))
    assert session.viewport.to_screen(*held) == pytest.approx((300, 250))
    assert leaving.told == ["pressed"]


def test_a_click_goes_to_the_tool_and_selects_nothing(hand, leaving, engine):
    hand.click(400, 300)
    assert leaving.told[-1] == "clicked"
    assert engine.clicks == []


def test_a_double_click_that_the_tool_takes_does_not_zoom(session, hand, taking):
    before = session.camera
    hand.double_click(400, 300)
    assert "double_clicked" in taking.told
    assert session.camera == before


def test_a_key_is_offered_to_the_tool_first(session, canvas, taking):
    before = session.camera
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert taking.told == ["key"]
    assert session.camera == before


def test_escape_gives_up_what_is_drawn(canvas, hand, taking):
    hand.press(200, 150)
    assert canvas.step_back()
    hand.release(300, 250)
    assert taking.told == ["pressed", "cancel"]


def test_what_is_drawn_is_on_a_copy_of_the_view_and_gone_with_the_tool(canvas, hand, taking, engine):
    canvas.snapshot()
    assert taking.is_painted
    canvas.set_drawing(None)
    hand.click(400, 300)
    assert len(engine.clicks) == 1
    assert taking.told == []
