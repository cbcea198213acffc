"""One file holds everything: other programs list its layers, Python reads it, and it comes back as it was."""

import doctest
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

import geodata.document
from geodata import document_file, document_opening, history, prepared
from geodata.annotation_edits import edit_between, text_of
from geodata.annotations import Annotation, AnnotationSet, to_frame
from geodata.document_request import OpenRequest, SaveRequest, earlier_versions, stamp_of
from geodata.edits import Edit, Row
from geodata.errors import DocumentChangedError, DocumentError
from geodata.journal import Journal
from geodata.reading.outcome import ReadRequest
from geodata.reading.read import read
from viewer.app.verifying import verify

FORMATS = Path(__file__).parents[1] / "data" / "formats"
TOWNS = gpd.GeoDataFrame(
    {
        "name": ["Anchorage", "Nome", "Ærøskøbing"],
        "people": [291_247, None, 4_927],
        "port": [True, True, False],
        "share": [0.1, 1 / 3, None],
        "fid": [7, 8, 9],
    },
    geometry=[shapely.Point(-149.9, 61.2), shapely.Point(-165.4, 64.5), shapely.Point(179.999999, 71.3)],
    crs="EPSG:4326",
)
NOTE = Annotation(
    "pier", "A pier", "note", "own", "Body.", place='{"type":"Point","coordinates":[-149.9,61.2]}', tags=("a", "b")
)


def ignore(_progress):
    pass


def bring(journal, folder, frame, name, layer_id):
    """Put a frame into a working copy as the window does, and return its row."""
    source, work = folder / f"{name}.geojson", folder / f"reading-{name}"
    frame.to_file(source)
    work.mkdir()
    (layer,) = read(ReadRequest(source, work), ignore).layers
    stem = f"{layer_id}-0000"
    for path in work.glob(f"{Path(layer.prepared).stem}.*"):
        path.replace(folder / f"{stem}{path.suffix}")
    origin = {"id": layer_id, "path": str(source), "layer": name, "geometry": layer.geometry}
    origin |= {"prepared": f"{stem}.prepared", "frame": f"{stem}.fgb", "columns": list(layer.columns)}
    text = json.dumps({"origin": origin, "look": {"title": name}, "at": 0.0})
    journal.commit(Edit(f"add layer {name}", (Row("layers", layer_id, None, text),)))
    return text


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def journal(home):
    opened = Journal(home / "journal.sqlite", who="ana")
    yield opened
    opened.close()


@pytest.fixture
def towns(journal, home):
    return bring(journal, home, TOWNS, "towns", "own-00000001")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "north of 60°.arcticmap"


def save(journal, home, file, **more):
    return document_file.save(SaveRequest(file, journal.path, home, **more), ignore)


def unpack(file, folder):
    folder.mkdir()
    return document_opening.unpack(OpenRequest(file, folder), ignore)


def content(path):
    """All that a document holds but the way it came there."""
    with document_file.reading(path) as connection:
        rows = connection.execute("SELECT * FROM arcticmap_rows ORDER BY tbl, id").fetchall()
        names = [row[0] for row in connection.execute("SELECT table_name FROM gpkg_contents ORDER BY 1")]
        tables = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
        tables.pop("arcticmap_meta")
        return rows, tables


def ogrinfo(*words):
    if shutil.which("ogrinfo") is None:
        pytest.skip("gdal-bin is not installed")
    done = subprocess.run(["ogrinfo", *map(str, words)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_other_programs_list_the_layers_of_a_document_and_of_its_copy(journal, home, towns, file):
    journal.commit(edit_between("add annotation", AnnotationSet(), AnnotationSet((NOTE,))))
    save(journal, home, file)
    copy = file.with_name("copy.gpkg")
    shutil.copy(file, copy)
    for name in (f"GPKG:{file}", copy):
        listed = ogrinfo("-al", name)
        for words in ("Layer name: towns", "Layer name: annotations", "Feature Count: 3", "people (Real) = 4927"):
            assert words in listed
        assert "arcticmap_history" not in listed


def test_qgis_opens_the_layers_of_a_document_and_of_its_copy(journal, home, towns, file, tmp_path):
    python = "/usr/bin/python3"
    asked = [python, "-c", "import qgis.core"]
    if not Path(python).exists() or subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("python3-qgis is not installed")
    save(journal, home, file)
    copy = tmp_path / "copy.gpkg"
    shutil.copy(file, copy)
    code = """if True:
        import sys
        from qgis.core import QgsApplication, QgsVectorLayer
        QgsApplication([], False).initQgis()
        for name in sys.argv[1:]:
            layer = QgsVectorLayer(f"{name}|layername=towns", "towns", "ogr")
            print(layer.isValid(), [feature["name"] for feature in layer.getFeatures()])
    """
    command = [python, "-c", code, f"GPKG:{file}", str(copy)]
    variables = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    told = subprocess.run(command, capture_output=True, text=True, env=variables, check=False).stdout
    assert told.splitlines() == ["True ['Anchorage', 'Nome', 'Ærøskøbing']"] * 2


def test_a_layer_that_was_removed_can_be_brought_back_but_is_no_layer_for_others(journal, home, towns, file, tmp_path):
    journal.commit(Edit("remove layer towns", (Row("layers", "own-00000001", towns, None),)))
    save(journal, home, file)
    assert "towns" not in ogrinfo(f"GPKG:{file}")
    unpacked = unpack(file, tmp_path / "there")
    other = Journal(unpacked.journal)
    assert other.undo() is not None
    assert list(other.state("layers").values()) == [towns]
    other.close()
    assert (tmp_path / "there" / "own-00000001-0000.prepared").is_file()


def test_what_is_opened_is_what_was_saved_attribute_by_attribute(journal, home, towns, file, tmp_path):
    save(journal, home, file)
    unpacked = unpack(file, tmp_path / "there")
    assert unpacked.damages == ()
    name = "own-00000001-0000.prepared"
    old, new = prepared.read(home / name), prepared.read(tmp_path / "there" / name)
    assert {key: list(values) for key, values in old.attributes.items()} == {
        key: list(values) for key, values in new.attributes.items()
    }
    assert old.extent == new.extent
    again = file.with_name("again.arcticmap")
    other = Journal(unpacked.journal)
    assert not other.is_modified
    save(other, tmp_path / "there", again)
    other.close()
    assert content(again) == content(file)


def test_200_edits_saved_undone_and_done_again_give_the_same_documents(journal, home, towns, file, tmp_path):
    save(journal, home, file)
    before = content(file)
    for number in range(200):
        row = journal.state("layers")["own-00000001"]
        if number % 2:
            new = json.dumps(json.loads(row) | {"at": float(number)})
            journal.commit(Edit("move layer", (Row("layers", "own-00000001", row, new),)))
        else:
            note = json.dumps(json.loads(text_of(NOTE)) | {"id": f"n{number}"})
            journal.commit(Edit("add annotation", (Row("annotations", f"n{number}", None, note),)))
    save(journal, home, file)
    after = content(file)
    assert after != before
    journal.close()
    unpacked = unpack(file, tmp_path / "there")
    other = Journal(unpacked.journal)
    for _ in range(200):
        other.undo()
    save(other, tmp_path / "there", file)
    assert content(file) == before
    for _ in range(200):
        other.redo()
    save(other, tmp_path / "there", file)
    other.close()
    assert content(file) == after


def test_a_file_that_somebody_else_changed_is_not_overwritten(journal, home, file):
    saved = save(journal, home, file)
    file.write_bytes(file.read_bytes() + b"theirs")
    with pytest.raises(DocumentChangedError):
        save(journal, home, file, stamp=saved.stamp)
    assert file.read_bytes().endswith(b"theirs")
    assert [path for path in file.parent.iterdir() if path.is_file()] == [file]


def test_earlier_versions_are_kept_but_not_all(journal, home, file, tmp_path):
    sizes = []
    for number in range(8):
        journal.commit(Edit("e", (Row("layers", f"x{number}", None, None),)))
        if file.exists():
            sizes.append(file.read_bytes())
        save(journal, home, file, stamp=stamp_of(file) if file.exists() else None, versions=tmp_path / "versions")
    kept = earlier_versions(tmp_path / "versions", file)
    assert [path.read_bytes() for path in kept] == sizes[::-1][:5]


def test_a_save_that_fails_leaves_the_file_as_it_was(journal, home, towns, file):
    save(journal, home, file)
    before = file.read_bytes()
    (home / "own-00000001-0000.fgb").unlink()
    with pytest.raises(DocumentError, match="cannot be saved"):
        save(journal, home, file)
    assert file.read_bytes() == before
    assert [path for path in file.parent.iterdir() if path.is_file()] == [file]


def test_a_flipped_byte_in_a_history_entry_is_found_and_named(journal, home, file, capsys):
    for number in range(5):
        journal.commit(Edit(f"rename layer number{number}", (Row("other", "a", None, f"value {number}"),)))
    save(journal, home, file)
    data = bytearray(file.read_bytes())
    at = data.index(b"editrename layer number2")  # columns lie side by side in a row of the history
    data[at + 12] ^= 0x80  # no text any more
    file.write_bytes(bytes(data))
    with document_file.reading(file) as connection:
        (told,) = history.damages(connection)
    assert told.startswith("Entry 3 ")
    assert verify(file) == 1
    assert "Entry 3 " in capsys.readouterr().out


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + bytes(5_000)])
def test_a_file_that_is_no_document_is_refused(file, damage):
    file.write_bytes(damage)
    with pytest.raises(DocumentError):
        geodata.document.open(file)


def test_a_document_of_a_newer_version_is_refused_and_says_what_to_do(file):
    with geodata.document.open(file) as document:
        document.save()
    newer = Journal(file)
    newer.set_meta(format="99")
    newer.close()
    with pytest.raises(DocumentError, match=r"format 99.*Open it with a newer version"):
        geodata.document.open(file)


@pytest.mark.parametrize("sample", sorted(FORMATS.glob("*.arcticmap")), ids=lambda path: path.stem)
def test_the_sample_of_every_format_opens(sample, tmp_path):
    with geodata.document.open(sample) as document:
        assert document.layers == ("Lines", "Towns")
        assert list(document.read("Towns")["name"]) == ["Anchorage", "Nome"]
        assert list(document.annotations()["title"]) == ["A pier"]
        told = [entry.what for entry in document.history]
        assert told[:3] == ["add layer Lines", "add layer Towns", "set annotations"]
        if int(sample.stem) >= 2:
            assert list(document.stories()) == ["talk"]
            assert len(json.loads(document.annotations()["pictures"].iloc[0])) == 1
    assert unpack(sample, tmp_path / "there").damages == ()


def test_there_is_a_sample_of_the_newest_format():
    assert (FORMATS / f"{geodata.document.FORMAT_VERSION}.arcticmap").is_file()


def test_a_layer_written_from_python_comes_back_as_it_was(file):
    with geodata.document.open(file, who="ana") as document:
        document.write("Towns", TOWNS, why="a start")
        document.save()
    with geodata.document.open(file) as document:
        assert document.layers == ("Towns",)
        back = document.read("Towns")
        (entry,) = document.history
    assert (entry.who, entry.what, entry.why) == ("ana", "add layer Towns", "a start")
    expected = TOWNS.set_index(back.index)
    assert_geodataframe_equal(back, expected, check_dtype=False)


@pytest.mark.parametrize("where", ["README", "docstring"])
def test_the_documented_example_runs_as_it_is_written(tmp_path, monkeypatch, where):
    file = tmp_path / "north.arcticmap"
    with geodata.document.open(file) as document:
        document.write("Towns", TOWNS)
        document.save()
    if where == "README":
        text = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
        (code,) = [
            block for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "geodata.document" in block
        ]
    else:
        lines = doctest.DocTestParser().get_examples(geodata.document.__doc__)
        code = "".join(example.source for example in lines)
    monkeypatch.chdir(tmp_path)
    exec(compile(code, where, "exec"), {})
    with geodata.document.open(file) as document:
        assert document.layers == ("Towns", "Large towns")
        assert list(document.read("Large towns").index) == [1, 3]


def test_what_is_not_saved_from_python_is_not_in_the_file(file):
    with geodata.document.open(file) as document:
        document.write("Towns", TOWNS)
    assert not file.exists()


def test_a_layer_is_replaced_and_removed_from_python(file):
    with geodata.document.open(file) as document:
        document.write("Towns", TOWNS)
        document.write("Towns", TOWNS.iloc[:1].to_crs("EPSG:3995"))
        assert document.read("Towns").geometry.iloc[0].distance(TOWNS.geometry.iloc[0]) < 1e-9
        document.remove("Towns")
        assert document.layers == ()
        with pytest.raises(DocumentError, match="no layer 'Towns'"):
            document.read("Towns")
        document.save()
    assert len(content(file)[1]) == 0


def test_annotations_are_read_and_written_from_python(file):
    with geodata.document.open(file) as document:
        document.set_annotations(to_frame(AnnotationSet((NOTE,))))
        document.save()
    with geodata.document.open(file) as document:
        frame = document.annotations()
        assert list(frame["title"]) == ["A pier"]
        frame["title"] = "Two piers"
        document.set_annotations(frame)
        assert list(document.annotations()["title"]) == ["Two piers"]
        frame["voice"] = "fact"
        with pytest.raises(DocumentError, match="own"):
            document.set_annotations(frame)


def test_a_document_written_from_python_opens_in_the_window_s_working_copy(file, tmp_path):
    with geodata.document.open(file) as document:
        document.write("Towns", TOWNS)
        document.set_annotations(to_frame(AnnotationSet((NOTE,))))
        document.save()
    unpacked = unpack(file, tmp_path / "there")
    journal = Journal(unpacked.journal)
    assert len(journal.state("layers")) == len(journal.state("annotations")) == 1
    assert journal.undo_name is None
    assert not journal.is_modified
    journal.close()
    (layer,) = (tmp_path / "there").glob("*.prepared")
    assert list(prepared.read(layer).attributes["name"]) == list(TOWNS["name"])


def test_python_too_does_not_overwrite_what_somebody_else_changed(file):
    with geodata.document.open(file) as document:
        document.save()
        file.write_bytes(file.read_bytes() + b"theirs")
        with pytest.raises(DocumentChangedError):
            document.save()
        document.save(file.with_name("mine.arcticmap"))


def test_a_layer_of_several_kinds_is_refused(file):
    mixed = gpd.GeoDataFrame(geometry=[shapely.Point(0, 80), shapely.LineString([(0, 80), (1, 81)])], crs="EPSG:4326")
    with geodata.document.open(file) as document, pytest.raises(DocumentError, match="LineString, Point"):
        document.write("Mixed", mixed)


def test_a_document_whose_layer_would_leave_the_folder_is_refused(journal, home, towns, file, tmp_path):
    save(journal, home, file)
    with document_file.reading(file):
        other = Journal(file)
        bad = towns.replace("own-00000001-0000.prepared", "../evil.prepared")
        other.commit(Edit("e", (Row("layers", "own-00000001", towns, bad),)))
        other.close()
    with pytest.raises(DocumentError, match="makes no sense"):
        unpack(file, tmp_path / "there")
