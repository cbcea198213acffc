"""The search box: typing, arrows, Enter and Esc."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from viewer.model import palette
from viewer.model.search import Entry, Found
from viewer.panels.icons import Icons
from viewer.panels.search_box import SearchBox

FOUND = [Found(Entry("feature", f"places/{name}", name, detail="Towns")) for name in ("Nome", "Nuuk", "Norilsk")]


@pytest.fixture
def over(qtbot):
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(900, 700)
    over.show()
    return over


@pytest.fixture
def box(over):
    box = SearchBox(over, icons=Icons(Path(), palette.plain("light")))
    box.open()
    box.show_found(FOUND)
    return box


def test_arrows_look_at_answers_and_enter_takes_one(qtbot, box):
    looked, taken = [], []
    box.previewed.connect(looked.append)
    box.chosen.connect(taken.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return):
        qtbot.keyClick(box.line, key)
    assert [found.entry.title for found in looked] == ["Nuuk", "Norilsk", "Nuuk"]
    assert [found.entry.title for found in taken] == ["Nuuk"]
    assert box.isHidden()


def test_enter_takes_the_first_answer(qtbot, box):
    with qtbot.waitSignal(box.chosen) as chosen:
        qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert chosen.args == [FOUND[0]]


def test_a_click_takes_an_answer(qtbot, box):
    row = box.list.visualItemRect(box.list.item(2)).center()
    with qtbot.waitSignal(box.chosen) as chosen:
        qtbot.mouseClick(box.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(row))
    assert chosen.args == [FOUND[2]]


def test_esc_puts_everything_back(qtbot, box):
    with qtbot.waitSignal(box.dismissed):
        qtbot.keyClick(box.line, Qt.Key.Key_Escape)
    assert box.isHidden()


def test_where_nothing_is_found_it_says_what_to_try(qtbot, box):
    qtbot.keyClicks(box.line, "zzz")
    box.show_found(())
    assert box.list.isHidden()
    assert box.words.text().startswith("Nothing is called so.")


def test_it_stands_in_the_middle_and_leaves_the_middle_of_the_map_free(box, over):
    box.show_found(FOUND * 10)
    assert box.x() == pytest.approx((over.width() - box.width()) / 2, abs=1)
    assert box.geometry().bottom() < over.height() / 2
    over.resize(400, 700)
    assert box.geometry().right() < 400


@pytest.mark.parametrize("text", ["q", "n" * 500])
def test_what_is_typed_is_asked_for(qtbot, box, text):
    box.line.clear()
    asked = []
    box.asked.connect(asked.append)
    qtbot.keyClicks(box.line, text)
    assert asked[-1] == text[:120]
