"""A click on any feature opens its own annotation, and every annotation can be come to by a click."""

from pathlib import Path

import geopandas as gpd
import pytest

from geodata import annotations

ROOT = Path(__file__).resolve().parents[2]
SET = annotations.read(ROOT / "resources" / "annotations" / "alaska-talks.geojson")
LAYERS = (
    "lanes",
    "ports",
    "bases",
    "resource-sites",
    "jber",
    "jber-symbol",
    "runways",
    "alaska",
    "russian-arctic",
    "occupied",
    "maritime-boundary",
    "annotations",
    "annotation-lines",
)
UNDER_THE_CARDS_OF_THEIR_PARTS = {"nwp", "base_facts", "beyond_ukraine"}
"""What says what a place is, of a whole family or of a base that has a card before; offered below that card."""


def features(layer: str) -> list[str]:
    return [f"{layer}/{name}" for name in gpd.read_file(ROOT / "resources" / "layers" / f"{layer}.fgb")["id"]]


FEATURES = {layer: features(layer) for layer in LAYERS}


@pytest.mark.parametrize("layer", LAYERS)
def test_if_an_annotation_says_what_one_feature_is_a_click_opens_it(layer):
    for reference in FEATURES[layer]:
        found = SET.of_feature(reference)
        own = [one for one in found if one.place_count == 1 and one.kind in annotations.PLACE_KINDS]
        assert not own or found[0] in own or not found[0].targets, reference


@pytest.mark.parametrize("layer", LAYERS)
def test_no_annotation_of_many_opens_where_one_of_fewer_says_what_it_is(layer):
    for reference in FEATURES[layer]:
        first, *others = SET.of_feature(reference) or (None,)
        rivals = [one for one in others if one.kind in annotations.PLACE_KINDS]
        if first is not None and first.targets and rivals:
            in_layer = [sum(t.startswith(f"{layer}/") for t in one.targets) for one in (first, *rivals)]
            assert in_layer[0] == min(in_layer), reference


@pytest.mark.parametrize("layer", ["annotations", "annotation-lines"])
def test_a_mark_of_an_annotation_opens_that_annotation(layer):
    assert [SET.of_feature(reference)[0].id for reference in FEATURES[layer]] == [
        reference.partition("/")[2] for reference in FEATURES[layer]
    ]


def test_every_annotation_can_be_come_to_by_a_click():
    reached = {one.id for found in FEATURES.values() for reference in found for one in SET.of_feature(reference)}
    assert {one.id for one in SET} - reached == set()


def test_every_annotation_that_says_what_a_place_is_opens_at_the_first_click_somewhere():
    opened = {
        SET.of_feature(reference)[0].id
        for found in FEATURES.values()
        for reference in found
        if SET.of_feature(reference)
    }
    places = {one.id for one in SET if one.kind in annotations.PLACE_KINDS}
    assert places - opened == UNDER_THE_CARDS_OF_THEIR_PARTS
