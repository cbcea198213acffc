"""A person's annotations become layers, each of one kind."""

import json

import shapely

from geodata import prepared
from geodata.annotations import Annotation, CitedSource
from geodata.note_layers import write_layers
from viewer.model.legend import entries_of
from viewer.model.notes import is_note_layer, layer_of

SOURCE = (CitedSource("A chart", "An office"),)


def note(name, geometry, **members):
    place = json.dumps(json.loads(shapely.to_geojson(geometry))) if geometry else ""
    return Annotation(name, name.capitalize(), "judgement", "own", "It is open.", place=place, **members)


def test_each_kind_of_geometry_has_a_layer_and_what_lacks_a_source_says_so(tmp_path):
    notes = [
        note("port", shapely.Point(180, 70), sources=SOURCE, confidence="low"),
        note("road", shapely.LineString([(179, 70), (-179, 70)])),
        note("zone", shapely.box(10, 70, 12, 71), sources=SOURCE, confidence="high"),
        note("nowhere", None),
        note("about", shapely.Point(0, 80), targets=("lanes/nsr_main",)),
    ]
    files = write_layers(notes, tmp_path, stem="1")
    assert sorted(files) == ["notes-line", "notes-point", "notes-polygon"]
    layers = {layer_id: prepared.read(path) for layer_id, path in files.items()}
    assert {layer_id: layer.geometry for layer_id, layer in layers.items()} == {
        "notes-line": "line",
        "notes-point": "point",
        "notes-polygon": "polygon",
    }
    assert list(layers["notes-line"].attributes["name"]) == ["Road · UNSOURCED"]
    assert list(layers["notes-point"].attributes["certainty"]) == ["Low confidence"]
    assert [note.references for note in notes[:2]] == [("notes-point/port",), ("notes-line/road",)]
    assert all(is_note_layer(layer_id) for layer_id in files)


def test_the_legend_names_each_certainty_and_shows_it_without_colour():
    both = ("High confidence", "Low confidence")
    for layer_id, look in (("notes-line", "dash"), ("notes-polygon", "hatch"), ("notes-point", "shape")):
        entries = entries_of(layer_of(layer_id, "made.prepared", certainties=both))
        assert tuple(entry.title for entry in entries) == both
        high, low = (getattr(entry.styles[0], look).default for entry in entries)
        assert high != low
