"""Stories are rows of a document like all else: kept, taken back, told by the history, merged and read from Python."""

import pytest

import geodata.document
from geodata.edits import Edit
from geodata.errors import DocumentError
from geodata.journal import Journal
from geodata.own_stories import STORIES, OwnStory, edit_of, story_of, text_of

TALK = OwnStory("own_1", "A talk", 'title = "A talk"\n[[step]]\nid = "a"\ntitle = "Ærøskøbing"\nview = "arctic"\n')


def test_a_story_comes_back_from_its_row_as_it_was():
    assert story_of(text_of(TALK)) == TALK


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"id": "", "title": "", "text": ""}', '{"id": "a", "title": "b", "text": "a = ["}']
)
def test_a_row_that_is_no_story_is_an_error_in_plain_words(text):
    with pytest.raises(DocumentError, match="story of the document"):
        story_of(text)


def test_a_story_that_did_not_change_is_no_step():
    assert edit_of("edit story", TALK, TALK) == Edit("edit story", ())


def test_steps_of_a_story_are_taken_back_after_the_working_copy_was_closed(tmp_path):
    longer = OwnStory(TALK.id, TALK.title, TALK.text + '[[step]]\nid = "b"\ntitle = "B"\nview = "arctic"\n')
    journal = Journal(tmp_path / "journal.sqlite")
    journal.commit(edit_of("add story A talk", None, TALK))
    journal.commit(edit_of("add step B", TALK, longer))
    journal.close()
    journal = Journal(tmp_path / "journal.sqlite")
    assert journal.undo_name == "add step B"
    journal.undo()
    assert story_of(journal.state(STORIES)["own_1"]) == TALK
    journal.undo()
    assert journal.state(STORIES) == {}
    journal.close()


def test_a_document_gives_and_takes_stories_from_python(tmp_path):
    file = tmp_path / "talk.arcticmap"
    with geodata.document.open(file, who="ana") as document:
        document.set_story("own_1", TALK.text, title="A talk", why="for the board")
        document.save()
    with geodata.document.open(file) as document:
        assert document.stories() == {"own_1": TALK.text}
        assert [(entry.what, entry.why) for entry in document.history] == [("set story A talk", "for the board")]
        with pytest.raises(DocumentError, match="cannot be read"):
            document.set_story("own_1", "no toml")
        assert document.stories() == {"own_1": TALK.text}
        document.set_story("own_1", None)
        document.set_story("own_2", None)
        assert document.stories() == {}
        assert [entry.what for entry in document.history] == ["set story A talk", "remove story A talk"]


def test_stories_that_two_copies_added_are_both_there_after_a_merge(tmp_path):
    mine, theirs = tmp_path / "mine.arcticmap", tmp_path / "theirs.arcticmap"
    with geodata.document.open(mine) as document:
        document.set_story("own_0", TALK.text)
        document.save()
        document.save(theirs)
    for path, key in ((mine, "own_1"), (theirs, "own_2")):
        with geodata.document.open(path) as document:
            document.set_story(key, TALK.text)
            document.save()
    with geodata.document.open(mine) as document:
        assert document.merge(theirs) == ()
        assert sorted(document.stories()) == ["own_0", "own_1", "own_2"]
