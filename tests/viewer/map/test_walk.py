import pytest

from viewer.map.walk import FeatureWalk
from viewer.model.layer import LayerStack


@pytest.fixture
def walk(session, engine):
    made = FeatureWalk(session, engine)
    yield made
    made.shutdown()


@pytest.fixture
def three(make_hit):
    return [make_hit(f"ports/{name}") for name in ("near", "middle", "far")]


def test_the_first_step_asks_what_is_in_view_and_the_next_ones_do_not(walk, engine, three):
    walk.step(1)
    engine.answer_in_view(*three)
    walk.step(1)
    assert len(engine.in_view) == 1
    assert walk.current is three[1]


def test_steps_taken_while_the_answer_is_late_count_as_the_last_one(walk, engine, three):
    walk.step(1)
    walk.step(-1)
    engine.answer_in_view(*three)
    assert walk.current is three[-1]


def test_an_answer_to_an_older_question_is_not_walked_through(walk, engine, session, three):
    walk.step(1)
    asked = engine.in_view[-1]
    session.set_viewport_size(321, 123)
    walk.step(1)
    walk._answered(type("Answer", (), {"request": asked, "hits": tuple(three)})())
    assert walk.current is None


def test_other_layers_are_asked_about_anew(walk, engine, session, three):
    walk.step(1)
    engine.answer_in_view(*three)
    session.set_stack(LayerStack(session.stack.layers[:1]))
    walk.step(1)
    assert len(engine.in_view) == 2


def test_where_the_walk_stands_is_hovered_and_told(walk, engine, session, three, qtbot):
    walk.step(1)
    with qtbot.waitSignal(walk.stepped) as stepped:
        engine.answer_in_view(*three)
    assert stepped.args == [three[0]]
    assert session.hovered is three[0]


def test_a_walk_that_is_left_begins_in_the_middle_again(walk, engine, session, three):
    walk.step(1)
    engine.answer_in_view(*three)
    walk.step(1)
    assert walk.leave()
    assert session.hovered is None
    assert not walk.leave()
    walk.step(1)
    assert walk.current is three[0]


def test_backwards_from_nowhere_is_the_farthest(walk, engine, three):
    walk.step(-1)
    engine.answer_in_view(*three)
    assert walk.current is three[-1]
