"""What other programs change in a document's layers is taken in, told by the history, and can be taken back."""

import json
import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

import geodata.document
from geodata.document_outside import NAME, WHO
from geodata.edits import Edit, Row
from geodata.journal import Journal
from tests.geodata.document_copies import bring, content, note_text, save, unpack


@pytest.fixture
def file(tmp_path):
    """A document with a layer and three annotations, saved by the program."""
    home = tmp_path / "home"
    home.mkdir()
    with closing(Journal(home / "journal.sqlite", who="ana")) as journal:
        bring(journal, home, "towns", "own-00000001")
        for note_id in ("pier", "post", "buoy"):
            text = note_text(note_id, f"A {note_id}")
            journal.commit(Edit(f"add annotation {note_id}", (Row("annotations", note_id, None, text),)))
        save(journal, home, tmp_path / "north.arcticmap")
    return tmp_path / "north.arcticmap"


def opened(file, folder):
    unpacked = unpack(file, folder)
    return unpacked, Journal(unpacked.journal)


def notes(journal):
    rows = journal.state("annotations")
    return {key: json.loads(text)["properties"]["title"] for key, text in rows.items()}


def change(file, *statements):
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_what_nobody_changed_is_no_edit(file, tmp_path):
    unpacked, journal = opened(file, tmp_path / "there")
    assert not unpacked.has_news
    assert not journal.is_modified
    journal.close()


def test_words_changed_and_rows_deleted_elsewhere_are_an_edit_that_can_be_taken_back(file, tmp_path):
    change(
        file,
        "UPDATE annotations SET title = 'A long pier', tags = '[\"ice\"]' WHERE id = 'pier'",
        "DELETE FROM annotations WHERE id = 'buoy'",
    )
    unpacked, journal = opened(file, tmp_path / "there")
    assert unpacked.has_news
    assert notes(journal) == {"pier": "A long pier", "post": "A post"}
    assert json.loads(journal.state("annotations")["pier"])["properties"]["tags"] == ["ice"]
    last = list(journal.entries())[-1]
    assert (last.what, last.who) == (NAME, WHO)
    assert journal.is_modified
    again = file.with_name("again.arcticmap")
    save(journal, tmp_path / "there", again)
    titles = [row[content_column(again, "title")] for row in content(again)[1]["annotations"]]
    assert sorted(titles) == ["A long pier", "A post"]
    journal.undo()
    assert notes(journal) == {"pier": "A pier", "post": "A post", "buoy": "A buoy"}
    journal.close()


def content_column(file, name):
    with closing(sqlite3.connect(file)) as connection:
        return [row[1] for row in connection.execute("PRAGMA table_info(annotations)")].index(name)


def test_a_change_that_makes_no_annotation_is_told_and_left_out(file, tmp_path):
    change(file, "UPDATE annotations SET likelihood = 'surely' WHERE id = 'pier'")
    unpacked, journal = opened(file, tmp_path / "there")
    assert not unpacked.has_news
    assert "another program is left out" in unpacked.damages[0]
    assert notes(journal)["pier"] == "A pier"
    journal.close()


def test_a_layer_that_was_deleted_elsewhere_is_gone_and_the_rest_opens(file, tmp_path):
    change(file, "DROP TABLE towns", "DELETE FROM gpkg_contents WHERE table_name = 'towns'")
    unpacked, journal = opened(file, tmp_path / "there")
    assert unpacked.has_news
    assert journal.state("layers") == {}
    assert len(notes(journal)) == 3
    journal.close()


def test_python_sees_what_other_programs_changed(file):
    change(file, "UPDATE annotations SET title = 'A long pier' WHERE id = 'pier'")
    with geodata.document.open(file) as document:
        assert "A long pier" in list(document.annotations()["title"])
        assert document.history[-1].what == NAME


def test_what_qgis_draws_moves_and_deletes_is_taken_in(file, tmp_path):
    python = "/usr/bin/python3"
    asked = [python, "-c", "import qgis.core"]
    if not Path(python).exists() or subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("python3-qgis is not installed")
    copy = tmp_path / "copy.gpkg"
    copy.write_bytes(file.read_bytes())
    code = """if True:
        import sys
        from qgis.core import QgsApplication, QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer
        QgsApplication([], False).initQgis()
        layer = QgsVectorLayer(f"{sys.argv[1]}|layername=annotations", "notes", "ogr")
        assert layer.startEditing()
        by_id = {feature["id"]: feature for feature in layer.getFeatures()}
        layer.changeGeometry(by_id["pier"].id(), QgsGeometry.fromPointXY(QgsPointXY(10, 80)))
        layer.changeAttributeValue(by_id["post"].id(), layer.fields().indexOf("body"), "Rusty.")
        layer.deleteFeature(by_id["buoy"].id())
        fresh = QgsFeature(layer.fields())
        fresh["title"] = "Drawn in QGIS"
        fresh.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(0, 70)))
        assert layer.addFeature(fresh)
        assert layer.commitChanges(), layer.commitErrors()
    """
    done = subprocess.run(
        [python, "-c", code, str(copy)],
        capture_output=True, text=True, check=False, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    file.write_bytes(copy.read_bytes())
    unpacked, journal = opened(file, tmp_path / "there")
    assert unpacked.has_news
    assert unpacked.damages == ()
    rows = {json.loads(text)["properties"]["title"]: json.loads(text) for text in journal.state("annotations").values()}
    assert sorted(rows) == ["A pier", "A post", "Drawn in QGIS"]
    assert rows["A pier"]["geometry"]["coordinates"] == [10.0, 80.0]
    assert rows["A post"]["properties"]["body"] == "Rusty."
    assert rows["Drawn in QGIS"]["geometry"]["coordinates"] == [0.0, 70.0]
    journal.close()
