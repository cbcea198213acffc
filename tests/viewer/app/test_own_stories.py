"""A story's steps are kept, taken back and done again with all else, and are there at the next start."""

import pytest

from geodata.edits import Edit, Row
from geodata.journal import Journal
from geodata.own_stories import STORIES, OwnStory
from viewer.app.own_stories import OwnStories
from viewer.app.record import Record

FIRST = OwnStory("own_1", "A talk", 'title = "A talk"\n')
SECOND = OwnStory("own_1", "A talk", 'title = "A talk"\nsubtitle = "Twice"\n')


@pytest.fixture
def journal(tmp_path):
    opened = Journal(tmp_path / "journal.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def record(session, messages, journal):
    return Record(session, messages, journal)


@pytest.fixture
def own(record, messages):
    return OwnStories(record, messages)


def test_each_change_of_a_story_is_one_step_with_a_name(own, record, qtbot):
    heard = []
    own.changed.connect(heard.append)
    assert own.keep("add story A talk", FIRST)
    assert own.keep("move step One", SECOND)
    assert record.journal.undo_name == "move step One"
    record.undo()
    assert own.stories == {"own_1": FIRST}
    record.undo()
    assert own.stories == {}
    record.redo()
    record.redo()
    assert own.stories == {"own_1": SECOND}
    assert own.remove("own_1")
    assert own.stories == {}
    record.undo()
    assert own.stories == {"own_1": SECOND}
    assert heard == ["own_1"] * 8


def test_what_is_kept_twice_alike_is_no_step(own, record):
    own.keep("add story A talk", FIRST)
    own.keep("edit story A talk", FIRST)
    assert record.journal.undo_name == "add story A talk"


def test_a_gesture_is_one_step(own, record):
    own.keep("add story A talk", FIRST)
    own.keep("edit notes", SECOND, is_gesture=True)
    own.keep("edit notes", OwnStory("own_1", "A talk", "a = 1"), is_gesture=True)
    record.undo()
    assert own.stories == {"own_1": FIRST}


def test_stories_of_the_last_time_are_there(own, record, messages):
    own.keep("add story A talk", FIRST)
    assert OwnStories(record, messages).stories == {"own_1": FIRST}


def test_a_story_that_cannot_be_read_is_told_and_left_out(own, record, messages):
    own.keep("add story A talk", FIRST)
    messages.take_waiting()
    told = []
    messages.told.connect(lambda message: told.append(message.text))
    broken = record.journal.state(STORIES)["own_1"].replace("title = ", "title : ")
    record.push(Edit("break it", (Row(STORIES, "own_1", None, broken),)))
    assert "A story of the document cannot be read" in told[0]
    assert own.stories == {}
