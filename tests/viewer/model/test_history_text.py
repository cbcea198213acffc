"""An entry of the history says in words what changed."""

import json

from geodata.edits import Edit, Row
from geodata.history import entry_of
from viewer.model.history_text import changes_of, title_of


def entry(before, after, kind="edit"):
    texts = (None if value is None else json.dumps(value) for value in (before, after))
    return entry_of(Edit("rename layer Towns", (Row("layers", "a", *texts),)), number=1, kind=kind, who="", at="")


def test_only_the_parts_that_changed_are_told():
    told = changes_of(entry({"look": {"title": "A", "size": 1}}, {"look": {"title": "B", "size": 1}}))
    assert told == "layers / a\n  look.title: A → B"


def test_what_came_and_what_went_is_told():
    assert "title: nothing → A" in changes_of(entry(None, {"title": "A"}))
    assert "title: A → nothing" in changes_of(entry({"title": "A"}, None))


def test_long_texts_are_cut():
    assert len(changes_of(entry(None, {"body": "x" * 5_000}))) < 400


def test_what_was_undone_or_done_again_says_so():
    assert title_of(entry(None, {}, "undo")) == "Undone: rename layer Towns"
    assert title_of(entry(None, {}, "redo")) == "Done again: rename layer Towns"
