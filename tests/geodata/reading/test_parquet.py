"""GeoParquet is read where its extra is installed, and named where it is not."""

import sys

import geopandas as gpd
import pytest
import shapely

from geodata.errors import ReadingError
from geodata.reading.parquet import read_parquet


@pytest.fixture
def file(tmp_path, places):
    path = tmp_path / "places.parquet"
    places.to_crs("EPSG:3413").to_parquet(path)
    return path


def test_a_geoparquet_file_becomes_a_layer_at_the_right_place(file, read_file, places):
    done, folder = read_file(file)
    (layer,) = done.layers
    rows = gpd.read_file(folder / layer.frame)
    assert shapely.distance(rows.geometry.array, places.geometry.array).max() < 1e-7
    assert list(rows["people"]) == [291_247, 3_699, 4_927]


def test_without_the_extra_it_is_said_what_to_install(file, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ReadingError, match=r"arctic-map-viewer\[parquet\]"):
        read_parquet(file)


def test_a_damaged_file_is_refused_in_plain_words(file):
    file.write_bytes(file.read_bytes()[:-200] + b"PAR1")
    with pytest.raises(ReadingError, match="no GeoParquet"):
        read_parquet(file)
