"""What is disputed, who holds what of it, and that the neutral view and the map settle none of it."""

import shutil

import pytest

from geodata import catalogue, viewpoints
from geodata.fact_tables import FactTableError
from geodata.viewpoints import NEUTRAL, VIEWS
from tests.geodata.shipped_layers import FACTS, PROJECT, in_degrees
from viewer.model.stack import stack_of

ITEMS = viewpoints.read(FACTS)
EXPECTED = {"crimea", "occupied", "boundary_1990", "nsr_straits", "nwp_waters"}


def test_every_disputed_item_of_the_map_is_listed():
    assert {item.id for item in ITEMS} == EXPECTED
    shown = {reference for item in ITEMS for reference in item.features}
    assert {f"occupied/{row}" for row in in_degrees("occupied")["id"]} <= shown


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_every_disputed_item_has_two_views_and_each_a_source(item):
    assert NEUTRAL in item.positions and len(item.positions) >= 2
    assert set(item.positions) <= set(VIEWS)
    for position in item.positions.values():
        assert position.words and position.short and position.source and position.confidence in ("high", "medium")


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_the_neutral_view_settles_nothing(item):
    assert item.positions[NEUTRAL].look == "disputed"


def test_no_disputed_line_of_the_map_itself_looks_settled():
    stack, _ = stack_of(catalogue.read(PROJECT / "resources" / "catalogue.toml"))
    borders, boundary, occupied, lanes = (
        stack.get(name).style for name in ("country-borders", "maritime-boundary", "occupied", "lanes")
    )
    cases = dict(borders.dash.cases)
    unsettled = set(in_degrees("country-borders")["status"]) - {"settled"}
    assert unsettled and all(cases[status] for status in unsettled)
    assert boundary.dash.default and all(dash for _, dash in boundary.dash.cases)
    assert occupied.outline_dash.default
    assert lanes.dash.default and all(dash for _, dash in lanes.dash.cases)


def test_every_feature_of_an_item_is_on_the_map():
    for reference in (reference for item in ITEMS for reference in item.features):
        layer, _, feature = reference.partition("/")
        assert feature in set(in_degrees(layer)["id"]), reference


def test_each_side_holds_something_settled_that_another_disputes():
    for view in set(VIEWS) - {NEUTRAL}:
        assert any(item.positions[view].look == "settled" for item in ITEMS if view in item.positions), view


def test_an_unknown_view_is_told_with_its_file(tmp_path):
    folder = shutil.copytree(FACTS, tmp_path / "facts")
    table = folder / "viewpoints.csv"
    table.write_text(table.read_text().replace(",russia,settled,", ",atlantis,settled,"))
    with pytest.raises(FactTableError, match=r"viewpoints.csv: atlantis, settled is unknown"):
        viewpoints.read(folder)


def test_a_missing_table_is_told_with_its_file(tmp_path):
    with pytest.raises(FactTableError, match=r"viewpoints.csv: It cannot be used: it is missing"):
        viewpoints.read(tmp_path)
