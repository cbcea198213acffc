"""Choosing how very many points are coloured."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QComboBox

from viewer.model import palette
from viewer.model.density import is_counted, ramp_colours
from viewer.model.layer import Layer
from viewer.model.legend import entries_of
from viewer.model.own_layers import style_in
from viewer.model.style_tables import table_of
from viewer.model.styles import Rule, style_of
from viewer.panels.density_controls import DensityControls

MANY = Layer("own-1", "Ships", "", style_in("own_1", "point"), prepared_path="x", count=1_000_000)


@pytest.fixture
def controls(qtbot):
    made = DensityControls(MANY)
    qtbot.addWidget(made)
    made.heard = []
    made.layer_changed.connect(made.heard.append)
    return made


def box(controls, name):
    return next(one for one in controls.findChildren(QComboBox) if one.accessibleName() == name)


def test_scale_and_colours_of_counts_can_be_chosen(controls):
    box(controls, "Scale of counts").setCurrentText("linear")
    assert controls.heard[-1].style.density.default == "linear"
    box(controls, "Colours of counts").setCurrentText("Viridis")
    assert controls.heard[-1].style.ramp.default == "Viridis"


def test_only_layers_of_very_many_points_have_such_a_choice(qtbot):
    few, areas = replace(MANY, count=3_000), replace(MANY, style=style_in("own_1", "polygon"))
    assert is_counted(MANY)
    for layer in (few, areas, replace(MANY, prepared_path="")):
        assert not is_counted(layer)
        made = DensityControls(layer)
        qtbot.addWidget(made)
        assert made.isHidden()


def test_what_was_chosen_is_shown_and_kept_in_documents(qtbot, controls):
    style = replace(MANY.style, density=Rule("linear"), ramp=Rule("Purples"))
    controls.set_layer(replace(MANY, style=style))
    assert box(controls, "Colours of counts").currentText() == "Purples"
    assert controls.heard == []
    assert style_of(table_of(style), where="x") == style


@pytest.mark.parametrize("ramp", ["", "Viridis"])
def test_the_legend_shows_the_ramp_from_few_to_many(ramp):
    (entry,) = entries_of(replace(MANY, style=replace(MANY.style, ramp=Rule(ramp))))
    assert entry.title == "Ships: few to many in a pixel"
    assert len(entry.styles) == 6 and len({style.fill.default for style in entry.styles}) == 6


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_more_points_are_stronger_in_both_themes(theme):
    colours = ramp_colours(MANY.style, palette.plain(theme), 255)
    assert len(colours) == 255 and colours[0][3] < colours[-1][3] == 255
