from viewer.model.camera import Camera
from viewer.model.visits import Visit, Visits

A, B, C = (Visit(Camera(x, 0.0, 1_000.0), name) for x, name in ((0.0, "a"), (2e6, "b"), (4e6, "c")))


def visited(*visits: Visit) -> Visits:
    known = Visits()
    for visit in visits:
        known = known.with_new(visit)
    return known


def test_back_and_forward_retrace_the_places_exactly():
    known = visited(A, B, C)
    back = known.moved(-1)
    assert (back.present, back.moved(-1).present, back.moved(1).present) == (B, A, C)


def test_neither_end_is_gone_beyond():
    known = visited(A, B)
    assert (known.moved(9).present, known.moved(-9).present) == (B, A)
    assert (known.can_go_back, known.can_go_forward) == (True, False)
    assert Visits().moved(-1).present is None


def test_going_elsewhere_after_going_back_forgets_what_lay_ahead():
    known = visited(A, B).moved(-1).with_new(C)
    assert known.all == (A, C)
    assert not known.can_go_forward


def test_arriving_where_one_is_adds_no_visit():
    assert visited(A, A).all == (A,)


def test_a_card_that_was_closed_is_open_again_on_the_way_back():
    moved = Visit(Camera(5.0, 0.0, 1_000.0))
    assert visited(A).with_present(moved).present == Visit(moved.camera, "a")


def test_a_small_move_stays_near_and_a_large_one_or_a_zoom_does_not():
    assert A.is_near(Visit(Camera(100_000.0, 0.0, 1_500.0)))
    assert not A.is_near(B)
    assert not A.is_near(Visit(Camera(0.0, 0.0, 100.0)))


def test_the_earliest_visits_are_forgotten_after_two_hundred():
    known = visited(*(Visit(Camera(float(x), 0.0, 1_000.0)) for x in range(300)))
    assert len(known.all) == 200
    assert known.present == Visit(Camera(299.0, 0.0, 1_000.0))
