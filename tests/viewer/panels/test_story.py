"""The strip of steps, and the form of one."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from viewer.model import palette
from viewer.model.story import StepView, Story, StoryStep
from viewer.panels.icons import Icons
from viewer.panels.step_form import StepForm
from viewer.panels.story import StoryStrip

RESOURCES = Path(__file__).parents[3] / "resources"
STORY = Story("Talk", tuple(StoryStep(name, name.title(), StepView("arctic")) for name in ("one", "two", "three")))


@pytest.fixture
def colours():
    return palette.read(RESOURCES / "styles" / "palette.toml")["light"]


@pytest.fixture
def strip(qtbot, colours):
    made = StoryStrip(STORY, icons=Icons(RESOURCES / "icons", colours))
    made.resize(1200, 92)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def drag(qtbot, card, onto, *, side):
    """Drag a card past the middle of another one."""
    at = card.mapFromGlobal(onto.mapToGlobal(QPoint(onto.width() // 2 + side, 20)))
    qtbot.mousePress(card, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    qtbot.mouseMove(card, QPoint(60, 20))
    qtbot.mouseMove(card, at)
    qtbot.mouseRelease(card, Qt.MouseButton.LeftButton, pos=at)


def test_a_card_says_number_time_kind_and_title(strip):
    steps = (STORY.steps[0], replace(STORY.steps[1], kind="cover", is_timed=False))
    strip.show_story(Story("Other", steps))
    heads = [card.findChild(QLabel, "storyStepHead").text() for card in strip.cards]
    assert heads == ["1  ·  1:00", "2  ·  no time yet  ·  Cover"]
    assert [card.accessibleName() for card in strip.cards] == ["Step 1: One", "Step 2: Two"]
    assert strip.name.accessibleName() == "Story: Other"


def test_a_click_chooses_a_step_and_a_drag_moves_it(strip, qtbot):
    chosen, moved = [], []
    strip.step_chosen.connect(chosen.append)
    strip.step_moved.connect(lambda number, to: moved.append((number, to)))
    qtbot.mouseClick(strip.cards[1], Qt.MouseButton.LeftButton)
    assert (chosen, moved) == ([1], [])
    drag(qtbot, strip.cards[0], strip.cards[2], side=20)
    drag(qtbot, strip.cards[2], strip.cards[0], side=-20)
    drag(qtbot, strip.cards[0], strip.cards[1], side=-20)
    assert moved == [(0, 2), (2, 0)]
    assert chosen == [1]


def test_keys_on_a_card_move_delete_and_edit_it(strip, qtbot):
    pressed = []
    strip.key_pressed.connect(lambda number, deed: pressed.append((number, deed)))
    card = strip.cards[1]
    qtbot.keyClick(card, Qt.Key.Key_Delete)
    qtbot.keyClick(card, Qt.Key.Key_F2)
    qtbot.keyClick(card, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(card, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [(1, "delete"), (1, "edit"), (1, "earlier"), (1, "later")]


def test_the_mark_and_the_keys_stay_where_they_are_when_the_story_changes(strip):
    strip.show_step(1)
    strip.cards[1].setFocus()
    strip.show_story(Story("Talk", STORY.steps[1:]))
    assert strip.index == 1
    assert [card.isChecked() for card in strip.cards] == [False, True]
    strip.show_story(Story("Talk", STORY.steps[:1]))
    assert strip.index == 0


def test_a_picture_is_shown_on_its_card_and_one_for_no_card_is_passed_over(strip):
    image = QImage(160, 90, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    strip.set_picture(1, image)
    strip.set_picture(9, image)
    assert [card.has_picture for card in strip.cards] == [False, True, False]


@pytest.fixture
def form(qtbot, colours):
    made = StepForm(colours)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_form_says_what_to_do_while_no_step_is_marked(form):
    assert form.step is None
    assert not form.title.isVisible()
    form.show_step(STORY.steps[0])
    assert form.title.isVisible()


def test_what_is_written_is_told_after_a_pause_as_one_change(form, qtbot):
    told = []
    form.changed.connect(told.append)
    form.show_step(STORY.steps[0])
    qtbot.keyClicks(form.title, " and all")
    form.notes.edit.setPlainText("Say it.")
    form.seconds.setValue(45)
    qtbot.waitUntil(lambda: bool(told))
    (step,) = told
    assert (step.title, step.notes, step.duration_s, step.is_timed) == ("One and all", "Say it.", 45.0, True)


def test_showing_a_step_tells_nothing_and_leaves_the_cursor_of_whoever_writes_it(form, qtbot):
    told = []
    form.changed.connect(told.append)
    form.show_step(STORY.steps[0])
    form.title.setCursorPosition(1)
    form.show_step(STORY.steps[0])
    assert form.title.cursorPosition() == 1
    form.flush()
    assert told == []


def test_every_choice_of_the_form_comes_back_as_it_was_chosen(form):
    told = []
    form.changed.connect(told.append)
    wanted = replace(
        STORY.steps[0],
        kind="closing",
        transition="cut",
        viewpoint="russia",
        legend=True,
        date="2025-08",
        caption="Words.",
        duration_s=12.0,
    )
    form.show_step(wanted)
    assert form.step == wanted
    form.kind.setCurrentIndex(form.kind.findData("map"))
    form.date.setText("soon")
    form.flush()
    assert told == [replace(wanted, kind="map")]


def test_a_time_that_was_not_said_stays_unsaid(form):
    untimed = replace(STORY.steps[0], is_timed=False)
    form.show_step(untimed)
    assert form.seconds.text() == "Not said yet"
    assert form.step == untimed
