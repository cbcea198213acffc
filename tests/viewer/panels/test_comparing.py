"""The panels of ways, views and events, each by itself."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from geodata import chronology, routes, viewpoints
from viewer.panels.chronology import ChronologyPanel
from viewer.panels.routes import RoutesPanel
from viewer.panels.viewpoints import ViewpointsPanel

FACTS = Path(__file__).parents[3] / "resources" / "facts"


@pytest.fixture(scope="module")
def network():
    return routes.read(FACTS)


@pytest.fixture
def ways(qtbot, session, network):
    panel = RoutesPanel(session.palette)
    qtbot.addWidget(panel)
    panel.set_ports(network.ports)
    panel.ports_chosen.connect(
        lambda start, end: panel.show_routes(network.routes(network.port(start), network.port(end)))
    )
    return panel


def test_ways_are_told_in_miles_kilometres_per_cent_and_days(ways):
    ways.choose("rotterdam", "tokyo")
    for words in ("nm", "km", "−34 %", "At 14 kn", "days", "Season", "Mind", "Source"):
        assert words in ways.text


def test_another_speed_makes_other_days(ways):
    ways.choose("rotterdam", "tokyo")
    before = ways.text
    ways.set_speed(20.0)
    assert "At 20 kn" in ways.text and ways.text != before


def test_ports_that_no_way_joins_are_told_so(ways):
    ways.choose("murmansk", "arkhangelsk")
    assert "None of the four ways" in ways.text
    ways.choose("murmansk", "murmansk")
    assert "two different ports" in ways.text


def test_a_view_says_whose_it_is_and_where_it_comes_from(qtbot, session):
    panel = ViewpointsPanel(session.palette)
    qtbot.addWidget(panel)
    panel.set_items(viewpoints.read(FACTS))
    with qtbot.waitSignal(panel.view_chosen):
        panel.choose("canada")
    assert "Historic internal waters" in panel.text and "SOR/85-872" in panel.text
    assert "Canada has no view of its own here" in panel.text


def test_what_is_known_since_stands_on_another_ground(qtbot, session):
    panel = ChronologyPanel(session.palette)
    qtbot.addWidget(panel)
    events = chronology.read(FACTS)
    panel.set_events(events)
    with qtbot.waitSignal(panel.event_chosen):
        panel.show_event("talks")
    assert panel.phase_text == "The talks  ·  15 August 2025"
    panel.show_event("first_cargo")
    assert panel.phase_text.startswith("Since then")
    grounds = {event.phase: panel.ground_of(event.id) for event in events}
    assert len(set(grounds.values())) == 3


def test_before_an_event_is_chosen_the_chronology_says_how_to_begin(qtbot, session):
    panel = ChronologyPanel(session.palette)
    qtbot.addWidget(panel)
    panel.set_events(chronology.read(FACTS))
    panel.show()
    assert "choose an event" in shown_text(panel)
    panel.show_event("talks")
    assert "choose an event" not in shown_text(panel)
    assert "15 August 2025" in shown_text(panel)


def shown_text(panel):
    return " ".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())
