import json
from dataclasses import replace

import pytest

from geodata.reading.outcome import Interpretation
from viewer.model.layer import Layer
from viewer.model.own_layers import (
    COLOURS,
    OwnLayer,
    colour_of,
    first_look,
    free_colour,
    from_row,
    from_text,
    layer_above,
    row_text,
    style_in,
)
from viewer.model.styles import InvisibleStyle

ROADS = OwnLayer(
    id="own-1",
    path="C:/maps/roads.gpkg",
    layer="roads",
    geometry="line",
    prepared="own-1-a.prepared",
    frame="own-1-a.fgb",
    columns=("name", "width"),
    count=12,
    left_out=0,
    report="12 features read, 12 on the map.",
    interpretation=Interpretation("swapped", is_swapped=True),
    stamp=(1_700_000_000_000_000_001, 4_096),
)
LANDMARK = Layer("annotations", "Annotations", "Base map", InvisibleStyle())


def look(own, **changes):
    made = first_look(own, title="Roads", prepared_path=f"/home/{own.prepared}", stack=())
    return replace(made, **changes)


def index(*entries):
    """What an earlier version of the program remembered."""
    layers = [json.loads(row_text(own, shown, at=0.0)) for own, shown in entries]
    return json.dumps({"version": 1, "layers": layers})


@pytest.mark.parametrize("geometry", ["polygon", "line", "point"])
def test_a_layer_comes_back_from_its_row_as_it_was(geometry):
    own = replace(ROADS, geometry=geometry)
    shown = look(own, title="Straßen", visible=False, opacity=0.4)
    assert from_row(row_text(own, shown, at=2.5), folder="/home") == (own, shown, 2.5)
    assert from_text(index((own, shown)), folder="/home") == ((own, shown),)


def test_a_layer_that_nobody_styled_looks_as_layers_do_at_first():
    row = json.loads(row_text(ROADS, look(ROADS), at=1.0)) | {"look": None}
    assert from_row(json.dumps(row), folder="/home")[1].title == "roads"


@pytest.mark.parametrize("text", ["{}", "[]", '{"origin": {}, "look": {}, "at": 0}'])
def test_a_row_that_makes_no_sense_is_refused(text):
    with pytest.raises(ValueError):
        from_row(text, folder="/home")


def test_an_entry_that_makes_no_sense_is_left_out_and_the_others_stand():
    table = json.loads(index((ROADS, look(ROADS)), (replace(ROADS, id="own-2"), look(ROADS))))
    for broken in ({}, {"origin": {}}, {**table["layers"][0], "look": {"style": {"kind": "none such"}}}):
        table["layers"][0] = broken
        assert [own.id for own, _ in from_text(json.dumps(table), folder="/home")] == ["own-2"]


def test_a_file_name_that_leads_out_of_the_folder_is_not_followed():
    assert from_text(index((replace(ROADS, prepared="../x.prepared"), look(ROADS))), folder="/home") == ()


@pytest.mark.parametrize("text", ["", "[]", '{"version": 99, "layers": []}'])
def test_a_text_of_another_kind_or_version_is_refused(text):
    with pytest.raises(ValueError):
        from_text(text, folder="/home")


def test_each_new_layer_gets_a_colour_that_is_not_taken_as_long_as_there_is_one():
    stack = []
    for number in range(len(COLOURS) + 1):
        own = replace(ROADS, id=f"own-{number}")
        stack.append(first_look(own, title="x", prepared_path="x", stack=stack))
    colours = [colour_of(layer.style) for layer in stack]
    assert sorted(colours[:-1]) == sorted(COLOURS)
    assert colours[-1] == COLOURS[0]
    assert free_colour([LANDMARK]) == COLOURS[0]


def test_areas_go_under_lines_and_lines_under_points_and_all_under_the_annotations():
    def own(name, geometry):
        return Layer(name, name, "", style_in("own_1", geometry), prepared_path="x")

    stack = [own("lines", "line"), own("points", "point"), LANDMARK]
    assert layer_above("polygon", stack) == "lines"
    assert layer_above("line", stack) == "points"
    assert layer_above("point", stack) == "annotations"


def test_only_few_points_are_named_at_first():
    points = replace(ROADS, geometry="point")
    assert look(points).label is not None
    assert look(replace(points, count=5_000)).label is None
