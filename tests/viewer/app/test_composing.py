"""Stories composed on the live map: each change is kept and can be undone; the built-in story is never touched."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from geodata.edits import Edit, Row
from geodata.journal import Journal
from viewer.app.composing import Composing
from viewer.app.own_stories import OwnStories
from viewer.app.record import Record
from viewer.app.story_menu import StoryMenu
from viewer.model import story_file
from viewer.model.camera import Camera
from viewer.model.story import StepView, Story, StoryStep

BUILT_IN = Story(
    "Built in", tuple(StoryStep(name, name.title(), StepView("arctic")) for name in ("one", "two", "three"))
)


@pytest.fixture
def record(session, messages, tmp_path):
    journal = Journal(tmp_path / "work.sqlite")
    yield Record(session, messages, journal)
    journal.close()


@pytest.fixture
def own(record, messages):
    return OwnStories(record, messages)


@pytest.fixture
def marked():
    return [-1]


@pytest.fixture
def composing(session, messages, own, marked):
    made = Composing(session, messages, own, BUILT_IN)
    made.mark_with(lambda: marked[0])
    made.story_changed.connect(lambda _story, mark: marked.__setitem__(0, mark))
    return made


@pytest.fixture
def heard(messages):
    messages.take_waiting()
    told = []
    messages.told.connect(lambda message: told.append(message.text))
    return told


def ids(composing):
    return [step.id for step in composing.story.steps]


def titles(composing):
    return [step.title for step in composing.story.steps]


def test_a_new_story_begins_with_a_cover_of_what_is_seen(composing, session, own):
    session.set_camera(Camera(1e6, -2e6, 3_000.0, 40.0))
    composing.new_story()
    (cover,) = composing.story.steps
    assert (composing.story.title, cover.title, cover.kind) == ("My story", "My story", "cover")
    viewport = session.viewport
    camera = cover.view.camera(viewport.width_px, viewport.height_px)
    assert (camera.x, camera.y) == pytest.approx((1e6, -2e6), abs=0.1)
    assert composing.titles == {"": "Built in", composing.story_id: "My story"}
    assert composing.index == 0


def test_five_steps_are_added_each_after_the_one_that_is_marked(composing, session):
    composing.new_story()
    for number in range(4):
        session.set_camera(Camera(number * 1e5, 0.0, 2_000.0))
        composing.add_step()
    assert titles(composing) == ["My story", "Step 2", "Step 3", "Step 4", "Step 5"]
    assert composing.index == 4
    assert len({step.view for step in composing.story.steps}) == 5


def test_a_step_takes_the_open_card_what_glows_the_legend_and_the_layers(composing, session):
    composing.new_story()
    session.read(session.annotations.get("base"))
    session.set_legend_shown(True)
    session.set_stack(session.stack.with_visible(frozenset(("ports",)), False))
    composing.add_step()
    step = composing.story.steps[1]
    assert (step.title, step.annotation, step.legend) == ("The base", "base", True)
    assert "ports" in step.hidden and "land" in step.shown
    assert not step.is_timed


def test_a_change_of_the_built_in_story_is_made_to_a_copy(composing, heard):
    composing.choose("", mark=1)
    composing.duplicate_step(1)
    assert ids(composing) == ["one", "two", "two-2", "three"]
    assert composing.story.title == "Built in – my copy"
    assert "own copy" in heard[0]
    composing.choose("")
    assert ids(composing) == ["one", "two", "three"]


def test_steps_are_updated_copied_moved_and_deleted_and_each_is_taken_back(composing, session, record):
    composing.take_in(BUILT_IN)
    before = [ids(composing)]
    session.set_camera(Camera(5e5, 5e5, 1_000.0))
    for change in (
        lambda: composing.update_step(0),
        lambda: composing.duplicate_step(0),
        lambda: composing.move_step(0, 3),
        lambda: composing.delete_step(1),
    ):
        change()
        before.append(ids(composing))
    assert before[1:] == [
        ["one", "two", "three"],
        ["one", "one-2", "two", "three"],
        ["one-2", "two", "three", "one"],
        ["one-2", "three", "one"],
    ]
    assert record.journal.undo_name == "delete step Two"
    for expected in reversed(before[:-1]):
        record.undo()
        assert ids(composing) == expected
    assert composing.story.steps == BUILT_IN.steps
    record.redo()
    assert composing.story.steps[0].view != BUILT_IN.steps[0].view


def test_typing_is_one_change(composing, record):
    composing.take_in(BUILT_IN)
    for words in ("S", "So", "So it is."):
        step = composing.story.steps[1]
        composing.change_step(1, type(step)(step.id, step.title, step.view, notes=words))
    assert composing.story.steps[1].notes == "So it is."
    record.undo()
    assert composing.story.steps[1].notes == ""


def test_the_last_step_stays(composing, heard):
    composing.new_story()
    composing.delete_step(0)
    assert len(composing.story.steps) == 1
    assert "at least one step" in heard[-1]


def test_nothing_happens_where_no_step_is_marked(composing, record):
    composing.take_in(BUILT_IN)
    name = record.journal.undo_name
    for change in (composing.update_step, composing.duplicate_step, composing.delete_step):
        change(-1)
    composing.move_step(-1, 0)
    composing.move_step(0, 0)
    assert record.journal.undo_name == name


def test_a_story_is_renamed_with_its_cover_and_no_two_bear_one_name(composing):
    composing.new_story()
    composing.rename("  To the  north ")
    assert composing.story.title == composing.story.steps[0].title == "To the north"
    composing.rename(" ")
    assert composing.story.title == "To the north"
    composing.new_story("To the north")
    assert composing.story.title == "To the north 2"


def test_a_story_that_is_removed_gives_way_to_the_built_in_one_and_comes_back(composing, record):
    composing.new_story()
    removed = composing.story_id
    composing.remove()
    assert composing.story_id == ""
    record.undo()
    assert composing.story_id == removed
    composing.choose("")
    composing.remove()
    assert composing.story.title == "Built in"


def test_a_story_of_the_document_that_cannot_be_read_is_told_and_the_one_before_stays(composing, own, record, heard):
    composing.new_story()
    row = record.journal.state("stories")[composing.story_id]
    broken = row.replace("[[step]]", "[[stop]]")
    name = composing.story_id
    record.push(Edit("break it", (Row("stories", name, row, broken),)))
    assert "no steps" in heard[-1]
    assert composing.story.title == "My story"


@pytest.fixture
def menu(window, messages, composing):
    return StoryMenu(window, messages, composing)


def test_a_story_is_written_to_a_file_and_opened_again_as_it_was(menu, composing, tmp_path, heard):
    composing.take_in(BUILT_IN)
    file = tmp_path / "talk.toml"
    menu.write_file(file)
    assert story_file.read(file) == BUILT_IN
    assert [found.name for found in tmp_path.glob("*.toml")] == ["talk.toml"]
    menu.open_file(file)
    assert composing.story == BUILT_IN
    assert len(composing.titles) == 3


def test_a_broken_file_is_told_with_its_line_and_nothing_is_taken_in(menu, composing, tmp_path, heard):
    file = tmp_path / "broken.toml"
    file.write_text('title = "A"\n[[step]\n', encoding="utf-8")
    menu.open_file(file)
    assert "line 2" in heard[-1]
    assert composing.story is BUILT_IN
    file.write_text("[[step]]\nid = 'a'\ntitle = 'A'\nseconds = 'long'\n", encoding="utf-8")
    menu.open_file(file)
    assert "step 1" in heard[-1] and "seconds is 'long'" in heard[-1]


def test_a_place_that_cannot_be_written_is_told(menu, tmp_path, heard):
    menu.write_file(tmp_path / "nowhere" / "talk.toml")
    assert "cannot be written" in heard[-1]


def test_the_menu_lists_all_stories_and_marks_the_one_that_is_shown(menu, composing):
    composing.new_story()
    menu.menu.aboutToShow.emit()
    entries = [
        entry for entry in menu.menu.actions() if entry.isCheckable() and entry.text() in composing.titles.values()
    ]
    assert [(entry.text(), entry.isChecked()) for entry in entries] == [("Built in", False), ("My story", True)]
    entries[0].trigger()
    assert composing.story_id == ""


def test_every_thing_that_can_be_done_to_a_step_is_in_its_menu(menu, qtbot):
    menu.open_step_menu(QPoint(10, 10))
    (opened,) = [top for top in QApplication.topLevelWidgets() if top.isVisible() and top.inherits("QMenu")]
    assert [action.objectName() for action in opened.actions()] == [
        "add_step",
        "update_step",
        "step_form",
        "duplicate_step",
        "step_earlier",
        "step_later",
        "delete_step",
    ]
    assert all(isinstance(action, QAction) and action.shortcut() for action in opened.actions())
    qtbot.keyClick(opened, Qt.Key.Key_Escape)
