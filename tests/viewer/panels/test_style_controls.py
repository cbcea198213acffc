import pytest
from PySide6.QtWidgets import QComboBox, QSpinBox

from geodata.reading.profile import profiles_of
from viewer.model.layer import Layer
from viewer.model.own_layers import GROUP, style_in
from viewer.model.own_styles import field_of
from viewer.panels.style_controls import StyleControls

PROFILES = profiles_of({"kind": ["mine", "port", "mine", "x"], "tonnes": [1.5, 20, 300, 4_000]})


@pytest.fixture
def controls(qtbot):
    made = StyleControls(Layer("own-1", "Mines", GROUP, style_in("own_2", "point"), prepared_path="x"), PROFILES)
    qtbot.addWidget(made)
    made.show()
    made.heard = []
    made.layer_changed.connect(made.heard.append)
    return made


def box(controls, name):
    return next(box for box in controls.findChildren(QComboBox) if box.accessibleName() == name)


def test_at_first_there_is_one_colour_and_only_the_attribute_to_choose(controls):
    assert box(controls, "Colour by").currentText() == "One colour"
    assert not box(controls, "Classes by").isVisible()
    assert not box(controls, "Colours").isVisible()


def test_a_text_colours_by_category(controls):
    box(controls, "Colour by").setCurrentText("kind")
    rule = controls.heard[-1].style.colour
    assert (rule.field, [case for case, _ in rule.cases]) == ("field:kind", ["mine", "port", "x"])
    assert not box(controls, "Classes by").isVisible()


def test_a_number_colours_by_classes_whose_number_method_and_ramp_are_chosen(controls):
    box(controls, "Colour by").setCurrentText("tonnes")
    assert box(controls, "Classes by").currentText() == "quantiles"
    controls.findChild(QSpinBox).setValue(3)
    box(controls, "Classes by").setCurrentText("equal interval")
    box(controls, "Colours").setCurrentText("Viridis")
    rule = controls.heard[-1].style.colour
    assert rule.breaks == pytest.approx((1_334.333, 2_667.167), abs=0.01)
    assert rule.cases[0][1] == "#fde725"
    box(controls, "Classes by").setCurrentText("categories")
    assert controls.heard[-1].style.colour.breaks == ()


def test_one_colour_can_be_chosen_again(controls):
    box(controls, "Colour by").setCurrentText("kind")
    box(controls, "Colour by").setCurrentText("One colour")
    assert field_of(controls.heard[-1].style) == ""


def test_a_layer_that_is_coloured_already_shows_how(qtbot, controls):
    box(controls, "Colour by").setCurrentText("tonnes")
    controls.findChild(QSpinBox).setValue(4)
    again = StyleControls(controls.heard[-1], PROFILES)
    qtbot.addWidget(again)
    assert box(again, "Colour by").currentText() == "tonnes"
    assert again.findChild(QSpinBox).value() == 4
