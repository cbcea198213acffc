"""Colours go into GeoJSON and KML files, and are read back as they were."""

import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geodata.reading import profile
from geodata.reading.outcome import FIELD, ReadRequest
from geodata.reading.read import read
from geodata.writing.looks import Look
from geodata.writing.request import WriteRequest
from geodata.writing.write import write

AREAS = gpd.GeoDataFrame(
    {"kind": ["ice", "rock", "ice"], "share": [1.0, 5.0, None]},
    geometry=[shapely.box(x, 80, x + 2, 81) for x in (0, 10, 20)],
    crs="EPSG:4326",
)
LOOKS = (
    Look("fill", "#888888", f"{FIELD}kind", (("ice", "#0000ff"), ("rock", "#ff0000"))),
    Look("fill-opacity", 0.25, f"{FIELD}share", (("low", 0.5), ("high", 0.75)), (3.0,)),
    Look("stroke", "#00ff00"),
    Look("stroke-opacity", 1.0),
    Look("stroke-width", 2.5),
)


@pytest.fixture
def written(tmp_path, monkeypatch):
    monkeypatch.setenv("LIBKML_RESOLVE_STYLE", "YES")

    def go(suffix, kind, looks=LOOKS, frame=AREAS):
        rows = tmp_path / "rows.fgb"
        frame.to_file(rows, engine="pyogrio", SPATIAL_INDEX="NO")
        path = tmp_path / f"areas{suffix}"
        write(WriteRequest(path, rows, kind, "Areas", looks), lambda _progress: None)
        return path

    return go


@pytest.mark.parametrize(("suffix", "kind"), [(".geojson", "GeoJSON"), (".kml", "KML"), (".kmz", "KMZ")])
def test_colours_and_widths_come_back(written, tmp_path, suffix, kind):
    folder = tmp_path / "made"
    folder.mkdir()
    (layer,) = read(ReadRequest(written(suffix, kind), folder), lambda _progress: None).layers
    looks = profile.read_looks(folder / f"{Path(layer.prepared).stem}.columns")
    assert set(looks["fill"]) == {"#0000ff/50", "#ff0000/75", "#0000ff/25"}
    assert set(looks["stroke"]) == {"#00ff00"}
    assert set(looks["width"]) == {"2.5"}


def test_geojson_says_it_as_simplestyle_does(written):
    feature = json.loads(written(".geojson", "GeoJSON").read_text())["features"][1]["properties"]
    assert (feature["fill"], feature["fill-opacity"], feature["stroke-width"]) == ("#ff0000", 0.75, 2.5)
    assert feature["kind"] == "rock"


def test_what_the_file_said_already_stays(written):
    frame = AREAS.assign(fill=["#111111", "#222222", None])
    features = json.loads(written(".geojson", "GeoJSON", frame=frame).read_text())["features"]
    assert [feature["properties"].get("fill") for feature in features] == ["#111111", "#222222", None]


def test_other_files_hold_no_colours(written):
    assert set(gpd.read_file(written(".gpkg", "GeoPackage")).columns) == {"kind", "share", "geometry"}
