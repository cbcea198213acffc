"""Drawn shapes as annotations: names, figures and typed lengths."""

import json

import pytest

from geodata.annotations import AnnotationSet, from_geojson, to_geojson
from geodata.errors import GeometryError
from geodata.geodesy import distance_m
from geodata.lint import is_unsourced
from geodata.shapes import KINDS, Drawn
from viewer.model.drawings import drawn_of, figures_of, note_of, place_at, step_name, typed_metres

A, B, C = (179.0, 75.0), (-179.0, 75.0), (-179.0, 76.0)
PLACES = {"point": (A,), "text": (A,), "polygon": (A, B, C)}


@pytest.mark.parametrize("kind", KINDS)
def test_every_shape_is_an_annotation_that_is_read_back_as_it_was_drawn(kind):
    drawn = Drawn(kind, PLACES.get(kind, (A, B)))
    note = note_of(drawn, "own_1", words="Here")
    (back,) = from_geojson(json.loads(json.dumps(to_geojson(AnnotationSet((note,))))))
    assert back == note and drawn_of(back) == drawn
    assert not is_unsourced(note)


def test_each_shape_has_a_step_of_its_own_name():
    assert step_name("polygon") == "draw a polygon"
    assert len({step_name(kind) for kind in KINDS}) == len(KINDS)


def test_a_shape_without_words_is_numbered():
    first = note_of(Drawn("circle", (A, B)), "own_1")
    second = note_of(Drawn("circle", (A, C)), "own_2", others=(first,))
    assert (first.title, second.title) == ("Circle 1", "Circle 2")


def test_a_circle_beyond_the_map_is_refused_in_words():
    with pytest.raises(GeometryError, match="radius"):
        note_of(Drawn("circle", ((0.0, 89.0), (0.0, 20.0))), "own_1")


@pytest.mark.parametrize(
    ("text", "metres"),
    [("120", 120_000), ("120 km", 120_000), ("2,5 NM", 4_630), ("300m", 300), ("0", None), ("far", None)],
)
def test_a_length_is_typed_in_kilometres_metres_or_nautical_miles(text, metres):
    assert typed_metres(text) == (None if metres is None else pytest.approx(metres))


def test_a_typed_length_is_true_across_the_date_line():
    place = place_at(A, B, metres=100_000.0)
    assert distance_m(*A, *place) == pytest.approx(100_000.0, abs=0.01)
    assert place[0] < 0


def test_figures_have_units_and_follow_the_pointer():
    assert figures_of(Drawn("circle", (A,)), last_set=1) == ()
    assert figures_of(Drawn("circle", (A, B)), last_set=1)[0].startswith("Radius 57.")
    assert "km" in figures_of(Drawn("line", (A, B)), last_set=1)[0]
    assert figures_of(Drawn("polygon", (A, B, C)), last_set=2)[-1].startswith("Area ")
