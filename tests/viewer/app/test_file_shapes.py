"""Features of a layer from a file are changed in the document, and the file is left alone."""

from dataclasses import replace

import geopandas as gpd
import pytest
import shapely

from geodata.vertices import of_geometry
from viewer.app.file_shapes import FileShapes
from viewer.app.own_layers import OwnLayers
from viewer.app.own_store import OwnStore
from viewer.model.reshaping import Change, subject_of

PATIENCE_MS = 20_000
PLACES = [shapely.Point(-165.4, 64.5), shapely.Point(-156.8, 71.3)]


@pytest.fixture
def window(make_window):
    return make_window()


@pytest.fixture
def begin(window, session, messages, tmp_path):
    started = []

    def go():
        own = OwnLayers(session, window, messages, OwnStore(tmp_path / "layers"))
        shapes = FileShapes(session, messages, own)
        started.append((own, shapes))
        own.restore()
        return own, shapes

    yield go
    for own, shapes in started:
        shapes.shutdown()
        own.shutdown()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "places.gpkg"
    frame = gpd.GeoDataFrame({"name": ["Nome", "Utqiagvik"]}, geometry=PLACES, crs="EPSG:4326")
    frame.to_file(path, engine="pyogrio")
    return path


@pytest.fixture
def layer(begin, file, session, qtbot):
    own, shapes = begin()
    own.open_files([file])
    qtbot.waitUntil(lambda: any(layer.is_own for layer in session.stack), timeout=PATIENCE_MS)
    return own, shapes, next(layer.id for layer in session.stack if layer.is_own)


def read(shapes, qtbot, reference):
    found = []
    shapes.read(reference, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=PATIENCE_MS)
    return found[0]


def moved(subject, lon, lat):
    return Change(subject, subject.moved(0, (lon, lat)), subject)


def test_two_changes_at_once_are_both_kept_and_taken_back_one_by_one(layer, session, qtbot):
    own, shapes, layer_id = layer
    first, second = (read(shapes, qtbot, f"{layer_id}/{fid}")[0] for fid in (1, 2))
    assert [first.title, second.title] == ["Nome", "Utqiagvik"]
    shapes.edit("move Nome", [moved(first, -160.0, 65.0)], session.push_edit)
    shapes.edit("move Utqiagvik", [moved(second, -150.0, 72.0)], session.push_edit)
    qtbot.waitUntil(lambda: own.record.journal.undo_name == "move Utqiagvik", timeout=PATIENCE_MS)
    assert [read(shapes, qtbot, f"{layer_id}/{fid}")[0].vertices.place(0) for fid in (1, 2)] == [
        (-160.0, 65.0),
        (-150.0, 72.0),
    ]
    own.record.undo()
    assert read(shapes, qtbot, f"{layer_id}/1")[0].vertices.place(0) == (-160.0, 65.0)
    assert read(shapes, qtbot, f"{layer_id}/2")[0].vertices.place(0) == (-156.8, 71.3)


def test_a_changed_layer_is_not_read_again_from_its_file(layer, begin, file, session, qtbot):
    own, shapes, layer_id = layer
    subject = read(shapes, qtbot, f"{layer_id}/1")[0]
    shapes.edit("move Nome", [moved(subject, -160.0, 65.0)], session.push_edit)
    qtbot.waitUntil(lambda: own.record.journal.undo_name == "move Nome", timeout=PATIENCE_MS)
    shapes.shutdown()
    own.shutdown()
    file.unlink()
    session.remove_layer(layer_id)
    again, shapes = begin()
    assert again.origin(layer_id).path == "" and "places.gpkg" in again.origin(layer_id).report
    assert read(shapes, qtbot, f"{layer_id}/1")[0].vertices.place(0) == (-160.0, 65.0)
    again.record.undo()
    assert read(shapes, qtbot, f"{layer_id}/1")[0].vertices.place(0) == (-165.4, 64.5)


def test_a_layer_goes_with_its_last_feature_and_comes_back(layer, session, qtbot):
    own, shapes, layer_id = layer
    both = [read(shapes, qtbot, f"{layer_id}/{fid}")[0] for fid in (1, 2)]
    shapes.edit("delete 2 shapes", [Change(one, None, one) for one in both], session.push_edit)
    qtbot.waitUntil(lambda: session.stack.get(layer_id) is None, timeout=PATIENCE_MS)
    own.record.undo()
    assert session.stack.get(layer_id) is not None
    assert read(shapes, qtbot, f"{layer_id}/2")[1]["name"] == "Utqiagvik"


def test_a_shape_of_another_kind_is_not_taken_in(layer, session):
    own, shapes, layer_id = layer
    line = subject_of(f"{layer_id}/0", "Way", shapely.LineString([(0, 80), (1, 81)]))
    assert not shapes.add("draw a line", line, session.push_edit)
    assert own.record.journal.undo_name == "add layer places"


def test_a_new_layer_is_made_of_one_shape(layer, session, qtbot):
    _, shapes, layer_id = layer
    subject = replace(read(shapes, qtbot, f"{layer_id}/1")[0], vertices=of_geometry(shapely.box(10, 80, 12, 81)))
    shapes.edit_new("copy Nome to a new layer", "Nome", subject, session.push_edit, attributes={"name": "Nome"})
    qtbot.waitUntil(lambda: len([layer for layer in session.stack if layer.is_own]) == 2, timeout=PATIENCE_MS)
    made = next(layer for layer in session.stack if layer.is_own and layer.id != layer_id)
    assert made.title == "Nome"
    assert read(shapes, qtbot, f"{made.id}/1")[0].geometry().equals(shapely.box(10, 80, 12, 81))
