import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QToolButton

from viewer.app.about import about_html
from viewer.app.top_bar import TopBar
from viewer.model.settings import Settings


def shown(window):
    return window.layers_panel.isVisible(), window.article_panel.isVisible()


def resized(window, width, height=600):
    window.resize(width, height)
    QApplication.processEvents()
    return window


def bar_of(window):
    return window.findChild(TopBar)


def at_hand(window):
    """Return what can be reached with one click, and what only in the menu."""
    buttons = [b for b in bar_of(window).findChildren(QToolButton) if b.isVisible()]
    more = next(b for b in buttons if b.text() == "More")
    return {b.text() for b in buttons}, {action.text() for action in more.menu().actions() if action.text()}


@pytest.mark.parametrize(
    ("width", "panels"), [(1024, (True, True)), (800, (False, True)), (480, (False, False)), (200, (False, False))]
)
def test_as_many_panels_stand_beside_the_map_as_there_is_room_for(window, width, panels):
    assert shown(resized(window, width)) == panels


@pytest.mark.parametrize("size", [(200, 150), (480, 360), (1024, 600)])
def test_the_window_takes_a_small_size_and_the_map_lies_within_it(window, size):
    resized(window, *size)
    frame = window.centralWidget()
    assert window.size() == QSize(*size)
    assert window.rect().contains(frame.geometry())
    assert frame.width() >= min(320, size[0])
    assert frame.height() >= size[1] // 3


def test_panels_that_stepped_aside_come_back_with_the_room(window):
    resized(window, 400)
    assert shown(resized(window, 800)) == (False, True)
    assert shown(resized(window, 1200)) == (True, True)
    assert window.window_actions["layers"].isChecked()


def test_the_button_of_a_panel_that_stepped_aside_is_not_pressed(window):
    resized(window, 480)
    assert not window.window_actions["layers"].isChecked()
    assert not window.window_actions["article"].isChecked()


def test_a_panel_that_is_asked_for_takes_the_place_of_another(window):
    resized(window, 800)
    window.window_actions["layers"].trigger()
    assert shown(window) == (True, False)
    assert shown(resized(window, 1200)) == (True, True)


def test_a_panel_that_is_asked_for_is_shown_at_any_size(window):
    resized(window, 480, 360)
    window.window_actions["layers"].trigger()
    QApplication.processEvents()
    assert shown(resized(window, 470, 360)) == (True, False)
    assert window.layers_panel.width() >= 200


def test_a_panel_that_was_closed_stays_closed(window):
    window.window_actions["layers"].trigger()
    resized(window, 480)
    assert shown(resized(window, 1200)) == (False, True)


def test_a_floating_panel_takes_no_room(window):
    window.layers_panel.parent().setFloating(True)
    assert shown(resized(window, 800)) == (True, True)


def test_panels_that_stepped_aside_are_remembered(make_window):
    first = resized(make_window(), 480)
    second = make_window(first.settings)
    assert shown(resized(second, 1200)) == (True, True)


def test_an_unknown_panel_in_the_memory_does_no_harm(make_window):
    assert shown(resized(make_window(Settings("light", panels_waiting="storyDock nothing")), 1200)) == (True, True)


def test_a_low_window_keeps_its_height_for_the_map(window):
    assert not resized(window, 480, 240).statusBar().isVisible()
    assert resized(window, 480, 360).statusBar().isVisible()


def test_a_narrow_bar_keeps_all_it_offers_in_its_menu(window):
    resized(window, 1200)
    everything, _ = at_hand(window)
    resized(window, 200, 150)
    buttons, menu = at_hand(window)
    assert buttons < everything
    assert everything <= buttons | menu
    assert {"Layers", "Article", "More"} <= buttons


def test_nothing_on_the_bar_is_cut(window):
    for width in range(200, 1000, 40):
        bar = bar_of(resized(window, width))
        buttons = [b for b in bar.findChildren(QToolButton) if b.isVisible()]
        assert all(bar.rect().contains(b.geometry()) for b in buttons)
        assert not any(a.geometry().intersects(b.geometry()) for a in buttons for b in buttons if a is not b)


def test_the_menu_tells_who_the_map_is_from(qtbot, window, session):
    window.window_actions["about"].trigger()
    about = next(w for w in QApplication.topLevelWidgets() if w.windowTitle().startswith("About and credits"))
    assert about.isVisible()
    assert not about.isModal()
    qtbot.waitUntil(about.isActiveWindow)
    qtbot.keyClick(about, Qt.Key.Key_Escape)
    assert not about.isVisible()


def test_about_names_every_credit_and_every_layers_source(session):
    page = about_html(session.catalogue)
    assert session.catalogue.attribution
    for credit in session.catalogue.attribution:
        assert credit.replace("&", "&amp;") in page
    assert page.count("<b>") == len(session.catalogue.sources)
