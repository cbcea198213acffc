from typing import get_args

import pytest

from geodata.errors import CatalogueError
from viewer.engine.shapes import SHAPE_NAMES
from viewer.model.style_checks import SymbolShape
from viewer.model.styles import FillStyle, InvisibleStyle, LineStyle, Rule, label_of, rule_of, style_of


def test_a_plain_value_holds_for_every_feature():
    assert rule_of("land").of({"anything": 1}) == "land"


def test_a_rule_chooses_by_attribute_and_falls_back_to_its_default():
    rule = rule_of({"field": "depth_m", "default": "sea", "cases": {"50": "shallow"}})
    assert [rule.of({"depth_m": depth}) for depth in (50, 50.0, 70, None)] == ["shallow", "shallow", "sea", "sea"]


def test_all_values_of_a_rule_are_listed_once():
    assert Rule("a", "f", (("1", "b"), ("2", "a"))).values == ("a", "b")


def test_each_kind_gives_its_style():
    kinds = {"fill": FillStyle, "line": LineStyle, "invisible": InvisibleStyle}
    assert all(isinstance(style_of({"kind": kind}, where="x"), style) for kind, style in kinds.items())


def test_an_unknown_kind_names_the_layer_and_the_kinds_there_are():
    with pytest.raises(CatalogueError, match=r"layer x: .*'fil'.*fill, line"):
        style_of({"kind": "fil"}, where="layer x")


def test_an_unknown_key_is_named():
    with pytest.raises(CatalogueError, match="'colour'"):
        style_of({"kind": "fill", "colour": "red"}, where="layer x")


def test_a_label_reads_its_size_as_a_rule():
    label = label_of({"role": "sea", "size_px": {"field": "rank", "default": 11, "cases": {"0": 20}}}, where="x")
    assert label.size_px.of({"rank": 0}) == 20


@pytest.mark.parametrize(
    ("key", "value"), [("outline_width_px", "thick"), ("fill", 3), ("outline_dash", ["a"]), ("near_opacity", [1])]
)
def test_a_value_of_the_wrong_kind_names_its_key(key, value):
    with pytest.raises(CatalogueError, match=f"layer x: {key}"):
        style_of({"kind": "fill", key: value}, where="layer x")


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("line", "dash", [3]),
        ("line", "dash", [3, 0]),
        ("line", "dash", [-1, 2]),
        ("line", "width_px", -1),
        ("line", "width_px", float("inf")),
        ("line", "width_px", True),
        ("line", "colour", {"field": "a", "cases": ["x"]}),
        ("line", "colour", {"field": 3}),
        ("line", "colour", {"feild": "a"}),
        ("fill", "hatch", "zigzag"),
        ("fill", "near_opacity", 2),
        ("symbol", "shape", "blob"),
        ("symbol", "size_px", 0),
    ],
)
def test_a_value_that_cannot_be_drawn_is_refused_with_advice(kind, key, value):
    with pytest.raises(CatalogueError) as caught:
        style_of({"kind": kind, key: value}, where="layer x")
    assert "layer x" in str(caught.value)
    assert caught.value.advice


@pytest.mark.parametrize(
    ("key", "value"),
    [("role", "villain"), ("field", 3), ("priority", "first"), ("along", "yes"), ("max_mpp", -1), ("size_px", "large")],
)
def test_a_name_that_cannot_be_set_is_refused_with_advice(key, value):
    with pytest.raises(CatalogueError, match=key) as caught:
        label_of({key: value}, where="layer x")
    assert caught.value.advice


def test_styles_know_the_shapes_that_the_engine_draws():
    assert get_args(SymbolShape) == SHAPE_NAMES
