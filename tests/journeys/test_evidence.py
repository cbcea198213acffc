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
    centre = (
        f"(lambda m, p: (m.mapToGlobal(p).x(), m.mapToGlobal(p).y()))({MENU}, {MENU}.actionGeometry({entry}).center())"
    )
    person.click(*person.see(centre))


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
