"""A curious reader: compares sea ways and measures."""

from person import pause
from test_first_walk import click_place, look_at, settled

ROUTES = "window.findChild(QtWidgets.QWidget, 'routesPanel')"
MENU = "app.activePopupWidget()"
CLIPBOARD = "app.clipboard().text()"


def choose_in_menu(person, lon: float, lat: float, text: str) -> None:
    look_at(person, lon, lat, 4000)
    person.click(*person.see(f"at({lon}, {lat})"), button=3)
    person.wait_to_see(f"{MENU} is not None")
    entry = f"next(a for a in {MENU}.actions() if a.text() == '{text}')"
    middle = f"{MENU}.mapToGlobal({MENU}.actionGeometry({entry}).center())"
    person.click(*person.see(f"(lambda p: (p.x(), p.y()))({middle})"))


def test_a_reader_compares_the_ways_from_rotterdam_to_tokyo_chosen_on_the_map(person):
    settled(person)
    choose_in_menu(person, 3.2, 52.6, "Routes from the port nearest to here")
    person.wait_to_see(f"{ROUTES} is not None and {ROUTES}.isVisible() and {ROUTES}.chosen[0] == 'rotterdam'")
    choose_in_menu(person, 139.8, 35.6, "Routes to the port nearest to here")
    person.wait_to_see(f"'Northern Sea Route' in {ROUTES}.text and 'Over the pole' in {ROUTES}.text")
    text = person.see(f"{ROUTES}.text")
    for words in ("Suez Canal", "Northwest Passage", "nm", "km", "Against Suez", "days without a stop", "Season"):
        assert words in text
    assert person.see("problems") == []


def test_a_reader_measures_over_the_pole_and_copies_it(person):
    settled(person)
    person.key("m")
    person.wait_to_see("window.window_actions['measure'].isChecked()")
    click_place(person, 10.0, 80.0)
    click_place(person, -170.0, 80.0)
    person.key("Return")
    pause(0.2)
    person.key("c")
    person.wait_to_see(f"'km' in {CLIPBOARD} and 'Bearing' in {CLIPBOARD}")
    assert 2_200 < float(person.see(CLIPBOARD).split(" km")[0].replace(",", "")) < 2_270
    person.key("Escape", "Escape")
    person.wait_to_see("not window.window_actions['measure'].isChecked()")
    assert person.see("problems") == []


def open_panel(person, key: str, action: str) -> None:
    """Open a panel by its key, in front even where it stands open behind another."""
    if person.see(f"window.window_actions['{action}'].isChecked()"):
        person.key(key)
        person.wait_to_see(f"not window.window_actions['{action}'].isChecked()")
    person.key(key)
    person.wait_to_see(f"{panel(action)}.isVisible()")


def panel(name: str) -> str:
    return f"window.findChild(QtWidgets.QWidget, '{name}Panel')"


def test_a_reader_goes_through_the_events_and_the_map_goes_along(person):
    settled(person)
    open_panel(person, "h", "chronology")
    events = panel("chronology")
    person.wait_to_see(f"{events}.isVisible()")
    person.see(f"{events}.findChild(QtWidgets.QSlider).setFocus()")
    person.key("Right")
    person.wait_to_see(f"{events}.event_shown is not None and {events}.event_shown.id == 'ice_record_begins'")
    person.wait_to_see("session.annotation is not None and session.annotation.id == 'sea_ice'")
    assert person.see(f"{events}.phase_text").startswith("Before the talks")
    person.see(f"{events}.show_event('boundary')")
    person.wait_to_see("[hit.feature_id for hit in session.glow] == ['boundary_1990']")
    person.see(f"{events}.findChild(QtWidgets.QListWidget).setFocus()")
    person.key("End")
    person.wait_to_see(f"{events}.phase_text.startswith('Since then')")
    person.wait_to_see("session.annotation is not None and session.annotation.voice == 'since'")
    assert person.see("problems") == []


def test_a_reader_sees_another_sides_view_and_whose_it_is(person):
    settled(person)
    open_panel(person, "v", "viewpoints")
    views = panel("viewpoints")
    person.wait_to_see(f"{views}.isVisible() and 'eutral, by UN practice' in {views}.text")
    person.see(f"{views}.findChild(QtWidgets.QComboBox).setFocus()")
    person.key("Down", "Down")
    person.wait_to_see(f"{views}.view == 'usa'")
    person.wait_to_see(f"'Limits in the Seas' in {views}.text and 'View of\\nUnited States' in {views}.text")
    person.key("Down", "Up", "Up", "Up")
    person.wait_to_see(f"{views}.view == 'neutral'")
    assert person.see("problems") == []


def test_a_card_draws_its_figures_and_the_cursor_follows_the_chronology(person):
    settled(person)
    chart = "window.article_panel.card.findChild(QtWidgets.QWidget, 'chart')"
    person.see("session.open_annotation(session.annotations.get('sea_ice'))")
    person.wait_to_see(f"{chart} is not None and {chart}.isVisible() and {chart}.series.id == 'september_ice'")
    open_panel(person, "h", "chronology")
    person.see(f"{panel('chronology')}.show_event('ice_2012')")
    person.wait_to_see(f"{chart}.cursor_year == 2012")
    plot = f"{chart}.findChild(QtWidgets.QGraphicsView)"
    person.point_at(*person.see(f"(lambda p: (p.x() - 3, p.y()))({plot}.mapToGlobal({plot}.rect().center()))"))
    person.point_at(*person.see(f"middle_of({plot})"))
    person.wait_to_see(f"'million km²' in {chart}.told")
    assert person.see("problems") == []
    assert person.leave() == 0
