"""The right card: what is clicked is what is read about, and the map keeps its keys."""

from journeys_places import JBER
from person import pause
from test_first_walk import CARD, SELECTED, click_place, look_at, settled

NORILSK_TOWN = (88.225, 69.342)
MONCHEGORSK_FIELD = (33.0117, 67.9867)


def test_a_click_on_norilsk_opens_norilsk_and_a_second_one_the_smelter_beside_it(person):
    settled(person)
    look_at(person, *NORILSK_TOWN, 3000)
    click_place(person, *NORILSK_TOWN)
    person.wait_to_see(f"{SELECTED} == 'resource-sites/norilsk'")
    click_place(person, *NORILSK_TOWN)
    person.wait_to_see(f"{SELECTED} == 'resource-sites/norilsk_nadezhda'")


def test_a_shared_card_names_the_place_that_was_clicked(person):
    settled(person)
    look_at(person, *MONCHEGORSK_FIELD, 500)
    click_place(person, *MONCHEGORSK_FIELD)
    person.wait_to_see(f"{SELECTED} == 'bases/monchegorsk_ab'")
    person.wait_to_see(f"'Monchegorsk air base' in {CARD} and 'One of 2 places' in {CARD}")


def test_a_right_click_right_after_the_pointer_came_offers_to_zoom_to_the_base(person):
    settled(person)
    person.click(*person.see(f"at({JBER[0]}, {JBER[1]})"), button=3)
    person.wait_to_see("app.activePopupWidget() is not None")
    assert person.see("[a.text() for a in app.activePopupWidget().actions() if a.text().startswith('Zoom to')]")
    person.key("Escape")


def test_home_flies_home_after_a_passage_was_clicked(person):
    settled(person)
    page = "window.article_panel.page"
    spans_of = "__import__('viewer.panels.typesetting', fromlist=['spans_of']).spans_of"
    span = f"{spans_of}({page}.document(), 'passage:the_base')"
    person.see(f"{page}.bring_to_middle({span}[0])")
    cursor = f"(lambda c: (c.setPosition({span}[0][0] + 3), {page}.cursorRect(c).center())[1])({page}.textCursor())"
    place = person.see(f"(lambda p: (p.x(), p.y()))({page}.viewport().mapToGlobal({cursor}))")
    person.click(*place)
    person.wait_to_see("session.annotation is not None and session.camera.metres_per_pixel < 1000")
    person.wait_to_see("not canvas.is_moving_by_itself")
    pause(0.1)
    person.key("Home")
    person.wait_to_see("abs(session.camera.bearing_deg - 169) < 0.01 and abs(session.camera.x) < 1")
    assert person.see("problems") == []
