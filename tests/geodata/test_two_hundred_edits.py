"""Two hundred edits of every sort, taken back and done again: what is saved is the same each way, restarts or not."""

import itertools
import json
import random

import pytest

from geodata import own_stories
from geodata.edits import Edit, Row
from geodata.journal import Journal
from geodata.own_articles import ARTICLES, PASSAGES
from geodata.own_pictures import PICTURES, OwnPicture, text_of
from geodata.own_stories import OwnStory
from tests.geodata.document_copies import bring, content, note_text, save, unpack

EDITS = 200


class Person:
    """Somebody who changes everything that a document holds, always in the same order."""

    def __init__(self, journal, folder):
        self.journal, self.folder = journal, folder
        self.chance = random.Random(42)
        self.numbers = itertools.count(1)

    def edit(self):
        deeds = (self.layer, self.style, self.order, self.remove_layer, self.note, self.change_note, self.delete_note)
        self.chance.choice((*deeds, self.story, self.article, self.link, self.gesture))()

    def set(self, name, table, key, after, *more):
        before = self.journal.state(table).get(key)
        self.journal.commit(Edit(name, (Row(table, key, before, after), *more)))

    def some(self, table):
        known = sorted(self.journal.state(table))
        return self.chance.choice(known) if known else None

    def layer(self):
        if len(self.journal.state("layers")) < 4:
            number = next(self.numbers)
            bring(self.journal, self.folder, f"layer {number}", f"own-{number:08x}")
        else:
            self.note()

    def look(self, name, **members):
        key = self.some("layers")
        if key is None:
            return self.layer()
        row = json.loads(self.journal.state("layers")[key])
        return self.set(name, "layers", key, json.dumps(row | members | {"count": next(self.numbers)}))

    def style(self):
        self.look("style layer", look={"title": f"Title {next(self.numbers)}"})

    def order(self):
        self.look("move layer up", at=self.chance.random())

    def remove_layer(self):
        key = self.some("layers")
        return self.layer() if key is None else self.set("remove layer", "layers", key, None)

    def note(self):
        key = f"n{next(self.numbers)}"
        picture = OwnPicture(f"{key}.png", "png", b"\x89PNG\r\n\x1a\n" + key.encode())
        row = Row(PICTURES, picture.id, None, text_of(picture))
        self.set("add annotation", "annotations", key, note_text(key, f"Note {key}"), row)

    def change_note(self):
        key = self.some("annotations")
        if key is None:
            return self.note()
        place = (self.chance.uniform(-180, 180), 70.0)
        return self.set(
            "edit annotation", "annotations", key, note_text(key, f"Changed {next(self.numbers)}", place=place)
        )

    def delete_note(self):
        key = self.some("annotations")
        return self.note() if key is None else self.set("delete annotation", "annotations", key, None)

    def story(self):
        key = self.some(own_stories.STORIES) or "story"
        text = f'title = "{next(self.numbers)}"\n'
        self.set("edit story", own_stories.STORIES, key, own_stories.text_of(OwnStory(key, "Talk", text)))

    def article(self):
        self.set("add article", ARTICLES, f"a{next(self.numbers)}", json.dumps({"id": "a", "title": "T", "text": "x"}))

    def link(self):
        self.set("link words", PASSAGES, f"p{next(self.numbers)}", json.dumps({"article": "a", "id": "p"}))

    def gesture(self):
        """Drag a slider: many edits, one step."""
        self.look("opacity of layer", opacity=0.5)
        for share in (0.4, 0.3):
            key = self.some("layers")
            row = self.journal.state("layers")[key]
            after = json.dumps(json.loads(row) | {"opacity": share, "count": next(self.numbers)})
            self.journal.commit(Edit("opacity of layer", (Row("layers", key, row, after),)), onto_last=True)


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def saved(journal, home, tmp_path):
    file = tmp_path / "all.arcticmap"
    save(journal, home, file)
    return content(file)


def steps(journal):
    return journal._connection.execute("SELECT count(*) FROM arcticmap_steps").fetchone()[0]


@pytest.mark.parametrize("restarts", [False, True], ids=["in one go", "with restarts"])
def test_200_mixed_edits_undone_and_done_again_give_the_same_documents(home, tmp_path, restarts):
    path = home / "journal.sqlite"
    journal = Journal(path)

    def restart(number):
        nonlocal journal
        if restarts and number in (50, 100, 150):
            journal.close()
            journal = Journal(path)

    person = Person(journal, home)
    person.layer()
    begun, first = saved(journal, home, tmp_path), steps(journal)
    while steps(journal) < first + EDITS:
        restart(steps(journal) - first)
        person.journal = journal
        person.edit()
    after = saved(journal, home, tmp_path)
    assert after != begun
    for number in range(EDITS):
        restart(number)
        assert journal.undo() is not None
    assert saved(journal, home, tmp_path) == begun
    for number in range(EDITS):
        restart(number)
        assert journal.redo() is not None
    assert saved(journal, home, tmp_path) == after
    journal.close()


def test_the_same_holds_in_a_document_that_was_saved_and_opened_half_way(home, tmp_path):
    journal = Journal(home / "journal.sqlite")
    person = Person(journal, home)
    person.layer()
    begun, first = saved(journal, home, tmp_path), steps(journal)
    while steps(journal) < first + EDITS:
        person.edit()
    after = saved(journal, home, tmp_path)
    for _ in range(EDITS // 2):
        journal.undo()
    half = saved(journal, home, tmp_path)
    journal.close()
    there = tmp_path / "there"
    opened = Journal(unpack(tmp_path / "all.arcticmap", there).journal)
    assert saved(opened, there, tmp_path) == half
    for _ in range(EDITS // 2):
        assert opened.undo() is not None
    assert saved(opened, there, tmp_path) == begun
    for _ in range(EDITS):
        assert opened.redo() is not None
    assert saved(opened, there, tmp_path) == after
    opened.close()
