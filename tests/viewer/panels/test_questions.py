"""The two questions that a file may raise."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QPushButton, QRadioButton

from geodata.reading.outcome import Interpretation
from viewer.panels.layer_choice import LayerChoice
from viewer.panels.place_question import PlaceQuestion

WAYS = (
    Interpretation("Web Mercator", "EPSG:3857", place="64.5° N, 156.8° W"),
    Interpretation("Polar", "EPSG:3995", place="1.0° N, 2.0° E"),
)


def button(dialog, text):
    return next(button for button in dialog.findChildren(QPushButton) if button.text() == text)


@pytest.fixture
def ask(qtbot):
    def go(*ways):
        dialog = PlaceQuestion("a.shp", "Its numbers are no degrees.", ways)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return go


def test_the_likeliest_way_is_chosen_at_first_and_each_says_where_it_leads(qtbot, ask):
    dialog = ask(*WAYS)
    assert "around 64.5° N, 156.8° W" in dialog.findChildren(QRadioButton)[0].text()
    with qtbot.waitSignal(dialog.answered) as answered:
        button(dialog, "Use it").click()
    assert answered.args == [WAYS[0]]


def test_another_way_can_be_chosen(qtbot, ask):
    dialog = ask(*WAYS)
    dialog.findChildren(QRadioButton)[1].click()
    assert dialog.choice == WAYS[1]


def test_another_system_is_given_by_its_code(qtbot, ask):
    dialog = ask(*WAYS)
    field = dialog.findChild(QLineEdit)
    qtbot.keyClicks(field, "epsg:32")
    assert not button(dialog, "Use it").isEnabled()
    qtbot.keyClicks(field, "606")
    assert dialog.choice.crs == "EPSG:32606"


def test_where_nothing_fits_only_a_code_helps(ask):
    dialog = ask()
    assert not button(dialog, "Use it").isEnabled()


def test_all_layers_with_features_are_chosen_at_first_and_at_least_one_stays(qtbot):
    dialog = LayerChoice("a.gpkg", (("roads", 3), ("empty", 0)))
    qtbot.addWidget(dialog)
    rows = dialog.findChild(QListWidget)
    assert [rows.item(row).text() for row in range(2)] == ["roads   3 features", "empty   0 features"]
    assert dialog.chosen == ("roads",)
    rows.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert not button(dialog, "Open").isEnabled()
    rows.item(1).setCheckState(Qt.CheckState.Checked)
    with qtbot.waitSignal(dialog.answered) as answered:
        button(dialog, "Open").click()
    assert answered.args == [("empty",)]
