"""A shape is drawn with few gestures, and given up with one."""

from viewer.modes.annotate.sketch import Sketch

A, B, C = (179.0, 75.0), (-179.0, 75.0), (-179.0, 76.0)


def test_a_point_is_done_with_a_click():
    assert Sketch("point").click(A).places == (A,)


def test_a_line_is_done_when_it_is_ended_and_not_before():
    sketch = Sketch("line")
    assert [sketch.click(A), sketch.finish(), sketch.click(B), sketch.click(B)] == [None] * 4
    assert sketch.finish().places == (A, B)
    assert sketch.places == []


def test_an_area_of_two_corners_goes_on():
    sketch = Sketch("polygon")
    sketch.click(A), sketch.click(B)
    assert sketch.finish() is None
    sketch.click(C)
    assert sketch.finish().places == (A, B, C)


def test_a_circle_is_dragged_or_clicked_twice():
    sketch = Sketch("circle")
    assert sketch.press(A)
    assert sketch.release(B, in_place=False).places == (A, B)
    sketch.press(A)
    assert sketch.release(A, in_place=True) is None
    sketch.move(C)
    assert sketch.preview.places == (A, C)
    sketch.press(C)
    assert sketch.release(C, in_place=True).places == (A, C)


def test_a_freehand_line_follows_the_pressed_pointer_alone():
    sketch = Sketch("freehand")
    sketch.move(C)
    assert sketch.press(A)
    sketch.move(B, is_pressed=True)
    assert sketch.preview.places == (A, B)
    assert sketch.release(B, in_place=False).places == (A, B)


def test_a_place_is_taken_back_and_all_is_given_up():
    sketch = Sketch("geodesic")
    assert not sketch.press(A)
    assert not sketch.take_back()
    assert not sketch.cancel()
    sketch.click(A), sketch.click(B)
    assert sketch.take_back()
    assert sketch.places == [A]
    assert sketch.cancel()
    assert sketch.preview is None
