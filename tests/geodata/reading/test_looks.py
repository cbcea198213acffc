"""Features look as their KML or GeoJSON file says."""

import json
import zipfile
from pathlib import Path

import pytest

from geodata import prepared
from geodata.reading import profile
from geodata.reading.looks import MOST, looks_of, simplestyle_of
from geodata.reading.outcome import FIELD

KML = (Path(__file__).parents[2] / "data" / "camps.kml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def styles_are_resolved(monkeypatch):
    monkeypatch.setenv("LIBKML_RESOLVE_STYLE", "YES")  # as in the reading process


@pytest.mark.parametrize("suffix", [".kml", ".kmz"])
def test_the_styles_of_a_kml_file_are_read_feature_by_feature(tmp_path, read_file, suffix):
    path = tmp_path / f"camps{suffix}"
    if suffix == ".kml":
        path.write_text(KML, encoding="utf-8")
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("doc.kml", KML)
    done, folder = read_file(path)
    looks = {
        layer.geometry: profile.read_looks(folder / f"{Path(layer.prepared).stem}.columns") for layer in done.layers
    }
    assert looks["point"] == {"colour": ("#ff0000",), "size": ("15",)}
    assert looks["polygon"] == {"fill": ("#0000ff/50",), "stroke": ("#00ff00",), "width": ("4",)}
    assert looks["line"] == {"stroke": ("#563412/50",), "width": ("2.5",)}
    points = next(layer for layer in done.layers if layer.geometry == "point")
    attributes = prepared.read(folder / points.prepared).attributes
    assert list(attributes["look:colour"]) == ["#ff0000", ""]
    assert "<script>" in attributes[f"{FIELD}description"][0]  # as the file has it; the card shows words alone


def test_simplestyle_is_read_from_geojson(tmp_path, read_file):
    said = {"stroke": "#f00", "stroke-width": 3, "stroke-opacity": 0.5, "fill": "00ff00", "fill-opacity": 0.25}
    ring = [[0, 80], [10, 80], [10, 82], [0, 80]]
    feature = {"type": "Feature", "properties": said, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    done, folder = read_file(path)
    looks = profile.read_looks(folder / f"{Path(done.layers[0].prepared).stem}.columns")
    assert looks == {"fill": ("#00ff00/25",), "stroke": ("#ff0000/50",), "width": ("3",)}
    assert [known.name for known in profile.read(folder / f"{Path(done.layers[0].prepared).stem}.columns")] == list(
        said
    )


def test_what_makes_no_sense_is_not_taken():
    columns = {"fill": ["red", None, "#12"], "stroke-width": ["wide", "inf", "-4"], "marker-size": ["huge", 3, None]}
    assert looks_of(columns) == {"look:width": ["", "", "0"]}


def test_more_colours_than_are_told_apart_are_left_out():
    assert looks_of({"fill": [f"#{number:06x}" for number in range(MOST + 1)]}) == {}
    assert len(looks_of({"fill": [f"#{number:06x}" for number in range(MOST)]})["look:fill"]) == MOST


def test_a_style_of_gdal_becomes_simplestyle():
    styles = ['SYMBOL(id:"http://a/b,c.png",c:#00FF00,s:0.5)', "PEN(c:#FF0000FF,w:2.0px);BRUSH(fc:#0000FF7F)", None]
    assert simplestyle_of(styles) == {
        "marker-color": ["#00ff00", None, None],
        "marker-size": ["small", None, None],
        "stroke": [None, "#ff0000", None],
        "stroke-width": [None, 2.0, None],
        "stroke-opacity": [None, 1.0, None],
        "fill": [None, "#0000ff", None],
        "fill-opacity": [None, 0.5, None],
    }
