"""The series behind charts: complete, with unit and source, and as a table."""

import csv
import io

import pytest

from geodata import annotations, series
from tests.geodata.shipped_layers import FACTS, PROJECT, rows

ALL = [series.read(name, FACTS) for name in series.SERIES]


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_a_series_has_title_unit_source_and_values_that_have_theirs(one):
    assert one.title and one.unit and one.source
    assert all(value.source and value.confidence for line in one.lines for value in line.values)


def test_every_row_of_the_tables_is_in_its_chart():
    counts = {one.id: [len(line.values) for line in one.lines] for one in ALL}
    assert counts["nsr_cargo"] == [len(rows("nsr_cargo_mt")), len(rows("nsr_transit_mt"))]
    assert counts["september_ice"] == [len(rows("nsidc_september"))]
    assert counts["route_lengths"] == [len(rows("route_distances_nm"))] * 2
    assert counts["metals"] == [4]


def test_the_table_holds_every_figure_with_unit_and_source():
    for one in ALL:
        found = list(csv.DictReader(io.StringIO(one.csv())))
        assert len(found) == sum(len(line.values) for line in one.lines)
        assert {row["unit"] for row in found} == {one.unit} and all(row["source"] for row in found)


def test_every_annotation_with_a_chart_exists_and_every_series_is_shown_somewhere():
    known = annotations.read(PROJECT / "resources" / "annotations" / "alaska-talks.geojson")
    assert all(known.get(name) is not None for name in series.OF_ANNOTATION)
    assert set(series.OF_ANNOTATION.values()) == set(series.SERIES)
