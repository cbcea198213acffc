"""The events: enough of them, in order, sourced, of the right phase, about things that exist."""

import re
import shutil

import pytest

from geodata import annotations, chronology
from geodata.fact_tables import FactTableError
from tests.geodata.shipped_layers import FACTS, PROJECT, in_degrees

EVENTS = chronology.read(FACTS)
TALKS = "2025-08-15"


def test_there_are_at_least_twenty_events_from_1867_to_after_the_talks():
    assert len(EVENTS) >= 20
    years = {event.year for event in EVENTS}
    assert {1867, 1990, 2007, 2014, 2018, 2020, 2022, 2024, 2025} <= years
    assert EVENTS[0].year == 1867 and EVENTS[-1].date > TALKS


def test_events_come_in_the_order_of_their_dates():
    dates = [event.date for event in EVENTS]
    assert dates == sorted(dates)
    assert all(re.fullmatch(r"\d{4}(-\d{2}){0,2}", date) for date in dates)
    assert len({event.id for event in EVENTS}) == len(EVENTS)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.id)
def test_an_event_has_words_a_source_and_a_confidence(event):
    assert event.title and event.words and event.source and event.confidence in ("high", "medium")


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.id)
def test_the_phase_follows_from_the_date(event):
    expected = "talks" if event.date == TALKS else "since" if event.date > TALKS else "before"
    assert event.phase == expected


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.id)
def test_an_event_points_to_something_on_the_map(event):
    known = annotations.read(PROJECT / "resources" / "annotations" / "alaska-talks.geojson")
    assert event.features or event.annotation
    assert not event.annotation or known.get(event.annotation) is not None
    for reference in event.features:
        layer, _, feature = reference.partition("/")
        assert feature in set(in_degrees(layer)["id"]), reference


def test_an_event_without_a_phase_is_told(tmp_path):
    folder = shutil.copytree(FACTS, tmp_path / "facts")
    table = folder / "chronology.csv"
    table.write_text(table.read_text().replace(",talks,", ",sometime,"))
    with pytest.raises(FactTableError, match="talks has no date or phase"):
        chronology.read(folder)


def test_a_row_that_was_cut_short_is_told_with_its_line(tmp_path):
    (tmp_path / "chronology.csv").write_text("id,date,name\npurchase,1867,Alaska is sold\n")
    with pytest.raises(FactTableError, match=r"Line 2 has no words"):
        chronology.read(tmp_path)
