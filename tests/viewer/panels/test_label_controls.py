"""Names and scales of a layer are chosen, and applied at once."""

import math

import pytest

from viewer.model.layer import Layer
from viewer.model.own_layers import style_in
from viewer.panels.label_controls import LabelControls


@pytest.fixture
def controls(qtbot):
    layer = Layer("own-1", "Towns", "Your layers", style_in("own_1", "point"))
    made = LabelControls(layer, ["name", "people"])
    qtbot.addWidget(made)
    return made


def test_an_attribute_or_words_with_several_become_the_names(controls, qtbot):
    with qtbot.waitSignal(controls.layer_changed) as heard:
        controls.label.setEditText("{name}, {people} people")
        controls.label.lineEdit().editingFinished.emit()
    assert heard.args[0].label.field == "{name}, {people} people"
    with qtbot.waitSignal(controls.layer_changed) as heard:
        controls.label.setCurrentIndex(0)
        controls.label.activated.emit(0)
    assert heard.args[0].label is None


def test_scales_are_chosen(controls, qtbot):
    with qtbot.waitSignal(controls.layer_changed) as heard:
        controls.closer.setCurrentIndex(2)
        controls.closer.activated.emit(2)
    assert (heard.args[0].min_mpp, heard.args[0].max_mpp) == (0.0, 5_000.0)
    with qtbot.waitSignal(controls.layer_changed) as heard:
        controls.farther.setCurrentIndex(5)
        controls.farther.activated.emit(5)
    assert heard.args[0].min_mpp == 50.0


def test_what_is_as_it_was_is_no_change(controls):
    heard = []
    controls.layer_changed.connect(heard.append)
    controls._apply()
    assert heard == []
    assert controls._layer.max_mpp == math.inf
