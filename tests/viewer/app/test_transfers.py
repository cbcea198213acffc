"""A shape goes from one layer of one's own to another, as one step."""

from types import SimpleNamespace

import geopandas as gpd
import pytest
import shapely

from geodata.annotation_edits import edit_of
from geodata.shapes import Drawn
from viewer.app.file_shapes import FileShapes
from viewer.app.note_shapes import NoteShapes
from viewer.app.own_layers import OwnLayers
from viewer.app.own_store import OwnStore
from viewer.app.transfers import Transfers
from viewer.model.drawings import note_of
from viewer.model.notes import GROUP

PATIENCE_MS = 20_000
SQUARE = ((10.0, 80.0), (12.0, 80.0), (12.0, 81.0), (10.0, 81.0))


@pytest.fixture
def bench(window, session, messages, tmp_path):
    own = OwnLayers(session, window, messages, OwnStore(tmp_path / "layers"))
    notes, files = NoteShapes(session), FileShapes(session, messages, own)
    keepers = (notes, files)
    desk = SimpleNamespace(
        keeper_of=lambda layer_id: next((keeper for keeper in keepers if keeper.holds(layer_id)), None),
        with_subjects=lambda deed: None,
    )
    made = Transfers(session, window, messages, own, desk=desk, notes=notes, files=files)
    yield SimpleNamespace(send=made.send, own=own, notes=notes, files=files)
    files.shutdown()
    own.shutdown()


@pytest.fixture
def note(bench, session):
    made = note_of(Drawn("polygon", SQUARE), "own_1", words="Ice")
    session.push_edit(edit_of("draw a polygon", (None, made)))
    return bench.notes.subject("notes-polygon/own_1")


def names(session):
    return [layer.title for layer in session.stack if layer.is_own]


def test_an_annotation_moves_to_a_new_layer_and_back_with_one_undo(bench, note, session, qtbot):
    bench.send(note, "", stays=False)
    qtbot.waitUntil(lambda: names(session) == ["Ice"], timeout=PATIENCE_MS)
    assert session.annotations.get("own_1") is None
    assert bench.own.record.journal.undo_name == "move Ice to a new layer"
    bench.own.record.undo()
    assert names(session) == [] and session.annotations.get("own_1") is not None


def test_an_annotation_is_copied_to_a_layer_whose_name_column_takes_its_title(bench, note, session, qtbot, tmp_path):
    file = tmp_path / "zones.gpkg"
    frame = gpd.GeoDataFrame({"Title": ["One"], "area": [5]}, geometry=[shapely.box(20, 80, 22, 81)], crs="EPSG:4326")
    frame.to_file(file, engine="pyogrio")
    bench.own.open_files([file])
    qtbot.waitUntil(lambda: names(session) == ["zones"], timeout=PATIENCE_MS)
    target = next(layer.id for layer in session.stack if layer.is_own)
    bench.send(note, target, stays=True)
    qtbot.waitUntil(lambda: bench.own.record.journal.undo_name == "copy Ice to zones", timeout=PATIENCE_MS)
    assert session.annotations.get("own_1") is not None
    found = []
    bench.files.read(f"{target}/2", found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=PATIENCE_MS)
    subject, attributes = found[0]
    assert attributes == {"Title": "Ice", "area": None}
    assert len(subject.vertices) >= 4


def test_a_feature_becomes_an_annotation_that_says_what_the_layer_said(bench, session, qtbot, tmp_path):
    file = tmp_path / "zones.gpkg"
    frame = gpd.GeoDataFrame({"name": ["One"], "area": [5]}, geometry=[shapely.box(20, 80, 22, 81)], crs="EPSG:4326")
    frame.to_file(file, engine="pyogrio")
    bench.own.open_files([file])
    qtbot.waitUntil(lambda: names(session) == ["zones"], timeout=PATIENCE_MS)
    target = next(layer.id for layer in session.stack if layer.is_own)
    found = []
    bench.files.load(f"{target}/1", found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=PATIENCE_MS)
    bench.send(found[0], GROUP, stays=True)
    mine = lambda: [note for note in session.annotations if note.voice == "own"]  # noqa: E731
    qtbot.waitUntil(lambda: bool(mine()), timeout=PATIENCE_MS)
    (made,) = mine()
    assert (made.title, made.body) == ("One", "- name: One\n- area: 5")
    assert names(session) == ["zones"]
