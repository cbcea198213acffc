"""The legend stands over the map: what it covers cannot be clicked, dragged or hovered."""

import pytest

PLACE = (40, 40)
FREE = (500, 400)


@pytest.fixture
def legend(canvas, session):
    session.set_legend_shown(True)
    canvas.viewport().repaint()


def test_a_click_on_the_legend_asks_for_nothing(canvas, legend, engine, hand):
    hand.click(*PLACE)
    hand.double_click(*PLACE)
    assert engine.clicks == []
    hand.click(*FREE)
    assert len(engine.clicks) == 1


def test_a_click_where_the_legend_would_be_goes_to_the_map_while_it_is_hidden(canvas, legend, session, engine, hand):
    session.set_legend_shown(False)
    hand.click(*PLACE)
    assert len(engine.clicks) == 1


def test_the_legend_cannot_be_dragged_but_the_map_can_be_dragged_across_it(canvas, legend, session, hand):
    before = session.camera
    hand.drag(PLACE, (140, 140))
    assert session.camera == before
    hand.drag(FREE, PLACE)
    assert session.camera != before


def test_what_lies_under_the_legend_is_not_hovered(canvas, legend, session, engine, hand, make_hit):
    hand.move(*FREE)
    engine.answer_hover(make_hit("land/island", half_m=1_000))
    assert session.hovered is not None
    hand.move(*PLACE)
    assert session.hovered is None
