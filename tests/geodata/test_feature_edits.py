"""Features of a layer are changed one by one, and the layer's files of before stay."""

import numpy as np
import pytest
import shapely

from geodata import prepared
from geodata.errors import DocumentError
from geodata.feature_edits import FeatureChange, feature_of, revalue, rewrite
from geodata.reading.guard import LONLAT
from geodata.reading.layers import write_layer
from geodata.reading.placing import place
from geodata.reading.raw import RawLayer

ORIGIN = {"layer": "towns", "geometry": "point", "columns": ["name", "people"]}
PLACES = np.array([shapely.Point(-165, 64), shapely.Point(-156, 71), shapely.Point(-150, 61)], dtype=object)


@pytest.fixture
def folder(tmp_path):
    columns = {"name": ["Nome", "Utqiagvik", None], "people": [3_699, 4_927, None]}
    rows = np.array([1, 2, 3], dtype=np.int64)
    raw = RawLayer("towns", PLACES, rows, columns, None)
    (placed,), _, _ = place(PLACES, rows, LONLAT)
    write_layer(raw, placed, tmp_path, "own-1", title="towns")
    return tmp_path


def change(fid, geometry, **attributes):
    return FeatureChange(fid, geometry, attributes)


def test_a_feature_is_read_with_its_name_and_attributes(folder):
    found = feature_of(ORIGIN, folder, "own-1", 2)
    assert (found.name, found.attributes["people"]) == ("Utqiagvik", 4_927)
    assert found.geometry.equals(PLACES[1])
    assert feature_of(ORIGIN, folder, "own-1", 3).name == "towns 3"
    assert feature_of(ORIGIN, folder, "own-1", 9) is None


def test_one_is_moved_one_goes_one_comes_and_all_others_stay(folder):
    changes = [
        change(1, shapely.Point(-166, 65)),
        change(3, None),
        change(None, shapely.Point(-147, 64), name="Fairbanks", river="Chena"),
    ]
    assert rewrite(ORIGIN, folder, "own-1", changes, new_stem="own-2") == 3
    moved, stayed, new = (feature_of(ORIGIN, folder, "own-2", fid) for fid in (1, 2, 4))
    assert moved.geometry.equals(shapely.Point(-166, 65)) and moved.attributes["people"] == 3_699
    assert stayed.geometry.equals(PLACES[1])
    assert dict(new.attributes) == {"name": "Fairbanks", "people": None}
    assert feature_of(ORIGIN, folder, "own-2", 3) is None
    assert feature_of(ORIGIN, folder, "own-1", 3) is not None
    assert list(prepared.read(folder / "own-2.prepared").attributes["id"]) == ["1", "2", "4"]


def test_a_new_layer_begins_with_what_comes_to_it(folder):
    assert rewrite(ORIGIN, folder, "", [change(None, PLACES[0], name="Nome")], new_stem="own-3") == 1
    assert feature_of(ORIGIN, folder, "own-3", 1).attributes["name"] == "Nome"


def test_a_layer_that_loses_its_last_feature_is_not_written(folder):
    assert rewrite(ORIGIN, folder, "own-1", [change(fid, None) for fid in (1, 2, 3)], new_stem="own-4") == 0
    assert not (folder / "own-4.prepared").exists()


def test_lost_files_are_told(folder):
    with pytest.raises(DocumentError, match="cannot be saved"):
        feature_of(ORIGIN, folder, "own-9", 1)


def test_many_features_get_a_value_at_once_and_the_files_of_before_stay(folder):
    assert revalue(ORIGIN, folder, "own-1", "people", {1: "4000", 3: " 291247 "}, new_stem="own-2") == 3
    attributes = prepared.read(folder / "own-2.prepared").attributes
    assert list(attributes["field:people"]) == [4_000, 4_927, 291_247]
    assert list(attributes["id"]) == ["1", "2", "3"]
    assert list(prepared.read(folder / "own-1.prepared").attributes["field:people"]) == [3_699, 4_927, None]
    revalue(ORIGIN, folder, "own-2", "name", {2: ""}, new_stem="own-3")
    assert list(prepared.read(folder / "own-3.prepared").attributes["field:name"]) == ["Nome", None, None]


@pytest.mark.parametrize(("column", "value"), [("people", "many"), ("people", "1.5"), ("gone", "x")])
def test_a_value_of_another_kind_is_refused_in_plain_words(folder, column, value):
    with pytest.raises(DocumentError, match=r"number|no column"):
        revalue(ORIGIN, folder, "own-1", column, {1: value}, new_stem="own-2")
    assert not (folder / "own-2.prepared").exists()
