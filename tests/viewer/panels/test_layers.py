from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QListWidget, QSlider, QWidget

from viewer.model.layer import Layer
from viewer.model.own_layers import GROUP, style_in
from viewer.panels.layer_check import LayerCheck
from viewer.panels.layers import LayersPanel, grouped


@pytest.fixture
def panel(qtbot, session, icons):
    panel = LayersPanel(session, icons=icons)
    qtbot.addWidget(panel)
    panel.resize(300, 700)
    panel.show()
    return panel


def check(panel, layer_id):
    return panel.row(layer_id).findChild(LayerCheck)


def opened(panel, layer_id):
    row = panel.row(layer_id)
    row.set_opened(True)
    return row


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_the_subjects_come_first_then_context_then_groups_of_ones_own(session):
    assert grouped(session.stack) == [
        ("Alaska", ["sites", "outline"]),
        ("Shipping lanes", ["lanes"]),
        ("Base map", ["land"]),
        ("Own things", ["names"]),
    ]


def test_a_click_on_a_layers_line_hides_it(qtbot, panel, session):
    qtbot.mouseClick(check(panel, "lanes"), Qt.MouseButton.LeftButton)
    assert not session.stack.get("lanes").visible


def test_the_space_key_shows_a_hidden_layer(qtbot, panel, session):
    session.set_layer(replace(session.stack.get("lanes"), visible=False))
    assert not check(panel, "lanes").isChecked()
    qtbot.keyClick(check(panel, "lanes"), Qt.Key.Key_Space)
    assert session.stack.get("lanes").visible


def test_an_opened_layer_shows_legend_source_licence_vintage_and_note(panel):
    shown = texts(opened(panel, "lanes"))
    for text in ("Northern Sea Route", "Northwest Passage", "Drawn by hand", "MIT", "2026", "Rough."):
        assert text in shown


def test_the_slider_changes_the_layers_opacity(panel, session):
    slider = opened(panel, "lanes").findChild(QSlider)
    slider.setValue(40)
    assert session.stack.get("lanes").opacity == 0.4


def test_the_slider_follows_the_session(panel, session):
    slider = opened(panel, "lanes").findChild(QSlider)
    session.set_layer(replace(session.stack.get("lanes"), opacity=0.25))
    assert slider.value() == 25


def test_zoom_to_layer_is_asked_for(qtbot, panel):
    row = opened(panel, "sites")
    button = next(b for b in row.findChildren(QAbstractButton) if b.text() == "Zoom to layer")
    with qtbot.waitSignal(panel.zoom_to_layer_requested) as asked:
        button.click()
    assert asked.args == ["sites"]


def test_a_layer_out_of_scale_says_what_to_do(panel, session):
    session.set_camera(replace(session.camera, metres_per_pixel=9_000.0))
    assert check(panel, "sites").accessibleDescription() == "Zoom in to see this layer"
    assert "zoom in" in texts(panel.row("sites"))
    session.set_camera(replace(session.camera, metres_per_pixel=10.0))
    assert "zoom out" in texts(panel.row("sites"))
    session.set_camera(replace(session.camera, metres_per_pixel=1_000.0))
    assert check(panel, "sites").accessibleDescription() == ""


def test_every_control_has_a_name_for_screen_readers(panel):
    for layer_id in ("sites", "lanes", "land"):
        opened(panel, layer_id)
    controls = [
        widget for widget in panel.findChildren(QWidget) if isinstance(widget, QAbstractButton | QSlider | QListWidget)
    ]
    nameless = [widget for widget in controls if not widget.accessibleName() and not getattr(widget, "text", str)()]
    assert len(controls) > 10
    assert nameless == []


def test_a_long_title_is_shortened_and_told_in_the_tooltip(panel):
    box = check(panel, "lanes")
    assert box.minimumSizeHint().width() < box.sizeHint().width()
    assert box.toolTip() == "Shipping lanes"


def test_activating_a_feature_in_view_selects_it(qtbot, panel, session, hit_of):
    hits = [hit_of("sites", "base"), hit_of("sites", "norilsk", kind="mine")]
    panel.set_features(hits)
    rows = panel.findChild(QListWidget)
    assert [rows.item(i).text() for i in range(rows.count())] == ["Base", "Norilsk, mine"]
    rows.setCurrentRow(1)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert session.selection is hits[1]


def test_a_new_list_of_features_keeps_the_current_one(panel, hit_of):
    panel.set_features([hit_of("sites", "base"), hit_of("sites", "norilsk")])
    rows = panel.findChild(QListWidget)
    rows.setCurrentRow(1)
    panel.set_features([hit_of("sites", "norilsk"), hit_of("sites", "base")])
    assert rows.currentRow() == 0


def test_the_list_is_wanted_only_while_it_is_open(qtbot, panel):
    button = next(b for b in panel.findChildren(QAbstractButton) if b.accessibleName() == "Show the features in view")
    with qtbot.waitSignal(panel.features_wanted) as wanted:
        button.click()
    assert wanted.args == [True]
    assert panel.features_shown


def test_the_focus_enters_the_panel_at_the_first_layer(panel):
    panel.setFocus()
    assert panel.focusWidget() is check(panel, "sites")


def test_without_layers_the_panel_says_so(qtbot, session, icons):
    session.set_stack(type(session.stack)())
    empty = LayersPanel(session, icons=icons)
    qtbot.addWidget(empty)
    empty.show()
    assert "No layer could be opened. The messages over the map say why." in texts(empty)


def own_layer(layer_id="own-1", title="My places"):
    return Layer(layer_id, title, GROUP, style_in("own_1", "point"), prepared_path="x")


def test_a_layer_of_ones_own_comes_first_and_leaves_again(panel, session):
    opened(panel, "lanes")
    session.set_stack(session.stack.with_added(own_layer()))
    assert next(iter(grouped(session.stack))) == (GROUP, ["own-1"])
    assert check(panel, "own-1").text() == "My places"
    assert panel.row("lanes").is_opened
    session.set_stack(session.stack.without("own-1"))
    with pytest.raises(KeyError):
        panel.row("own-1")


def test_a_layer_of_ones_own_is_renamed_recoloured_and_removed_in_its_details(qtbot, panel, session):
    session.set_stack(session.stack.with_added(own_layer()))
    row = opened(panel, "own-1")
    name = row.findChild(QLineEdit)
    name.setText("  Other   name ")
    name.editingFinished.emit()
    next(button for button in row.findChildren(QAbstractButton) if button.toolTip() == "Ochre").click()
    changed = session.stack.get("own-1")
    assert (changed.title, changed.style.colour.default) == ("Other name", "own_5")
    assert check(panel, "own-1").text() == "Other name"
    name.setText(" ")
    name.editingFinished.emit()
    assert name.text() == "Other name"
    remove = next(button for button in row.findChildren(QAbstractButton) if button.text() == "Remove")
    with qtbot.waitSignal(panel.remove_requested) as asked:
        remove.click()
    assert asked.args == ["own-1"]


def test_a_file_can_be_opened_from_the_panel(qtbot, panel):
    button = next(b for b in panel.findChildren(QAbstractButton) if b.accessibleName() == "Open a file as a layer")
    with qtbot.waitSignal(panel.open_requested):
        button.click()


def test_built_in_layers_cannot_be_removed(panel):
    assert not [b for b in opened(panel, "lanes").findChildren(QAbstractButton) if b.text() == "Remove"]


def test_a_narrow_row_keeps_its_name_and_leaves_the_hint_to_the_tooltip(panel, session):
    session.set_camera(replace(session.camera, metres_per_pixel=9_000.0))
    row = panel.row("sites")
    needed = check(panel, "sites").sizeHint().width()
    panel.resize(needed + 60, 700)
    QApplication.processEvents()
    assert "zoom in" not in texts(row)
    assert check(panel, "sites").width() >= needed
    assert "zoom in" in check(panel, "sites").toolTip()
    panel.resize(400, 700)
    QApplication.processEvents()
    assert "zoom in" in texts(row)
