import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.antimeridian import cut
from geodata.densify import CHORD_ERROR_M
from geodata.polar import to_map_array


def one(geometry):
    (out,), (changed,) = cut(np.array([geometry], dtype=object))
    return out, bool(changed)


@pytest.mark.parametrize(
    "geometry",
    [shapely.Point(179, 70), shapely.LineString([(0, 70), (170, 70)]), shapely.box(-180, 60, 180, 90), None],
)
def test_what_crosses_nothing_is_left_alone(geometry):
    assert one(geometry) == (geometry, False)


def test_longitudes_come_to_within_half_a_turn():
    assert one(shapely.MultiPoint([(190, 70), (-540, 60)]))[0].equals(shapely.MultiPoint([(-170, 70), (-180, 60)]))


def test_a_line_is_cut_where_it_crosses():
    line, changed = one(shapely.LineString([(170, 70), (-170, 72)]))
    assert changed
    assert [list(part.coords) for part in line.geoms] == [[(170, 70), (180, 71)], [(-180, 71), (-170, 72)]]


def test_a_polygon_is_cut_and_keeps_its_hole():
    ring = [(170, 65), (-170, 65), (-170, 70), (170, 70)]
    hole = [(-178, 66), (-174, 66), (-174, 68), (-178, 68)]
    polygon, _ = one(shapely.Polygon(ring, [hole]))
    west, east = sorted(polygon.geoms, key=lambda part: part.bounds[0])
    assert (west.bounds, east.bounds) == ((-180, 65, -170, 70), (170, 65, 180, 70))
    assert (len(west.interiors), polygon.area) == (1, 100 - 8)


def test_a_ring_round_the_pole_is_closed_along_180_degrees():
    ring = [(lon, 80 + lon / 90) for lon in (-150, -90, -30, 30, 90, 150)]
    polygon, changed = one(shapely.Polygon(ring))
    assert changed
    assert polygon.is_valid
    assert polygon.bounds[::2] == (-180, 180)
    assert polygon.bounds[3] == 90


@given(
    st.floats(-540, 540),
    st.floats(20, 80),
    st.lists(st.tuples(st.floats(3, 30), st.floats(0.5, 9)), min_size=3, max_size=7),
)
def test_on_the_map_nothing_changes(lon, lat, spokes):
    angles = np.linspace(0, 2 * np.pi, len(spokes), endpoint=False)
    ring = [(lon + a * np.cos(angle), lat + b * np.sin(angle)) for angle, (a, b) in zip(angles, spokes, strict=True)]
    wrapped = [((x + 180) % 360 - 180, y) for x, y in ring]
    before = np.array([shapely.Polygon(wrapped)], dtype=object)
    if not shapely.Polygon(ring).is_valid:
        return
    after, _ = cut(before)
    assert shapely.is_valid(after[0])
    left, right = to_map_array(before)[0], to_map_array(after)[0]
    assert shapely.area(shapely.symmetric_difference(left, right)) <= 2 * CHORD_ERROR_M * shapely.length(left)
