"""Reading a FlatGeobuf's index where it is needed."""

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely

from geodata.errors import ReadingError
from geodata.reading.flatgeobuf import read_index

WANTED = np.array([[10.0, 65.0, 40.0, 75.0]])


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    rng = np.random.default_rng(3)
    boxes = [shapely.box(x, y, x + 0.5, y + 0.2) for x, y in rng.uniform((-170, 55), (170, 85), (5_000, 2))]
    path = tmp_path_factory.mktemp("fgb") / "boxes.fgb"
    frame = gpd.GeoDataFrame({"number": np.arange(5_000)}, geometry=boxes, crs=4326)
    frame.to_file(path, driver="FlatGeobuf", engine="pyogrio")
    return path


def test_the_features_in_a_box_are_those_that_gdal_finds(file):
    _, theirs, _, _ = pyogrio.raw.read(file, bbox=tuple(WANTED[0]), return_fids=True)
    with file.open("rb") as opened:
        ours = read_index(file).search(opened, WANTED)
    assert 50 < len(theirs) == len(ours.numbers)
    assert sorted(theirs.tolist()) == ours.numbers.tolist()


def test_each_level_of_the_index_counts_every_feature_once(file):
    index = read_index(file)
    for level, (first, last) in enumerate(index.levels):
        assert index.counts(level, np.arange(last - first)).sum() == index.count == 5_000


def test_a_search_that_would_find_too_much_is_given_up(file):
    with file.open("rb") as opened:
        assert read_index(file).search(opened, np.array([[-180.0, 0.0, 180.0, 90.0]]), most=1_000) is None


def test_several_boxes_find_each_feature_once(file):
    with file.open("rb") as opened:
        twice = read_index(file).search(opened, np.concatenate((WANTED, WANTED + 1.0)))
    assert len(np.unique(twice.numbers)) == len(twice.numbers)


def test_a_file_without_an_index_has_none(tmp_path):
    frame = gpd.GeoDataFrame({"a": [1, 2]}, geometry=[shapely.Point(1, 70), shapely.Point(2, 71)], crs=4326)
    frame.to_file(tmp_path / "plain.fgb", driver="FlatGeobuf", engine="pyogrio", SPATIAL_INDEX="NO")
    assert read_index(tmp_path / "plain.fgb") is None


def test_a_file_cut_short_or_of_another_kind_is_refused_in_words(file, tmp_path):
    cut = tmp_path / "cut.fgb"
    for data in (file.read_bytes()[:5_000], b"fgb\x03fgb\x00\xff\xff\xff\x7f", b"nothing of this kind"):
        cut.write_bytes(data)
        with pytest.raises(ReadingError):
            read_index(cut)


def test_a_file_that_is_cut_while_it_is_searched_is_refused_in_words(file, tmp_path):
    copy = tmp_path / "copy.fgb"
    copy.write_bytes(file.read_bytes())
    index = read_index(copy)
    copy.write_bytes(file.read_bytes()[: index.start + 100])
    with copy.open("rb") as opened, pytest.raises(ReadingError, match="shorter"):
        index.search(opened, WANTED)
