"""A person's annotations become layers, each of one kind."""

import json
from dataclasses import replace
from pathlib import Path

import shapely

from geodata import catalogue, prepared
from geodata.annotations import Annotation, CitedSource
from geodata.certainty import certainty
from geodata.note_layers import write_layers
from viewer.model.legend import entries_of
from viewer.model.notes import is_note_layer, layer_of
from viewer.model.stack import stack_of

RESOURCES = Path(__file__).parents[2] / "resources"
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


def test_the_legend_names_each_certainty_and_tells_them_apart_without_colour():
    told = ("High confidence", "Moderate confidence", "Low confidence", "UNSOURCED")
    looks = {"notes-line": ("dash",), "notes-polygon": ("hatch", "outline_dash"), "notes-point": ("shape",)}
    for layer_id, parts in looks.items():
        entries = entries_of(layer_of(layer_id, "made.prepared", certainties=told))
        assert tuple(entry.title for entry in entries) == told
        shown = {tuple(getattr(entry.styles[0], part).default for part in parts) for entry in entries}
        assert len(shown) == len(told)


def test_a_claim_without_a_source_is_stamped_whatever_confidence_it_states():
    stamped = note("port", shapely.Point(180, 70), confidence="high")
    assert certainty(stamped) == "UNSOURCED"
    assert certainty(replace(stamped, sources=SOURCE)) == "High confidence"
    assert certainty(replace(stamped, kind="drawing", confidence=None)) == "No confidence stated"


def test_names_of_ones_own_are_written_before_all_others_so_that_a_stamp_is_seen():
    shipped = catalogue.read(RESOURCES / "catalogue.toml")
    others = [layer.label.priority for layer in stack_of(shipped)[0] if layer.label is not None]
    mine = layer_of("notes-point", "made.prepared", certainties=("UNSOURCED",))
    assert mine.label.priority < min(others)
