"""A working copy takes in another copy of its document, as one step that can be taken back."""

import json

import pytest

from geodata.document_merging import merge_working_copy
from geodata.document_request import MergeRequest
from geodata.edits import Edit, Row
from geodata.errors import DocumentError
from geodata.journal import Journal
from tests.geodata.document_copies import NOTE, bring, content, note_text, save, unpack


class Copy:
    """A working copy in a folder of its own."""

    def __init__(self, folder, who):
        self.folder, self.path = folder, folder / "journal.sqlite"
        self.journal = Journal(self.path, who=who)

    def merge(self, file, chosen=()):
        made = self.folder / f"made-{len(list(self.folder.iterdir()))}"
        made.mkdir()
        request = MergeRequest(file, self.path, self.folder, made, self.journal.token, chosen)
        outcome = merge_working_copy(request, lambda _progress: None)
        if not outcome.open:
            for path in made.iterdir():
                if not path.name.startswith(outcome.journal.name):
                    path.replace(self.folder / path.name)
            self.journal.load(outcome.journal)
        return outcome

    def note(self, note_id, title, **members):
        before = self.journal.state("annotations").get(note_id)
        self.journal.commit(
            Edit(f"set {title}", (Row("annotations", note_id, before, note_text(note_id, title, **members)),))
        )


@pytest.fixture
def copies(tmp_path):
    """Two working copies of one saved document."""
    (tmp_path / "first").mkdir()
    first = Copy(tmp_path / "first", "ana")
    bring(first.journal, first.folder, "towns", "own-00000001")
    first.note("pier", "A pier")
    file = tmp_path / "shared.arcticmap"
    save(first.journal, first.folder, file)
    unpack(file, tmp_path / "second")
    second = Copy(tmp_path / "second", "ben")
    yield first, second
    first.journal.close()
    second.journal.close()


def saved(copy, tmp_path, name):
    file = tmp_path / f"{name}.arcticmap"
    save(copy.journal, copy.folder, file)
    return file


def test_what_does_not_conflict_combines_both_ways_to_the_same(copies, tmp_path):
    first, second = copies
    first.note("mine", "Mine")
    first.note("pier", "A pier", body="Rebuilt.")
    bring(second.journal, second.folder, "ports", "own-00000002")
    second.note("pier", "A long pier")
    ours, theirs = saved(first, tmp_path, "ours"), saved(second, tmp_path, "theirs")
    assert first.merge(theirs).open == ()
    assert second.merge(ours).open == ()
    one, other = content(saved(first, tmp_path, "one")), content(saved(second, tmp_path, "other"))
    assert one == other
    pier = json.loads(first.journal.state("annotations")["pier"])["properties"]
    assert (pier["title"], pier["body"]) == ("A long pier", "Rebuilt.")
    assert sorted(first.journal.state("layers")) == ["own-00000001", "own-00000002"]


def test_a_merge_is_one_step_and_the_steps_before_it_are_still_there(copies, tmp_path):
    first, second = copies
    first.note("mine", "Mine")
    second.note("theirs", "Theirs")
    before = first.journal.state("annotations")
    first.merge(saved(second, tmp_path, "theirs"))
    assert first.journal.undo_name == "merge with theirs.arcticmap"
    assert set(first.journal.state("annotations")) == {"pier", "mine", "theirs"}
    first.journal.undo()
    assert first.journal.state("annotations") == before
    assert first.journal.undo_name == "set Mine"
    first.journal.undo()
    assert set(first.journal.state("annotations")) == {"pier"}
    first.journal.redo()
    first.journal.redo()
    assert set(first.journal.state("annotations")) == {"pier", "mine", "theirs"}


def test_what_both_changed_is_asked_about_with_both_places(copies, tmp_path):
    first, second = copies
    first.note("pier", "Mine", place=[-149.9, 61.2])
    second.note("pier", "Theirs", place=[-165.4, 64.5])
    file = saved(second, tmp_path, "theirs")
    outcome = first.merge(file)
    (one,) = outcome.open
    assert (one.table, one.id, one.title) == ("annotations", "pier", "Mine")
    assert len(one.our_shape[0]) == len(one.their_shape[0]) == 1
    assert one.our_shape != one.their_shape
    assert first.journal.undo_name == "set Mine"
    assert first.merge(file, chosen=((one.table, one.id, one.theirs),)).open == ()
    assert json.loads(first.journal.state("annotations")["pier"])["properties"]["title"] == "Theirs"


def test_merging_again_changes_nothing(copies, tmp_path):
    first, second = copies
    second.note("theirs", "Theirs")
    file = saved(second, tmp_path, "theirs")
    first.merge(file)
    token, rows = first.journal.token, first.journal.state("annotations")
    first.merge(file)
    assert (first.journal.token, first.journal.state("annotations")) == (token, rows)


def test_a_document_that_is_no_copy_is_refused(copies, tmp_path):
    first, _ = copies
    (tmp_path / "other").mkdir()
    other = Copy(tmp_path / "other", "eva")
    other.note(NOTE, "Another")
    file = saved(other, tmp_path, "other-file")
    other.journal.close()
    with pytest.raises(DocumentError, match="not copies of one document"):
        first.merge(file)
