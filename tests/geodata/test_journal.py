"""Every edit is kept at once, can be taken back a thousand deep, and survives what may happen to the program."""

import json
import random
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import history
from geodata.annotation_edits import annotations_of, applied, edit_between, text_of
from geodata.annotations import Annotation, AnnotationSet
from geodata.edits import Edit, Row, from_text, to_text
from geodata.errors import DocumentError
from geodata.journal import DEPTH, Journal

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal.sqlite"


@pytest.fixture
def journal(path):
    opened = Journal(path, who="ana")
    yield opened
    opened.close()


def put(journal, key, value, *, table="layers", **options):
    before = journal.state(table).get(key)
    journal.commit(Edit(f"set {key}", (Row(table, key, before, value),)), **options)


def content(journal):
    return {table: journal.state(table) for table in ("layers", "annotations")}


def mixed_edits(journal, count):
    """Add, change and remove rows of layers and annotations, and return the content after each edit."""
    seeded = random.Random(7)
    states = [content(journal)]
    for number in range(count):
        table = seeded.choice(("layers", "annotations"))
        known = list(journal.state(table))
        key = seeded.choice(known) if known and seeded.random() < 0.6 else f"id{number}"
        value = None if key in known and seeded.random() < 0.3 else json.dumps({"title": f"t{number} é"})
        put(journal, key, value, table=table)
        states.append(content(journal))
    return states


def test_200_mixed_edits_are_undone_and_done_again_state_by_state(journal):
    states = mixed_edits(journal, 200)
    for state in reversed(states[:-1]):
        assert journal.undo() is not None
        assert content(journal) == state
    assert journal.undo() is None
    assert not journal.is_modified
    for state in states[1:]:
        assert journal.redo() is not None
        assert content(journal) == state
    assert journal.redo() is None


def test_200_mixed_edits_are_undone_with_a_restart_in_the_middle(path):
    journal = Journal(path)
    states = mixed_edits(journal, 200)
    for _ in range(100):
        journal.undo()
    journal.close()
    journal = Journal(path)
    assert content(journal) == states[100]
    for _ in range(100):
        journal.undo()
    assert content(journal) == states[0]
    journal.close()
    journal = Journal(path)
    for _ in range(200):
        journal.redo()
    assert content(journal) == states[200]
    journal.close()


def test_a_thousand_steps_can_be_taken_back_and_no_more(journal):
    for number in range(DEPTH + 5):
        put(journal, "a", str(number))
    undone = 0
    while journal.undo() is not None:
        undone += 1
    assert undone == DEPTH
    assert journal.state("layers") == {"a": "4"}
    assert journal.is_modified


def test_a_new_edit_forgets_the_steps_that_were_taken_back(journal):
    put(journal, "a", "1")
    put(journal, "a", "2")
    journal.undo()
    put(journal, "a", "3")
    assert journal.redo_name is None
    assert journal.undo_name == "set a"
    journal.undo()
    assert journal.state("layers") == {"a": "1"}


def test_a_gesture_is_one_step(journal):
    put(journal, "a", "1")
    put(journal, "a", "2")
    put(journal, "a", "3", onto_last=True)
    journal.undo()
    assert journal.state("layers") == {"a": "1"}
    journal.redo()
    assert journal.state("layers") == {"a": "3"}


def test_it_is_modified_until_it_is_saved_and_again_not_when_undone_to_what_was_saved(journal):
    put(journal, "a", "1")
    assert journal.is_modified
    journal.mark_saved(journal.token)
    assert not journal.is_modified
    put(journal, "a", "2")
    assert journal.is_modified
    journal.undo()
    assert not journal.is_modified


def test_what_undoing_can_bring_back_is_known(journal):
    put(journal, "a", "first")
    put(journal, "a", None)
    assert set(journal.texts_on_stack("layers")) == {"first"}


def test_an_edit_that_was_confirmed_survives_the_end_of_the_program_at_any_moment(path):
    code = (
        "import sys; from pathlib import Path; from geodata.journal import Journal; from geodata.edits import *\n"
        f"journal = Journal(Path({str(path)!r}))\n"
        "for number in range(10_000):\n"
        "    journal.commit(Edit('e', (Row('layers', str(number), None, 'x'),)))\n"
        "    print(number, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        confirmed = [int(program.stdout.readline()) for _ in range(50)]
        program.send_signal(signal.SIGKILL)
        confirmed += [int(line) for line in program.stdout if line.endswith("\n")]
    journal = Journal(path)
    assert {str(number) for number in confirmed} <= journal.state("layers").keys()
    assert journal.undo_name == "e"
    journal.close()


def test_an_edit_that_cannot_be_written_leaves_nothing(journal):
    put(journal, "a", "1")
    journal._connection.execute(
        "CREATE TRIGGER full BEFORE INSERT ON arcticmap_steps BEGIN SELECT RAISE(ABORT, 'x'); END"
    )
    with pytest.raises(sqlite3.Error):
        put(journal, "a", "2")
    assert journal.state("layers") == {"a": "1"}
    assert len(list(journal.entries())) == 1


def test_a_file_that_is_no_working_copy_is_refused(path):
    path.write_bytes(b"nothing of ours" * 100)
    with pytest.raises(DocumentError):
        Journal(path)


def test_a_working_copy_of_a_newer_version_is_refused_and_says_so(path):
    journal = Journal(path)
    journal.set_meta(format="99")
    journal.close()
    with pytest.raises(DocumentError, match="format 99"):
        Journal(path)


def test_the_history_tells_who_what_and_why_also_of_what_was_undone(journal):
    put(journal, "a", "1", why="asked for")
    journal.undo()
    first, second = journal.entries()
    assert (first.who, first.what, first.why, first.kind) == ("ana", "set a", "asked for", "edit")
    assert second.kind == "undo"
    assert [entry.number for entry in history.of_row(journal._connection, "layers", "a")] == [1, 2]


def test_each_part_of_an_entry_is_sealed(journal):
    for number in range(4):
        put(journal, "a", str(number))
    connection = journal._connection
    assert history.damages(connection) == ()
    for column in ("at", "who", "kind", "what", "why"):
        kept = connection.execute(f"SELECT {column} FROM arcticmap_history WHERE number = 2").fetchone()[0]
        connection.execute(f"UPDATE arcticmap_history SET {column} = 'other' WHERE number = 2")
        (told,) = history.damages(connection)
        assert told.startswith("Entry 2 ")
        connection.execute(f"UPDATE arcticmap_history SET {column} = ? WHERE number = 2", (kept,))
    assert history.damages(connection) == ()


def test_an_entry_that_is_missing_is_noticed_in_the_middle_and_at_the_end(journal):
    for number in range(4):
        put(journal, "a", str(number))
    connection = journal._connection
    connection.execute("DELETE FROM arcticmap_history WHERE number = 4")
    assert "After entry 3" in history.damages(connection)[0]
    connection.execute("DELETE FROM arcticmap_history WHERE number = 2")
    assert history.damages(connection)[0].startswith("Entry 3 ")


def test_a_row_that_is_not_what_the_history_says_is_named(journal):
    put(journal, "a", "1")
    journal._connection.execute("UPDATE arcticmap_rows SET value = '2'")
    assert history.damages(journal._connection)[0].startswith("layers/a is not what entry 1 ")


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
ROWS = st.tuples(TEXTS, TEXTS, st.none() | TEXTS, st.none() | TEXTS).map(lambda parts: Row(*parts))


@given(st.lists(ROWS, max_size=5, unique_by=lambda row: row[:2]))
@settings(deadline=None)
def test_an_edit_comes_back_from_its_text_and_its_inverse_from_its_inverse(rows):
    edit = Edit("e", tuple(rows))
    assert from_text(to_text(edit.rows)) == edit.rows
    assert edit.inverse().inverse() == edit


@pytest.mark.parametrize("text", ["", "{}", "[1]", "[[1, 2, 3, 4]]", '[["a", null, "b", "c"]]', '[["a"]]'])
def test_a_text_of_no_rows_is_refused(text):
    with pytest.raises(ValueError):
        from_text(text)


def note(key, title="A pier"):
    return Annotation(key, title, "note", "own", "Body.", place='{"type":"Point","coordinates":[-149.9,61.2]}')


def test_annotations_are_added_changed_and_deleted_by_edits_and_their_inverses():
    built_in = Annotation("base", "The base", "lead", "article", "Far.", targets=("ports/haven",))
    before = AnnotationSet((built_in, note("a"), note("b")))
    after = AnnotationSet((built_in, note("a", "Two piers"), note("c")))
    edit = edit_between("change annotations", before, after)
    assert {row.id for row in edit.rows} == {"a", "b", "c"}
    assert applied(edit.rows, before) == after
    assert applied(edit.inverse().rows, after) == before
    assert edit_between("nothing", before, before).rows == ()


def test_an_annotation_comes_back_from_its_row():
    (back,) = annotations_of({"a": text_of(note("a"))})
    assert text_of(back) == text_of(note("a"))


def test_no_row_of_a_document_speaks_in_the_article_s_voice_or_takes_its_place():
    built_in = Annotation("base", "The base", "lead", "article", "Far.", targets=("ports/haven",))
    known = AnnotationSet((built_in,))
    forged = (replace(built_in, id="other"), replace(note("base"), title="Not the base"))
    rows = tuple(Row("annotations", annotation.id, None, text_of(annotation)) for annotation in forged)
    assert applied(rows, known) == known
