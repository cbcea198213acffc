from dataclasses import replace
from pathlib import Path

import pytest

from geodata import catalogue
from viewer.model.layer import Layer, LayerStack
from viewer.model.legend import SUBJECTS, entries_of, legend_of
from viewer.model.stack import stack_of
from viewer.model.styles import FillStyle, InvisibleStyle, LineStyle, Rule, SymbolStyle

SHIPPED = Path(__file__).parents[3] / "resources" / "catalogue.toml"


def test_a_layer_of_one_look_has_one_line_with_its_title():
    layer = Layer("mines", "Mines", "Places", SymbolStyle(colour=Rule("port")))
    (entry,) = entries_of(layer)
    assert entry.title == "Mines"
    assert entry.styles == (layer.style,)


def test_a_layer_of_several_looks_has_a_line_for_each():
    colours = Rule("lane_nsr", "family", (("nsr", "lane_nsr"), ("tsr", "lane_tsr")))
    layer = Layer("lanes", "Lanes", "Shipping lanes", LineStyle(colour=colours, width_px=Rule(2.0)))
    entries = {entry.title: entry.styles[0].colour for entry in entries_of(layer)}
    assert entries == {"Northern Sea Route": Rule("lane_nsr"), "Transpolar Sea Route (future)": Rule("lane_tsr")}


def test_a_value_that_only_the_hatch_tells_apart_has_its_own_line():
    style = FillStyle(
        fill=Rule("", "extent", (("whole", "russian_arctic_fill"),)),
        hatch=Rule("none", "extent", (("part", "diagonal"),)),
    )
    whole, part = entries_of(Layer("russian-arctic", "Arctic zone", "Russian Arctic", style))
    assert (whole.styles[0].fill.default, whole.styles[0].hatch.default) == ("russian_arctic_fill", "none")
    assert (part.styles[0].fill.default, part.styles[0].hatch.default) == ("", "diagonal")


def test_depths_are_one_line_with_a_ramp():
    depths = Rule("", "depth_m", (("50", "depth_50"), ("200", "depth_200"), ("5000", "depth_5000")))
    (entry,) = entries_of(Layer("bathymetry", "Depth", "Base map", FillStyle(fill=depths)))
    assert entry.title == "Depth of the sea, 50 to 5,000 m"
    assert [style.fill.default for style in entry.styles] == ["depth_50", "depth_200", "depth_5000"]


def test_what_is_not_drawn_has_no_line():
    shown = Layer("ports", "Ports", "Places", SymbolStyle())
    stack = LayerStack(
        (
            Layer("names", "Names", "Places", InvisibleStyle()),
            replace(shown, id="hidden", visible=False),
            replace(shown, id="far", min_mpp=5_000.0),
            shown,
        )
    )
    (group,) = legend_of(stack, 1_000.0)
    assert len(group.entries) == len(entries_of(shown))


@pytest.mark.parametrize("metres_per_pixel", [40.0, 1_000.0, 9_000.0])
def test_the_four_subjects_come_first_and_the_topmost_layers_before_those_beneath(metres_per_pixel):
    stack, _ = stack_of(catalogue.read(SHIPPED))
    titles = [group.title for group in legend_of(stack, metres_per_pixel)]
    assert tuple(titles[:4]) == SUBJECTS
    assert len(titles) == len(set(titles))


def test_every_line_of_the_shipped_map_says_what_it_is_once():
    stack, _ = stack_of(catalogue.read(SHIPPED))
    for group in legend_of(stack, 1_000.0):
        titles = [entry.title for entry in group.entries]
        assert all(titles)
        assert len(titles) == len(set(titles))
