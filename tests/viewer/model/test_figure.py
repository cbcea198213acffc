"""A figure's page: all that is seen, at the size that was asked for."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geodata.catalogue import Catalogue, Source
from viewer.model.figure import FigureSpec, citations, fitting_height, lay_out
from viewer.model.layer import Layer, LayerStack
from viewer.model.styles import InvisibleStyle

SIDES = st.integers(300, 20_000)
VIEWS = st.tuples(st.floats(200, 4_000), st.floats(150, 3_000))


def strips(width):
    return 60.0, 34.0 if width > 900 else 48.0


@given(SIDES, SIDES, VIEWS)
def test_a_page_of_any_shape_shows_the_whole_view(width, height, view):
    page = lay_out((width, height), view, strips)
    assert page.width >= view[0] - 1e-6
    assert page.map_height >= view[1] - 1e-6
    assert page.width * page.scale == pytest.approx(width)
    assert (page.above + page.map_height + page.below) * page.scale == pytest.approx(height)


@example(597, (899.0, 346.0))
@given(SIDES, VIEWS)
def test_at_the_fitting_height_the_map_is_the_view_and_nothing_more(width, view):
    height = fitting_height(width, view, strips)
    page = lay_out((width, height), view, strips)
    if 300 < height < 20_000:
        assert page.width == pytest.approx(view[0], rel=0.01)
        assert page.map_height == pytest.approx(view[1], rel=0.01)


@pytest.mark.parametrize("wrong", [{"width_px": 299}, {"height_px": 20_001}, {"dpi": 0}])
def test_a_size_out_of_range_is_refused_with_the_range(wrong):
    with pytest.raises(ValueError, match="a figure has"):
        FigureSpec(**({"kind": "PNG", "width_px": 800, "height_px": 600} | wrong))


def test_paper_size_follows_from_pixels_and_resolution():
    assert FigureSpec("PDF", 3_000, 1_500, 300).size_mm == pytest.approx((254.0, 127.0))


def test_layers_of_one_source_share_a_line_of_the_citations():
    sources = tuple(Source(name, name.title(), "Base map", "Natural Earth", "public domain", "5.1") for name in "ab")
    stack = LayerStack(
        tuple(Layer(id=name, title=name.title(), group="Base map", style=InvisibleStyle()) for name in "ab")
    )
    assert citations(Catalogue(sources), stack, 1_000.0) == ("B, A: Natural Earth; 5.1; public domain.",)
