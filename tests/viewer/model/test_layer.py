from dataclasses import replace

import pytest

from viewer.model.layer import Layer, LayerStack
from viewer.model.styles import InvisibleStyle

LAYER = Layer("a", "A", "Group", InvisibleStyle(), rank_field="rank", rank_limits=(9000.0, 500.0))


def test_a_layer_is_drawn_from_its_finest_scale_up_to_but_not_at_its_coarsest():
    layer = replace(LAYER, min_mpp=10, max_mpp=100)
    assert [layer.in_scale(mpp) for mpp in (9.9, 10, 99, 100)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("rank", "mpp", "shown"), [(0, 9000, True), (0, 9001, False), (1, 600, False), (7, 500, True), (None, 1e9, True)]
)
def test_lesser_ranks_wait_for_a_closer_view(rank, mpp, shown):
    assert LAYER.shows_rank(rank, mpp) is shown


def test_hidden_and_wholly_transparent_layers_are_not_drawn():
    stack = LayerStack((LAYER, replace(LAYER, id="b", visible=False), replace(LAYER, id="c", opacity=0.0)))
    assert [layer.id for layer in stack.drawn_at(100)] == ["a"]


def test_changing_a_layer_keeps_its_place():
    stack = LayerStack((LAYER, replace(LAYER, id="b")))
    changed = stack.with_layer(replace(LAYER, opacity=0.5))
    assert [layer.id for layer in changed] == ["a", "b"]
    assert changed.layers[0].opacity == 0.5


def test_several_layers_are_hidden_together():
    stack = LayerStack((LAYER, replace(LAYER, id="b"), replace(LAYER, id="c")))
    assert [layer.visible for layer in stack.with_visible(frozenset({"a", "c"}), False)] == [False, True, False]


def test_a_layer_is_added_under_another_or_on_top_and_taken_away():
    stack = LayerStack((LAYER, replace(LAYER, id="b")))
    under = stack.with_added(replace(LAYER, id="c"), before="b")
    assert [layer.id for layer in under] == ["a", "c", "b"]
    assert [layer.id for layer in stack.with_added(replace(LAYER, id="c"), before="none such")] == ["a", "b", "c"]
    assert under.without("c") == stack
