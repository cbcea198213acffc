import geopandas as gpd
import numpy as np
import shapely

from geodata.prepare import prepare
from geodata.prepared import Level
from viewer.engine.bunches import PARTS, SMALL_VERTICES, Bunches


def level_of(geometries: list[shapely.Geometry]) -> Level:
    frame = gpd.GeoDataFrame({"id": [str(n) for n in range(len(geometries))]}, geometry=geometries, crs="EPSG:3995")
    return prepare("layer", [(0.0, frame)]).levels[0]


def islands(count: int) -> list[shapely.Geometry]:
    return [shapely.box(100 * n, 0, 100 * n + 10, 10) for n in range(count)]


def units(level: Level, *, parts: range | None = None, looks: list[int] | None = None, drawn=(0, 1)):
    look_of_part = np.array(looks or [0] * level.part_count, np.int32)
    chosen = np.array(parts if parts is not None else range(level.part_count), np.intp)
    return Bunches(level, are_filled=True).of(chosen, look_of_part, drawn)


def test_small_parts_share_a_path_block_by_block():
    found = units(level_of(islands(PARTS + 3)))
    assert found == [tuple(range(PARTS)), tuple(range(PARTS, PARTS + 3))]


def test_a_large_part_has_a_path_of_its_own():
    coast = shapely.Point(500, 5_000).buffer(100, quad_segs=SMALL_VERTICES)
    assert units(level_of([*islands(3), coast])) == [(0, 1, 2), (3,)]


def test_parts_that_may_overlap_are_not_put_into_one_path():
    found = units(level_of([*islands(3), shapely.box(205, 5, 220, 20)]))
    assert found == [(0, 1), (2,), (3,)]


def test_a_block_of_two_looks_is_drawn_part_by_part():
    assert units(level_of(islands(3)), looks=[0, 1, 0]) == [(0,), (1,), (2,)]


def test_what_is_not_shown_or_has_no_look_to_draw_is_left_out():
    level = level_of(islands(4))
    assert units(level, looks=[0, -1, 1, 0]) == [(0,), (2,), (3,)]
    assert units(level, looks=[0, 0, 1, 1], drawn=(1,)) == [(2,), (3,)]
    assert units(level, drawn=()) == []


def test_a_view_of_less_than_half_a_block_draws_its_parts_alone():
    level = level_of(islands(PARTS))
    assert units(level, parts=range(2)) == [(0,), (1,)]
    assert units(level, parts=range(PARTS // 2)) == [tuple(range(PARTS))]


def test_a_level_without_parts_has_nothing_to_draw():
    assert units(level_of([shapely.Polygon()])) == []
