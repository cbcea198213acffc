"""A layer's look in simplestyle, and what of it is named as lost."""

from pathlib import Path

import pytest

from geodata.reading.outcome import FIELD
from viewer.model import palette as palettes
from viewer.model.layer import Layer
from viewer.model.own_layers import style_in
from viewer.model.styles import FillStyle, LabelStyle, LineStyle, Rule
from viewer.model.told_styles import as_told
from viewer.model.written_styles import looks_of, not_written

RESOURCES = Path(__file__).parents[3] / "resources"


@pytest.fixture(scope="module")
def palette():
    return palettes.read(RESOURCES / "styles" / "palette.toml")["light"]


def layer(style, **more):
    return Layer("own-1", "Areas", "Your layers", style, **more)


def test_an_area_in_one_colour_is_said_in_five_properties(palette):
    looks = {look.name: look.default for look in looks_of(layer(style_in("own_1", "polygon")), palette)}
    colour = palette.css("own_1")
    assert looks == {"fill": colour, "fill-opacity": 0.35, "stroke": colour, "stroke-opacity": 1.0, "stroke-width": 1.5}


def test_colours_by_an_attribute_stay_by_it(palette):
    style = LineStyle(colour=Rule("#888888", f"{FIELD}kind", (("a", "#ff0000/50"), ("b", "#0000ff")), (3.0,)))
    stroke, opacity, _ = looks_of(layer(style), palette)
    assert (stroke.field, stroke.breaks) == (f"{FIELD}kind", (3.0,))
    assert stroke.cases == (("a", "#ff0000"), ("b", "#0000ff"))
    assert opacity.cases == (("a", 0.5), ("b", 1.0))


def test_what_a_file_said_of_its_features_is_not_said_again(palette):
    style = as_told(style_in("own_1", "point"), {"colour": ("#ff0000",), "size": ("15",)})
    assert looks_of(layer(style), palette) == ()


def test_sizes_of_symbols_become_words(palette):
    assert looks_of(layer(style_in("own_1", "point")), palette)[-1].default == "medium"


def test_what_cannot_be_held_is_named():
    style = FillStyle(fill=Rule("own_1"), hatch=Rule("diagonal"), outline_dash=Rule((3, 2)))
    assert not_written(layer(style, label=LabelStyle(), opacity=0.5)) == (
        "hatches",
        "dashes of outlines",
        "names on the map",
        "the layer's opacity",
    )
    assert not_written(layer(style_in("own_1", "line"))) == ("casings of lines",)
    assert "exact sizes of symbols" in not_written(layer(style_in("own_1", "point")))
