"""A newcomer's first walk: click what the story is about, read, move about, hide a layer, leave."""

import os
import signal

from journeys_places import JBER, NORILSK, NSR, OPEN_SEA, YAMAL
from person import pause, wait_until

DOUBLE_CLICK_S = 0.6
CARD = "text_of(window.article_panel.card)"
LAYER_SWITCH = "middle_of(window.layers_panel.row('{}').findChild(QtWidgets.QAbstractButton))"
SELECTED = "session.selection and session.selection.reference"


def settled(person) -> None:
    person.wait_to_see("canvas is not None and canvas.is_sharp")


def click_place(person, lon: float, lat: float) -> None:
    pause(DOUBLE_CLICK_S)  # a person who means two clicks leaves time between them
    person.click(*person.see(f"at({lon}, {lat})"))


def look_at(person, lon: float, lat: float, mpp: float) -> None:
    person.see(f"session.set_camera(__import__('viewer.model.views', fromlist=['at']).at({lon}, {lat}, {mpp}))")
    settled(person)


def test_each_of_the_four_subjects_opens_its_own_annotation_and_open_sea_closes_it(person):
    settled(person)
    click_place(person, *JBER)
    person.wait_to_see(f"'Elmendorf-Richardson' in {CARD}")
    titles = {person.see("session.annotation.title")}
    for reference, place in {
        "alaska/alaska": (-153.0, 65.3),
        "resource-sites/norilsk": NORILSK,
        "lanes/nsr_main": NSR,
        "russian-arctic/azrf_yamal_nenets": YAMAL,
    }.items():
        look_at(person, *place, 2000)
        click_place(person, *place)
        person.wait_to_see(f"{SELECTED} == '{reference}'")
        titles.add(person.wait_to_see("session.annotation and session.annotation.title"))
    assert len(titles) == 5
    look_at(person, *OPEN_SEA, 2000)
    click_place(person, *OPEN_SEA)
    person.wait_to_see("session.selection is None and session.annotation is None")
    assert person.see("problems") == []


def test_the_map_follows_the_hand(person):
    settled(person)
    start = person.see("[session.camera.x, session.camera.y]")
    x, y = person.see("at(0, 90)")
    person.use("mousemove", x, y, "mousedown", 1)
    for step in range(1, 9):
        person.use("mousemove", x + 15 * step, y)
    person.use("mouseup", 1)
    person.wait_to_see(f"[session.camera.x, session.camera.y] != {start}")
    scale = person.see("session.camera.metres_per_pixel")
    person.use("click", 4)
    person.wait_to_see(f"session.camera.metres_per_pixel < {scale}")
    bearing = person.see("session.camera.bearing_deg")
    person.use("mousemove", x, y, "mousedown", 3)
    for step in range(1, 9):
        person.use("mousemove", x + 15 * step, y)
    person.use("mouseup", 3)
    person.wait_to_see(f"session.camera.bearing_deg != {bearing}")
    person.key("Home")
    person.wait_to_see("abs(session.camera.bearing_deg - 169) < 0.01 and abs(session.camera.x) < 1")
    assert person.see("problems") == []


def test_what_a_hidden_layer_holds_is_no_longer_found(person):
    settled(person)
    look_at(person, *NORILSK, 2000)
    click_place(person, *NORILSK)
    person.wait_to_see(f"{SELECTED} == 'resource-sites/norilsk'")
    person.key("Escape")
    person.click(*person.see(LAYER_SWITCH.format("resource-sites")))
    person.wait_to_see("not session.stack.get('resource-sites').visible")
    settled(person)
    click_place(person, *NORILSK)
    person.wait_to_see(f"{SELECTED} == 'russian-arctic/azrf_krasnoyarsk'")


def test_the_window_lives_through_twenty_deaths_of_its_engine(person):
    settled(person)
    for _ in range(20):
        engine = person.see("engine_pid()")
        os.kill(engine, signal.SIGKILL)
        person.wait_to_see(f"engine_pid() not in (None, {engine}) and canvas.is_sharp", patience_s=10)
        person.see("session.set_camera(session.viewport.moved(3, 0))")
        settled(person)
    assert person.leave() == 0


def test_closing_the_window_ends_the_program_without_a_warning(person):
    settled(person)
    assert person.leave() == 0
    wait_until(lambda: person.process.poll() is not None, what="the program's end")
