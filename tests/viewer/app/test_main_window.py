from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QMessageBox, QSlider, QWidget

from geodata.extent import Extent
from geodata.hit import Hit
from geodata.stereographic import forward
from viewer.app.cheat_sheet import CheatSheet
from viewer.app.docks import PanelDock
from viewer.app.main_window import MainWindow
from viewer.messages import Grade, MessageAction
from viewer.model import palette
from viewer.model.settings import Settings, expected_map
from viewer.model.views import home
from viewer.paths import resources

PLACE = tuple(float(value) for value in forward(-149.8, 61.25))
HAVEN = Hit("ports", "haven", {"id": "haven", "name": "Haven"}, "point", (np.array([PLACE]),), Extent(*PLACE, *PLACE))


def map_of(window):
    return window.centralWidget().map


def open_menu(window):
    map_of(window).context_menu_requested.emit(QPoint(300, 300), PLACE)
    return window.findChildren(QMenu)[-1]


def entry(menu, start):
    return next(action for action in menu.actions() if action.text().startswith(start))


def test_the_map_fills_the_middle_of_the_window(window):
    assert map_of(window).size() == window.centralWidget().size()
    window.resize(1500, 900)
    assert map_of(window).size() == window.centralWidget().size()


def test_another_map_takes_the_place_of_the_first(window):
    first, second = map_of(window), type(map_of(window))()
    window.set_map(second)
    assert second.isVisible()
    assert not first.isVisible()


@pytest.mark.parametrize(
    ("key", "panel"), [(Qt.Key.Key_L, "layers_panel"), (Qt.Key.Key_A, "article_panel")], ids=["layers", "article"]
)
def test_a_letter_hides_and_shows_a_panel(qtbot, window, key, panel):
    qtbot.keyClick(map_of(window), key)
    assert not getattr(window, panel).isVisible()
    qtbot.keyClick(map_of(window), key)
    assert getattr(window, panel).isVisible()


def test_g_shows_the_legend_on_the_map(qtbot, window, session):
    qtbot.keyClick(map_of(window), Qt.Key.Key_G)
    assert session.legend_shown
    session.set_legend_shown(False)
    assert not window.window_actions["legend"].isChecked()


def test_home_asks_for_a_flight_to_the_whole_arctic(qtbot, window, session):
    with qtbot.waitSignal(session.flight_requested) as asked:
        window.window_actions["home"].trigger()
    assert asked.args == [home(session.viewport)]


def test_f6_goes_from_map_to_layers_to_article_and_back(qtbot, window):
    map_of(window).setFocus()
    panes = []
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        panes += [
            pane
            for pane in (map_of(window), window.layers_panel, window.article_panel)
            if pane is focused or pane.isAncestorOf(focused)
        ]
    assert panes == [window.layers_panel, window.article_panel, map_of(window)]


def test_escape_clears_the_selection_then_closes_the_message(qtbot, window, session, messages):
    messages.tell("Something is missing.")
    session.select(HAVEN)
    qtbot.keyClick(map_of(window), Qt.Key.Key_Escape)
    assert session.selection is None
    assert window.message_bar.isVisible()
    qtbot.keyClick(map_of(window), Qt.Key.Key_Escape)
    assert not window.message_bar.isVisible()


def test_shift_f6_goes_the_other_way_round(qtbot, window):
    map_of(window).setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    focused = QApplication.focusWidget()
    assert window.article_panel is focused or window.article_panel.isAncestorOf(focused)


def test_escape_steps_back_on_the_map_before_anything_else(qtbot, window, session):
    class Walked(type(map_of(window))):
        levels = 2

        def step_back(self):
            self.levels -= 1
            return self.levels >= 0

    window.set_map(Walked())
    session.select(HAVEN)
    for focused in (map_of(window), window.layers_panel):
        qtbot.keyClick(focused, Qt.Key.Key_Escape)
        assert session.selection is not None
    qtbot.keyClick(map_of(window), Qt.Key.Key_Escape)
    assert session.selection is None


def test_copy_this_view_puts_the_maps_picture_on_the_clipboard(qtbot, window):
    qtbot.keyClick(
        map_of(window), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (7, 5)


def test_the_menu_of_a_place_copies_its_position(window):
    entry(open_menu(window), "Copy position").trigger()
    assert QGuiApplication.clipboard().text() == "61.2500° N, 149.8000° W"


def test_the_menu_copies_positions_as_the_status_bar_writes_them(make_window):
    window = make_window(Settings("light", position_style="dms"))
    entry(open_menu(window), "Copy position").trigger()
    assert QGuiApplication.clipboard().text() == "61° 15′ 00″ N, 149° 48′ 00″ W"


def test_the_menu_zooms_in_at_the_place(qtbot, window, session):
    with qtbot.waitSignal(session.flight_requested) as asked:
        entry(open_menu(window), "Zoom in here").trigger()
    (camera,) = asked.args
    assert (camera.x, camera.y) == pytest.approx(PLACE)
    assert camera.metres_per_pixel < session.camera.metres_per_pixel


def test_the_menu_zooms_to_a_feature_only_where_there_is_one(qtbot, window, session):
    assert not [action for action in open_menu(window).actions() if action.text().startswith("Zoom to")]
    session.hover(HAVEN)
    with qtbot.waitSignal(session.flight_requested) as asked:
        entry(open_menu(window), "Zoom to Haven").trigger()
    assert asked.args[0].metres_per_pixel <= 1_000


def test_the_menu_has_no_dead_entry(window):
    menu = open_menu(window)
    assert all(action.isEnabled() for action in menu.actions())
    assert {"Legend", "Copy this view", "Whole Arctic"} <= {action.text() for action in menu.actions()}


def test_the_theme_that_is_chosen_dresses_map_and_window(qtbot, window, session):
    with qtbot.waitSignal(window.settings_changed) as changed:
        window.window_actions["theme_dark"].trigger()
    assert session.theme == "dark"
    assert changed.args[0].theme == "dark"
    assert window.palette().window().color().name() == session.palette.css("ui_window")


def test_the_way_of_writing_degrees_is_remembered(qtbot, window):
    button = next(b for b in window.statusBar().findChildren(QAbstractButton) if b.objectName() == "position")
    with qtbot.waitSignal(window.settings_changed) as changed:
        button.click()
    assert changed.args[0].position_style == "dms"


def test_the_window_opens_as_it_was_left(qtbot, make_window):
    first = make_window()
    first.window_actions["layers"].trigger()
    first.resize(777, 555)
    with qtbot.waitSignal(first.settings_changed) as changed:
        first.close()
    second = make_window(changed.args[0])
    assert (second.width(), second.height()) == (777, 555)
    assert not second.layers_panel.isVisible()
    assert not second.window_actions["layers"].isChecked()
    assert second.article_panel.isVisible()


def test_a_broken_memory_of_the_window_opens_it_as_at_first(make_window):
    window = make_window(Settings("light", window_geometry="no base 64 é", window_state="AAAA"))
    room = window.screen().availableSize() * 0.9
    assert (window.width(), window.height()) == (min(1600, room.width()), min(1000, room.height()))
    assert window.article_panel.isVisible()


def test_a_notice_is_shown_over_the_map_without_moving_it(window, messages):
    before = map_of(window).geometry()
    messages.tell("The layer ports is missing.")
    assert window.message_bar.isVisible()
    assert map_of(window).geometry() == before
    assert window.centralWidget().rect().contains(window.message_bar.geometry())


def test_what_was_said_before_the_window_was_there_is_shown_in_it(make_window, messages):
    messages.tell("Early.")
    assert make_window().message_bar.message.text == "Early."


def test_a_hint_passes_by_in_the_status_bar(window, messages):
    messages.tell("Copied.", grade=Grade.HINT)
    assert window.statusBar().currentMessage() == "Copied."
    assert not window.message_bar.isVisible()


def test_danger_stops_the_person_and_offers_one_way_out(window, messages):
    done = []
    messages.tell(
        "Your map could not be saved.", grade=Grade.DANGER, action=MessageAction("Save a copy", lambda: done.append(1))
    )
    (box,) = window.findChildren(QMessageBox)
    assert box.isVisible()
    button = next(b for b in box.buttons() if b.text() == "Save a copy")
    button.click()
    assert done == [1]


def test_the_question_mark_opens_the_cheat_sheet_and_closes_it(qtbot, window):
    qtbot.keyClick(map_of(window), "?")
    (sheet,) = window.findChildren(CheatSheet)
    assert sheet.isVisible()
    assert not sheet.isModal()
    qtbot.keyClick(sheet, "?")
    assert not sheet.isVisible()


def test_zooming_to_a_layer_is_passed_on(qtbot, window):
    with qtbot.waitSignal(window.zoom_to_layer_requested) as asked:
        window.layers_panel.zoom_to_layer_requested.emit("lanes")
    assert asked.args == ["lanes"]


def test_every_control_of_the_window_has_a_name(window, session):
    session.select(HAVEN)
    for layer in session.stack:
        window.layers_panel.row(layer.id).set_opened(True)
    controls = [*window.findChildren(QAbstractButton), *window.findChildren(QSlider)]
    nameless = [c for c in controls if not c.accessibleName() and not (isinstance(c, QAbstractButton) and c.text())]
    assert [(c.parent().objectName(), c.metaObject().className()) for c in nameless if c.isVisible()] == []


def test_the_window_can_be_made_small(window, session):
    session.select(HAVEN)
    assert window.minimumSizeHint().width() <= 1024
    assert window.minimumSizeHint().height() <= 600


def test_settings_keep_what_the_window_does_not_know(make_window):
    settings = Settings("dark", position_style="dms", around_map="")
    kept = replace(make_window(settings).settings, window_geometry="", window_state="", around_map="")
    assert kept == settings


def test_panels_have_the_widths_they_were_left_with(make_window, qtbot):
    first = make_window()
    first.resize(1500, 900)
    qtbot.waitUntil(lambda: first.layers_panel.width() > 0)
    before = (first.layers_panel.width(), first.article_panel.width())
    second = make_window(first.settings)
    second.resize(1500, 900)  # the screen of the tests is smaller
    qtbot.waitUntil(lambda: (second.layers_panel.width(), second.article_panel.width()) == before)


def test_how_much_room_the_map_had_is_remembered_for_the_next_start(window):
    size = map_of(window).size()
    assert expected_map(window.settings, width_px=window.width(), height_px=window.height()) == size.toTuple()


def test_a_first_window_that_is_shown_before_it_is_furnished_gives_the_map_most_of_its_width(qtbot, session, messages):
    window = MainWindow(Settings("light"), palette.read(resources() / "styles" / "palette.toml"))
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    qtbot.waitUntil(lambda: window.is_painted)
    window.furnish(session, resources=resources(), messages=messages)
    window.set_map(QWidget())
    qtbot.waitUntil(lambda: window.layers_panel.width() < 300 and window.article_panel.width() < 420)
    assert window.map_corner.x() < 300


def test_the_menu_of_a_place_offers_what_others_add(window):
    asked = []
    window.place_menu.add_entries(lambda menu, at, hit: asked.append((at, hit, menu.addAction("Measure from here"))))
    menu = open_menu(window)
    assert asked[0][0] == PLACE
    assert "Measure from here" in [action.text() for action in menu.actions()]
    menu.close()


def test_a_panel_that_is_added_later_is_hidden_until_its_action_shows_it(window):
    dock = PanelDock("Later", QLabel("later"), icons=window.icons, parent=window)
    window.add_dock(dock, Qt.DockWidgetArea.RightDockWidgetArea, action="hud")
    assert dock.isHidden()
    window.window_actions["hud"].setChecked(True)
    assert not dock.isHidden()


def test_what_is_clicked_comes_to_the_front_of_a_panel_that_stands_before_the_article(qtbot, window, session):
    other = PanelDock("Other", QLabel("other"), icons=window.icons, parent=window)
    window.add_dock(other, Qt.DockWidgetArea.RightDockWidgetArea, action="hud")
    window.window_actions["hud"].setChecked(True)
    qtbot.waitUntil(lambda: window.article_panel.visibleRegion().isEmpty())
    session.select(HAVEN)
    qtbot.waitUntil(lambda: not window.article_panel.visibleRegion().isEmpty())
