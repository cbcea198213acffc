"""Shapes of the person's own while they are reshaped."""

import pytest
import shapely

from geodata.errors import GeometryError
from geodata.geodesy import area_m2
from geodata.shapes import Drawn, geometry_of, to_text
from viewer.model.reshaping import merge_changes, split_changes, subject_of

A, B, C = (179.0, 75.0), (-179.0, 75.0), (-179.0, 76.0)


def subject(drawn, reference="notes-polygon/own_1"):
    return subject_of(reference, "Ice", geometry_of(drawn), to_text(drawn))


def test_a_circle_keeps_its_true_radius_wherever_its_middle_is_dragged():
    circle = subject(Drawn("circle", (A, B)))
    radius = circle.drawn.radius_m
    assert circle.moved(0, (10.0, 60.0)).drawn.radius_m == pytest.approx(radius, abs=0.01)
    assert circle.shifted(2e6, 1e6).drawn.radius_m == pytest.approx(radius, abs=0.01)
    assert circle.moved(1, C).drawn.radius_m != pytest.approx(radius, rel=0.01)
    assert not circle.can_grow and circle.without(1) is None


def test_a_line_is_dragged_out_at_an_edge_and_taken_back_at_a_corner():
    line = subject(Drawn("geodesic", (A, C)))
    more = line.added(0, B)
    assert more.drawn == Drawn("geodesic", (A, B, C))
    assert more.without(1).drawn == line.drawn
    assert line.without(0) is None


def test_words_and_points_have_one_corner_and_no_more():
    words = subject(Drawn("text", (A,)))
    assert words.vertices.kind == "point" and not words.can_grow
    assert words.moved(0, B).drawn == Drawn("text", (B,))


def test_a_geometry_that_nobody_drew_is_reshaped_by_its_own_vertices():
    hole = shapely.Polygon([A, B, C, (179.0, 76.0)], [[(179.5, 75.2), (-179.5, 75.2), (180.0, 75.5)]])
    known = subject_of("own-1/7", "Lake", hole)
    assert known.drawn is None and known.can_grow
    assert shapely.equals_exact(known.geometry(), hole)


def test_a_cut_keeps_the_larger_piece_and_makes_the_other_new():
    area = subject(Drawn("polygon", ((170.0, 70.0), (-170.0, 70.0), (-170.0, 75.0), (170.0, 75.0))))
    first, second = split_changes(area, Drawn("line", ((178.0, 60.0), (178.0, 85.0))))
    assert first.before is area and second.before is None
    sizes = [area_m2(change.after.geometry()) for change in (first, second)]
    assert sizes[0] > sizes[1]
    assert sum(sizes) == pytest.approx(area_m2(area.geometry()), rel=1e-3)


def test_merging_takes_two_and_leaves_the_first():
    one = subject(Drawn("polygon", (A, B, C)))
    other = subject(Drawn("circle", (A, C)), "notes-polygon/own_2")
    first, gone = merge_changes((one, other))
    assert first.before is one and first.after is not None
    assert gone.before is other and gone.after is None
    with pytest.raises(GeometryError, match="two shapes"):
        merge_changes((one,))
