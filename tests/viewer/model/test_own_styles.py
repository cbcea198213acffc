import json
from dataclasses import replace

import pytest

from geodata.reading.profile import profiles_of
from viewer.model.layer import Layer, LayerStack
from viewer.model.legend import entries_of, legend_of
from viewer.model.own_layers import COLOURS, GROUP, style_in
from viewer.model.own_styles import (
    METHODS,
    OTHERS,
    RAMPS,
    Choice,
    choice_of,
    colours_of,
    field_of,
    in_one_colour,
    styled,
)
from viewer.model.style_tables import table_of
from viewer.model.styles import Rule, style_of

KINDS = ("point", "line", "polygon")
WORDS, NUMBERS = profiles_of(
    {"kind": ["mine", "mine", "port", None], "tonnes": [0.5, 10, 200, 3_000.25]},
)
MANY = profiles_of({"code": [f"c{number:02}" for number in range(30)]})[0]
VALUE = Choice("equal interval", 3, "Blues")


def colour(style, **values):
    attributes = {f"field:{name}": value for name, value in values.items()}
    rule = getattr(style, "fill", None) or style.colour
    return rule.of(attributes).partition("/")[0]


def layer(style):
    return Layer("own-1", "Mines", GROUP, style, prepared_path="x")


@pytest.mark.parametrize("kind", KINDS)
def test_each_category_has_a_colour_and_what_has_none_is_grey(kind):
    style = styled(style_in("own_3", kind), WORDS, Choice("categories", 5, "Blues"))
    assert colour(style, kind="mine") == COLOURS[0]
    assert colour(style, kind="port") == COLOURS[1]
    assert colour(style, kind=None) == colour(style, kind="unheard of") == OTHERS
    assert field_of(style) == "kind"


def test_rare_categories_share_the_grey():
    style = styled(style_in("own_3", "line"), MANY, Choice("categories", 5, "Blues"))
    assert [colour(style, code=f"c{number:02}") for number in (0, 6, 7, 29)] == ["own_1", "own_7", OTHERS, OTHERS]


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_fall_into_classes_along_the_ramp(kind):
    style = styled(style_in("own_3", kind), NUMBERS, VALUE)
    shades = colours_of("Blues", 3)
    assert [colour(style, tonnes=value) for value in (0.5, 999, 1_001, 3_000.25)] == [
        shades[0],
        shades[0],
        shades[1],
        shades[2],
    ]
    assert colour(style, tonnes=None) == colour(style, tonnes=float("nan")) == OTHERS


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("ramp", RAMPS)
def test_the_choice_is_found_again_in_the_style(method, ramp):
    style = styled(style_in("own_3", "point"), NUMBERS, Choice(method, 3, ramp))
    assert styled(style, NUMBERS, choice_of(style, NUMBERS)) == style


def test_the_legend_lists_the_classes_under_the_layers_name():
    shown = layer(styled(style_in("own_3", "polygon"), NUMBERS, VALUE))
    assert [entry.title for entry in entries_of(shown)] == ["0.5 – 1,000", "1,000 – 2,000", "2,000 – 3,000"]
    (group,) = legend_of(LayerStack((shown,)), 1_000.0)
    assert group.title == "Mines"
    assert len({entry.styles for entry in group.entries}) == 3


def test_the_legend_names_what_has_no_category():
    shown = layer(styled(style_in("own_3", "point"), WORDS, Choice("categories", 5, "Blues")))
    assert [entry.title for entry in entries_of(shown)] == ["mine", "port", "All others"]


def test_classes_that_differ_little_are_named_with_more_figures():
    near = profiles_of({"v": [1.00001, 1.00002, 1.00003, 1.00004]})[0]
    titles = [entry.title for entry in entries_of(layer(styled(style_in("own_1", "point"), near, VALUE)))]
    assert len(set(titles)) == len(titles) == 3


def test_one_colour_is_had_back():
    by_kind = styled(style_in("own_3", "line"), WORDS, Choice("categories", 5, "Blues"))
    assert in_one_colour(by_kind) == style_in("own_1", "line")


def test_styles_by_attribute_are_remembered():
    for profile, choice in ((WORDS, replace(VALUE, method="categories")), (NUMBERS, VALUE)):
        style = styled(style_in("own_3", "line"), profile, choice)
        assert style_of(json.loads(json.dumps(table_of(style))), where="here") == style


def test_a_rule_with_breaks_gives_one_case_for_each_class():
    rule = Rule("none", "v", (("low", "a"), ("high", "b")), (10.0,))
    assert [rule.of({"v": value}) for value in (-5, 9.9, 10, 1e9, "x", None)] == ["a", "a", "b", "b", "none", "none"]
